//! A finding about an application says "the manifest" or "the row" by its medium, and never by itself.

use std::fs;
use std::path::PathBuf;

use crate::support::repository;

/// Rooms whose findings may be about a row.
const ROOMS: &[&str] = &[
    "src/gather",
    "src/inspect",
    "src/manifest",
    "src/plan",
    "src/signing",
];

/// Words of one medium only.
const WORDS: &[&str] = &[
    "the manifest",
    "this manifest",
    "remove the field",
    "under `confirmed`",
    "`signed_for: ",
];

/// Sentences that are for a manifest alone, or beside which stands one for a cell.
const ALONE: &[&str] = &[
    // What is wrong with the text of a file.
    "the manifest is {}, not {expected}",
    "the manifest is larger than {} KiB",
    "the manifest is stored as UTF-16",
    "the manifest is empty",
    "the manifest is not a text file",
    "line {line} of the manifest is not stored as UTF-8",
    "the pack holds the manifest with its remarks",
    // A row has no variants.
    "write at least one variant, or remove the field",
    "the manifest has {} variants, too many for one of {} KiB",
    "write it at the beginning of the manifest, for all variants",
    // The other sentence is beside it.
    "remove it from the manifest",
    "remove the field if the text beside it has them",
    "remove `declaration` from the manifest until then",
    "it counts from the folder of the manifest or sheet",
];

fn files() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = ROOMS.iter().map(|room| repository(room)).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true if path.ends_with("tests") => {}
                true => folders.push(path),
                false => files.push(path),
            }
        }
    }
    files.sort();
    files
}

#[test]
fn no_sentence_takes_a_row_for_a_manifest() {
    let mut found = Vec::new();
    for file in files().iter().filter(|file| !file.ends_with("tests.rs")) {
        let text = fs::read_to_string(file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        for line in text.lines().map(str::trim) {
            let is_sentence = line.contains('"') && !line.starts_with("//");
            let is_alone = ALONE.iter().any(|sentence| line.contains(sentence));
            if is_sentence && !is_alone && WORDS.iter().any(|words| line.contains(words)) {
                found.push(format!("{}: {line}", file.display()));
            }
        }
    }
    assert!(
        found.is_empty(),
        "say these by `told`, with the words of `Medium`:\n{}",
        found.join("\n")
    );
}
