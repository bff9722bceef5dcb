//! What a picture says beside its pixels: titles, comments, who made it, as far as that is cheap to find.

use std::io::Read as _;

use flate2::read::ZlibDecoder;

use crate::domain::Unsearched;
use crate::look::Look;

/// The most that is read of one such text.
const MOST: usize = 1_000_000;

/// Reads what a picture says. One that cannot be read has nothing to search.
pub(super) fn read(bytes: &[u8], look: &mut Look) {
    if let Some(chunks) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        png(chunks, look);
    } else if let Some(segments) = bytes.strip_prefix(b"\xff\xd8") {
        jpeg(segments, look);
    }
}

fn png(mut rest: &[u8], look: &mut Look) {
    while let [a, b, c, d, after @ ..] = rest {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let Some((kind, after)) = after.split_at_checked(4) else {
            return;
        };
        let Some((content, after)) = after.split_at_checked(length) else {
            return;
        };
        match kind {
            b"tEXt" | b"eXIf" => say(content, look),
            b"iTXt" | b"zTXt" => {
                say(content, look);
                packed(kind, content, look);
            }
            b"IEND" => return,
            _ => {}
        }
        rest = after.get(4..).unwrap_or_default();
        if look.is_full() {
            return;
        }
    }
}

/// Unpacks the text of a chunk: behind its key word and the number of the method, or behind the names of its
/// language.
fn packed(kind: &[u8], content: &[u8], look: &mut Look) {
    let mut parts = content.splitn(2, |b| *b == 0);
    let Some(after) = parts.next().and(parts.next()) else {
        return;
    };
    let body = match (kind, after) {
        (b"zTXt", [0, body @ ..]) => body,
        (b"iTXt", [1, 0, names @ ..]) => names.splitn(3, |b| *b == 0).nth(2).unwrap_or_default(),
        _ => return,
    };
    let mut text = Vec::new();
    let most = MOST as u64;
    // What is broken is read as far as it goes.
    let _ = ZlibDecoder::new(body).take(most).read_to_end(&mut text);
    if text.len() >= MOST {
        look.miss(Unsearched::Bound);
    }
    say(&text, look);
}

fn jpeg(mut rest: &[u8], look: &mut Look) {
    while let [0xff, marker, after @ ..] = rest {
        let (marker, [high, low, ..]) = (*marker, after) else {
            return;
        };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        // The picture itself begins: what follows are pixels.
        if marker == 0xda || length < 2 {
            return;
        }
        let Some((segment, next)) = after.split_at_checked(length) else {
            return;
        };
        if matches!(marker, 0xe1 | 0xed | 0xfe) {
            say(&segment[2..], look);
        }
        rest = next;
    }
}

/// Says the letters among bytes, whether they take one byte or two.
fn say(bytes: &[u8], look: &mut Look) {
    let bytes = &bytes[..bytes.len().min(MOST)];
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text.replace(|c: char| c.is_control() || c == '\u{fffd}', " ")
    };
    look.say(&text(bytes));
    if bytes.contains(&0) {
        let letters: Vec<u8> = bytes.iter().copied().filter(|b| *b != 0).collect();
        look.say(&text(&letters));
    }
}
