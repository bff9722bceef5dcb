//! The head and foot of every page, and the draft mark.
//!
//! It promises one line of up to three paragraphs or pictures: one stands
//! left, two stand left and right, three stand left, centred and right. Page
//! numbers are filled in here, once the number of pages is known.
//!
//! Not here: where the page body starts and ends is decided from the height
//! measured here, by `mod.rs`.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

use super::block::{Block, Field, Run};
use super::error::PdfError;
use super::line::Line;
use super::page::{Placed, Text};
use super::picture::Album;
use super::style::{self, TextStyle};
use super::text::{Paragraph, Shaper};

/// The head or the foot of every page.
pub(super) struct Edge<'a> {
    paragraphs: Vec<&'a [Run]>,
    /// Each stands in the place of an empty paragraph.
    pictures: Vec<Placed>,
    /// Measured once; the same on every page.
    pub height: f32,
    /// The texts when no page number is among them.
    fixed: Option<Vec<Text>>,
}

impl<'a> Edge<'a> {
    /// Measures the paragraphs of the page `which`, "header" or "footer".
    pub(super) fn new(
        blocks: &'a [Block],
        which: &'static str,
        shaper: &mut Shaper,
        album: &mut Album<'_>,
    ) -> Result<Self, PdfError> {
        if blocks.len() > 3 {
            return Err(PdfError::PageEdge(which));
        }
        let mut paragraphs: Vec<&[Run]> = Vec::new();
        let mut pictures = Vec::new();
        for (block, &(left, share, spare)) in blocks.iter().zip(columns(blocks.len())) {
            match block {
                Block::Paragraph { text, .. } => paragraphs.push(text),
                Block::Picture(picture) => {
                    paragraphs.push(&[]);
                    let width = style::TEXT_WIDTH * share;
                    let mut placed = album.place(picture, width, style::EDGE_TALLEST)?;
                    placed.x =
                        style::MARGIN + style::TEXT_WIDTH * left + (width - placed.width) * spare;
                    pictures.push(placed);
                }
                _ => return Err(PdfError::PageEdge(which)),
            }
        }
        let fields = paragraphs
            .iter()
            .flat_map(|runs| runs.iter())
            .any(|run| run.field.is_some());
        let mut edge = Self {
            paragraphs,
            pictures,
            height: 0.0,
            fixed: None,
        };
        // Three digits hold the place of any page number while measuring.
        let (texts, height) = edge.set(888, 888, shaper)?;
        edge.height = height;
        edge.fixed = (!fields).then_some(texts);
        Ok(edge)
    }

    /// The texts for one page; `y` from the top of the edge.
    pub(super) fn texts(
        &self,
        page: usize,
        count: usize,
        shaper: &mut Shaper,
    ) -> Result<Vec<Text>, PdfError> {
        match &self.fixed {
            Some(texts) => Ok(texts.clone()),
            None => self.set(page, count, shaper).map(|(texts, _)| texts),
        }
    }

    /// The pictures of an edge whose top is here.
    pub(super) fn pictures(&self, top: f32) -> impl Iterator<Item = Placed> {
        self.pictures.iter().map(move |picture| Placed {
            y: top + picture.y,
            ..*picture
        })
    }

    fn set(
        &self,
        page: usize,
        count: usize,
        shaper: &mut Shaper,
    ) -> Result<(Vec<Text>, f32), PdfError> {
        let mut texts = Vec::new();
        let highest = self.pictures.iter().map(|picture| picture.height);
        let highest = highest.fold(0.0, f32::max);
        let mut height: f32 = highest;
        for (runs, &(left, share, spare)) in
            self.paragraphs.iter().zip(columns(self.paragraphs.len()))
        {
            let runs: Vec<Run> = runs.iter().map(|run| fill_in(run, page, count)).collect();
            let width = style::TEXT_WIDTH * share;
            let nodes = vec![None; runs.len()];
            let paragraph = Paragraph {
                runs: &runs,
                nodes: &nodes,
                style: style::EDGE,
            };
            if runs.is_empty() {
                continue;
            }
            let lines = shaper.lines(&paragraph, width)?;
            // Beside a picture, text stands on its lower edge.
            let text: f32 = lines.iter().map(|_| style::EDGE.leading).sum();
            let mut y = (highest - text).max(0.0);
            for line in lines {
                let x = style::MARGIN + style::TEXT_WIDTH * left + (width - line.width) * spare;
                texts.extend(moved(line, x, y));
                y += style::EDGE.leading;
            }
            height = height.max(y);
        }
        Ok((texts, height))
    }
}

/// Each column: its left edge, its width, and how much of the spare room
/// stands left of what is in it, all in parts.
fn columns(count: usize) -> &'static [(f32, f32, f32)] {
    match count {
        0 | 1 => &[(0.0, 1.0, 0.0)],
        2 => &[(0.0, 0.6, 0.0), (0.62, 0.38, 1.0)],
        _ => &[(0.0, 0.38, 0.0), (0.4, 0.2, 0.5), (0.62, 0.38, 1.0)],
    }
}

/// The draft mark, centred on the origin and as large as the page allows.
pub(super) fn draft_mark(mark: &str, shaper: &mut Shaper) -> Result<Vec<Text>, PdfError> {
    let runs = [Run::plain(mark.replace('\n', " "))];
    let look = |size| TextStyle {
        size,
        leading: size,
        colour: style::DRAFT,
        bold: true,
    };
    let mut set = |size| {
        let paragraph = Paragraph {
            runs: &runs,
            nodes: &[None],
            style: look(size),
        };
        let line = shaper.lines(&paragraph, f32::MAX)?.into_iter().next();
        Ok(line.unwrap_or(Line {
            texts: Vec::new(),
            width: 0.0,
        }))
    };
    let wanted = style::PAGE_DIAGONAL * style::DRAFT_SHARE;
    let width = set(100.0)?.width.max(1.0);
    let line = set((100.0 * wanted / width).min(style::DRAFT_LARGEST))?;
    let x = -line.width / 2.0;
    let mut texts = moved(line, x, 0.0);
    for text in &mut texts {
        // Half the height of a capital below the centre.
        text.y = text.size * 0.357;
    }
    Ok(texts)
}

fn fill_in(run: &Run, page: usize, count: usize) -> Run {
    let text = match run.field {
        Some(Field::PageNumber) => page.to_string(),
        Some(Field::PageCount) => count.to_string(),
        None => run.text.clone(),
    };
    Run {
        text,
        field: None,
        link: None,
        ..run.clone()
    }
}

fn moved(line: Line, x: f32, y: f32) -> Vec<Text> {
    let mut texts = line.texts;
    for text in &mut texts {
        text.x += x;
        text.y += y;
    }
    texts
}
