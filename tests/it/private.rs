//! Secrets and personal data: nothing that the program writes holds one, and a person may overrule a finding.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::binary::{Ran, run};
use crate::support;

/// Secrets of every kind, cut by `¦` so that no scanner of source code takes them for real, and what of them is secret.
const SECRETS: &[(&str, &str)] = &[
    (
        "push with gh¦p_9aB3kLmN0pQrS7tUvW2xYzA4bC6dE8fG1hJ5",
        "gh¦p_9aB3kLmN0pQrS7tUvW2xYzA4bC6dE8fG1hJ5",
    ),
    (
        "aws_access_key_id = AK¦IAQ3EGSIZQ7XB2LMWT",
        "AK¦IAQ3EGSIZQ7XB2LMWT",
    ),
    ("mqtt://device:Zk3mQ8vN¦@broker.maker.example", "Zk3mQ8vN"),
    ("password = Hx200¦-admin7", "Hx200-admin7"),
    ("NRIC: S64¦33012H", "S6433012H"),
    ("card 4539 4127¦ 7242 9717", "4539 4127 7242 9717"),
    ("from wei.ming¦.tan@gmail.com", "wei.ming.tan@gmail.com"),
    ("Mobile: +65 91¦23 4567", "9123 4567"),
    ("Cookie: session=Tt8¦vN1bR7tY5wQ", "Tt8vN1bR7tY5wQ"),
    ("Date of birth: 1985-¦03-12", "1985-03-12"),
];

fn whole(text: &str) -> String {
    text.replace('¦', "")
}

/// A product with a file of notes.
fn product(folder: &Path, notes: &str, more: &str) {
    support::copy(&support::repository("tests/bases/mra"), folder);
    fs::write(folder.join("evidence/5.1-1/notes.txt"), notes).unwrap();
    let manifest = folder.join("manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    let text = text.replace(
        "[evidence/5.1-1/passwords.pdf]",
        "[evidence/5.1-1/passwords.pdf, evidence/5.1-1/notes.txt]",
    );
    fs::write(&manifest, text + more).unwrap();
}

/// Every text that a run wrote, below a folder or on its streams, but the evidence itself.
fn written(folder: &Path, ran: &Ran) -> Vec<(String, String)> {
    let mut all = vec![
        ("stdout".to_owned(), ran.stdout.clone()),
        ("stderr".to_owned(), ran.stderr.clone()),
    ];
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let is_pdf = path.extension().is_some_and(|extension| extension == "pdf");
            let name = path.display().to_string().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if !name.ends_with("/notes.txt") && !name.contains("/evidence/") {
                let bytes = fs::read(&path).unwrap();
                let look = clspack::look::look(if is_pdf { "pdf" } else { "txt" }, &bytes);
                all.push((name, look.spaced + &look.unspaced));
            }
        }
    }
    all
}

#[test]
fn no_output_holds_a_secret() {
    let scratch = tempfile::tempdir().unwrap();
    let notes: Vec<String> = SECRETS.iter().map(|(line, _)| whole(line)).collect();
    product(&scratch.path().join("in/one"), &notes.join("\n"), "");
    let runs: [&[&str]; 7] = [
        &["check", "in/one"],
        &["check", "in/one", "--format", "json"],
        &["plan", "in/one"],
        &["plan", "in/one", "--format", "json"],
        &["pack", "in/one", "-o", "packs", "--dir", "--draft"],
        &["batch", "in", "-o", "batch", "--format", "json"],
        &["batch", "in", "-o", "batch-text"],
    ];
    let mut n_codes = 0;
    for arguments in runs {
        let ran = run(scratch.path(), arguments);
        let out = scratch.path().join(
            arguments
                .iter()
                .skip_while(|one| **one != "-o")
                .nth(1)
                .unwrap_or(&"none"),
        );
        for (name, text) in written(&out, &ran) {
            n_codes += text.matches("E051").count();
            for (_, secret) in SECRETS {
                assert!(
                    !text.contains(&whole(secret)),
                    "{arguments:?}: {name} holds `{secret}`"
                );
            }
        }
    }
    assert!(n_codes >= 7, "the findings are said {n_codes} times");
}

#[test]
fn a_secret_of_the_manifest_is_covered_where_it_is_quoted() {
    let scratch = tempfile::tempdir().unwrap();
    product(scratch.path(), "nothing", "");
    let manifest = scratch.path().join("manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    let secret = whole("Zk3mQ¦8vN1");
    fs::write(
        &manifest,
        text.replace(
            "Each unit has its own password.",
            &format!("See mqtt://hub:{secret}@hanbit.example."),
        ),
    )
    .unwrap();
    for arguments in [
        &["check", "."][..],
        &["check", ".", "--format", "json"],
        &["plan", "."],
        &["plan", ".", "--format", "json"],
    ] {
        let ran = run(scratch.path(), arguments);
        assert!(
            !ran.stdout.contains(&secret) && !ran.stderr.contains(&secret),
            "{arguments:?}:\n{}",
            ran.stdout
        );
    }
    run(scratch.path(), &["check", "."]).expect(1);
    assert!(fs::read_to_string(&manifest).unwrap().contains(&secret));
}

fn waiver(code: &str, place: &str) -> String {
    format!(
        "waivers:\n  - {{ code: {code}, place: \"{place}\", reason: Made for the picture., by: Robin Example, until: 2026-12-31 }}\n"
    )
}

#[test]
fn a_waived_finding_does_not_count_and_is_listed() {
    let scratch = tempfile::tempdir().unwrap();
    let token = whole(SECRETS[0].0);
    product(&scratch.path().join("one"), &token, "");
    run(scratch.path(), &["check", "one"]).expect(1);
    let waiver = waiver("E051", "evidence/5.1-1/notes.txt");
    product(&scratch.path().join("two"), &token, &waiver);
    let ran = run(scratch.path(), &["check", "two"]).expect(0);
    assert!(
        ran.stdout
            .contains("Waived\n  E051 at evidence/5.1-1/notes.txt: "),
        "{}",
        ran.stdout
    );
    let ran = run(scratch.path(), &["plan", "two", "--format", "json"]).expect(0);
    let plan: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(plan["waived"][0]["by"], "Robin Example");
    assert_eq!(plan["waived"][0]["until"], "2026-12-31");
    assert!(
        plan["findings"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["code"] != "E051")
    );
    run(scratch.path(), &["pack", "two", "-o", "packs", "--dir"]).expect(0);
    let summaries: Vec<_> = written(&scratch.path().join("packs"), &ran)
        .into_iter()
        .filter(|(name, _)| name.contains("summary"))
        .collect();
    assert!(
        summaries
            .iter()
            .any(|(_, text)| text.contains("RobinExample") || text.contains("Robin Example")),
        "{summaries:?}"
    );
}

#[test]
fn what_is_declared_does_not_depend_on_waivers() {
    let scratch = tempfile::tempdir().unwrap();
    for (name, more) in [
        ("one", String::new()),
        ("two", waiver("E153", "evidence/5.1-1/notes.txt")),
    ] {
        product(&scratch.path().join(name), "password = Hx200-admin7", &more);
    }
    let declared = |name: &str| support::declaration(&scratch.path().join(name)).0;
    assert_eq!(declared("one"), declared("two"));
}
