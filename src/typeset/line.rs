//! Lines: the glyphs of one line, cut where their look or meaning changes.
//!
//! It promises that every glyph keeps the text it stands for, ligatures
//! included, and that a character no font draws is an error, never a box.
//!
//! Not here: shaping and breaking (`text.rs`).
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

use std::rc::Rc;

use parley::Cluster;

use super::error::PdfError;
use super::fonts::Face;
use super::page::{Glyph, Text};
use super::style;
use super::text::Paragraph;

/// One line of text; its height is the leading of its style.
#[derive(Debug)]
pub(super) struct Line {
    /// Glyph stretches; `x` from the start of the line, `y` from its top.
    pub texts: Vec<Text>,
    /// Width of the visible text.
    pub width: f32,
}

/// Collects the glyphs of one line into stretches of one look.
pub(super) struct LineWriter<'a> {
    paragraph: &'a Paragraph<'a>,
    source: &'a Rc<str>,
    x: f32,
    baseline: f32,
    /// Each stretch with the index of the run it came from.
    texts: Vec<(usize, Text)>,
    /// How far the ligature reaches whose later letters came first, as they do from right to left.
    reach: usize,
}

impl<'a> LineWriter<'a> {
    /// A writer at the start of a line.
    pub(super) fn new(paragraph: &'a Paragraph<'a>, source: &'a Rc<str>, baseline: f32) -> Self {
        Self {
            paragraph,
            source,
            x: 0.0,
            baseline,
            texts: Vec::new(),
            reach: 0,
        }
    }

    /// Starts the line this much further left.
    pub(super) fn hang(&mut self, advance: f32) {
        self.x -= advance;
    }

    /// Starts a stretch that takes its run from the first cluster.
    pub(super) fn start_run(&mut self, face: Face, size: f32, embolden: bool) {
        self.drop_empty();
        self.texts.push((
            usize::MAX,
            Text {
                x: self.x,
                y: self.baseline,
                width: 0.0,
                face,
                size,
                colour: self.paragraph.style.colour,
                embolden,
                glyphs: Vec::new(),
                source: Rc::clone(self.source),
                node: None,
            },
        ));
    }

    /// Adds the glyphs of one cluster.
    pub(super) fn cluster(&mut self, cluster: &Cluster<'_, usize>) -> Result<(), PdfError> {
        let range = cluster.text_range();
        if self.source.get(range.clone()) == Some("\n") {
            return Ok(());
        }
        if cluster.is_ligature_continuation() {
            if cluster.is_rtl() {
                self.reach = self.reach.max(range.end);
            } else if let Some(glyph) = self
                .texts
                .last_mut()
                .and_then(|(_, text)| text.glyphs.last_mut())
            {
                glyph.range.end = glyph.range.end.max(range.end);
            }
            return Ok(());
        }
        let range = range.start..range.end.max(std::mem::take(&mut self.reach));
        self.take_run(cluster.style().brush);
        let Some((_, text)) = self.texts.last_mut() else {
            return Ok(());
        };
        for glyph in cluster.glyphs() {
            if glyph.id == 0 {
                let character = self.source[range.clone()].chars().next().unwrap_or(' ');
                return Err(PdfError::missing_glyph(character, range.start, self.source));
            }
            let scale = text.size.recip();
            text.width += glyph.advance;
            self.x += glyph.advance;
            text.glyphs.push(Glyph {
                id: glyph.id,
                advance: glyph.advance * scale,
                x: glyph.x * scale,
                y: -glyph.y * scale,
                range: range.clone(),
            });
        }
        Ok(())
    }

    /// Makes sure the last stretch belongs to this run.
    fn take_run(&mut self, run: usize) {
        let Some((current, text)) = self.texts.last() else {
            return;
        };
        if *current == run {
            return;
        }
        let (face, size, embolden) = (text.face, text.size, text.embolden);
        self.start_run(face, size, embolden);
        if let Some((current, text)) = self.texts.last_mut() {
            *current = run;
            text.node = self.paragraph.nodes.get(run).copied().flatten();
            if self.paragraph.runs[run].link.is_some() {
                text.colour = style::LINK;
            }
        }
    }

    fn drop_empty(&mut self) {
        self.texts.pop_if(|(_, text)| text.glyphs.is_empty());
    }

    /// The stretches of the line.
    pub(super) fn finish(mut self) -> Vec<Text> {
        self.drop_empty();
        self.texts.into_iter().map(|(_, text)| text).collect()
    }
}
