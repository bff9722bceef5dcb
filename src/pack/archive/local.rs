//! The headers before the entries. Each must agree with the list, and there must be nothing between them.

use std::fs::File;
use std::io::{BufReader, Read as _, Seek as _, SeekFrom};

use crate::pack::archive::{FaultKind, Faults, Fields, Member, Refused, SIZE_FOLLOWS, extra};

/// The size of a local header without name and extra fields.
const HEAD: usize = 30;

/// Walks the entries in the order of the file, up to the list.
pub(super) fn walk(
    file: &File,
    members: &mut [Member],
    list: u64,
    faults: &mut Faults,
) -> Result<(), Refused> {
    let mut from = BufReader::new(file);
    from.seek(SeekFrom::Start(0))?;
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|i| members[*i].header);
    let mut position = 0;
    for (i, at) in order.iter().enumerate() {
        let next = order.get(i + 1).map_or(list, |next| members[*next].header);
        let member = &mut members[*at];
        if member.header != position {
            let message = if member.header < position {
                "it overlaps with another entry"
            } else {
                "it has bytes before it that belong to no entry"
            };
            faults.add(FaultKind::Ambiguous, Some(&member.name), message);
            return Ok(());
        }
        let messages = header(&mut from, member, next)?;
        for message in &messages {
            faults.add(FaultKind::Ambiguous, Some(&member.name), *message);
        }
        let end = member.data + member.packed;
        if next < end {
            let message = "it overlaps with the bytes after it";
            faults.add(FaultKind::Ambiguous, Some(&member.name), message);
            return Ok(());
        }
        from.seek_relative(i64::try_from(member.packed).unwrap_or(i64::MAX))?;
        if let Some(message) = behind(&mut from, member, next - end)? {
            faults.add(FaultKind::Ambiguous, Some(&member.name), message);
            return Ok(());
        }
        position = next;
    }
    if position != list {
        faults.whole("the archive has bytes before its list that belong to no entry");
    }
    Ok(())
}

/// Reads a local header and reports where it differs from the list.
fn header(
    from: &mut BufReader<&File>,
    member: &mut Member,
    next: u64,
) -> Result<Vec<&'static str>, Refused> {
    let mut head = [0; HEAD];
    if next.saturating_sub(member.header) < HEAD as u64 {
        member.data = member.header;
        return Ok(vec!["it overlaps with the bytes after it"]);
    }
    from.read_exact(&mut head)?;
    let head = Fields(&head);
    let (n_name, n_extra) = (usize::from(head.u16(26)), usize::from(head.u16(28)));
    let mut name = vec![0; n_name];
    from.read_exact(&mut name)?;
    let mut more = vec![0; n_extra];
    from.read_exact(&mut more)?;
    member.data = member.header + (HEAD + n_name + n_extra) as u64;
    member.has_extra |= n_extra > 0;
    let follows = member.style.flags & SIZE_FOLLOWS != 0;
    let sizes = [head.u32(14), head.u32(18), head.u32(22)].map(u64::from);
    let stated = [u64::from(member.crc), member.packed, member.size];
    // If the sizes follow the data, programs write none of them here, or those that they know already.
    let mut pairs = sizes.iter().zip(&stated);
    let is_stated = pairs.all(|(size, stated)| size == stated || (follows && *size == 0));
    let style = member.style;
    let mut messages = Vec::new();
    for (is_same, message) in [
        (
            head.0.starts_with(b"PK\x03\x04"),
            "it has no header at the place in the list",
        ),
        (
            name == member.raw_name,
            "it has another name in its header than in the list",
        ),
        (
            head.u16(6) == style.flags,
            "it has other flags in its header than in the list",
        ),
        (
            head.u16(8) == style.method,
            "it has another method in its header than in the list",
        ),
        (
            head.u16(4) == style.needs && [head.u16(10), head.u16(12)] == [style.time, style.date],
            "it has another time or version in its header than in the list",
        ),
        (
            is_stated,
            "it has other sizes or another checksum in its header than in the list",
        ),
        (
            extra::fault(&more, &name).is_none(),
            "it has extra fields in its header that no pack needs",
        ),
    ] {
        if !is_same {
            messages.push(message);
        }
    }
    Ok(messages)
}

/// Reads the bytes between the data of an entry and the next header: none, or the sizes if the flags announce them.
fn behind(
    from: &mut BufReader<&File>,
    member: &Member,
    n_bytes: u64,
) -> Result<Option<&'static str>, Refused> {
    let follows = member.style.flags & SIZE_FOLLOWS != 0;
    let length = match (follows, n_bytes) {
        (false, 0) => return Ok(None),
        (true, 12) => 12,
        (true, 16) => 16,
        (false, _) => return Ok(Some("it has bytes behind it that belong to no entry")),
        (true, _) => {
            return Ok(Some(
                "it is not followed by exactly its sizes, as its flags announce",
            ));
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
    let is_same = is_signed && found == [u64::from(member.crc), member.packed, member.size];
    Ok((!is_same).then_some("it has other sizes behind it than in the list"))
}
