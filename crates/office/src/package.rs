//! Opens a Word or PowerPoint file without trusting a byte of it, and writes it with some parts changed.

use std::collections::{BTreeMap, BTreeSet};

use clspack_archive::{Archive, Budget, Member, Oddity, Ratio, Unopened, Why, leads};
use clspack_words::{Advice, shown};

use crate::Fault;

/// No template has more entries, by far.
const MOST_ENTRIES: usize = 5_000;
/// The most bytes of one part, unpacked.
pub(super) const LARGEST_PART: usize = 32 * 1024 * 1024;
/// The most bytes of all parts, unpacked.
const LARGEST: u64 = 256 * 1024 * 1024;
/// Content that compresses better than this, and is not small, was made to fill a disk.
const RATIO: Ratio = Ratio {
    times: 400,
    small: 8 * 1024 * 1024,
};

/// The parts of a file that are XML, in the order of the file.
#[derive(Debug)]
pub(super) struct Package {
    pub(super) parts: Vec<(String, String)>,
    /// The names of all entries.
    pub(super) names: Vec<String>,
}

impl Package {
    pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        let refuse = |advice: Advice| vec![Fault::of_part(file, advice)];
        if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            return Err(refuse(Advice::new(
                "it is encrypted, or in the format of 2003 and before",
                "save it as .docx or .pptx without a password",
            )));
        }
        if !bytes.starts_with(b"PK") {
            return Err(refuse(Advice::new(
                "it is no Word or PowerPoint file",
                "save it as .docx or .pptx",
            )));
        }
        let broken =
            |error: &dyn std::fmt::Display| refuse(format!("it is damaged: {error}").into());
        let mut archive = Archive::open(bytes, MOST_ENTRIES).map_err(|why| match why {
            Unopened::TooMany(_) => refuse("it has too many parts for a document".into()),
            Unopened::Damaged(why) => broken(&why),
        })?;
        let odd = archive.oddities();
        if odd.contains(&Oddity::BytesOutside) {
            return Err(refuse("it contains bytes that belong to no part".into()));
        }
        if odd.contains(&Oddity::Twins) {
            return Err(refuse("two of its parts have one name".into()));
        }
        let mut package = Self {
            parts: Vec::new(),
            names: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        let mut budget = Budget::new(LARGEST);
        budget.member = LARGEST_PART as u64;
        budget.ratio = Some(RATIO);
        for i in 0..archive.members().len() {
            let content = entry(&mut archive, i, &mut budget);
            let content = content.map_err(|message| refuse(message.into()))?;
            if !seen.insert(content.0.to_lowercase()) {
                let message = format!("two of its parts are named `{}`", shown(&content.0));
                return Err(refuse(message.into()));
            }
            package.add(content)?;
        }
        if archive.overlaps().map_err(|error| broken(&error))? {
            return Err(refuse("two of its parts share their bytes".into()));
        }
        Ok(package)
    }

    fn add(&mut self, (name, content): (String, Vec<u8>)) -> Result<(), Vec<Fault>> {
        let extension = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        if matches!(extension.as_str(), "xml" | "rels") {
            match String::from_utf8(content) {
                Ok(text) => self.parts.push((name.clone(), text)),
                // Data of other programs, in any encoding; it is kept as it is.
                Err(_) if name.starts_with("customXml/") => {}
                Err(_) => {
                    let message = "it is not written in UTF-8, which alone is read";
                    return Err(vec![Fault::of_part(&name, message)]);
                }
            }
        }
        self.names.push(name);
        Ok(())
    }

    pub(super) fn part(&self, name: &str) -> Option<&str> {
        let mut parts = self.parts.iter();
        let found = parts.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, text)| text.as_str())
    }
}

/// Reads one entry. The sizes that the file declares are not trusted.
fn entry(
    archive: &mut Archive<'_>,
    i: usize,
    budget: &mut Budget,
) -> Result<(String, Vec<u8>), String> {
    let Member { name, oddities, .. } = archive.members()[i].clone();
    let stream = archive.stream(i, budget);
    let stream = stream.map_err(|error| format!("it is damaged: {error}"))?;
    if leads(&name).is_some() || name.contains('\0') {
        return Err(format!(
            "the name `{}` of a part leads out of it",
            shown(&name)
        ));
    }
    if oddities.contains(&Oddity::Link) {
        return Err(format!("its part `{}` is a link", shown(&name)));
    }
    match stream.content() {
        Ok(content) => Ok((name, content)),
        Err(unread) if matches!(unread.why, Why::TooLarge | Why::Spent) => Err(format!(
            "its part `{}` unpacks to more than a document has",
            shown(&name)
        )),
        Err(unread) => Err(format!("its part `{}` is damaged: {unread}", shown(&name))),
    }
}

/// Writes a file with some parts changed and some added; the others keep their compressed bytes.
pub(super) fn write(
    bytes: &[u8],
    changed: &BTreeMap<String, String>,
    added: &[(String, String)],
) -> Result<Vec<u8>, String> {
    let mut archive = Archive::open(bytes, MOST_ENTRIES).map_err(|why| match why {
        Unopened::TooMany(_) => "it has too many parts for a document".to_owned(),
        Unopened::Damaged(why) => why,
    })?;
    let written = archive.rewritten(changed, added);
    written.map_err(|error| error.to_string())
}
