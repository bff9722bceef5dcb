//! Ways in which people sign the declaration, and what else comes back in place of a signed copy.
//!
//! On the last page of the base the name is 620 points above the foot, the row for the signature 560, and the head of
//! the page begins at 780.
#![allow(
    clippy::format_collect,
    reason = "a table of contents of pages reads better so"
)]

use std::io::Write as _;

use clspack::diag::Code;
use clspack::plan::State;
use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::pen::{INK, PICTURE, Pen, STROKES};
use crate::signed::Prepared;
use crate::support;

type Way = (&'static str, fn(&mut Pen, usize));

/// A picture of `4 x 2` gray samples, drawn in this place and size.
fn picture([x, y, wide, high]: [u32; 4], samples: &str) -> String {
    format!("q {wide} 0 0 {high} {x} {y} cm BI /W 4 /H 2 /BPC 8 /CS /G /F /AHx ID {samples}> EI Q")
}

/// Samples of something that was written.
const WRITTEN: &str = "ff20ff10ffff00ff";

fn drawn(place: [u32; 4]) -> String {
    picture(place, WRITTEN)
}

/// Strokes of a pen that begin here.
fn strokes(x: u32, y: u32) -> String {
    let curve = |i: u32| {
        let x = x + 12 * i;
        format!("{x} {} {} {} {} {y} c ", y + 30, x + 6, y - 20, x + 12)
    };
    let curves: String = (0..7).map(curve).collect();
    format!("q 1 w {x} {y} m {curves} S Q")
}

fn stamp(appearance: usize) -> String {
    format!("/Subtype/Stamp/Rect[200 545 320 585]/AP<</N {appearance} 0 R>>")
}

/// The words of a content that was packed.
fn packed(content: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

/// What signs, whatever else is there.
const SIGNED: &[Way] = &[
    ("ink", |pen, last| {
        pen.annotate(last, INK);
    }),
    ("ink in the row", |pen, last| {
        let list = "/InkList[[200 550 230 585 250 552 290 580]]";
        pen.annotate(last, &format!("/Subtype/Ink/Rect[200 550 290 585]{list}"));
    }),
    ("ink that is a form", |pen, last| {
        let form = pen.form("/BBox[0 0 90 35]", b"1 w 0 0 m 30 35 l 50 2 l 90 30 l S");
        let list = "/InkList[[200 550 230 585 250 552 290 580]]";
        let ink = format!("/Subtype/Ink/Rect[200 550 290 585]{list}/AP<</N {form} 0 R>>");
        pen.annotate(last, &ink);
    }),
    ("strokes", |pen, last| {
        pen.draw(last, STROKES);
    }),
    ("strokes in the row", |pen, last| {
        pen.draw(last, &strokes(200, 565));
    }),
    ("strokes over the date", |pen, last| {
        pen.draw(last, &strokes(220, 590));
    }),
    ("strokes one by one", |pen, last| {
        for i in 0..8 {
            let (x, y) = (200 + 10 * i, 550 + 11 * (i % 3));
            pen.draw(
                last,
                &format!("{x} {y} m {} 590 {} 540 {} 570 c S", x + 3, x + 6, x + 9),
            );
        }
    }),
    ("lines one by one", |pen, last| {
        for i in 0..15 {
            let (x, high) = (200 + 9 * i, |i: u32| 550 + 7 * (i * i % 5));
            pen.draw(
                last,
                &format!("{x} {} m {} {} l S", high(i), x + 9, high(i + 1)),
            );
        }
    }),
    ("an outline that is filled", |pen, last| {
        let curves: String = (0..9)
            .map(|i| {
                format!(
                    "{} 590 {} 545 {} 566 c ",
                    204 + 9 * i,
                    206 + 9 * i,
                    209 + 9 * i
                )
            })
            .collect();
        pen.draw(last, &format!("200 565 m {curves} 200 560 l f"));
    }),
    ("a zigzag", |pen, last| {
        let lines: String = (1..14)
            .map(|i| format!("{} {} l ", 200 + 8 * i, 550 + 30 * (i % 2)))
            .collect();
        pen.draw(last, &format!("200 550 m {lines} S"));
    }),
    ("a picture", |pen, last| {
        pen.draw(last, PICTURE);
    }),
    ("a picture in the row", |pen, last| {
        pen.draw(last, &drawn([195, 548, 120, 36]));
    }),
    ("a picture above the name", |pen, last| {
        pen.draw(last, &drawn([400, 631, 100, 18]));
    }),
    ("a picture beside the name", |pen, last| {
        pen.draw(last, &drawn([420, 600, 110, 40]));
    }),
    ("a picture at the foot", |pen, last| {
        pen.draw(last, &drawn([100, 100, 150, 50]));
    }),
    ("a picture at the right", |pen, last| {
        pen.draw(last, &drawn([390, 180, 150, 60]));
    }),
    ("a picture in two filters", |pen, last| {
        let data = packed(&[255, 20, 255, 16, 255, 255, 0, 255]);
        let digits: String = data.iter().map(|byte| format!("{byte:02x}")).collect();
        let head = "BI /W 4 /H 2 /BPC 8 /CS /G /F [/AHx /Fl]";
        pen.draw(
            last,
            &format!("q 120 0 0 40 200 545 cm {head} ID {digits}> EI Q"),
        );
    }),
    ("a stamp with a picture", |pen, last| {
        let form = pen.form("/BBox[0 0 120 40]", drawn([0, 0, 120, 40]).as_bytes());
        pen.annotate(last, &stamp(form));
    }),
    ("a stamp with strokes", |pen, last| {
        let form = pen.form("/BBox[190 540 330 600]", strokes(200, 565).as_bytes());
        pen.annotate(last, &stamp(form));
    }),
    ("a picture within a marked content", |pen, last| {
        let picture = drawn([200, 545, 90, 30]);
        pen.draw(last, &format!("/Artifact BMC {picture} EMC"));
    }),
    ("initials on every page, too", |pen, last| {
        for page in 0..=last {
            pen.draw(page, &drawn([500, 40, 30, 15]));
        }
        pen.draw(last, &strokes(200, 565));
    }),
    ("a letterhead, too", |pen, last| {
        pen.draw(last, &drawn([50, 812, 60, 20]));
        pen.draw(last, &strokes(200, 565));
    }),
    ("a code, too", |pen, last| {
        pen.draw(last, &drawn([500, 60, 40, 40]));
        pen.annotate(last, INK);
    }),
    ("a highlight, too", |pen, last| {
        pen.annotate(last, "/Subtype/Highlight/Rect[59 557 100 569]");
        pen.annotate(last, INK);
    }),
];

/// Tries each way of a table, as a copy alone and with the hash stated; returns what came out otherwise.
fn tried(
    table: &[Way],
    alone: (State, Option<Code>),
    stated: (State, Option<Code>),
) -> Vec<String> {
    let prepared = Prepared::new();
    let mut wrong = Vec::new();
    for (what, change) in table {
        let (mut pen, last) = prepared.pen();
        change(&mut pen, last);
        let copy = pen.write();
        for (is_stated, (state, code)) in [(false, alone), (true, stated)] {
            let outcome = prepared.with(&copy, is_stated);
            if outcome != (state, code.into_iter().collect()) {
                wrong.push(format!("{what}, {is_stated}: {outcome:?}"));
            }
        }
    }
    wrong
}

const READY: (State, Option<Code>) = (State::Ready, None);

#[test]
fn ways_in_which_people_sign_are_ready() {
    assert_eq!(tried(SIGNED, READY, READY), [] as [String; 0]);
    assert!(SIGNED.len() >= 20);
}

/// What may be a signature, and is one if a person says so.
const DOUBTFUL: &[Way] = &[
    ("a logo at the head", |pen, last| {
        pen.draw(last, &drawn([50, 812, 60, 20]));
    }),
    ("a picture on the first page", |pen, _| {
        pen.draw(0, &drawn([545, 400, 45, 20]));
    }),
    ("a code at the foot", |pen, last| {
        pen.draw(last, &drawn([500, 10, 30, 30]));
    }),
    ("a code in the row", |pen, last| {
        pen.draw(last, &drawn([200, 545, 40, 40]));
    }),
    ("ink at the head", |pen, last| {
        let list = "/InkList[[50 800 70 830 90 800 110 830]]";
        pen.annotate(last, &format!("/Subtype/Ink/Rect[50 800 110 830]{list}"));
    }),
    ("strokes at the head", |pen, last| {
        pen.draw(last, &strokes(50, 800));
    }),
    ("a stamp of a mail system at the head", |pen, last| {
        let form = pen.form("/BBox[190 540 330 600]", strokes(200, 565).as_bytes());
        let stamp = stamp(form).replace("545", "812").replace("585", "838");
        pen.annotate(last, &stamp);
    }),
    ("a picture under a white box", |pen, last| {
        pen.draw(last, &drawn([200, 545, 120, 40]));
        pen.draw(last, "1 1 1 rg 195 540 130 50 re f");
    }),
    ("strokes under a white box", |pen, last| {
        pen.draw(last, &strokes(200, 565));
        pen.draw(last, "1 1 1 rg 190 547 220 42 re f");
    }),
    ("strokes under a thick white line", |pen, last| {
        pen.draw(last, &strokes(200, 565));
        pen.draw(last, "1 1 1 RG 42 w 190 568 m 410 568 l S");
    }),
    ("strokes under a white stencil", |pen, last| {
        pen.draw(last, &strokes(200, 565));
        let stencil = "BI /W 8 /H 2 /IM true /BPC 1 /F /AHx ID a55a> EI";
        pen.draw(
            last,
            &format!("q 1 1 1 rg 220 0 0 42 190 547 cm {stencil} Q"),
        );
    }),
    ("a picture under a white picture", |pen, last| {
        pen.draw(last, &drawn([200, 545, 120, 40]));
        pen.draw(last, &picture([195, 540, 130, 50], "ffffffffffffffff"));
    }),
    ("ink under a white square", |pen, last| {
        let above = "/Subtype/FreeText/Rect[190 100 400 160]/Contents()/C[1 1 1]";
        pen.annotate(last, above);
        pen.annotate(last, INK);
    }),
];

/// What a person has to look at for another reason.
const ASKED: &[Way] = &[
    ("a hatch", |pen, last| {
        let lines: String = (0..12)
            .map(|i| format!("{} 545 m {} 585 l ", 200 + 8 * i, 220 + 8 * i))
            .collect();
        pen.draw(last, &format!("{lines} S"));
    }),
    ("a hatch of single lines", |pen, last| {
        for i in 0..12 {
            let x = 200 + 8 * i;
            pen.draw(last, &format!("{x} 545 m {} 585 l S", x + 20));
            pen.draw(last, &format!("{} 545 m {x} 585 l S", x + 20));
        }
    }),
    ("a table", |pen, last| {
        pen.draw(
            last,
            "200 540 m 300 540 l 200 550 m 300 550 l 200 560 m 300 560 l \
            200 570 m 300 570 l 200 580 m 300 580 l 200 540 m 200 580 l 250 540 m 250 580 l \
            270 540 m 270 580 l 300 540 m 300 580 l S",
        );
    }),
    ("a straight line of ink", |pen, last| {
        pen.annotate(
            last,
            "/Subtype/Ink/Rect[200 550 290 560]/InkList[[200 555 290 555]]",
        );
    }),
    ("a page border", |pen, last| {
        pen.draw(last, "20 20 555 800 re S");
    }),
    ("a tiny picture", |pen, last| {
        pen.draw(last, &drawn([200, 550, 4, 2]));
    }),
    ("a speck of ink", |pen, last| {
        let list = "/InkList[[200 550 202 555 204 551 206 555]]";
        pen.annotate(last, &format!("/Subtype/Ink/Rect[200 550 206 555]{list}"));
    }),
    ("a picture over most of the page", |pen, last| {
        pen.draw(last, &drawn([50, 100, 480, 400]));
    }),
    ("signed, and lines are covered", |pen, last| {
        pen.annotate(last, INK);
        pen.draw(0, "1 1 1 rg 54 500 200 60 re f");
    }),
    ("signed, and crossed out", |pen, last| {
        pen.annotate(last, INK);
        pen.annotate(last, "/Subtype/StrikeOut/Rect[54 650 500 663]");
    }),
    ("signed, and more is typed", |pen, last| {
        pen.annotate(last, INK);
        pen.annotate(
            last,
            "/Subtype/FreeText/Rect[220 200 340 250]/Contents(not for Level 3)",
        );
    }),
];

/// What is no signature, whatever a person says.
const UNSIGNED: &[Way] = &[
    ("as it was prepared", |_, _| {}),
    ("an empty field", |pen, last| {
        pen.annotate(
            last,
            "/Subtype/Widget/FT/Sig/T(Signature)/Rect[220 550 340 590]",
        );
    }),
    ("a typed name", |pen, last| {
        pen.annotate(
            last,
            "/Subtype/FreeText/Rect[200 550 340 590]/Contents(Alex Example)",
        );
    }),
    ("a note to sign", |pen, last| {
        pen.annotate(
            last,
            "/Subtype/Text/Rect[200 550 220 570]/Contents(please sign here)",
        );
    }),
    ("a highlight", |pen, last| {
        pen.annotate(last, "/Subtype/Highlight/Rect[59 557 100 569]");
    }),
    ("an underline", |pen, last| {
        pen.annotate(last, "/Subtype/Underline/Rect[59 557 100 569]");
    }),
    ("a link", |pen, last| {
        pen.annotate(last, "/Subtype/Link/Rect[200 550 340 590]");
    }),
    ("a stamp that says draft", |pen, last| {
        pen.annotate(
            last,
            "/Subtype/Stamp/Rect[200 550 340 590]/Name/Draft/Contents(Draft)",
        );
    }),
    ("a line", |pen, last| {
        pen.draw(last, "200 555 m 400 555 l S");
    }),
    ("a cross", |pen, last| {
        pen.draw(last, "200 555 m 210 565 l 200 565 m 210 555 l S");
    }),
    ("a box", |pen, last| {
        pen.draw(last, "200 545 120 40 re S");
    }),
    ("a white picture", |pen, last| {
        pen.draw(last, &picture([200, 545, 120, 40], "ffffffffffffffff"));
    }),
    ("a picture almost white", |pen, last| {
        pen.draw(last, &picture([200, 545, 120, 40], "fffafcfefffdf8ff"));
    }),
    ("a black picture", |pen, last| {
        pen.draw(last, &picture([200, 545, 120, 40], "0000000000000000"));
    }),
    ("white strokes", |pen, last| {
        pen.draw(last, &format!("1 1 1 RG {}", strokes(200, 565)));
    }),
    ("a white stencil", |pen, last| {
        let stencil = "BI /W 8 /H 2 /IM true /BPC 1 /F /AHx ID a55a> EI";
        pen.draw(
            last,
            &format!("q 1 1 1 rg 120 0 0 40 200 545 cm {stencil} Q"),
        );
    }),
    ("white ink", |pen, last| {
        pen.annotate(last, &format!("{INK}/C[1 1 1]"));
    }),
    ("hidden ink", |pen, last| {
        pen.annotate(last, &format!("{INK}/F 2"));
    }),
    ("strokes beside the page", |pen, last| {
        pen.draw(last, &strokes(900, 565));
    }),
    ("strokes that are cut away", |pen, last| {
        pen.draw(last, &format!("q 10 10 5 5 re W n {} Q", strokes(200, 565)));
    }),
];

#[test]
fn what_is_doubtful_is_a_question_that_says_where_it_is() {
    for (table, code) in [
        (DOUBTFUL, Code::SignatureDoubtful),
        (ASKED, Code::SignedContentUnknown),
    ] {
        let wrong = tried(table, (State::Blocked, Some(code)), READY);
        assert_eq!(wrong, [] as [String; 0]);
    }
    let prepared = Prepared::new();
    let (mut pen, last) = prepared.pen();
    pen.draw(last, &drawn([50, 812, 60, 20]));
    prepared.with(&pen.write(), false);
    let message = prepared.message();
    let place = format!(
        "a picture on page {}, 17 mm from the left edge and 286 mm above the bottom of the page",
        last + 1
    );
    assert!(message.contains(&place), "{message}");
}

#[test]
fn what_is_no_signature_is_refused_whatever_is_stated() {
    let refused = (State::Blocked, Some(Code::NotSigned));
    assert_eq!(tried(UNSIGNED, refused, refused), [] as [String; 0]);
    assert!(UNSIGNED.len() + DOUBTFUL.len() + ASKED.len() >= 30);
}

#[test]
fn what_is_on_every_page_in_the_same_place_is_a_logo() {
    let prepared = Prepared::new();
    for mark in [drawn([60, 60, 80, 30]), strokes(60, 60)] {
        let (mut pen, last) = prepared.pen();
        for page in 0..=last {
            pen.draw(page, &mark);
        }
        let refused = (State::Blocked, vec![Code::NotSigned]);
        assert_eq!(prepared.with(&pen.write(), false), refused);
    }
    // A number of the page that is a picture differs from page to page.
    let (mut pen, last) = prepared.pen();
    for page in 0..=last {
        let samples = format!("ff20ff10ffff00{page:02x}");
        pen.draw(page, &picture([300, 60, 80, 20], &samples));
    }
    let refused = (State::Blocked, vec![Code::NotSigned]);
    assert_eq!(prepared.with(&pen.write(), false), refused);
}

#[test]
fn a_layer_that_is_not_for_the_screen_is_not_seen() {
    let prepared = Prepared::new();
    for (view, state) in [("ON", State::Ready), ("OFF", State::Blocked)] {
        let (mut pen, last) = prepared.pen();
        let usage = format!("/Usage<</View<</ViewState/{view}>>>>");
        let layer = pen.object_of(format!("<</Type/OCG/Name(Signature){usage}>>").as_bytes());
        pen.catalog(&format!("/OCProperties<</OCGs[{layer} 0 R]/D<<>>>>"));
        let form = pen.form("/BBox[0 0 120 40]", drawn([0, 0, 120, 40]).as_bytes());
        pen.annotate(last, &format!("{}/OC {layer} 0 R", stamp(form)));
        assert_eq!(prepared.with(&pen.write(), false).0, state, "{view}");
    }
}

#[test]
fn a_signed_declaration_of_another_program_may_be_signed_digitally_anywhere() {
    let folder = support::repository("tests/signed/by-acrobat");
    let case = support::read(&folder.join("manifest.yaml"), None);
    assert_eq!(case.plan.unwrap().state, State::Ready);
}
