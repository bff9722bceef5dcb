//! What checks of texts need, and messages about them: forms in which texts are compared and shown, the known word
//! that a misspelt one was most likely meant to be, letters that look like others, addresses and hosts, phrases and
//! what drafts leave unwritten.

pub mod address;
mod advice;
pub mod company;
mod drafts;
pub mod fold;
pub mod hosts;
pub mod lookalike;
pub mod meaning;
pub mod nearest;
pub mod number;
pub mod phrases;
pub mod placeholder;
pub mod plain;
mod punycode;
mod reserve;
pub mod several;
pub mod spelling;
pub mod text;

pub use advice::Advice;

/// Returns true for control characters, line breaks among them, and for characters that are invisible or change the
/// order of reading: two texts that look alike would differ.
pub fn is_hidden(c: char) -> bool {
    // Direction marks and overrides, zero-width characters, line separators, soft hyphen, the byte
    // order mark and tag characters.
    matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{ad}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
        || c.is_control()
}

/// The text as a message may print it: short, with hidden characters spelt out.
pub fn shown(text: &str) -> String {
    let mut shown = String::new();
    for (n_shown, c) in text.chars().enumerate() {
        if n_shown == 60 {
            shown.push('…');
            break;
        }
        if is_hidden(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_hides_nothing_and_is_short() {
        assert_eq!(shown("a\u{202e}b\n"), "a\\u{202e}b\\u{a}");
        assert_eq!(shown(&"x".repeat(61)), format!("{}…", "x".repeat(60)));
        assert!(is_hidden('\u{200b}') && !is_hidden('é'));
    }
}

/// The README's example is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
