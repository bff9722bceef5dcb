//! Recognises a file by its first bytes and its name.

use crate::unread::Format;

/// Returns true for an archive, which a workbook is.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Other formats by extension.
const OTHERS: &[(&str, Format)] = &[
    (".xlsm", Format::Macros),
    (".xltx", Format::Template),
    (".xltm", Format::TemplateWithMacros),
    (".tsv", Format::Tabs(".tsv")),
    (".tab", Format::Tabs(".tab")),
    (".numbers", Format::AppleNumbers),
];

/// Returns the format of a file that is neither a workbook nor a CSV file, or is named like the other one.
pub fn other_format(name: &str, bytes: &[u8]) -> Option<Format> {
    let name = name.to_lowercase();
    let ends = |extensions: &[&str]| extensions.iter().any(|end| name.ends_with(end));
    if bytes.is_empty() {
        return Some(Format::Empty);
    }
    if let Some(format) = compound(bytes) {
        return Some(format);
    }
    let mut others = OTHERS.iter();
    if let Some((_, format)) = others.find(|(extension, _)| ends(&[extension])) {
        return Some(*format);
    }
    if is_archive(bytes) {
        ends(&[".csv", ".txt"]).then_some(Format::NamedLikeText)
    } else {
        ends(&[".xlsx", ".xls", ".xlsb", ".ods"]).then_some(Format::NamedLikeWorkbook)
    }
}

/// Old workbooks and protected ones share a container, which is not an archive.
fn compound(bytes: &[u8]) -> Option<Format> {
    if !bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return None;
    }
    let encrypted: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let is_protected = memchr::memmem::find(bytes, &encrypted).is_some();
    Some(if is_protected {
        Format::Protected
    } else {
        Format::Excel97
    })
}
