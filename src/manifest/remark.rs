//! What YAML reads as a comment after a text: a remark, or the unit number of an address.
//!
//! In Singapore a unit is written `#05-12`, `#B1-01` or `#PH-01`, and YAML ignores everything from a `#` with a blank
//! before it. A certain unit is read as part of the text; a possible one is asked about.

use crate::diag::{Code, Finding, Place, Span};
use crate::domain::text::shown;
use crate::manifest::wide::line_of;

/// How many lines above a fault are looked at for a comment in the middle of a text.
const MAX_LINES: usize = 4;
/// How many comments are looked at.
const MAX_TRIES: usize = 8;

/// What a comment after a text most likely is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A unit number: part of the text.
    Unit,
    /// It begins like a part of the text, but a remark may begin so too.
    Doubtful,
    /// A remark that holds a number.
    Number,
    /// A remark.
    Remark,
}

/// Floors that have letters: basement, ground, penthouse and the like.
const LEVELS: &[&str] = &[
    "B", "G", "GF", "L", "LG", "M", "MZ", "P", "PH", "R", "RF", "UG",
];
/// Words before the number of a unit, floor or block.
const PARTS: &[&str] = &[
    "apt", "bldg", "blk", "block", "building", "flat", "floor", "flr", "level", "lot", "lvl", "no",
    "rm", "room", "shop", "ste", "suite", "tower", "unit",
];

/// Returns what a comment most likely is; it begins with its `#`.
pub(crate) fn meaning(comment: &str) -> Meaning {
    let body = comment.trim_start_matches('#');
    let begun = body.trim_start();
    let is_close = body.len() == begun.len();
    let word = begun
        .split([' ', '\t', ',', ';'])
        .next()
        .unwrap_or_default();
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let first = word.trim_end_matches(['.', ':']).to_ascii_lowercase();
    if is_close && is_unit(word) {
        Meaning::Unit
    } else if is_unit(word)
        || (is_close && has_digit(word))
        || (PARTS.contains(&first.as_str()) && has_digit(begun))
    {
        Meaning::Doubtful
    } else if has_digit(begun) {
        Meaning::Number
    } else {
        Meaning::Remark
    }
}

/// Returns the finding for a comment that begins like a unit number and breaks the YAML, since it hides the end of a
/// text or a bracket. `fails` and `read` are as in `wide::to_blame`.
pub(crate) fn to_blame(
    text: &str,
    fails: usize,
    read: impl Fn(&str) -> Option<usize>,
) -> Option<Finding> {
    let failed = line_of(text, fails);
    let first = failed.saturating_sub(MAX_LINES);
    let mut start = 0;
    let mut found = Vec::new();
    for (i, line) in text.split_inclusive('\n').enumerate().take(failed + 1) {
        let hash = line.match_indices('#').find(|(at, _)| {
            let before = &line[..*at];
            before.is_empty() || before.ends_with([' ', '\t'])
        });
        if let Some((at, _)) = hash.filter(|_| i >= first) {
            found.push((start + at, line[at..].trim_end()));
        }
        start += line.len();
    }
    let is_part = |comment: &str| matches!(meaning(comment), Meaning::Unit | Meaning::Doubtful);
    let found = found
        .into_iter()
        .rev()
        .filter(|(_, comment)| is_part(comment));
    for (at, comment) in found.take(MAX_TRIES) {
        let changed = format!("{}x{}", &text[..at], &text[at + 1..]);
        if read(&changed).is_none_or(|byte| line_of(&changed, byte) > failed) {
            let place = Place::Span(Span {
                start: at,
                end: at + comment.len(),
            });
            let message = format!(
                "the file is not YAML: `{}` begins a comment in the middle of a text",
                shown(comment)
            );
            let help = "put the whole text in quotes";
            return Some(Finding::new(Code::NotYaml, place, message, help));
        }
    }
    None
}

/// Returns true for `05-12`, `B1-01`, `PH-01A`, `05-12/14`.
fn is_unit(word: &str) -> bool {
    let Some((level, unit)) = word.split_once('-') else {
        return false;
    };
    let n_letters = level.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, number) = level.split_at(n_letters);
    let is_level = if number.is_empty() {
        LEVELS.contains(&letters.to_ascii_uppercase().as_str())
    } else {
        letters.len() <= 2 && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit())
    };
    is_level
        && unit.starts_with(|c: char| c.is_ascii_digit())
        && unit.len() <= 20
        && unit
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "/-&.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_told_from_remarks() {
        for (comment, expected) in [
            ("#01-01, Singapore 000001", Meaning::Unit),
            ("#B1-01 Singapore 000008", Meaning::Unit),
            ("#PH-01", Meaning::Unit),
            ("#L2-05", Meaning::Unit),
            ("#05-12/14", Meaning::Unit),
            ("# 05-12", Meaning::Doubtful),
            ("# Unit 5, Singapore", Meaning::Doubtful),
            ("#2026-11 checked", Meaning::Doubtful),
            ("#2", Meaning::Doubtful),
            ("#PR-12 see there", Meaning::Doubtful),
            ("# moved in 2025", Meaning::Number),
            ("# head office", Meaning::Remark),
            ("#head office", Meaning::Remark),
            ("# unit of the holding", Meaning::Remark),
            ("# post-box", Meaning::Remark),
        ] {
            assert_eq!(meaning(comment), expected, "{comment}");
        }
    }
}
