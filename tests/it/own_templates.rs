//! The applicant's own templates on their way through the program: what is said of them is the same from wherever
//! they are named, and a draft is made of them.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::binary::run;
use crate::office::{Parts, shown};
use crate::support::{copy, repository};

/// A folder with a good manifest and the built-in templates in `t`.
fn scratch() -> TempDir {
    let scratch = tempfile::tempdir().unwrap();
    copy(&repository("examples/korean-robot-vacuum"), scratch.path());
    run(scratch.path(), &["templates", "eject", "t"]).expect(0);
    scratch
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replace(from, to)).unwrap();
}

fn word(text: &str) -> Vec<u8> {
    let paragraph = format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    Parts::word(&[("document".to_owned(), paragraph)]).zip()
}

#[test]
fn a_loop_over_a_text_is_refused_wherever_it_is() {
    let scratch = scratch();
    let path = scratch.path().join("t/declaration.html");
    edit(
        &path,
        "<main>",
        "<main><p>{% for c in plan.fee %}{{ c }}{% endfor %}</p>",
    );
    let says = "`plan.fee` is a text, and `for` would print its letters";
    let ran = run(scratch.path(), &["templates", "check", "t"]).expect(1);
    assert!(ran.stdout.contains(says), "{}", ran.stdout);
    for command in [
        &["check", "."][..],
        &["plan", "."],
        &["pack", ".", "--list"],
    ] {
        let ran = run(scratch.path(), &[command, &["--templates", "t"]].concat()).expect(2);
        assert!(
            ran.stderr.contains("declaration.html:19:26") && ran.stderr.contains(says),
            "{}",
            ran.stderr
        );
    }
    fs::write(
        scratch.path().join("own.docx"),
        word("{% for c in plan.fee %}{{ c }}{% endfor %}"),
    )
    .unwrap();
    let ran = run(scratch.path(), &["templates", "check", "own.docx"]).expect(1);
    assert!(
        ran.stdout.contains("word/document.xml, paragraph 1") && ran.stdout.contains(says),
        "{}",
        ran.stdout
    );
    let ran = run(
        scratch.path(),
        &["pack", ".", "--list", "--template", "declaration=own.docx"],
    )
    .expect(1);
    assert!(
        ran.stderr.contains("error[T003]") && ran.stderr.contains(says),
        "{}",
        ran.stderr
    );
    assert!(ran.stdout.is_empty());
}

#[test]
fn the_models_can_be_gone_through() {
    let scratch = scratch();
    edit(
        &scratch.path().join("t/declaration.html"),
        "<main>",
        "<main><p>{% for m in product.models %}[{{ m }}]{% endfor %}</p>",
    );
    fs::write(scratch.path().join("own.docx"), word("{% for m in product.models %}[{{ m }}]{% endfor %} on {{ plan.on | date }} {{ declares.short }}")).unwrap();
    run(
        scratch.path(),
        &[
            "pack",
            ".",
            "-o",
            "out",
            "--dir",
            "--template",
            "declaration=own.docx",
        ],
    )
    .expect(0);
    let filled = fs::read(
        scratch
            .path()
            .join("out/VR7MD97716G_iotmra_2026-12-01/upload/01-declaration-of-conformity.docx"),
    )
    .unwrap();
    let lines = shown(&Parts::unzip(&filled).part("word/document.xml")).join("\n");
    assert!(
        lines.contains("[VR7MD97716G] on 1 December 2026"),
        "{lines}"
    );
    let ran = run(scratch.path(), &["templates", "check", "t"]).expect(0);
    assert_eq!(ran.stdout, "templates checked: 10; no faults\n");
}

#[test]
fn a_declaration_without_hash_is_told_from_wherever_it_is_named() {
    let scratch = scratch();
    edit(
        &scratch.path().join("t/declaration.html"),
        "declares.short",
        "declares.parts",
    );
    edit(
        &scratch.path().join("t/letter.html"),
        "<meta name=\"template\"",
        "<meta name=\"subject\"",
    );
    fs::write(scratch.path().join("own.docx"), word("{{ product.title }}")).unwrap();
    for (command, codes) in [
        (&["templates", "check", "t"][..], &["T101", "T104"][..]),
        (&["templates", "check", "own.docx"], &["T101", "T105"]),
        (&["check", ".", "--templates", "t"], &["T101", "T104"]),
        (
            &["pack", ".", "--list", "--templates", "t"],
            &["T101", "T104"],
        ),
        (
            &["pack", ".", "--list", "--template", "declaration=own.docx"],
            &["T101", "T105"],
        ),
    ] {
        let ran = run(scratch.path(), command).expect(0);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        for code in codes {
            assert_eq!(
                said.matches(&format!("warning {code}]")).count()
                    + said.matches(&format!("warning[{code}]")).count(),
                1,
                "{command:?} {said}"
            );
        }
    }
    let path = scratch.path().join("manifest.yaml");
    let manifest = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        format!("{manifest}\ntemplates: {{ declaration: own.docx }}\n"),
    )
    .unwrap();
    let ran = run(scratch.path(), &["check", "."]).expect(0);
    assert!(
        ran.stdout.contains("warning[T101]") && ran.stdout.contains("warning[T105]"),
        "{}",
        ran.stdout
    );
    let ran = run(
        scratch.path(),
        &["batch", ".", "-o", "out", "--templates", "t"],
    )
    .expect(0);
    assert!(ran.stdout.contains("T104"), "{}", ran.stdout);
}

#[test]
fn faults_of_pages_keep_the_members_that_were_published() {
    let scratch = scratch();
    let folder = scratch.path().join("pages");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("summary.html"), "<p>{{ nobody }}</p>").unwrap();
    let ran = run(
        scratch.path(),
        &["templates", "check", "pages", "--format", "json"],
    )
    .expect(1);
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let fault = &report["faults"][0];
    assert_eq!(fault["template"], "summary.html");
    assert_eq!(fault["line"], fault["place"]["line"]);
    assert_eq!(fault["column"], fault["place"]["column"]);
    assert!(
        fault["line"].is_u64() && fault["column"].is_u64(),
        "{fault}"
    );
    let whole = &report["warnings"][0];
    assert_eq!(whole["code"], "T104");
    assert_eq!((&whole["line"], &whole["column"]), (&1.into(), &1.into()));
}

#[test]
fn a_finding_in_a_paragraph_has_its_place_and_is_waived_by_file_or_field() {
    let scratch = scratch();
    let text = "[Company] {{ declares.short }}";
    fs::write(scratch.path().join("own.docx"), word(text)).unwrap();
    let path = scratch.path().join("manifest.yaml");
    let manifest = fs::read_to_string(&path).unwrap();
    let named = format!("{manifest}\ntemplates: {{ declaration: own.docx }}\n");
    fs::write(&path, &named).unwrap();
    for (command, list) in [
        (&["check", "."][..], "findings"),
        (&["templates", "check", "own.docx"], "warnings"),
    ] {
        let ran = run(scratch.path(), &[command, &["--format", "json"]].concat()).expect(0);
        let report: Value = serde_json::from_str(&ran.stdout).unwrap();
        let mut found = report[list].as_array().unwrap().iter();
        let found = found.find(|one| one["code"] == "T102").unwrap();
        let place = &found["place"];
        assert_eq!(place["file"], "own.docx");
        assert_eq!(place["part"], "word/document.xml");
        assert_eq!(place["paragraph"], 1);
        assert_eq!(place["text"], text);
        assert_eq!(
            found["help"],
            "fill it, or keep it if the document is to say so"
        );
        if list == "warnings" {
            let older = ["template", "part", "paragraph", "text"].map(|name| &found[name]);
            let place = ["file", "part", "paragraph", "text"].map(|name| &place[name]);
            assert_eq!(older, place);
        }
    }
    for (place, is_waived) in [
        ("own.docx", true),
        ("templates.declaration", true),
        ("templates", false),
    ] {
        let waiver = format!(
            "waivers: [{{ code: T102, place: {place}, reason: it is meant, by: A. Person, until: 2026-12-31 }}]"
        );
        fs::write(&path, format!("{named}{waiver}\n")).unwrap();
        let ran = run(scratch.path(), &["check", "."]);
        let is_told = ran.stdout.contains("warning[T102]");
        assert_eq!(!is_told, is_waived, "{place} {}", ran.stdout);
    }
}

#[test]
fn a_folder_is_checked_with_everything_in_it() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("f");
    fs::create_dir(&folder).unwrap();
    let ran = run(scratch.path(), &["templates", "check", "f"]).expect(2);
    assert!(
        ran.stderr.contains("`f` contains no template"),
        "{}",
        ran.stderr
    );
    fs::write(folder.join("~$own.docx"), "held open").unwrap();
    run(scratch.path(), &["templates", "check", "f"]).expect(2);
    fs::write(folder.join("own.docx"), word("{{ prodct.title }}")).unwrap();
    let ran = run(scratch.path(), &["templates", "check", "f"]).expect(1);
    assert!(
        ran.stdout.contains("unknown name `prodct`")
            && ran.stdout.contains("templates checked: 1; 1 fault"),
        "{}",
        ran.stdout
    );
    fs::write(folder.join("letter.html"), b"\xff\xfe<\0").unwrap();
    for path in ["f", "f/letter.html"] {
        let ran = run(scratch.path(), &["templates", "check", path]).expect(1);
        assert!(
            ran.stdout.contains("it is not stored as UTF-8"),
            "{}",
            ran.stdout
        );
    }
}

#[test]
fn templates_of_other_programs_are_refused() {
    let blanks = repository("tests/own-templates/blanks-of-another-kind.docx");
    let embedded = repository("tests/own-templates/embedded-document.docx");
    let scratch = scratch();
    for (path, says) in [
        (
            &blanks,
            &["`MERGEFIELD Company`", "a content control shows its hint"][..],
        ),
        (&embedded, &["Document1.docx"]),
    ] {
        let path = path.to_str().unwrap();
        let ran = run(scratch.path(), &["templates", "check", path]).expect(1);
        let named = format!("declaration={path}");
        let packed = run(
            scratch.path(),
            &["pack", ".", "--list", "--template", &named],
        )
        .expect(1);
        assert!(
            packed.stdout.is_empty() && packed.stderr.contains("error[T002]"),
            "{}",
            packed.stderr
        );
        for says in says {
            assert!(
                ran.stdout.contains(says) && packed.stderr.contains(says),
                "{says}"
            );
        }
    }
}

#[test]
fn a_draft_shows_what_it_is_made_for() {
    let scratch = scratch();
    let manifest = scratch.path().join("manifest.yaml");
    edit(
        &manifest,
        "name: Bespoke AI Steam robot vacuum",
        "name: \"Hub \u{1f3e0}\"",
    );
    fs::write(
        scratch.path().join("own.docx"),
        word("{{ product.title }} {{ signatory.title }} {{ declares.short }}"),
    )
    .unwrap();
    edit(&manifest, ", title: Head of Regulatory Affairs", "");
    let draft = |more: &[&str]| {
        let command = [
            &["pack", ".", "-o", "out", "--dir", "--draft", "--force"],
            more,
        ]
        .concat();
        run(scratch.path(), &command).expect(1)
    };
    let upload = |name: &str| {
        fs::read(
            scratch
                .path()
                .join("out/VR7MD97716G_iotmra_2026-12-01_DRAFT/upload")
                .join(name),
        )
    };
    draft(&[]);
    assert!(upload("01-declaration-of-conformity.pdf").is_ok());
    draft(&["--template", "declaration=own.docx"]);
    let filled = upload("01-declaration-of-conformity-DRAFT.docx").unwrap();
    let lines = shown(&Parts::unzip(&filled).part("word/document.xml"));
    assert_eq!(lines[0], "¶ *DRAFT – not for signature*");
    assert!(
        lines[1].contains("Hub \u{1f3e0}")
            && lines[1].contains("(missing)")
            && lines[1].contains("this is a draft"),
        "{lines:?}"
    );
    fs::write(scratch.path().join("own.docx"), word("{{ product.titel }}")).unwrap();
    let ran = draft(&["--template", "declaration=own.docx"]);
    assert!(
        ran.stderr.contains(
            "the draft's declaration is made from the built-in template, because your template has errors"
        ),
        "{}",
        ran.stderr
    );
    assert!(upload("01-declaration-of-conformity.pdf").is_ok());
}
