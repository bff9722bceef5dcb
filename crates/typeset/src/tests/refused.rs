//! What is refused, and the messages.

use super::{document, table};
use crate::block::{Block, Cell, Document};
use crate::{PdfError, pdf};

#[test]
fn a_missing_glyph_is_an_error_with_its_surroundings() {
    let error = pdf(&document(vec![Block::text("a name such as राम in a form")]));
    let expected = PdfError::MissingGlyph {
        character: 'र',
        context: "ame such as राम in a form".into(),
    };
    assert_eq!(error, Err(expected));
}

#[test]
fn what_a_pdf_needs_is_asked_for() {
    let with = |change: fn(&mut Document)| {
        let mut source = document(vec![Block::text("x")]);
        change(&mut source);
        pdf(&source).err()
    };
    assert_eq!(with(|_| {}), None);
    assert_eq!(
        with(|source| source.meta.title.clear()),
        Some(PdfError::NoTitle)
    );
    assert_eq!(
        with(|source| source.meta.language.clear()),
        Some(PdfError::NoLanguage)
    );
    assert_eq!(
        with(|source| source.meta.date = Some((2026, 2, 29))),
        Some(PdfError::NoDate)
    );
    assert_eq!(
        with(|source| source.header = vec![Block::Rule]),
        Some(PdfError::RunningHead("header"))
    );
    assert_eq!(
        with(|source| source.body.append(&mut source.footer)),
        Some(PdfError::FieldInBody)
    );
    let uneven = |source: &mut Document| source.body = vec![table(vec![vec![Cell::text("x")]])];
    assert_eq!(
        with(uneven),
        Some(PdfError::UnevenRow {
            row: 1,
            cells: 1,
            columns: 2
        })
    );
}
