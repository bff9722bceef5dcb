//! PDF files: whether they open, are whole and not locked.

use memchr::memmem;

use crate::pdf::{Unread, Unreadable};
use crate::sniff::{Content, Fault, Judged};

const END: &[u8] = b"%%EOF";

pub(super) fn check(content: &Content, bytes: &[u8]) -> Judged {
    let read = content.pdf();
    // A lock is told first: what is locked cannot be looked into.
    if let Some(Err(Unreadable::Locked)) = read {
        return Err(Fault::locked("is locked by a password or by rights"));
    }
    is_whole(bytes)?;
    match read {
        Some(Ok(pdf)) if pdf.pages.is_empty() => Err(no_pages()),
        Some(Ok(pdf)) if pdf.unread.contains(&Unread::Damaged) => Err(Fault::damaged(
            "is damaged: part of a page in it cannot be unpacked",
        )),
        Some(Err(Unreadable::Broken)) | None => Err(no_pages()),
        Some(Ok(_) | Err(Unreadable::Bound | Unreadable::Locked)) => Ok(()),
    }
}

fn no_pages() -> Fault {
    Fault::damaged("is damaged: no page in it can be found")
}

/// A reader that repairs would show the pages that arrived. So the end has to be there, with no object behind it,
/// and has to belong to the whole file. Anything else may follow it, as scanners and mail programs leave it.
fn is_whole(bytes: &[u8]) -> Judged {
    let cut = || Fault::cut("breaks off: its end is missing");
    let end = memmem::rfind(bytes, END).ok_or_else(cut)?;
    if has_object(&bytes[end + END.len()..]) {
        return Err(cut());
    }
    // A file for the web has a first end near its beginning; the table that it names is in what follows.
    if table_at(&bytes[..end]) == Some(0) {
        return Err(cut());
    }
    Ok(())
}

/// Returns true if an object begins in these bytes: `12 0 obj`.
fn has_object(bytes: &[u8]) -> bool {
    memmem::find_iter(bytes, b" obj").any(|at| {
        let before = bytes[..at].rsplit(|byte| !byte.is_ascii_digit());
        let mut numbers = before.map(<[u8]>::len);
        let is_number = |length: Option<usize>| length.is_some_and(|length| length > 0);
        is_number(numbers.next()) && is_number(numbers.next())
    })
}

/// Returns where the last table is, as the end says.
fn table_at(before: &[u8]) -> Option<u64> {
    let from = before.len().saturating_sub(64);
    let end = &before[from..];
    let at = memmem::rfind(end, b"startxref")? + b"startxref".len();
    let text = std::str::from_utf8(&end[at..]).ok()?;
    text.split_whitespace().next()?.parse().ok()
}
