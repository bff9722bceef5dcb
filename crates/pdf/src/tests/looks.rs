//! The look of drawings: the directions of lines, whether a picture shows anything, how wide words are.

use super::paper::Paper;
use crate::{Mark, MarkKind, Page, read_closely};

fn page(paper: &Paper) -> Page {
    read_closely(paper.bytes()).unwrap().pages.remove(0)
}

fn mark(content: &str) -> Mark {
    page(&Paper::new(content)).marks.remove(0)
}

#[test]
fn straight_lines_that_do_not_bend_have_slopes() {
    for (content, n_slopes) in [
        ("0 0 m 30 30 l S", 1),
        ("0 0 m 30 30 l 50 50 l S", 1),
        ("0 0 m 30 30 l 10 0 m 40 30 l 20 0 m 50 30 l S", 1),
        ("0 0 m 30 30 l 30 0 m 0 30 l S", 2),
        ("0 0 m 30 31 l 50 20 m 20 -11 l S", 1),
        ("0 0 m 30 30 l 60 0 l S", 0),
        ("0 0 m 10 20 20 20 30 0 c S", 0),
        ("0 0 30 30 re S", 0),
    ] {
        assert_eq!(mark(content).slopes.len(), n_slopes, "{content}");
    }
}

#[test]
fn ink_of_straight_lines_is_ruled() {
    for (list, is_ruled) in [
        ("[[10 10 90 10]]", true),
        ("[[10 10 90 10][10 20 90 40]]", true),
        ("[[10 10 50 30 90 10]]", false),
    ] {
        let ink = format!("<</Subtype/Ink/Rect[10 10 90 40]/InkList{list}>>");
        let paper = Paper::saying("words")
            .page("/Annots[10 0 R]")
            .object(10, ink);
        assert_eq!(page(&paper).marks[0].ruled, is_ruled, "{list}");
    }
}

const GRAY: &str = "/ColorSpace/DeviceGray/BitsPerComponent 8";

#[test]
fn a_picture_as_light_as_paper_shows_nothing() {
    let is_blank = |head: &str, samples: &[u8], mask: &[u8]| {
        let paper = Paper::new("q 100 0 0 40 200 100 cm /I Do Q")
            .resources("/XObject<</I 6 0 R>>")
            .packed(
                6,
                &format!("/Subtype/Image/Width 2/Height 2{head}"),
                samples,
            )
            .packed(
                7,
                "/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8",
                mask,
            );
        page(&paper).marks[0].blank
    };
    let masked = format!("{GRAY}/SMask 7 0 R");
    let inverted = format!("{GRAY}/Decode[1 0]");
    for (head, samples, mask, blank) in [
        (GRAY, &[255, 250, 240, 231][..], &[][..], true),
        (GRAY, &[255, 250, 240, 200], &[], false),
        (GRAY, &[97, 98, 99, 100], &[], false),
        (&inverted, &[255, 250, 240, 231], &[], false),
        (
            "/ColorSpace/DeviceCMYK/BitsPerComponent 8",
            &[9; 16],
            &[],
            true,
        ),
        (
            "/ColorSpace[/Indexed/DeviceGray 3<00ff80ff>]/BitsPerComponent 8",
            &[255, 250, 240, 231],
            &[],
            false,
        ),
        // A mask in the shape of strokes.
        (&masked, &[255, 255, 255, 255], &[255, 0, 255, 0], true),
        (&masked, &[0, 0, 0, 0], &[255, 0, 255, 0], false),
        (&masked, &[0, 9, 0, 9], &[9, 0, 3, 0], true),
    ] {
        assert_eq!(is_blank(head, samples, mask), blank, "{head} {samples:?}");
    }
}

#[test]
fn a_picture_hides_words_if_its_mask_lets_all_of_it_show() {
    for (mask, hides) in [
        (&[255, 255, 255, 255][..], true),
        (&[255, 255, 255, 0], true),
        (&[255, 0, 0, 0], false),
        (&[90, 90, 90, 90], false),
    ] {
        let words = "BT /F1 10 Tf 210 110 Td (words) Tj ET";
        let gray = "/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8";
        let paper = Paper::new(format!("{words} q 100 0 0 40 200 100 cm /I Do Q"))
            .resources("/Font<</F1 5 0 R>>/XObject<</I 6 0 R>>")
            .packed(6, &format!("{gray}/SMask 7 0 R"), &[0, 255, 9, 70])
            .packed(7, gray, mask);
        assert_eq!(page(&paper).marks[0].hides > 0, hides, "{mask:?}");
    }
}

#[test]
fn a_stencil_has_the_color_that_is_set() {
    let stencil = "q 100 0 0 40 200 100 cm BI /W 8 /H 2 /IM true /F /AHx ID a55a> EI Q";
    assert!(mark(&format!("1 1 1 rg {stencil}")).pale);
    assert!(!mark(&format!("0 0 1 rg {stencil}")).pale);
    // A picture has its own colors.
    let picture = stencil.replace("/IM true", "/BPC 1 /CS /G");
    assert!(!mark(&format!("1 1 1 rg {picture}")).pale);
}

#[test]
fn what_only_lightens_cannot_be_seen_on_paper() {
    for (mode, pale) in [
        ("/Screen", true),
        ("/Lighten", true),
        ("[/Screen/Normal]", true),
        ("/Multiply", false),
        ("/Normal", false),
    ] {
        for content in [
            "0 0 m 9 20 l 30 9 l S",
            "0 0 30 30 re f",
            "q 9 0 0 9 9 9 cm BI /W 1 /H 1 /BPC 8 /CS /G /F /AHx ID 33> EI Q",
        ] {
            let paper = Paper::new(format!("/M gs {content}"))
                .resources(&format!("/ExtGState<</M<</BM {mode}>>>>"));
            assert_eq!(page(&paper).marks[0].pale, pale, "{mode} {content}");
        }
    }
}

#[test]
fn words_are_as_wide_as_their_font_says() {
    let hidden = |font: &str, x: u32| {
        let words = "BT /F1 10 Tf 100 700 Td (version 1.10) Tj ET";
        let white = format!("1 1 1 rg {x} 698 200 12 re f");
        let paper = Paper::new(format!("{words} {white}")).object(5, font);
        page(&paper).marks[0].hides
    };
    let font = |width: u32| {
        let widths = format!("{width} ").repeat(95);
        format!(
            "<</Type/Font/Subtype/TrueType/BaseFont/F/Encoding/WinAnsiEncoding/FirstChar 32/Widths[{widths}]>>"
        )
    };
    // Twelve letters: 60 points wide, or 96.
    assert_eq!(hidden(&font(500), 156), 1);
    assert_eq!(hidden(&font(500), 170), 0);
    assert_eq!(hidden(&font(800), 170), 3);
    assert_eq!(hidden(&font(800), 188), 1);
    assert_eq!(hidden(&font(800), 197), 0);
}

#[test]
fn gaps_move_words_and_wide_codes_have_widths() {
    let codes = "BT /F1 10 Tf 100 700 Td [<00010002> -5000 <0003>] TJ ET";
    let paper = Paper::new(format!("{codes} 1 1 1 rg 190 698 30 12 re f"))
        .object(
            5,
            "<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[8 0 R]>>",
        )
        .object(
            8,
            "<</Type/Font/Subtype/CIDFontType2/DW 1000/W[1[2000]2 2 2000 3 3 1000]>>",
        );
    // The third letter begins 90 points after the first.
    assert_eq!(page(&paper).marks[0].hides, 1);
}

#[test]
fn letters_that_are_drawings_are_told() {
    let paper = Paper::new("BT /F1 10 Tf 100 700 Td (a) Tj ET")
        .object(
            5,
            "<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 8 0 R>>/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]>>",
        )
        .stream(8, "", b"9 0 d0 1 1 1 rg 0 0 90 90 re f");
    assert_eq!(page(&paper).marks[0].kind, MarkKind::Letters);
    assert!(page(&Paper::saying("a")).marks.is_empty());
}

#[test]
fn where_words_begin_is_kept() {
    let page = page(&Paper::new(
        "BT /F1 12 Tf 72 700 Td (Name) Tj 0 -40 Td (Signature) Tj ET",
    ));
    assert_eq!(page.starts, [(0, 70_000), (4, 66_000)]);
}

#[test]
fn a_layer_that_is_not_for_the_screen_is_off() {
    let shown = |state: &str| {
        let usage = format!("<</Type/OCG/Name(A)/Usage<</View<</ViewState/{state}>>>>>>");
        let paper = Paper::new("/OC /L BDC 0 0 m 9 20 l 30 9 l S EMC")
            .resources("/Properties<</L 6 0 R>>")
            .catalog("/OCProperties<</OCGs[6 0 R]/D<<>>>>")
            .object(6, usage);
        page(&paper).marks.len()
    };
    assert_eq!((shown("ON"), shown("OFF")), (1, 0));
}
