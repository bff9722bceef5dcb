//! Which scripts a text uses, and so which fonts it needs. The text alone decides, so that the same text always gets
//! the same fonts.

use super::fonts::latin_covers;

/// The script that a text needs beyond Noto Sans; the most decisive last.
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

    /// The script that a single character indicates.
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

    /// The font family of this script; none if Noto Sans draws it.
    pub(super) fn family(self) -> Option<&'static str> {
        match self {
            Self::Latin => None,
            Self::Japanese => Some("Noto Sans CJK JP"),
            Self::Korean => Some("Noto Sans CJK KR"),
            Self::Chinese => Some("Noto Sans CJK SC"),
        }
    }
}

/// A script with a small font of its own, which combines with any other script.
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

    /// The script of a character, by its place in Unicode.
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

    pub(super) fn family(self) -> &'static str {
        match self {
            Self::Arabic => "Noto Sans Arabic",
            Self::Hebrew => "Noto Sans Hebrew",
            Self::Thai => "Noto Sans Thai",
        }
    }

    /// The fallback scripts of a text, in a fixed order.
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

/// Returns true if all letters of a text run from right to left. Such a text, for example a name in a cell, is laid
/// out from right to left as a whole, so that a full stop at its end is on its left.
pub(super) fn is_right_to_left(text: &str) -> bool {
    let right_to_left =
        |letter| FallbackScript::of(letter).is_some_and(FallbackScript::is_right_to_left);
    !text.is_ascii()
        && text.chars().any(right_to_left)
        && text
            .chars()
            .all(|letter| !letter.is_alphabetic() || right_to_left(letter))
}

/// Characters that change the direction of the text around them: readers would see something other than what was
/// written.
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
