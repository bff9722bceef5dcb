//! The glyphs of one line, split where their style or meaning changes. Every glyph keeps the characters that it
//! represents, ligatures included. A character that no font draws is an error, never a box.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

use std::ops::Range;
use std::rc::Rc;

use parley::Cluster;

use super::error::PdfError;
use super::fonts::{self, Face};
use super::page::{Glyph, Text};
use super::style;
use super::text::Paragraph;

/// One line of text; its height is the leading of its style.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Glyph stretches; `x` from the start of the line, `y` from its top.
    pub texts: Vec<Text>,
    /// Width of the visible text.
    pub width: f32,
}

/// A letter with more marks than this exists in no language.
const MOST_MARKS: usize = 16;

/// Collects the glyphs of one line into stretches of one style.
pub(super) struct LineWriter<'a> {
    paragraph: &'a Paragraph<'a>,
    source: &'a Rc<str>,
    x: f32,
    baseline: f32,
    texts: Vec<Text>,
    /// Where the words of the line end, and the space that the line break swallowed begins.
    words: usize,
    /// The end of a ligature whose later letters came first, as they do from right to left.
    reach: usize,
}

impl<'a> LineWriter<'a> {
    pub(super) fn new(
        paragraph: &'a Paragraph<'a>,
        source: &'a Rc<str>,
        baseline: f32,
        line: Range<usize>,
    ) -> Self {
        let words = source[line.clone()].trim_end_matches([' ', '\n']);
        Self {
            words: line.start + words.len(),
            paragraph,
            source,
            x: 0.0,
            baseline,
            texts: Vec::new(),
            reach: 0,
        }
    }

    /// Starts a stretch that takes its run from the first cluster.
    pub(super) fn start_run(&mut self, face: Face, size: f32, embolden: bool) {
        self.drop_empty();
        self.texts.push(Text {
            x: self.x,
            y: self.baseline,
            width: 0.0,
            face,
            size,
            colour: self.paragraph.style.colour,
            embolden,
            glyphs: Rc::default(),
            source: Rc::clone(self.source),
            run: usize::MAX,
            node: None,
        });
    }

    /// Adds the glyphs of one cluster.
    pub(super) fn cluster(&mut self, cluster: &Cluster<'_, usize>) -> Result<(), PdfError> {
        let range = cluster.text_range();
        if self.source.get(range.clone()) == Some("\n") {
            return Ok(());
        }
        if cluster.is_ligature_continuation() {
            self.continuation(range, cluster);
            return Ok(());
        }
        let range = range.start..range.end.max(std::mem::take(&mut self.reach));
        self.take_run(cluster.style().brush);
        let Some(text) = self.texts.last_mut() else {
            return Ok(());
        };
        // From right to left, the space at the end of a line would come before its first word.
        let swallowed = cluster.is_rtl() && range.start >= self.words;
        let mut parts = Parts::new(self.source, range, cluster);
        for glyph in cluster.glyphs() {
            let part = parts.next_part();
            if glyph.id == 0 {
                let character = self.source[part.clone()].chars().next().unwrap_or(' ');
                return Err(PdfError::missing_glyph(character, part.start, self.source));
            }
            let scale = text.size.recip();
            let advance = if swallowed { 0.0 } else { glyph.advance };
            text.width += advance;
            self.x += advance;
            Rc::make_mut(&mut text.glyphs).push(Glyph {
                id: glyph.id,
                advance: advance * scale,
                x: glyph.x * scale,
                y: -glyph.y * scale,
                range: part,
            });
        }
        Ok(())
    }

    /// Adds a letter that is drawn by another letter's glyph. From left to right, that glyph came before and
    /// represents both. From right to left it is still to come. Programs that copy text from a PDF disagree on the
    /// order of letters in one glyph, so this letter gets an empty glyph of its own.
    fn continuation(&mut self, range: Range<usize>, cluster: &Cluster<'_, usize>) {
        if !cluster.is_rtl() {
            let last = self.texts.last_mut();
            if let Some(glyph) = last.and_then(|text| Rc::make_mut(&mut text.glyphs).last_mut()) {
                glyph.range.end = glyph.range.end.max(range.end);
            }
            return;
        }
        self.take_run(cluster.style().brush);
        let text = self.texts.last_mut();
        match text.and_then(|text| Some((fonts::blank(text.face)?, text))) {
            Some((id, text)) => Rc::make_mut(&mut text.glyphs).push(Glyph {
                id,
                advance: 0.0,
                x: 0.0,
                y: 0.0,
                range,
            }),
            None => self.reach = self.reach.max(range.end),
        }
    }

    /// Makes sure the last stretch belongs to this run.
    fn take_run(&mut self, run: usize) {
        let Some(text) = self.texts.last() else {
            return;
        };
        if text.run == run {
            return;
        }
        let (face, size, embolden) = (text.face, text.size, text.embolden);
        self.start_run(face, size, embolden);
        if let Some(text) = self.texts.last_mut() {
            text.run = run;
            if self.paragraph.runs[run].link.is_some() {
                text.colour = style::LINK;
            }
        }
    }

    fn drop_empty(&mut self) {
        self.texts.pop_if(|text| text.glyphs.is_empty());
    }

    pub(super) fn finish(mut self) -> Vec<Text> {
        self.drop_empty();
        for text in &mut self.texts {
            // Cached lines live long, so unused capacity would too.
            Rc::make_mut(&mut text.glyphs).shrink_to_fit();
        }
        self.texts
    }
}

/// The characters of each glyph in a cluster: one each if there are as many, as for a letter and the marks above it;
/// otherwise each glyph gets all of them.
struct Parts<'a> {
    source: &'a str,
    range: Range<usize>,
    single: bool,
    rtl: bool,
}

impl<'a> Parts<'a> {
    fn new(source: &'a str, range: Range<usize>, cluster: &Cluster<'_, usize>) -> Self {
        let letters = source[range.clone()].chars().take(MOST_MARKS).count();
        let single = letters > 1 && cluster.glyphs().take(MOST_MARKS).count() == letters;
        let rtl = cluster.is_rtl();
        Self {
            source,
            range,
            single,
            rtl,
        }
    }

    /// The characters of the next glyph from the left.
    fn next_part(&mut self) -> Range<usize> {
        let Range { start, end } = self.range;
        let text = &self.source[start..end];
        let letter = if self.rtl {
            text.chars().next_back()
        } else {
            text.chars().next()
        };
        match letter.filter(|_| self.single).map(char::len_utf8) {
            None => start..end,
            Some(length) if self.rtl => {
                self.range.end -= length;
                self.range.end..end
            }
            Some(length) => {
                self.range.start += length;
                start..self.range.start
            }
        }
    }
}
