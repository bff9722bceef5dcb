//! Programs, scripts and shortcuts: what a double click starts.

use crate::{HazardKind, InFile, Look, package};

/// Endings of names of what Windows, Android or Java starts by a double click.
const ENDINGS: &[&str] = &[
    "apk", "appx", "bat", "chm", "cmd", "com", "cpl", "dll", "exe", "gadget", "hta", "jar", "js",
    "jse", "lnk", "msc", "msi", "msix", "msp", "pif", "ps1", "psm1", "reg", "scf", "scr", "sys",
    "url", "vbe", "vbs", "webloc", "wsf", "wsh", "xll",
];

/// Endings of firmware, which may well be a program and is handed in as such.
const FIRMWARE: &[&str] = &["bin", "cap", "efi", "fd", "fw", "img", "rom", "upd"];

/// Returns true for the name of a program.
pub fn is_named(name: &str) -> bool {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let ending = name
        .trim()
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending);
    ENDINGS
        .iter()
        .any(|known| ending.eq_ignore_ascii_case(known))
}

/// Looks at a file that has no words to search.
pub(super) fn look(extension: &str, bytes: &[u8], look: &mut Look) {
    if ENDINGS.contains(&extension) || !FIRMWARE.contains(&extension) && is_program(bytes) {
        return look.warn_of(HazardKind::Program, InFile::File, "");
    }
    if extension == "zip" {
        for name in package::names(bytes) {
            if is_named(&name) {
                look.warn_of(HazardKind::ProgramInside, InFile::File, &name);
            }
        }
    }
}

/// Returns true for a program of Windows, by its structure, and for a shortcut.
pub(super) fn is_program(bytes: &[u8]) -> bool {
    let is_shortcut = bytes.starts_with(b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46");
    is_shortcut || is_of_windows(bytes)
}

fn is_of_windows(bytes: &[u8]) -> bool {
    let header = bytes.get(0x3c..0x40).and_then(|at| at.try_into().ok());
    let header = header.and_then(|at| usize::try_from(u32::from_le_bytes(at)).ok());
    let header = header.and_then(|at| bytes.get(at..at.checked_add(4)?));
    bytes.starts_with(b"MZ") && header == Some(b"PE\0\0")
}

/// Returns the name of a program that is in a packed object of Office, or what tells of it.
pub(super) fn in_object(bytes: &[u8]) -> Option<String> {
    const MOST: usize = 200;
    if memchr::memmem::find(bytes, b"This program cannot be run in DOS mode").is_some() {
        return Some("a program of Windows".to_owned());
    }
    // The packer writes the name of the file, and a zero behind it.
    let mut ends = memchr::memchr_iter(0, bytes);
    ends.find_map(|end| {
        let from = end.saturating_sub(MOST);
        let before = &bytes[from..end];
        let start = before.iter().rposition(|byte| !(0x20..0x7f).contains(byte));
        let name = std::str::from_utf8(&before[start.map_or(0, |at| at + 1)..]).ok()?;
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        (name.len() > 4 && is_named(name)).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::{in_object, is_named, is_program};

    #[test]
    fn programs_are_told_by_name_and_structure() {
        for name in ["setup.exe", "a/b/RUN.BAT", "x.pdf.js", "shortcut.lnk"] {
            assert!(is_named(name), "{name}");
        }
        for name in ["report.pdf", "exe", "notes.json", "example.com/report.pdf"] {
            assert!(!is_named(name), "{name}");
        }
        let mut program = vec![0; 0x80];
        program[..2].copy_from_slice(b"MZ");
        program[0x3c] = 0x40;
        program[0x40..0x44].copy_from_slice(b"PE\0\0");
        assert!(is_program(&program));
        assert!(!is_program(
            b"MZ is the area code of this office in the report of the laboratory today"
        ));
        let packed = b"\x02\0tool.exe\0C:\\tmp\\tool.exe\0";
        assert_eq!(in_object(packed).as_deref(), Some("tool.exe"));
        assert_eq!(in_object(b"\x02\0report.txt\0"), None);
    }
}
