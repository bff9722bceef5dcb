//! Every code has cases that trigger it, and cases that come close and do not.

use std::path::Path;

use clspack::diag::Code;

use crate::pages::{self, Case};
use crate::{edit, support};

/// Codes to which no edit of a base can give rise.
const WITHOUT_CASE: &[Code] = &[
    // Links need rights on Windows: `world` lays them in a world of its own.
    Code::EvidenceLinksOut,
    // The superuser may read everything: `world` again.
    Code::EvidenceUnreadable,
];

/// Returns what a person sees of a case, and the codes in it.
fn found(case: &Case<'_>) -> (String, Vec<Code>) {
    let scratch = tempfile::tempdir().unwrap();
    let on = edit::apply(
        case.text,
        &support::repository("tests/findings"),
        scratch.path(),
    );
    let manifest = scratch.path().join("manifest.yaml");
    let read = support::read(&manifest, on);
    let codes: Vec<Code> = read.findings().iter().map(|finding| finding.code).collect();
    if codes.is_empty() {
        return ("no findings\n".to_owned(), codes);
    }
    // A finding about the whole file names it as the test did, which is another place each time.
    let text =
        support::findings_text(&read).replace(&manifest.display().to_string(), "manifest.yaml");
    (text, codes)
}

#[test]
fn each_case_finds_what_its_page_says() {
    pages::check_codes("tests/findings", found);
}

#[test]
fn every_page_is_named_by_a_code() {
    for folder in ["tests/findings", "tests/sheets"] {
        for entry in std::fs::read_dir(support::repository(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let of_code = Path::new(&name)
                .file_stem()
                .and_then(|stem| Code::find(stem.to_str()?));
            assert!(
                of_code.is_some() || matches!(&*name, "files" | "rows.md" | "suggest.md"),
                "{folder}/{name} is of no code"
            );
        }
    }
}

#[test]
fn every_code_has_a_trigger_and_a_near_miss() {
    let sources = sources();
    let mut without = Vec::new();
    for code in Code::ALL {
        let folder = match code.number().as_bytes()[0] {
            b'S' => "tests/sheets",
            // What is found in packs, batches, rules and templates is no edit of a base.
            b'B' | b'K' | b'R' | b'T' if *code != Code::CharacterWithoutGlyph => {
                if !sources.contains(&format!("Code::{code:?}")) && !sources.contains(code.number())
                {
                    without.push(format!("{code}: no test names it"));
                }
                continue;
            }
            _ if WITHOUT_CASE.contains(code) => continue,
            _ => "tests/findings",
        };
        let missing = pages::missing(folder, *code).into_iter();
        without.extend(missing.map(|kind| format!("{code}: no {kind} in {folder}")));
    }
    assert!(without.is_empty(), "{}", without.join("\n"));
}

/// Returns the tests, and what templates with faults are said to have.
fn sources() -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(support::repository("tests/it")).unwrap() {
        text += &support::text(&entry.unwrap().path());
    }
    for folder in ["tests/templates", "tests/word"]
        .into_iter()
        .flat_map(support::folders)
    {
        text += &support::text(&folder.join("expect.txt"));
    }
    text
}

#[test]
fn every_code_is_explained() {
    for code in Code::ALL {
        let long =
            clspack::diag::explanation(*code).unwrap_or_else(|| panic!("{code} is not explained"));
        for text in [long.title, long.why, long.example, long.fix] {
            assert!(!text.trim().is_empty(), "{code} has an empty text");
        }
    }
}

#[test]
fn no_number_is_given_twice() {
    let mut numbers: Vec<_> = Code::ALL.iter().map(|code| code.number()).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), Code::ALL.len());
}
