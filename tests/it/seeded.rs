//! Single faults, put into every example that makes a pack: each is found by a finding of its own. Honest changes of
//! the same kinds have none.
//!
//! `tests/seeded/faults.txt` and `honest.txt` have a change on each line; `found.txt` has what came of the faults.
//!
//! ```text
//! name: change, and more of them after `;`
//! paper OLD => NEW          the certificate or the laboratory's report, written again with other words
//! certificate, report       the same, where there is such a paper
//! file NAME OLD => NEW      any other PDF or text
//! manifest OLD => NEW       the first such words of the manifest
//! field KEY VALUE           the value of the first field of this name
//! detail TEXT               the detail of the first answer `yes`
//! add NAME = TEXT           another file of evidence; a PDF file where it is named so
//! bytes NAME = TEXT         another file of evidence, `\xNN` for bytes
//! beside NAME = TEXT        a file that the manifest does not name
//! spoil NAME HOW            zeros, noise, nothing or half of a file
//! ```
//!
//! `{model}` and the like are the example's own words, `{other}` is its model with another last character. A change
//! that an example has no place for is left out there.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clspack::pdf;

use crate::paper;
use crate::support::{copy, expect, read, repository};

/// Code and message of a finding.
type Said = (String, String);

/// Words of an example by which changes speak of it.
struct Example {
    name: &'static str,
    certificate: &'static str,
    report: &'static str,
    words: &'static [(&'static str, &'static str)],
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "german-camera",
        certificate: "evidence/bsi-it-security-label.pdf",
        report: "",
        words: &[
            ("{model}", "WB-K300"),
            ("{other}", "WB-K301"),
            ("{plain}", "WBK300"),
            ("{brand}", "Wächterblick"),
            ("{firmware}", "4.7.0"),
            ("{applicant}", "Wächterblick Kameratechnik GmbH"),
            ("{number}", "sik-00042"),
            ("{issued}", "2025-11-03"),
            ("{until}", "2. November 2027"),
        ],
    },
    Example {
        name: "japanese-camera",
        certificate: "evidence/jc-star-label.pdf",
        report: "",
        words: &[
            ("{model}", "RC-110"),
            ("{other}", "RC-111"),
            ("{plain}", "RC110"),
            ("{brand}", "例示光学"),
            ("{firmware}", "2.3.1"),
            ("{applicant}", "株式会社例示光学"),
            ("{number}", "JCSTAR-EXAMPLE-0007"),
            ("{issued}", "2026-06-15"),
            ("{until}", "2028-06-14"),
        ],
    },
    Example {
        name: "korean-robot-vacuum",
        certificate: "evidence/kisa-cic-certificate.pdf",
        report: "",
        words: &[
            ("{model}", "VR7MD97716G"),
            ("{other}", "VR7MD97716H"),
            ("{plain}", "VR7-MD97716G"),
            ("{brand}", "Samsung"),
            ("{firmware}", "A-VRB-241101"),
            ("{applicant}", "Example Electronics Singapore Pte. Ltd."),
            ("{number}", "CIC-EXAMPLE-0014"),
            ("{issued}", "2024-12-17"),
            ("{until}", "2027-12-16"),
        ],
    },
    Example {
        name: "level-4-door-lock",
        certificate: "",
        report: "evidence/laboratory/laboratory-report.pdf",
        words: &[
            ("{model}", "KV-D1"),
            ("{other}", "KV-D2"),
            ("{plain}", "KVD1"),
            ("{brand}", "Kunciva"),
            ("{firmware}", "2.8.0"),
            ("{applicant}", "Kunciva Access Pte. Ltd."),
            ("{number}", "ELR-2026-0131"),
            ("{issued}", "2026-11-06"),
        ],
    },
    Example {
        name: "wifi-router-level-2",
        certificate: "",
        report: "evidence/laboratory-report.pdf",
        words: &[
            ("{model}", "OG-AX3000"),
            ("{other}", "OG-AX3001"),
            ("{plain}", "OGAX3000"),
            ("{brand}", "Orchidgate"),
            ("{firmware}", "3.4.2"),
            ("{applicant}", "Orchidgate Networks Pte. Ltd."),
            ("{number}", "ELR-2026-0117"),
            ("{issued}", "2026-10-09"),
        ],
    },
];

#[test]
fn faults_are_found() {
    let (mut n_found, mut n_all, mut page) = (0, 0, String::new());
    let before = findings_of_examples();
    for (name, changes) in lines("faults.txt") {
        let _ = write!(page, "{name}:");
        for (example, before) in EXAMPLES.iter().zip(&before) {
            let Some(new) = new_findings(example, before, &changes) else {
                continue;
            };
            n_all += 1;
            n_found += usize::from(!new.is_empty());
            let codes: Vec<_> = new.iter().map(|(code, _)| code.as_str()).collect();
            let codes = if codes.is_empty() {
                "–".to_owned()
            } else {
                codes.join("+")
            };
            let _ = write!(page, " {codes}");
        }
        page.push('\n');
    }
    let _ = writeln!(page, "\n{n_found} of {n_all} found");
    expect(&repository("tests/seeded/found.txt"), &page);
    assert!(n_found * 100 >= n_all * 97, "{n_found} of {n_all} found");
}

#[test]
fn honest_changes_are_not_reported() {
    let before = findings_of_examples();
    for (name, changes) in lines("honest.txt") {
        for (example, before) in EXAMPLES.iter().zip(&before) {
            let new = new_findings(example, before, &changes).unwrap_or_default();
            assert!(new.is_empty(), "{name}, {}: {new:?}", example.name);
        }
    }
}

fn lines(file: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(repository("tests/seeded").join(file)).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let parted = lines.map(|line| line.split_once(": ").unwrap_or_else(|| panic!("{line}")));
    parted
        .map(|(name, changes)| (name.to_owned(), changes.to_owned()))
        .collect()
}

fn findings_of_examples() -> Vec<Vec<Said>> {
    let folders = EXAMPLES
        .iter()
        .map(|example| repository("examples").join(example.name));
    folders.map(|folder| findings(&folder)).collect()
}

/// Returns code and message of what the changes add to the findings of an example; `None` if it has no place for one.
fn new_findings(example: &Example, before: &[Said], changes: &str) -> Option<Vec<Said>> {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join(example.name);
    copy(&repository("examples").join(example.name), &folder);
    for change in changes.split("; ") {
        let mut change = change.to_owned();
        for (name, word) in example.words {
            change = change.replace(name, word);
        }
        apply(example, &folder, &change)?;
    }
    let after = findings(&folder).into_iter();
    Some(after.filter(|one| !before.contains(one)).collect())
}

/// Returns code and message of the findings of an application. That a portal may not take a type is no matter here.
fn findings(folder: &Path) -> Vec<Said> {
    let case = read(&folder.join("manifest.yaml"), None);
    let findings = case.findings().iter();
    let findings = findings.map(|one| (one.code.number().to_owned(), one.message.clone()));
    findings.filter(|(code, _)| code != "E101").collect()
}

fn apply(example: &Example, folder: &Path, change: &str) -> Option<()> {
    if change.contains('{') && !change.starts_with("detail") {
        return None;
    }
    let (verb, rest) = change.split_once(' ').unwrap_or((change, ""));
    let paper = if example.certificate.is_empty() {
        example.report
    } else {
        example.certificate
    };
    match verb {
        "paper" => reword(&folder.join(paper), rest),
        "certificate" if !example.certificate.is_empty() => reword(&folder.join(paper), rest),
        "report" if !example.report.is_empty() => reword(&folder.join(paper), rest),
        "file" => {
            let (name, rest) = rest.split_once(' ')?;
            reword(&folder.join(name), rest)
        }
        "manifest" => reword(&folder.join("manifest.yaml"), rest),
        "field" => set(&folder.join("manifest.yaml"), rest),
        "detail" => answer(&folder.join("manifest.yaml"), rest),
        "add" | "bytes" => {
            let (name, text) = rest.split_once(" = ")?;
            write(&folder.join(name), text);
            named(&folder.join("manifest.yaml"), name)
        }
        "beside" => {
            let (name, text) = rest.split_once(" = ")?;
            write(&folder.join(name), text);
            Some(())
        }
        "spoil" => spoil(folder, rest),
        _ => None,
    }
}

/// Writes a file again with other words; nothing to the left of the arrow is before the first of them.
fn reword(path: &Path, change: &str) -> Option<()> {
    let (old, new) = change
        .split_once("=> ")
        .map(|(old, new)| (old.trim_end(), new))?;
    let bytes = std::fs::read(path).ok()?;
    if path.extension().is_some_and(|extension| extension != "pdf") {
        let text = String::from_utf8(bytes).ok()?;
        let changed = text.contains(old).then(|| text.replacen(old, new, 1))?;
        return std::fs::write(path, changed).ok();
    }
    let pages: Vec<String> = pdf::read(bytes)
        .ok()?
        .pages
        .into_iter()
        .map(|page| page.words)
        .collect();
    if !pages.iter().any(|page| page.contains(old)) {
        return None;
    }
    let all = |page: &String| {
        if old.is_empty() {
            format!("{new}\n{page}")
        } else {
            page.replace(old, new)
        }
    };
    let pages: Vec<String> = pages.iter().map(all).collect();
    std::fs::write(path, paper::pdf(&pages)).ok()
}

fn set(manifest: &Path, change: &str) -> Option<()> {
    let (key, value) = change.split_once(' ')?;
    let text = std::fs::read_to_string(manifest).unwrap();
    let start = text.find(&format!("{key}: "))? + key.len() + 2;
    let is_end = |c: char| c == '\n' || (c == ',' || c == '}') && !text[start..].starts_with('"');
    let quoted = text[start..].starts_with('"');
    let end = start
        + if quoted {
            text[start + 1..].find('"')? + 2
        } else {
            text[start..].find(is_end)?
        };
    let changed = format!("{}{value}{}", &text[..start], &text[end..]);
    std::fs::write(manifest, changed).ok()
}

fn answer(manifest: &Path, detail: &str) -> Option<()> {
    let text = std::fs::read_to_string(manifest).unwrap();
    let start = text.find("support: yes\n    detail: ")? + "support: yes\n    detail: ".len();
    let end = start + text[start..].find('\n')?;
    let detail = detail.replace('"', "\\\"");
    std::fs::write(
        manifest,
        format!("{}\"{detail}\"{}", &text[..start], &text[end..]),
    )
    .ok()
}

/// Names a file as evidence of the first label or answer that has some.
fn named(manifest: &Path, name: &str) -> Option<()> {
    let text = std::fs::read_to_string(manifest).unwrap();
    let start = text.find("\n    evidence: [")?;
    let end = start + text[start..].find(']')?;
    std::fs::write(
        manifest,
        format!("{}, {name}{}", &text[..end], &text[end..]),
    )
    .ok()
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let bytes = match path.extension() {
        Some(extension) if extension == "pdf" => paper::pdf(&[text.replace("\\n", "\n")]),
        _ => crate::edit::bytes(text),
    };
    std::fs::write(path, bytes).unwrap();
}

fn spoil(folder: &Path, change: &str) -> Option<()> {
    let (name, how) = change.split_once(' ')?;
    let path: PathBuf = folder.join(name);
    let mut bytes = std::fs::read(&path).ok()?;
    let n = bytes.len();
    match how {
        "zeros" => bytes[20..n - 20].fill(0),
        "noise" => (20..n).for_each(|i| bytes[i] = u8::try_from(i * i % 251).unwrap()),
        "nothing" => bytes.truncate(8),
        _ => bytes.truncate(n / 2),
    }
    std::fs::write(path, bytes).ok()
}
