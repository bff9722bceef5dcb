//! The folded text of a document, and its labelled values.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::inspect::identity::fold::{folded, original};
use crate::inspect::identity::labels::{BETWEEN, Kind, LABELS};
use crate::inspect::identity::spelling;
use crate::inspect::identity::words::Words;
use crate::look::InFile;

/// The least letters and digits for a missing value to be reported. A file with less text is probably a scan.
const ENOUGH: usize = 80;
/// The most labelled values that are read from a document.
const MOST: usize = 2_000;
/// The longest value that is compared, in bytes. Longer ones are sentences.
const LONGEST: usize = 300;

/// A page, or another place of a file.
#[derive(Debug)]
pub(super) struct Passage<'w> {
    pub(super) at: &'w InFile,
    /// The text of the file, for messages.
    written: &'w str,
    /// The folded text, for comparison.
    pub(super) text: String,
    /// The folded text in lower case.
    pub(super) lower: String,
}

/// Where a name is in a document.
#[derive(Clone, Debug)]
pub(super) struct Place<'t> {
    pub(super) at: &'t InFile,
    /// The name as the file writes it.
    pub(super) written: String,
    /// True if the manifest writes it in the same way.
    pub(super) is_same: bool,
}

/// A value with a label before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Labelled<'t> {
    pub(super) kind: Kind,
    /// What follows the label, to the end of its cell.
    pub(super) value: &'t str,
    /// True if a colon, a cell or a line separates label and value, so that it is not a sentence.
    pub(super) is_apart: bool,
    pub(super) at: &'t InFile,
}

/// The text of a document.
#[derive(Debug)]
pub(super) struct Text<'w> {
    pub(super) passages: Vec<Passage<'w>>,
    /// True if the document was read completely and has enough text, so that a missing value is missing.
    pub(super) is_whole: bool,
    /// True if the document was read completely, even if it has little text.
    pub(super) is_read: bool,
}

impl<'w> Text<'w> {
    pub(super) fn of(words: &'w Words) -> Self {
        let passages = words.passages.iter();
        let passages: Vec<_> = passages
            .map(|(at, written)| {
                let text = folded(written);
                let lower = text.to_lowercase();
                Passage {
                    at,
                    written,
                    text,
                    lower,
                }
            })
            .collect();
        let n_letters: usize = passages.iter().map(|one| n_letters(&one.text)).sum();
        Self {
            passages,
            is_whole: words.is_whole && n_letters >= ENOUGH,
            is_read: words.is_whole,
        }
    }

    /// Returns the values of every label.
    pub(super) fn labelled(&self) -> Vec<Labelled<'_>> {
        let mut found = Vec::new();
        for passage in &self.passages {
            let cells: Vec<(&str, bool)> = passage.text.lines().flat_map(cells).collect();
            for (i, (cell, _)) in cells.iter().enumerate() {
                let next = cells.get(i + 1).copied();
                found.extend(labelled(cell, next, passage.at));
            }
            // So many labels are a list of something else, and a label that was not read might be right.
            if found.len() > MOST {
                return Vec::new();
            }
        }
        found
    }

    /// Looks for a name and prefers the spelling of the manifest.
    pub(super) fn find(&self, name: &str) -> Option<Place<'_>> {
        let name = folded(name);
        let mut best = None;
        for passage in &self.passages {
            let Some(found) = spelling::find(&passage.text, &name) else {
                if spelling::is_blurred(&passage.text, &name) {
                    best = best.or(Some(Place {
                        at: passage.at,
                        written: name.clone(),
                        is_same: true,
                    }));
                }
                continue;
            };
            let written = original(passage.written, found.start, found.end);
            let is_wide = written.contains(|c| ('\u{ff01}'..='\u{ff5e}').contains(&c));
            let place = Place {
                at: passage.at,
                written: written.replace(['\n', '\r'], " "),
                is_same: found.is_same && !is_wide,
            };
            if place.is_same {
                return Some(place);
            }
            best = best.or(Some(place));
        }
        best
    }

    /// Returns true if the text contains a phrase, ignoring case.
    pub(super) fn says(&self, words: &str) -> bool {
        let words = folded(words).to_lowercase();
        let mut passages = self.passages.iter();
        passages.any(|one| one.lower.contains(&words))
    }

    /// Returns the first lines, which say what the document is.
    pub(super) fn head(&self, n_lines: usize) -> impl Iterator<Item = &str> {
        let lines = self
            .passages
            .iter()
            .take(1)
            .flat_map(|one| one.text.lines());
        lines
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .take(n_lines)
    }

    /// Returns every line with its place.
    pub(super) fn lines(&self) -> impl Iterator<Item = (&InFile, &str)> {
        let passages = self.passages.iter();
        passages.flat_map(|one| one.text.lines().map(|line| (one.at, line.trim())))
    }
}

fn n_letters(text: &str) -> usize {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .take(ENOUGH)
        .count()
}

/// Splits a line into cells as a reader sees them, with true for the only cell of its line.
fn cells(line: &str) -> impl Iterator<Item = (&str, bool)> {
    let line = line.trim();
    // The first bytes of the signs below: most lines of a long text have none of them, and no gap.
    let may_split = line
        .bytes()
        .any(|b| matches!(b, b'|' | b'\t' | 0xc2 | 0xe2));
    let (whole, line) = if may_split || line.contains("  ") {
        ("", line)
    } else {
        (line, "")
    };
    let is_alone = !line.contains(['|', '\t', '·', '•']);
    let parts = line
        .split(['|', '\t', '·', '•'])
        .flat_map(|part| part.split("  "));
    let parts = std::iter::once(whole).chain(parts);
    parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(move |part| (part, is_alone))
}

/// Reads a label and its value, which may be in the next cell.
fn labelled<'t>(
    cell: &'t str,
    next: Option<(&'t str, bool)>,
    at: &'t InFile,
) -> Option<Labelled<'t>> {
    let cell = cell.trim_start_matches([
        '-', '*', '–', '■', '□', '○', '●', '▪', '◆', '※', ' ', '1', '2', '3', '4', '5', '6', '7',
        '8', '9', '0', '.', ')', '(',
    ]);
    let (kind, mut rest) = label(cell)?;
    // `型番 / Model`: the same in another language.
    loop {
        let after = rest.trim_start_matches([' ', '/', '(', '[', '（', ',']);
        match label(after).filter(|(other, _)| *other == kind && after.len() < rest.len()) {
            Some((_, beyond)) => rest = beyond.trim_start_matches([')', ']']),
            None => break,
        }
    }
    let trimmed = rest.trim_start();
    let value = trimmed.trim_start_matches([':', '=', '：', '.', ' ', '\u{ff61}']);
    let has_colon = trimmed[..trimmed.len() - value.len()].contains([':', '=', '：']);
    if value.is_empty() {
        let (value, _) = next?;
        // Another label follows, which has a separate value.
        let is_label = label(value).is_some_and(|(_, rest)| {
            rest.trim_start().is_empty() || rest.trim_start().starts_with([':', '：'])
        });
        return (!is_label).then(|| Labelled {
            kind,
            value: cut(value),
            is_apart: true,
            at,
        });
    }
    // A comma or a bracket belongs to a sentence; a letter to a longer word.
    let is_cell = rest.len() > trimmed.len() || has_colon || !trimmed.is_ascii();
    is_cell.then(|| Labelled {
        kind,
        value: cut(without_filler(value)),
        is_apart: has_colon,
        at,
    })
}

/// Drops words between a label and its value.
fn without_filler(value: &str) -> &str {
    let mut value = value;
    loop {
        let lower = value
            .get(..12.min(value.len()))
            .unwrap_or(value)
            .to_ascii_lowercase();
        let filler = BETWEEN.iter().find(|word| {
            lower.starts_with(*word) && value[word.len()..].starts_with([' ', ':', '.', '：'])
        });
        match filler {
            Some(word) => {
                value = value[word.len()..].trim_start_matches([' ', ':', '.', '：', '=']);
            }
            None => return value,
        }
    }
}

fn cut(value: &str) -> &str {
    value[..value.floor_char_boundary(LONGEST)].trim()
}

/// Reads the longest label at the beginning of a cell; returns what follows it.
fn label(cell: &str) -> Option<(Kind, &str)> {
    let names = BY_LETTER.get(&cell.chars().next()?.to_ascii_lowercase())?;
    let begins = |name: &str| {
        let start = cell.as_bytes().get(..name.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
    };
    let is_it = |(_, name): &&(Kind, &str)| begins(name) && ends(&cell[name.len()..], name);
    let (kind, name) = names.iter().find(is_it)?;
    Some((*kind, &cell[name.len()..]))
}

/// The labels that begin with a letter, the longest first; of equal ones the first of the list.
static BY_LETTER: LazyLock<BTreeMap<char, Vec<(Kind, &str)>>> = LazyLock::new(|| {
    let mut by_letter: BTreeMap<char, Vec<(Kind, &str)>> = BTreeMap::new();
    for (kind, names) in LABELS {
        for name in *names {
            let first = name.chars().next().unwrap_or_default();
            by_letter.entry(first).or_default().push((*kind, name));
        }
    }
    for names in by_letter.values_mut() {
        names.sort_by_key(|(_, name)| Reverse(name.len()));
    }
    by_letter
});

/// Returns true if a label ends here rather than being the beginning of a longer word.
fn ends(rest: &str, name: &str) -> bool {
    let next = rest.chars().next();
    match next {
        None => true,
        Some(c) if name.ends_with(|last: char| last.is_ascii() || last < '\u{250}') => {
            !(c.is_ascii_alphanumeric() || c == '-' || ('\u{c0}'..'\u{250}').contains(&c))
        }
        // Chinese, Japanese and Korean have no blanks; punctuation or a Latin letter ends the word.
        Some(c) => !c.is_alphanumeric() || c.is_ascii_alphanumeric(),
    }
}
