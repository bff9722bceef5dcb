//! How tables break, and how cells lay out their text.

use super::{inside_margins, numbered, page_words, pages, table, words};
use crate::block::{Block, Cell, Column, ParagraphStyle, Run};
use crate::style;

#[test]
fn the_header_row_repeats_as_decoration() {
    let set = pages(vec![table(numbered(60))]);
    assert!(set.sheets.len() > 2);
    for (index, page) in set.sheets.iter().enumerate() {
        assert!(words(&page.texts).starts_with("LeftRight"), "page {index}");
        assert_eq!(page.texts[0].node.is_some(), index == 0);
    }
}

#[test]
fn a_row_does_not_split() {
    let found = page_words(&pages(vec![table(numbered(60))]));
    for number in 0..60 {
        let holder = found
            .iter()
            .find(|page| page.contains(&format!("<{number}>")));
        assert!(
            holder.is_some_and(|page| page.contains(&format!("[{number}]"))),
            "row {number}"
        );
    }
}

#[test]
fn a_row_taller_than_a_page_splits_between_lines() {
    let long = "word ".repeat(4000);
    let set = pages(vec![table(vec![vec![
        Cell::text("left"),
        Cell::text(long.clone()),
    ]])]);
    assert!(set.sheets.len() > 2);
    let all = page_words(&set).concat();
    assert_eq!(all.matches("word").count(), 4000);
    inside_margins(&set);
}

#[test]
fn a_long_word_wraps_inside_its_cell() {
    let hash = "0123456789abcdef".repeat(16);
    for code in [true, false] {
        let run = Run {
            code,
            ..Run::plain(&*hash)
        };
        let text = Block::Paragraph {
            style: ParagraphStyle::Normal,
            text: vec![run],
        };
        let cell = Cell {
            blocks: vec![text],
            heading: false,
        };
        let set = pages(vec![table(vec![vec![cell, Cell::text("next")]])]);
        let limit = style::MARGIN + style::TEXT_WIDTH * 0.2;
        let parts = set.sheets[0]
            .texts
            .iter()
            .filter(|text| text.source.starts_with("0123"));
        let ends: Vec<f32> = parts.map(|text| text.x + text.width).collect();
        assert!(ends.len() > 5);
        assert!(ends.iter().all(|&end| end <= limit), "{ends:?}");
    }
}

#[test]
fn a_column_without_a_width_holds_its_longest_word() {
    let long = "many words that would like all the room there is ".repeat(6);
    let cells = vec![
        Cell::text("identifier"),
        Cell::text(long.clone()),
        Cell::text(long),
    ];
    let columns = vec![Column::default(); 3];
    let set = pages(vec![Block::Table {
        columns,
        header: Vec::new(),
        rows: vec![cells],
    }]);
    let whole = set.sheets[0]
        .texts
        .iter()
        .filter(|text| &*text.source == "identifier");
    assert_eq!(whole.count(), 1);
}

#[test]
fn nowrap_gives_way_when_the_cell_is_too_narrow() {
    let run = Run {
        nowrap: true,
        ..Run::plain("many words in one cell that cannot hold them")
    };
    let text = Block::Paragraph {
        style: ParagraphStyle::Normal,
        text: vec![run],
    };
    let cell = Cell {
        blocks: vec![text],
        heading: false,
    };
    let set = pages(vec![table(vec![vec![cell, Cell::text("next")]])]);
    let limit = style::MARGIN + style::TEXT_WIDTH * 0.2;
    let mut parts = set.sheets[0]
        .texts
        .iter()
        .filter(|text| text.source.starts_with("many"));
    assert!(parts.all(|text| text.x + text.width <= limit + 3.0));
}
