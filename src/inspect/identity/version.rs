//! Versions of firmware and hardware that a text names.

use crate::inspect::identity::fold::folded;
use crate::inspect::identity::labels::{BETWEEN, Kind, LABELS};
use crate::inspect::identity::text::{Labelled, Text};
use crate::look::InFile;

/// A firmware or hardware version in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Version<'t> {
    pub(super) value: &'t str,
    pub(super) at: &'t InFile,
    /// True if a cell or line contains only the version.
    pub(super) is_apart: bool,
}

/// Words that make a version one of several: `1.8 and later`.
const RANGES: &[&str] = &[
    "later",
    "newer",
    "above",
    "higher",
    "onward",
    "oder höher",
    "oder neuer",
    "ab ",
    "from ",
    "≥",
    ">=",
    ">",
    "以上",
    "以降",
    "이상",
    "이후",
    "tai uudempi",
    "all versions",
    "up to",
    "bis ",
    "through",
    "any",
];

/// Words before a version that are part of it: `v3.4.2`, `Ver3.4.2`.
const LEADS: &[&str] = &[
    "v", "ver", "version", "r", "rev", "fw", "sw", "hw", "f", "s",
];

/// Returns true if a text contains this version, and not as a part of a longer one.
pub(super) fn is_named(text: &str, version: &str) -> bool {
    let version = folded(version);
    let bare = version.trim_start_matches(['v', 'V']);
    !bare.is_empty()
        && text.match_indices(bare).any(|(start, _)| {
            let before: String = text[..start]
                .chars()
                .rev()
                .take_while(char::is_ascii_alphabetic)
                .take(8)
                .collect();
            let before: String = before
                .chars()
                .rev()
                .collect::<String>()
                .to_ascii_lowercase();
            let sign = text[..start - before.len()].chars().next_back();
            let leads = (before.is_empty() || LEADS.contains(&before.as_str()))
                && !(before.is_empty() && is_digit_before(&text[..start]));
            let sign_goes_on = !before.is_empty() && sign.is_some_and(|c| c.is_ascii_digit());
            leads && !sign_goes_on && !goes_on(&text[start + bare.len()..])
        })
}

fn is_digit_before(before: &str) -> bool {
    let mut back = before.chars().rev();
    match back.next() {
        Some(c) if c.is_ascii_digit() => true,
        Some('.') => back.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// `3.4.2.1`, `3.4.20`, `3.4.2b` are other versions than `3.4.2`.
fn goes_on(after: &str) -> bool {
    let mut after = after.chars();
    match after.next() {
        Some(c) if c.is_ascii_alphanumeric() => true,
        Some('.' | '-' | '_') => after.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// Returns the versions that follow a label, in cells and in sentences.
pub(super) fn given<'t>(
    kind: Kind,
    text: &'t Text<'_>,
    labelled: &[Labelled<'t>],
) -> Vec<Version<'t>> {
    let cells = labelled.iter().filter(|one| one.kind == kind);
    let cells = cells.filter(|one| first(one.value).is_some());
    let mut found: Vec<Version<'t>> = cells
        .map(|one| Version {
            value: one.value,
            at: one.at,
            is_apart: !is_sentence(one.value),
        })
        .collect();
    let names = LABELS
        .iter()
        .filter(|(other, _)| *other == kind)
        .flat_map(|(_, names)| *names);
    // Few papers have more than one of the names, and most lines no number.
    let is_there = |name: &&str| text.passages.iter().any(|one| one.lower.contains(*name));
    let names = names.copied().filter(|name| name.len() > 3);
    let names: Vec<&str> = names.filter(is_there).collect();
    let has_number = |line: &str| line.bytes().any(|b| b.is_ascii_digit());
    for (at, line) in text.lines().filter(|(_, line)| has_number(line)) {
        found.extend(in_sentence(line, &names).map(|value| Version {
            value,
            at,
            is_apart: false,
        }));
    }
    found
}

/// `3.4.1 accepted expired certificates` tells of a version, and does not state that of the product.
fn is_sentence(value: &str) -> bool {
    let mut words = value.split_whitespace().skip(1);
    let next = words.next().unwrap_or_default();
    let goes_on = [
        "and", "or", "und", "oder", "to", "bis", "with", "mit", "build",
    ];
    next.starts_with(|c: char| c.is_ascii_lowercase())
        && next.len() > 1
        && !goes_on.contains(&next)
        && !is_range(value)
}

/// Returns the version that follows one of these names in a line.
fn in_sentence<'t>(line: &'t str, names: &[&str]) -> Option<&'t str> {
    let lower = line.to_ascii_lowercase();
    let ends = names
        .iter()
        .filter_map(|name| Some(lower.find(name)? + name.len()));
    let mut rest = line[ends.max()?..].trim_start_matches([' ', ':', '=', '(', ',']);
    while let Some(word) = BETWEEN
        .iter()
        .find(|word| rest.to_ascii_lowercase().starts_with(*word))
    {
        rest = rest[word.len()..].trim_start_matches([' ', ':', '.', '=', '(']);
    }
    let word = rest.split([' ', ',', ';', ')']).next()?;
    // The next words may say that later versions also count.
    first(word).map(|_| &rest[..rest.floor_char_boundary(word.len() + 20)])
}

/// Returns the version at the beginning of a value.
pub(super) fn first(value: &str) -> Option<&str> {
    let value = value.trim_start_matches(['(', '"', '\'', '`']);
    let end = value
        .find(|c: char| c.is_whitespace() || ",;()\"'".contains(c) || !c.is_ascii())
        .unwrap_or(value.len());
    let version = value[..end].trim_end_matches(['.', ':', '/']);
    let is_short = version.len() <= 3
        && !version.is_empty()
        && version
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let has_digit = version.bytes().any(|b| b.is_ascii_digit());
    ((has_digit && version.len() <= 40) || is_short).then_some(version)
}

/// Returns true if a value allows several versions.
pub(super) fn is_range(value: &str) -> bool {
    let lower = value.to_lowercase();
    RANGES.iter().any(|word| lower.contains(word))
        || lower.split(' ').next().is_some_and(|word| {
            word.ends_with('+') || matches!(word.rsplit_once('.'), Some((_, "x" | "*")))
        })
}
