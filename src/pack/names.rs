//! Judges the names of entries as they are stored, before any normalisation.

use std::collections::BTreeMap;

use clspack_archive::{Leads, leads};

use crate::domain::text::{composed, is_device, is_hidden};

/// The longest part of a name, in characters.
const MAX_PART: usize = 255;
/// The longest name, in bytes.
const MAX_NAME: usize = 2048;
/// The most parts of a name.
const MAX_DEPTH: usize = 64;

/// Returns why a name is unsafe to unpack on some system, or hides something; nothing if it is safe everywhere.
pub(crate) fn fault(name: &str) -> Option<&'static str> {
    let name = name.strip_suffix('/').unwrap_or(name);
    let parts = || name.split('/');
    let is_long = name.len() > MAX_NAME
        || parts().count() > MAX_DEPTH
        || parts().any(|part| part.len() > MAX_PART && part.chars().count() > MAX_PART);
    if is_long {
        return Some("its name is longer or deeper than systems take");
    }
    if name.contains('\u{fffd}') {
        return Some("its name is not stored as UTF-8");
    }
    let leads = leads(name);
    match leads {
        Some(Leads::Out) => return Some("its path leads out of the pack"),
        Some(Leads::OutOnWindows) => return Some("its path leads out of the pack on Windows"),
        _ => {}
    }
    if name.chars().any(is_hidden) {
        return Some("its name has invisible characters, or some that change how it is shown");
    }
    if leads.is_some() {
        return Some("its path has an empty part");
    }
    if name.contains(['<', '>', '"', '|', '?', '*']) {
        return Some("its name has characters that Windows does not take");
    }
    if parts().any(|part| part.ends_with(['.', ' ']) || part.starts_with(' ')) {
        return Some("its name begins or ends with a blank or a point, which Windows drops");
    }
    if parts().any(is_device) {
        return Some("its name is a device name on Windows");
    }
    let hidden = |part: &str| part.starts_with('.') && !is_left_by_a_system(name);
    if parts().any(hidden) {
        return Some("its name begins with a point, so that systems hide it");
    }
    None
}

/// Files that file managers add to a folder when somebody opens it.
const LEFT: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini", ".directory"];

/// Returns true for files that a system adds to an archive or a folder: `.DS_Store`, `Thumbs.db`, those of
/// `__MACOSX`.
pub(crate) fn is_left_by_a_system(name: &str) -> bool {
    let name = name.strip_suffix('/').unwrap_or(name);
    let (folder, last) = name.rsplit_once('/').unwrap_or(("", name));
    let is_in_macosx = folder.split('/').next() == Some("__MACOSX");
    let has_hidden_folder = folder.split('/').any(|part| part.starts_with('.'));
    !has_hidden_folder && (LEFT.contains(&last) || (is_in_macosx && last.starts_with("._")))
}

/// Finds names that collide on some system: they differ only in case or in Unicode form, or one is a file where
/// another has a folder. Returns the numbers of the names, each with the reason.
pub(crate) fn twins<'n>(names: impl Iterator<Item = &'n str>) -> BTreeMap<usize, &'static str> {
    let key = |(at, name): (usize, &str)| {
        let (path, is_folder) = match name.strip_suffix('/') {
            Some(path) => (path, true),
            None => (name, false),
        };
        (folded(path) + "/", at, is_folder)
    };
    let mut keys: Vec<(String, usize, bool)> = names.enumerate().map(key).collect();
    // With a slash at its end, a name sorts directly before everything below it.
    keys.sort();
    let mut twins = BTreeMap::new();
    for pair in keys.windows(2) {
        let [(one, _, is_folder), (other, at, _)] = pair else {
            continue;
        };
        if one == other {
            twins.insert(
                *at,
                "its name equals that of another entry except for capitals or Unicode form",
            );
        } else if !is_folder && other.starts_with(one.as_str()) {
            twins.insert(*at, "it is in a folder that is also the name of a file");
        }
    }
    twins
}

/// Returns the form in which a system compares names if it ignores case and Unicode form.
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
            "a/clock$.txt",
            "nul .txt",
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
            "p/evidence/Thumbs.db",
            "p/.directory",
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
        let twins_in =
            |names: &[&str]| twins(names.iter().copied()).into_keys().collect::<Vec<_>>();
        let apart = [
            "p/",
            "p/a.pdf",
            "p/Gro\u{df}.pdf",
            "p/Gross.pdf",
            "p/\u{fc}.pdf",
            "p/x/",
            "p/x/y",
            "p/xy",
            "p/x-y",
        ];
        assert_eq!(twins_in(&apart), [] as [usize; 0]);
        for (names, found) in [
            (["p/a.pdf", "p/A.PDF"], 1),
            (["p/a.pdf", "P/a.pdf"], 1),
            (["p/\u{fc}.pdf", "p/u\u{308}.pdf"], 1),
            (["p/x/y", "p/x"], 0),
            (["p/a.pdf", "p/a.pdf/z"], 1),
            (["p/a", "p/a"], 1),
            (["p/a/", "p/a"], 1),
        ] {
            assert_eq!(twins_in(&names), [found], "{names:?}");
        }
    }
}
