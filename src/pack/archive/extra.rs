//! Header data beyond name and size: extra fields, and the attributes of the system that wrote the entry.

use crate::pack::archive::{Fields, Member};

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

/// Returns what is wrong with the extra fields of an entry.
pub(super) fn fault(mut rest: &[u8], name: &[u8]) -> Option<String> {
    while !rest.is_empty() {
        let head = Fields(rest);
        let (id, size) = (head.u16(0), usize::from(head.u16(2)));
        let Some(content) = rest.get(4..4 + size) else {
            return Some("it has extra fields that break off".to_owned());
        };
        if id == UNICODE_PATH {
            // A version, a hash of the other name, then the name.
            if content.get(5..) != Some(name) {
                return Some("it has a second name, which differs from the first".to_owned());
            }
        } else if !ORDINARY
            .iter()
            .any(|(known, most)| *known == id && size <= *most)
        {
            return Some(format!(
                "it has an extra field that no pack needs ({id:#06x})"
            ));
        }
        rest = &rest[4 + size..];
    }
    None
}

/// Returns why an entry is neither a plain file nor an empty folder.
pub(super) fn no_file(member: &Member) -> Option<&'static str> {
    let mode = member.style.attributes >> 16;
    let dos = member.style.attributes & 0xffff;
    let is_folder = member.is_folder();
    // Type bits of Unix: a folder, a plain file, or none given.
    let right = if is_folder { 0o040_000 } else { 0o100_000 };
    match mode & 0o170_000 {
        0 => {}
        kind if kind == right => {}
        0o040_000 => return Some("it is marked as a folder, and has the name of a file"),
        0o100_000 => return Some("it is marked as a file, and has the name of a folder"),
        0o120_000 => return Some("it is a link"),
        _ => return Some("it is a device, a pipe or a socket"),
    }
    if !is_folder && mode & 0o6_000 != 0 {
        return Some("it would run with the rights of its owner");
    }
    // Attributes of Windows: volume label, folder, link.
    let is_dos_folder = dos & 0x10 != 0;
    if dos & 0x408 != 0 || (is_dos_folder && !is_folder) {
        return Some("Windows would take it for a folder, a link or a label");
    }
    if is_folder && (member.size > 0 || member.packed > 2 || member.crc != 0) {
        return Some("it is a folder with content");
    }
    None
}
