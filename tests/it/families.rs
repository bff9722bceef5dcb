//! Manifests that stand on others: bases, variants, rows of a sheet.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use clspack::case::{self, Case};
use clspack::diag::Code;
use clspack::manifest;
use clspack::world::Os;

use crate::binary::run;
use crate::support;

/// A base in `base/`, and a manifest beside it in `own/`.
fn family(own: &str) -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    support::copy(
        &support::repository("tests/bases/mra"),
        &scratch.path().join("base"),
    );
    fs::create_dir_all(scratch.path().join("own/evidence")).unwrap();
    fs::write(scratch.path().join("own/manifest.yaml"), own).unwrap();
    scratch
}

fn read(scratch: &Path) -> Vec<Case> {
    case::read_all(&scratch.join("own"), &support::book(), None, &Os).unwrap()
}

fn codes(case: &Case) -> Vec<Code> {
    case.findings().iter().map(|finding| finding.code).collect()
}

#[test]
fn a_manifest_takes_from_its_base_what_it_does_not_say() {
    let scratch = family(
        "extends: ../base\nproduct: { name: Home Hub 3, models: [HX-200] }\nevidence: { sbom: evidence/own.pdf }\n",
    );
    fs::write(
        scratch.path().join("own/evidence/own.pdf"),
        support::pdf("own"),
    )
    .unwrap();
    let cases = read(scratch.path());
    let case = &cases[0];
    assert_eq!(codes(case), []);
    let application = case.manifest.application.as_ref().unwrap();
    assert_eq!(application.product.title().unwrap(), "Hanbit Home Hub 3");
    assert_eq!(
        application.applicant.name.as_deref(),
        Some("Hanbit Living Pte. Ltd.")
    );
    let folders: Vec<_> = case
        .evidence
        .files
        .iter()
        .map(|file| (file.path.to_string(), file.path.root()))
        .collect();
    assert!(
        folders.contains(&("evidence/own.pdf".to_owned(), 0)),
        "{folders:?}"
    );
    assert!(
        folders.contains(&("evidence/scan.pdf".to_owned(), 1)),
        "{folders:?}"
    );
    assert_eq!(
        case.manifest.changes,
        [
            "product.name: Home Hub 3",
            "product.models: [HX-200]",
            "evidence.sbom: evidence/own.pdf"
        ]
    );
    // What is recorded reads like the whole.
    let recorded = manifest::parse("record", case.manifest.bytes.clone());
    assert_eq!(recorded.findings, []);
}

#[test]
fn a_fault_of_the_base_is_shown_in_the_base() {
    let scratch = family("extends: ../base\nproduct: { name: Home Hub 3 }\n");
    let base = scratch.path().join("base/manifest.yaml");
    let text = fs::read_to_string(&base)
        .unwrap()
        .replace("201912345R", "201912345A");
    fs::write(&base, text).unwrap();
    let cases = read(scratch.path());
    assert_eq!(codes(&cases[0]), [Code::WrongCheckLetter]);
    let text = support::findings_text(&cases[0]);
    assert!(text.contains("base/manifest.yaml:7:8"), "{text}");
}

#[test]
fn bases_that_stand_on_each_other_are_found() {
    let scratch = family("extends: ../base\nproduct: { name: Home Hub 3 }\n");
    let base = scratch.path().join("base/manifest.yaml");
    let text = fs::read_to_string(&base).unwrap();
    fs::write(&base, text + "extends: ../own\n").unwrap();
    let cases = read(scratch.path());
    let messages: Vec<_> = cases[0]
        .findings()
        .iter()
        .map(|one| one.message.as_str())
        .collect();
    assert_eq!(
        messages,
        ["the base `../own` cannot be used: it extends itself"]
    );
}

#[test]
fn each_variant_is_an_application() {
    let scratch = family(
        "extends: ../base\nproduct: { name: Home Hub 3 }\nvariants:\n  - variant: white\n    product: { models: [HX-200] }\n  - variant: black\n    product: { models: [HX-200K], firmware_version: \"1.1\" }\n",
    );
    let cases = read(scratch.path());
    let names: Vec<_> = cases
        .iter()
        .map(|case| case.manifest.variant.clone().unwrap())
        .collect();
    assert_eq!(names, ["white", "black"]);
    assert_eq!(codes(&cases[0]), []);
    assert_eq!(codes(&cases[1]), [Code::LabelForOtherFirmware]);
    assert_eq!(
        cases[1].manifest.changes,
        ["product.models: [HX-200K]", "product.firmware_version: 1.1"]
    );
}

/// `tests/row.md` has a spreadsheet, and what a batch says of its row.
#[test]
fn findings_of_a_row_name_cells() {
    let path = support::repository("tests/row.md");
    let page = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let (before, expected) = page.split_once("```console\n").unwrap();
    let (_, rows) = before.split_once("```csv\n").unwrap();
    let (rows, _) = rows.split_once("```").unwrap();
    let (_, after) = expected.split_once("```").unwrap();
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("rows.csv"), rows).unwrap();
    let ran = run(scratch.path(), &["batch", "rows.csv", "-o", "out"]).expect(1);
    let (_, report) = ran.stdout.split_once('\n').unwrap();
    support::expect(&path, &format!("{before}```console\n{report}```{after}"));
}

/// Makes the pack of a row, with a warning in its base, in a cell and in its mapping, all named by
/// their whole paths.
fn pack_of_row(folder: &Path) -> (Vec<u8>, String) {
    support::copy(
        &support::repository("tests/bases/mra"),
        &folder.join("base"),
    );
    let base = folder.join("base/manifest.yaml");
    let text = fs::read_to_string(&base).unwrap();
    fs::write(
        &base,
        text.replace(
            "url: https://hanbit.example/hub2",
            "url: http://hanbit.example/hub2",
        ),
    )
    .unwrap();
    let sheet = folder.join("models.csv");
    let rows = "extends,Models,label models,product.support.url\nbase,HX-1,HX-1,http://hanbit.example/support\n";
    fs::write(&sheet, rows).unwrap();
    let map = folder.join("map.yaml");
    let constants =
        "constants:\n  product.vulnerability_disclosure: http://hanbit.example/security\n";
    fs::write(&map, constants).unwrap();
    let [sheet, map] = [sheet, map].map(|path| path.to_str().unwrap().to_owned());
    run(folder, &["batch", &sheet, "--map", &map, "-o", "out"]).expect(0);
    let packs = fs::read_dir(folder.join("out")).unwrap();
    let mut packs = packs.map(|entry| entry.unwrap().path());
    let pack = packs.find(|path| path.extension().is_some_and(|end| end == "zip"));
    let bytes = fs::read(pack.unwrap()).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut text = String::new();
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).unwrap();
        if entry.name().unwrap().ends_with("record/plan.json") {
            entry.read_to_string(&mut text).unwrap();
        }
    }
    (bytes, text)
}

#[test]
fn no_path_of_the_machine_reaches_a_pack() {
    let scratch = tempfile::tempdir().unwrap();
    let [one, two] = ["one", "two/below"].map(|name| {
        let folder = scratch.path().join(name);
        fs::create_dir_all(&folder).unwrap();
        pack_of_row(&folder)
    });
    assert_eq!(one.0, two.0, "the same bytes in two folders");
    for place in [
        "\"file\": \"manifest.yaml\"",
        "\"file\": \"models.csv\"",
        "\"file\": \"map.yaml\"",
    ] {
        assert!(one.1.contains(place), "{place}:\n{}", one.1);
    }
    let folder = scratch.path().file_name().unwrap().to_str().unwrap();
    assert!(!one.1.contains(folder), "{}", one.1);
}
