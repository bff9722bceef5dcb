//! PNG pictures: every chunk up to the end, and the packed picture itself.

use std::io::Read as _;

use flate2::Crc;
use flate2::read::ZlibDecoder;

use crate::png::Header;
use crate::sniff::{Fault, Judged};

/// How much of the picture is unpacked, in bytes.
const MAX_UNPACKED: u64 = 200_000_000;
/// A chunk apart from its content: length, name, checksum.
const AROUND: usize = 12;

pub(super) fn check(bytes: &[u8]) -> Judged {
    let converted = "is damaged: its line ends were converted on the way, as in a transfer as text";
    if !bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Err(Fault::damaged(converted));
    }
    let mut at = 8;
    let mut header = None;
    let mut has_palette = false;
    let mut packed = Vec::new();
    while let Some((name, body)) = chunk(bytes, at)? {
        at += AROUND + body.len();
        match name {
            b"IHDR" => {
                header = Header::read(body).filter(has_size);
                if header.is_some_and(|header| !is_known(header)) {
                    return Err(Fault::damaged(
                        "is damaged: no picture has colors as its header says",
                    ));
                }
            }
            b"PLTE" => has_palette = true,
            b"IDAT" => packed.extend_from_slice(body),
            b"IEND" if header.is_some_and(|header| header.colors == 3) && !has_palette => {
                return Err(Fault::damaged("is damaged: its table of colors is missing"));
            }
            b"IEND" => return picture(&packed, header),
            _ => {}
        }
        if header.is_none() {
            return Err(Fault::damaged(
                "is damaged: the size of the picture is missing or zero",
            ));
        }
    }
    Err(Fault::cut("breaks off: the picture has no end"))
}

/// Name and content.
type Chunk<'b> = (&'b [u8], &'b [u8]);

/// Returns name and content of the chunk that begins here; `None` where the file ends before the chunk does.
fn chunk(bytes: &[u8], at: usize) -> Result<Option<Chunk<'_>>, Fault> {
    let Some(length) = bytes.get(at..).and_then(<[u8]>::first_chunk::<4>) else {
        return Ok(None);
    };
    let length = u32::from_be_bytes(*length) as usize;
    let Some(chunk) = bytes.get(at + 4..).and_then(|rest| rest.get(..length + 8)) else {
        return Ok(None);
    };
    let (content, sum) = chunk.split_at(length + 4);
    let mut crc = Crc::new();
    crc.update(content);
    if crc.sum().to_be_bytes() != sum {
        return Err(Fault::damaged(
            "is damaged: a checksum of the picture is wrong",
        ));
    }
    Ok(Some(content.split_at(4)))
}

/// Returns true for a picture that has pixels, in numbers that the format allows.
fn has_size(header: &Header) -> bool {
    let is_one = |length: u32| length != 0 && length >> 31 == 0;
    is_one(header.width) && is_one(header.height) && header.bits != 0
}

/// Returns how many bytes so many lines take when they are unpacked. Each begins with the number of its filter.
fn n_bytes(header: Header, width: u64, height: u64) -> u64 {
    match width {
        0 => 0,
        width => ((width * u64::from(header.bits)).div_ceil(8) + 1).saturating_mul(height),
    }
}

/// Returns how many bytes the picture has when it is unpacked.
fn unpacked(header: Header) -> u64 {
    let (width, height) = (u64::from(header.width), u64::from(header.height));
    if !header.is_interlaced {
        return n_bytes(header, width, height);
    }
    // Seven passes, each with its first column and line and its steps.
    let passes = [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ];
    let lines = |(x, y, dx, dy): (u64, u64, u64, u64)| {
        n_bytes(
            header,
            width.saturating_sub(x).div_ceil(dx),
            height.saturating_sub(y).div_ceil(dy),
        )
    };
    passes.into_iter().map(lines).fold(0, u64::saturating_add)
}

/// Returns true if each line that begins in these bytes begins with the number of a filter.
fn has_filters(bytes: &[u8], before: u64, line: Option<u64>) -> bool {
    let Some(line) = line.and_then(|line| usize::try_from(line).ok()) else {
        return true;
    };
    let into = usize::try_from(before % line as u64).unwrap_or(0);
    let mut lines = bytes.iter().skip((line - into) % line).step_by(line);
    lines.all(|filter| *filter <= 4)
}

/// Returns true if there are pictures with so many bits for a color of this kind.
fn is_known(header: Header) -> bool {
    matches!(
        (header.colors, header.depth),
        (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) | (2 | 4 | 6, 8 | 16)
    )
}

/// Returns how many bytes a line takes with the number of its filter; `None` if lines have several lengths.
fn line_of(header: Header) -> Option<u64> {
    (!header.is_interlaced).then(|| n_bytes(header, u64::from(header.width), 1))
}

fn picture(packed: &[u8], header: Option<Header>) -> Judged {
    let wanted = header.map_or(0, unpacked).min(MAX_UNPACKED);
    let line = header.and_then(line_of);
    let mut unpacked = ZlibDecoder::new(packed).take(wanted);
    // A wrong checksum behind a picture that is all there concerns no viewer.
    let mut buffer = vec![0; 64 * 1024];
    let mut n_found = 0;
    while let Ok(n_read @ 1..) = unpacked.read(&mut buffer) {
        if !has_filters(&buffer[..n_read], n_found, line) {
            return Err(Fault::damaged(
                "is damaged: a line of the picture cannot be read",
            ));
        }
        n_found += n_read as u64;
    }
    if packed.is_empty() {
        return Err(Fault::damaged("is damaged: it holds no picture"));
    }
    if n_found < wanted {
        return Err(Fault::damaged(
            "is damaged: part of the picture cannot be unpacked",
        ));
    }
    Ok(())
}
