//! Typesetting: a document in, an accessible archival PDF out. The same document gives the same bytes on every
//! machine: no installed font and no clock is used. The file conforms to PDF/A-2a and PDF/UA-1, or is not made at
//! all.
//!
//! A document is built from the model in [`block`] or read from HTML by [`markup`]. This crate reads and writes no
//! files.

pub mod block;
mod columns;
mod error;
mod flow;
pub mod fonts;
mod keep_with_previous;
mod layout;
mod line;
mod line_cache;
mod list;
pub mod markup;
mod page;
mod paginate;
mod pdf;
mod picture;
mod running_head;
mod script;
mod style;
mod table;
mod text;

pub use error::PdfError;
pub use picture::{reading_width, upright_size};

use block::{Document, Meta, runs};
use layout::{Area, Composer};
use page::{Fill, Page, Pages, Role, Structure};
use picture::PictureStore;
use running_head::RunningHead;
use script::Script;
use text::Shaper;

/// What a document names as its maker unless [`Meta::producer`] says otherwise.
pub const PRODUCER: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// Sets one document. Use a [`Typesetter`] for many.
pub fn pdf(document: &Document) -> Result<Vec<u8>, PdfError> {
    Typesetter::new().pdf(document)
}

/// A heading of a document that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 for the highest.
    pub level: u8,
    /// Its page, counted from 0.
    pub page: usize,
}

fn headings(pages: &Pages) -> Vec<Heading> {
    let sheets = pages.sheets.iter().enumerate();
    let placed =
        sheets.flat_map(|(page, sheet)| sheet.headings.iter().map(move |(node, _)| (page, node)));
    let headings = placed.filter_map(|(page, node)| match pages.structure.role(*node) {
        Role::Heading(level, _) => Some(Heading {
            level: *level,
            page,
        }),
        _ => None,
    });
    headings.collect()
}

/// Sets many documents, and reads the fonts only once.
#[derive(Default)]
pub struct Typesetter {
    shaper: Shaper,
    writer: pdf::Writer,
}

impl Typesetter {
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets one document. Earlier documents have no effect on the result.
    pub fn pdf(&mut self, document: &Document) -> Result<Vec<u8>, PdfError> {
        check_meta(&document.meta)?;
        let pages = self.pages(document)?;
        self.writer.write(&pages, &document.meta)
    }

    /// Sets one document. Returns its headings and how many pages it has, too.
    pub fn pdf_with_headings(
        &mut self,
        document: &Document,
    ) -> Result<(Vec<u8>, Vec<Heading>, usize), PdfError> {
        check_meta(&document.meta)?;
        let pages = self.pages(document)?;
        let bytes = self.writer.write(&pages, &document.meta)?;
        Ok((bytes, headings(&pages), pages.sheets.len()))
    }

    fn pages(&mut self, document: &Document) -> Result<Pages, PdfError> {
        self.shaper.begin(check_text(document)?);
        let mut store = PictureStore::new(&document.pictures);
        let head = RunningHead::new(&document.header, "header", &mut self.shaper, &mut store)?;
        let foot = RunningHead::new(&document.footer, "footer", &mut self.shaper, &mut store)?;
        let body = Body::between(&head, &foot)?;
        let mut composer = Composer {
            shaper: &mut self.shaper,
            structure: Structure::default(),
            frames: Vec::new(),
            store,
            room: body.room(),
        };
        let area = Area {
            x: style::MARGIN,
            width: style::TEXT_WIDTH,
            node: Structure::ROOT,
            body: style::BODY,
            tallest: body.room(),
        };
        let flow = composer.blocks(&document.body, area)?;
        let Composer {
            structure,
            frames,
            store: PictureStore { loaded, .. },
            ..
        } = composer;
        let mut pages = paginate::paginate(flow.pieces, &frames, body.top, body.bottom);
        let count = pages.len();
        for (index, page) in pages.iter_mut().enumerate() {
            page.head = head.texts(index + 1, count, &mut self.shaper)?;
            page.foot = foot.texts(index + 1, count, &mut self.shaper)?;
            body.dress(page);
            page.pictures.extend(head.pictures(style::HEADER_TOP));
            page.pictures.extend(foot.pictures(body.foot_top));
        }
        let mark = document.meta.draft.as_deref();
        let draft = mark
            .map(|mark| running_head::draft_mark(mark, &mut self.shaper))
            .transpose()?;
        Ok(Pages {
            sheets: pages,
            structure,
            draft: draft.unwrap_or_default(),
            pictures: loaded,
        })
    }
}

/// The text area of a page, between its head and its foot.
struct Body {
    top: f32,
    bottom: f32,
    head_rule: Option<f32>,
    foot_rule: Option<f32>,
    foot_top: f32,
}

#[expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]
impl Body {
    fn between(head: &RunningHead<'_>, foot: &RunningHead<'_>) -> Result<Self, PdfError> {
        let head_rule =
            (head.height > 0.0).then_some(style::HEADER_TOP + head.height + style::HEAD_PADDING);
        let foot_top = style::PAGE_HEIGHT - style::FOOTER_BOTTOM - foot.height;
        let foot_rule = (foot.height > 0.0).then_some(foot_top - style::HEAD_PADDING);
        let top = head_rule.map_or(style::BARE_MARGIN, |rule| rule + style::HEAD_GAP);
        let bottom = foot_rule.map_or(style::PAGE_HEIGHT - style::BARE_MARGIN, |rule| {
            rule - style::HEAD_GAP
        });
        let body = Self {
            top,
            bottom,
            head_rule,
            foot_rule,
            foot_top,
        };
        if body.room() < style::PAGE_HEIGHT / 3.0 {
            Err(PdfError::NoRoom)
        } else {
            Ok(body)
        }
    }

    fn room(&self) -> f32 {
        self.bottom - self.top
    }

    /// Moves head and foot to their places, and draws their rules.
    fn dress(&self, page: &mut Page) {
        page.head
            .iter_mut()
            .for_each(|text| text.y += style::HEADER_TOP);
        page.foot
            .iter_mut()
            .for_each(|text| text.y += self.foot_top);
        for y in [self.head_rule, self.foot_rule].into_iter().flatten() {
            page.fills.push(Fill {
                x: style::MARGIN,
                y,
                width: style::TEXT_WIDTH,
                height: style::RULE,
                colour: style::HAIRLINE,
            });
        }
    }
}

fn check_meta(meta: &Meta) -> Result<(), PdfError> {
    if meta.title.trim().is_empty() {
        return Err(PdfError::NoTitle);
    }
    if meta.language.trim().is_empty() {
        return Err(PdfError::NoLanguage);
    }
    let valid = meta.date.is_some_and(|(year, month, day)| {
        (1..=9999).contains(&year) && (1..=days_in(year, month)).contains(&day)
    });
    if valid { Ok(()) } else { Err(PdfError::NoDate) }
}

fn days_in(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// Finds the first character no font draws, and the script the document needs.
fn check_text(document: &Document) -> Result<Script, PdfError> {
    let mut needed = Script::Latin;
    let blocks = [&document.header, &document.footer, &document.body];
    let texts = blocks
        .into_iter()
        .flat_map(|blocks| runs(blocks))
        .map(|run| run.text.as_str());
    for text in texts.chain(document.meta.draft.as_deref()) {
        if text.is_ascii() && !text.contains(|letter: char| letter.is_ascii_control()) {
            continue;
        }
        if let Some(character) = fonts::first_missing(text) {
            let position = text.find(character).unwrap_or(0);
            return Err(PdfError::missing_glyph(character, position, text));
        }
        needed = needed.max(Script::of(text));
    }
    Ok(needed)
}

#[cfg(test)]
mod tests;

/// The README's example is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
