//! Finds secrets and personal data in evidence and in the texts of a manifest.
//!
//! Each text is read once. Only a masked excerpt of a secret is kept. Addresses, telephone numbers and names are kept
//! whole, since they are not reported if the manifest names the same person.

mod kind;
mod report;
mod texts;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::look::{InFile, Look, PropertyKind, is_text};
use crate::sensitive::{self, is_person, masked, search_file};
use kind::Kind;

pub(super) use report::findings;
pub use texts::{hidden, in_remarks, in_texts};

/// How many of one kind are kept for a file.
const MOST: usize = 20;
/// The same for what is compared with the people in the manifest: those that it names may come first.
const MOST_OF_PEOPLE: usize = 20_000;

/// How many bytes of a value are kept for comparison.
const LONGEST: usize = 120;

/// Types of files in which people find a line by its number, beside those of text.
const OF_LINES: &[&str] = &["json", "sarif", "yaml", "yml", "md"];

/// Types of files that are made to keep private keys, which nobody can read without their password.
const KEY_STORES: &[&str] = &["jks", "kdbx", "keystore", "p12", "pfx"];

const PRIVATE_KEY: Kind = Kind::InText(sensitive::Kind::PrivateKey);

/// A secret or personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposure {
    /// What it is.
    pub(super) kind: Kind,
    /// Where it is.
    pub at: InFile,
    /// The masked excerpt.
    pub masked: String,
    /// The value to compare with the people in the manifest; empty for a secret.
    pub(super) compared: String,
}

/// Finds secrets and personal data in the text and properties of a file; returns true with them if there may be more
/// of another kind.
pub(super) fn exposures(look: &Look, extension: &str) -> (Vec<Exposure>, bool) {
    let mut found = Found::default();
    for (i, (at, text)) in look.passages().enumerate() {
        let is_of_lines = is_text(extension) || OF_LINES.contains(&extension);
        let has_lines = i == 0 && *at == InFile::File && is_of_lines;
        let mut lines = Lines::of(text);
        let is_table = matches!(extension, "csv" | "tsv");
        let in_text = search_file(text, is_table);
        found.is_cut |= in_text.is_cut;
        for hit in in_text.hits {
            let bytes = text.as_bytes().get(hit.span.clone()).unwrap_or_default();
            let value = String::from_utf8_lossy(bytes);
            if hit.kind == sensitive::Kind::Email && is_of_the_label(&value) {
                continue;
            }
            let at = if has_lines {
                InFile::Line(lines.number(hit.span.start))
            } else {
                at.clone()
            };
            found.note(Kind::InText(hit.kind), at, &value);
        }
    }
    if KEY_STORES.contains(&extension) {
        found.note(PRIVATE_KEY, InFile::File, "");
    }
    for property in &look.properties {
        let kind = match property.kind {
            PropertyKind::Place => Kind::Place,
            PropertyKind::Camera => Kind::Camera,
            PropertyKind::Person if is_person(&property.text) => Kind::Person,
            PropertyKind::Person => continue,
        };
        found.note(kind, InFile::Properties, &property.text);
    }
    (found.all, found.is_cut)
}

/// Returns true for the mailbox of those who apply for the label, such as `cls.iot@`, which is nobody's own.
fn is_of_the_label(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    let mut words = local.split(|c: char| !c.is_ascii_alphabetic());
    words.any(|word| word.eq_ignore_ascii_case("cls"))
}

/// Exposures of a file, each value once.
#[derive(Default)]
struct Found {
    all: Vec<Exposure>,
    seen: BTreeSet<(Kind, String)>,
    counts: BTreeMap<Kind, usize>,
    is_cut: bool,
}

impl Found {
    fn note(&mut self, kind: Kind, at: InFile, text: &str) {
        let count = self.counts.entry(kind).or_default();
        // All keys have the same first line.
        let is_known = kind != PRIVATE_KEY && self.seen.contains(&(kind, text.to_owned()));
        let is_full = *count >= kind.most();
        self.is_cut |= is_full && kind.is_compared();
        if is_full || is_known {
            return;
        }
        *count += 1;
        self.seen.insert((kind, text.to_owned()));
        let compared = text.chars().take(LONGEST).collect();
        self.all.push(Exposure {
            kind,
            at,
            masked: match kind {
                _ if text.is_empty() => String::new(),
                Kind::Place => String::new(),
                _ => masked(text),
            },
            compared: if kind.is_compared() {
                compared
            } else {
                String::new()
            },
        });
    }
}

/// Counts the lines of a text up to places in ascending order. The reader puts a line end before each text.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    number: usize,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let number = usize::from(!text.starts_with('\n'));
        Self {
            text: text.as_bytes(),
            at: 0,
            number,
        }
    }

    fn number(&mut self, at: usize) -> usize {
        let passed = self.text.get(self.at..at).unwrap_or_default();
        self.number += passed.split(|b| *b == b'\n').count() - 1;
        self.at = at.max(self.at);
        self.number
    }
}
