//! What `clspack gaps` lists.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::binary::run;
use crate::support;

/// A copy of a base, with other texts in its manifest.
fn project(base: &str, edits: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    support::copy(
        &support::repository("tests/bases").join(base),
        folder.path(),
    );
    let manifest = folder.path().join("manifest.yaml");
    let mut text = fs::read_to_string(&manifest).unwrap();
    for (old, new) in edits {
        assert!(text.contains(old), "{old}");
        text = text.replace(old, new);
    }
    fs::write(manifest, text).unwrap();
    folder
}

fn json(folder: &Path, code: i32) -> Value {
    let ran = run(folder, &["gaps", ".", "--format", "json"]).expect(code);
    serde_json::from_str(&ran.stdout).unwrap()
}

fn item<'v>(gaps: &'v Value, id: &str) -> &'v Value {
    let mut items = gaps["items"].as_array().unwrap().iter();
    items
        .find(|item| item["id"] == id)
        .unwrap_or_else(|| panic!("no {id}"))
}

const LOGIN: &str = "  5.1-3: { support: yes, detail: Users log in over TLS 1.3., evidence: [evidence/login.pdf] }\n";
const POLICY: &str = "  5.2-1: { support: yes, detail: The disclosure policy is published., evidence: [evidence/disclosure.pdf] }\n";
const UPDATES: &str = "  5.3-8: { support: yes, detail: Security updates are issued within 30 days., evidence: [evidence/updates.pdf] }\n";

/// Level 1 without an answer, without evidence, and with evidence that is not there.
fn with_gaps() -> tempfile::TempDir {
    let edits = [
        (LOGIN, ""),
        (
            POLICY,
            "  5.2-1: { support: yes, detail: The disclosure policy is published. }\n",
        ),
        (
            UPDATES,
            "  5.3-8: { support: yes, detail: Security updates are issued within 30 days., evidence: [{ file: evidence/times.pdf, owner: Firmware team, date: 2026-11-12 }] }\n",
        ),
    ];
    project("level-1", &edits)
}

#[test]
fn each_item_says_what_is_asked_what_is_there_and_what_is_missing() {
    let folder = with_gaps();
    let gaps = json(folder.path(), 0);
    assert_eq!(gaps["schema"], "clspack.gaps/1");
    assert_eq!(gaps["route"], "standard");
    let expected = [
        ("5.1-3", "missing", "an answer"),
        ("5.2-1", "incomplete", "evidence"),
        (
            "5.3-8",
            "incomplete",
            "the file `evidence/times.pdf`, which cannot be used as it is",
        ),
        ("declaration", "incomplete", "the signed copy"),
    ];
    for (id, state, missing) in expected {
        let item = item(&gaps, id);
        assert_eq!(item["state"], state, "{id}");
        assert_eq!(item["missing"][0], missing, "{id}");
    }
    assert_eq!(item(&gaps, "5.3-8")["owners"][0], "Firmware team");
    assert_eq!(item(&gaps, "5.3-8")["findings"][0]["code"], "E001");
    assert_eq!(item(&gaps, "5.1-1")["state"], "complete");
    assert!(item(&gaps, "5.1-3")["asked"].as_str().unwrap().len() > 20);
    assert_eq!(item(&gaps, "5.1-3")["gateway_only"], true);
    // Nothing beyond the level is asked for.
    let items = gaps["items"].as_array().unwrap();
    assert!(items.iter().all(|item| item["id"] != "5.5-1"));
}

#[test]
fn by_mutual_recognition_no_provision_is_asked_for() {
    let folder = project(
        "mra",
        &[("    evidence: [evidence/kisa-certificate.pdf]\n", "")],
    );
    let gaps = json(folder.path(), 0);
    assert!(
        gaps["asks"]
            .as_str()
            .unwrap()
            .starts_with("By mutual recognition")
    );
    let items = gaps["items"].as_array().unwrap();
    assert!(items.iter().all(|item| item["kind"] == "document"));
    let certificate = item(&gaps, "KISA CIC CIC-EXAMPLE-0001");
    assert_eq!(certificate["state"], "missing");
}

#[test]
fn gaps_are_no_errors_but_the_manifest_may_have_some() {
    let folder = project(
        "level-1",
        &[
            (LOGIN, ""),
            ("category: smart-camera", "category: smart-camra"),
        ],
    );
    assert_eq!(run(folder.path(), &["gaps", "."]).code, 1);
    let folder = project("level-1", &[("schema: 1", "schema: [")]);
    let ran = run(folder.path(), &["gaps", ".", "--format", "json"]).expect(1);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(document["schema"], "clspack.check/1");
}

#[test]
fn people_read_what_to_add_under_its_clause_or_owner() {
    let folder = with_gaps();
    let text = run(folder.path(), &["gaps", "."]).expect(0).stdout;
    for line in [
        "5.1 Passwords and logins",
        "    missing  an answer",
        "    there    evidence/times.pdf, dated 2026-11-12, owner Firmware team",
        "(gateway guidance only)",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let text = run(folder.path(), &["gaps", ".", "--by", "owner"])
        .expect(0)
        .stdout;
    let owner = text.find("\nFirmware team\n").unwrap();
    assert!(owner < text.find("\nno owner\n").unwrap(), "{text}");
}

#[test]
fn tables_are_written_for_spreadsheets() {
    let folder = with_gaps();
    let csv = run(
        folder.path(),
        &["gaps", ".", "--format", "csv", "--by", "owner"],
    )
    .expect(0)
    .stdout;
    let mut lines = csv.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("\u{feff}Owner,Clause,Item,Subject,State,Missing,")
    );
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("Firmware team,5.3 Software updates,5.3-8,")
    );
    let xlsx = ["gaps", ".", "--format", "xlsx", "-o", "gaps.xlsx"];
    run(folder.path(), &["gaps", ".", "--format", "xlsx"]).expect(2);
    run(folder.path(), &xlsx).expect(0);
    let bytes = fs::read(folder.path().join("gaps.xlsx")).unwrap();
    assert!(bytes.starts_with(b"PK"));
    // An output never replaces a file.
    let again = run(folder.path(), &xlsx).expect(2);
    assert!(again.stderr.contains("exists already"), "{}", again.stderr);
    run(folder.path(), &["gaps", ".", "--format", "sarif"]).expect(2);
    run(folder.path(), &["check", ".", "--format", "csv"]).expect(2);
    run(
        folder.path(),
        &["gaps", ".", "--format", "xlsx", "-o", "same.xlsx"],
    )
    .expect(0);
    assert_eq!(fs::read(folder.path().join("same.xlsx")).unwrap(), bytes);
}
