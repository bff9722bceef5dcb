//! Bytes to characters: what a text says of its encoding, else what its bytes say.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a file is looked at where its encoding is guessed.
const HEAD: usize = 64 * 1024;

/// Returns the characters of a text, and whether its encoding is known. `label` is the encoding that something
/// around the text names; a byte order mark counts for more.
pub(super) fn decode<'b>(bytes: &'b [u8], label: Option<&str>) -> (Cow<'b, str>, bool) {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, has_faults) = encoding.decode_without_bom_handling(&bytes[length..]);
        return (text, !has_faults);
    }
    if let Some(encoding) = of_two_bytes(bytes) {
        let (text, has_faults) = encoding.decode_without_bom_handling(bytes);
        return (text, !has_faults);
    }
    let is_binary = bytes.contains(&0);
    if let Ok(text) = std::str::from_utf8(bytes) {
        // This encoding is written in seven bits, so it passes for UTF-8.
        if text.contains("\u{1b}$") {
            let (text, has_faults) = ISO_2022_JP.decode_without_bom_handling(bytes);
            return (text, !has_faults);
        }
        return (Cow::Borrowed(text), !is_binary);
    }
    let named = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(encoding) = named.filter(|encoding| *encoding != encoding_rs::UTF_8) {
        let (text, has_faults) = encoding.decode_without_bom_handling(bytes);
        return (text, !has_faults && !is_binary);
    }
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    (text, is_western(bytes) && !is_binary)
}

/// Returns the encoding that a page or an XML file names for itself.
pub(super) fn declared(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(2048)];
    let at = |word: &[u8]| {
        let found = head
            .windows(word.len())
            .position(|window| window.eq_ignore_ascii_case(word))?;
        Some(found + word.len())
    };
    let rest = &head[at(b"charset=").or_else(|| at(b"encoding="))?..];
    let is_of_name = |b: &&u8| b.is_ascii_alphanumeric() || b"-_:".contains(b);
    let skip = usize::from(matches!(rest.first(), Some(b'"' | b'\'')));
    let length = rest[skip..].iter().take_while(is_of_name).count();
    std::str::from_utf8(&rest[skip..skip + length]).ok()
}

/// Tells UTF-16 without a mark by its zero bytes: those of Western letters, blanks and line ends are all on
/// one side.
fn of_two_bytes(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let zeros = |side: usize| {
        head.iter()
            .skip(side)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let enough = (head.len() / 40).max(2);
    let is_clear = |many: usize, few: usize| many >= enough && few * 50 <= many;
    if !bytes.len().is_multiple_of(2) {
        None
    } else if is_clear(odd, even) {
        Some(UTF_16LE)
    } else if is_clear(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Returns true if the bytes outside of ASCII are single between letters, as in Western languages; two
/// together are a character of an Eastern one.
fn is_western(bytes: &[u8]) -> bool {
    let (mut alone, mut together) = (0_usize, 0_usize);
    for run in bytes.split(u8::is_ascii) {
        match run.len() {
            0 => {}
            1 => alone += 1,
            length => together += length,
        }
    }
    let is_undefined = |b: &u8| matches!(b, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    together * 4 <= alone && !bytes.iter().any(is_undefined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_say_what_they_are() {
        let utf_16 = |text: &str| {
            text.encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<_>>()
        };
        for (bytes, label, text, is_known) in [
            ("Müller".as_bytes().to_vec(), None, "Müller", true),
            (
                b"M\xfcller & S\xf6hne".to_vec(),
                None,
                "Müller & Söhne",
                true,
            ),
            (utf_16("Müller\r\n"), None, "Müller\r\n", true),
            (
                b"\x8eO\x90\xaf\x93d\x8eq".to_vec(),
                Some("shift_jis"),
                "三星電子",
                true,
            ),
            (b"\x1b$B;0@1\x1b(B".to_vec(), None, "三星", true),
        ] {
            assert_eq!(decode(&bytes, label), (text.into(), is_known));
        }
        // Shift_JIS, EUC-KR and what is no text are not taken for Western texts.
        for bytes in [
            &b"\x8eO\x90\xaf\x93d\x8eq"[..],
            b"\xc7\xd1\xba\xfb Living",
            b"ab\0\x01\x02\x03cd",
        ] {
            assert!(!decode(bytes, None).1, "{bytes:?}");
        }
        assert!(
            decode(b"\xc7\xd1\xba\xfb Living", None)
                .0
                .contains("Living")
        );
        assert_eq!(
            declared(b"<?xml version='1.0' encoding='EUC-KR'?>"),
            Some("EUC-KR")
        );
        assert_eq!(declared(b"<meta charset=\"gbk\">"), Some("gbk"));
    }
}
