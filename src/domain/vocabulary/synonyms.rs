//! Other names of the words of closed sets. They are data, in `synonyms.txt`; `clspack_words` compares.

use std::sync::{LazyLock, OnceLock};

use clspack_words::meaning::Names;
pub(crate) use clspack_words::meaning::{Certain, Meaning};
use clspack_words::plain::half_width;

static DATA: &str = include_str!("synonyms.txt");

/// The names of a set of words.
struct Section {
    name: &'static str,
    /// Word and its other names.
    lines: Vec<(&'static str, Vec<&'static str>)>,
    /// The same, prepared for comparison on first use.
    names: OnceLock<Names<'static>>,
}

static SECTIONS: LazyLock<Vec<Section>> = LazyLock::new(|| {
    let mut sections: Vec<Section> = Vec::new();
    for line in DATA.lines().filter(|line| !line.starts_with('#')) {
        let title = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'));
        if let Some(name) = title {
            sections.push(Section {
                name,
                lines: Vec::new(),
                names: OnceLock::new(),
            });
        } else if let (Some((word, names)), Some(section)) =
            (line.split_once(": "), sections.last_mut())
        {
            section.lines.push((word, names.split(", ").collect()));
        }
    }
    sections
});

impl Section {
    fn named(name: &str) -> Option<&'static Self> {
        SECTIONS.iter().find(|section| section.name == name)
    }

    /// Returns the section that has just these words.
    fn of(words: &[&str]) -> Option<&'static Self> {
        let is_whole = |section: &&Self| {
            let own = section.lines.iter().map(|(word, _)| *word);
            own.eq(words.iter().copied())
        };
        SECTIONS.iter().find(is_whole)
    }

    fn names(&self) -> &Names<'static> {
        self.names.get_or_init(|| {
            Names::of(self.lines.iter().flat_map(|(word, names)| {
                let called = names.iter().map(|name| (*word, *name));
                std::iter::once((*word, *word)).chain(called)
            }))
        })
    }
}

/// Returns the meaning of a text among the words of a set.
pub(crate) fn meaning<'a>(text: &str, words: &[&'a str]) -> Meaning<'a> {
    if let Some(section) = Section::of(words) {
        return section.names().meaning(text);
    }
    let named = |word: &&'a str| {
        let word = *word;
        let called = names(word, words).map(move |name| (word, name));
        std::iter::once((word, word)).chain(called)
    };
    Names::of(words.iter().flat_map(named)).meaning(text)
}

/// Returns the word of a set that a text certainly means.
pub(crate) fn certain<'a>(text: &str, words: &[&'a str]) -> Option<Certain<'a>> {
    if let Some(word) = words.iter().find(|word| **word == text) {
        return Some(Certain::Same(word));
    }
    match Section::of(words) {
        Some(section) => section.names().certain(text),
        None => meaning(text, words).certain(),
    }
}

/// Returns the word of a section that a text certainly means.
pub(crate) fn certain_in(section: &str, text: &str) -> Option<Certain<'static>> {
    Section::named(section)?.names().certain(text)
}

/// Returns true for a text that means nothing: a dash, or a word such as `none` or `なし`.
pub(crate) fn says_nothing(text: &str) -> bool {
    let text = text.trim();
    let is_dash = |text: &str| text.chars().all(|c| matches!(c, '-' | 'ー' | '/'));
    // No longer text is such a word.
    let is_short = !text.is_empty() && text.chars().nth(20).is_none();
    is_short && (is_dash(&half_width(text)) || certain_in("nothing", text).is_some())
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
            assert!(
                std::ptr::eq(section, Section::of(words).unwrap()),
                "{}",
                section.name
            );
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
            ("category", "智慧門鎖", "door-lock"),
            ("category", "ﾈｯﾄﾜｰｸｶﾒﾗ", "smart-camera"),
            ("category", "video doorbell", "smart-camera"),
            ("scheme", "CIC", "kisa-cic"),
            ("scheme", "IT-Sicherheitskennzeichen", "bsi"),
            ("grade", "★1", "star-1"),
            ("grade", "베이직", "basic"),
            ("grade", "ベーシック", "basic"),
            ("support", "はい", "yes"),
            ("support", "해당 없음", "n/a"),
            ("level", "Level 3", "3"),
            ("level", "3級", "3"),
            ("level", "第3級", "3"),
            ("level", "レベル3", "3"),
            ("level", "Stufe 3", "3"),
            ("level", "第三级", "3"),
            ("grade", "Stufe 3", "star-3"),
            ("evidence", "type label photo", "label-photo"),
        ] {
            let sets = sets();
            let (_, words) = sets.iter().find(|(name, _)| *name == set).unwrap();
            assert_eq!(
                meaning(text, words),
                Meaning::Certain(Certain::Called(word)),
                "{text}"
            );
        }
        for (set, text) in [
            ("scheme", "KISA CIC"),
            ("scheme", "jc star"),
            ("grade", "Basic"),
            ("support", "N/A"),
        ] {
            let sets = sets();
            let (_, words) = sets.iter().find(|(name, _)| *name == set).unwrap();
            assert!(
                matches!(certain(text, words), Some(Certain::Same(_))),
                "{text}"
            );
        }
        assert_eq!(certain_in("country", "日本"), Some(Certain::Called("JP")));
        assert_eq!(certain_in("country", "中國"), Some(Certain::Called("CN")));
        assert_eq!(certain_in("country", "中国"), Some(Certain::Called("CN")));
        assert_eq!(
            certain_in("trait", "テレメトリ"),
            Some(Certain::Called("telemetry"))
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
            ("doorbell", vec!["smart-camera", "other-consumer"]),
            ("baby monitor", vec!["smart-camera", "other-consumer"]),
            ("Türklingel", vec!["smart-camera", "other-consumer"]),
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
