//! The words of comments, messages and documents: plain English, the same everywhere. A place that is clean joins
//! [`CLEAN`], and stays clean.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::repository;

/// Words that read as translated, and what to write instead.
const BANNED: &[(&str, &str)] = &[
    ("anew", "again"),
    ("at once", "together, or immediately"),
    ("bear", "have, or show"),
    ("bears", "has, or shows"),
    ("by itself", "alone"),
    ("gave rise", "caused"),
    ("give rise", "cause"),
    ("gives rise", "causes"),
    ("lies", "is"),
    ("of its own accord", "unasked"),
    ("of one's own", "own"),
    ("said", "reported, or written"),
    ("stand", "be"),
    ("standing", "being"),
    ("stands", "is"),
    ("stood", "was"),
    ("told", "known, or reported"),
    ("what stands", "name the thing"),
    ("whatever", "any, or everything that"),
    ("whoever", "the person who"),
];

/// Sources and documents in which none of these words occurs.
const CLEAN: &[&str] = &[
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "README.md",
    "crates/archive/README.md",
    "crates/archive/src",
    "crates/look/README.md",
    "crates/look/src",
    "crates/office/README.md",
    "crates/office/src",
    "crates/pdf/README.md",
    "crates/pdf/src",
    "crates/sbom/README.md",
    "crates/sbom/src",
    "crates/sensitive/README.md",
    "crates/sensitive/src",
    "crates/typeset/README.md",
    "crates/typeset/src",
    "crates/workbook/README.md",
    "crates/workbook/src",
    "crates/words/README.md",
    "crates/words/src",
    "docs",
    "rules/README.md",
    "rules/guidance",
    "schemas",
    "src",
    "templates",
    "tests/README.md",
];

/// Where such a word is right: the file, the word, and why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "src/inspect/identity/labels.rs",
        "stand",
        "the German word for a state of software",
    ),
    (
        "templates/sample-declaration.html",
        "stands",
        "an invented text, which benches measure",
    ),
    (
        "templates/sample-declaration.html",
        "whatever",
        "an invented text, which benches measure",
    ),
    (
        "src/sheet/notes.rs",
        "stand",
        "the German word for a state of a list",
    ),
];

/// Returns the files below a path, in the order of their names.
fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    entries.iter().flat_map(|entry| files(entry)).collect()
}

/// Returns the prose of a line: all of a document, the comment or the quoted texts of a source.
fn prose(line: &str, is_source: bool) -> String {
    match line.trim_start().strip_prefix("//") {
        _ if !is_source => line.to_owned(),
        Some(comment) => comment.to_owned(),
        None => line
            .split('"')
            .skip(1)
            .step_by(2)
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// Returns the words of a text in lower case, with one space around each.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

#[test]
fn clean_places_stay_free_of_words_that_read_as_translated() {
    let mut faults = Vec::new();
    let paths = CLEAN.iter().flat_map(|place| files(&repository(place)));
    for path in paths {
        let name = path.strip_prefix(repository("")).unwrap();
        let name = name.to_string_lossy().replace('\\', "/");
        // Tests quote whatever they find, and pictures have no words.
        let Some(text) = fs::read_to_string(&path)
            .ok()
            .filter(|_| !name.contains("/tests"))
        else {
            continue;
        };
        let is_source = path.extension().is_some_and(|end| end == "rs");
        for (i, line) in text.lines().enumerate() {
            let words = words(&prose(line, is_source));
            let is_right = |word: &str| {
                let mut all = EXCEPTIONS.iter();
                all.any(|(file, allowed, _)| *file == name && *allowed == word)
            };
            let found = BANNED
                .iter()
                .filter(|(word, _)| words.contains(&format!(" {word} ")) && !is_right(word));
            for (word, instead) in found {
                faults.push(format!("{name}:{}: `{word}`: write {instead}", i + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn prose_is_found_in_comments_and_in_quoted_texts() {
    let found = |line| words(&prose(line, true));
    assert_eq!(found("    /// It Stands, here."), " it stands here ");
    assert_eq!(found(r#"let stands = f("told", told);"#), " told ");
    assert_eq!(words(&prose("stands", false)), " stands ");
}
