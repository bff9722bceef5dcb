//! What a picture says beside its pixels: titles, comments, who made it, as far as that is cheap to find.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use memchr::{memchr_iter, memmem};

use crate::Unsearched;
use crate::{Look, PropertyKind, exif, property};

/// The most that is read of one such text.
const MOST: usize = 1_000_000;

/// The most notes of one kind that are looked for in a picture.
const MOST_NOTES: usize = 64;

/// Reads what a picture says. One that cannot be read has nothing to search.
pub(super) fn read(bytes: &[u8], look: &mut Look) {
    if let Some(chunks) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        return png(chunks, look);
    }
    if bytes.starts_with(b"\xff\xd8") {
        return jpeg(bytes, look);
    }
    if bytes.starts_with(b"GIF8") {
        gif(bytes, look);
    } else if exif::begins(bytes) {
        exif::read(bytes, look);
    } else {
        // Pictures of newer types keep the tables of cameras somewhere inside.
        for sign in [b"II*\0", b"MM\0*"] {
            for at in some(memmem::find_iter(bytes, sign), look) {
                exif::read(&bytes[at..], look);
            }
        }
    }
    packets(bytes, look);
}

/// Keeps what a packet of properties says, if this is one.
fn packet_of_properties(bytes: &[u8], look: &mut Look) {
    let bytes = &bytes[..bytes.len().min(MOST)];
    if memmem::find(bytes, b"<rdf:").is_some() {
        property::read(&String::from_utf8_lossy(bytes), look);
    }
}

/// Says the packets of properties, which any picture may hold.
fn packets(bytes: &[u8], look: &mut Look) {
    const ENDS: [(&[u8], &[u8]); 2] = [
        (b"<x:xmpmeta", b"</x:xmpmeta>"),
        (b"<rdf:RDF", b"</rdf:RDF>"),
    ];
    for (start, end) in ENDS {
        let starts = some(memmem::find_iter(bytes, start), look);
        let mut done = 0;
        for at in starts {
            if at < done {
                continue;
            }
            let packet = &bytes[at..];
            let length = memmem::find(packet, end).unwrap_or(packet.len());
            done = at + length;
            packet_of_properties(&packet[..length], look);
            say(&packet[..length], look);
        }
        if done > 0 {
            return;
        }
    }
}

/// Returns so many places as are looked at.
fn some(mut places: impl Iterator<Item = usize>, look: &mut Look) -> Vec<usize> {
    let some = places.by_ref().take(MOST_NOTES).collect();
    if places.next().is_some() {
        look.miss(Unsearched::Bound);
    }
    some
}

/// Says the comments and texts of a GIF file.
fn gif(bytes: &[u8], look: &mut Look) {
    /// How many bytes the colours take.
    fn colours(flags: u8) -> usize {
        if flags & 0x80 == 0 {
            0
        } else {
            3 << ((flags & 7) + 1)
        }
    }
    let mut at = 13 + bytes.get(10).map_or(0, |flags| colours(*flags));
    let mut n_notes = 0;
    while let Some(kind) = bytes.get(at) {
        let (from, is_note) = match (kind, bytes.get(at + 1)) {
            (0x21, Some(label)) => (at + 2, matches!(label, 0x01 | 0xfe)),
            (0x2c, _) => {
                let flags = bytes.get(at + 9).copied().unwrap_or(0);
                (at + 11 + colours(flags), false)
            }
            _ => return,
        };
        let mut note = Vec::new();
        at = from;
        while let Some(length) = bytes.get(at).filter(|length| **length != 0) {
            let next = at + 1 + usize::from(*length);
            if is_note {
                note.extend(bytes.get(at + 1..next).unwrap_or_default());
            }
            at = next;
        }
        at += 1;
        if is_note {
            n_notes += 1;
            say(&note, look);
        }
        if n_notes > MOST_NOTES {
            return look.miss(Unsearched::Bound);
        }
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
            b"tEXt" => {
                if let Some(author) = content.strip_prefix(b"Author\0") {
                    look.property(PropertyKind::Person, &String::from_utf8_lossy(author));
                }
                say(content, look);
            }
            b"eXIf" => {
                exif::note(content, look);
                say(content, look);
            }
            b"iTXt" | b"zTXt" => {
                packet_of_properties(content, look);
                say(content, look);
                packed(kind, content, look);
            }
            b"IEND" => return,
            _ => {}
        }
        rest = after.get(4..).unwrap_or_default();
        if look.is_full() {
            return look.miss(Unsearched::Bound);
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

/// Says the notes of a JPEG file: before, between and behind its scans, to its end.
fn jpeg(bytes: &[u8], look: &mut Look) {
    let mut at = 2;
    while let Some((marker, after)) = marker(bytes, at) {
        match marker {
            0xd9 => return,
            0x01 | 0xd0..=0xd8 => at = after,
            _ => {
                let Some(length) = bytes.get(after..after + 2) else {
                    return;
                };
                let length = usize::from(u16::from_be_bytes([length[0], length[1]])).max(2);
                let Some(segment) = bytes.get(after + 2..after + length) else {
                    return;
                };
                if matches!(marker, 0xe1 | 0xed | 0xfe) {
                    if let Some(tables) = segment.strip_prefix(b"Exif\0\0") {
                        exif::note(tables, look);
                    }
                    packet_of_properties(segment, look);
                    say(segment, look);
                }
                at = after + length;
            }
        }
        if look.is_full() {
            return look.miss(Unsearched::Bound);
        }
    }
}

/// Returns the next marker and where it ends. Bytes that belong to no segment, such as pixels, are passed over.
fn marker(bytes: &[u8], from: usize) -> Option<(u8, usize)> {
    let found = memchr_iter(0xff, bytes.get(from..)?).map(|at| from + at + 1);
    let mut markers = found.filter_map(|at| Some((*bytes.get(at)?, at + 1)));
    markers.find(|(marker, _)| !matches!(marker, 0 | 0xff))
}

/// Says the letters among bytes, whether they take one byte or two.
pub(super) fn say(bytes: &[u8], look: &mut Look) {
    if bytes.len() > MOST {
        look.miss(Unsearched::Bound);
    }
    let bytes = &bytes[..bytes.len().min(MOST)];
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        text.replace(|c: char| c.is_control() || c == '\u{fffd}', " ")
    };
    let said = text(bytes);
    look.say(&said);
    if said.contains('&') {
        look.say("");
        look.append_markup(&said);
    }
    if bytes.contains(&0) {
        let letters: Vec<u8> = bytes.iter().copied().filter(|b| *b != 0).collect();
        look.say(&text(&letters));
    }
}
