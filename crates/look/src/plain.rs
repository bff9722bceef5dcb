//! Pictures that show nothing: of a single color, or of a pixel or two.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use memchr::memchr;

use crate::png::Header;
use crate::{HazardKind, InFile, Look};

/// A picture of so many pixels in one direction shows nothing.
const TINY: u32 = 2;
/// The longest line of a picture that is unpacked, in bytes.
const LONGEST_LINE: usize = 4_000_000;
/// The most of a picture that is unpacked, in bytes. Pictures with something on them end the search much earlier.
const LARGEST: usize = 100_000_000;

/// Judges whether a picture shows anything.
pub(super) fn judge(bytes: &[u8], look: &mut Look) {
    let found = if let Some(chunks) = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n") {
        png(chunks)
    } else if bytes.starts_with(b"\xff\xd8") {
        jpeg(bytes)
    } else {
        None
    };
    if let Some(says) = found {
        look.warn_of(HazardKind::Blank, InFile::File, &says);
    }
}

fn tiny(width: u32, height: u32) -> Option<String> {
    let is_tiny = width.min(height) <= TINY && width.min(height) > 0;
    is_tiny.then(|| format!("{width} x {height} pixels"))
}

fn one_color() -> String {
    "a single color".to_owned()
}

fn png(mut rest: &[u8]) -> Option<String> {
    let (mut header, mut packed) = (None, Vec::new());
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let (kind, after) = after.split_at_checked(4)?;
        let (content, after) = after.split_at_checked(length)?;
        match kind {
            b"IHDR" => header = Header::read(content),
            b"IDAT" => packed.push(content),
            _ => {}
        }
        rest = after.get(4..)?;
    }
    let header = header?;
    tiny(header.width, header.height).or_else(|| {
        let is_plain = !header.is_interlaced && header.is_one_color(&packed) == Some(true);
        is_plain.then(one_color)
    })
}

impl Header {
    /// Unpacks lines until two pixels differ.
    fn is_one_color(&self, packed: &[&[u8]]) -> Option<bool> {
        let bits = usize::from(self.bits);
        let n_bits = usize::try_from(self.width).ok()?.checked_mul(bits)?;
        let (n_full, step) = (n_bits / 8, bits.div_ceil(8));
        let n_line = n_bits.div_ceil(8);
        let height = usize::try_from(self.height).ok()?;
        if n_line > LONGEST_LINE || n_full < step || n_line.checked_mul(height)? > LARGEST {
            return None;
        }
        let parts = packed.iter().copied().flatten().copied();
        let packed: Vec<u8> = parts.collect();
        let mut unpacked = ZlibDecoder::new(packed.as_slice());
        let (mut before, mut line) = (vec![0; n_line], vec![0; n_line]);
        let mut first: Option<Vec<u8>> = None;
        for _ in 0..height {
            let mut filter = [0];
            unpacked.read_exact(&mut filter).ok()?;
            unpacked.read_exact(&mut line).ok()?;
            unfilter(filter[0], &before, &mut line, step);
            let pixel = first.get_or_insert_with(|| line[..step].to_vec());
            // Pixels of less than a byte are compared by whole bytes, which have to be of one color, too.
            let is_even = bits >= 8 || is_repeated(pixel[0], bits);
            if !is_even
                || line[..n_full]
                    .chunks(step)
                    .any(|one| one != pixel.as_slice())
            {
                return Some(false);
            }
            std::mem::swap(&mut before, &mut line);
        }
        Some(true)
    }
}

/// Returns true if a byte holds the same few bits again and again.
fn is_repeated(byte: u8, bits: usize) -> bool {
    match bits {
        1 => byte == 0 || byte == 0xff,
        2 => byte & 3 == byte >> 2 & 3 && byte & 15 == byte >> 4,
        _ => byte & 15 == byte >> 4,
    }
}

/// Undoes what a line was packed with: differences to the pixel at the left, and to the line before.
fn unfilter(filter: u8, before: &[u8], line: &mut [u8], step: usize) {
    for i in 0..line.len() {
        let left = if i >= step { line[i - step] } else { 0 };
        let above = before[i];
        let corner = if i >= step { before[i - step] } else { 0 };
        let guess = match filter {
            1 => left,
            2 => above,
            3 => u8::midpoint(left, above),
            4 => nearest(left, above, corner),
            _ => 0,
        };
        line[i] = line[i].wrapping_add(guess);
    }
}

/// Returns which of three neighbours is nearest to what they predict together.
fn nearest(left: u8, above: u8, corner: u8) -> u8 {
    let predicted = i16::from(left) + i16::from(above) - i16::from(corner);
    let off = |one: u8| (predicted - i16::from(one)).abs();
    if off(left) <= off(above) && off(left) <= off(corner) {
        left
    } else if off(above) <= off(corner) {
        above
    } else {
        corner
    }
}

/// Judges a JPEG picture by how it is packed: where all blocks are alike, their bits are, too.
fn jpeg(bytes: &[u8]) -> Option<String> {
    let mut at = 2;
    let mut size = None;
    let mut n_scans = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(0xff, rest)) {
        at += found + 1;
        let marker = *bytes.get(at)?;
        at += 1;
        if matches!(marker, 0 | 0x01 | 0xd0..=0xd8 | 0xff) {
            continue;
        }
        if marker == 0xd9 {
            break;
        }
        let length = bytes.get(at..)?.first_chunk::<2>()?;
        let end = at + usize::from(u16::from_be_bytes(*length)).max(2);
        let body = bytes.get(at + 2..end)?;
        match (marker, body) {
            (0xc4 | 0xc8 | 0xcc, _) => {}
            (0xc0..=0xcf, [_, h1, h2, w1, w2, ..]) => {
                size = Some((
                    u16::from_be_bytes([*w1, *w2]),
                    u16::from_be_bytes([*h1, *h2]),
                ));
            }
            _ => {}
        }
        at = end;
        if marker == 0xda {
            let (width, height) = size?;
            if let Some(tiny) = tiny(width.into(), height.into()) {
                return Some(tiny);
            }
            let n_blocks = usize::from(width).div_ceil(8) * usize::from(height).div_ceil(8);
            let end = at + scan(&bytes[at..]);
            if !is_even(&bytes[at..end], n_blocks) {
                return None;
            }
            n_scans += 1;
            at = end;
        }
    }
    (n_scans > 0).then(one_color)
}

/// Returns how long a packed picture is, up to the next marker.
fn scan(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(0xff, rest)) {
        at += found;
        match bytes.get(at + 1) {
            Some(0) => at += 2,
            _ => return at,
        }
    }
    bytes.len()
}

/// Returns true if the packed picture repeats itself after a few bytes: the bits of one group of blocks, up to the
/// next whole byte. The first group and the last bits differ.
fn is_even(scan: &[u8], n_blocks: usize) -> bool {
    const FIRST: usize = 32;
    const LAST: usize = 4;
    const LONGEST: usize = 96;
    const MANY_BLOCKS: usize = 1_000;
    let body = scan
        .get(FIRST..scan.len().saturating_sub(LAST))
        .unwrap_or_default();
    if body.len() < 2 * LONGEST {
        // So few bits say nothing of so many blocks.
        return n_blocks >= MANY_BLOCKS && 8 * scan.len() < n_blocks;
    }
    (1..=LONGEST).any(|period| {
        body.iter()
            .zip(&body[period..])
            .all(|(one, other)| one == other)
    })
}
