//! What headings and cells probably mean: words as data, and the schemes whose names are part of a heading.

use std::sync::LazyLock;

use crate::domain::shape::Kind;
use crate::manifest::leaves::leaves;
use crate::sheet::headings::squeezed;

/// The words of headings with their meanings, one field a line.
static HEADINGS: &str = include_str!("headings.txt");

/// Words for an empty cell.
const NOTHING: &[&str] = &[
    "-",
    "--",
    "–",
    "—",
    "―",
    "ー",
    "/",
    "n/a",
    "na",
    "none",
    "nil",
    "no",
    "not held",
    "keine",
    "keines",
    "kein",
    "nein",
    "entfällt",
    "k.a.",
    "なし",
    "無し",
    "無",
    "未取得",
    "該当なし",
    "없음",
    "해당없음",
    "미취득",
    "无",
];

/// Squeezed word, meaning.
static KNOWN: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let lines = HEADINGS.lines().filter(|line| !line.starts_with('#'));
    let lines = lines.filter_map(|line| line.split_once(": "));
    let words = lines.flat_map(|(meaning, words)| {
        let words = words.split(';').map(move |word| (squeezed(word), meaning));
        words.filter(|(word, _)| !word.is_empty())
    });
    words.collect()
});

/// What a heading means, and the scheme that it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Guess {
    /// A field, `ignore`, `status` or `family`; nothing for a scheme alone.
    pub(super) meaning: Option<&'static str>,
    /// The scheme of the label to which the column belongs.
    pub(super) scheme: Option<&'static str>,
}

/// Returns what a heading means.
pub(super) fn heading(text: &str) -> Guess {
    let bare = without_brackets(text);
    if let Some(meaning) = exact(&squeezed(&bare)) {
        // A bare word for a number is the number of the row; with the name of a scheme it is that of a label.
        let meaning = if squeezed(&bare) == "번호" {
            "ignore"
        } else {
            meaning
        };
        return Guess {
            meaning: Some(meaning),
            scheme: None,
        };
    }
    let (rest, scheme) = without_scheme(&bare);
    let rest = squeezed(&rest);
    let meaning = match scheme {
        Some(_) if rest.is_empty() => None,
        Some(_) => match exact(&rest).or_else(|| part(&rest)) {
            Some("ignore" | "status" | "family") | None => number(&rest),
            known => known,
        },
        None => part(&rest),
    };
    let is_clear = meaning.is_some() || rest.is_empty();
    Guess {
        meaning,
        scheme: scheme.filter(|_| is_clear),
    }
}

/// Returns the number of a label for what is left of a heading with the name of a scheme.
fn number(rest: &str) -> Option<&'static str> {
    const NUMBERS: &[&str] = &["no", "nr", "number", "nummer", "id", "番号", "번호"];
    NUMBERS.contains(&rest).then_some("labels[0].number")
}

/// Returns the field, or the kind of column, that people head with these words.
pub(in crate::sheet) fn column_word(heading: &str) -> Option<&'static str> {
    exact(&squeezed(heading))
}

fn exact(plain: &str) -> Option<&'static str> {
    let found = KNOWN.iter().find(|(word, _)| word == plain);
    found.map(|(_, meaning)| *meaning)
}

/// Returns the meaning of the longest known word within a heading.
fn part(plain: &str) -> Option<&'static str> {
    let is_long = |word: &str| word.len() >= 7;
    let within = KNOWN.iter();
    let within = within.filter(|(word, _)| is_long(word) && plain.contains(word.as_str()));
    // The first of several alike.
    let longest = within.rev().max_by_key(|(word, _)| word.chars().count());
    longest.map(|(_, meaning)| *meaning)
}

/// A remark in brackets is no part of a heading.
fn without_brackets(text: &str) -> String {
    let at = text.find(['(', '（', '[', '［']).filter(|at| *at > 0);
    text[..at.unwrap_or(text.len())].to_owned()
}

/// Takes the name of a scheme out of a heading: `CIC number`, `BSI-Kennzeichen`, `JC-STAR`.
fn without_scheme(text: &str) -> (String, Option<&'static str>) {
    let is_between = |c: char| !c.is_alphanumeric();
    let words: Vec<&str> = text
        .split(is_between)
        .filter(|word| !word.is_empty())
        .collect();
    for scheme in words_of("labels[0].scheme") {
        let names: Vec<&str> = scheme.split('-').collect();
        let is_name = |word: &&str| {
            let mut names = names.iter();
            names.any(|name| name.eq_ignore_ascii_case(word))
        };
        let n_named = words.iter().filter(|word| is_name(word)).count();
        let is_long = words.iter().any(|word| is_name(word) && word.len() >= 3);
        if n_named > 0 && is_long {
            let rest: Vec<&str> = words.into_iter().filter(|word| !is_name(word)).collect();
            return (rest.join(" "), Some(scheme));
        }
    }
    (text.to_owned(), None)
}

/// Returns the words of a field that holds one of a closed set.
pub(super) fn words_of(route: &str) -> Vec<&'static str> {
    let leaves = leaves();
    let leaf = leaves
        .iter()
        .find(|leaf| leaf.route(0).to_string() == route);
    match leaf.map(|leaf| leaf.kind) {
        Some(Kind::Word(words)) => words(),
        _ => Vec::new(),
    }
}

/// Returns true for a word that means an empty cell.
pub(super) fn is_nothing(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    NOTHING.contains(&lower.as_str())
}

/// Returns the only word of a closed set that shares a part with a text.
pub(super) fn sharing(text: &str, words: &[&'static str]) -> Option<&'static str> {
    let parts = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric());
        parts
            .filter(|part| !part.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let said = parts(text);
    // A digit alone is a grade only where there is nothing else, as in ★1.
    let tells = |part: &String| said.contains(part) && (said.len() == 1 || part.len() > 1);
    let shares = |word: &&&'static str| parts(word).iter().any(tells);
    let mut found = words.iter().filter(shares);
    let one = found.next()?;
    found.next().is_none().then_some(*one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_known_in_four_languages() {
        for (text, meaning, scheme) in [
            ("Model no.", Some("product.models"), None),
            ("FW", Some("product.firmware_version"), None),
            ("End of support", Some("product.support.until"), None),
            ("Gültig bis", Some("labels[0].expires"), None),
            ("보안 지원 종료일", Some("product.support.until"), None),
            ("型番（社内）", Some("product.models"), None),
            ("CIC 번호", Some("labels[0].number"), Some("kisa-cic")),
            ("CIC No.", Some("labels[0].number"), Some("kisa-cic")),
            ("번호", Some("ignore"), None),
            ("BSI-Kennzeichen", Some("labels[0].number"), Some("bsi")),
            ("JC-STAR", None, Some("jc-star")),
            ("CIC number", Some("labels[0].number"), Some("kisa-cic")),
            ("CIC remarks", None, None),
            ("Bemerkung", Some("ignore"), None),
            ("Farbe", None, None),
        ] {
            assert_eq!(heading(text), Guess { meaning, scheme }, "{text}");
        }
    }

    #[test]
    fn every_meaning_is_a_field_or_a_kind_of_column() {
        let routes: Vec<String> = leaves()
            .iter()
            .map(|leaf| leaf.route(0).to_string())
            .collect();
        for (word, meaning) in KNOWN.iter() {
            let is_kind = ["ignore", "status", "family"].contains(meaning);
            assert!(
                is_kind || routes.iter().any(|route| route == meaning),
                "{meaning}"
            );
            let same = KNOWN.iter().find(|(other, _)| other == word);
            assert_eq!(same.map(|(_, meaning)| *meaning), Some(*meaning), "{word}");
        }
    }
}
