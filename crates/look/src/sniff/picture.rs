//! Pictures of other types: whether what their headers announce is there.

use crate::sniff::{Fault, Judged};

fn cut() -> Fault {
    Fault::cut("breaks off: part of the picture is missing")
}

fn damaged() -> Fault {
    Fault::damaged("is damaged: it holds no picture")
}

fn circle() -> Fault {
    Fault::damaged("is damaged: its pages are one behind the other in a circle")
}

fn u16_le(bytes: &[u8], at: usize) -> Option<usize> {
    let found = bytes.get(at..)?.first_chunk::<2>()?;
    Some(usize::from(u16::from_le_bytes(*found)))
}

fn u32_le(bytes: &[u8], at: usize) -> Option<usize> {
    let found = bytes.get(at..)?.first_chunk::<4>()?;
    usize::try_from(u32::from_le_bytes(*found)).ok()
}

fn u32_be(bytes: &[u8], at: usize) -> Option<usize> {
    let found = bytes.get(at..)?.first_chunk::<4>()?;
    usize::try_from(u32::from_be_bytes(*found)).ok()
}

/// Walks a GIF picture by its blocks. Many lack the last byte, which no viewer misses.
pub(super) fn gif(bytes: &[u8]) -> Judged {
    let (Some(width), Some(height), Some(flags)) =
        (u16_le(bytes, 6), u16_le(bytes, 8), bytes.get(10))
    else {
        return Err(cut());
    };
    if width == 0 || height == 0 {
        return Err(damaged());
    }
    let mut at = 13 + colours(*flags);
    let mut has_frame = false;
    loop {
        at = match bytes.get(at) {
            Some(0x21) => sub_blocks(bytes, at + 2).ok_or_else(cut)?,
            Some(0x2c) => {
                let flags = bytes.get(at + 9).ok_or_else(cut)?;
                let data = at + 10 + colours(*flags) + 1;
                has_frame = true;
                sub_blocks(bytes, data).ok_or_else(cut)?
            }
            _ if has_frame => return Ok(()),
            Some(_) => return Err(damaged()),
            None => return Err(cut()),
        }
    }
}

fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        6 << (flags & 7)
    }
}

fn sub_blocks(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        match *bytes.get(at)? {
            0 => return Some(at + 1),
            length => at += 1 + usize::from(length),
        }
    }
}

/// Compares a bitmap with the size that it announces, where it is not packed.
pub(super) fn bmp(bytes: &[u8]) -> Judged {
    let (Some(start), Some(header)) = (u32_le(bytes, 10), u32_le(bytes, 14)) else {
        return Err(cut());
    };
    // The oldest header has numbers of two bytes.
    let is_old = header < 40;
    let (width, height, bits, method) = if is_old {
        let (width, height) = (u16_le(bytes, 18), u16_le(bytes, 20));
        (width, height, u16_le(bytes, 24), Some(0))
    } else {
        let (width, height) = (u32_le(bytes, 18), u32_le(bytes, 22));
        (width, height, u16_le(bytes, 28), u32_le(bytes, 30))
    };
    let (Some(width), Some(height), Some(bits), Some(method)) = (width, height, bits, method)
    else {
        return Err(cut());
    };
    // A negative height is one that counts from above.
    let height = if height >> 31 == 1 {
        (1 << 32) - height
    } else {
        height
    };
    if width == 0 || height == 0 {
        return Err(damaged());
    }
    let line = width.saturating_mul(bits).div_ceil(32) * 4;
    let needed = start.saturating_add(line.saturating_mul(height));
    if method == 0 && bytes.len() < needed || bytes.len() <= start {
        return Err(cut());
    }
    Ok(())
}

pub(super) fn webp(bytes: &[u8]) -> Judged {
    let size = u32_le(bytes, 4).ok_or_else(cut)?;
    // The last byte is only there to make the size even.
    if bytes.len() + 1 < size.saturating_add(8) {
        return Err(cut());
    }
    match bytes.get(12..16) {
        Some(b"VP8 " | b"VP8L" | b"VP8X") => Ok(()),
        _ => Err(damaged()),
    }
}

/// Looks up where a TIFF picture keeps the strips or tiles of its pages, and whether they are there.
pub(super) fn tiff(bytes: &[u8]) -> Judged {
    let is_big_end = bytes.starts_with(b"MM");
    let mut numbers = Numbers {
        bytes,
        is_big_end,
        left: bytes.len(),
    };
    // The later BigTIFF has numbers of eight bytes; its pages are not walked.
    if numbers.short(2) == Some(43) {
        return Ok(());
    }
    let mut directory = numbers.long(4).ok_or_else(cut)?;
    if directory == 0 {
        return Err(damaged());
    }
    // Pages that follow each other in a circle take more steps than the file has bytes.
    while directory != 0 {
        if numbers.left == 0 {
            return Err(circle());
        }
        directory = numbers.page(directory)?;
    }
    Ok(())
}

struct Numbers<'b> {
    bytes: &'b [u8],
    is_big_end: bool,
    /// How many numbers may still be read.
    left: usize,
}

impl Numbers<'_> {
    fn short(&self, at: usize) -> Option<usize> {
        let found = *self.bytes.get(at..)?.first_chunk::<2>()?;
        let short = if self.is_big_end {
            u16::from_be_bytes(found)
        } else {
            u16::from_le_bytes(found)
        };
        Some(usize::from(short))
    }

    fn long(&self, at: usize) -> Option<usize> {
        if self.is_big_end {
            u32_be(self.bytes, at)
        } else {
            u32_le(self.bytes, at)
        }
    }

    /// Checks the page whose directory is here; returns where the next one is.
    fn page(&mut self, directory: usize) -> Result<usize, Fault> {
        let n_fields = self.short(directory).ok_or_else(cut)?;
        self.left = self.left.saturating_sub(4 * n_fields + 1);
        let field = |tag: usize| {
            (0..n_fields)
                .map(|i| directory + 2 + 12 * i)
                .find(|at| self.short(*at) == Some(tag))
        };
        let mut n_read = 0;
        for (starts, lengths) in [(273, 279), (324, 325)] {
            if let (Some(starts), Some(lengths)) = (field(starts), field(lengths)) {
                let starts = self.values(starts).ok_or_else(cut)?;
                let lengths = self.values(lengths).ok_or_else(cut)?;
                let n_values = starts.count.min(lengths.count);
                n_read += 2 * n_values;
                if n_read > self.left {
                    return Err(circle());
                }
                let is_there = |i| {
                    let end = self
                        .value(&starts, i)?
                        .checked_add(self.value(&lengths, i)?)?;
                    Some(end <= self.bytes.len())
                };
                if !(0..n_values).all(|i| is_there(i) == Some(true)) {
                    return Err(cut());
                }
            }
        }
        self.left = self.left.saturating_sub(n_read);
        self.long(directory + 2 + 12 * n_fields).ok_or_else(cut)
    }

    /// Returns where the numbers of a field are; those that fit into four bytes are in the field itself.
    fn values(&self, field: usize) -> Option<Values> {
        let is_short = self.short(field + 2)? == 3;
        let count = self.long(field + 4)?;
        let n_bytes = count.checked_mul(if is_short { 2 } else { 4 })?;
        let at = if n_bytes <= 4 {
            field + 8
        } else {
            self.long(field + 8)?
        };
        self.bytes.get(at..at.checked_add(n_bytes)?)?;
        Some(Values {
            at,
            is_short,
            count,
        })
    }

    fn value(&self, values: &Values, i: usize) -> Option<usize> {
        if values.is_short {
            self.short(values.at + 2 * i)
        } else {
            self.long(values.at + 4 * i)
        }
    }
}

/// The numbers of a field, which stay where they are: a list of them could be larger than the file.
struct Values {
    at: usize,
    is_short: bool,
    count: usize,
}

/// Walks the boxes of a HEIC or AVIF picture.
pub(super) fn heif(bytes: &[u8]) -> Judged {
    let mut at = 0;
    let mut has_list = false;
    while at < bytes.len() {
        let (Some(size), Some(name)) = (u32_be(bytes, at), bytes.get(at + 4..at + 8)) else {
            break;
        };
        has_list |= name == b"meta" || name == b"moov";
        let size = match size {
            // The last box may leave its size open, and a large one has it behind its name.
            0 => bytes.len() - at,
            1 => u32_be(bytes, at + 12).ok_or_else(cut)?,
            2..8 => return Err(damaged()),
            size => size,
        };
        at = at.saturating_add(size.max(8));
    }
    if at > bytes.len() {
        return Err(cut());
    }
    if has_list { Ok(()) } else { Err(damaged()) }
}
