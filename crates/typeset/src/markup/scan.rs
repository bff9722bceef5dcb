//! Well-formedness: characters in, a tree of elements out. Broken input gives a tree too, with a fault for every tag
//! that is not closed or closes nothing, every unknown entity and every broken attribute, so that later checks can
//! find the other faults.

use clspack_words::Advice;
use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::Faults;
use super::rules::rule;

/// No sensible document nests deeper; the tree is walked by recursion.
const DEEPEST: usize = 100;

/// An element with its place in the source.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<Attribute>,
    pub children: Vec<Child>,
    /// Byte offset of the tag.
    pub at: usize,
}

/// An attribute with its place in the source.
#[derive(Debug)]
pub(super) struct Attribute {
    pub name: String,
    /// The value, entities resolved.
    pub value: String,
    /// Byte offset of the name.
    pub at: usize,
}

#[derive(Debug)]
pub(super) enum Child {
    Element(Element),
    /// A stretch of text and its byte offset.
    Text(String, usize),
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|one| one.name == name)
            .map(|one| one.value.as_str())
    }

    /// Whether the class attribute lists this class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class")
            .is_some_and(|list| list.split_whitespace().any(|one| one == class))
    }

    /// The elements inside, without the text between them.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Child::Element(element) => Some(element),
            Child::Text(..) => None,
        })
    }

    pub(super) fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.elements().filter(move |element| element.name == name)
    }

    /// All text inside, at any depth.
    pub(super) fn text(&self) -> String {
        let texts = self.children.iter().map(|child| match child {
            Child::Element(element) => element.text(),
            Child::Text(text, _) => text.clone(),
        });
        texts.collect()
    }
}

/// Reads a whole text. The returned element is a nameless parent of all others.
pub(super) fn scan(source: &str, faults: &mut Faults) -> Element {
    let mut reader = Reader::from_str(source);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut scanner = Scanner {
        source,
        faults,
        open: vec![Element::default()],
    };
    loop {
        let at = offset(reader.buffer_position());
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(_)) if scanner.open.len() > DEEPEST => {
                scanner.faults.add(at, "elements are nested too deeply");
                break;
            }
            Ok(event) => scanner.event(event, at),
            Err(error) => {
                scanner.error(&error, offset(reader.error_position()));
                let stuck = offset(reader.buffer_position()) <= at;
                if stuck || matches!(error, Error::Syntax(_)) {
                    break;
                }
            }
        }
    }
    scanner.finish()
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn explain(error: &Error) -> Advice {
    match error {
        Error::IllFormed(IllFormedError::UnclosedReference) => {
            Advice::new("a lone \"&\"", "write &amp;")
        }
        other => format!("not well-formed: {other}").into(),
    }
}

struct Scanner<'a> {
    source: &'a str,
    faults: &'a mut Faults,
    /// The elements not yet closed, outermost first.
    open: Vec<Element>,
}

impl Scanner<'_> {
    fn event(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(tag) => {
                let element = self.element(&tag, at);
                self.open.push(element);
            }
            Event::Empty(tag) => {
                let element = self.element(&tag, at);
                self.add(Child::Element(element));
            }
            Event::End(tag) => self.close(tag.name().into_inner().trim(), at),
            Event::Text(text) => self.add(Child::Text(text.to_string(), at)),
            Event::GeneralRef(entity) => self.entity(&entity, at),
            Event::CData(_) => self.faults.add(
                at,
                Advice::new("CDATA is not in the subset", "write plain text"),
            ),
            Event::PI(_) => self
                .faults
                .add(at, "processing instructions are not in the subset"),
            Event::Comment(_) | Event::Decl(_) | Event::DocType(_) | Event::Eof => {}
        }
    }

    /// A style sheet is text for browsers; its ampersands have no meaning here.
    fn in_style(&self) -> bool {
        self.open
            .last()
            .is_some_and(|parent| parent.name == "style")
    }

    fn error(&mut self, error: &Error, at: usize) {
        let lone_ampersand = matches!(error, Error::IllFormed(IllFormedError::UnclosedReference));
        if !(lone_ampersand && self.in_style()) {
            self.faults.add(at, explain(error));
        }
    }

    fn add(&mut self, child: Child) {
        if let Some(parent) = self.open.last_mut() {
            parent.children.push(child);
        }
    }

    fn element(&mut self, tag: &BytesStart<'_>, at: usize) -> Element {
        let name = tag.name().into_inner().to_owned();
        let mut attributes: Vec<Attribute> = Vec::new();
        // Offsets inside the tag count from the character after "<".
        let start = at + 1;
        for attribute in tag.attributes().with_checks(false) {
            match attribute {
                Ok(found) => {
                    let key = found.key.into_inner();
                    let place =
                        start + self.inner_offset(start, tag.attributes_raw(), key, &attributes);
                    if attributes.iter().any(|other| other.name == key) {
                        self.faults
                            .add(place, format!("attribute \"{key}\" is given twice"));
                    }
                    let value = self.unescape(&found.value, place);
                    attributes.push(Attribute {
                        name: key.to_owned(),
                        value,
                        at: place,
                    });
                }
                Err(error) => self
                    .faults
                    .add(at, format!("<{name}> has a broken attribute: {error}")),
            }
        }
        Element {
            name,
            attributes,
            children: Vec::new(),
            at,
        }
    }

    /// The offset of an attribute name from the start of its tag. Names are searched behind the attributes found
    /// before.
    fn inner_offset(&self, start: usize, raw: &str, key: &str, found: &[Attribute]) -> usize {
        let after = found.last().map_or(start, |last| last.at + last.name.len());
        let raw_end = self.source[start..]
            .find(raw)
            .map_or(start, |from| start + from + raw.len());
        let region = self.source.get(after..raw_end).unwrap_or("");
        let bounded = region.match_indices(key).find(|(position, _)| {
            let before = region[..*position].chars().next_back();
            before.is_some_and(char::is_whitespace)
                && region[position + key.len()..].trim_start().starts_with('=')
        });
        bounded.map_or(0, |(position, _)| after + position - start)
    }

    fn unescape(&mut self, raw: &str, at: usize) -> String {
        let mut value = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some((before, after)) = rest.split_once('&') {
            value.push_str(before);
            let Some((name, tail)) = after.split_once(';') else {
                self.faults.add(
                    at,
                    Advice::new("a lone \"&\" in an attribute", "write &amp;"),
                );
                return value;
            };
            match resolve(&BytesRef::new(name)) {
                Some(character) => value.push(character),
                None => self.faults.add(at, format!("unknown entity &{name};")),
            }
            rest = tail;
        }
        value.push_str(rest);
        value
    }

    fn entity(&mut self, entity: &BytesRef<'_>, at: usize) {
        // The content of a style sheet is not checked for entities.
        if self
            .open
            .last()
            .is_some_and(|parent| parent.name == "style")
        {
            return;
        }
        match resolve(entity) {
            Some(character) => self.add(Child::Text(character.to_string(), at)),
            None => self.faults.add(
                at,
                Advice::new(
                    format!("unknown entity &{};", &**entity),
                    "write the character itself or its number",
                ),
            ),
        }
    }

    fn close(&mut self, name: &str, at: usize) {
        if self.open.iter().skip(1).all(|element| element.name != name) {
            match self.open.last().map(|element| element.name.clone()) {
                // A slip in one tag is reported once; the following text is read as if the tag were right.
                Some(open) if self.open.len() > 1 && is_slip(&open, name) => {
                    let advice = Advice::new(
                        format!("</{name}> closes <{open}>"),
                        format!("write </{open}>"),
                    );
                    self.faults.add(at, advice);
                    self.close(&open, at);
                }
                _ => self.faults.add(at, format!("</{name}> closes nothing")),
            }
            return;
        }
        while self.open.len() > 1 {
            let Some(element) = self.open.pop() else {
                return;
            };
            let found = element.name == name;
            if !found {
                self.unclosed(&element);
            }
            self.add(Child::Element(element));
            if found {
                return;
            }
        }
    }

    fn unclosed(&mut self, element: &Element) {
        let name = &element.name;
        let advice = if matches!(name.as_str(), "br" | "hr" | "col" | "meta") {
            Advice::new(
                format!("<{name}> is never closed"),
                format!("write <{name}/>"),
            )
        } else {
            format!("<{name}> is never closed").into()
        };
        self.faults.add(element.at, advice);
    }

    fn finish(mut self) -> Element {
        while self.open.len() > 1 {
            let Some(element) = self.open.pop() else {
                break;
            };
            self.unclosed(&element);
            self.add(Child::Element(element));
        }
        self.open.pop().unwrap_or_default()
    }
}

fn resolve(entity: &BytesRef<'_>) -> Option<char> {
    match &**entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => entity.resolve_char_ref().ok().flatten(),
    }
}

/// Returns true if a closing tag is most likely meant for this element: it is of the same kind, or no tag at all.
fn is_slip(open: &str, name: &str) -> bool {
    const KINDS: &[&[&str]] = &[
        &["h1", "h2", "h3", "p"],
        &["th", "td"],
        &["ul", "ol"],
        &["dt", "dd"],
        &["b", "strong", "i", "em", "small", "code", "a", "span"],
        &["div", "section"],
    ];
    let of_one_kind = |kind: &&[&str]| kind.contains(&open) && kind.contains(&name);
    rule(name).is_none() || KINDS.iter().any(of_one_kind)
}
