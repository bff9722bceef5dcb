//! The promises of the README of this crate, tested through its public interface.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::tests_outside_test_module,
    reason = "a test may die, and reads its own files"
)]

use std::fs;
use std::path::Path;

use clspack_typeset::block::Document;
use clspack_typeset::{PdfError, Typesetter, fonts, markup, pdf};

fn sample() -> Document {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let html = fs::read_to_string(folder.join("sample.html")).unwrap();
    let mut document = markup::parse(&html).unwrap();
    for name in ["label.png", "photo.jpg", "logo.png"] {
        let bytes = fs::read(folder.join(name)).unwrap();
        document.pictures.insert(name.to_owned(), bytes.into());
    }
    document
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = sample();
    let mut typesetter = Typesetter::new();
    let first = typesetter.pdf(&document).unwrap();
    assert_eq!(first, typesetter.pdf(&document).unwrap());
    assert_eq!(first, pdf(&document).unwrap());
}

#[test]
fn the_file_claims_both_standards() {
    let bytes = pdf(&sample()).unwrap();
    for claim in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ] {
        assert!(holds(&bytes, claim), "{claim}");
    }
}

#[test]
fn a_document_names_its_maker() {
    let mut document = sample();
    assert!(holds(&pdf(&document).unwrap(), clspack_typeset::PRODUCER));
    document.meta.producer = Some("Bridges 7".to_owned());
    let bytes = pdf(&document).unwrap();
    assert!(holds(&bytes, "Bridges 7") && !holds(&bytes, clspack_typeset::PRODUCER));
}

#[test]
fn what_is_outside_of_the_subset_is_refused_with_its_place() {
    let html = "<html lang=\"en\"><head><title>T</title></head>\n<body><p>a</p><video></video></body></html>";
    let faults = markup::parse(html).expect_err("there is no `video`");
    assert_eq!((faults[0].line, faults[0].column), (2, 15));
}

#[test]
fn a_character_without_a_glyph_is_refused() {
    let mut document = sample();
    document.meta.draft = Some("\u{13000}".to_owned());
    let error = pdf(&document).expect_err("no font has hieroglyphs");
    assert!(matches!(error, PdfError::MissingGlyph { .. }), "{error}");
    assert_eq!(fonts::first_missing("a\u{13000}"), Some('\u{13000}'));
}
