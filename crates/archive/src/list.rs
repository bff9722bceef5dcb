//! The central directory at the end of an archive ("the list"), and the end record behind it.

use std::io::{Read, Seek, SeekFrom};

use crate::fields::{DEFLATED, Fields, HARMLESS, LOCKED, SIZE_FOLLOWS, STORED, UTF_8};
use crate::{Bounds, Entry, Oddities, Oddity, Refused, Style, extra};

/// The size of the end record without a comment.
const END: usize = 22;

pub(crate) struct End {
    pub(crate) list: u64,
    size: u64,
    count: usize,
}

/// Reads the end record, which has to be the last bytes of the file.
pub(crate) fn end<R: Read + Seek>(file: &mut R, bounds: &Bounds) -> Result<End, Refused> {
    let length = file.seek(SeekFrom::End(0))?;
    // A comment has at most 65,535 bytes. Twenty bytes before the record may belong to ZIP64.
    let start = length.saturating_sub((END + 65_535 + 20) as u64);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    file.by_ref().take(length - start).read_to_end(&mut tail)?;
    let at = tail
        .windows(END)
        .rposition(|window| window.starts_with(b"PK\x05\x06"))
        .ok_or(Refused::NotZip)?;
    let record = Fields(&tail[at..]);
    let mut odd = Oddities::default();
    if at + END != tail.len() || record.u16(20) != 0 {
        odd.whole(Oddity::Trailing);
    }
    let (here, count) = (record.u16(8), record.u16(10));
    if record.u16(4) != 0 || record.u16(6) != 0 || here != count {
        odd.whole(Oddity::OneOfSeveral);
    }
    let is_64 = at >= 20 && tail[at - 20..].starts_with(b"PK\x06\x07");
    let (size, list) = (u64::from(record.u32(12)), u64::from(record.u32(16)));
    let full = u64::from(u32::MAX);
    if is_64 || count == u16::MAX || size == full || list == full {
        odd.whole(Oddity::Zip64);
    } else if list + size != start + at as u64 {
        odd.whole(Oddity::BytesOutside);
    }
    if size > bounds.list {
        odd.whole(Oddity::LongList);
    }
    odd.refuse()?;
    let count = usize::from(count);
    Ok(End { list, size, count })
}

pub(crate) fn entries<R: Read + Seek>(
    file: &mut R,
    end: &End,
    bounds: &Bounds,
    odd: &mut Oddities,
) -> Result<Vec<Entry>, Refused> {
    file.seek(SeekFrom::Start(end.list))?;
    let mut list = Vec::new();
    file.by_ref().take(end.size).read_to_end(&mut list)?;
    let mut entries = Vec::new();
    let mut rest = list.as_slice();
    for _ in 0..end.count {
        let Some(listed) = Listed::split(&mut rest) else {
            odd.whole(Oddity::ListEndsEarly);
            return Ok(entries);
        };
        let entry = listed.entry();
        for oddity in listed.oddities(&entry, bounds) {
            odd.add(Some(&entry.name), oddity);
        }
        entries.push(entry);
    }
    if !rest.is_empty() {
        odd.whole(Oddity::ListGoesOn);
    }
    Ok(entries)
}

struct Listed<'b> {
    head: &'b [u8],
    name: &'b [u8],
    extra: &'b [u8],
    comment: &'b [u8],
}

impl<'b> Listed<'b> {
    fn split(rest: &mut &'b [u8]) -> Option<Self> {
        let mut take = |length: usize| -> Option<&'b [u8]> {
            let (taken, left) = rest.split_at_checked(length)?;
            *rest = left;
            Some(taken)
        };
        let head = take(46).filter(|head| head.starts_with(b"PK\x01\x02"))?;
        let length = |at| usize::from(Fields(head).u16(at));
        Some(Self {
            head,
            name: take(length(28))?,
            extra: take(length(30))?,
            comment: take(length(32))?,
        })
    }

    fn entry(&self) -> Entry {
        let head = Fields(self.head);
        let style = Style {
            made_by: head.u16(4),
            needs: head.u16(6),
            flags: head.u16(8),
            method: head.u16(10),
            time: head.u16(12),
            date: head.u16(14),
            internal: head.u16(36),
            attributes: head.u32(38),
        };
        let name = String::from_utf8_lossy(self.name).into_owned();
        Entry {
            size: u64::from(head.u32(24)),
            is_unmarked: !name.is_ascii() && style.flags & UTF_8 == 0,
            style,
            has_extra: !self.extra.is_empty(),
            raw_name: self.name.to_vec(),
            packed: u64::from(head.u32(20)),
            crc: head.u32(16),
            header: u64::from(head.u32(42)),
            data: 0,
            name,
        }
    }

    fn oddities(&self, entry: &Entry, bounds: &Bounds) -> impl Iterator<Item = Oddity> {
        let has_comment = !self.comment.is_empty() || Fields(self.head).u16(34) != 0;
        let found = [
            packing(entry, bounds),
            has_comment.then_some(Oddity::Comment),
            extra::oddity(self.extra, self.name),
            extra::no_file(entry),
            (entry.size > bounds.entry).then_some(Oddity::Large),
        ];
        found.into_iter().flatten()
    }
}

/// Returns what is odd about the name and compression of an entry.
fn packing(entry: &Entry, bounds: &Bounds) -> Option<Oddity> {
    let Style {
        needs,
        flags,
        method,
        ..
    } = entry.style;
    let is_stored = method == STORED;
    let found = [
        (entry.raw_name.len() > bounds.name, Oddity::LongName),
        (flags & LOCKED != 0, Oddity::Locked),
        (
            flags & !HARMLESS != 0 || needs & 0xff > 20,
            Oddity::RareFeatures,
        ),
        (!is_stored && method != DEFLATED, Oddity::Method(method)),
        (
            is_stored && entry.size != entry.packed,
            Oddity::StoredInTwoSizes,
        ),
        (
            is_stored && flags & SIZE_FOLLOWS != 0 && entry.size > 0,
            Oddity::StoredWithoutEnd,
        ),
    ];
    found
        .into_iter()
        .find_map(|(is, oddity)| is.then_some(oddity))
}
