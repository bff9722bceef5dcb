//! Judges the names of entries as they are stored, before anything is taken off them.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::text::{composed, is_device, is_hidden};

/// The longest part of a name, in characters.
const MAX_PART: usize = 255;
/// The longest name, in bytes.
const MAX_NAME: usize = 4096;

/// Says why a name is unsafe to unpack somewhere, or hides something; nothing if it is safe everywhere.
pub(crate) fn fault(name: &str) -> Option<&'static str> {
    let name = name.strip_suffix('/').unwrap_or(name);
    let parts = || name.split('/');
    if name.contains('\u{fffd}') {
        return Some("its name is not stored as UTF-8");
    }
    if name.starts_with('/') || parts().any(|part| part == "..") {
        return Some("its path leads out of the pack");
    }
    if name.contains(['\\', ':']) {
        return Some("its path leads out of the pack on Windows");
    }
    if name.chars().any(is_hidden) {
        return Some("its name has invisible characters, or some that change how it is shown");
    }
    if parts().any(|part| part.is_empty() || part == ".") {
        return Some("its path has an empty part");
    }
    if name.contains(['<', '>', '"', '|', '?', '*']) {
        return Some("its name has characters that Windows does not take");
    }
    if parts().any(|part| part.ends_with(['.', ' ']) || part.starts_with(' ')) {
        return Some("its name begins or ends with a blank or a point, which Windows drops");
    }
    if parts().any(names_device) {
        return Some("its name is that of a device on Windows");
    }
    if parts().any(|part| part.chars().count() > MAX_PART) || name.len() > MAX_NAME {
        return Some("its name is longer than systems take");
    }
    let hidden = |part: &str| part.starts_with('.') && !is_left_by_macos(name);
    if parts().any(hidden) {
        return Some("its name begins with a point, so that systems hide it");
    }
    None
}

/// Returns true if Windows takes the name for a device: also with a blank before the point, and the consoles.
fn names_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end();
    is_device(stem) || ["conin$", "conout$", "clock$"].contains(&stem.to_lowercase().as_str())
}

/// Returns true for what macOS adds to an archive or a folder: `.DS_Store`, and files of `__MACOSX`.
pub(crate) fn is_left_by_macos(name: &str) -> bool {
    let name = name.strip_suffix('/').unwrap_or(name);
    let (folder, last) = name.rsplit_once('/').unwrap_or(("", name));
    let is_in_macosx = folder.split('/').next() == Some("__MACOSX");
    let has_hidden_folder = folder.split('/').any(|part| part.starts_with('.'));
    !has_hidden_folder && (last == ".DS_Store" || (is_in_macosx && last.starts_with("._")))
}

/// Finds names that become one on some system: they differ only in case or in how a letter is stored, or one
/// is a file where another has a folder.
#[derive(Debug, Default)]
pub(crate) struct Twins {
    files: BTreeMap<String, bool>,
    folders: BTreeSet<String>,
}

impl Twins {
    /// Adds a name; says whether it is the twin of one before it.
    pub(crate) fn add(&mut self, name: &str) -> Option<&'static str> {
        let is_folder = name.ends_with('/');
        let folded = folded(name.strip_suffix('/').unwrap_or(name));
        for (at, _) in folded.match_indices('/') {
            let folder = &folded[..at];
            if self.files.get(folder) == Some(&false) {
                return Some("it is in a folder that is also the name of a file");
            }
            if !self.folders.contains(folder) {
                self.folders.insert(folder.to_owned());
            }
        }
        if !is_folder && self.folders.contains(&folded) {
            return Some("it has the name of a folder");
        }
        let twin = self.files.insert(folded, is_folder).is_some();
        twin.then_some(
            "its name is that of another entry, but for capitals or how letters are stored",
        )
    }
}

/// Returns a name as a system without regard for case and Unicode form compares it.
fn folded(name: &str) -> String {
    composed(&composed(name).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out_or_hide_are_refused() {
        for name in [
            "../x",
            "a/../../x",
            "/etc/x",
            "//host/x",
            "C:/x",
            "C:x",
            "..\\x",
            "a\\b",
            "a//b",
            "a/./b",
            "a/\u{202e}b",
            "a\u{200b}",
            "a\n",
            "\u{1b}[31m/x",
            "a/b.",
            "a/b ",
            " a",
            "con/x",
            "a/NUL.txt",
            "COM1",
            "a/LPT9.x",
            "CONIN$",
            ".ssh/x",
            "a/.hidden",
            "a?",
            "a\u{fffd}",
            "",
            "/",
            "../",
            "__MACOSX/../._x",
            "__MACOSX/.ssh/._x",
            ".git/.DS_Store",
        ] {
            assert!(fault(name).is_some(), "{name:?}");
        }
        assert!(fault(&"a".repeat(256)).is_some());
    }

    #[test]
    fn ordinary_names_are_safe() {
        for name in [
            "VR7_iotmra_2026-12-01/",
            "p/SHA256SUMS",
            "p/evidence/証明書.pdf",
            "p/evidence/Pru\u{308}f.pdf",
            "p/evidence/_con.pdf",
            "p/COMPANY.pdf",
            "p/.DS_Store",
            "__MACOSX/p/._a.pdf",
            "__MACOSX/._p",
            "p/evidence/a..b.pdf",
            "p/evidence/console.txt",
            "p/evidence/my file (1).pdf",
        ] {
            assert_eq!(fault(name), None, "{name}");
        }
    }

    #[test]
    fn twins_are_found() {
        let mut twins = Twins::default();
        for name in [
            "p/",
            "p/a.pdf",
            "p/Gro\u{df}.pdf",
            "p/Gross.pdf",
            "p/\u{fc}.pdf",
            "p/x/y",
        ] {
            assert_eq!(twins.add(name), None, "{name}");
        }
        for name in [
            "p/A.PDF",
            "P/a.pdf",
            "p/u\u{308}.pdf",
            "p/x",
            "p/a.pdf/z",
            "p/a.pdf",
        ] {
            assert!(twins.add(name).is_some(), "{name}");
        }
        assert_eq!(twins.add("p/b.pdf"), None);
    }
}
