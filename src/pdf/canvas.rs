//! What is found on a page, or in the appearance of an annotation, while it is drawn.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::fuel::Fuel;
use super::place::{Area, Matrix, tenths};
use super::{Mark, MarkKind, letters};

/// What was drawn so far.
#[derive(Debug)]
pub(super) struct Canvas {
    /// What can be seen at all.
    pub(super) area: Area,
    pub(super) text: String,
    pub(super) hidden: String,
    pub(super) marks: Vec<Mark>,
    /// How many codes were shown, and how many of them are no character.
    pub(super) n_glyphs: usize,
    pub(super) n_unknown: usize,
    /// Patterns whose words were read.
    pub(super) patterns: BTreeSet<u32>,
    /// About where the visible words are, and how many letters are there.
    pub(super) lines: Vec<(Area, u32)>,
    /// Tells words that were drawn together from others.
    pub(super) line_hashes: Vec<u64>,
}

impl Canvas {
    pub(super) fn new(area: Area) -> Self {
        Self {
            area,
            text: String::new(),
            hidden: String::new(),
            marks: Vec::new(),
            n_glyphs: 0,
            n_unknown: 0,
            patterns: BTreeSet::new(),
            lines: Vec::new(),
            line_hashes: Vec::new(),
        }
    }

    /// Adds a mark if some of it can be seen.
    pub(super) fn mark(&mut self, kind: MarkKind, area: Area, hash: u64, hides: u32) {
        let seen = area.and(self.area);
        if seen.is_some() {
            self.marks.push(Mark {
                kind,
                hash,
                covers: seen.share(self.area),
                bounds: seen.edges(self.area),
                hides,
            });
        }
    }

    /// Returns about how many letters were drawn within an area.
    pub(super) fn letters(&self, area: Area, fuel: &Fuel) -> u32 {
        let n_lines = u64::try_from(self.lines.len()).unwrap_or(u64::MAX);
        if !fuel.spend(n_lines.saturating_mul(4)) {
            return 0;
        }
        let letters = self.lines.iter().map(|(line, n)| area.letters(*line, *n));
        letters.fold(0, u32::saturating_add)
    }

    /// Adds what a code shows.
    pub(super) fn show(&mut self, characters: Option<&str>, visibly: bool) -> usize {
        self.n_glyphs += 1;
        self.n_unknown += usize::from(characters.is_none());
        let text = if visibly {
            &mut self.text
        } else {
            &mut self.hidden
        };
        let before = text.len();
        // What is no character stays a gap, so that no word closes over it.
        for c in characters.unwrap_or("\u{fffd}").chars() {
            letters::push(text, c);
        }
        text.len() - before
    }

    /// Returns true if a picture or a path was drawn.
    pub(super) fn is_drawn(&self) -> bool {
        !self.marks.is_empty()
    }
}

/// Tells marks from each other.
#[derive(Clone, Debug, Default)]
pub(super) struct Hash(Sha256);

impl Hash {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self::default().and(bytes)
    }

    pub(super) fn and(mut self, bytes: &[u8]) -> Self {
        self.0.update(bytes);
        self
    }

    pub(super) fn number(self, number: i64) -> Self {
        self.and(&number.to_le_bytes())
    }

    pub(super) fn point(self, (x, y): (f64, f64)) -> Self {
        self.number(tenths(x)).number(tenths(y))
    }

    pub(super) fn area(self, area: Area, matrix: Matrix) -> Self {
        let corners = area.corners();
        corners
            .into_iter()
            .fold(self, |hash, (x, y)| hash.point(matrix.apply(x, y)))
    }

    pub(super) fn value(self) -> u64 {
        let bytes = self.0.finalize();
        bytes
            .iter()
            .take(8)
            .fold(0, |value, byte| value << 8 | u64::from(*byte))
    }
}

/// The path that is being drawn.
#[derive(Debug)]
pub(super) struct Path {
    hash: Hash,
    pub(super) area: Area,
    /// How many lines and curves it has.
    pub(super) segments: u32,
    /// What follows is drawn within it only.
    pub(super) clips: bool,
}

impl Default for Path {
    fn default() -> Self {
        Self {
            hash: Hash::default(),
            area: Area::NOTHING,
            segments: 0,
            clips: false,
        }
    }
}

impl Path {
    pub(super) fn is_empty(&self) -> bool {
        !self.area.is_some()
    }

    /// Adds a step and the points that it has.
    pub(super) fn step(&mut self, operator: &[u8], points: &[(f64, f64)]) {
        let segments = match operator {
            b"m" | b"h" => 0,
            b"re" => 4,
            _ => 1,
        };
        self.segments = self.segments.saturating_add(segments);
        let mut hash = std::mem::take(&mut self.hash).and(operator);
        for point in points {
            self.area.add(*point);
            hash = hash.point(*point);
        }
        self.hash = hash;
    }

    /// Returns the hash of the path when it is painted by `operator`.
    pub(super) fn painted(&mut self, operator: &[u8]) -> u64 {
        std::mem::take(&mut self.hash).and(operator).value()
    }
}
