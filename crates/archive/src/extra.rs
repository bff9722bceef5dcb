//! Header data beyond name and size: extra fields, and the attributes of the system that wrote the entry.

use crate::fields::Fields;
use crate::{Entry, Oddity};

/// Extra fields of ordinary programs, with the largest size of each: times and owners of Info-ZIP and macOS, times of
/// Windows, the mark of Java archives.
const ORDINARY: &[(u16, usize)] = &[
    (0x5455, 13),
    (0x5855, 12),
    (0x7855, 8),
    (0x7875, 24),
    (0x000a, 36),
    (0xcafe, 0),
];
/// Another spelling of the name.
const UNICODE_PATH: u16 = 0x7075;

/// Returns the oddity of the extra fields of an entry.
pub(crate) fn oddity(mut rest: &[u8], name: &[u8]) -> Option<Oddity> {
    while !rest.is_empty() {
        let head = Fields(rest);
        let (id, size) = (head.u16(0), usize::from(head.u16(2)));
        let Some(content) = rest.get(4..4 + size) else {
            return Some(Oddity::ExtraCut);
        };
        if id == UNICODE_PATH {
            // A version, a hash of the other name, then the name.
            if content.get(5..) != Some(name) {
                return Some(Oddity::SecondName);
            }
        } else if !ORDINARY
            .iter()
            .any(|(known, most)| *known == id && size <= *most)
        {
            return Some(Oddity::Extra(id));
        }
        rest = &rest[4 + size..];
    }
    None
}

/// Returns why an entry is neither a plain file nor an empty folder.
pub(crate) fn no_file(entry: &Entry) -> Option<Oddity> {
    let mode = entry.style.attributes >> 16;
    let dos = entry.style.attributes & 0xffff;
    let is_folder = entry.is_folder();
    // Type bits of Unix: a folder, a plain file, or none given.
    let right = if is_folder { 0o040_000 } else { 0o100_000 };
    match mode & 0o170_000 {
        0 => {}
        kind if kind == right => {}
        0o040_000 => return Some(Oddity::FolderAsFile),
        0o100_000 => return Some(Oddity::FileAsFolder),
        0o120_000 => return Some(Oddity::Link),
        _ => return Some(Oddity::Device),
    }
    if !is_folder && mode & 0o6_000 != 0 {
        return Some(Oddity::SetOwner);
    }
    // Attributes of Windows: volume label, folder, link.
    let is_dos_folder = dos & 0x10 != 0;
    if dos & 0x408 != 0 || (is_dos_folder && !is_folder) {
        return Some(Oddity::NoFileOnWindows);
    }
    let is_full = is_folder && (entry.size > 0 || entry.packed > 2 || entry.crc != 0);
    is_full.then_some(Oddity::FullFolder)
}
