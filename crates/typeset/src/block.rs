//! The document model: what a document contains, in reading order. Sizes, colours and spacing are in `style.rs`. Any
//! code that builds these values can be typeset; the markup reader is only one such source.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A whole document, ready to be typeset.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    pub meta: Meta,
    /// The head of every page: up to three paragraphs, set side by side.
    pub header: Vec<Block>,
    /// The foot of every page: up to three paragraphs, set side by side.
    pub footer: Vec<Block>,
    pub body: Vec<Block>,
    /// The files of the pictures that the blocks name: PNG or JPEG.
    pub pictures: BTreeMap<String, Arc<[u8]>>,
}

/// Metadata of the PDF.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// The title, shown by viewers in the window bar.
    pub title: String,
    /// The author; may be empty.
    pub author: String,
    /// The subject; may be empty.
    pub subject: String,
    /// The main language as a tag such as `en` or `de-DE`.
    pub language: String,
    /// Year, month, day; written as midnight UTC. PDF/A asks for a date.
    pub date: Option<(u16, u8, u8)>,
    /// Material for the document identifier: the same text, the same identifier.
    pub identifier: String,
    /// A mark drawn behind the text of every page, such as `DRAFT`.
    pub draft: Option<String>,
    /// The program that made the document; without one, this crate.
    pub producer: Option<String>,
}

/// One block of the text.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading, level 1 to 3. It never ends a page.
    Heading {
        /// 1, 2 or 3.
        level: u8,
        text: Vec<Run>,
    },
    Paragraph {
        style: ParagraphStyle,
        text: Vec<Run>,
    },
    /// Labels at the left, values at the right.
    KeyValues {
        rows: Vec<KeyValue>,
        /// Tall rows with room to write by hand.
        fill_in: bool,
    },
    /// A table whose header row repeats on every page.
    Table {
        columns: Vec<Column>,
        /// The cells of the header row; empty when there is none.
        header: Vec<Cell>,
        /// The body rows, each with one cell per column.
        rows: Vec<Vec<Cell>>,
    },
    List {
        /// Numbers instead of bullets.
        ordered: bool,
        items: Vec<Vec<Block>>,
    },
    Picture(Picture),
    /// Blocks that stay on one page if one page can hold them.
    Keep {
        blocks: Vec<Block>,
        /// The end of the text before these blocks must be on the same page.
        with_previous: bool,
    },
    Note(Vec<Block>),
    /// A thin line across the page.
    Rule,
    /// The next block starts a new page.
    PageBreak,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ParagraphStyle {
    #[default]
    Normal,
    Small,
    /// An introduction: larger and muted.
    Lead,
    /// Body text in the muted colour.
    Muted,
}

/// A picture among the blocks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Picture {
    pub src: String,
    /// What it shows, for those who cannot see it; empty for decoration.
    pub alt: String,
    /// Part of the column in percent; without one, the picture takes 150 pixels to the inch.
    pub width: Option<f32>,
}

/// One row of a key and value table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KeyValue {
    pub key: Vec<Run>,
    pub value: Cell,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Column {
    /// Share of the width in percent; columns without one share what is left.
    pub width: Option<f32>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// Paragraphs, lists and pictures; nothing else has a place in a cell.
    pub blocks: Vec<Block>,
    /// The cell names its row (`th` in a body row).
    pub heading: bool,
}

/// A stretch of text in one look.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "looks combine freely, as in a word processor"
)]
pub struct Run {
    /// The words; `\n` is a forced line break. Ignored when `field` is set.
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    /// An identifier, path or hash: it may break between any two characters.
    pub code: bool,
    /// Smaller than the text around it.
    pub small: bool,
    /// Never broken at a space, unless it is wider than its column.
    pub nowrap: bool,
    /// The address this text leads to.
    pub link: Option<String>,
    /// A number known only when pages are; header and footer only.
    pub field: Option<Field>,
}

/// A number the typesetter fills in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The number of this page.
    PageNumber,
    /// How many pages there are.
    PageCount,
}

impl Run {
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

#[cfg(test)]
impl Block {
    /// A paragraph of plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Paragraph {
            style: ParagraphStyle::Normal,
            text: vec![Run::plain(text)],
        }
    }
}

#[cfg(test)]
impl Cell {
    /// A cell holding one plain paragraph.
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            blocks: vec![Block::text(text)],
            heading: false,
        }
    }
}

/// Every run of these blocks, in reading order.
pub fn runs(blocks: &[Block]) -> Vec<&Run> {
    let mut found = Vec::new();
    for block in blocks {
        collect(block, &mut found);
    }
    found
}

fn collect<'a>(block: &'a Block, found: &mut Vec<&'a Run>) {
    match block {
        Block::Heading { text, .. } | Block::Paragraph { text, .. } => found.extend(text),
        Block::KeyValues { rows, .. } => {
            for row in rows {
                found.extend(&row.key);
                found.extend(runs(&row.value.blocks));
            }
        }
        Block::Table { header, rows, .. } => {
            for cell in header.iter().chain(rows.iter().flatten()) {
                found.extend(runs(&cell.blocks));
            }
        }
        Block::List { items, .. } => items.iter().for_each(|item| found.extend(runs(item))),
        Block::Keep { blocks, .. } | Block::Note(blocks) => found.extend(runs(blocks)),
        Block::Picture(_) | Block::Rule | Block::PageBreak => {}
    }
}
