//! Characters that JSON and YAML write by their numbers.

/// Returns a text with its escapes read. What is no escape stays.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return String::new();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let (c, length) = match escape.as_bytes() {
            [b'u', ..] => number(escape, 4),
            [b'U', ..] => number(escape, 8),
            [b'x', ..] => number(escape, 2),
            [b'n' | b'r' | b't' | b'b' | b'f' | b'0', ..] => (Some(' '), 1),
            [b'\n', ..] => (None, 1),
            [b'\\', ..] => (Some('\\'), 1),
            _ => (None, 0),
        };
        out.extend(c);
        rest = &escape[length..];
    }
    out.push_str(rest);
    out
}

/// Reads a character by its number, with the second half of a pair if it needs one; returns how long that is.
fn number(escape: &str, digits: usize) -> (Option<char>, usize) {
    let hex = |text: &str| {
        let digits_of = text.get(1..=digits)?;
        u32::from_str_radix(digits_of, 16).ok()
    };
    let Some(first) = hex(escape) else {
        return (None, 0);
    };
    let length = 1 + digits;
    if (0xd800..0xdc00).contains(&first) {
        let second = escape[length..].strip_prefix('\\').and_then(hex);
        if let Some(second) = second.filter(|second| (0xdc00..0xe000).contains(second)) {
            let c = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            return (char::from_u32(c), 2 * length + 1);
        }
    }
    char::from_u32(first).map_or((None, 0), |c| (Some(c), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_characters() {
        for (text, read) in [
            (r"M\u00fcller", "Müller"),
            (r"\ud842\udfb7", "𠮷"),
            (r"a\nb\/c", "a b/c"),
            (r"C:\\Users", r"C:\Users"),
            (r"\u12", "u12"),
            (r"\ud842 x", "ud842 x"),
            ("plain", ""),
        ] {
            assert_eq!(unescaped(text), read, "{text}");
        }
    }
}
