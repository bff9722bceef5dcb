//! Turns a checked tree into a [`Document`], one block for each element, in order. It runs only on trees without
//! faults, and so reports none.

use super::inline::{self, Writer};
use super::rules::SMALL_BLOCKS;
use super::scan::{Child, Element};
use crate::block::{Block, Cell, Column, Document, KeyValue, Meta, ParagraphStyle, Picture};

/// The document under the nameless parent of the tree.
pub(super) fn document(root: &Element) -> Document {
    let mut document = Document::default();
    for html in root.named("html") {
        let language = html.attribute("lang").unwrap_or_default();
        language.trim().clone_into(&mut document.meta.language);
        html.named("head")
            .for_each(|head| read_head(head, &mut document.meta));
        for part in html.named("body").flat_map(Element::elements) {
            match part.name.as_str() {
                "header" => document.header = blocks(part),
                "footer" => document.footer = blocks(part),
                "main" => document.body.append(&mut blocks(part)),
                _ => document.body.extend(block(part)),
            }
        }
    }
    document
}

/// A date written as year, month and day.
pub(super) fn date(text: &str) -> Option<(u16, u8, u8)> {
    let mut parts = text.trim().split('-');
    let year = parts.next().filter(|part| part.len() == 4)?.parse().ok()?;
    let month = parts.next().filter(|part| part.len() == 2)?.parse().ok()?;
    let day = parts.next().filter(|part| part.len() == 2)?.parse().ok()?;
    let in_range = (1..=12).contains(&month) && (1..=31).contains(&day);
    (parts.next().is_none() && in_range).then_some((year, month, day))
}

/// The number in "width: 12%".
pub(super) fn percent(style: &str) -> Option<f32> {
    let value = style
        .trim()
        .trim_end_matches(';')
        .strip_prefix("width")?
        .trim_start();
    let number = value.strip_prefix(':')?.trim().strip_suffix('%')?;
    number
        .trim_end()
        .parse()
        .ok()
        .filter(|share| (0.0..=100.0).contains(share))
}

fn read_head(head: &Element, meta: &mut Meta) {
    for title in head.named("title") {
        meta.title = title
            .text()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
    }
    for element in head.named("meta") {
        let content = element.attribute("content").unwrap_or_default().to_owned();
        match element.attribute("name") {
            Some("author") => meta.author = content,
            Some("subject") => meta.subject = content,
            Some("identifier") => meta.identifier = content,
            Some("date") => meta.date = date(&content),
            Some("draft") => meta.draft = Some(content).filter(|mark| !mark.trim().is_empty()),
            _ => {}
        }
    }
}

fn blocks(parent: &Element) -> Vec<Block> {
    parent.elements().flat_map(block).collect()
}

/// A vector, since a section without a class is replaced by its blocks.
fn block(element: &Element) -> Vec<Block> {
    let text = || inline::runs(element);
    let one = match element.name.as_str() {
        "h1" => Block::Heading {
            level: 1,
            text: text(),
        },
        "h2" => Block::Heading {
            level: 2,
            text: text(),
        },
        "h3" => Block::Heading {
            level: 3,
            text: text(),
        },
        "p" => Block::Paragraph {
            style: paragraph_style(element),
            text: text(),
        },
        "ul" | "ol" => Block::List {
            ordered: element.name == "ol",
            items: element.named("li").map(mixed).collect(),
        },
        "table" => table(element),
        "dl" => Block::KeyValues {
            rows: pairs(element),
            fill_in: element.has_class("fill-in"),
        },
        "hr" if element.has_class("page-break") => Block::PageBreak,
        "hr" => Block::Rule,
        "div" if element.has_class("note") => Block::Note(blocks(element)),
        "div" => Block::Keep {
            blocks: blocks(element),
            with_previous: true,
        },
        "section" if element.has_class("keep") => Block::Keep {
            blocks: blocks(element),
            with_previous: false,
        },
        "img" => Block::Picture(picture(element)),
        _ => return blocks(element),
    };
    vec![one]
}

fn picture(element: &Element) -> Picture {
    let text = |name| element.attribute(name).unwrap_or_default().to_owned();
    Picture {
        src: text("src"),
        alt: text("alt"),
        width: element.attribute("style").and_then(percent),
    }
}

fn paragraph_style(element: &Element) -> ParagraphStyle {
    let classes = [
        ("small", ParagraphStyle::Small),
        ("lead", ParagraphStyle::Lead),
        ("muted", ParagraphStyle::Muted),
    ];
    let found = classes
        .into_iter()
        .find(|(class, _)| element.has_class(class));
    found.map_or(ParagraphStyle::Normal, |(_, style)| style)
}

/// Text and small blocks; text between blocks becomes a paragraph of its own.
fn mixed(element: &Element) -> Vec<Block> {
    let nowrap = element.has_class("nowrap");
    let mut found = Vec::new();
    let mut writer = Writer::new(nowrap);
    for child in &element.children {
        match child {
            Child::Element(inner) if SMALL_BLOCKS.contains(&inner.name.as_str()) => {
                end_paragraph(&mut writer, nowrap, &mut found);
                found.append(&mut block(inner));
            }
            _ => writer.child(child),
        }
    }
    end_paragraph(&mut writer, nowrap, &mut found);
    found
}

fn end_paragraph(writer: &mut Writer, nowrap: bool, found: &mut Vec<Block>) {
    let text = std::mem::replace(writer, Writer::new(nowrap)).finish();
    if !text.is_empty() {
        found.push(Block::Paragraph {
            style: ParagraphStyle::Normal,
            text,
        });
    }
}

fn cell(element: &Element) -> Cell {
    Cell {
        blocks: mixed(element),
        heading: element.name == "th",
    }
}

fn row(element: &Element) -> Vec<Cell> {
    element.elements().map(cell).collect()
}

fn table(element: &Element) -> Block {
    let header = element
        .named("thead")
        .flat_map(|head| head.named("tr"))
        .map(row)
        .next();
    let rows: Vec<Vec<Cell>> = element
        .named("tbody")
        .flat_map(|body| body.named("tr"))
        .map(row)
        .collect();
    let header = header.unwrap_or_default();
    let mut columns: Vec<Column> = element
        .named("colgroup")
        .flat_map(|group| group.named("col"))
        .map(|column| Column {
            width: column.attribute("style").and_then(percent),
        })
        .collect();
    if columns.is_empty() {
        let count = rows.first().map_or(header.len(), Vec::len);
        columns = vec![Column::default(); count];
    }
    Block::Table {
        columns,
        header,
        rows,
    }
}

fn pairs(element: &Element) -> Vec<KeyValue> {
    let keys = element.named("dt").map(inline::runs);
    let values = element.named("dd").map(cell);
    keys.zip(values)
        .map(|(key, value)| KeyValue { key, value })
        .collect()
}
