//! Marks: the things on a page besides its words.

use super::paper::Paper;
use crate::{Mark, MarkKind, read_closely};

const PICTURE: &str = "/XObject<</I 6 0 R>>/Font<</F1 5 0 R>>";

fn marks(paper: &Paper) -> Vec<Mark> {
    let pdf = read_closely(paper.bytes()).unwrap();
    assert_eq!(pdf.unread, [].into());
    pdf.pages[0].marks.clone()
}

fn drawn(content: &str) -> Vec<Mark> {
    let paper = Paper::new(format!(
        "{content} BT /F1 9 Tf 72 700 Td (a page with its own words) Tj ET"
    ));
    marks(
        &paper
            .resources(PICTURE)
            .stream(6, "/Subtype/Image/Width 1/Height 1", b"x"),
    )
}

fn annotated(annotation: &str) -> Vec<Mark> {
    let paper = Paper::saying("x")
        .page("/Annots[10 0 R]")
        .object(10, format!("<<{annotation}>>"))
        .stream(11, "/Subtype/Form/BBox[0 0 9 9]", b"0 0 5 5 re f")
        .stream(
            12,
            "/Subtype/Form/BBox[0 0 99 99]/Resources<</Font<</F1 5 0 R>>>>",
            b"BT /F1 9 Tf 9 9 Td (Draft) Tj ET",
        );
    marks(&paper)
}

#[test]
fn pictures_and_paths_are_marks_where_they_can_be_seen() {
    let found = drawn("q 300 0 0 400 0 0 cm /I Do Q 10 10 m 90 90 l S 0 0 600 80 re f");
    let kinds: Vec<_> = found.iter().map(|mark| mark.kind.clone()).collect();
    let path = |segments, filled| MarkKind::Path { segments, filled };
    assert_eq!(kinds, [MarkKind::Image, path(1, false), path(4, true)]);
    assert_eq!(found[0].covers, 250);
    assert_eq!(found[2].covers, 100);
}

#[test]
fn pictures_within_the_content_are_pictures() {
    let found = drawn("q 60 0 0 80 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q");
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0].kind, found[0].covers), (&MarkKind::Image, 10));
}

#[test]
fn what_nobody_sees_is_no_mark() {
    for content in [
        "0 0 600 800 re W n",
        "0 0 9 9 re n",
        "1 0 0 1 5000 0 cm 0 0 9 9 re f",
        "0 0 9 9 re W n 100 100 50 50 re f",
        "q 9 0 0 9 -50 0 cm /I Do Q",
    ] {
        assert_eq!(drawn(content), [], "{content}");
    }
}

#[test]
fn the_same_mark_in_the_same_place_has_the_same_hash() {
    let hash = |content: &str| drawn(content)[0].hash;
    let path = hash("10 10 50 50 re f");
    assert_eq!(path, hash("q 1 0 0 1 10 10 cm 0 0 50 50 re f Q"));
    assert_eq!(
        path,
        hash("10.001 9.999 50 50 re f"),
        "a hair is no difference"
    );
    assert_ne!(path, hash("10.2 10 50 50 re f"));
    assert_ne!(path, hash("10 10 50 50 re S"));
    let picture = hash("q 60 0 0 80 0 0 cm /I Do Q");
    assert_eq!(picture, hash("q 60 0 0 80 0 0 cm /I Do Q 0 0 9 9 re f"));
    assert_ne!(picture, hash("q 60 0 0 80 1 0 cm /I Do Q"));
}

#[test]
fn annotations_are_told_apart() {
    let area = "/Rect[100 100 160 180]";
    let kind = |annotation: &str| annotated(&format!("{annotation}{area}"))[0].kind.clone();
    assert_eq!(kind("/Subtype/Ink/InkList[[1 2 3 4]]"), MarkKind::Ink);
    assert_eq!(
        kind("/Subtype/Stamp/AP<</N 12 0 R>>"),
        MarkKind::Stamp {
            drawn: false,
            says: "draft".to_owned()
        }
    );
    assert_eq!(
        kind("/Subtype/Stamp/AP<</N 11 0 R>>"),
        MarkKind::Stamp {
            drawn: true,
            says: String::new()
        }
    );
    assert_eq!(
        kind("/Subtype/FreeText/Contents(Please sign here)"),
        MarkKind::Note {
            subtype: "FreeText".to_owned(),
            says: "pleasesignhere".to_owned()
        }
    );
    assert_eq!(
        kind("/Subtype/Ink"),
        MarkKind::Note {
            subtype: "Ink".to_owned(),
            says: String::new()
        },
        "without strokes nothing is drawn"
    );
    assert_eq!(
        kind("/Subtype/Widget/FT/Tx/V(12 March)"),
        MarkKind::Field {
            drawn: false,
            says: "12march".to_owned()
        }
    );
    assert_eq!(
        kind("/Subtype/Widget/FT/Btn/AS/On/AP<</N<</On 11 0 R>>>>"),
        MarkKind::Field {
            drawn: true,
            says: String::new()
        }
    );
}

#[test]
fn annotations_that_are_not_shown_are_no_marks() {
    for annotation in [
        "/Subtype/Ink/InkList[[1 2 3 4]]/F 2/Rect[1 1 50 50]",
        "/Subtype/Ink/InkList[[1 2 3 4]]/F 32/Rect[1 1 50 50]",
        "/Subtype/Ink/InkList[[1 2 3 4]]/Rect[0 0 0 0]",
        "/Subtype/Ink/InkList[[1 2 3 4]]/Rect[700 0 800 50]",
        "/Subtype/Popup/Rect[1 1 50 50]",
    ] {
        assert_eq!(annotated(annotation), [], "{annotation}");
    }
}

#[test]
fn pictures_of_one_color_are_blank() {
    let blank = |dict: &str, data: &str| {
        let content = format!("q 60 0 0 80 0 0 cm BI {dict} ID {data} EI Q");
        let paper = Paper::new(content);
        crate::read_closely(paper.bytes()).unwrap().pages[0].marks[0].blank
    };
    assert!(blank("/W 2 /H 2 /BPC 8 /CS /G", "aaaa"));
    assert!(!blank("/W 2 /H 2 /BPC 8 /CS /G", "aaab"));
    assert!(blank("/W 2 /H 1 /BPC 8 /CS /RGB", "abcabc"));
    assert!(!blank("/W 2 /H 1 /BPC 8 /CS /RGB", "abcabd"));
    // Rows of four bits: the padding of the byte does not count.
    assert!(blank("/W 4 /H 2 /BPC 1 /IM true /F /AHx", "F0F7>"));
    assert!(!blank("/W 4 /H 2 /BPC 1 /IM true /F /AHx", "F0B0>"));
    assert!(!blank("/W 2 /H 2 /BPC 8 /CS /G /F /DCT", "aaaa"));
}

#[test]
fn level_and_upright_lines_are_ruled() {
    let ruled: Vec<_> =
        drawn("9 9 50 60 re S 9 9 m 90 9 l S 9 9 m 90 20 l S 9 9 m 9 9 9 20 9 30 c S")
            .iter()
            .map(|mark| mark.ruled)
            .collect();
    assert_eq!(ruled, [true, true, false, false]);
}
