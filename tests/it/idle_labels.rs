//! Labels on which nothing rests: no paper states those with errors, and none of them opens anything elsewhere. And packs
//! that are opened as projects.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::binary::run;
use crate::support;

const SOUND: &str = "  - { scheme: kisa-cic, level: basic, number: SOUND-1, issued: 2026-01-01, expires: 2029-12-31, models: [HX-200, HX-200K] }\n";
const IDLE: &str = r#"  - { scheme: jc-star, level: star-1, number: "", issued: 2026-06-10, expires: 2028-06-09, models: [HX-200, HX-200K] }
  - { scheme: bsi, number: sik-00001, issued: 2024-01-01, expires: 2025-12-31, models: [HX-200, HX-200K] }
  - { scheme: traficom, number: FI-1, issued: 2026-01-01, models: [OTHER-1] }
  - { scheme: kisa-cic, level: lite, number: LITE-1, issued: 2026-01-01, expires: 2028-12-31, models: [OTHER-1] }
  - { scheme: kisa-cic, level: lite, number: LITE-2, issued: 2027-01-01, expires: 2029-12-31, models: [HX-200, HX-200K] }
"#;

/// Makes a project of a base, with further labels.
fn project(base: &str, change: impl Fn(String) -> String) -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("in");
    support::copy(
        &support::repository(&format!("tests/bases/{base}")),
        &folder,
    );
    let manifest = folder.join("manifest.yaml");
    let text = change(fs::read_to_string(&manifest).unwrap());
    fs::write(manifest, text).unwrap();
    scratch
}

fn with_labels(labels: &str) -> impl Fn(String) -> String {
    move |text| text.replace("laboratory:", &format!("{labels}laboratory:"))
}

fn held(root: &Path) -> Vec<String> {
    let ran = run(root, &["plan", "in", "--format", "json"]);
    let plan: Value = serde_json::from_str(&ran.stdout).unwrap();
    let plan = plan.get("plan").unwrap_or(&plan);
    let lines = plan["outlook"].as_array().unwrap().iter();
    let held = lines.filter(|line| line["held"] == true);
    held.map(|line| line["country"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn papers_state_only_labels_without_errors() {
    let scratch = project("mra", with_labels(&format!("{SOUND}{IDLE}")));
    let root = scratch.path();
    run(root, &["pack", "in", "-o", "out", "--dir"]).expect(0);
    let pack = root.join("out/HX-200_iotmra_2026-12-01");
    let sheet = fs::read_to_string(pack.join("00-upload-sheet.html")).unwrap();
    let (values, _) = sheet.split_once("Signatory").unwrap();
    for number in ["CIC-EXAMPLE-0001", "SOUND-1"] {
        assert!(values.contains(number), "{number}");
    }
    for words in ["sik-00001", "FI-1", "LITE-", "JC-STAR", "Label 3"] {
        assert!(!values.contains(words), "{words}");
    }
    let uploads = fs::read_dir(pack.join("upload")).unwrap();
    let papers: String = uploads
        .filter_map(|entry| {
            clspack::pdf::read_closely(&fs::read(entry.unwrap().path()).unwrap()).ok()
        })
        .flat_map(|pdf| pdf.pages.into_iter().map(|page| page.text))
        .collect();
    assert!(papers.contains("sound-1"), "{papers}");
    for words in ["sik-00001", "fi-1", "lite-", "2025-12-31"] {
        assert!(!papers.contains(words), "{words}");
    }
    let plan = fs::read_to_string(pack.join("record/plan.json")).unwrap();
    assert!(plan.contains("sik-00001") && plan.contains("LITE-1"));
}

#[test]
fn only_a_label_that_counts_is_held_elsewhere() {
    let lite = |models: &str| {
        format!(
            "labels:\n  - {{ scheme: kisa-cic, level: lite, number: L-1, issued: 2026-01-01, expires: 2028-12-31, models: [{models}] }}\n"
        )
    };
    for label in [
        lite("SC-100"),
        lite("OTHER-1"),
        lite("OTHER-1").replace("lite", "basic"),
    ] {
        let scratch = project("level-3", |text| text + &label);
        assert!(held(scratch.path()).is_empty(), "{label}");
    }
    // Near miss: a label of a grade that counts.
    let scratch = project("level-3", |text| {
        text + &lite("SC-100").replace("lite", "basic")
    });
    assert_eq!(held(scratch.path()), ["Republic of Korea"]);
}

#[test]
fn a_draft_opened_as_a_project_is_not_better_than_its_record() {
    let template = "templates: { declaration: none.html }\n";
    let scratch = project("level-3", |text| text + template);
    let root = scratch.path();
    run(root, &["pack", "in", "-o", "out", "--draft"]);
    let draft = "out/SC-100_csaiot3_2026-12-01_DRAFT.zip";
    let ran = run(root, &["check", draft]).expect(1);
    assert!(
        ran.stdout
            .contains("this pack is a draft; its record says `blocked`"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("the draft's record says this"),
        "{}",
        ran.stdout
    );
    // Near miss: a pack that is none.
    let scratch = project("level-3", |text| text);
    let root = scratch.path();
    run(root, &["pack", "in", "-o", "out"]).expect(0);
    let ran = run(root, &["check", "out/SC-100_csaiot3_2026-12-01.zip"]).expect(0);
    assert!(!ran.stdout.contains("draft"), "{}", ran.stdout);
}

#[test]
fn the_manifest_in_a_record_is_found_from_there() {
    let scratch = project("mra", |text| text);
    let root = scratch.path();
    run(root, &["pack", "in", "-o", "out", "--dir"]).expect(0);
    let pack = root.join("out/HX-200_iotmra_2026-12-01");
    for path in ["manifest.yaml", "./manifest.yaml", "."] {
        run(&pack.join("record"), &["check", path]).expect(0);
    }
    // Near miss: a project of its own, in a folder of the pack.
    fs::write(pack.join("upload/manifest.yaml"), "schema: 1\n").unwrap();
    run(&pack.join("upload"), &["check", "manifest.yaml"]).expect(1);
}

#[test]
fn a_pack_is_not_packed_but_explained() {
    let scratch = project("mra", |text| text);
    let root = scratch.path();
    run(root, &["pack", "in", "-o", "out", "--dir"]).expect(0);
    run(root, &["pack", "in", "-o", "out"]).expect(0);
    let folder = "out/HX-200_iotmra_2026-12-01";
    let zip = format!("{folder}.zip");
    for arguments in [["pack", folder], ["pack", &zip], ["batch", &zip]] {
        let ran = run(root, &[&arguments[..], &["-o", "other"]].concat()).expect(2);
        assert!(ran.stderr.contains("is a pack, and"), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("copy `record/manifest.yaml`"),
            "{}",
            ran.stderr
        );
    }
}
