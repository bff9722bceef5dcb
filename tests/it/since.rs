//! What changed since the last run: a second run into the same folder says it for each product.

use std::fs;
use std::path::Path;

use clspack::batch::report::{Product, RebuildReason, Work};
use serde_json::Value;

use crate::batch::{PLAIN, add, batch, products};
use crate::binary::run;
use crate::whole::Whole;

fn change(manifest: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(manifest).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(manifest, text.replace(from, to)).unwrap();
}

/// What is said of a product.
fn said(product: &Product) -> Vec<&str> {
    let since = product.since_last_run.iter();
    let changes = since.flat_map(|since| &since.changes);
    changes.map(|change| change.in_words.as_str()).collect()
}

fn note(report: &Whole, i: usize) -> &str {
    let since = report.products[i].since_last_run.as_ref();
    since.map_or("", |since| since.note.as_str())
}

#[test]
fn a_second_run_says_what_changed() {
    let scratch = products(&["A-1", "A-2"]);
    let root = scratch.path();
    let first = batch(root, &PLAIN);
    assert!(
        first
            .products
            .iter()
            .all(|one| one.since_last_run.is_none())
    );
    let folder = root.join("in/A-1");
    let manifest = folder.join("manifest.yaml");
    change(
        &manifest,
        "firmware_version: \"1.10\"",
        "firmware_version: \"1.11\"",
    );
    change(
        &manifest,
        "support: n/a, detail: The user",
        "support: n/a, detail: A user",
    );
    change(&manifest, "until: 2030-06-30", "until: 2028-06-30");
    change(&manifest, "  binary-scan: evidence/scan.pdf\n", "");
    change(&manifest, "evidence/sbom.pdf", "evidence/parts.pdf");
    fs::rename(
        folder.join("evidence/sbom.pdf"),
        folder.join("evidence/parts.pdf"),
    )
    .unwrap();
    fs::remove_file(folder.join("evidence/scan.pdf")).unwrap();
    let mut report = fs::read(folder.join("evidence/pentest.pdf")).unwrap();
    report.extend(b"% again\n");
    fs::write(folder.join("evidence/pentest.pdf"), report).unwrap();
    let second = batch(root, &PLAIN);
    assert_eq!(second.products[0].work, Work::Made(RebuildReason::Manifest));
    assert_eq!(
        said(&second.products[0]),
        [
            "last day of the label changed from 2029-12-01 to 2028-06-30",
            "`product.firmware_version` changed from `1.10` to `1.11`",
            "`product.support.until` changed from `2030-06-30` to `2028-06-30`",
            "answer 5.1-2, detail changed from `The user sets the password at first use.` to `A user sets the password at first use.`",
            "`evidence/pentest.pdf` changed",
            "`evidence/sbom.pdf` removed",
            "`evidence/scan.pdf` removed",
            "`evidence/parts.pdf` added",
        ]
    );
    // The other product is as it was.
    assert_eq!(second.products[1].work, Work::Kept);
    assert!(second.products[1].since_last_run.is_none());
    assert!(
        second
            .text(100)
            .contains("Changed since the last run\n  1 product: 1. ")
    );
    let csv = String::from_utf8(second.csv()).unwrap();
    assert!(csv.contains("`evidence/parts.pdf` added"), "{csv}");
    let third = batch(root, &PLAIN);
    assert!(
        third
            .products
            .iter()
            .all(|one| one.since_last_run.is_none())
    );
}

#[test]
fn comments_alone_are_said_to_be_that() {
    let scratch = products(&["A-1"]);
    let root = scratch.path();
    batch(root, &PLAIN);
    change(
        &root.join("in/A-1/manifest.yaml"),
        "schema: 1",
        "# looked at\nschema: 1",
    );
    let report = batch(root, &PLAIN);
    assert_eq!(
        note(&report, 0),
        "only comments or the layout of the manifest changed"
    );
    assert_eq!(said(&report.products[0]), [""; 0]);
}

/// The name of a pack has its form and its day; the product is the same.
#[test]
fn a_pack_of_another_name_is_known_again() {
    let scratch = products(&["A-1", "A-2"]);
    let root = scratch.path();
    let first = batch(root, &PLAIN);
    change(
        &root.join("in/A-1/manifest.yaml"),
        "submission: 2026-12-01",
        "submission: 2026-12-15",
    );
    let second = batch(root, &PLAIN);
    let since = second.products[0].since_last_run.clone().unwrap();
    assert_eq!(Some(since.pack), first.products[0].pack);
    let words = said(&second.products[0]);
    assert!(
        words.contains(&"`application.submission` changed from `2026-12-01` to `2026-12-15`"),
        "{words:?}"
    );
    assert!(words.contains(&"day of the rules changed from 2026-12-01 to 2026-12-15"));
    let left: Vec<_> = second.findings.iter().map(|one| &one.message).collect();
    assert!(
        left.iter()
            .any(|text| text.contains("has `A-1_iotmra_2026-12-15.zip` now")),
        "{left:?}"
    );
    // A new product has nothing to be compared with.
    add(root, "B-1", |text| text);
    let third = batch(root, &PLAIN);
    assert!(
        third
            .products
            .iter()
            .all(|one| one.since_last_run.is_none())
    );
}

#[test]
fn a_product_that_is_blocked_now_says_why_it_was_not() {
    let scratch = products(&["A-1"]);
    let root = scratch.path();
    batch(root, &PLAIN);
    change(
        &root.join("in/A-1/manifest.yaml"),
        "level: basic",
        "level: lite",
    );
    let report = batch(root, &PLAIN);
    let words = said(&report.products[0]);
    assert_eq!(words[0], "state changed from to-sign to blocked");
    assert!(
        words.contains(&"`labels[0].level` changed from `basic` to `lite`"),
        "{words:?}"
    );
    let left = report.findings.last().unwrap();
    assert!(left.help.starts_with("do not send it"), "{left:?}");
}

#[test]
fn templates_and_folders_are_compared_too() {
    let scratch = products(&["A-1"]);
    let root = scratch.path();
    let of = |arguments: &[&str]| -> Value {
        let start = ["batch", "in", "-o", "out", "--dir", "--format", "json"];
        let ran = run(root, &[&start, arguments].concat()).expect(0);
        serde_json::from_str(&ran.stdout).unwrap()
    };
    of(&[]);
    let style = run(root, &["templates", "show", "style.html"])
        .expect(0)
        .stdout;
    fs::create_dir(root.join("own")).unwrap();
    fs::write(root.join("own/style.html"), style + "\n").unwrap();
    let report = of(&["--templates", "own"]);
    let changes = &report["products"][0]["since_last_run"]["changes"];
    assert_eq!(changes[0]["in_words"], "template style.html changed");
    assert_eq!(changes.as_array().unwrap().len(), 1);
    // Records that somebody changed say nothing that can be believed.
    let plan = root.join("out/A-1_iotmra_2026-12-01/record/plan.json");
    fs::write(&plan, "{}").unwrap();
    change(&root.join("in/A-1/manifest.yaml"), "\"1.10\"", "\"1.11\"");
    let report = of(&[]);
    let note = report["products"][0]["since_last_run"]["note"]
        .as_str()
        .unwrap();
    assert!(note.starts_with("unknown, since the records"), "{note}");
}
