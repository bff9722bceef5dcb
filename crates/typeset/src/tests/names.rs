//! Names in their own scripts, some of them right to left.

#![expect(
    clippy::float_arithmetic,
    clippy::float_cmp,
    reason = "lengths on paper are fractions of points"
)]

use super::{document, pages, table};
use crate::block::{Block, Cell};
use crate::page::Text;
use crate::pdf;

fn first_line(text: &str) -> Vec<Text> {
    pages(vec![Block::text(text)]).sheets.remove(0).texts
}

/// The words of a line, from left to right.
fn seen(text: &str) -> Vec<String> {
    let mut parts: Vec<(f32, String)> = Vec::new();
    for text in first_line(text) {
        let mut x = text.x;
        for glyph in text.glyphs.iter() {
            parts.push((x, text.source[glyph.range.clone()].to_owned()));
            x += glyph.advance * text.size;
        }
    }
    parts.sort_by(|left, right| left.0.total_cmp(&right.0));
    parts.into_iter().map(|(_, part)| part).collect()
}

#[test]
fn letters_stand_from_right_to_left_inside_other_text() {
    assert_eq!(seen("a שלום b").concat(), "a םולש b");
    assert_eq!(seen("a שלום 12 b").concat(), "a 12 םולש b");
}

#[test]
fn a_text_of_its_own_direction_ends_at_its_left() {
    assert_eq!(seen("שלום (קטר).").concat(), ".)רטק( םולש");
}

#[test]
fn arabic_letters_take_the_shapes_of_their_places() {
    let shape = |text: &str, at: usize| first_line(text)[0].glyphs[at].id;
    // Alone, at the start, in the middle and at the end of a word.
    let shapes = [
        shape("ه", 0),
        shape("ههه", 2),
        shape("ههه", 1),
        shape("ههه", 0),
    ];
    for (index, one) in shapes.iter().enumerate() {
        assert!(!shapes[index + 1..].contains(one), "{shapes:?}");
    }
}

#[test]
fn each_letter_of_a_ligature_has_its_place() {
    assert_eq!(seen("سلام"), ["م", "ا", "ل", "س"]);
    let line = first_line("سلام");
    let widths: Vec<bool> = line[0]
        .glyphs
        .iter()
        .map(|glyph| glyph.advance > 0.0)
        .collect();
    assert_eq!(widths, [true, false, true, true]);
}

#[test]
fn a_line_broken_between_words_from_right_to_left_holds_no_gap() {
    let text = "שלום ".repeat(60);
    let mut parts = first_line(text.trim_end());
    parts.retain(|part| part.width > 0.0);
    parts.sort_by(|left, right| left.y.total_cmp(&right.y).then(left.x.total_cmp(&right.x)));
    let lines: Vec<_> = parts.chunk_by(|left, right| left.y == right.y).collect();
    assert!(lines.len() > 1);
    for line in lines {
        let first = &line[0].glyphs[0];
        assert_eq!(&line[0].source[first.range.clone()], "ם");
        assert!((line[0].x - crate::style::MARGIN).abs() < 0.01);
    }
}

#[test]
fn marks_stand_for_themselves() {
    let mut letters = seen("مُحَمد").concat().chars().rev().collect::<Vec<_>>();
    letters.sort_unstable();
    let mut expected: Vec<char> = "مُحَمد".chars().collect();
    expected.sort_unstable();
    assert_eq!(letters, expected);
}

#[test]
fn every_writing_is_accepted_by_the_validators() {
    let names = [
        "شركة النور للأجهزة الذكية (ذ.م.م.)",
        "مُحَمَّد بْن عَبْد الله",
        "שירה כהן־לוי בע\"מ",
        "บริษัท นอร์ดลิคท์ (ประเทศไทย) จำกัด",
        "Công ty TNHH Thiết bị điện tử",
        "شرکت می‌خواهم ۱۲۳",
    ];
    for name in names {
        let rows = vec![vec![
            Cell::text(name),
            Cell::text(format!("Signed by {name}, 12 May")),
        ]];
        let result = pdf(&document(vec![Block::text(name.repeat(9)), table(rows)]));
        assert!(result.is_ok(), "{name}: {result:?}");
    }
}

#[test]
fn a_small_font_waits_for_a_text_that_needs_it() {
    let files = |text: &str| {
        let mut files: Vec<usize> = first_line(text).iter().map(|text| text.face.file).collect();
        files.dedup();
        files
    };
    assert_eq!(files("x"), [0]);
    assert_eq!(files("สวัสดี"), [6]);
    assert_eq!(files("שלום"), [5]);
    assert_eq!(files("سلام"), [4]);
}
