//! What makes a text unfit for a document: characters that hide or reorder. And the forms in which texts are
//! compared, stored and shown.

pub use crate::{is_hidden, shown};

/// Returns the first character that does not belong in a document. Line breaks are allowed where
/// `lines` is [`Lines::Many`].
pub fn hidden_character(text: &str, lines: Lines) -> Option<char> {
    text.chars().find(|&c| match c {
        '\n' => lines == Lines::One,
        c => is_hidden(c),
    })
}

/// Returns the text in composed form (Unicode NFC). macOS stores the `ü` of a file name as `u` and a combining
/// mark, most keyboards type one character: both look the same and are the same name to a person.
pub fn composed(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let normalizer = icu_normalizer::ComposingNormalizerBorrowed::new_nfc();
    normalizer.normalize(text).into_owned()
}

/// Returns a path whose every part is a file name that Windows, portals and archives take: letters and
/// digits of any script, points, hyphens and underscores; no device names; at most 80 characters a part.
pub fn safe_name(path: &str) -> String {
    path.split('/').map(safe_part).collect::<Vec<_>>().join("/")
}

fn safe_part(part: &str) -> String {
    let mut safe = String::new();
    for c in part.chars() {
        let c = if c.is_alphanumeric() || "._-+".contains(c) {
            c
        } else {
            '-'
        };
        if !(c == '-' && safe.ends_with('-')) {
            safe.push(c);
        }
    }
    let safe = safe.trim_matches(['.', '-']);
    let is_short =
        |extension: &str| extension.len() <= 10 && extension.chars().all(char::is_alphanumeric);
    let (stem, extension) = match safe.rsplit_once('.') {
        Some((stem, extension)) if is_short(extension) => (stem, format!(".{extension}")),
        _ => (safe, String::new()),
    };
    let n_left = 80 - extension.chars().count();
    let stem: String = stem.chars().take(n_left).collect();
    let stem = stem.trim_end_matches(['.', '-']).to_owned();
    let stem = if stem.is_empty() || is_device(&stem) {
        format!("_{stem}")
    } else {
        stem
    };
    format!("{stem}{extension}")
}

/// Windows takes these for devices, with any text after their first point, and also with a blank before it.
pub fn is_device(stem: &str) -> bool {
    let name = stem.split('.').next().unwrap_or_default();
    let name = name.trim_end().to_uppercase();
    let port = name
        .strip_prefix("COM")
        .or_else(|| name.strip_prefix("LPT"));
    let is_port = port.is_some_and(|number| number.chars().count() == 1);
    is_port
        || matches!(
            name.as_str(),
            "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$"
        )
}

/// Returns true for a text in UTF-16, with a mark of its byte order or without one: every second byte of
/// what people write in Latin letters is zero.
pub fn is_utf_16(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let start = bytes.get(..bytes.len().min(1024) & !1).unwrap_or_default();
    let pairs = start.chunks_exact(2);
    let n_pairs = pairs.len();
    let is_latin =
        |zero: u8, letter: u8| zero == 0 && (letter >= b' ' || letter.is_ascii_whitespace());
    let count = |high: usize| {
        let letters = pairs
            .clone()
            .filter(|pair| is_latin(pair[high], pair[1 - high]));
        letters.count()
    };
    n_pairs > 0 && count(0).max(count(1)) * 10 >= n_pairs * 6
}

/// Returns the bytes of a text without the mark of UTF-8 before it and the mark of DOS, Ctrl-Z, at its end.
pub fn without_marks(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let text = bytes.trim_ascii_end();
    text.strip_suffix(&[0x1a]).unwrap_or(bytes)
}

/// How many lines a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// A name, a number, a version.
    One,
    /// An address, a detail.
    Many,
}

/// The text with hidden characters spelt out, so that the name of a file cannot write on the terminal.
pub fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            visible.extend(c.escape_unicode());
        } else {
            visible.push(c);
        }
    }
    visible
}

/// The same for a text of several lines, with its line breaks and tabs.
pub fn visible_lines(text: &str) -> String {
    let parts = text.split_inclusive(['\n', '\t']);
    let part = |part: &str| match part.strip_suffix(['\n', '\t']) {
        Some(rest) => visible(rest) + &part[rest.len()..],
        None => visible(part),
    };
    parts.map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_letter_are_composed_alike() {
        for (text, form) in [
            ("Pru\u{308}fbericht.pdf", "Pr\u{fc}fbericht.pdf"),
            ("Pr\u{fc}fbericht.pdf", "Pr\u{fc}fbericht.pdf"),
            ("\u{30d2}\u{309a}", "\u{30d4}"),
            ("\u{1112}\u{1161}\u{11ab}", "\u{d55c}"),
            ("plain.pdf", "plain.pdf"),
            // Compatibility forms are other letters, and stay.
            ("\u{ff21}\u{fb01}", "\u{ff21}\u{fb01}"),
        ] {
            assert_eq!(composed(text), form, "{text}");
        }
    }

    #[test]
    fn names_are_safe_everywhere() {
        for (name, safe) in [
            ("photos/front side (1).jpg", "photos/front-side-1.jpg"),
            ("con.pdf", "_con.pdf"),
            ("COM1", "_COM1"),
            ("証明書.pdf", "証明書.pdf"),
            ("a:b*c?.pdf", "a-b-c.pdf"),
            ("...", "_"),
            ("HX/200", "HX/200"),
            ("x. ", "x"),
        ] {
            assert_eq!(safe_name(name), safe, "{name}");
        }
        assert_eq!(safe_name(&format!("{}.pdf", "a".repeat(300))).len(), 80);
        let cut = safe_name(&format!("{}.{}", "a".repeat(79), "b".repeat(20)));
        assert_eq!(cut, "a".repeat(79));
    }

    #[test]
    fn finds_what_cannot_be_seen() {
        assert_eq!(
            hidden_character("HX\u{202e}002", Lines::One),
            Some('\u{202e}')
        );
        assert_eq!(
            hidden_character("HX\u{200b}-200", Lines::One),
            Some('\u{200b}')
        );
        assert_eq!(hidden_character("a\nb", Lines::One), Some('\n'));
        assert_eq!(hidden_character("a\nb", Lines::Many), None);
        assert_eq!(hidden_character("株式会社 日本電機 שלום", Lines::One), None);
    }

    #[test]
    fn texts_in_utf_16_are_known_without_a_mark() {
        let wide = |text: &str, le: bool| -> Vec<u8> {
            let units = text.encode_utf16();
            units
                .flat_map(|unit| {
                    if le {
                        unit.to_le_bytes()
                    } else {
                        unit.to_be_bytes()
                    }
                })
                .collect()
        };
        for le in [true, false] {
            assert!(is_utf_16(&wide("schema: 1\r\nname: 株式会社\r\n", le)));
        }
        assert!(is_utf_16(&[0xff, 0xfe, b'a', 0]));
        assert!(!is_utf_16("schema: 1\nname: 株式会社\n".as_bytes()));
        assert!(!is_utf_16(b"PK\x03\x04\0\0\0\0\x08\0abc\x01\x02"));
        assert!(!is_utf_16(&[0; 64]));
        assert!(!is_utf_16(b""));
    }

    #[test]
    fn the_marks_around_a_text_are_no_part_of_it() {
        assert_eq!(without_marks(b"\xef\xbb\xbfa: 1\n"), b"a: 1\n");
        assert_eq!(without_marks(b"a: 1\r\n\x1a"), b"a: 1\r\n");
        assert_eq!(without_marks(b"a: 1\r\n\x1a\r\n"), b"a: 1\r\n");
        assert_eq!(without_marks(b"a: \x1a1"), b"a: \x1a1");
    }

    #[test]
    fn shows_what_is_hidden() {
        assert_eq!(shown("HX\u{202e}1"), "HX\\u{202e}1");
        assert_eq!(shown(&"a".repeat(100)).chars().count(), 61);
    }
}
