//! Characters that HTML and XML write by their names or numbers.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The names of the characters from U+00A0 on, in their order.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// Others that occur in texts.
const OTHERS: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Zcaron", 'Ž'),
    ("zcaron", 'ž'),
    ("Ccaron", 'Č'),
    ("ccaron", 'č'),
    ("Yuml", 'Ÿ'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("hellip", '…'),
    ("trade", '™'),
    ("ensp", ' '),
    ("emsp", ' '),
    ("thinsp", ' '),
    ("zwnj", '\u{200c}'),
    ("zwj", '\u{200d}'),
    ("ZeroWidthSpace", '\u{200b}'),
    ("NoBreak", '\u{2060}'),
];

/// The longest name that is looked for.
const LONGEST: usize = 32;

/// Returns a text with its references read; what is no reference stays.
pub(super) fn read(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let window = rest.as_bytes().iter().take(LONGEST);
        let end = window.clone().position(|b| *b == b';');
        let read = end.and_then(|end| Some((character(&rest[1..end])?, end)));
        let (c, length) = read.map_or(('&', 1), |(c, end)| (c, end + 1));
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Returns an address with its bytes read that are written by number, `%20`; nothing if there are none.
pub(super) fn unquoted(address: &str) -> Option<String> {
    if !address.contains('%') {
        return None;
    }
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.as_bytes();
    while let [first, after @ ..] = rest {
        let digit = |b: &u8| {
            char::from(*b)
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        };
        let number = match (first, after) {
            (b'%', [high, low, ..]) => digit(high).zip(digit(low)),
            _ => None,
        };
        bytes.push(number.map_or(*first, |(high, low)| high << 4 | low));
        rest = if number.is_some() { &after[2..] } else { after };
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return number.ok().and_then(char::from_u32);
    }
    names().get(name).copied()
}

/// Returns the characters that have names, by their names.
fn names() -> &'static BTreeMap<&'static str, char> {
    static NAMES: LazyLock<BTreeMap<&str, char>> = LazyLock::new(|| {
        let latin = LATIN.split(' ').zip('\u{a0}'..);
        latin.chain(OTHERS.iter().copied()).collect()
    });
    &NAMES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_characters() {
        for (text, read_as) in [
            ("M&uuml;ller &amp; S&#246;hne", "Müller & Söhne"),
            ("Han&shy;bit&#xAD;", "Han\u{ad}bit\u{ad}"),
            ("&yuml;&nbsp;", "ÿ\u{a0}"),
            ("R&D; AT&T &unknown; &", "R&D; AT&T &unknown; &"),
            ("&#1114112; &#xD800;", "&#1114112; &#xD800;"),
            ("&ü;", "&ü;"),
        ] {
            assert_eq!(read(text), read_as);
        }
        let address = unquoted("https://x.example/M%C3%BCller%20GmbH%2");
        assert_eq!(address.as_deref(), Some("https://x.example/Müller GmbH%2"));
        assert_eq!(unquoted("https://x.example/"), None);
    }
}
