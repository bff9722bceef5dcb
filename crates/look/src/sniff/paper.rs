//! PDF files: whether they open, are whole and not locked.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use crate::sniff::{Content, Fault, Judged, jpeg};
use clspack_pdf::{Unread, Unreadable};

const END: &[u8] = b"%%EOF";
/// How much of the streams of a file is unpacked, in bytes.
const MAX_UNPACKED: u64 = 200_000_000;
/// How far before its end the filters of a stream are looked for, in bytes.
const DICTIONARY: usize = 2048;

pub(super) fn check(content: &Content, bytes: &[u8]) -> Judged {
    let read = content.pdf();
    // A lock comes first: what is locked cannot be looked into.
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
        Some(Ok(_) | Err(Unreadable::Bound | Unreadable::Locked)) => streams(bytes, MAX_UNPACKED),
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

/// Unpacks what no page says in words, too: the pictures of a scan, embedded fonts. A stream is taken for packed only
/// if both its dictionary and its first bytes say so.
fn streams(bytes: &[u8], most: u64) -> Judged {
    let mut left = most;
    for at in memmem::find_iter(bytes, b">>") {
        let Some((dict, data)) = stream(bytes, at) else {
            continue;
        };
        // Looking for its end took as many steps, however often one end is found.
        left = left.saturating_sub(data.len() as u64);
        if left == 0 {
            return Err(unfinished());
        }
        let is_whole = match data {
            [0xff, 0xd8, 0xff, ..] if has(dict, b"DCTDecode") => jpeg::check(data).is_ok(),
            [first, second, ..] if is_zlib(*first, *second) && has(dict, b"FlateDecode") => {
                unpacks(data, &mut left)
            }
            _ => true,
        };
        if !is_whole {
            return Err(Fault::damaged(
                "is damaged: a picture or font in it cannot be unpacked",
            ));
        }
        if left == 0 {
            return Err(unfinished());
        }
    }
    Ok(())
}

fn unfinished() -> Fault {
    Fault::unopened(format!(
        "unpacks to more than {} MB and was not checked to its end",
        MAX_UNPACKED / 1_000_000
    ))
}

/// Returns the stream whose dictionary ends here: the end of the dictionary, and the data.
fn stream(bytes: &[u8], at: usize) -> Option<(&[u8], &[u8])> {
    let after = bytes[at + 2..].trim_ascii_start();
    let data = after.strip_prefix(b"stream")?;
    let data = data
        .strip_prefix(b"\r\n")
        .or_else(|| data.strip_prefix(b"\n"))?;
    let end = memmem::find(data, b"endstream").unwrap_or(data.len());
    Some((&bytes[at.saturating_sub(DICTIONARY)..at], &data[..end]))
}

fn has(dict: &[u8], filter: &[u8]) -> bool {
    // Only what follows the last beginning of an object is of this one.
    let start = memmem::rfind(dict, b" obj").unwrap_or_default();
    // A second filter would have to be undone first.
    let n_filters = memmem::find_iter(&dict[start..], b"Decode").count();
    n_filters == 1 + memmem::find_iter(&dict[start..], b"DecodeParms").count()
        && memmem::find(&dict[start..], filter).is_some()
}

fn is_zlib(first: u8, second: u8) -> bool {
    first & 0x0f == 8 && u16::from_be_bytes([first, second]).is_multiple_of(31)
}

fn unpacks(data: &[u8], left: &mut u64) -> bool {
    let mut unpacked = ZlibDecoder::new(data).take(*left);
    let n_unpacked = std::io::copy(&mut unpacked, &mut std::io::sink());
    // Acrobat Reader ends what it saves with a flush in place of the last block.
    let is_flushed = data.trim_ascii_end().ends_with(&[0, 0, 0xff, 0xff]);
    *left = left.saturating_sub(n_unpacked.as_ref().copied().unwrap_or_default());
    n_unpacked.is_ok() || is_flushed
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::sniff::FaultKind;

    /// A stream that unpacks to so many bytes.
    fn one(n_bytes: usize) -> Vec<u8> {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&vec![b' '; n_bytes]).unwrap();
        let packed = packed.finish().unwrap();
        let before = b"1 0 obj <</Filter/FlateDecode>>stream\n".to_vec();
        [before, packed, b"\nendstream endobj\n".to_vec()].concat()
    }

    #[test]
    fn what_was_not_unpacked_to_its_end_is_no_pass() {
        let says = |bytes: &[u8]| streams(bytes, 100_000).err().map(|fault| fault.kind);
        let not_opened = Some(FaultKind::Unopened);
        assert_eq!(says(&one(90_000)), None);
        assert_eq!(says(&one(110_000)), not_opened);
        assert_eq!(says(&[one(90_000), one(90_000)].concat()), not_opened);
        assert_eq!(says(&[one(40_000), one(40_000)].concat()), None);
    }
}
