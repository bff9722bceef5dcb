//! Copies with other pages, of another day or from another template.

use super::*;

/// A signed copy with a change.
fn signed(change: &dyn Fn(&mut Pdf)) -> SignedPdf {
    copy(|pdf| {
        pdf.pages[2].marks.push(image());
        change(pdf);
    })
}

/// Refuses these copies, whatever the manifest states.
fn refuse<const N: usize>(copies: [(SignedPdf, Code, &str); N]) {
    for (copy, code, says) in copies {
        assert_eq!(found(&copy, None), Some(code), "{says}");
        assert_eq!(found(&copy, Some(&short())), Some(code), "{says}");
        assert!(message(&copy).contains(says), "{says}: {}", message(&copy));
    }
}

#[test]
fn other_pages_are_refused() {
    let old = paper("declaration", "2026-12-01", OTHER);
    refuse([
        (
            signed(&|pdf| drop(pdf.pages.remove(1))),
            Code::SignedCopyUnusable,
            "has 2 of 3 pages; page 2 is missing",
        ),
        (
            signed(&|pdf| pdf.pages.truncate(1)),
            Code::SignedCopyUnusable,
            "has 1 of 3 pages",
        ),
        (
            signed(&|pdf| pdf.pages[0] = old.pages[0].clone()),
            Code::SignedForOtherContent,
            "page 1 of the signed copy is from another",
        ),
        (
            signed(&|pdf| pdf.pages.extend(old.pages.clone())),
            Code::SignedForOtherContent,
            "page 4 of the signed copy is from another",
        ),
        (
            signed(&|pdf| *pdf = old.clone()),
            Code::SignedForOtherContent,
            "was signed for `0000000000000000`",
        ),
        (
            signed(&|pdf| *pdf = paper("declaration", "2026-12-08", &short())),
            Code::SignedForOtherContent,
            "for the day 2026-12-08, but is now for the day 2026-12-01",
        ),
    ]);
}

#[test]
fn altered_pages_are_refused() {
    refuse([
        (
            signed(&|pdf| pdf.pages[1].text = pdf.pages[1].text.replace("no", "yes")),
            Code::SignedForOtherContent,
            "page 2 of the signed copy differs",
        ),
        (
            signed(&|pdf| pdf.pages[1] = Page::default()),
            Code::SignedCopyUnusable,
            "page 2 of the signed copy is blank",
        ),
        (
            signed(&|pdf| {
                pdf.unread.insert(Unread::Damaged);
            }),
            Code::SignedCopyUnusable,
            "is damaged",
        ),
        (
            signed(&|pdf| {
                pdf.pages.push(Page {
                    text: "an offer".to_owned(),
                    ..Page::default()
                });
            }),
            Code::SignedCopyUnusable,
            "page 4 of the signed copy is not a page",
        ),
        (
            signed(&|pdf| {
                pdf.pages.truncate(1);
                pdf.pages[0].text = format!("subject:contentdeclared:{}", short());
            }),
            Code::SignedCopyUnusable,
            "but is another document",
        ),
    ]);
}

#[test]
fn a_page_of_a_signing_service_is_a_question() {
    let certificate = Page {
        text: "certificateofcompletion".to_owned(),
        ..Page::default()
    };
    let followed = signed(&|pdf| pdf.pages.push(certificate.clone()));
    assert_eq!(found(&followed, None), Some(Code::SignedContentUnknown));
    assert_eq!(found(&followed, Some(&short())), None);
}

#[test]
fn a_day_that_nobody_named_is_that_of_the_copy() {
    let mut pdf = paper("declaration", "2026-11-28", &short());
    pdf.pages[2].marks.push(image());
    let copy = SignedPdf {
        pdf,
        states: Vec::new(),
    };
    assert_eq!(found(&copy, None), Some(Code::SignedForOtherContent));
    assert_eq!(
        found_with(&copy, None, |claim| claim.day_is_open = true),
        None
    );
}

#[test]
fn another_template_is_told_by_name() {
    let mut pdf = paper("builtin", "2026-12-01", &short());
    pdf.pages[2].marks.push(image());
    let copy = SignedPdf {
        pdf,
        states: Vec::new(),
    };
    let finding = found_with(&copy, None, |claim| claim.is_built_in = false).unwrap();
    assert_eq!(finding.code, Code::SignedForOtherContent);
    assert!(
        finding.message.contains("`--templates`"),
        "{}",
        finding.message
    );
    let own = |claim: &mut Claim<'_>| claim.own = Some("ours.docx");
    let finding = found_with(&copy, Some(&short()), own).unwrap();
    assert!(
        finding.message.contains("`ours.docx`"),
        "{}",
        finding.message
    );
}

#[test]
fn a_copy_of_a_word_template_is_compared_by_a_person() {
    let own = |claim: &mut Claim<'_>| claim.own = Some("ours.docx");
    let of_word = |hash: &str| {
        copy(|pdf| {
            pdf.pages.truncate(1);
            pdf.pages[0].text = format!("ourdeclarationcontentdeclared:{hash}");
        })
    };
    let code = |copy: &SignedPdf, stated: Option<&str>| {
        found_with(copy, stated, own).map(|finding| finding.code)
    };
    let right = of_word(&short());
    assert_eq!(code(&right, None), Some(Code::SignedContentUnknown));
    assert_eq!(code(&right, Some(&short())), None);
    assert_eq!(code(&right, Some(OTHER)), Some(Code::SignedForOtherContent));
    assert_eq!(
        code(&of_word(OTHER), Some(&short())),
        Some(Code::SignedForOtherContent)
    );
}

#[test]
fn a_digital_signature_counts_for_what_the_file_said_when_it_was_made() {
    let signature = Signature {
        digest: DigestCheck::Fits,
        covers_file: true,
        bytes_after: 10,
        ..Signature::default()
    };
    let mut copy = copy(|pdf| pdf.signatures.push(signature));
    copy.states = vec![Some(prepared())];
    assert_eq!(found(&copy, None), None);
    copy.states = vec![Some(paper("other", "2026-12-01", OTHER))];
    assert_eq!(found(&copy, None), Some(Code::SignedContentUnknown));
}

#[test]
fn words_that_look_otherwise_and_tables_that_are_wrong_are_questions() {
    for (what, copy) in [
        ("another font", signed(&|pdf| pdf.pages[1].lines[0] = 7)),
        ("wrong tables", signed(&|pdf| pdf.is_repaired = true)),
    ] {
        let question = Some(Code::SignedContentUnknown);
        assert_eq!(found(&copy, None), question, "{what}");
        assert_eq!(found(&copy, Some(&short())), None, "{what}");
    }
    let with_words = signed(&|pdf| pdf.pages[1].lines.insert(1, 5));
    assert_eq!(found(&with_words, None), None);
}
