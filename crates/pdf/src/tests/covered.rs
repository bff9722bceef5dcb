//! The effect of marks on the words below them.

use super::paper::Paper;
use crate::{Mark, read_closely};

/// The marks of a page with a line of words at a height of 700, and this content after it.
fn after_words(content: &str) -> Vec<Mark> {
    let words = "BT /F1 12 Tf 72 700 Td (words that are declared) Tj ET";
    let paper = Paper::new(format!("{words} {content}"))
        .resources("/XObject<</I 6 0 R>>/Font<</F1 5 0 R>>/ExtGState<</G<</CA 0>>>>")
        .stream(
            6,
            "/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/SMask 7 0 R",
            b"x",
        )
        .stream(7, "/Subtype/Image/Width 1/Height 1", b"x");
    read_closely(paper.bytes()).unwrap().pages[0].marks.clone()
}

fn annotated(annotation: &str) -> Mark {
    let paper = Paper::saying("words that are declared")
        .page("/Annots[10 0 R]")
        .object(10, format!("<</Rect[60 690 300 720]{annotation}>>"))
        .stream(11, "/Subtype/Form/BBox[0 0 9 9]", b"1 1 1 rg 0 0 9 9 re f")
        .stream(
            12,
            "/Subtype/Form/BBox[0 0 9 9]/Resources<</ExtGState<</M<</BM/Multiply>>>>>>",
            b"/M gs 1 1 0 rg 0 0 9 9 re f",
        )
        .stream(
            13,
            "/Subtype/Form/BBox[0 0 9 9]",
            b"0.1 w 0 0.5 m 9 0.5 l S",
        );
    read_closely(paper.bytes()).unwrap().pages[0].marks[0].clone()
}

#[test]
fn strokes_hide_words_or_go_through_them() {
    for (content, hides, over) in [
        ("1 1 1 RG 150 w 40 650 m 560 650 l S", true, false),
        ("9 w 72 704 m 300 704 l S", true, false),
        ("1 w 72 704 m 300 704 l S", false, true),
        ("1 w 72 702 m 300 702 l S", false, true),
        ("1 w 60 690 m 300 720 l S", false, true),
        ("72 705 200 1 re f", false, true),
        ("1 w 72 698 m 300 698 l S", false, false),
        ("1 w 72 712 m 300 712 l S", false, false),
        ("1 w 400 704 m 500 704 l S", false, false),
        ("1 w 60 690 300 30 re S", false, false),
    ] {
        let mark = &after_words(content)[0];
        assert_eq!((mark.hides > 0, mark.over > 0), (hides, over), "{content}");
    }
}

#[test]
fn a_picture_with_a_mask_is_over_words() {
    let mark = &after_words("q 300 0 0 60 60 680 cm /I Do Q")[0];
    assert_eq!((mark.hides, mark.over > 0), (0, true));
}

#[test]
fn the_color_of_paper_is_pale() {
    for (content, pale) in [
        ("1 1 1 RG 0 0 m 9 9 l S", true),
        ("1 G 0 0 m 9 9 l S", true),
        ("0 0 0 0 K 0 0 m 9 9 l S", true),
        ("/DeviceRGB CS 1 1 1 SCN 0 0 m 9 9 l S", true),
        ("/G gs 0 0 m 9 9 l S", true),
        ("1 g 0 0 9 9 re f", true),
        ("1 g 0 0 m 9 9 l S", false),
        ("1 G 0 0 9 9 re f", false),
        ("1 G 0 0 9 9 re B", false),
        ("1 0 0 RG 0 0 m 9 9 l S", false),
        ("0 0 m 9 9 l S", false),
    ] {
        assert_eq!(after_words(content)[0].pale, pale, "{content}");
    }
}

#[test]
fn the_color_of_a_stroke_tells_it_from_others() {
    let hash = |content: &str| after_words(content)[0].hash;
    let black = hash("0 0 0 RG 0 0 m 9 9 l S");
    assert_ne!(black, hash("1 1 1 RG 0 0 m 9 9 l S"));
    assert_eq!(black, hash("0 0 0 RG 1 g 0 0 m 9 9 l S"));
}

#[test]
fn annotations_hide_what_their_appearance_paints_over() {
    for subtype in ["Link", "Highlight", "Underline", "Squiggly", "Ink", "Text"] {
        let paints = annotated(&format!("/Subtype/{subtype}/AP<</N 11 0 R>>"));
        assert!(
            paints.hides > 10 && paints.pale && paints.drawn,
            "{subtype}"
        );
        let blends = annotated(&format!("/Subtype/{subtype}/AP<</N 12 0 R>>"));
        assert_eq!(blends.hides, 0, "{subtype}");
        let line = annotated(&format!("/Subtype/{subtype}/AP<</N 13 0 R>>"));
        assert_eq!((line.hides, line.over), (0, 0), "{subtype}");
    }
    let none = annotated("/Subtype/Highlight");
    assert_eq!((none.hides, none.over, none.drawn), (0, 0, false));
    // A highlight in the color of ink is a bar over the words.
    assert!(annotated("/Subtype/Highlight/C[0 0 0]").hides > 10);
    assert_eq!(annotated("/Subtype/Highlight/C[1 1 0]").hides, 0);
    let ink = annotated("/Subtype/Ink/InkList[[60 700 300 700]]/C[1 1 1]/BS<</W 40>>");
    assert!(ink.hides > 10 && ink.pale);
    let ink = annotated("/Subtype/Ink/InkList[[60 700 300 700]]/C[0 0 1]/BS<</W 2>>");
    assert_eq!((ink.hides, ink.over > 0, ink.pale), (0, true, false));
}
