//! Whole documents: which text is on which page.

#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

mod keep_with_previous;
mod names;
mod pictures;
mod refused;
mod tables;

use super::block::{Block, Cell, Column, Field, KeyValue, Run};
use super::page::Text;
use super::*;

fn document(body: Vec<Block>) -> Document {
    let meta = Meta {
        title: "Test".into(),
        language: "en".into(),
        date: Some((2026, 5, 31)),
        identifier: "test".into(),
        ..Meta::default()
    };
    let field = |field| Run {
        field: Some(field),
        ..Run::default()
    };
    let footer = vec![
        Run::plain("Page "),
        field(Field::PageNumber),
        Run::plain(" of "),
        field(Field::PageCount),
    ];
    Document {
        meta,
        header: vec![Block::text("Header")],
        footer: vec![Block::Paragraph {
            style: block::ParagraphStyle::Normal,
            text: footer,
        }],
        body,
        ..Document::default()
    }
}

fn pages(body: Vec<Block>) -> Pages {
    Typesetter::new()
        .pages(&document(body))
        .unwrap_or_else(|error| panic!("{error}"))
}

fn words(texts: &[Text]) -> String {
    let stretches = texts.iter().map(|text| {
        let start = text
            .glyphs
            .iter()
            .map(|glyph| glyph.range.start)
            .min()
            .unwrap_or(0);
        let end = text
            .glyphs
            .iter()
            .map(|glyph| glyph.range.end)
            .max()
            .unwrap_or(0);
        text.source[start..end].to_owned()
    });
    stretches.collect()
}

fn page_words(pages: &Pages) -> Vec<String> {
    pages.sheets.iter().map(|page| words(&page.texts)).collect()
}

fn table(rows: Vec<Vec<Cell>>) -> Block {
    let columns = vec![Column { width: Some(20.0) }, Column::default()];
    Block::Table {
        columns,
        header: vec![Cell::text("Left"), Cell::text("Right")],
        rows,
    }
}

fn numbered(count: usize) -> Vec<Vec<Cell>> {
    let text = "a sentence that is long enough to take more than one line ".repeat(3);
    let row = |number| {
        vec![
            Cell::text(format!("<{number}>")),
            Cell::text(format!("{text}[{number}]")),
        ]
    };
    (0..count).map(row).collect()
}

fn keep(blocks: Vec<Block>, with_previous: bool) -> Block {
    Block::Keep {
        blocks,
        with_previous,
    }
}

fn paragraphs(count: usize) -> Vec<Block> {
    (0..count)
        .map(|number| Block::text(format!("Paragraph {number}.")))
        .collect()
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let mut source = document(vec![table(numbered(40)), Block::text("東京 서울 Hà Nội")]);
    source.meta.draft = Some("DRAFT".into());
    let first = pdf(&source).unwrap_or_else(|error| panic!("{error}"));
    let mut typesetter = Typesetter::new();
    // The same words in other styles and scripts, and more text than the cache holds.
    let table_alone = document(vec![table(numbered(40))]);
    let words = (0..40).map(|number| Block::Heading {
        level: 2,
        text: vec![Run::plain(format!("<{number}>"))],
    });
    let chinese = document(words.chain([Block::text("東京")]).collect());
    let long = (0..3000).map(|number| Block::text(format!("{number} {}", "words ".repeat(20))));
    let others = [
        document(vec![Block::text("他の言語で、先に")]),
        table_alone,
        chinese,
        document(long.collect()),
    ];
    for other in &others {
        typesetter.pdf(other).unwrap_or_default();
    }
    let second = typesetter.pdf(&source).unwrap_or_default();
    assert_eq!(first, second);
    assert!(first.starts_with(b"%PDF-1.7"));
}

#[test]
fn a_keep_block_moves_whole() {
    for lead in 30..50 {
        let mut body = paragraphs(lead);
        let kept = vec![
            Block::text("kept-first"),
            Block::text("middle"),
            Block::text("kept-last"),
        ];
        body.push(keep(kept, false));
        let found = page_words(&pages(body));
        let holder = found.iter().find(|page| page.contains("kept-first"));
        assert!(
            holder.is_some_and(|page| page.contains("kept-last")),
            "after {lead}"
        );
    }
}

#[test]
fn a_keep_block_taller_than_a_page_still_appears() {
    let set = pages(vec![keep(paragraphs(200), false)]);
    assert!(set.sheets.len() > 2);
    inside_margins(&set);
}

#[test]
fn a_heading_never_ends_a_page() {
    for lead in 30..50 {
        let mut body = paragraphs(lead);
        body.push(Block::Heading {
            level: 1,
            text: vec![Run::plain("Title")],
        });
        body.push(table(numbered(3)));
        let found = page_words(&pages(body));
        let holder = found.iter().find(|page| page.contains("Title"));
        assert!(
            holder.is_some_and(|page| page.contains("TitleLeftRight<0>")),
            "after {lead}"
        );
    }
}

#[test]
fn a_note_split_by_a_page_break_is_tinted_on_both_pages() {
    let mut body = paragraphs(20);
    body.push(Block::Note(paragraphs(60)));
    let set = pages(body);
    let tinted = |page: &Page| {
        page.fills
            .iter()
            .any(|fill| fill.colour == style::NOTE_TINT)
    };
    assert!(set.sheets.len() > 1 && set.sheets.iter().all(tinted));
}

#[test]
fn the_draft_mark_is_no_text() {
    let mut source = document(paragraphs(1));
    source.meta.draft = Some("DRAFT".into());
    let set = Typesetter::new()
        .pages(&source)
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(words(&set.draft), "DRAFT");
    assert_eq!(words(&set.sheets[0].texts), "Paragraph 0.");
    assert!(
        set.draft
            .iter()
            .all(|text| text.x.abs() < style::PAGE_WIDTH && text.node.is_none())
    );
}

#[test]
fn the_footer_counts_pages() {
    let set = pages(paragraphs(150));
    let count = set.sheets.len();
    assert!(count > 2);
    for (index, page) in set.sheets.iter().enumerate() {
        assert_eq!(words(&page.foot), format!("Page {} of {count}", index + 1));
        assert_eq!(words(&page.head), "Header");
    }
}

#[test]
fn a_page_break_starts_a_page() {
    let body = vec![
        Block::text("one"),
        Block::PageBreak,
        Block::text("two"),
        Block::PageBreak,
    ];
    assert_eq!(page_words(&pages(body)), ["one", "two"]);
    assert_eq!(page_words(&pages(Vec::new())), [""]);
}

#[test]
fn every_block_is_accepted_by_the_validators() {
    let link = Run {
        link: Some("https://example.com/".into()),
        ..Run::plain("a link")
    };
    let text = |runs| Block::Paragraph {
        style: block::ParagraphStyle::Lead,
        text: runs,
    };
    let empty = Cell::default();
    let mut source = document(vec![
        Block::Heading {
            level: 1,
            text: vec![Run::plain("Title")],
        },
        text(vec![
            link,
            Run {
                bold: true,
                italic: true,
                small: true,
                ..Run::plain(" 東京")
            },
        ]),
        Block::KeyValues {
            rows: vec![KeyValue {
                key: vec![Run::plain("k")],
                value: empty.clone(),
            }],
            fill_in: true,
        },
        table(vec![vec![empty, Cell::text("x\ny")]]),
        Block::List {
            ordered: true,
            items: vec![vec![Block::text("one")], Vec::new()],
        },
        Block::Note(vec![Block::text("note")]),
        Block::Rule,
        text(Vec::new()),
    ]);
    source.meta.draft = Some("ENTWURF".into());
    assert!(pdf(&source).is_ok());
}

#[test]
fn the_large_font_waits_for_a_text_that_needs_it() {
    let mut typesetter = Typesetter::new();
    typesetter.pdf(&document(paragraphs(3))).unwrap_or_default();
    assert!(!typesetter.shaper.has_asian());
    typesetter
        .pdf(&document(vec![Block::text("北京")]))
        .unwrap_or_default();
    assert!(typesetter.shaper.has_asian());
}

#[test]
fn the_face_follows_the_script() {
    let face = |text: &str| {
        let set = pages(vec![Block::text(text)]);
        let mut faces: Vec<_> = set.sheets[0].texts.iter().map(|text| text.face).collect();
        faces.dedup();
        faces
    };
    let chinese = face("北京")[0];
    let japanese = face("東京の")[0];
    let korean = face("서울")[0];
    assert_eq!([chinese.file, japanese.file, korean.file], [3, 3, 3]);
    assert_ne!(chinese.index, japanese.index);
    assert_ne!(korean.index, japanese.index);
    assert_eq!(face("東京の 서울"), [japanese, face("x")[0], korean]);
}

#[test]
fn the_sample_is_sound() {
    let source = include_str!("../examples/sample.html");
    let mut document = markup::parse(source).unwrap_or_else(|faults| panic!("{faults:?}"));
    document.pictures = pictures::store(Vec::new()).pictures;
    let set = Typesetter::new()
        .pages(&document)
        .unwrap_or_else(|error| panic!("{error}"));
    assert!(set.sheets.len() >= 4);
    inside_margins(&set);
}

/// No text leaves the page's text area.
fn inside_margins(pages: &Pages) {
    let bottom = style::PAGE_HEIGHT - style::FOOTER_BOTTOM;
    for text in pages.sheets.iter().flat_map(|page| &page.texts) {
        assert!(text.x >= style::MARGIN && text.y < bottom, "{text:?}");
        // A space at the end of a line hangs into the margin, unseen.
        assert!(
            text.x + text.width <= style::PAGE_WIDTH - style::MARGIN + 4.0,
            "{text:?}"
        );
    }
}
