//! The central directory at the end of an archive ("the list"), and the end record behind it.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};

use crate::pack::archive::extra;
use crate::pack::archive::{
    DEFLATED, FaultKind, Faults, Fields, HARMLESS, Member, Refused, SIZE_FOLLOWS, STORED, Style,
    UTF_8,
};

/// The size of the end record without a comment.
const END: usize = 22;
/// The largest list that is read, in bytes; a list of 65,535 names of ordinary length is far smaller.
const MAX_LIST: u64 = 32 * 1024 * 1024;
/// The longest name of an entry, in bytes.
const MAX_NAME: usize = 4096;
/// The largest entry that is unpacked, in bytes.
pub(crate) const MAX_ENTRY: u64 = 1 << 30;

pub(super) struct End {
    pub(super) list: u64,
    size: u64,
    count: usize,
}

/// Reads the end record, which has to be the last bytes of the file.
pub(super) fn end(file: &mut File) -> Result<End, Refused> {
    let length = file.seek(SeekFrom::End(0))?;
    // A comment has at most 65,535 bytes. Twenty bytes before the record may belong to ZIP64.
    let start = length.saturating_sub((END + 65_535 + 20) as u64);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    file.take(length - start).read_to_end(&mut tail)?;
    let at = tail
        .windows(END)
        .rposition(|window| window.starts_with(b"PK\x05\x06"))
        .ok_or(Refused::NotZip)?;
    let record = Fields(&tail[at..]);
    let mut faults = Faults::default();
    if at + END != tail.len() || record.u16(20) != 0 {
        faults.whole("bytes or a comment follow the end of the archive");
    }
    let (here, count) = (record.u16(8), record.u16(10));
    if record.u16(4) != 0 || record.u16(6) != 0 || here != count {
        faults.whole("the archive is one of several parts");
    }
    let is_64 = at >= 20 && tail[at - 20..].starts_with(b"PK\x06\x07");
    let (size, list) = (u64::from(record.u32(12)), u64::from(record.u32(16)));
    let full = u64::from(u32::MAX);
    if is_64 || count == u16::MAX || size == full || list == full {
        let message = "the archive is in the ZIP64 format, for more than 65,534 entries or 4 GB, which no pack needs";
        faults.add(FaultKind::TooLarge, None, message);
    } else if list + size != start + at as u64 {
        faults
            .whole("the archive has bytes before its first entry, or between its list and its end");
    }
    if size > MAX_LIST {
        faults.add(
            FaultKind::TooLarge,
            None,
            "the list of the archive is larger than 32 MiB",
        );
    }
    faults.refuse()?;
    let count = usize::from(count);
    Ok(End { list, size, count })
}

pub(super) fn members(
    file: &mut File,
    end: &End,
    faults: &mut Faults,
) -> Result<Vec<Member>, Refused> {
    file.seek(SeekFrom::Start(end.list))?;
    let mut list = Vec::new();
    file.take(end.size).read_to_end(&mut list)?;
    let mut members = Vec::new();
    let mut rest = list.as_slice();
    for _ in 0..end.count {
        let Some(entry) = Entry::split(&mut rest) else {
            faults.whole("the list of the archive is shorter than stated");
            return Ok(members);
        };
        members.push(entry.member(faults));
    }
    if !rest.is_empty() {
        faults.whole("the list of the archive has more entries than it counts");
    }
    Ok(members)
}

struct Entry<'b> {
    head: &'b [u8],
    name: &'b [u8],
    extra: &'b [u8],
    comment: &'b [u8],
}

impl<'b> Entry<'b> {
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

    fn member(&self, faults: &mut Faults) -> Member {
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
        let member = Member {
            size: u64::from(head.u32(24)),
            is_unmarked: !name.is_ascii() && style.flags & UTF_8 == 0,
            style,
            raw_name: self.name.to_vec(),
            has_extra: !self.extra.is_empty(),
            packed: u64::from(head.u32(20)),
            crc: head.u32(16),
            header: u64::from(head.u32(42)),
            data: 0,
            name,
        };
        let mut ambiguous = |message: String| {
            faults.add(FaultKind::Ambiguous, Some(&member.name), message);
        };
        if let Some(message) = odd(&member) {
            ambiguous(message);
        }
        if !self.comment.is_empty() || head.u16(34) != 0 {
            ambiguous("it has a comment, or belongs to another part of the archive".to_owned());
        }
        if let Some(message) = extra::fault(self.extra, self.name) {
            ambiguous(message);
        }
        if let Some(message) = extra::no_file(&member) {
            faults.add(FaultKind::Unsafe, Some(&member.name), message);
        }
        if member.size > MAX_ENTRY {
            let message = "it unpacks to more than 1 GiB";
            faults.add(FaultKind::TooLarge, Some(&member.name), message);
        }
        member
    }
}

/// Returns what is unusual about how an entry is compressed.
fn odd(member: &Member) -> Option<String> {
    let Style {
        needs,
        flags,
        method,
        ..
    } = member.style;
    if member.raw_name.len() > MAX_NAME {
        return Some("it has a name of more than 4,096 bytes".to_owned());
    }
    if flags & 1 != 0 {
        return Some("it is encrypted".to_owned());
    }
    if flags & !HARMLESS != 0 || needs & 0xff > 20 {
        return Some("it uses features of zip that not every program has".to_owned());
    }
    if !matches!(method, STORED | DEFLATED) {
        return Some(format!(
            "it is packed by method {method}, which not every program has"
        ));
    }
    if method == STORED && member.size != member.packed {
        return Some("it is stored, and has two sizes".to_owned());
    }
    if method == STORED && flags & SIZE_FOLLOWS != 0 && member.size > 0 {
        return Some(
            "it is stored, and its size follows it: programs find different ends".to_owned(),
        );
    }
    None
}
