//! The words of the page in each language, as data. What the engine says (findings, reasons, the names of the
//! portal's fields) is the same text as on the command line, in English.

use std::collections::BTreeMap;

use crate::domain::{FieldPath, Step};

/// The words of one language.
pub struct Language {
    words: BTreeMap<&'static str, &'static str>,
}

const LANGUAGES: &[(&str, &str)] = &[
    ("en", include_str!("words/en.txt")),
    ("ja", include_str!("words/ja.txt")),
];

impl Language {
    /// Returns a language by its code; English for one that is not there.
    pub fn of(code: Option<&str>) -> Self {
        let mut all = LANGUAGES.iter();
        let found = all.find(|(own, _)| code == Some(own));
        let (_, text) = found.unwrap_or(&LANGUAGES[0]);
        Self {
            words: pairs(text).collect(),
        }
    }

    /// Returns the words of the page itself, for its templates.
    pub(super) fn all(&self) -> &BTreeMap<&'static str, &'static str> {
        &self.words
    }

    /// Returns what a field is called.
    pub(super) fn label(&self, path: &FieldPath) -> String {
        let key = key(path);
        let named = self.words.get(key.as_str());
        named.map_or_else(|| sentence(path.name()), |&label| label.to_owned())
    }

    /// Returns what to write into a field.
    pub(super) fn hint(&self, path: &FieldPath, doc: &str) -> String {
        let key = format!("{}.hint", key(path));
        let hint = self.words.get(key.as_str());
        hint.map_or_else(|| doc.to_owned(), |&hint| hint.to_owned())
    }

    /// Returns what a word of a manifest is called.
    pub(super) fn word(&self, word: &str) -> String {
        let key = format!("word_{word}");
        let named = self.words.get(key.as_str());
        named.map_or_else(|| sentence(word), |&label| label.to_owned())
    }
}

fn pairs(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = "))
}

/// Returns a path without the numbers of items; those of provisions are all one.
fn key(path: &FieldPath) -> String {
    let steps = path.steps().iter();
    let names: Vec<&str> = steps
        .filter_map(|step| match step {
            Step::Name(name) => Some(name.as_ref()),
            Step::Index(_) => None,
        })
        .collect();
    match names.as_slice() {
        ["provisions" | "lifecycle", _, rest @ ..] => format!("answer.{}", rest.join(".")),
        names => names.join("."),
    }
}

/// Makes a name of a manifest readable: `smart-home-hub` is "Smart home hub".
fn sentence(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_language_has_the_same_words() {
        let names = |text: &'static str| pairs(text).map(|(name, _)| name).collect::<BTreeSet<_>>();
        let english = names(LANGUAGES[0].1);
        for (code, text) in LANGUAGES {
            let own = names(text);
            let missing: Vec<_> = english.symmetric_difference(&own).collect();
            assert!(missing.is_empty(), "{code}: {missing:?}");
            for (name, word) in pairs(text) {
                assert!(!word.trim().is_empty(), "{code}: {name}");
            }
        }
    }
}
