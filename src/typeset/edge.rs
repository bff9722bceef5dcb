//! The head and foot of every page, and the draft mark.
//!
//! It promises one line of up to three paragraphs: one stands left, two
//! stand left and right, three stand left, centred and right. Page numbers
//! are filled in here, once the number of pages is known.
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
use super::page::Text;
use super::style::{self, TextStyle};
use super::text::{Paragraph, Shaper};

/// The head or the foot of every page.
pub(super) struct Edge<'a> {
    paragraphs: Vec<&'a [Run]>,
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
    ) -> Result<Self, PdfError> {
        let paragraphs = blocks.iter().map(|block| match block {
            Block::Paragraph { text, .. } => Ok(text.as_slice()),
            _ => Err(PdfError::PageEdge(which)),
        });
        let paragraphs = paragraphs.collect::<Result<Vec<_>, _>>()?;
        if paragraphs.len() > 3 {
            return Err(PdfError::PageEdge(which));
        }
        let fields = paragraphs
            .iter()
            .flat_map(|runs| runs.iter())
            .any(|run| run.field.is_some());
        let mut edge = Self {
            paragraphs,
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

    fn set(
        &self,
        page: usize,
        count: usize,
        shaper: &mut Shaper,
    ) -> Result<(Vec<Text>, f32), PdfError> {
        // Each column: its left edge, its width, and how much of the spare
        // room stands left of the text, all in parts.
        let columns: &[(f32, f32, f32)] = match self.paragraphs.len() {
            0 | 1 => &[(0.0, 1.0, 0.0)],
            2 => &[(0.0, 0.6, 0.0), (0.62, 0.38, 1.0)],
            _ => &[(0.0, 0.38, 0.0), (0.4, 0.2, 0.5), (0.62, 0.38, 1.0)],
        };
        let mut texts = Vec::new();
        let mut height: f32 = 0.0;
        for (runs, &(left, share, spare)) in self.paragraphs.iter().zip(columns) {
            let runs: Vec<Run> = runs.iter().map(|run| fill_in(run, page, count)).collect();
            let width = style::TEXT_WIDTH * share;
            let nodes = vec![None; runs.len()];
            let paragraph = Paragraph {
                runs: &runs,
                nodes: &nodes,
                style: style::EDGE,
            };
            let mut y = 0.0;
            for line in shaper.lines(&paragraph, width)? {
                let x = style::MARGIN + style::TEXT_WIDTH * left + (width - line.width) * spare;
                texts.extend(moved(line, x, y));
                y += style::EDGE.leading;
            }
            height = height.max(y);
        }
        Ok((texts, height))
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
    let wanted = style::PAGE_WIDTH.hypot(style::PAGE_HEIGHT) * style::DRAFT_SHARE;
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
