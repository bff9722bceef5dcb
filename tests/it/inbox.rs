//! An inbox of signed copies: each finds its product by the hash that it shows, and what is not used is listed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::batch::{add, products};
use crate::binary::run;
use crate::pen::{Pen, STROKES};
use crate::support;

/// Products, and an inbox beside them.
struct Desk {
    scratch: tempfile::TempDir,
}

impl Desk {
    fn new(models: &[&str]) -> Self {
        let scratch = products(models);
        fs::create_dir(scratch.path().join("inbox")).unwrap();
        Self { scratch }
    }

    fn root(&self) -> &Path {
        self.scratch.path()
    }

    fn manifest(&self, model: &str) -> PathBuf {
        self.root().join("in").join(model).join("manifest.yaml")
    }

    /// The declaration of a product as it is now.
    fn declaration(&self, model: &str) -> Vec<u8> {
        support::declaration(&self.root().join("in").join(model)).1
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.root().join("inbox").join(name), bytes).unwrap();
    }

    fn batch(&self, out: &str, code: i32) -> Value {
        let arguments = [
            "batch", "in", "-o", out, "--signed", "inbox", "--format", "json",
        ];
        let ran = run(self.root(), &arguments).expect(code);
        serde_json::from_str(&ran.stdout).unwrap()
    }
}

/// The files of the inbox with their states and products.
fn listed(report: &Value) -> BTreeMap<String, (String, Option<u64>)> {
    let files = report["signed"].as_array().unwrap().iter();
    files
        .map(|one| {
            let text = |name: &str| one[name].as_str().unwrap().to_owned();
            (text("file"), (text("state"), one["product"].as_u64()))
        })
        .collect()
}

fn state(report: &Value, product: usize) -> &str {
    report["products"][product]["state"].as_str().unwrap()
}

fn codes(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|one| one["code"].as_str().unwrap().to_owned())
        .collect()
}

fn entry(state: &str, product: impl Into<Option<u64>>) -> (String, Option<u64>) {
    (state.to_owned(), product.into())
}

#[test]
fn each_copy_finds_its_product_and_the_others_are_listed() {
    let desk = Desk::new(&["A-1", "B-2", "C-3", "D-4"]);
    let signed = support::as_signed(&desk.declaration("A-1"));
    desk.put("scan_0001.pdf", &signed);
    desk.put("scan_0001 (1).pdf", &signed);
    desk.put("b.pdf", &desk.declaration("B-2"));
    desk.put("c.pdf", &support::as_signed(&desk.declaration("C-3")));
    desk.put("d.pdf", &support::as_signed(&desk.declaration("D-4")));
    desk.put("notes.txt", b"thank you");
    desk.put("empty.pdf", b"");
    desk.put(
        "certificate.pdf",
        &fs::read(desk.root().join("in/A-1/evidence/kisa-certificate.pdf")).unwrap(),
    );
    desk.put(".DS_Store", b"x");
    // One product changes after the signature, another one gets an error.
    add(desk.root(), "C-3", |text| {
        text.replace("\"1.10\"", "\"1.11\"")
    });
    add(desk.root(), "D-4", |text| {
        text.replace("category: smart-home-hub", "category: smart-hob")
    });
    let before = fs::read(desk.manifest("A-1")).unwrap();

    let report = desk.batch("out", 1);
    let expected = [
        ("b.pdf", entry("unsigned", 2)),
        ("c.pdf", entry("outdated", 3)),
        ("certificate.pdf", entry("unknown", None)),
        ("d.pdf", entry("waiting", 4)),
        ("empty.pdf", entry("unknown", None)),
        ("notes.txt", entry("unknown", None)),
        ("scan_0001 (1).pdf", entry("matched", 1)),
        ("scan_0001.pdf", entry("repeated", None)),
    ];
    let expected = expected.map(|(name, entry)| (name.to_owned(), entry));
    assert_eq!(listed(&report), expected.into());
    let states: Vec<_> = (0..4).map(|at| state(&report, at)).collect();
    assert_eq!(states, ["ready", "to-sign", "to-sign", "blocked"]);
    assert_eq!(
        fs::read(desk.manifest("A-1")).unwrap(),
        before,
        "the manifest is as it was"
    );
    let outdated = report["findings"].as_array().unwrap().iter();
    let outdated: Vec<_> = outdated.filter(|one| one["code"] == "B006").collect();
    assert!(
        outdated[0]["note"].as_str().unwrap().contains("1.11"),
        "{outdated:?}"
    );

    // The pack holds the copy, and can be made again from what is in it.
    let pack = format!("out/{}", report["products"][0]["pack"].as_str().unwrap());
    let verdict = run(desk.root(), &["verify", &pack]).expect(0).stdout;
    assert!(!verdict.contains("K102"), "{verdict}");
    let parts = crate::office::Parts::unzip(&fs::read(desk.root().join(&pack)).unwrap());
    let prepared = "declaration-of-conformity-as-prepared.pdf";
    assert!(parts.0.iter().any(|(name, _)| name.ends_with(prepared)));

    // The same inbox gives the same bytes, whether the pack is kept or made elsewhere.
    let again = desk.batch("out", 1);
    assert_eq!(again["products"][0]["work"], "kept");
    let elsewhere = desk.batch("other", 1);
    assert_eq!(
        elsewhere["products"][0]["sha256"],
        report["products"][0]["sha256"]
    );
}

#[test]
fn of_two_signed_copies_none_is_chosen() {
    let desk = Desk::new(&["A-1", "B-2"]);
    let declaration = desk.declaration("A-1");
    let mut pen = Pen::new(&declaration);
    pen.draw(pen.n_pages() - 1, STROKES);
    desk.put("first.pdf", &support::as_signed(&declaration));
    desk.put("second.pdf", &pen.write());
    // An unsigned copy beside a signed one is the file that was sent out.
    let declaration = desk.declaration("B-2");
    desk.put("sent.pdf", &declaration);
    desk.put("came-back.pdf", &support::as_signed(&declaration));
    let report = desk.batch("out", 0);
    let expected = [
        ("came-back.pdf", entry("matched", 2)),
        ("first.pdf", entry("several", 1)),
        ("second.pdf", entry("several", 1)),
        ("sent.pdf", entry("unsigned", 2)),
    ];
    assert_eq!(
        listed(&report),
        expected
            .map(|(name, entry)| (name.to_owned(), entry))
            .into()
    );
    assert_eq!((state(&report, 0), state(&report, 1)), ("to-sign", "ready"));
    assert_eq!(codes(&report), ["B008", "B008", "B005"]);
}

#[test]
fn a_copy_that_the_manifest_names_comes_first_if_it_is_right() {
    let desk = Desk::new(&["A-1", "B-2"]);
    let names_copy = |text: String| text + "declaration: { signed: evidence/signed.pdf }\n";
    for model in ["A-1", "B-2"] {
        let declaration = desk.declaration(model);
        desk.put(&format!("{model}.pdf"), &support::as_signed(&declaration));
        add(desk.root(), model, names_copy);
        let named = if model == "A-1" {
            support::as_signed(&declaration)
        } else {
            declaration
        };
        fs::write(
            desk.root()
                .join("in")
                .join(model)
                .join("evidence/signed.pdf"),
            named,
        )
        .unwrap();
    }
    let report = desk.batch("out", 0);
    assert_eq!(listed(&report)["A-1.pdf"], entry("unneeded", 1));
    assert_eq!(listed(&report)["B-2.pdf"], entry("matched", 2));
    assert_eq!((state(&report, 0), state(&report, 1)), ("ready", "ready"));
    // Without the inbox, the unsigned file in the manifest is an error.
    run(desk.root(), &["batch", "in", "-o", "alone"]).expect(1);
}

#[test]
fn a_copy_of_another_batch_is_unknown() {
    let desk = Desk::new(&["A-1"]);
    let other = Desk::new(&["Z-9"]);
    desk.put("z.pdf", &support::as_signed(&other.declaration("Z-9")));
    let report = desk.batch("out", 0);
    assert_eq!(listed(&report)["z.pdf"], entry("unknown", None));
    assert_eq!(codes(&report), ["B007"]);
}

#[test]
#[cfg(unix)]
fn hostile_names_and_files_are_listed() {
    let desk = Desk::new(&["A-1"]);
    let signed = support::as_signed(&desk.declaration("A-1"));
    for name in ["a\\b.pdf", "a\u{202e}fdp.exe.pdf", "line\nbreak.pdf"] {
        desk.put(name, &signed);
    }
    desk.put("cut.pdf", &signed[..signed.len() / 2]);
    fs::create_dir(desk.root().join("inbox/deep")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", desk.root().join("inbox/passwd.pdf")).unwrap();
    std::os::unix::fs::symlink("../..", desk.root().join("inbox/deep/up")).unwrap();
    let report = desk.batch("out", 0);
    let listed = listed(&report);
    assert_eq!(listed["passwd.pdf"].0, "unknown");
    assert_eq!(listed["deep/up"].0, "unknown");
    assert_eq!(listed["a\\b.pdf"].0, "unknown");
    assert_eq!(
        listed
            .values()
            .filter(|(state, _)| state == "matched")
            .count(),
        1
    );
    assert_eq!(state(&report, 0), "ready");
    let text = run(
        desk.root(),
        &["batch", "in", "-o", "out", "--signed", "inbox"],
    )
    .expect(0)
    .stdout;
    assert!(!text.contains('\u{202e}'));
    assert!(text.contains("1 used"), "{text}");
    run(
        desk.root(),
        &[
            "batch",
            "in",
            "-o",
            "out",
            "--signed",
            "in/A-1/manifest.yaml",
        ],
    )
    .expect(2);
    run(
        desk.root(),
        &["batch", "in", "-o", "out", "--signed", "nowhere"],
    )
    .expect(2);
}
