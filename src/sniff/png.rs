//! PNG pictures: every chunk up to the end, and the packed picture itself.

use std::io::Read as _;

use flate2::Crc;
use flate2::read::ZlibDecoder;

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
    let (mut n_expected, mut line) = (None, None);
    let (mut has_palette, mut needs_palette) = (false, false);
    let mut packed = Vec::new();
    while let Some((name, body)) = chunk(bytes, at)? {
        at += AROUND + body.len();
        match name {
            b"IHDR" => {
                n_expected = header(body);
                (line, needs_palette) = (line_of(body), body.get(9) == Some(&3));
                if n_expected.is_some() && !is_known(body) {
                    return Err(Fault::damaged(
                        "is damaged: no picture has colors as its header says",
                    ));
                }
            }
            b"PLTE" => has_palette = true,
            b"IDAT" => packed.extend_from_slice(body),
            b"IEND" if needs_palette && !has_palette => {
                return Err(Fault::damaged("is damaged: its table of colors is missing"));
            }
            b"IEND" => return picture(&packed, n_expected, line),
            _ => {}
        }
        if n_expected.is_none() {
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

/// Returns how many bytes the picture has when it is unpacked.
fn header(body: &[u8]) -> Option<u64> {
    let [
        w1,
        w2,
        w3,
        w4,
        h1,
        h2,
        h3,
        h4,
        depth,
        colours,
        _,
        _,
        interlace,
    ] = *body
    else {
        return None;
    };
    let width = u64::from(u32::from_be_bytes([w1, w2, w3, w4]));
    let height = u64::from(u32::from_be_bytes([h1, h2, h3, h4]));
    let n_samples = match colours {
        0 | 3 => 1,
        2 => 3,
        4 => 2,
        6 => 4,
        _ => return None,
    };
    let bits = n_samples * u64::from(depth);
    if width == 0 || height == 0 || width >> 31 > 0 || height >> 31 > 0 || bits == 0 {
        return None;
    }
    // Each line begins with the number of its filter.
    let size = |width: u64, height: u64| match width {
        0 => 0,
        width => ((width * bits).div_ceil(8) + 1).saturating_mul(height),
    };
    if interlace == 0 {
        return Some(size(width, height));
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
        size(
            width.saturating_sub(x).div_ceil(dx),
            height.saturating_sub(y).div_ceil(dy),
        )
    };
    Some(passes.into_iter().map(lines).fold(0, u64::saturating_add))
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
fn is_known(body: &[u8]) -> bool {
    matches!(
        (body.get(9), body.get(8)),
        (Some(0), Some(1 | 2 | 4 | 8 | 16))
            | (Some(3), Some(1 | 2 | 4 | 8))
            | (Some(2 | 4 | 6), Some(8 | 16))
    )
}

/// Returns how many bytes a line takes with the number of its filter; `None` if lines have several lengths.
fn line_of(body: &[u8]) -> Option<u64> {
    let is_even = body.get(12) == Some(&0);
    let mut one = body.to_vec();
    one.get_mut(4..8)?.copy_from_slice(&[0, 0, 0, 1]);
    header(&one).filter(|_| is_even)
}

fn picture(packed: &[u8], n_expected: Option<u64>, line: Option<u64>) -> Judged {
    let wanted = n_expected.unwrap_or_default().min(MAX_UNPACKED);
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
