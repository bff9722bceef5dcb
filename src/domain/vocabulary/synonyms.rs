//! What people write for the words of closed sets. The names are data, in `synonyms.txt`; `clspack_words` compares.

use std::sync::LazyLock;

pub(crate) use clspack_words::meaning::Meaning;
use clspack_words::meaning::Names;
use clspack_words::plain::half_width;

static DATA: &str = include_str!("synonyms.txt");

/// Names of words that belong together.
struct Section {
    name: &'static str,
    /// Word and its other names.
    lines: Vec<(&'static str, Vec<&'static str>)>,
}

static SECTIONS: LazyLock<Vec<Section>> = LazyLock::new(|| {
    let mut sections: Vec<Section> = Vec::new();
    for line in DATA.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            let lines = Vec::new();
            sections.push(Section { name, lines });
        } else if let (Some((word, names)), Some(section)) =
            (line.split_once(": "), sections.last_mut())
        {
            section.lines.push((word, names.split(", ").collect()));
        }
    }
    sections
});

/// Returns what a text means among the words of a closed set.
pub(crate) fn meaning<'a>(text: &str, words: &[&'a str]) -> Meaning<'a> {
    Names::of(words.iter().flat_map(|word| {
        let called = names(word, words).map(|name| (*word, name));
        std::iter::once((*word, *word)).chain(called)
    }))
    .meaning(text)
}

/// Returns what a text means among the words of a section.
pub(crate) fn meaning_in(section: &str, text: &str) -> Meaning<'static> {
    let section = SECTIONS.iter().find(|one| one.name == section);
    let words: Vec<&str> = section.map_or_else(Vec::new, Section::words);
    meaning(text, &words)
}

/// Returns true for a text that says that there is nothing: a dash, or a word such as `none` or `なし`.
pub(crate) fn says_nothing(text: &str) -> bool {
    let text = half_width(text.trim());
    let is_dash = !text.is_empty() && text.chars().all(|c| matches!(c, '-' | 'ー' | '/'));
    let meant = || meaning_in("nothing", &text);
    is_dash || matches!(meant(), Meaning::Same(_) | Meaning::Certain(_))
}

/// Returns other names of a word of a set, for people to choose by.
pub(crate) fn names(word: &str, words: &[&str]) -> impl Iterator<Item = &'static str> {
    let fits = |section: &&Section| section.lines.iter().all(|(word, _)| words.contains(word));
    let lines = SECTIONS
        .iter()
        .filter(fits)
        .flat_map(|section| &section.lines);
    let of_word: Vec<&'static str> = lines
        .filter(|(other, _)| *other == word)
        .flat_map(|(_, names)| names.iter().copied())
        .collect();
    of_word.into_iter()
}

impl Section {
    fn words(&self) -> Vec<&'static str> {
        self.lines.iter().map(|(word, _)| *word).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::{
        Category, EvidenceKind, LabelCategory, LabelLevel, Level, Platform, Scheme, Support,
    };

    macro_rules! words {
        ($set:ty) => {
            <$set>::ALL
                .iter()
                .map(|word| word.as_str())
                .collect::<Vec<_>>()
        };
    }

    fn sets() -> Vec<(&'static str, Vec<&'static str>)> {
        vec![
            ("category", words!(Category)),
            ("scheme", words!(Scheme)),
            ("grade", words!(LabelLevel)),
            ("label-category", words!(LabelCategory)),
            ("level", words!(Level)),
            ("support", words!(Support)),
            ("platform", words!(Platform)),
            ("evidence", words!(EvidenceKind)),
        ]
    }

    #[test]
    fn every_section_is_a_whole_set() {
        let by_name = ["trait", "country", "nothing"];
        let sets = sets();
        for section in SECTIONS
            .iter()
            .filter(|section| !by_name.contains(&section.name))
        {
            let (_, words) = sets.iter().find(|(name, _)| *name == section.name).unwrap();
            assert_eq!(&section.words(), words, "{}", section.name);
        }
        assert_eq!(SECTIONS.len(), sets.len() + by_name.len());
    }

    #[test]
    fn every_line_is_read_and_says_nothing_twice() {
        let n_lines = DATA
            .lines()
            .filter(|line| line.contains(": ") && !line.starts_with('#'))
            .count();
        let lines: Vec<_> = SECTIONS.iter().flat_map(|section| &section.lines).collect();
        assert_eq!(lines.len(), n_lines);
        for (word, names) in lines {
            let distinct: BTreeSet<_> = names.iter().collect();
            assert_eq!(distinct.len(), names.len(), "{word}");
            assert!(
                names
                    .iter()
                    .all(|name| !name.is_empty() && name.trim() == *name),
                "{word}"
            );
        }
    }

    #[test]
    fn what_people_write_is_known() {
        for (set, text, word) in [
            ("category", "smart lock", "door-lock"),
            ("category", "hub", "smart-home-hub"),
            ("category", "Router", "wifi-router"),
            ("category", "ネットワークカメラ", "smart-camera"),
            ("category", "Türschloss", "door-lock"),
            ("category", "도어락", "door-lock"),
            ("category", "robot vacuum", "household-robot"),
            ("category", "智能门锁", "door-lock"),
            ("scheme", "CIC", "kisa-cic"),
            ("scheme", "IT-Sicherheitskennzeichen", "bsi"),
            ("grade", "★1", "star-1"),
            ("grade", "베이직", "basic"),
            ("grade", "ベーシック", "basic"),
            ("support", "はい", "yes"),
            ("support", "해당 없음", "n/a"),
            ("level", "Level 3", "3"),
            ("evidence", "type label photo", "label-photo"),
        ] {
            let sets = sets();
            let (_, words) = sets.iter().find(|(name, _)| *name == set).unwrap();
            assert_eq!(meaning(text, words), Meaning::Certain(word), "{text}");
        }
        for (set, text) in [
            ("scheme", "KISA CIC"),
            ("scheme", "jc star"),
            ("grade", "Basic"),
            ("support", "N/A"),
        ] {
            let sets = sets();
            let (_, words) = sets.iter().find(|(name, _)| *name == set).unwrap();
            assert!(matches!(meaning(text, words), Meaning::Same(_)), "{text}");
        }
        assert_eq!(meaning_in("country", "日本"), Meaning::Certain("JP"));
        assert_eq!(
            meaning_in("trait", "テレメトリ"),
            Meaning::Certain("telemetry")
        );
    }

    #[test]
    fn nothing_is_nothing() {
        for text in ["-", "－", "—", "なし", "None", "keine", "N/A", "없음"] {
            assert!(says_nothing(text), "{text}");
        }
        for text in ["", "basic", "nonesuch", "?", "CIC"] {
            assert!(!says_nothing(text), "{text}");
        }
    }

    #[test]
    fn a_name_of_two_words_is_a_question() {
        let words = words!(Category);
        for (text, asked) in [
            ("gateway", vec!["smart-home-hub", "home-gateway"]),
            ("robot", vec!["household-robot", "garden-robot"]),
            ("smart egg", vec![]),
            ("Haus", vec![]),
        ] {
            let expected = if asked.is_empty() {
                Meaning::Unknown
            } else {
                Meaning::Perhaps(asked)
            };
            assert_eq!(meaning(text, &words), expected, "{text}");
        }
    }
}
