//! The headers before the entries. Each must agree with the list, and there must be nothing between them.

use std::io::{BufReader, Read, Seek, SeekFrom};

use crate::fields::{Fields, SIZE_FOLLOWS};
use crate::{Entry, Oddities, Oddity, Refused, extra};

/// The size of a local header without name and extra fields.
const HEAD: usize = 30;

/// Walks the entries in the order of the file, up to the list.
pub(crate) fn walk<R: Read + Seek>(
    file: R,
    entries: &mut [Entry],
    list: u64,
    odd: &mut Oddities,
) -> Result<(), Refused> {
    let mut from = BufReader::new(file);
    from.seek(SeekFrom::Start(0))?;
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|i| entries[*i].header);
    let mut position = 0;
    for (i, at) in order.iter().enumerate() {
        let next = order.get(i + 1).map_or(list, |next| entries[*next].header);
        let entry = &mut entries[*at];
        if entry.header != position {
            let overlaps = entry.header < position;
            let oddity = if overlaps {
                Oddity::Overlaps
            } else {
                Oddity::BytesBefore
            };
            odd.add(Some(&entry.name), oddity);
            return Ok(());
        }
        for oddity in header(&mut from, entry, next)? {
            odd.add(Some(&entry.name), oddity);
        }
        let end = entry.data + entry.packed;
        if next < end {
            odd.add(Some(&entry.name), Oddity::OverlapsNext);
            return Ok(());
        }
        from.seek_relative(i64::try_from(entry.packed).unwrap_or(i64::MAX))?;
        if let Some(oddity) = behind(&mut from, entry, next - end)? {
            odd.add(Some(&entry.name), oddity);
            return Ok(());
        }
        position = next;
    }
    if position != list {
        odd.whole(Oddity::BytesBeforeList);
    }
    Ok(())
}

/// Reads a local header and reports where it differs from the list.
fn header<R: Read>(
    from: &mut BufReader<R>,
    entry: &mut Entry,
    next: u64,
) -> Result<Vec<Oddity>, Refused> {
    let mut head = [0; HEAD];
    if next.saturating_sub(entry.header) < HEAD as u64 {
        entry.data = entry.header;
        return Ok(vec![Oddity::OverlapsNext]);
    }
    from.read_exact(&mut head)?;
    let head = Fields(&head);
    let (n_name, n_extra) = (usize::from(head.u16(26)), usize::from(head.u16(28)));
    let mut name = vec![0; n_name];
    from.read_exact(&mut name)?;
    let mut more = vec![0; n_extra];
    from.read_exact(&mut more)?;
    entry.data = entry.header + (HEAD + n_name + n_extra) as u64;
    entry.has_extra |= n_extra > 0;
    let follows = entry.style.flags & SIZE_FOLLOWS != 0;
    let sizes = [head.u32(14), head.u32(18), head.u32(22)].map(u64::from);
    let stated = [u64::from(entry.crc), entry.packed, entry.size];
    // If the sizes follow the data, programs write none of them here, or those that they know already.
    let mut pairs = sizes.iter().zip(&stated);
    let is_stated = pairs.all(|(size, stated)| size == stated || (follows && *size == 0));
    let style = entry.style;
    let checks = [
        (head.0.starts_with(b"PK\x03\x04"), Oddity::NoHeader),
        (name == entry.raw_name, Oddity::OtherName),
        (head.u16(6) == style.flags, Oddity::OtherFlags),
        (head.u16(8) == style.method, Oddity::OtherMethod),
        (
            head.u16(4) == style.needs && [head.u16(10), head.u16(12)] == [style.time, style.date],
            Oddity::OtherTime,
        ),
        (is_stated, Oddity::OtherSizes),
        (extra::oddity(&more, &name).is_none(), Oddity::HeaderExtra),
    ];
    let different = checks.into_iter().filter(|(is_same, _)| !is_same);
    Ok(different.map(|(_, oddity)| oddity).collect())
}

/// Reads the bytes between the data of an entry and the next header: none, or the sizes if the flags announce them.
fn behind<R: Read>(
    from: &mut BufReader<R>,
    entry: &Entry,
    n_bytes: u64,
) -> Result<Option<Oddity>, Refused> {
    let follows = entry.style.flags & SIZE_FOLLOWS != 0;
    let length = match (follows, n_bytes) {
        (false, 0) => return Ok(None),
        (true, 12) => 12,
        (true, 16) => 16,
        (false, _) => return Ok(Some(Oddity::BytesBehind)),
        (true, _) => {
            return Ok(Some(Oddity::NoSizesBehind));
        }
    };
    let mut bytes = [0; 16];
    from.read_exact(&mut bytes[..length])?;
    let sizes = if length == 16 {
        &bytes[4..]
    } else {
        &bytes[..12]
    };
    let sizes = Fields(sizes);
    let is_signed = length == 12 || bytes.starts_with(b"PK\x07\x08");
    let found = [sizes.u32(0), sizes.u32(4), sizes.u32(8)].map(u64::from);
    let is_same = is_signed && found == [u64::from(entry.crc), entry.packed, entry.size];
    Ok((!is_same).then_some(Oddity::OtherSizesBehind))
}
