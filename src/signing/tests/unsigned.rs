//! Copies without a signature, and marks too small to recognise as one.

use super::*;

#[test]
fn a_paper_printed_again_with_nothing_added_is_not_signed_whatever_is_stated() {
    let printed = |change: fn(&mut Pdf)| {
        copy(|pdf| {
            for page in &mut pdf.pages {
                page.lines = vec![3, 4];
                page.marks[1].hash += 100;
            }
            change(pdf);
        })
    };
    let unsigned = printed(|_| {});
    assert_eq!(found(&unsigned, Some(&short())), Some(Code::NotSigned));
    let in_another_order =
        printed(|pdf| pdf.pages[0].text = pdf.pages[0].text.chars().rev().collect());
    assert_eq!(
        found(&in_another_order, Some(&short())),
        Some(Code::NotSigned)
    );
    assert_eq!(
        found(&unsigned, Some(OTHER)),
        Some(Code::SignedForOtherContent)
    );
    for (what, mark) in [
        ("an image", image()),
        ("strokes", path(30, false, 9)),
        ("ink", mark(MarkKind::Ink, 9, 8)),
    ] {
        let mut signed = printed(|_| {});
        signed.pdf.pages[2].marks.push(mark);
        assert_eq!(found(&signed, Some(&short())), None, "{what}");
    }
    // A picture in another place does not replace the missing one.
    let other = printed(|pdf| pdf.pages[2].marks[0].bounds = [1_000, 1_000, 9_000, 9_000]);
    assert_eq!(found(&other, Some(&short())), None);
}

#[test]
fn a_question_asks_whether_the_paper_is_signed() {
    let copy = copy(|pdf| {
        pdf.pages[0].lines = vec![3, 4];
        pdf.pages[2].marks.push(image());
    });
    let finding = found_with(&copy, None, |_| {}).unwrap();
    assert_eq!(finding.code, Code::SignedContentUnknown);
    assert!(finding.help.contains("and are signed"), "{}", finding.help);
}

#[test]
fn a_small_drawing_is_a_signature_if_a_person_says_so() {
    let small = with(path(6, false, 9));
    assert_eq!(found(&small, None), Some(Code::NotSigned));
    assert_eq!(found(&small, Some(&short())), None);
    let of_curves = with(path(12, false, 9));
    assert_eq!(found(&of_curves, None), None);
    let a_box = with(path(4, false, 9));
    assert_eq!(found(&a_box, Some(&short())), Some(Code::NotSigned));
}

#[test]
fn what_shows_nothing_and_what_is_ruled_signs_nothing() {
    let blank = |mark| Mark {
        blank: true,
        ..mark
    };
    for (what, copy) in [
        ("a picture", with(blank(image()))),
        ("a stamp", with(blank(stamp(true, "Alex Example")))),
    ] {
        assert_eq!(found(&copy, None), Some(Code::NotSigned), "{what}");
        let stated = found(&copy, Some(&short()));
        assert_eq!(stated, Some(Code::NotSigned), "{what}");
    }
    let ruled = |mark| Mark {
        ruled: true,
        ..mark
    };
    let table = with(ruled(path(40, false, 9)));
    assert_eq!(found(&table, None), Some(Code::SignedContentUnknown));
    assert_eq!(found(&table, Some(&short())), None);
    let also_strokes = copy(|pdf| {
        let marks = [ruled(path(40, false, 9)), path(40, false, 10)];
        pdf.pages[2].marks.extend(marks);
    });
    assert_eq!(found(&also_strokes, None), None);
}
