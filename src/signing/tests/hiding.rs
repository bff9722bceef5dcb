//! Copies with something over their words, and copies of a template that only a person can compare.

use super::*;

/// A copy that is signed, with marks on the page with this index.
fn signed(index: usize, marks: Vec<Mark>) -> SignedPdf {
    copy(|pdf| {
        pdf.pages[2].marks.push(path(30, false, 5));
        pdf.pages[index].marks.extend(marks);
    })
}

fn over(letters: u32, mark: Mark) -> Mark {
    Mark {
        over: letters,
        ..mark
    }
}

fn pale(mark: Mark) -> Mark {
    Mark { pale: true, ..mark }
}

fn drawn(mark: Mark) -> Mark {
    Mark {
        drawn: true,
        ..mark
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of what is over words")]
fn what_is_over_words_is_a_question() {
    let hides_one = |hash| Mark {
        hides: 1,
        ..mark(MarkKind::Image, hash, 2)
    };
    let logo = copy(|pdf| {
        pdf.pages[2].marks.push(path(30, false, 5));
        let over_words = hiding(mark(MarkKind::Image, 77, 100));
        pdf.pages
            .iter_mut()
            .for_each(|page| page.marks.push(over_words.clone()));
    });
    for (what, copy) in [
        (
            "a thick stroke",
            signed(1, vec![hiding(path(1, false, 77))]),
        ),
        (
            "a thick stroke where it is signed",
            signed(2, vec![hiding(path(1, false, 77))]),
        ),
        (
            "a line through words",
            signed(1, vec![over(6, path(1, false, 77))]),
        ),
        (
            "a line through words where it is signed",
            signed(2, vec![over(6, path(1, false, 77))]),
        ),
        (
            "scribble on another page",
            signed(1, vec![over(6, path(40, false, 77))]),
        ),
        (
            "pale strokes",
            signed(2, vec![pale(over(1, path(1, false, 77)))]),
        ),
        (
            "a picture with a mask",
            signed(1, vec![over(60, mark(MarkKind::Image, 77, 100))]),
        ),
        (
            "many that hide a letter each",
            signed(1, (70..90).map(hides_one).collect()),
        ),
        (
            "many where it is signed",
            signed(2, (70..120).map(hides_one).collect()),
        ),
        (
            "a link that draws",
            signed(1, vec![drawn(note("Link", ""))]),
        ),
        (
            "a link that says something",
            signed(1, vec![note("Link", "we do not")]),
        ),
        (
            "a highlight that hides",
            signed(1, vec![hiding(note("Highlight", ""))]),
        ),
        (
            "ink that hides",
            signed(1, vec![hiding(mark(MarkKind::Ink, 9, 8))]),
        ),
        ("a picture on every page over words", logo),
    ] {
        let question = Some(Code::SignedContentUnknown);
        assert_eq!(found(&copy, None), question, "{what}");
        assert_eq!(found(&copy, Some(&short())), None, "{what}");
    }
}

#[test]
fn what_is_beside_words_is_none() {
    for (what, copy) in [
        ("a line", signed(2, vec![path(1, false, 77)])),
        ("initials", signed(1, vec![path(30, false, 77)])),
        (
            "a signature across its label",
            signed(2, vec![over(20, path(40, false, 77))]),
        ),
        (
            "a picture with a mask where it is signed",
            signed(2, vec![over(60, mark(MarkKind::Image, 77, 20))]),
        ),
        ("a link", signed(1, vec![note("Link", "")])),
        ("a highlight", signed(1, vec![note("Highlight", "")])),
    ] {
        assert_eq!(found(&copy, None), None, "{what}");
    }
}

#[test]
fn what_has_the_color_of_paper_signs_nothing() {
    for mark in [
        path(30, false, 9),
        path(30, true, 9),
        mark(MarkKind::Ink, 9, 8),
        stamp(true, ""),
    ] {
        let copy = with(pale(mark));
        assert_eq!(found(&copy, None), Some(Code::NotSigned));
        assert_eq!(found(&copy, Some(&short())), Some(Code::NotSigned));
    }
}

#[test]
fn a_page_that_speaks_of_signatures_in_an_answer_is_not_signed_there() {
    let mut pdf = prepared();
    pdf.pages[0].text = format!("signature{}", pdf.pages[0].text);
    let texts = Document::new(&pdf).texts;
    assert_eq!(doubts::places(&texts), [2, 2]);
}

#[test]
fn a_copy_of_a_word_template_shows_the_hash_and_a_mark() {
    let own = |claim: &mut Claim<'_>| claim.own = Some("ours.docx");
    let without_hash = |claim: &mut Claim<'_>| {
        claim.own = Some("ours.docx");
        claim.own_prints_hash = false;
    };
    let of = |text: &str, hidden: &str, marks: Vec<Mark>| {
        copy(|pdf| {
            pdf.pages.truncate(1);
            pdf.pages[0] = Page {
                text: text.to_owned(),
                hidden: hidden.to_owned(),
                marks,
                ..Page::default()
            };
        })
    };
    let code = |copy: &SignedPdf, change: fn(&mut Claim<'_>)| {
        found_with(copy, Some(&short()), change).map(|finding| finding.code)
    };
    let invoice = of("invoice4711forofficechairs", "", vec![image()]);
    assert_eq!(code(&invoice, own), Some(Code::SignedCopyUnusable));
    assert_eq!(code(&invoice, without_hash), None);
    let declared = format!("ourdeclarationcontentdeclared:{}", short());
    let unsigned = of(&declared, "", Vec::new());
    assert_eq!(code(&unsigned, own), Some(Code::NotSigned));
    assert_eq!(code(&of(&declared, "", vec![image()]), own), None);
    let scan = |hash: &str| {
        let hidden = format!("contentdeclared:{hash}");
        of("", &hidden, vec![mark(MarkKind::Image, 3, 1000)])
    };
    let other = scan(OTHER);
    assert_eq!(code(&other, own), Some(Code::SignedForOtherContent));
    assert_eq!(
        code(&other, without_hash),
        Some(Code::SignedForOtherContent)
    );
    assert_eq!(code(&scan(&short()), own), None);
}

#[test]
fn a_day_for_which_nothing_can_be_made_is_a_question() {
    let mut pdf = paper("declaration", "2026-11-28", &short());
    pdf.pages[2].marks.push(image());
    let copy = SignedPdf {
        pdf,
        states: Vec::new(),
    };
    let mut n_made = 0;
    let mut remake = |_: Wording, on: Date| {
        n_made += 1;
        // The third call makes the declaration for the day of the copy.
        Ok((n_made < 3).then(|| paper("declaration", &on.to_string(), &short())))
    };
    let finding = found_by(&copy, None, &mut remake, |claim| claim.day_is_open = true);
    assert_eq!(finding.unwrap().code, Code::SignedContentUnknown);
}
