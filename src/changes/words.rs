//! A change in a sentence.

use std::fmt;

use super::{Change, Place, What};
use crate::domain::Step;

/// How much of a text is quoted, in characters.
const QUOTED: usize = 60;
/// How much is quoted before the first difference of two long texts.
const BEFORE: usize = 15;

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Field(field) => field.fmt(f),
            Self::File(text) | Self::Name(text) => f.pad(text),
        }
    }
}

impl Change {
    /// Returns the change in words, such as `` `product.firmware_version` changed from `1.0` to `1.1` ``.
    pub fn words(&self) -> String {
        let subject = self.subject();
        let (old, new) = (self.old.as_deref(), self.new.as_deref());
        match (self.what, old, new) {
            (What::Question, Some(question), _) => format!("question settled: {question}"),
            (What::Question, None, question) => {
                format!("new question: {}", question.unwrap_or_default())
            }
            (What::Evidence | What::SignedCopy | What::Template, old, new) => {
                let verb = match (old, new) {
                    (None, _) => "added",
                    (_, None) => "removed",
                    _ => "changed",
                };
                format!("{subject} {verb}")
            }
            (_, old, new) if self.is_decided() => {
                let none = "none";
                format!(
                    "{subject} changed from {} to {}",
                    old.unwrap_or(none),
                    new.unwrap_or(none)
                )
            }
            (_, Some(old), Some(new)) => {
                let (old, new) = quoted(old, new);
                format!("{subject} changed from {old} to {new}")
            }
            (_, Some(old), None) => format!("{subject} removed: {}", quoted(old, "").0),
            (_, None, new) => format!("{subject} added: {}", quoted(new.unwrap_or_default(), "").0),
        }
    }

    /// Returns true for what clspack decides; its values are no texts of the user's.
    const fn is_decided(&self) -> bool {
        match self.what {
            What::State
            | What::Route
            | What::Form
            | What::Level
            | What::Fee
            | What::ValidFrom
            | What::ValidUntil
            | What::Day
            | What::Label
            | What::Document
            | What::Rules
            | What::Tool => true,
            What::Question
            | What::Field
            | What::Answer
            | What::Evidence
            | What::SignedCopy
            | What::Template => false,
        }
    }

    /// Returns what changed: `fee`, `answer 5.1-1`, the name of a field or a file.
    fn subject(&self) -> String {
        match (self.what, &self.place) {
            (What::Answer, Place::Field(field)) => answer(field.steps()),
            (_, Place::Field(field)) => format!("`{field}`"),
            (_, Place::File(path)) => format!("`{path}`"),
            (What::Label, Place::Name(name)) => format!("what the label {name} gives"),
            (what, Place::Name(name)) => format!("{what} {name}"),
            (What::ValidFrom, _) => "first day of the label".to_owned(),
            (What::ValidUntil, _) => "last day of the label".to_owned(),
            (What::Day, _) => "day of the rules".to_owned(),
            (What::SignedCopy, _) => "signed declaration".to_owned(),
            (What::Tool, _) => "clspack".to_owned(),
            (what, Place::Whole) => what.to_string(),
        }
    }
}

/// Names an answer by its provision, and the part of it: `answer 5.1-1, detail`.
fn answer(steps: &[Step]) -> String {
    let name = |step: Option<&Step>| match step {
        Some(Step::Name(name)) => name.to_string(),
        _ => String::new(),
    };
    let (provision, part) = (name(steps.get(1)), name(steps.get(2)));
    match part.as_str() {
        "" | "support" => format!("answer {provision}"),
        part => format!("answer {provision}, {part}"),
    }
}

/// Quotes two texts; of long ones, the part where they begin to differ.
fn quoted(one: &str, other: &str) -> (String, String) {
    let same = one.chars().zip(other.chars());
    let n_same = same.take_while(|(one, other)| one == other).count();
    let is_long = one.chars().count().max(other.chars().count()) > QUOTED;
    let start = if is_long {
        word_from(one, n_same.saturating_sub(BEFORE), n_same)
    } else {
        0
    };
    (excerpt(one, start), excerpt(other, start))
}

/// Returns where the first word begins after a place in a text, but not behind `last`.
fn word_from(text: &str, first: usize, last: usize) -> usize {
    if first == 0 {
        return 0;
    }
    let mut letters = text.chars().enumerate().skip(first).take(last - first);
    let blank = letters.find(|(_, letter)| letter.is_whitespace());
    blank.map_or(first, |(at, _)| at + 1)
}

fn excerpt(text: &str, start: usize) -> String {
    let before = if start > 0 { "…" } else { "" };
    let rest = text.chars().skip(start);
    let part: String = rest.clone().take(QUOTED).collect();
    let after = if rest.count() > QUOTED { "…" } else { "" };
    format!("`{before}{part}{after}`")
}
