//! Finds secrets and personal data in evidence and in the texts of a manifest.
//!
//! Each text is read once. Only a masked excerpt of a secret is kept. Addresses, telephone numbers and names are kept
//! whole, since they are not reported if the manifest names the same person.

mod checks;
mod columns;
mod headers;
mod judge;
mod keys;
mod kind;
mod labelled;
mod languages;
mod mask;
mod numbers;
mod people;
mod report;
mod scan;
mod settings;
mod texts;
mod tokens;
mod urls;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::look::{InFile, Look, PropertyKind, is_text};
use kind::Kind;

pub(super) use report::findings;
pub use texts::{hidden, in_remarks, in_texts};

/// How many of one kind are kept for a file.
const MOST: usize = 20;

/// How many bytes of a value are kept for comparison.
const LONGEST: usize = 120;

/// Types of files in which people find a line by its number, beside those of text.
const OF_LINES: &[&str] = &["json", "sarif", "yaml", "yml", "md"];

/// Types of files that are made to keep private keys, which nobody can read without their password.
const KEY_STORES: &[&str] = &["jks", "kdbx", "keystore", "p12", "pfx"];

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

/// Finds secrets and personal data in the text and properties of a file.
pub(super) fn exposures(look: &Look, extension: &str) -> Vec<Exposure> {
    let mut found = Found::default();
    for (i, (at, text)) in look.passages().enumerate() {
        let is_of_lines = is_text(extension) || OF_LINES.contains(&extension);
        let has_lines = i == 0 && *at == InFile::File && is_of_lines;
        let mut lines = Lines::of(text);
        let mut hits = scan::scan(text);
        if matches!(extension, "csv" | "tsv") {
            columns::add(text, &mut hits);
        }
        for hit in hits {
            let at = if has_lines {
                InFile::Line(lines.number(hit.span.start))
            } else {
                at.clone()
            };
            let bytes = text.as_bytes().get(hit.span).unwrap_or_default();
            found.note(hit.kind, at, &String::from_utf8_lossy(bytes));
        }
    }
    if KEY_STORES.contains(&extension) {
        found.note(Kind::PrivateKey, InFile::File, "");
    }
    for property in &look.properties {
        let kind = match property.kind {
            PropertyKind::Place => Kind::Place,
            PropertyKind::Camera => Kind::Camera,
            PropertyKind::Person if people::is_person(&property.text) => Kind::Person,
            PropertyKind::Person => continue,
        };
        found.note(kind, InFile::Properties, &property.text);
    }
    found.all
}

/// Exposures of a file, each value once.
#[derive(Default)]
struct Found {
    all: Vec<Exposure>,
    seen: BTreeSet<(Kind, String)>,
    counts: BTreeMap<Kind, usize>,
}

impl Found {
    fn note(&mut self, kind: Kind, at: InFile, text: &str) {
        let count = self.counts.entry(kind).or_default();
        // All keys have the same first line.
        let is_known = kind != Kind::PrivateKey && self.seen.contains(&(kind, text.to_owned()));
        if *count >= MOST || is_known {
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
                _ => mask::masked(text),
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
