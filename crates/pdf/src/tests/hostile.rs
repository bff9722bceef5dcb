//! Files that are made to keep the reader busy: each ends early, and is reported.
//!
//! The fuel is a fiftieth of the usual, so that the tests are quick.

use std::fmt::Write as _;

use super::paper::{Paper, pack};
use crate::fuel::{Fuel, TANK};
use crate::{Pdf, Unread, Unreadable, read_within};

fn read(bytes: impl AsRef<[u8]>) -> Result<Pdf, Unreadable> {
    read_within(bytes.as_ref(), Fuel::of(TANK / 50), false)
}

fn unread(paper: &Paper) -> Vec<Unread> {
    let pdf = read(paper.bytes()).unwrap();
    pdf.unread.into_iter().collect()
}

fn assert_bound(name: &str, paper: &Paper) {
    assert!(unread(paper).contains(&Unread::Bound), "{name}");
}

const FORMS: &str = "/XObject<</A 6 0 R>>";

#[test]
fn a_form_that_draws_itself_is_drawn_once() {
    let content = "/A Do ".repeat(40);
    let paper =
        Paper::new(&content)
            .resources(FORMS)
            .stream(6, "/Subtype/Form", content.as_bytes());
    assert_eq!(unread(&paper), []);
}

#[test]
fn forms_within_forms_end() {
    let many = "/A Do ".repeat(100);
    let mut wide = Paper::new(&many).resources(FORMS);
    let mut deep = Paper::new("/A Do").resources(FORMS);
    for number in 6..60 {
        let dict = format!(
            "/Subtype/Form/Resources<</XObject<</A {} 0 R>>>>",
            number + 1
        );
        wide = wide.stream(number, &dict, many.as_bytes());
        deep = deep.stream(number, &dict, b"/A Do");
    }
    assert_bound("wide", &wide);
    assert_bound("deep", &deep);
}

#[test]
fn a_font_is_read_once_however_often_it_is_set() {
    let mut map = "beginbfchar ".to_owned();
    for code in 0..5000 {
        write!(map, "<{code:04x}><{code:04x}> ").unwrap();
    }
    let paper = Paper::new("/F1 1 Tf ".repeat(20_000))
        .object(5, "<</Type/Font/Subtype/Type0/ToUnicode 6 0 R>>")
        .packed(6, "", map.as_bytes());
    assert_eq!(unread(&paper), []);
    let direct = Paper::new("/A Do ".repeat(20_000))
        .resources(FORMS)
        .stream(
            6,
            "/Subtype/Form/Resources<</Font<</F<</Subtype/Type1/Encoding<</Differences 7 0 R>>>>>>>>",
            b"/F 1 Tf",
        )
        .object(7, format!("[{}]", "/a".repeat(5_000)));
    assert_bound("fonts without a number", &direct);
    let set = "/ExtGState<</G<</Font[<</Subtype/Type0/ToUnicode 6 0 R>> 1]>>>>";
    let states = Paper::new("/G gs ".repeat(20_000))
        .resources(set)
        .packed(6, "", map.as_bytes());
    assert_bound("fonts of states", &states);
}

#[test]
fn streams_unpack_up_to_the_limit() {
    let blanks = vec![b' '; 45_000_000];
    let twice = pack(&pack(&blanks));
    let mut other_head = pack(&blanks);
    other_head[..2].copy_from_slice(&[0x18, 0xd3]);
    for (name, filter, data) in [
        ("Flate", "/Filter/FlateDecode", pack(&blanks)),
        ("hex", "/F#69lter[/FlateDecode/Fl#61teDecode]", twice),
        (
            "RunLength",
            "/Filter/RunLengthDecode",
            b"\x81 ".repeat(400_000),
        ),
        (
            "RunLength in Flate",
            "/Filter[/Fl/RL]",
            pack(&b"\x81 ".repeat(400_000)),
        ),
        ("ASCII85", "/Filter/A85", vec![b'z'; 12_000_000]),
        (
            "chain",
            &format!("/Filter[{}]", "/AHx".repeat(1000)),
            b"30>".to_vec(),
        ),
    ] {
        assert_bound(name, &Paper::new("").stream(4, filter, &data));
    }
    let other = Paper::new("").stream(4, "/Filter/FlateDecode", &other_head);
    assert_ne!(unread(&other), [], "another header");
}

#[test]
fn contents_that_repeat_end() {
    let paper =
        Paper::new(" ".repeat(100_000)).contents(&format!("[{}]", "4 0 R ".repeat(100_000)));
    assert_bound("contents", &paper);
    let kids = format!(
        "<</Type/Pages/Count 50000/Kids[{}]>>",
        "3 0 R ".repeat(50_000)
    );
    let bytes = Paper::saying("x").object(2, kids).bytes();
    match read(bytes) {
        Ok(pdf) => assert!(pdf.unread.contains(&Unread::Bound)),
        Err(why) => assert_eq!(why, Unreadable::Bound),
    }
}

#[test]
fn floods_of_operators_end_and_keep_what_was_read() {
    for flood in [
        "q ",
        "/A BMC ",
        "BT /F1 1 Tf () Tj ET ",
        "1 1 2 2 re f ",
        "[",
        "<<",
        "(",
        "1 ",
        "[0 0 0]TJ ",
        "/P scn ",
        "/A Do ",
        "BI ",
        "BI ID EI ",
        "BI /W 1 ID x EI ",
        "% \n",
        "/S sh ",
        "/G gs ",
        "0 0 m W n ",
        "x ",
        "] ",
        "(aaaaaaaaaaaaaaa)' ",
    ] {
        let start = "BT /F1 12 Tf 72 700 Td (start) Tj ET ";
        let content = start.to_owned() + &flood.repeat(800_000 / flood.len());
        let pdf = read(Paper::new("").packed(4, "", content.as_bytes()).bytes()).unwrap();
        assert!(pdf.pages[0].text.starts_with("start"), "{flood}");
    }
}

#[test]
fn characters_that_grow_end() {
    let paper = Paper::new(format!(
        "BT /F1 9 Tf 72 700 Td ({}) Tj ET",
        "a".repeat(400_000)
    ))
    .object(5, "<</Type/Font/Subtype/Type1/ToUnicode 6 0 R>>")
    .stream(
        6,
        "",
        format!("beginbfchar <61><{}> endbfchar", "FB03".repeat(64)).as_bytes(),
    );
    assert_bound("ligatures", &paper);
}

#[test]
fn trees_that_are_circles_end() {
    let circle = Paper::saying("x").object(2, "<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>");
    assert_eq!(read(circle.bytes()), Err(Unreadable::Broken));
    let mut doubles = Paper::saying("x").object(2, "<</Type/Pages/Kids[10 0 R 10 0 R]>>");
    for number in 10..60 {
        let next = number + 1;
        doubles = doubles.object(
            number,
            format!("<</Type/Pages/Kids[{next} 0 R {next} 0 R]>>"),
        );
    }
    doubles = doubles.object(60, "<</Type/Page>>");
    assert_eq!(read(doubles.bytes()), Err(Unreadable::Bound));
    let bookmarks = Paper::saying("x")
        .catalog(
            "/Outlines<</First 6 0 R>>/Names<</EmbeddedFiles 7 0 R>>/AcroForm<</Fields[8 0 R]>>",
        )
        .object(6, "<</Title(a)/Next 6 0 R/First 6 0 R>>")
        .object(7, "<</Kids[7 0 R 7 0 R]>>")
        .object(8, "<</Parent 8 0 R/Kids[8 0 R 8 0 R]/FT 8 0 R/V 8 0 R>>");
    assert_eq!(unread(&bookmarks), []);
}

#[test]
fn references_that_are_circles_end() {
    let lengths = Paper::saying("x")
        .object(4, "<</Length 6 0 R>>stream\nBT ET\nendstream")
        .object(6, "<</Length 4 0 R>>stream\n\nendstream");
    assert_eq!(unread(&lengths), []);
    let references = Paper::saying("x").object(2, "6 0 R").object(6, "2 0 R");
    assert_eq!(read(references.bytes()), Err(Unreadable::Broken));
    let before = b"%PDF-1.5\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF";
    assert_eq!(read(before), Err(Unreadable::Broken));
}

#[test]
fn values_within_values_end() {
    for nested in ["[", "<</A "] {
        let paper = Paper::saying("x").page(&format!("/X {}", nested.repeat(100_000)));
        assert_eq!(read(paper.bytes()), Err(Unreadable::Bound), "{nested}");
    }
}

#[test]
fn tables_of_objects_end() {
    let rows = pack(&vec![1; 6_000_000]);
    let mut bytes = b"%PDF-1.5\n1 0 obj <</Type/XRef/W[1 4 1]/Size 9999999/Root 2 0 R/Filter/FlateDecode>>stream\n".to_vec();
    bytes.extend_from_slice(&rows);
    bytes.extend_from_slice(b"\nendstream endobj\nstartxref\n9\n%%EOF");
    assert_eq!(read(bytes), Err(Unreadable::Bound));
    for repeated in [
        "1 0 obj\n",
        "trailer<<",
        "trailer(",
        "1 0 obj<</Type/ObjStm/N 1/First 1>>stream\n",
        "%%EOF 1 0 obj ",
        "startxref 9\n",
    ] {
        let bytes = format!("%PDF-1.4\n{}", repeated.repeat(2_000_000 / repeated.len()));
        assert!(read(bytes).is_err(), "{repeated}");
    }
}

#[test]
fn annotations_that_repeat_end() {
    let paper = Paper::saying("x")
        .page(&format!("/Annots[{}]", "6 0 R ".repeat(50_000)))
        .object(6, "<</Subtype/Stamp/Rect[0 0 9 9]/AP<</N 7 0 R>>>>")
        .stream(7, "/Subtype/Form/BBox[0 0 9 9]", b"0 0 1 1 re f");
    assert_bound("annotations", &paper);
}

#[test]
fn numbers_beyond_reason_are_numbers() {
    for number in [
        "99999999999999999999999",
        "-99999999999999999999",
        "1e99",
        "0.00000000000000000000000000001",
        "--",
        "+.-",
    ] {
        let paper = Paper::new(format!(
            "{number} 0 0 {number} 0 0 cm 0 0 {number} {number} re f"
        ))
        .page(&format!("/Rotate {number}"));
        assert!(read(paper.bytes()).is_ok(), "{number}");
    }
    let predictor = "/DecodeParms<</Predictor 15/Columns 99999999999999/Colors 99999999999/BitsPerComponent 9999999>>";
    let paper = Paper::new("").packed(4, predictor, &[4; 1000]);
    assert!(read(paper.bytes()).is_ok());
}
