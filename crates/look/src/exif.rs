//! What the tables of a TIFF file say, which are in pictures of other types, too: who made it, what it shows.

use crate::Unsearched;
use crate::{Look, PropertyKind, picture};

/// The most tables and fields that are read of one file.
const MOST_TABLES: usize = 64;
const MOST_FIELDS: usize = 10_000;

/// Numbers in the order of bytes that the file has.
struct Numbers<'b> {
    bytes: &'b [u8],
    is_big: bool,
}

impl Numbers<'_> {
    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        let read = if self.is_big {
            u16::from_be_bytes
        } else {
            u16::from_le_bytes
        };
        Some(read(bytes))
    }

    fn long(&self, at: usize) -> Option<usize> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        let read = if self.is_big {
            u32::from_be_bytes
        } else {
            u32::from_le_bytes
        };
        usize::try_from(read(bytes)).ok()
    }
}

/// Returns whether a TIFF file begins here.
pub(super) fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*")
}

/// What is taken of the tables.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Take {
    /// Their texts, and who made the picture, with what and where.
    All,
    /// The latter alone: the texts are read elsewhere.
    Properties,
}

/// Reads the texts of the tables. What leads nowhere says nothing.
pub(super) fn read(bytes: &[u8], look: &mut Look) {
    tables(bytes, Take::All, look);
}

/// Notes who made the picture, with what and where.
pub(super) fn note(bytes: &[u8], look: &mut Look) {
    tables(bytes, Take::Properties, look);
}

fn tables(bytes: &[u8], take: Take, look: &mut Look) {
    let numbers = Numbers {
        bytes,
        is_big: bytes.starts_with(b"MM"),
    };
    let mut tables: Vec<usize> = numbers.long(4).into_iter().collect();
    let mut n_tables = 0;
    let mut n_fields = 0;
    while let Some(at) = tables.pop().filter(|at| *at != 0) {
        n_tables += 1;
        let count = usize::from(numbers.short(at).unwrap_or(0));
        n_fields += count;
        if n_tables > MOST_TABLES || n_fields > MOST_FIELDS || look.is_full() {
            return look.miss(Unsearched::Bound);
        }
        tables.extend(numbers.long(at + 2 + 12 * count).filter(|next| *next != 0));
        for i in 0..count {
            if look.is_full() {
                return look.miss(Unsearched::Bound);
            }
            field(&numbers, at + 2 + 12 * i, &mut tables, take, look);
        }
    }
}

/// Reads a field: tag, type, number of values, and the values or where they are.
fn field(numbers: &Numbers<'_>, at: usize, tables: &mut Vec<usize>, take: Take, look: &mut Look) {
    let head = (
        numbers.short(at),
        numbers.short(at + 2),
        numbers.long(at + 4),
    );
    let (Some(tag), Some(kind), Some(count)) = head else {
        return;
    };
    match tag {
        // The tables of the camera.
        0x8769 => {
            tables.extend(numbers.long(at + 8).filter(|table| *table != 0));
            return;
        }
        // The table of the place.
        0x8825 => {
            if numbers
                .long(at + 8)
                .is_some_and(|table| has_place(numbers, table))
            {
                look.property(PropertyKind::Place, "");
            }
            return;
        }
        _ => {}
    }
    // Texts, those of Windows with two bytes a letter, those of news agencies, and comments.
    let is_text = kind == 2 || matches!(tag, 0x9c9b..=0x9c9f | 0x83bb | 0x9286);
    if !is_text {
        return;
    }
    let size = count.saturating_mul(if matches!(kind, 4 | 9) { 4 } else { 1 });
    let from = if size <= 4 {
        Some(at + 8)
    } else {
        numbers.long(at + 8)
    };
    let range = from.and_then(|from| Some(from..from.checked_add(size)?));
    let Some(text) = range.and_then(|range| numbers.bytes.get(range)) else {
        return;
    };
    if let Some(kind) = property(tag) {
        let letters: Vec<u8> = text.iter().copied().take(400).filter(|b| *b != 0).collect();
        look.property(kind, &String::from_utf8_lossy(&letters));
    }
    if take == Take::All {
        picture::say(text, look);
    }
}

/// Returns what the text of a field says: artist, owner and author; serial numbers of camera and lens.
fn property(tag: u16) -> Option<PropertyKind> {
    match tag {
        0x013b | 0xa430 | 0x9c9d => Some(PropertyKind::Person),
        0xa431 | 0xa435 => Some(PropertyKind::Camera),
        _ => None,
    }
}

/// Returns whether a table has a latitude with a value other than zero: cameras without reception write zeros.
fn has_place(numbers: &Numbers<'_>, table: usize) -> bool {
    let count = usize::from(numbers.short(table).unwrap_or(0)).min(MOST_TABLES);
    (0..count).any(|i| {
        let at = table + 2 + 12 * i;
        let values = numbers.long(at + 8);
        let is_there = values.is_some_and(|from| {
            let degrees = (numbers.long(from), numbers.long(from + 8));
            degrees.0.is_some_and(|n| n != 0) || degrees.1.is_some_and(|n| n != 0)
        });
        numbers.short(at) == Some(2) && is_there
    })
}
