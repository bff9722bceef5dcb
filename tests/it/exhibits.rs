//! Evidence with what a manifest states about it, and evidence in folders named like provisions.

use std::fs;
use std::path::Path;

use clspack::audit::audit;
use clspack::case::Case;
use clspack::domain::FieldPath;
use clspack::manifest::{NoBases, RowField, of_row, parse_all};
use clspack::world::Os;

use crate::binary::run;
use crate::support;

const LISTED: &str = ", evidence: [evidence/5.1-1/passwords.pdf]";

fn project(edit: impl Fn(&str) -> String) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    support::copy(&support::repository("tests/bases/mra"), folder.path());
    let manifest = folder.path().join("manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(manifest, edit(&text)).unwrap();
    folder
}

fn add(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, support::pdf(text)).unwrap();
}

/// The paths under the answer to 5.1-1.
fn evidence(case: &Case) -> Vec<String> {
    let application = case.manifest.application.as_ref().unwrap();
    let mut answers = application.answers();
    let answer = answers
        .find(|answer| answer.id.as_str() == "5.1-1")
        .unwrap();
    let paths = answer.evidence.iter().map(|one| one.path.to_string());
    paths.collect()
}

#[test]
fn files_in_the_folder_of_a_provision_are_evidence_of_it_in_the_order_of_their_names() {
    let folder = project(|text| text.replace(LISTED, ""));
    add(folder.path(), "evidence/5.1-1/b two.pdf", "Second.");
    add(folder.path(), "evidence/5.1-1/more/c.pdf", "Third.");
    let case = support::read(folder.path(), None);
    assert_eq!(support::findings_text(&case).trim(), "");
    let expected = ["b two.pdf", "more/c.pdf", "passwords.pdf"];
    assert_eq!(
        evidence(&case),
        expected.map(|name| format!("evidence/5.1-1/{name}"))
    );
}

#[test]
fn what_is_listed_comes_first_and_once() {
    let folder = project(str::to_owned);
    add(folder.path(), "evidence/5.1-1/a.pdf", "Added.");
    let case = support::read(folder.path(), None);
    assert_eq!(
        evidence(&case),
        ["evidence/5.1-1/passwords.pdf", "evidence/5.1-1/a.pdf"]
    );
}

#[test]
fn a_folder_that_several_manifests_share_completes_only_answers_without_evidence() {
    for (edit, n_files) in [(LISTED, 2), ("", 1)] {
        let folder = project(|text| text.replace(edit, ""));
        add(folder.path(), "evidence/5.1-1/a.pdf", "Added.");
        fs::copy(
            folder.path().join("manifest.yaml"),
            folder.path().join("second.yaml"),
        )
        .unwrap();
        let case = support::read(folder.path(), None);
        assert_eq!(evidence(&case).len(), n_files, "{edit}");
    }
}

#[test]
fn a_pack_with_files_that_were_picked_up_is_verified_and_read_back() {
    let folder = project(|text| text.replace(LISTED, ""));
    add(folder.path(), "evidence/5.1-1/b two.pdf", "Second.");
    add(folder.path(), "evidence/5.1-1/more/c.pdf", "Third.");
    run(folder.path(), &["pack", ".", "-o", "out", "--dir", "-q"]).expect(0);
    let mut packs = fs::read_dir(folder.path().join("out")).unwrap();
    let pack = packs.next().unwrap().unwrap().path();
    assert!(pack.join("evidence/5.1-1/b-two.pdf").is_file());
    let audit = audit(&pack, &Os).unwrap();
    assert!(
        audit.verdict.findings.is_empty(),
        "{:?}",
        audit.verdict.findings
    );
    assert!(
        audit.not_recomputed.is_empty(),
        "{:?}",
        audit.not_recomputed
    );
    let checked = run(folder.path(), &["check", &pack.display().to_string()]);
    assert_eq!(checked.code, 0, "{}", checked.stdout);
}

/// Numbers and paths in the Supporting Evidence, and the hash of what is declared.
fn numbered(case: &Case) -> (Vec<String>, String) {
    let plan = case.plan.as_ref().unwrap();
    let application = case.manifest.application.as_ref().unwrap();
    let purpose = clspack::render::Purpose::Final;
    let view = clspack::render::View::new(plan, application, &case.evidence.files, purpose);
    let view = serde_json::to_value(&view).unwrap();
    let files = view["evidence"].as_array().unwrap();
    let files = files.iter().map(|file| {
        let text = |name: &str| file[name].as_str().unwrap();
        format!("{} {}", text("number"), text("path"))
    });
    (
        files.collect(),
        view["declares"]["hash"].as_str().unwrap().to_owned(),
    )
}

#[test]
fn a_new_revision_keeps_the_number_of_the_file_that_it_replaces() {
    let before = project(str::to_owned);
    let (before, _) = numbered(&support::read(before.path(), None));
    let sbom = "  sbom: evidence/sbom.pdf\n";
    let new = "  sbom: { file: evidence/a-new-list.pdf, replaces: [evidence/x.pdf, evidence/sbom.pdf] }\n";
    let folder = project(|text| text.replace(sbom, new));
    add(
        folder.path(),
        "evidence/a-new-list.pdf",
        "Bill of materials of HX-200",
    );
    let (after, _) = numbered(&support::read(folder.path(), None));
    let expected = before
        .iter()
        .map(|one| one.replace("sbom.pdf", "a-new-list.pdf"));
    assert_eq!(after, expected.collect::<Vec<_>>());
}

#[test]
fn another_owner_of_a_file_declares_the_same() {
    let hash = |file: &str| {
        let sbom = format!("  sbom: {file}\n");
        let folder = project(|text| text.replace("  sbom: evidence/sbom.pdf\n", &sbom));
        numbered(&support::read(folder.path(), None)).1
    };
    let plain = hash("evidence/sbom.pdf");
    assert_eq!(
        hash("{ file: evidence/sbom.pdf, owner: Firmware team, date: 2026-11-02 }"),
        plain
    );
}

#[test]
fn a_row_and_a_variant_describe_a_file_that_another_place_names() {
    let field = |route: &str, text: &str| RowField {
        route: FieldPath::parse(route).unwrap(),
        text: text.to_owned(),
        place: clspack::diag::Place::File("list.csv".to_owned()),
    };
    for turn in [false, true] {
        let mut fields = vec![
            field("evidence.sbom", "evidence/sbom.json"),
            field("evidence.sbom.date", "2026-11-02"),
        ];
        if turn {
            fields.reverse();
        }
        let row = of_row("row 2", &fields, &mut NoBases);
        let sbom = row.application.unwrap().evidence.sbom.given().unwrap();
        assert_eq!(sbom.path.as_str(), "evidence/sbom.json");
        assert_eq!(sbom.date.unwrap().to_string(), "2026-11-02");
    }
    let text = "schema: 1\nevidence: { sbom: evidence/sbom.json }\nvariants:\n  - { variant: a, evidence: { sbom: { owner: Firmware team } } }\n  - { variant: b, evidence: { sbom: { file: evidence/b.json } } }\n";
    let all = parse_all("m.yaml", text.as_bytes().to_vec(), &mut NoBases);
    let paths = all.into_iter().map(|one| {
        let sbom = one.application.unwrap().evidence.sbom.given().unwrap();
        (sbom.path.to_string(), sbom.owner)
    });
    let expected = [
        (
            "evidence/sbom.json".to_owned(),
            Some("Firmware team".to_owned()),
        ),
        ("evidence/b.json".to_owned(), None),
    ];
    assert_eq!(paths.collect::<Vec<_>>(), expected);
}
