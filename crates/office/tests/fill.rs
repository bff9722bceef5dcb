//! The promises of the README of this crate, tested through its public interface.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::tests_outside_test_module,
    reason = "a test may die"
)]

use std::io::{Cursor, Read as _, Write as _};
use std::sync::Arc;

use clspack_office::{Advice, Blank, FaultKind, Language, Template};
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

/// Knows `name` and `guests`, and takes `___` for a blank.
#[derive(Debug)]
struct Few;

impl Language for Few {
    fn unknown_names(&self, tags: &str, _: &Value) -> Vec<(usize, Advice)> {
        let found = tags.find("nmae").into_iter();
        found.map(|at| (at, "unknown name `nmae`".into())).collect()
    }

    fn blanks(&self, text: &str) -> Vec<Blank> {
        let is_blank = text.contains("___");
        let blank = Blank {
            is_certain: false,
            advice: "a line to write on".into(),
        };
        is_blank.then_some(blank).into_iter().collect()
    }
}

fn word(body: &str) -> Vec<u8> {
    let document = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", &document),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn open(body: &str) -> Template {
    Template::open("letter.docx", word(body), Arc::new(Few)).unwrap()
}

fn body(bytes: &[u8]) -> String {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut part = zip.by_name("word/document.xml").unwrap();
    part.read_to_string(&mut text).unwrap();
    let (_, rest) = text.split_once("<w:body>").unwrap();
    rest.split_once("</w:body>").unwrap().0.to_owned()
}

#[test]
fn a_tag_that_is_cut_into_runs_is_filled_and_all_else_stays() {
    let template = open(
        "<w:p  w:a='1'><w:r><w:t>Dear {</w:t></w:r><w:r><w:t>{ na</w:t></w:r><w:r><w:t>me }}!</w:t></w:r></w:p><w:p ><w:r><w:t>Bye</w:t></w:r></w:p>",
    );
    let values = json!({ "name": "A & {B}" });
    let filled = template.fill(&values).unwrap();
    let text = body(&filled);
    assert!(
        text.contains("A &amp; {B}") && !text.contains("{{"),
        "{text}"
    );
    assert!(text.starts_with("<w:p  w:a='1'>"), "{text}");
    assert!(
        text.ends_with("<w:p ><w:r><w:t>Bye</w:t></w:r></w:p>"),
        "{text}"
    );
    assert_eq!(filled, template.fill(&values).unwrap());
}

#[test]
fn a_paragraph_is_repeated() {
    let template = open(
        "<w:p><w:r><w:t>{% for guest in guests %}</w:t></w:r></w:p><w:p><w:r><w:t>{{ guest }}</w:t></w:r></w:p><w:p><w:r><w:t>{% endfor %}</w:t></w:r></w:p>",
    );
    let filled = template.fill(&json!({ "guests": ["Ann", "Bo"] })).unwrap();
    let text = body(&filled);
    assert_eq!(text.matches("<w:p>").count(), 2, "{text}");
}

#[test]
fn a_fault_names_its_paragraph() {
    let template = open("<w:p/><w:p><w:r><w:t>Dear {{ nmae }}</w:t></w:r></w:p>");
    let faults = template.fill(&json!({})).unwrap_err();
    assert_eq!(
        faults[0].to_string(),
        "word/document.xml, paragraph 2 “Dear {{ nmae }}”: unknown name `nmae`"
    );
}

#[test]
fn a_blank_is_a_warning() {
    let template = open("<w:p><w:r><w:t>Signed ___</w:t></w:r></w:p>");
    let kinds: Vec<_> = template.warnings().iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [FaultKind::Placeholder]);
}

#[test]
fn what_is_no_template_is_refused() {
    for bytes in [b"PK".to_vec(), b"%PDF-1.7".to_vec(), Vec::new()] {
        let opened = Template::open("letter.docx", bytes, Arc::new(Few));
        let faults = opened.expect_err("it is no archive");
        assert_eq!(faults[0].part, "letter.docx");
    }
}
