//! The headers of a JPEG: size, colours and orientation. Only files that every PDF reader can show are accepted.

use super::{Facts, Kind, Turn};

const BROKEN: &str = "is a broken JPEG";

/// The start of each segment's content with its marker, up to the first scan.
fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut rest = bytes.get(2..).unwrap_or_default();
    std::iter::from_fn(move || {
        while let [0xff, 0xff, ..] = rest {
            rest = &rest[1..];
        }
        let [0xff, marker, high, low, ..] = *rest else {
            return None;
        };
        let length = usize::from(u16::from_be_bytes([high, low]));
        let content = rest.get(4..2 + length)?;
        rest = &rest[2 + length..];
        if marker == SCAN {
            rest = &[];
        }
        Some((marker, content))
    })
}

const SCAN: u8 = 0xda;
const EXIF: u8 = 0xe1;

/// The facts about a JPEG, or why it cannot be shown.
pub(super) fn read(bytes: &[u8]) -> Result<Facts, String> {
    let mut facts = None;
    let mut turn = Turn::default();
    let mut scan = false;
    for (marker, content) in segments(bytes) {
        match marker {
            EXIF => turn = orientation(content).map_or(turn, upright),
            // Huffman tables, extensions and arithmetic tables share the range of frames.
            0xc4 | 0xc8 | 0xcc => {}
            0xc0..=0xcf => facts = Some(frame(marker, content)?),
            SCAN => scan = true,
            _ => {}
        }
    }
    let complete = scan && bytes.windows(2).rev().any(|pair| pair == [0xff, 0xd9]);
    match facts {
        Some(facts) if complete => Ok(Facts { turn, ..facts }),
        Some(_) => Err("is a JPEG that ends too early".to_owned()),
        None => Err(BROKEN.to_owned()),
    }
}

fn frame(marker: u8, content: &[u8]) -> Result<Facts, String> {
    let [bits, h1, h0, w1, w0, colours, ..] = *content else {
        return Err(BROKEN.to_owned());
    };
    match (marker, bits, colours) {
        (_, _, 4) => Err("is a JPEG in the colours of print (CMYK); save it in RGB".to_owned()),
        (0xc0..=0xc2, 8, 1 | 3) => Ok(Facts {
            kind: Kind::Jpeg,
            width: u16::from_be_bytes([w1, w0]).into(),
            height: u16::from_be_bytes([h1, h0]).into(),
            turn: Turn::default(),
        }),
        _ => Err("is a JPEG of a rare kind; save it as an ordinary one".to_owned()),
    }
}

/// The orientation that a camera noted, 1 to 8.
fn orientation(content: &[u8]) -> Option<u16> {
    let tiff = content.strip_prefix(b"Exif\0\0")?;
    let large_first = tiff.starts_with(b"MM");
    let short = |at: usize| {
        let bytes = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if large_first {
            u16::from_be_bytes(bytes)
        } else {
            u16::from_le_bytes(bytes)
        })
    };
    let long = |at: usize| {
        let (first, second) = (u32::from(short(at)?), u32::from(short(at + 2)?));
        Some(if large_first {
            first << 16 | second
        } else {
            second << 16 | first
        })
    };
    let table = usize::try_from(long(4)?).ok()?;
    let entries = usize::from(short(table)?);
    (0..entries)
        .map_while(|entry| table.checked_add(2 + entry * 12))
        .find(|&at| short(at) == Some(0x0112))
        .and_then(|at| short(at + 8))
}

fn upright(orientation: u16) -> Turn {
    Turn {
        transposed: matches!(orientation, 5..=8),
        across: matches!(orientation, 2 | 3 | 6 | 7),
        down: matches!(orientation, 3 | 4 | 7 | 8),
    }
}
