//! The head and foot of every page, and the draft mark. A head is one line of up to three paragraphs or pictures: one
//! is at the left, two are left and right, three are left, centred and right. Page numbers are filled in once the
//! number of pages is known.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

use super::block::{Block, Field, Run};
use super::error::PdfError;
use super::line::Line;
use super::page::{Placed, Text};
use super::picture::PictureStore;
use super::style::{self, TextStyle};
use super::text::{Paragraph, Shaper};

pub(super) struct RunningHead<'a> {
    paragraphs: Vec<&'a [Run]>,
    /// Each takes the place of an empty paragraph.
    pictures: Vec<Placed>,
    /// Measured once; the same on every page.
    pub height: f32,
    /// The texts, if no page number is among them.
    fixed: Option<Vec<Text>>,
}

impl<'a> RunningHead<'a> {
    /// Measures the running head `which`, "header" or "footer".
    pub(super) fn new(
        blocks: &'a [Block],
        which: &'static str,
        shaper: &mut Shaper,
        store: &mut PictureStore<'_>,
    ) -> Result<Self, PdfError> {
        if blocks.len() > 3 {
            return Err(PdfError::RunningHead(which));
        }
        let mut paragraphs: Vec<&[Run]> = Vec::new();
        let mut pictures = Vec::new();
        for (block, &(left, share, spare)) in blocks.iter().zip(columns(blocks.len())) {
            match block {
                Block::Paragraph { text, .. } => paragraphs.push(text),
                Block::Picture(picture) => {
                    paragraphs.push(&[]);
                    let width = style::TEXT_WIDTH * share;
                    let mut placed = store.place(picture, width, style::HEAD_TALLEST)?;
                    placed.x =
                        style::MARGIN + style::TEXT_WIDTH * left + (width - placed.width) * spare;
                    pictures.push(placed);
                }
                _ => return Err(PdfError::RunningHead(which)),
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
        // Three digits reserve the room of any page number while measuring.
        let (texts, height) = edge.set(888, 888, shaper)?;
        edge.height = height;
        edge.fixed = (!fields).then_some(texts);
        Ok(edge)
    }

    /// The texts for one page; `y` from the top of the running head.
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

    /// The pictures of a running head that begins at `top`.
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
                style: style::RUNNING_HEAD,
            };
            if runs.is_empty() {
                continue;
            }
            let lines = shaper.lines(&paragraph, width)?;
            // Beside a picture, the last line of text is at the lower edge.
            let text: f32 = lines.iter().map(|_| style::RUNNING_HEAD.leading).sum();
            let mut y = (highest - text).max(0.0);
            for line in lines {
                let x = style::MARGIN + style::TEXT_WIDTH * left + (width - line.width) * spare;
                texts.extend(moved(line, x, y));
                y += style::RUNNING_HEAD.leading;
            }
            height = height.max(y);
        }
        Ok((texts, height))
    }
}

/// Each column: its left edge, its width, and the share of the spare room to the left of its content, all as
/// fractions.
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
