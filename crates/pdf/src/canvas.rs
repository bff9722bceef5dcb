//! The contents of a page, or of the appearance of an annotation, collected while it is drawn.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::fuel::Fuel;
use super::place::{Area, Line, Matrix, tenths};
use super::slope::{Slope, Slopes};
use super::unseen::Unseen;
use super::words::Words;
use super::{Mark, MarkKind, letters};

/// Everything drawn so far.
#[derive(Debug)]
pub(super) struct Canvas {
    /// The visible area.
    pub(super) area: Area,
    /// The whole sheet, with the margins that are cut off when it is shown.
    pub(super) sheet: Area,
    pub(super) text: String,
    pub(super) hidden: String,
    /// The same text, with spaces and lines.
    pub(super) words: Words,
    pub(super) hidden_words: Words,
    pub(super) marks: Vec<Mark>,
    /// How many codes were shown, and how many of them are no character.
    pub(super) n_glyphs: usize,
    pub(super) n_unknown: usize,
    pub(super) unseen: Unseen,
    /// Patterns whose words were read.
    pub(super) patterns: BTreeSet<u32>,
    /// The approximate places of visible words, and how many letters are there.
    pub(super) lines: Vec<(Area, u32)>,
    /// Hashes of words that were drawn together.
    pub(super) line_hashes: Vec<u64>,
    /// Where in the text they begin, and their height on the page.
    pub(super) starts: Vec<(usize, i64)>,
}

impl Canvas {
    pub(super) fn new(area: Area) -> Self {
        Self {
            area,
            sheet: area,
            text: String::new(),
            hidden: String::new(),
            words: Words::default(),
            hidden_words: Words::default(),
            marks: Vec::new(),
            n_glyphs: 0,
            n_unknown: 0,
            unseen: Unseen::default(),
            patterns: BTreeSet::new(),
            lines: Vec::new(),
            line_hashes: Vec::new(),
            starts: Vec::new(),
        }
    }

    /// Adds a mark if some of it is visible.
    pub(super) fn mark(&mut self, kind: MarkKind, area: Area, hash: u64, covered: Covered) {
        let seen = area.and(self.area);
        if seen.is_some() {
            self.marks.push(Mark {
                kind,
                hash,
                covers: seen.share(self.area),
                bounds: seen.edges(self.area),
                hides: covered.hides,
                over: covered.over,
                pale: covered.pale,
                blank: covered.blank,
                ruled: covered.ruled,
                drawn: false,
                solid: covered.solid,
                highest: covered.highest,
                slopes: covered.slopes,
            });
        }
    }

    /// Returns approximately how many letters were drawn within an area, and the height of the highest.
    pub(super) fn letters(&self, area: Area, fuel: &Fuel) -> (u32, Option<i64>) {
        let n_lines = u64::try_from(self.lines.len()).unwrap_or(u64::MAX);
        if !fuel.spend(n_lines.saturating_mul(4)) {
            return (0, None);
        }
        let (mut n_letters, mut highest) = (0_u32, None);
        for (line, n) in &self.lines {
            let n_within = area.letters(*line, *n);
            if n_within > 0 {
                n_letters = n_letters.saturating_add(n_within);
                highest = highest.max(Some(line.edges(self.area)[1]));
            }
        }
        (n_letters, highest)
    }

    /// Returns approximately how many letters a stroke hides, and how many it crosses. It hides letters if it is at
    /// least half as wide as they are high.
    pub(super) fn struck(&self, path: &Path, half: f64, clip: Area, fuel: &Fuel) -> (u32, u32) {
        let n_lines = u64::try_from(self.lines.len()).unwrap_or(u64::MAX);
        if !fuel.spend(n_lines.saturating_mul(4)) {
            return (0, 0);
        }
        let around = path.area.grown(half).and(clip);
        let (mut hides, mut over) = (0_u32, 0_u32);
        for (words, n) in &self.lines {
            let n_lines = u64::try_from(path.lines.len()).unwrap_or(u64::MAX);
            if !around.and(*words).is_some() || !fuel.spend(n_lines.saturating_mul(8)) {
                continue;
            }
            let letters = |lines: &[Line]| {
                let struck = words.struck(lines, half).and(clip);
                struck.letters(*words, *n)
            };
            // Both sides of a frame, or a scribble, cross no more letters than there are.
            let each = path.lines.iter().map(|line| letters(&[*line]));
            let n_letters = letters(&path.lines).min(each.fold(0, u32::saturating_add));
            if words.is_hidden_by(half) {
                hides = hides.saturating_add(n_letters);
            } else {
                over = over.saturating_add(n_letters);
            }
        }
        (hides, over)
    }

    /// Adds the characters of a code.
    pub(super) fn show(&mut self, characters: Option<&str>, visibly: bool) -> usize {
        self.n_glyphs += 1;
        self.n_unknown += usize::from(characters.is_none());
        let (text, words) = if visibly {
            (&mut self.text, &mut self.words)
        } else {
            (&mut self.hidden, &mut self.hidden_words)
        };
        let before = text.len();
        // A code without a character stays a gap, so that no word closes over it.
        let characters = characters.unwrap_or("\u{fffd}");
        for c in characters.chars() {
            letters::push(text, c);
        }
        words.write(characters);
        text.len() - before
    }

    /// Returns the visible words, or the invisible ones.
    pub(super) fn words(&mut self, visible: bool) -> &mut Words {
        if visible {
            &mut self.words
        } else {
            &mut self.hidden_words
        }
    }

    /// Returns true if a picture or a path was drawn.
    pub(super) fn is_drawn(&self) -> bool {
        !self.marks.is_empty()
    }
}

/// The effect of a mark on the words below it.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Covered {
    /// How many letters it hides.
    pub(super) hides: u32,
    /// How many letters it covers, perhaps leaving them readable.
    pub(super) over: u32,
    /// It has the color of paper, or none.
    pub(super) pale: bool,
    /// It is a picture that shows nothing.
    pub(super) blank: bool,
    /// It consists only of horizontal and vertical lines.
    pub(super) ruled: bool,
    /// Nothing below it shows through.
    pub(super) solid: bool,
    /// The height of the highest words that it hides.
    pub(super) highest: Option<i64>,
    /// The slopes of its lines.
    pub(super) slopes: Vec<Slope>,
}

/// Computes hashes that distinguish marks.
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
    /// Whether to keep its hash and lines, for a file that is read closely.
    is_close: bool,
    hash: Hash,
    pub(super) area: Area,
    /// How many lines it has; a curve counts as two.
    pub(super) segments: u32,
    is_curved: bool,
    /// Later content is drawn only within it.
    pub(super) clips: bool,
    /// The directions of its lines.
    slopes: Slopes,
    /// Its lines; a curve counts as the line between its ends. Only the first ones of a very long path.
    pub(super) lines: Vec<Line>,
    /// Its first and its current point.
    start: (f64, f64),
    at: (f64, f64),
}

/// How many lines of a path are kept.
const MAX_LINES: usize = 4_000;

impl Path {
    pub(super) fn new(is_close: bool) -> Self {
        Self {
            is_close,
            hash: Hash::default(),
            area: Area::NOTHING,
            segments: 0,
            is_curved: false,
            clips: false,
            slopes: Slopes::default(),
            lines: Vec::new(),
            start: (0.0, 0.0),
            at: (0.0, 0.0),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.area.is_some()
    }

    /// Adds a step with its points.
    pub(super) fn step(&mut self, operator: &[u8], points: &[(f64, f64)]) {
        let segments = match operator {
            b"m" | b"h" => 0,
            b"re" => 4,
            b"c" | b"v" | b"y" => 2,
            _ => 1,
        };
        self.segments = self.segments.saturating_add(segments);
        self.is_curved |= matches!(operator, b"c" | b"v" | b"y");
        for point in points {
            self.area.add(*point);
        }
        if !self.is_close {
            return;
        }
        let hash = std::mem::take(&mut self.hash).and(operator);
        self.hash = points.iter().fold(hash, |hash, point| hash.point(*point));
        self.follow(operator, points);
    }

    /// Keeps the lines of a step.
    fn follow(&mut self, operator: &[u8], points: &[(f64, f64)]) {
        match (operator, points) {
            (b"m", [point, ..]) => {
                (self.start, self.at) = (*point, *point);
                self.slopes.lift();
            }
            (b"h", _) => self.line(self.start),
            (b"re", [first, rest @ ..]) => {
                (self.start, self.at) = (*first, *first);
                self.slopes.lift();
                for point in rest {
                    self.line(*point);
                }
                self.line(*first);
            }
            (_, [.., last]) => self.line(*last),
            _ => {}
        }
    }

    fn line(&mut self, to: (f64, f64)) {
        self.slopes.add(self.at, to);
        if self.lines.len() < MAX_LINES {
            self.lines.push((self.at, to));
        }
        self.at = to;
    }

    /// Returns true if it has only horizontal and vertical lines.
    pub(super) fn is_ruled(&self) -> bool {
        let is_level = |((x, y), (to_x, to_y)): &Line| {
            let is_near = |one: &f64, other: &f64| tenths(*one).abs_diff(tenths(*other)) <= 1;
            is_near(x, to_x) || is_near(y, to_y)
        };
        !self.is_curved && self.lines.len() < MAX_LINES && self.lines.iter().all(is_level)
    }

    /// Returns the slopes of its lines, if all are straight and none bends into another.
    pub(super) fn slopes(&self) -> Vec<Slope> {
        if self.is_curved {
            Vec::new()
        } else {
            self.slopes.of_straight_lines()
        }
    }

    /// Draws the line that closes it.
    pub(super) fn close(&mut self) {
        self.line(self.start);
    }

    /// Returns the hash of the path as painted by `operator`.
    pub(super) fn painted(&mut self, operator: &[u8]) -> u64 {
        std::mem::take(&mut self.hash).and(operator).value()
    }
}
