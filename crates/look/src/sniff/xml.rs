//! XML: whether it is, and what is in it.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use crate::sniff::{Content, Fault, Judged, kind, text};

/// How deep elements may be in each other.
const MAX_DEPTH: usize = 10_000;
/// Different names of elements that are counted.
const MAX_NAMES: usize = 1000;

/// What is in a file of XML.
#[derive(Debug, Default)]
pub(super) struct Markup {
    /// The tag of the outermost element, as it is written.
    pub(super) root: String,
    /// How often each element is there, by its name without prefix.
    n_elements: BTreeMap<String, usize>,
}

impl Markup {
    /// Counts the elements of a name.
    pub(super) fn count(&self, name: &str) -> usize {
        self.n_elements.get(name).copied().unwrap_or_default()
    }
}

/// Judges a file of XML. A web page is not held to its rules.
pub(super) fn check(content: &Content) -> Judged {
    let Some(bytes) = content.whole() else {
        return Err(Fault::unopened("is larger than 50 MB and was not opened"));
    };
    if kind::is_page(bytes) {
        return Ok(());
    }
    read(bytes).map(drop)
}

/// Reads to the end; `None` for an encoding that is not read here.
pub(super) fn read(bytes: &[u8]) -> Result<Option<Markup>, Fault> {
    let decoded = text::decoded(bytes);
    let Ok(text) = std::str::from_utf8(&decoded) else {
        return Ok(None);
    };
    let line_at = |at: u64| {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
        memchr::memchr_iter(b'\n', &text.as_bytes()[..at]).count() + 1
    };
    let mut reader = quick_xml::Reader::from_str(text);
    let mut markup = Markup::default();
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                markup.take(&tag);
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Fault::damaged(
                        "cannot be read as XML: its elements are nested too deep",
                    ));
                }
            }
            Ok(Event::Empty(tag)) => markup.take(&tag),
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            // A tag or a remark that does not end before the file does is cut, too.
            Ok(Event::Eof) | Err(quick_xml::Error::Syntax(_)) if depth > 0 => {
                return Err(Fault::cut("breaks off: the XML has no end"));
            }
            Ok(Event::Eof) if markup.root.is_empty() => {
                return Err(Fault::damaged("cannot be read as XML: it has no element"));
            }
            Ok(Event::Eof) => return Ok(Some(markup)),
            Ok(_) => {}
            Err(_) => {
                let line = line_at(reader.error_position());
                return Err(Fault::damaged(format!(
                    "cannot be read as XML: line {line} is wrong"
                )));
            }
        }
    }
}

impl Markup {
    fn take(&mut self, tag: &quick_xml::events::BytesStart<'_>) {
        if self.root.is_empty() {
            self.root = tag.to_string();
        }
        let name = tag.local_name().as_ref().to_owned();
        if self.n_elements.len() < MAX_NAMES || self.n_elements.contains_key(&name) {
            *self.n_elements.entry(name).or_default() += 1;
        }
    }
}
