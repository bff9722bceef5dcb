//! Copies of a declaration of three pages, made by hand.

mod hiding;
mod pages;
mod place;
mod unsigned;

use super::*;
use crate::domain::{Field, Sha256};
use crate::pdf::{DigestCheck, Mark, MarkKind, Page, Signature, SignatureKind};

const OTHER: &str = "0000000000000000";

fn short() -> String {
    Sha256::of(b"declared").short()
}

fn mark(kind: MarkKind, hash: u64, covers: u16) -> Mark {
    Mark {
        kind,
        hash,
        covers,
        bounds: [10_000, 10_000, 20_000, 15_000],
        hides: 0,
        over: 0,
        pale: false,
        blank: false,
        ruled: false,
        drawn: false,
        solid: false,
        highest: None,
        slopes: Vec::new(),
    }
}

fn path(segments: u32, filled: bool, hash: u64) -> Mark {
    mark(MarkKind::Path { segments, filled }, hash, 6)
}

fn note(subtype: &str, says: &str) -> Mark {
    let (subtype, says) = (subtype.to_owned(), says.to_owned());
    mark(MarkKind::Note { subtype, says }, 7, 5)
}

fn stamp(drawn: bool, says: &str) -> Mark {
    let says = says.to_owned();
    mark(MarkKind::Stamp { drawn, says }, 7, 5)
}

fn image() -> Mark {
    mark(MarkKind::Image, 9, 8)
}

fn hiding(mark: Mark) -> Mark {
    Mark { hides: 3, ..mark }
}

/// The declaration for a day, with a hash in each footer and a picture in each header.
fn paper(words: &str, day: &str, hash: &str) -> Pdf {
    let page = |number: usize, text: String| Page {
        text: format!("{text}acme·content{hash}page{number}of3"),
        marks: vec![mark(MarkKind::Image, 1, 3), path(4, true, number as u64)],
        lines: vec![1, 2],
        size: (59_500, 84_200),
        ..Page::default()
    };
    let pages = vec![
        page(1, format!("{words}rulesinforceon{day}")),
        page(2, "answersyesyesno".to_owned()),
        page(3, format!("ideclaresignaturecontentdeclared:{hash}.")),
    ];
    Pdf {
        pages,
        ..Pdf::default()
    }
}

fn prepared() -> Pdf {
    paper("declaration", "2026-12-01", &short())
}

/// A copy of the declaration with a change.
fn copy(change: impl FnOnce(&mut Pdf)) -> SignedPdf {
    let mut pdf = prepared();
    change(&mut pdf);
    let states = vec![None; pdf.signatures.len()];
    SignedPdf { pdf, states }
}

fn with(mark: Mark) -> SignedPdf {
    copy(|pdf| pdf.pages[2].marks.push(mark))
}

fn found_with(
    copy: &SignedPdf,
    stated: Option<&str>,
    change: impl FnOnce(&mut Claim<'_>),
) -> Option<Finding> {
    let mut remake = |wording: Wording, on: Date| {
        let words = match wording {
            Wording::InUse => "declaration",
            Wording::BuiltIn => "builtin",
        };
        Ok(Some(paper(words, &on.to_string(), &short())))
    };
    found_by(copy, stated, &mut remake, change)
}

fn found_by(
    copy: &SignedPdf,
    stated: Option<&str>,
    remake: &mut Remake<'_>,
    change: impl FnOnce(&mut Claim<'_>),
) -> Option<Finding> {
    let declared = Declared {
        hash: Sha256::of(b"declared"),
        parts: Vec::new(),
        described: None,
    };
    let mut application = Application::default();
    application.signatory.name = Field::Given("Alex Example".to_owned());
    let stated: Option<ShortHash> = stated.map(|hash| hash.parse().unwrap());
    let mut claim = Claim {
        declared: &declared,
        stated: stated.as_ref(),
        application: &application,
        on: "2026-12-01".parse().unwrap(),
        day_is_open: false,
        own: None,
        own_prints_hash: true,
        is_built_in: true,
    };
    change(&mut claim);
    check(&claim, Some(copy), remake).unwrap()
}

fn found(copy: &SignedPdf, stated: Option<&str>) -> Option<Code> {
    found_with(copy, stated, |_| {}).map(|finding| finding.code)
}

fn message(copy: &SignedPdf) -> String {
    found_with(copy, None, |_| {}).unwrap().message
}

#[test]
fn what_a_person_adds_to_sign_is_a_signature() {
    let signature = Signature {
        digest: DigestCheck::Fits,
        covers_file: true,
        ..Signature::default()
    };
    let with_signature = copy(|pdf| pdf.signatures.push(signature));
    let with_words = copy(|pdf| {
        pdf.pages[2].text += "digitallysignedbyalexexampledate:2026-11-20";
        pdf.pages[2].marks.push(image());
    });
    for (what, copy) in [
        ("an image", with(image())),
        ("ink", with(mark(MarkKind::Ink, 9, 8))),
        ("strokes", with(path(30, false, 9))),
        ("a stamp", with(stamp(true, "Alex Example"))),
        ("a digital signature", with_signature),
        ("an image and a name", with_words),
    ] {
        assert_eq!(found(&copy, None), None, "{what}");
        assert_eq!(
            found(&copy, Some(OTHER)),
            Some(Code::SignedForOtherContent),
            "{what}"
        );
    }
}

#[test]
fn a_digital_signature_of_something_else_signs_nothing() {
    let digital = |kind: SignatureKind, digest: DigestCheck, with: &[Mark]| {
        let signature = Signature {
            kind,
            digest,
            covers_file: true,
            ..Signature::default()
        };
        copy(|pdf| {
            pdf.signatures.push(signature);
            pdf.pages[2].marks.extend_from_slice(with);
        })
    };
    let person = |digest| digital(SignatureKind::Person, digest, &[]);
    let stated = short();
    assert_eq!(found(&person(DigestCheck::Fits), None), None);

    let unusable = Some(Code::SignedCopyUnusable);
    let differs = person(DigestCheck::Differs);
    assert_eq!(found(&differs, None), unusable);
    assert_eq!(found(&differs, Some(&stated)), unusable);
    let also_ink = digital(SignatureKind::Person, DigestCheck::Differs, &[image()]);
    assert_eq!(found(&also_ink, None), unusable);
    assert!(message(&differs).contains("does not fit its content"));
    let own = |claim: &mut Claim<'_>| claim.own = Some("ours.docx");
    let of_word = found_with(&differs, Some(&stated), own);
    assert_eq!(of_word.map(|finding| finding.code), unusable);

    let unknown = person(DigestCheck::Unknown);
    assert_eq!(found(&unknown, None), Some(Code::SignedContentUnknown));
    assert_eq!(found(&unknown, Some(&stated)), None);
    let also_ink = digital(SignatureKind::Person, DigestCheck::Unknown, &[image()]);
    assert_eq!(found(&also_ink, None), None);

    for digest in [
        DigestCheck::Fits,
        DigestCheck::Differs,
        DigestCheck::Unknown,
    ] {
        let stamp = digital(SignatureKind::TimeStamp, digest, &[]);
        assert_eq!(found(&stamp, None), Some(Code::NotSigned));
        assert_eq!(found(&stamp, Some(&stated)), Some(Code::NotSigned));
        let also_ink = digital(SignatureKind::TimeStamp, digest, &[image()]);
        assert_eq!(found(&also_ink, None), None);
    }
}

#[test]
fn what_was_prepared_or_typed_is_none() {
    let says = "please sign here";
    let on_every_page = copy(|pdf| {
        pdf.pages
            .iter_mut()
            .for_each(|page| page.marks.push(image()));
    });
    for (what, copy) in [
        ("nothing", copy(|_| {})),
        (
            "an empty field",
            with(mark(MarkKind::EmptySignatureField, 9, 8)),
        ),
        ("a note", with(note("FreeText", says))),
        ("a typed name", with(note("FreeText", "Alex Example"))),
        ("a highlight", with(note("Highlight", ""))),
        ("a link", with(note("Link", ""))),
        ("a stamp of words", with(stamp(false, "Alex"))),
        ("a stamp that says draft", with(stamp(true, "draft"))),
        ("a line", with(path(1, false, 9))),
        (
            "typed words",
            copy(|pdf| pdf.pages[2].text += "pleasesignhere"),
        ),
    ] {
        assert_eq!(found(&copy, None), Some(Code::NotSigned), "{what}");
        assert_eq!(
            found(&copy, Some(&short())),
            Some(Code::NotSigned),
            "{what}"
        );
    }
    assert_eq!(found(&on_every_page, None), Some(Code::NotSigned));
    let drawn_again = copy(|pdf| pdf.pages[0].marks[0].hash = 77);
    assert_eq!(found(&drawn_again, None), Some(Code::NotSigned));
}

#[test]
fn what_cannot_be_told_is_a_question_that_a_person_answers() {
    let scan = |page: &mut Page| {
        page.text.clear();
        page.marks = vec![mark(MarkKind::Image, 3, 1000)];
    };
    let signed = |change: fn(&mut Page)| {
        copy(|pdf| {
            pdf.pages[2].marks.push(image());
            change(&mut pdf.pages[0]);
        })
    };
    let broken = Signature::default();
    for (what, copy) in [
        ("a scan", copy(|pdf| pdf.pages.iter_mut().for_each(scan))),
        ("a scanned last page", copy(|pdf| scan(&mut pdf.pages[2]))),
        ("drawn differently", signed(|page| page.marks[0].hash = 77)),
        (
            "another order",
            signed(|page| page.text = page.text.chars().rev().collect()),
        ),
        ("cut", signed(|page| page.size.1 -= 20_000)),
        (
            "a white box",
            signed(|page| page.marks.push(hiding(path(4, true, 77)))),
        ),
        (
            "a white picture",
            signed(|page| page.marks.push(hiding(image()))),
        ),
        (
            "a large picture",
            signed(|page| page.marks.push(mark(MarkKind::Image, 77, 600))),
        ),
        (
            "a note",
            signed(|page| page.marks.push(note("FreeText", "I do not"))),
        ),
        ("other words", signed(|page| page.text += "idonotdeclare")),
        (
            "a line through words",
            signed(|page| page.marks.push(note("StrikeOut", ""))),
        ),
        (
            "a broken signature",
            copy(|pdf| pdf.signatures.push(broken)),
        ),
    ] {
        let question = Some(Code::SignedContentUnknown);
        assert_eq!(found(&copy, None), question, "{what}");
        assert_eq!(found(&copy, Some(&short())), None, "{what}");
        let other = Some(Code::SignedForOtherContent);
        assert_eq!(found(&copy, Some(OTHER)), other, "{what}");
    }
}

#[test]
fn text_behind_a_scan_may_be_misread_by_a_digit_and_no_more() {
    let scan = |hash: String| {
        copy(|pdf| {
            let page = &mut pdf.pages[2];
            page.hidden = format!("contentdeclared:{hash}");
            page.text.clear();
            page.marks = vec![mark(MarkKind::Image, 3, 1000)];
        })
    };
    let short = short();
    let last = if short.ends_with('0') { "1" } else { "0" };
    let near = scan([&short[..15], last].concat());
    assert_eq!(found(&near, None), Some(Code::SignedContentUnknown));
    assert_eq!(found(&near, Some(&short)), None);
    let far = scan(OTHER.to_owned());
    assert_eq!(found(&far, Some(&short)), Some(Code::SignedForOtherContent));
}
