//! Where a signature may be, and what may be over it.

use super::*;
use crate::pdf::Slope;

/// Sets the places of words on the last page: declared text from 600 points, the signature row at 300.
fn with_rows(pdf: &mut Pdf) {
    let page = &mut pdf.pages[2];
    let at = page.text.find("signature").unwrap();
    page.starts = vec![(0, 60_000), (at, 30_000)];
}

fn judged(stated: Option<&str>, marks: Vec<Mark>) -> Option<Finding> {
    let copy = copy(|pdf| {
        with_rows(pdf);
        pdf.pages[2].marks.extend(marks);
    });
    let mut remake = |_: Wording, on: Date| {
        let mut pdf = paper("declaration", &on.to_string(), &short());
        with_rows(&mut pdf);
        Ok(Some(pdf))
    };
    found_by(&copy, stated, &mut remake, |_| {})
}

fn at(lower: i64, mark: Mark) -> Mark {
    Mark {
        bounds: [10_000, lower, 20_000, lower + 4_000],
        ..mark
    }
}

#[test]
fn what_is_above_the_rows_to_sign_is_doubtful() {
    let code = |stated: Option<&str>, mark| judged(stated, vec![mark]).map(|finding| finding.code);
    for mark in [image(), mark(MarkKind::Ink, 9, 8), path(30, false, 9)] {
        for lower in [1_000, 18_000, 30_000, 39_000] {
            assert_eq!(code(None, at(lower, mark.clone())), None, "{lower}");
        }
        for lower in [45_000, 75_000] {
            let mark = at(lower, mark.clone());
            let doubtful = Some(Code::SignatureDoubtful);
            assert_eq!(code(None, mark.clone()), doubtful, "{lower}");
            assert_eq!(code(Some(&short()), mark), None, "{lower}");
        }
    }
    let finding = judged(None, vec![at(75_000, image())]).unwrap();
    let place =
        "a picture on page 3, 35 mm from the left edge and 264 mm above the bottom of the page";
    assert!(finding.message.contains(place), "{}", finding.message);
    // Another page is not signed; a page without signature rows may be signed anywhere.
    let elsewhere = copy(|pdf| pdf.pages[0].marks.push(image()));
    assert_eq!(found(&elsewhere, None), Some(Code::SignatureDoubtful));
    assert_eq!(found(&with(at(75_000, image())), None), None);
}

#[test]
fn what_is_under_something_else_or_a_square_is_doubtful() {
    let solid = |mark| Mark {
        solid: true,
        hash: 77,
        ..mark
    };
    let code = |marks| judged(None, marks).map(|finding| finding.code);
    let signature = at(30_000, image());
    let white = at(30_000, solid(path(4, true, 77)));
    assert_eq!(
        code(vec![signature.clone(), white.clone()]),
        Some(Code::SignatureDoubtful)
    );
    assert_eq!(code(vec![white.clone(), signature.clone()]), None);
    let beside = at(10_000, white.clone());
    assert_eq!(code(vec![signature.clone(), beside]), None);
    let another = at(25_000, path(30, false, 5));
    assert_eq!(code(vec![signature, white, another]), None);
    let square = Mark {
        bounds: [10_000, 20_000, 14_000, 24_000],
        ..image()
    };
    assert_eq!(code(vec![square]), Some(Code::SignatureDoubtful));
}

#[test]
fn a_hatch_is_no_signature() {
    let line = |i: u64, up: i64| Mark {
        slopes: Slope::new(40, up).into_iter().collect(),
        ..at(30_000, path(1, false, i))
    };
    let code = |marks| judged(None, marks).map(|finding| finding.code);
    let hatch = (20..40).map(|i| line(i, 35)).collect();
    assert_eq!(code(hatch), Some(Code::SignedContentUnknown));
    let across = (20..40).map(|i| line(i, if i % 2 == 0 { 35 } else { -35 }));
    assert_eq!(code(across.collect()), Some(Code::SignedContentUnknown));
    let written = (20..40_u64).map(|i| line(i, [35, -35, 5][usize::try_from(i % 3).unwrap()]));
    assert_eq!(code(written.collect()), None);
}

#[test]
fn a_signature_that_hides_what_is_declared_is_a_question() {
    let code = |highest| {
        let mark = Mark {
            hides: 2,
            highest: Some(highest),
            ..at(30_000, image())
        };
        judged(None, vec![mark]).map(|finding| finding.code)
    };
    assert_eq!(code(30_000), None);
    assert_eq!(code(60_000), Some(Code::SignedContentUnknown));
}

#[test]
fn a_picture_of_every_page_may_differ_in_its_number() {
    let numbered = copy(|pdf| {
        for (number, page) in (100..).zip(&mut pdf.pages) {
            page.marks.push(mark(MarkKind::Image, number, 8));
        }
    });
    assert_eq!(found(&numbered, None), Some(Code::NotSigned));
    let drawn = copy(|pdf| {
        for page in &mut pdf.pages {
            page.marks.push(path(40, false, 7));
        }
    });
    assert_eq!(found(&drawn, None), Some(Code::NotSigned));
}
