//! Signatures, and things that only look like one.

use super::paper::{Paper, revised};
use crate::{MarkKind, Pdf, Signature, read};

const CONTENT: &str = "<0badcafe00>";

/// A file with a signature whose ranges are right.
fn signed(value: &str, field: &str) -> Vec<u8> {
    let place = "/ByteRange[0 1111111111 2222222222 3333333333]";
    let value = format!("<</Type/Sig/Filter/Adobe.PPKLite{value}{place}/Contents {CONTENT}>>");
    let bytes = Paper::saying("x")
        .catalog("/AcroForm<</Fields[10 0 R]/SigFlags 3>>")
        .page("/Annots[11 0 R]")
        .object(10, format!("<</FT/Sig/T(one){field}>>"))
        .object(11, "<</Subtype/Widget/Parent 10 0 R/Rect[0 0 0 0]>>")
        .object(12, value)
        .bytes();
    let text = String::from_utf8(bytes).unwrap();
    let first = text.find(CONTENT).unwrap();
    let second = first + CONTENT.len();
    let rest = text.len() - second;
    text.replace("1111111111", &format!("{first:010}"))
        .replace("2222222222", &format!("{second:010}"))
        .replace("3333333333", &format!("{rest:010}"))
        .into_bytes()
}

fn kinds(pdf: &Pdf) -> Vec<MarkKind> {
    pdf.pages[0]
        .marks
        .iter()
        .map(|mark| mark.kind.clone())
        .collect()
}

#[test]
fn a_field_with_a_value_is_a_signature() {
    let pdf = read(signed("/Name(Tan Mei Ling)", "/V 12 0 R")).unwrap();
    assert_eq!(kinds(&pdf), [MarkKind::SignatureField]);
    let signature = Signature {
        name: Some("Tan Mei Ling".to_owned()),
        covers_file: true,
        ..Signature::default()
    };
    assert_eq!(pdf.signatures, [signature]);
    assert!(pdf.unread.is_empty());
}

#[test]
fn a_field_without_a_value_is_none() {
    for field in [
        "",
        "/V null",
        "/V 99 0 R",
        "/V<</Type/Sig>>",
        "/V<</Contents<0000>>>",
    ] {
        let pdf = read(signed("", field)).unwrap();
        assert_eq!(kinds(&pdf), [MarkKind::EmptySignatureField], "{field}");
        assert_eq!(pdf.signatures, [], "{field}");
    }
}

#[test]
fn build_notes_of_acrobat_do_not_disturb() {
    let notes = "/Prop_Build<</Filter<</Name/Adobe.PPKLite/Date(x)>>/App<</Name/Exchange-Pro>>>>";
    let pdf = read(signed(notes, "/V 12 0 R")).unwrap();
    assert_eq!(pdf.signatures.len(), 1);
    assert!(pdf.unread.is_empty());
}

#[test]
fn what_was_added_after_signing_is_counted() {
    let bytes = signed("", "/V 12 0 R");
    let before = bytes.len();
    let bytes = revised(bytes, &[(20, "<</Added true>>")], "");
    let added = u64::try_from(bytes.len() - before).unwrap();
    let pdf = read(bytes).unwrap();
    assert!(pdf.signatures[0].covers_file);
    assert_eq!(pdf.signatures[0].bytes_after, added);
}

#[test]
fn ranges_that_leave_something_else_out_do_not_cover_the_file() {
    let text = String::from_utf8(signed("", "/V 12 0 R")).unwrap();
    let ranges = text.split("/ByteRange").nth(1).unwrap();
    let ranges = ranges.split(']').next().unwrap().to_owned() + "]";
    for wrong in [
        "[0 9 20 30]",
        "[5 9 20 30]",
        "[]",
        "[0 9]",
        "[0 99999999999 1 1]",
    ] {
        let wrong = format!("{wrong:<width$}", width = ranges.len());
        let pdf = read(text.replace(&ranges, &wrong)).unwrap();
        assert!(!pdf.signatures[0].covers_file, "{wrong}");
    }
}

#[test]
fn a_signature_without_a_place_on_a_page_counts() {
    let pdf = Paper::saying("x")
        .catalog("/AcroForm<</Fields[10 0 R]>>")
        .object(10, "<</T(all)/FT/Sig/Kids[11 0 R]>>")
        .object(11, "<</Parent 10 0 R/V<</Contents<01>>>>>")
        .read();
    assert_eq!(pdf.signatures.len(), 1);
    assert_eq!(kinds(&pdf), []);
}

#[test]
fn words_of_signatures_in_a_text_are_none() {
    let pdf = Paper::new("% /FT/Sig /Type/Sig\nBT /F1 9 Tf 72 700 Td (/FT /Sig) Tj ET").read();
    assert_eq!(kinds(&pdf), []);
    assert_eq!(pdf.signatures, []);
}
