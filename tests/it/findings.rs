//! Every code has a case that gives rise to it and one that comes close and does not.

use std::path::Path;

use clspack::diag::Code;

use crate::{edit, support};

/// Codes of rule data, packs and documents have cases of their own kind.
const ELSEWHERE: &[char] = &['B', 'R', 'K', 'T', 'S'];

/// Codes to which no edit of a base can give rise.
const WITHOUT_CASE: &[Code] = &[
    // Links need rights on Windows: `world` lays them in a world of its own.
    Code::EvidenceLinksOut,
    // The superuser may read everything: `world` again.
    Code::EvidenceUnreadable,
];

fn code_of(folder: &Path) -> Code {
    let name = folder.file_name().unwrap().to_str().unwrap();
    let (number, rest) = name.split_once('-').unwrap_or((name, ""));
    let code = Code::find(number).unwrap_or_else(|| panic!("{name} begins with no code"));
    assert!(
        rest.starts_with(&code.name()),
        "{name} should begin with {number}-{}",
        code.name()
    );
    code
}

#[test]
fn each_case_gives_its_finding_and_its_neighbour_does_not() {
    let mut failed = Vec::new();
    for folder in support::folders("tests/findings") {
        let code = code_of(&folder);
        for (edit, expected) in [("triggers.edit", true), ("comes-close.edit", false)] {
            let scratch = tempfile::tempdir().unwrap();
            let on = edit::apply(&folder.join(edit), scratch.path());
            let case = support::read(&scratch.path().join("manifest.yaml"), on);
            let has = case.findings().iter().any(|finding| finding.code == code);
            if has != expected {
                failed.push(format!(
                    "{}/{edit}: {code} {}\n{}",
                    folder.display(),
                    if has { "is there" } else { "is not there" },
                    support::findings_text(&case)
                ));
            }
            if expected {
                // A finding about the whole file names it as the test did, which is another place each time.
                let text = support::findings_text(&case).replace(
                    &scratch.path().join("manifest.yaml").display().to_string(),
                    "manifest.yaml",
                );
                support::expect(&folder.join("expect.txt"), &text);
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let cased: Vec<_> = support::folders("tests/findings")
        .iter()
        .map(|folder| code_of(folder))
        .collect();
    let without: Vec<_> = Code::ALL
        .iter()
        .filter(|code| {
            !code.number().starts_with(ELSEWHERE)
                && !WITHOUT_CASE.contains(code)
                && !cased.contains(code)
        })
        .map(|code| code.number())
        .collect();
    assert!(
        without.is_empty(),
        "codes without a case in tests/findings: {without:?}"
    );
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
