//! Layout and names of an archive.

use std::collections::BTreeSet;
use std::path::Path;

use clspack_archive::{Entry, Found, Oddities};

use crate::diag::Code;
use crate::pack::archive::{self, Archive};
use crate::pack::verify::{self, Report};
use crate::pack::{INVENTORY, names};

/// Reports the faults in the structure of an archive.
pub(super) fn refused(path: &Path, found: &Oddities, report: &mut Report) {
    for Found { entry, oddity } in &found.named {
        let (code, message) = (
            archive::code(*oddity),
            archive::in_words(*oddity).into_owned(),
        );
        match entry {
            Some(name) => report.add(code, name, message, verify::DO_NOT_OPEN),
            None => report.about(path, code, message, verify::DO_NOT_OPEN),
        }
    }
    if found.n_more > 0 {
        let message = format!("{} more entries have such faults", found.n_more);
        report.about(path, Code::ArchiveAmbiguous, message, verify::DO_NOT_OPEN);
    }
}

/// The result of judging the names of an archive.
#[derive(Default)]
pub(super) struct Judged<'a> {
    /// The files whose names are safe.
    pub(super) safe: Vec<usize>,
    pub(super) folders: Vec<&'a str>,
    pub(super) refused: BTreeSet<String>,
}

/// Judges the names of all entries.
pub(super) fn judged<'a>(archive: &'a Archive, report: &mut Report) -> Judged<'a> {
    let twins = names::twins(archive.entries.iter().map(|entry| entry.name.as_str()));
    let mut judged = Judged::default();
    for (at, entry) in archive.entries.iter().enumerate() {
        let name = &entry.name;
        // A byte of an old code page is one letter, and is judged like any other.
        let judged_as = if entry.has_foreign_name() {
            name.replace('\u{fffd}', "x")
        } else {
            name.clone()
        };
        if let Some(message) = names::fault(&judged_as).or_else(|| twins.get(&at).copied()) {
            report.add(Code::EntryUnsafe, name, message, verify::DO_NOT_OPEN);
            judged.refused.insert(name.clone());
        } else if entry.is_folder() {
            judged.folders.push(name.as_str());
        } else {
            judged.safe.push(at);
        }
    }
    judged
}

/// Returns the name of the folder around the pack, or an inner nothing if the pack has none; nothing at all if there
/// is no inventory.
#[expect(clippy::option_option, reason = "no inventory differs from no folder")]
pub(super) fn top(archive: &Archive, safe: &[usize]) -> Option<Option<String>> {
    let names = || safe.iter().map(|at| archive.entries[*at].name.as_str());
    let of_folder = names().find_map(|name| {
        let (folder, last) = name.split_once('/')?;
        (last == INVENTORY).then(|| folder.to_owned())
    });
    match of_folder {
        Some(folder) => Some(Some(folder)),
        None => names().any(|name| name == INVENTORY).then_some(None),
    }
}

/// Returns the signs that another program wrote an archive.
pub(super) fn wrapping(archive: &Archive) -> BTreeSet<&'static str> {
    let entries = &archive.entries;
    let mut found = BTreeSet::new();
    if entries.iter().any(|entry| entry.name.ends_with('/')) {
        found.insert("with entries for folders");
    }
    if entries.iter().any(|entry| entry.is_unmarked) {
        found.insert("without the mark for names in UTF-8");
    }
    let when = |entry: &Entry| (entry.style.time, entry.style.date);
    let is_alike = entries
        .first()
        .is_none_or(|first| entries.iter().all(|one| when(one) == when(first)));
    if !is_alike || !entries.iter().all(archive::is_plain) {
        found.insert("with other times or attributes");
    }
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    // The inventory is last; everything else is in the order of paths.
    let sorted = names
        .split_last()
        .is_none_or(|(last, rest)| rest.is_sorted() && last.rsplit('/').next() == Some(INVENTORY));
    if !sorted {
        found.insert("in another order");
    }
    found
}
