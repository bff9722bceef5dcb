//! A signature block stays whole, and is never alone.

use super::{inside_margins, keep, numbered, page_words, pages, paragraphs, table};
use crate::block::{Block, Cell, ParagraphStyle, Run};

fn signature() -> Block {
    let mut blocks = vec![Block::text("sig-first")];
    blocks.extend(paragraphs(6));
    blocks.push(Block::text("sig-last"));
    keep(blocks, true)
}

fn small(text: &str) -> Block {
    Block::Paragraph {
        style: ParagraphStyle::Small,
        text: vec![Run::plain(text)],
    }
}

/// Places `before` and a signature at every height, in steps smaller than any line. Returns the text before the
/// signature on its page.
fn everywhere(before: impl Fn() -> Vec<Block>) -> Vec<String> {
    let mut found = Vec::new();
    for lines in 0..40 {
        for fine in 0..6 {
            let mut body = paragraphs(lines);
            body.extend((0..fine).map(|_| small("fine")));
            body.extend(before());
            body.push(signature());
            let set = pages(body);
            inside_margins(&set);
            let words = page_words(&set);
            let page = words.iter().find(|page| page.contains("sig-first"));
            let page = page.map_or("", String::as_str);
            assert!(page.contains("sig-last"), "split after {lines}, {fine}");
            let above = page.split("sig-first").next().unwrap_or_default();
            found.push(above.to_owned());
        }
    }
    found
}

fn always(before: impl Fn() -> Vec<Block>, expected: &[&str]) {
    for above in everywhere(before) {
        for part in expected {
            assert!(above.contains(part), "no {part:?} in {above:?}");
        }
    }
}

fn text(words: &str) -> String {
    format!("{words} ").repeat(40)
}

#[test]
fn the_last_two_rows_come_along_below_their_header() {
    for above in everywhere(|| vec![table(numbered(30))]) {
        assert!(above.contains("<28>") && above.contains("<29>"), "{above}");
        assert!(above.contains("LeftRight"), "{above}");
    }
}

#[test]
fn the_last_lines_of_a_text_come_along() {
    let long = || {
        vec![Block::text(format!(
            "{}the last but one line ends here, {}",
            text("long"),
            text("end")
        ))]
    };
    always(long, &["end end"]);
    always(
        || vec![Block::text("before"), Block::text("last")],
        &["before", "last"],
    );
    let items = || (0..9).map(|item| vec![Block::text(format!("item {item}"))]);
    let list = move || {
        vec![Block::List {
            ordered: true,
            items: items().collect(),
        }]
    };
    always(list, &["item 7", "item 8"]);
}

#[test]
fn a_rule_or_a_heading_is_not_enough() {
    let heading = || Block::Heading {
        level: 2,
        text: vec![Run::plain("Heading")],
    };
    always(
        || vec![Block::text("before"), Block::text("last"), Block::Rule],
        &["before", "last"],
    );
    always(
        move || vec![Block::text("before"), Block::text("last"), heading()],
        &["before", "last", "Heading"],
    );
}

#[test]
fn what_is_kept_whole_gives_its_end_when_it_is_too_tall() {
    let kept = || vec![keep(paragraphs(34), false)];
    always(kept, &["Paragraph 32.", "Paragraph 33."]);
    let note = || vec![Block::Note(paragraphs(16))];
    always(note, &["Paragraph 14.", "Paragraph 15."]);
}

#[test]
fn the_end_of_a_row_taller_than_a_page_comes_along() {
    let row = || {
        vec![
            Cell::text("left"),
            Cell::text(text("word").repeat(60) + "the end"),
        ]
    };
    always(move || vec![table(vec![row()])], &["word", "the end"]);
}

#[test]
fn two_signatures_stand_below_the_same_text() {
    always(
        || vec![Block::text("before"), Block::text("last"), signature()],
        &["before", "last"],
    );
}

#[test]
fn a_page_break_is_obeyed() {
    let set = page_words(&pages(vec![
        Block::text("a"),
        Block::PageBreak,
        signature(),
    ]));
    assert!(set[1].starts_with("sig-first"));
    let alone = page_words(&pages(vec![signature()]));
    assert!(alone[0].starts_with("sig-first") && alone.len() == 1);
}

#[test]
fn a_signature_taller_than_a_page_still_appears() {
    let set = pages(vec![Block::text("before"), keep(paragraphs(200), true)]);
    assert!(set.sheets.len() > 2);
    inside_margins(&set);
}
