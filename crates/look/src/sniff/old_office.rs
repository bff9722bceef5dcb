//! Office files of the older formats, and locked ones of the newer, which are kept in the same container.

use crate::sniff::ole::{Ole, long, short};
use crate::sniff::{Fault, Judged};

/// The streams that hold a document, and the type of file that has them.
const MAIN: &[(&str, &str)] = &[
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
];

/// Returns the type of a container; it begins with the mark of one.
pub(super) fn kind(bytes: &[u8]) -> &'static str {
    let Some(ole) = Ole::open(bytes) else {
        return "ole";
    };
    if ole.has("EncryptedPackage") {
        return "locked";
    }
    let main = MAIN.iter().find(|(stream, _)| ole.has(stream));
    match main {
        Some((_, kind)) => kind,
        None if ole.has("__properties_version1.0") => "msg",
        None => "ole",
    }
}

/// Says how a locked file is locked.
pub(super) fn locked(bytes: &[u8]) -> Fault {
    let ole = Ole::open(bytes);
    if ole.is_some_and(|ole| has_rights(&ole)) {
        return Fault::locked("is locked by rights management");
    }
    Fault::locked("is locked by a password")
}

fn has_rights(ole: &Ole<'_>) -> bool {
    ole.names().any(|name| name.trim_start().starts_with("DRM"))
}

/// Judges a document, workbook or presentation of an older format.
pub(super) fn check(bytes: &[u8], extension: &str) -> Judged {
    let ole = Ole::open(bytes).ok_or_else(broken)?;
    if has_rights(&ole) {
        return Err(Fault::locked("is locked by rights management"));
    }
    let main = MAIN
        .iter()
        .find(|(stream, kind)| *kind == extension && ole.has(stream));
    let main = main
        .and_then(|(stream, _)| ole.stream(stream))
        .ok_or_else(broken)?;
    let (is_locked, has_macros) = match extension {
        "doc" => (word_is_locked(&main), false),
        "xls" => workbook(&main),
        _ => (slides_are_locked(&ole), slides_have_macros(&main)),
    };
    if is_locked {
        return Err(Fault::locked("is locked by a password"));
    }
    let storages = ["Macros", "VBA", "_VBA_PROJECT_CUR"];
    if has_macros || storages.iter().any(|name| ole.has(name)) {
        return Err(Fault::macros());
    }
    Ok(())
}

fn broken() -> Fault {
    Fault::cut("breaks off, or is damaged: its document cannot be found")
}

/// The block at the beginning has a flag.
fn word_is_locked(main: &[u8]) -> bool {
    const ENCRYPTED: u16 = 0x0100;
    short(main, 10).is_some_and(|flags| flags & ENCRYPTED != 0)
}

/// Looks through the records of the first part of a workbook; returns whether it is locked, and whether it has
/// sheets of macros.
fn workbook(main: &[u8]) -> (bool, bool) {
    const FILE_PASS: u16 = 0x2f;
    const SHEET: u16 = 0x85;
    const END: u16 = 0x0a;
    const MACROS: u8 = 1;
    let mut has_macros = false;
    let mut at = 0;
    while let (Some(record), Some(length)) = (short(main, at), short(main, at + 2)) {
        match record {
            FILE_PASS => return (true, has_macros),
            SHEET => has_macros |= main.get(at + 9) == Some(&MACROS),
            END => break,
            _ => {}
        }
        at += 4 + usize::from(length);
    }
    (false, has_macros)
}

fn slides_are_locked(ole: &Ole<'_>) -> bool {
    const ENCRYPTED: u32 = 0xf3d1_c4df;
    let user = ole.stream("Current User").unwrap_or_default();
    long(&user, 12) == Some(ENCRYPTED) || ole.has("EncryptedSummary")
}

/// Walks all records; one of them says whether there are macros.
fn slides_have_macros(main: &[u8]) -> bool {
    const ABOUT_MACROS: u16 = 0x0400;
    let mut at = 0;
    while let (Some(version), Some(record), Some(length)) =
        (short(main, at), short(main, at + 2), long(main, at + 4))
    {
        if record == ABOUT_MACROS && length == 12 {
            return long(main, at + 12).is_some_and(|has| has != 0);
        }
        // A record that holds others is entered, another passed over.
        let holds_records = version & 0xf == 0xf;
        at = at.saturating_add(8);
        if !holds_records {
            at = at.saturating_add(length as usize);
        }
    }
    false
}
