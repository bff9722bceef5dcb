//! Pieces: the strips that pagination stacks and never cuts. A line of a paragraph is a piece, and so is a row of a
//! table. Every rule about page breaks is a flag on a piece: keep with the next one, start a new page, repeat this
//! table header.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

use std::rc::Rc;

use super::page::{Fill, NodeId, Placed, Text};

/// A strip as wide as the text that no page break cuts.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    /// Space above, dropped at the top of a page.
    pub before: f32,
    pub height: f32,
    /// No page break between this piece and the next.
    pub glue: bool,
    /// Must not be alone on a page: some of the text before this piece has to be there too.
    pub with_previous: bool,
    /// The next piece starts a new page.
    pub page_break: bool,
    /// Rectangles; `y` from the top of the strip.
    pub fills: Vec<Fill>,
    /// Text; `y` from the top of the strip.
    pub texts: Vec<Text>,
    /// Pictures; `y` from the top of the strip.
    pub pictures: Vec<Placed>,
    /// The table header to repeat when this piece comes first on a page.
    pub repeat: Option<Rc<Piece>>,
    /// The tinted box around this piece.
    pub frame: Option<usize>,
    /// The heading that starts here.
    pub heading: Option<NodeId>,
}

#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The pieces from top to bottom.
    pub pieces: Vec<Piece>,
    /// Space asked for below the last piece.
    pub after: f32,
}

impl Flow {
    /// Appends another flow. Of the two distances between them, the larger one counts.
    pub(super) fn append(&mut self, before: f32, mut other: Self) {
        if let Some(first) = other.pieces.first_mut() {
            first.before = first.before.max(before).max(self.after);
            self.after = other.after;
        }
        self.pieces.append(&mut other.pieces);
    }

    pub(super) fn push(&mut self, before: f32, pieces: Vec<Piece>, after: f32) {
        self.append(before, Self { pieces, after });
    }

    /// Height from the top of the first piece to the bottom of the last.
    pub(super) fn height(&self) -> f32 {
        let first = self.pieces.first().map_or(0.0, |piece| piece.before);
        self.pieces
            .iter()
            .map(|piece| piece.before + piece.height)
            .sum::<f32>()
            - first
    }

    /// Forbids page breaks inside, if a page of this height can hold it all.
    pub(super) fn keep_within(&mut self, room: f32) {
        let count = self.pieces.len();
        if self.height() <= room {
            self.pieces
                .iter_mut()
                .take(count.saturating_sub(1))
                .for_each(|piece| piece.glue = true);
        }
    }

    /// Forbids a page break below this flow.
    pub(super) fn glue_to_next(&mut self) {
        if let Some(last) = self.pieces.last_mut() {
            last.glue = true;
        }
    }
}

impl Piece {
    pub(super) fn blank(height: f32) -> Self {
        Self {
            height,
            ..Self::default()
        }
    }

    pub(super) fn shift(&mut self, down: f32) {
        self.texts.iter_mut().for_each(|text| text.y += down);
        self.fills.iter_mut().for_each(|fill| fill.y += down);
        self.pictures
            .iter_mut()
            .for_each(|picture| picture.y += down);
    }

    /// A copy of this piece as decoration. A repeated table header has no node, so that screen readers read it once.
    pub(super) fn decoration(&self) -> Self {
        let mut copy = self.clone();
        copy.texts.iter_mut().for_each(|text| text.node = None);
        copy.pictures
            .iter_mut()
            .for_each(|picture| picture.node = None);
        copy.heading = None;
        copy
    }
}

/// Keeps the first two and the last two lines of a paragraph together.
pub(super) fn guard_lines(pieces: &mut [Piece]) {
    let count = pieces.len();
    for (index, piece) in pieces.iter_mut().enumerate() {
        if index + 1 < count && (index == 0 || index + 2 == count) {
            piece.glue = true;
        }
    }
}
