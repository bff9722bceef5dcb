//! Which writings a text holds, and so which fonts it needs.
//!
//! It promises to tell them by the text alone, so that the same text always
//! takes the same fonts.
//!
//! Not here: the fonts themselves (`fonts.rs`).

use super::fonts::latin_covers;

/// Which writing a text needs beyond Noto Sans, the most telling last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Script {
    /// Noto Sans draws all of it, or one of the fallback fonts does.
    #[default]
    Latin,
    /// Han characters, or anything else only the large font draws.
    Chinese,
    Korean,
    Japanese,
}

impl Script {
    /// The script of a text taken alone. Kana outweigh hangul, and hangul Han.
    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self::Latin;
        }
        text.chars()
            .map(Self::of_character)
            .max()
            .unwrap_or(Self::Latin)
    }

    /// The script a single character speaks for.
    pub(super) fn of_character(character: char) -> Self {
        match character {
            '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => {
                Self::Japanese
            }
            '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7AF}' => {
                Self::Korean
            }
            '\u{4E00}'..='\u{9FFF}' => Self::Chinese,
            other
                if other.is_control()
                    || FallbackScript::of(other).is_some()
                    || latin_covers(other) =>
            {
                Self::Latin
            }
            _ => Self::Chinese,
        }
    }

    /// The family that draws this script, none when Noto Sans does.
    pub(super) fn family(self) -> Option<&'static str> {
        match self {
            Self::Latin => None,
            Self::Japanese => Some("Noto Sans CJK JP"),
            Self::Korean => Some("Noto Sans CJK KR"),
            Self::Chinese => Some("Noto Sans CJK SC"),
        }
    }
}

/// A writing with a fallback font of its own, which stands beside any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum FallbackScript {
    /// Arabic letters, also of Persian, Urdu and Jawi.
    Arabic,
    Hebrew,
    Thai,
}

impl FallbackScript {
    /// All of them, in the order of their font files.
    pub(super) const ALL: [Self; 3] = [Self::Arabic, Self::Hebrew, Self::Thai];

    /// The writing of a character, by its place in Unicode.
    pub(super) fn of(character: char) -> Option<Self> {
        match character {
            '\u{0590}'..='\u{05FF}' | '\u{FB1D}'..='\u{FB4F}' => Some(Self::Hebrew),
            '\u{0600}'..='\u{06FF}'
            | '\u{0750}'..='\u{077F}'
            | '\u{08A0}'..='\u{08FF}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFE}' => Some(Self::Arabic),
            '\u{0E00}'..='\u{0E7F}' => Some(Self::Thai),
            _ => None,
        }
    }

    /// The family that draws it.
    pub(super) fn family(self) -> &'static str {
        match self {
            Self::Arabic => "Noto Sans Arabic",
            Self::Hebrew => "Noto Sans Hebrew",
            Self::Thai => "Noto Sans Thai",
        }
    }

    /// Those that a text holds, in a fixed order.
    pub(super) fn all_in(text: &str) -> Vec<Self> {
        if text.is_ascii() {
            return Vec::new();
        }
        let mut found: Vec<Self> = text.chars().filter_map(Self::of).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    fn is_right_to_left(self) -> bool {
        matches!(self, Self::Arabic | Self::Hebrew)
    }
}

/// Whether all letters of a text run from right to left. Such a text, a name in a cell for instance,
/// is ordered by its own direction: a full stop at its end belongs on its left.
pub(super) fn is_right_to_left(text: &str) -> bool {
    let right_to_left =
        |letter| FallbackScript::of(letter).is_some_and(FallbackScript::is_right_to_left);
    !text.is_ascii()
        && text.chars().any(right_to_left)
        && text
            .chars()
            .all(|letter| !letter.is_alphabetic() || right_to_left(letter))
}

/// Characters that turn the direction of the text around them: what is read would not be what is written.
pub(super) fn turns_direction(character: char) -> bool {
    matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_apart() {
        assert_eq!(Script::of("Straße, Việt Nam"), Script::Latin);
        assert_eq!(Script::of("東京のアプリ"), Script::Japanese);
        assert_eq!(Script::of("서울 中區"), Script::Korean);
        assert_eq!(Script::of("北京"), Script::Chinese);
        assert_eq!(Script::of("شركة, ไทย, עברית"), Script::Latin);
    }

    #[test]
    fn small_writings_are_found_in_a_fixed_order() {
        let all = FallbackScript::all_in("ไทย עברית, شركة");
        assert_eq!(all, FallbackScript::ALL);
        assert_eq!(FallbackScript::all_in("Việt Nam 東京"), []);
    }

    #[test]
    fn the_direction_is_that_of_all_letters() {
        assert!(is_right_to_left("شركة النور (قطر) ذ.م.م. 12"));
        assert!(!is_right_to_left("שלום Ltd."));
        assert!(!is_right_to_left("12"));
    }
}
