//! JPEG pictures, walked by their markers.
//!
//! What follows the end is nobody's concern: telephones put films, second pictures and notes of their own there.

use memchr::{memchr_iter, memmem};

use crate::sniff::{Fault, Judged};

/// Zeros that are no picture: neither an encoder nor a blank sheet makes so many in a row.
const ZEROS: usize = 1024;

/// What was seen on the way.
#[derive(Default)]
struct Seen {
    frame: Frame,
    has_lines: bool,
    has_scan: bool,
    has_steps: bool,
}

/// What the picture says of itself.
#[derive(Default)]
struct Frame {
    width: usize,
    height: usize,
    n_parts: usize,
    /// It is packed in a way that needs tables of steps.
    needs_steps: bool,
}

pub(super) fn check(bytes: &[u8]) -> Judged {
    let mut seen = Seen::default();
    let mut at = 2;
    while let Some((marker, after)) = marker(bytes, at) {
        match marker {
            0xd9 => return seen.judge(),
            0x01 | 0xd0..=0xd8 => at = after,
            _ => {
                let Some(body) = segment(bytes, after) else {
                    return Err(cut());
                };
                at = after + 2 + body.len();
                seen.take(marker, body);
                if marker == 0xda {
                    let end = scan(bytes, at);
                    seen.zeros(&bytes[at..end])?;
                    at = end;
                }
            }
        }
    }
    Err(cut())
}

fn cut() -> Fault {
    Fault::cut("breaks off: the picture has no end")
}

/// Returns the next marker and where it ends. Bytes that belong to no segment are passed over, as viewers do.
fn marker(bytes: &[u8], from: usize) -> Option<(u8, usize)> {
    let found = memchr_iter(0xff, bytes.get(from..)?).map(|at| from + at + 1);
    let mut markers = found.filter_map(|at| Some((*bytes.get(at)?, at + 1)));
    markers.find(|(marker, _)| !matches!(marker, 0 | 0xff))
}

/// Returns the content of a segment behind its length.
fn segment(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = bytes.get(at..at + 2)?;
    let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
    bytes.get(at + 2..at + length.max(2))
}

/// Returns where the packed picture ends: at a marker that is no restart.
fn scan(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let is_end = |at: &usize| !matches!(rest.get(at + 1), Some(0 | 0xd0..=0xd7 | 0xff));
    let end = memchr_iter(0xff, rest).find(is_end);
    from + end.unwrap_or(rest.len())
}

impl Seen {
    fn take(&mut self, marker: u8, body: &[u8]) {
        match (marker, body) {
            (0xc4 | 0xc8 | 0xcc, _) => {}
            (0xc0..=0xcf, [_, h1, h2, w1, w2, n_parts, ..]) => {
                self.frame = Frame {
                    width: usize::from(u16::from_be_bytes([*w1, *w2])),
                    height: usize::from(u16::from_be_bytes([*h1, *h2])),
                    n_parts: usize::from(*n_parts),
                    needs_steps: marker <= 0xc2,
                };
            }
            // The number of lines may come after the first scan.
            (0xdc, _) => self.has_lines = true,
            (0xda, _) => self.has_scan = true,
            (0xdb, _) => self.has_steps = true,
            _ => {}
        }
    }

    fn judge(&self) -> Judged {
        let is_sized = self.frame.width > 0 && (self.frame.height > 0 || self.has_lines);
        let is_packed = self.has_steps || !self.frame.needs_steps;
        if is_sized && self.has_scan && is_packed {
            Ok(())
        } else {
            Err(Fault::damaged("is damaged: it holds no picture"))
        }
    }

    /// A download that went wrong is filled with zeros. A blank sheet has two bits for each block of 8 x 8, all of
    /// which may be zero; twice as many cannot be a picture.
    fn zeros(&self, scan: &[u8]) -> Judged {
        let n_across = self.frame.width.div_ceil(8);
        let n_down = self.frame.height.max(1).div_ceil(8);
        let n_blocks = n_across * n_down * self.frame.n_parts;
        // A search is not begun for each of a million empty scans.
        let long_enough = Some(scan).filter(|scan| scan.len() >= ZEROS);
        let Some(start) = long_enough.and_then(|scan| memmem::find(scan, &[0; ZEROS])) else {
            return Ok(());
        };
        let n_zeros = scan[start..].iter().take_while(|byte| **byte == 0).count();
        if n_zeros > n_blocks / 2 {
            return Err(Fault::damaged("is damaged: part of the picture is zeros"));
        }
        Ok(())
    }
}
