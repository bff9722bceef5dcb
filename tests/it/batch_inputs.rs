//! What a batch takes for its products, and what it never replaces.

use std::fs;
use std::path::Path;

use crate::binary;
use crate::support;
use crate::whole::Whole;

use super::batch::{add, products};

/// Runs a batch and returns its report.
fn ran(scratch: &Path, arguments: &[&str], exit: i32) -> Whole {
    let arguments = [&["batch"], arguments, &["--format", "json"]].concat();
    let ran = binary::run(scratch, &arguments).expect(exit);
    Whole::read(ran.stdout.as_bytes()).unwrap()
}

fn sources(report: &Whole) -> Vec<&str> {
    let products = report.products.iter();
    products.map(|one| one.source.as_str()).collect()
}

#[test]
fn variants_that_come_with_a_base_are_products() {
    let scratch = products(&["A-1"]);
    for (folder, text) in [
        (
            "family",
            "extends: ../A-1\nvariants:\n  - { variant: white, product: { models: [W-1] }, labels: [] }\n  - { variant: black, product: { models: [K-1] }, labels: [] }\n",
        ),
        (
            "retail",
            "extends: ../family\nproduct: { url: \"https://retail.example/x\" }\n",
        ),
    ] {
        let folder = scratch.path().join("in").join(folder);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("manifest.yaml"), text).unwrap();
    }
    let report = ran(scratch.path(), &["in", "-o", "out"], 1);
    assert_eq!(
        sources(&report),
        [
            "in/retail/manifest.yaml, variant white",
            "in/retail/manifest.yaml, variant black"
        ]
    );
    let models: Vec<_> = report.products.iter().map(|one| &one.models[0]).collect();
    assert_eq!(models, ["W-1", "K-1"]);
    // A row is one product.
    let rows = "extends,Models\nin/family,X-1\n";
    fs::write(scratch.path().join("m.csv"), rows).unwrap();
    let report = ran(scratch.path(), &["m.csv", "-o", "o2"], 1);
    let problems = &report.products[0].problems;
    assert_eq!(
        problems[0].message,
        "the base has variants, and a row is one product"
    );
    assert!(
        problems
            .iter()
            .all(|one| !one.message.contains("`variants")),
        "{problems:?}"
    );
}

#[test]
fn a_variant_that_forgot_its_name_takes_nobody_elses() {
    let scratch = products(&["A-1"]);
    let own = scratch.path().join("in/own");
    fs::create_dir_all(&own).unwrap();
    let text = "extends: ../A-1\nvariants:\n  - { product: { models: [W-1] } }\n  - { variant: black, product: { models: [K-1] } }\n";
    fs::write(own.join("manifest.yaml"), text).unwrap();
    let report = ran(scratch.path(), &["in/own", "-o", "out"], 1);
    let models: Vec<_> = report
        .products
        .iter()
        .map(|one| one.models[0].as_str())
        .collect();
    assert_eq!(models, ["W-1", "K-1"]);
    assert_eq!(
        sources(&report),
        [
            "in/own/manifest.yaml, variant without name",
            "in/own/manifest.yaml, variant black"
        ]
    );
}

#[test]
fn a_base_that_is_named_by_its_folder_is_a_product() {
    let scratch = products(&["A-1"]);
    let own = scratch.path().join("in/own");
    fs::create_dir_all(&own).unwrap();
    let text = "extends: ../A-1/manifest.yaml\nproduct: { models: [B-1] }\n";
    fs::write(own.join("manifest.yaml"), text).unwrap();
    let by_folder = ran(scratch.path(), &["in/A-1", "in/own", "-o", "out"], 1);
    assert_eq!(by_folder.products.len(), 2);
    assert_eq!(
        ran(scratch.path(), &["in", "-o", "o2"], 1).products.len(),
        1
    );
}

#[test]
fn patterns_leave_packs_out() {
    let scratch = products(&["A-1"]);
    ran(
        scratch.path(),
        &["in/**/manifest.yaml", "--dir", "-o", "in/packs"],
        0,
    );
    let again = ran(scratch.path(), &["in/**/manifest.yaml", "-o", "out"], 0);
    assert_eq!(sources(&again), ["in/A-1/manifest.yaml"]);
    let wrong = binary::run(scratch.path(), &["batch", "in", "-o", "in"]).expect(2);
    assert!(
        wrong.stderr.contains("is the output folder"),
        "{}",
        wrong.stderr
    );
}

#[test]
fn a_file_that_no_run_made_is_not_replaced() {
    let scratch = products(&["A-1", "B-2"]);
    let mine = scratch.path().join("out/A-1_iotmra_2026-12-01.zip");
    fs::create_dir_all(scratch.path().join("out")).unwrap();
    fs::write(&mine, "mine").unwrap();
    let report = ran(scratch.path(), &["in", "-o", "out"], 2);
    assert_eq!(fs::read(&mine).unwrap(), b"mine");
    let problem = &report.products[0].problems[0];
    assert!(problem.message.contains("exists already"), "{problem:?}");
    assert!(problem.help.contains("move it away"), "{problem:?}");
    assert!(report.products[1].pack.is_some());
}

#[test]
fn a_folder_that_was_altered_is_said_to_be_set_aside() {
    let scratch = products(&["A-1"]);
    ran(scratch.path(), &["in", "--dir", "-o", "out"], 0);
    let own = "out/A-1_iotmra_2026-12-01/upload/signed.pdf";
    fs::create_dir_all(scratch.path().join(own).parent().unwrap()).unwrap();
    fs::write(scratch.path().join(own), "signed").unwrap();
    let report = ran(scratch.path(), &["in", "--dir", "-o", "out"], 0);
    let problem = report.products[0].problems.last().unwrap();
    assert!(
        problem
            .message
            .ends_with("is now `A-1_iotmra_2026-12-01-altered-1`"),
        "{problem:?}"
    );
    assert!(
        scratch
            .path()
            .join("out/A-1_iotmra_2026-12-01-altered-1/upload/signed.pdf")
            .exists()
    );
}

#[test]
fn what_a_mapping_adds_is_said_to_stand_there() {
    let scratch = tempfile::tempdir().unwrap();
    let base = support::repository("tests/bases/mra");
    support::copy(&base, &scratch.path().join("base"));
    fs::write(
        scratch.path().join("m.csv"),
        "extends,Models,label models\nbase,HX-1,HX-1\n",
    )
    .unwrap();
    let map = |date: &str| {
        let text = format!("constants: {{ application.submission: \"{date}\" }}\n");
        fs::write(scratch.path().join("map.yaml"), text).unwrap();
    };
    map("1.12.2026");
    let arguments = ["m.csv", "--map", "map.yaml", "-o", "out"];
    let report = ran(scratch.path(), &arguments, 1);
    let problem = &report.products[0].problems[0];
    assert_eq!(problem.place, "map.yaml, line 1");
    assert_eq!(problem.text, "1.12.2026");
    map("2026-12-01");
    ran(scratch.path(), &arguments, 0);
}

#[test]
fn a_merge_of_some_parts_spoils_no_later_one() {
    let scratch = products(&["A-1", "B-2"]);
    let part = |shard: &str| {
        ran(scratch.path(), &["in", "-o", "out", "--shard", shard], 0);
    };
    let merge = |exit| ran(scratch.path(), &["--merge", "out", "-o", "out"], exit);
    part("1/2");
    assert_eq!(merge(2).products.len(), 1);
    assert!(scratch.path().join("out/report.json").exists());
    part("2/2");
    assert_eq!(merge(0).products.len(), 2);
    // Another time, another word for the same pack.
    part("1/2");
    assert_eq!(merge(0).products.len(), 2);
    // Parts of another cut lie beside.
    add(scratch.path(), "C-3", |text| text);
    for shard in ["1/3", "2/3", "3/3"] {
        part(shard);
    }
    let arguments = ["batch", "--merge", "out", "-o", "out"];
    let wrong = binary::run(scratch.path(), &arguments).expect(2);
    assert!(
        wrong.stderr.contains("cut into different numbers of parts")
            || wrong.stderr.contains("not parts of one batch"),
        "{}",
        wrong.stderr
    );
}

/// What is said of what a folder of products leaves out.
fn notes(scratch: &Path) -> Vec<String> {
    let report = ran(scratch, &["in", "-o", "out"], 0);
    let notes = report.findings.iter();
    notes.map(|note| note.message.clone()).collect()
}

#[test]
fn what_is_almost_called_a_manifest_is_said_once() {
    let scratch = products(&["A-1"]);
    let inside = scratch.path().join("in");
    assert_eq!(notes(scratch.path()), [""; 0]);
    let names = [
        "manifset.yaml",
        "Manifest.YAML",
        "manifest.yml",
        "manifest.yaml.txt",
        "manifest.json",
        "manifest",
        "manifest (1).yaml",
        "manifests.yaml",
    ];
    let mut expected = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let folder = inside.join(format!("P{i}"));
        fs::create_dir_all(folder.join("evidence")).unwrap();
        fs::write(folder.join(name), "").unwrap();
        // What is in the folder is said with its manifest.
        fs::write(folder.join("evidence/report.pdf"), "").unwrap();
        expected.push(format!(
            "in/P{i}/{name}: left out, since it is not named `manifest.yaml`"
        ));
    }
    assert_eq!(notes(scratch.path()), expected);
    // Beside a manifest they are its copies, and below it they are evidence.
    for name in names
        .iter()
        .filter(|name| !["Manifest.YAML", "manifest.yml"].contains(name))
    {
        fs::write(inside.join("A-1").join(name), "").unwrap();
        fs::write(inside.join("A-1/evidence").join(name), "").unwrap();
    }
    for name in [
        "test.yaml",
        "latest.json",
        "package.json",
        "main.yaml",
        "base.yaml",
        "README",
    ] {
        fs::write(inside.join("P0").join(name), "").unwrap();
    }
    assert_eq!(notes(scratch.path()), expected);
}

#[test]
fn folders_of_evidence_without_a_manifest_are_said_once() {
    let scratch = products(&["A-1", "B-2"]);
    let inside = scratch.path().join("in");
    let add = |path: &str| {
        let path = inside.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    };
    // Beside products, in them, and where nothing looks like evidence.
    add("letter.pdf");
    add("A-1/old/report.pdf");
    add("A-1/manifests.xlsx");
    add("A-1/evidence/table.xlsx");
    add("notes/todo.txt");
    assert_eq!(
        notes(scratch.path()),
        ["in/A-1/manifests.xlsx: a workbook, which is read only if it is named itself"]
    );
    fs::remove_file(inside.join("A-1/manifests.xlsx")).unwrap();
    // A base of the batch may be called as it likes.
    fs::create_dir(inside.join("shared")).unwrap();
    fs::rename(
        inside.join("B-2/manifest.yaml"),
        inside.join("shared/base.yaml"),
    )
    .unwrap();
    fs::rename(inside.join("B-2/evidence"), inside.join("shared/evidence")).unwrap();
    fs::write(
        inside.join("B-2/manifest.yaml"),
        "extends: ../shared/base.yaml\nproduct: { url: \"https://retail.example/x\" }\n",
    )
    .unwrap();
    assert_eq!(notes(scratch.path()), [""; 0]);
    add("clients/hanbit/hub/evidence/5.1-1/passwords.pdf");
    add("clients/hanbit/hub/evidence/label.jpg");
    add("clients/hanbit/lock/label.jpg");
    fs::create_dir_all(inside.join("clients/other")).unwrap();
    support::copy(&inside.join("A-1"), &inside.join("clients/other/C-3"));
    add("clients/other/D-4/sbom.cdx.json");
    let manifest = inside.join("clients/other/C-3/manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(manifest, text.replace("A-1", "C-3")).unwrap();
    let why = "left out, since it contains files that look like evidence, but no `manifest.yaml`";
    assert_eq!(
        notes(scratch.path()),
        [
            format!("in/clients/hanbit: {why}"),
            format!("in/clients/other/D-4: {why}")
        ]
    );
}

#[test]
fn hidden_folders_with_a_manifest_are_said() {
    let scratch = products(&["A-1"]);
    let inside = scratch.path().join("in");
    assert_eq!(notes(scratch.path()), [""; 0]);
    for name in [".client", ".git", ".clspack-aB3dE9", ".empty"] {
        support::copy(&inside.join("A-1"), &inside.join(name).join("B-2"));
    }
    fs::remove_dir_all(inside.join(".empty/B-2")).unwrap();
    fs::write(inside.join(".empty/notes.txt"), "").unwrap();
    // A pack holds a manifest that is no product.
    ran(scratch.path(), &["in/A-1", "--dir", "-o", "in/.packs"], 0);
    assert_eq!(
        notes(scratch.path()),
        ["in/.client: a hidden folder with a manifest, left out"]
    );
    ran(scratch.path(), &["in/.client", "-o", "out"], 0);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_are_names_all_the_same() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let scratch = products(&["A-1", "B-2"]);
    let inside = scratch.path().join("in");
    for (name, bytes) in [("A-1", &b"caf\xe9"[..]), ("B-2", b"caf\xe8")] {
        fs::rename(inside.join(name), inside.join(OsStr::from_bytes(bytes))).unwrap();
    }
    let report = ran(scratch.path(), &["in", "-o", "out"], 0);
    assert_eq!(sources(&report), ["in/caf\u{fffd}/manifest.yaml"; 2]);
    assert!(report.products.iter().all(|one| one.pack.is_some()));
    let report = ran(scratch.path(), &["in/*/manifest.yaml", "-o", "o2"], 0);
    assert_eq!(sources(&report), ["in/caf\u{fffd}/manifest.yaml"; 2]);
    let report = ran(scratch.path(), &["in/*", "-o", "o3"], 0);
    assert!(report.products.iter().all(|one| one.pack.is_some()));
}

#[test]
fn lists_of_other_programs_are_sheets() {
    let scratch = products(&["A-1"]);
    for end in ["xlsm", "xltx", "tsv", "numbers", "xls", "ods"] {
        let name = format!("products.{end}");
        fs::write(scratch.path().join(&name), "Brand\tModels\nExample\tHX-1\n").unwrap();
        let arguments = ["batch", "in/A-1", &name, "-o", "out", "--format", "json"];
        let report = Whole::read(binary::run(scratch.path(), &arguments).stdout.as_bytes());
        assert!(
            !sources(&report.unwrap()).contains(&&*name),
            "{name} is taken for a manifest"
        );
    }
}
