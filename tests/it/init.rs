//! `clspack init` with flags: words as people say them, what the answers lead to, and what is written.

use std::fs;
use std::path::Path;

use crate::binary::run;

/// Runs `init`, which asks nothing, into the folder `new`.
fn init(folder: &Path, flags: &[&str]) -> crate::binary::Ran {
    let mut arguments = vec!["init", "new", "--no-input"];
    arguments.extend(flags);
    run(folder, &arguments).expect(0)
}

fn manifest(folder: &Path) -> String {
    fs::read_to_string(folder.join("new/manifest.yaml")).unwrap()
}

fn plan(folder: &Path) -> serde_json::Value {
    let ran = run(folder, &["plan", "new", "--format", "json"]).expect(1);
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn words_are_taken_as_people_say_them() {
    let scratch = tempfile::tempdir().unwrap();
    let ran = init(
        scratch.path(),
        &[
            "--category",
            "スマートロック",
            "--label",
            "KISA CIC：ベーシック",
            "--label",
            "JC-STAR:★1",
            "--model",
            "ＭＨ－３００",
            "--submission",
            "15 December 2026",
            "--support-until",
            "令和12年12月31日",
        ],
    );
    for said in [
        "`スマートロック` is read as `door-lock`",
        "`ベーシック` is read as `basic`",
        "`ＭＨ－３００` is read as `MH-300`",
        "`15 December 2026` is read as `2026-12-15`",
        "`令和12年12月31日` is read as `2030-12-31`",
    ] {
        assert!(ran.stderr.contains(said), "{said}\n{}", ran.stderr);
    }
    assert!(!ran.stderr.contains("KISA"), "{}", ran.stderr);
    let text = manifest(scratch.path());
    for line in [
        "category: door-lock",
        "scheme: kisa-cic",
        "level: star-1",
        "models: [\"MH-300\"]",
        "submission: 2026-12-15",
        "until: 2030-12-31",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn what_is_uncertain_is_asked_and_nothing_is_written() {
    let scratch = tempfile::tempdir().unwrap();
    for (flag, value, asked) in [
        (
            "--category",
            "gateway",
            "did you mean `smart-home-hub` or `home-gateway`?",
        ),
        ("--category", "smart clock", "did you mean `door-lock`?"),
        (
            "--submission",
            "05/06/2026",
            "did you mean `2026-06-05` or `2026-05-06`?",
        ),
        ("--applicant", " ", "is empty"),
        (
            "--label",
            "bsi:basic",
            "there is no bsi label of the level `basic`",
        ),
    ] {
        let ran = run(scratch.path(), &["init", "new", "--no-input", flag, value]).expect(2);
        assert!(ran.stderr.contains(asked), "{value}: {}", ran.stderr);
        assert!(!scratch.path().join("new").exists(), "{value}");
    }
}

#[test]
fn the_outcome_is_that_of_the_plan() {
    for flags in [
        vec![
            "--category",
            "hub",
            "--label",
            "kisa-cic:basic",
            "--submission",
            "2026-12-01",
        ],
        vec![
            "--category",
            "smart lock",
            "--level",
            "2",
            "--submission",
            "2026-12-01",
        ],
        vec![
            "--category",
            "camera",
            "--level",
            "1",
            "--submission",
            "2026-12-01",
        ],
    ] {
        let scratch = tempfile::tempdir().unwrap();
        let ran = init(scratch.path(), &flags);
        let plan = plan(scratch.path());
        let form = format!("form {} ", plan["form"].as_str().unwrap());
        let fee = format!(
            "gives Level {} for SGD {}",
            plan["level"],
            plan["fee"]["amount"].as_str().unwrap_or_default()
        );
        assert!(
            ran.stderr.contains(&form) && ran.stderr.contains(&fee),
            "{fee}\n{}",
            ran.stderr
        );
    }
    let scratch = tempfile::tempdir().unwrap();
    let ran = init(scratch.path(), &["--category", "camera"]);
    assert!(
        ran.stderr.contains("no form yet: no level is applied for"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_manifest_has_what_its_form_asks_for() {
    let scratch = tempfile::tempdir().unwrap();
    init(
        scratch.path(),
        &["--category", "hub", "--label", "kisa-cic:basic"],
    );
    let text = manifest(scratch.path());
    assert!(text.starts_with("# yaml-language-server: $schema=clspack-manifest.schema.json\n"));
    assert!(text.contains("clspack schema > clspack-manifest.schema.json"));
    for other in [
        "provisions",
        "laboratory",
        "5.1-1",
        "binary-scan",
        "support: yes",
    ] {
        assert!(!text.contains(other), "{other}\n{text}");
    }
    let scratch = tempfile::tempdir().unwrap();
    init(scratch.path(), &["--category", "hub", "--level", "3"]);
    let text = manifest(scratch.path());
    for asked in [
        "laboratory:",
        "5.1-1: { support: ,",
        "CK-LP-01",
        "binary-scan:",
        "sbom:",
    ] {
        assert!(text.contains(asked), "{asked}\n{text}");
    }
    assert!(!text.contains("labels:"), "{text}");
}

#[test]
fn a_company_abroad_has_country_and_number() {
    let scratch = tempfile::tempdir().unwrap();
    init(
        scratch.path(),
        &["--country", "Japan", "--registration", "0100-01-000001"],
    );
    let text = manifest(scratch.path());
    assert!(
        text.contains("country: JP") && text.contains("number: \"0100-01-000001\""),
        "{text}"
    );
    assert!(!text.contains("uen"), "{text}");
    let both = [
        "init",
        "both",
        "--no-input",
        "--uen",
        "201912345R",
        "--country",
        "KR",
    ];
    let ran = run(scratch.path(), &both).expect(2);
    assert!(
        ran.stderr.contains("a UEN or a registration abroad"),
        "{}",
        ran.stderr
    );
    let own = ["init", "own", "--no-input", "--country", "SG"];
    let ran = run(scratch.path(), &own).expect(2);
    assert!(ran.stderr.contains("has a UEN"), "{}", ran.stderr);
}

#[test]
fn a_sheet_has_the_answers_in_its_row() {
    let flags = [
        "--brand",
        "Hanbit, Inc",
        "--name",
        "Hub",
        "--model",
        "HX-200",
        "--model",
        "HX-200K",
        "--category",
        "hub",
        "--label",
        "bsi",
        "--label",
        "CIC:basic",
        "--level",
        "3",
    ];
    for name in ["new.csv", "new.XLSX"] {
        let scratch = tempfile::tempdir().unwrap();
        let mut arguments = vec!["init", "--no-input", "--sheet", name];
        arguments.extend(flags);
        run(scratch.path(), &arguments).expect(0);
        assert!(!scratch.path().join("manifest.yaml").exists());
        let batch = ["batch", name, "-o", "out", "--format", "json"];
        let ran = run(scratch.path(), &batch).expect(1);
        let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let text = report.to_string();
        for said in ["Hanbit, Inc", "HX-200K", "iotmra"] {
            assert!(text.contains(said), "{name}: {said}\n{text}");
        }
        for wrong in ["S006", "M014", "M009", "M118"] {
            assert!(!text.contains(wrong), "{name}: {wrong}\n{text}");
        }
        let again = run(scratch.path(), &arguments).expect(2);
        assert!(
            again.stderr.contains("never writes over"),
            "{}",
            again.stderr
        );
    }
    let scratch = tempfile::tempdir().unwrap();
    let ran = run(
        scratch.path(),
        &["init", "--no-input", "--sheet", "new.ods"],
    )
    .expect(2);
    assert!(ran.stderr.contains("`.xlsx` or `.csv`"), "{}", ran.stderr);
}
