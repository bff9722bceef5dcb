//! Signed copies of the declaration: what counts as signed, what does not, and what a person has to compare.

use std::fs;
use std::path::Path;

use clspack::diag::Code;
use clspack::domain::Date;
use clspack::plan::State;

use crate::binary::run;
use crate::pen::{INK, PICTURE, Pen, STROKES};
use crate::support;

/// A copy of a base, with the hash and the PDF file of its declaration.
pub(crate) struct Prepared {
    scratch: tempfile::TempDir,
    hash: String,
    pdf: Vec<u8>,
}

impl Prepared {
    pub(crate) fn new() -> Self {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("in");
        support::copy(&support::repository("tests/bases/mra"), &folder);
        let (hash, pdf) = support::declaration(&folder);
        Self { scratch, hash, pdf }
    }

    /// Returns the state and the codes of findings with this file as signed copy.
    pub(crate) fn with(&self, copy: &[u8], stated: bool) -> (State, Vec<Code>) {
        self.name(copy, stated);
        outcome(&self.scratch.path().join("in"), None)
    }

    /// Names this file as the signed copy.
    fn name(&self, copy: &[u8], stated: bool) {
        let folder = self.scratch.path().join("in");
        fs::write(folder.join("evidence/signed.pdf"), copy).unwrap();
        let base = support::repository("tests/bases/mra/manifest.yaml");
        let text = fs::read_to_string(base).unwrap();
        let stated = if stated {
            format!(", signed_for: {}", self.hash)
        } else {
            String::new()
        };
        let declaration = format!("declaration: {{ signed: evidence/signed.pdf{stated} }}\n");
        fs::write(folder.join("manifest.yaml"), text + &declaration).unwrap();
    }

    /// Returns what the first finding says.
    pub(crate) fn message(&self) -> String {
        let folder = self.scratch.path().join("in");
        let case = support::read(&folder.join("manifest.yaml"), None);
        case.findings()[0].message.clone()
    }

    pub(crate) fn pen(&self) -> (Pen, usize) {
        let pen = Pen::new(&self.pdf);
        let last = pen.n_pages() - 1;
        (pen, last)
    }
}

fn outcome(folder: &Path, on: Option<Date>) -> (State, Vec<Code>) {
    let case = support::read(&folder.join("manifest.yaml"), on);
    let codes = case.findings().iter().map(|finding| finding.code).collect();
    (case.plan.unwrap().state, codes)
}

const STAMP: &str = "/Subtype/Stamp/Rect[220 110 340 150]";

#[test]
fn ways_of_signing_are_signatures() {
    let prepared = Prepared::new();
    let (_, last) = prepared.pen();
    let signed = |sign: &dyn Fn(&mut Pen)| {
        let mut pen = Pen::new(&prepared.pdf);
        sign(&mut pen);
        pen.write()
    };
    for (what, copy) in [
        (
            "ink",
            signed(&|pen| {
                pen.annotate(last, INK);
            }),
        ),
        (
            "strokes",
            signed(&|pen| {
                pen.draw(last, STROKES);
            }),
        ),
        (
            "a picture",
            signed(&|pen| {
                pen.draw(last, PICTURE);
            }),
        ),
        (
            "initials too",
            signed(&|pen| {
                for page in 0..=last {
                    pen.draw(page, &PICTURE.replace("220 110", "500 40"));
                }
                pen.draw(last, PICTURE);
            }),
        ),
    ] {
        assert_eq!(
            prepared.with(&copy, false),
            (State::Ready, vec![]),
            "{what}"
        );
    }
}

#[test]
fn an_unsigned_declaration_is_not_signed_whatever_is_stated() {
    let prepared = Prepared::new();
    let (_, last) = prepared.pen();
    let marked = |annotation: &str| prepared.pen().0.annotate(last, annotation).write();
    let note = "/Subtype/FreeText/Rect[220 110 340 150]/Contents(please sign here)";
    for (what, copy) in [
        ("as prepared", prepared.pdf.clone()),
        (
            "an empty field",
            marked("/Subtype/Widget/FT/Sig/T(Signature)/Rect[220 110 340 150]"),
        ),
        ("a typed note", marked(note)),
        (
            "a highlight",
            marked("/Subtype/Highlight/Rect[220 110 340 150]"),
        ),
        (
            "a stamp of words",
            marked(&format!("{STAMP}/Name/Draft/Contents(Draft)")),
        ),
        (
            "a line",
            prepared.pen().0.draw(last, "220 120 m 340 120 l S").write(),
        ),
    ] {
        let blocked = (State::Blocked, vec![Code::NotSigned]);
        assert_eq!(prepared.with(&copy, false), blocked, "{what}");
        assert_eq!(prepared.with(&copy, true), blocked, "{what}, stated");
    }
}

#[test]
fn lacking_and_damaged_pages_are_refused_whatever_is_stated() {
    let prepared = Prepared::new();
    let (_, last) = prepared.pen();
    let signed = |change: &dyn Fn(&mut Pen)| {
        let mut pen = Pen::new(&prepared.pdf);
        pen.annotate(last, INK);
        change(&mut pen);
        pen.write()
    };
    for (what, copy) in [
        (
            "a page is missing",
            signed(&|pen| {
                pen.leave_out(1);
            }),
        ),
        (
            "a page is damaged",
            signed(&|pen| {
                pen.replace(1, "/Filter/FlateDecode", b"\0\0\0");
            }),
        ),
        (
            "a page is blank",
            signed(&|pen| {
                pen.replace(1, "", b"");
            }),
        ),
    ] {
        let blocked = (State::Blocked, vec![Code::SignedCopyUnusable]);
        assert_eq!(prepared.with(&copy, false), blocked, "{what}");
        assert_eq!(prepared.with(&copy, true), blocked, "{what}, stated");
    }
}

#[test]
fn what_may_hide_words_is_a_question() {
    let prepared = Prepared::new();
    let (_, last) = prepared.pen();
    let white = "1 1 1 rg 0 0 595 842 re f";
    let copy = prepared.pen().0.annotate(last, INK).draw(0, white).write();
    let blocked = (State::Blocked, vec![Code::SignedContentUnknown]);
    assert_eq!(prepared.with(&copy, false), blocked);
    assert_eq!(prepared.with(&copy, true), (State::Ready, vec![]));
}

#[test]
fn a_signature_does_not_expire_overnight() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("in");
    support::copy(&support::repository("tests/bases/mra"), &folder);
    let manifest = folder.join("manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    let signed = support::as_signed(&support::declaration(&folder).1);
    fs::write(folder.join("evidence/signed.pdf"), signed).unwrap();
    let open: String = text
        .lines()
        .filter(|line| !line.contains("submission:"))
        .flat_map(|line| [line, "\n"])
        .collect();
    assert_ne!(open, text);
    fs::write(
        &manifest,
        open + "declaration: { signed: evidence/signed.pdf }\n",
    )
    .unwrap();
    // Today is another day than the one on the copy, and nobody named one.
    let (state, codes) = outcome(&folder, None);
    assert!(
        !codes.contains(&Code::SignedForOtherContent),
        "{state}: {codes:?}"
    );
    let (_, codes) = outcome(&folder, Some("2026-12-08".parse().unwrap()));
    assert!(codes.contains(&Code::SignedForOtherContent), "{codes:?}");
}

#[test]
fn a_logo_of_a_template_is_no_signature() {
    let prepared = Prepared::new();
    let root = prepared.scratch.path();
    run(root, &["templates", "eject", "own"]).expect(0);
    fs::copy(
        support::repository("tests/pictures/logo.png"),
        root.join("own/logo.png"),
    )
    .unwrap();
    let template = root.join("own/declaration.html");
    let text = fs::read_to_string(&template).unwrap();
    let logo = "<main><img src=\"logo.png\" alt=\"Logo\" style=\"width: 10%\"/>";
    fs::write(&template, text.replace("<main>", logo)).unwrap();
    let packed = ["pack", "in", "-o", "out", "--dir", "--templates", "own"];
    let ran = run(root, &packed).expect(0);
    let pack = root.join(ran.stdout.lines().next().unwrap());
    let unsigned = fs::read(pack.join("upload/01-declaration-of-conformity.pdf")).unwrap();
    let check = ["check", "in", "--templates", "own"];
    prepared.name(&unsigned, true);
    let ran = run(root, &check).expect(1);
    assert!(ran.stdout.contains("error[E016]"), "{}", ran.stdout);
    prepared.name(&support::as_signed(&unsigned), false);
    let ran = run(root, &check).expect(0);
    assert!(ran.stdout.contains("ready"), "{}", ran.stdout);
    // The wording belongs to what was signed.
    let text = text.replace(
        "I declare that",
        "I declare under our sole responsibility that",
    );
    fs::write(&template, text).unwrap();
    prepared.name(&support::as_signed(&prepared.pdf), false);
    let ran = run(root, &check).expect(1);
    assert!(
        ran.stdout.contains("signed on the built-in template"),
        "{}",
        ran.stdout
    );
}

#[test]
fn the_built_in_declaration_is_not_signed_for_a_word_template() {
    let prepared = Prepared::new();
    let root = prepared.scratch.path();
    let word = support::repository("examples/templates/declaration.docx");
    fs::copy(word, root.join("own.docx")).unwrap();
    prepared.name(&support::as_signed(&prepared.pdf), false);
    let pack = [
        "pack",
        "in",
        "-o",
        "out",
        "--dir",
        "--template",
        "declaration=own.docx",
    ];
    let ran = run(root, &pack).expect(1);
    assert!(ran.stderr.contains("error[E013]"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("signed on the built-in template"),
        "{}",
        ran.stderr
    );
}

#[test]
fn signed_files_of_other_programs_are_read() {
    let folder = |name: &str| support::repository("tests/signed").join(name);
    for (name, state, codes) in [
        ("by-acrobat", State::Ready, vec![]),
        ("field-left-empty", State::Blocked, vec![Code::NotSigned]),
        (
            "unsigned-with-a-logo",
            State::Blocked,
            vec![Code::NotSigned],
        ),
        ("scan-misread-by-ocr", State::Ready, vec![]),
        (
            "locked-by-rights",
            State::Blocked,
            vec![Code::EvidenceEncrypted],
        ),
    ] {
        assert_eq!(outcome(&folder(name), None), (state, codes), "{name}");
    }
    let locked = support::read(&folder("locked-by-rights").join("manifest.yaml"), None);
    let help = &locked.findings()[0].help;
    assert!(!help.contains("save it"), "{help}");
    assert!(help.contains("`signed_for`"), "{help}");
}

#[test]
fn a_digital_signature_has_to_be_of_the_file() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("in");
    support::copy(&support::repository("tests/signed/by-acrobat"), &folder);
    let file = folder.join("evidence/signed.pdf");
    let bytes = fs::read(&file).unwrap();
    let at = |what: &[u8]| {
        let mut windows = bytes.windows(what.len());
        windows.position(|window| window == what).unwrap()
    };
    let with = |at: usize, text: &str| {
        let mut bytes = bytes.clone();
        bytes[at..at + text.len()].copy_from_slice(text.as_bytes());
        fs::write(&file, bytes).unwrap();
        outcome(&folder, None)
    };
    let blocked = |code| (State::Blocked, vec![code]);
    let (program, form) = (at(b"/Exchange-Pro"), at(b"/adbe.pkcs7.detached"));
    assert_eq!(with(program, "/Exchange-Pro"), (State::Ready, vec![]));
    let changed = with(program, "/Exchange-Pdf");
    assert_eq!(changed, blocked(Code::SignedCopyUnusable));
    let stamp = with(form, "/ETSI.RFC3161       ");
    assert_eq!(stamp, blocked(Code::NotSigned));
    let garbage = "0".repeat(3000);
    let broken = with(at(b"<308205B3") + 3, &garbage);
    assert_eq!(broken, blocked(Code::SignedContentUnknown));
}

#[test]
fn a_scan_that_is_misread_says_so_until_a_person_compared_it() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("in");
    support::copy(
        &support::repository("tests/signed/scan-misread-by-ocr"),
        &folder,
    );
    let manifest = folder.join("manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        text.replace(", signed_for: 3694727916096835", ""),
    )
    .unwrap();
    let case = support::read(&manifest, None);
    let [finding] = case.findings() else {
        panic!("{:?}", case.findings());
    };
    assert_eq!(finding.code, Code::SignedContentUnknown);
    assert!(finding.message.contains("misread"), "{}", finding.message);
}

#[test]
fn a_signed_product_of_a_batch_is_ready() {
    let prepared = Prepared::new();
    let root = prepared.scratch.path();
    prepared.name(&support::as_signed(&prepared.pdf), false);
    let ran = run(root, &["batch", "in", "-o", "out"]).expect(0);
    let said = ran.stdout + &ran.stderr;
    assert!(said.contains("ready"), "{said}");
    prepared.name(&prepared.pdf, false);
    let ran = run(root, &["batch", "in", "-o", "other"]).expect(1);
    let said = ran.stdout + &ran.stderr;
    assert!(said.contains("E016"), "{said}");
}
