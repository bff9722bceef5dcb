//! The words of a page as a person reads them: with a blank where letters are apart, and line by line.
#![expect(
    clippy::float_arithmetic,
    reason = "places on a page are fractions of points"
)]

use super::letters::is_silent;
use super::place::Matrix;

/// A gap of so many sizes of the font is a blank. Pairs of letters are moved by less, and words by more.
const BLANK: f64 = 0.18;
/// The same between two characters of a script without blanks: lines are filled by small gaps there.
const WIDE_BLANK: f64 = 0.5;
/// Letters that are so much higher or lower are in another line.
const LINE: f64 = 0.3;
/// Letters that begin so far before the end of the last ones are in another line, or are drawn over others.
const BACK: f64 = 0.5;

/// Words in the order of drawing.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) text: String,
    /// Where the last glyphs ended.
    end: Option<Pen>,
    /// Where the next glyphs begin, if nothing was written there yet.
    start: Option<Pen>,
}

/// Where letters are on the page, and how large they are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen {
    at: (f64, f64),
    /// The direction in which letters follow each other; its length is one.
    along: (f64, f64),
    /// The size of the font in that direction, and across.
    wide: f64,
    high: f64,
}

/// What moves the pen: `Tc`, `Tw` and `Tz`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spacing {
    pub(super) letter: f64,
    pub(super) word: f64,
    /// 1 for letters as wide as the font has them.
    pub(super) stretch: f64,
}

impl Spacing {
    pub(super) const NONE: Self = Self {
        letter: 0.0,
        word: 0.0,
        stretch: 1.0,
    };
}

/// How the letters of one operator are set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// From the line of text to the page.
    pub(super) matrix: Matrix,
    pub(super) size: f64,
    pub(super) spacing: Spacing,
    /// Letters follow each other downwards.
    pub(super) is_upright: bool,
}

/// What a text takes up: the widths of its glyphs in sizes of the font, and how many glyphs and blanks it has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    pub(super) width: f64,
    pub(super) n_glyphs: u32,
    pub(super) n_blanks: u32,
}

impl Setting {
    /// Returns the pen after so much of the line.
    pub(super) fn pen(&self, moved: f64) -> Pen {
        let [xx, xy, yx, yy, ..] = self.matrix.0;
        let wide = self.size * self.spacing.stretch;
        let across = ((xx * wide, xy * wide), (yx * self.size, yy * self.size));
        let ((x, y), other) = if self.is_upright {
            let (right, up) = across;
            ((-up.0, -up.1), right)
        } else {
            across
        };
        let wide = length((x, y));
        Pen {
            at: if self.is_upright {
                self.matrix.apply(0.0, moved)
            } else {
                self.matrix.apply(moved, 0.0)
            },
            along: (x / wide, y / wide),
            wide,
            high: length(other),
        }
    }

    /// Returns how far the pen is moved by what was shown.
    pub(super) fn shown(&self, extent: Extent) -> f64 {
        let spacing = self.spacing;
        let gaps =
            f64::from(extent.n_glyphs) * spacing.letter + f64::from(extent.n_blanks) * spacing.word;
        if self.is_upright {
            -(extent.width * self.size + gaps)
        } else {
            (extent.width * self.size + gaps) * spacing.stretch
        }
    }

    /// Returns how far the pen is moved by a number between texts, in thousandths.
    pub(super) fn between(&self, number: f64) -> f64 {
        let moved = number / 1000.0 * self.size;
        if self.is_upright {
            moved
        } else {
            -moved * self.spacing.stretch
        }
    }
}

impl Words {
    /// What is written next begins there.
    pub(super) fn begin(&mut self, pen: Pen) {
        self.start = Some(pen);
    }

    /// What was written last ends there.
    pub(super) fn end(&mut self, pen: Pen) {
        if self.start.take().is_none() {
            self.end = Some(pen);
        }
    }

    /// Adds what a glyph shows.
    pub(super) fn write(&mut self, characters: &str) {
        for c in characters.chars() {
            if c.is_ascii_graphic() {
                self.part_at_start(c);
                self.text.push(c);
            } else if c.is_whitespace() || c.is_control() {
                self.part_at_start(c);
                self.part(' ');
            } else if !is_silent(c) {
                self.part_at_start(c);
                self.text.push(c);
            }
        }
    }

    /// Puts a blank or a line's end between what was written and what comes, if they are apart.
    fn part_at_start(&mut self, next: char) {
        if let Some((start, end)) = self.start.take().zip(self.end)
            && let Some(last) = self.text.chars().next_back()
        {
            match start.gap_after(end, last, next) {
                Gap::None => {}
                Gap::Blank => self.part(' '),
                Gap::Line => self.part('\n'),
            }
        }
    }

    fn part(&mut self, by: char) {
        match self.text.as_bytes().last() {
            None | Some(b'\n') => {}
            Some(b' ') => {
                if by == '\n' {
                    self.text.pop();
                    self.text.push(by);
                }
            }
            _ => self.text.push(by),
        }
    }
}

/// What is between two texts.
enum Gap {
    None,
    Blank,
    Line,
}

impl Pen {
    fn gap_after(&self, end: Self, last: char, next: char) -> Gap {
        let (dx, dy) = (self.at.0 - end.at.0, self.at.1 - end.at.1);
        let (x, y) = self.along;
        let along = dx * x + dy * y;
        let across = (dx * y - dy * x).abs();
        let is_turned = x * end.along.0 + y * end.along.1 < 0.9;
        let wide = self.wide.max(end.wide);
        if !along.is_finite() || is_turned {
            return Gap::Line;
        }
        let blank = if is_without_blanks(last) && is_without_blanks(next) {
            WIDE_BLANK
        } else {
            BLANK
        };
        if across > LINE * self.high.max(end.high) || along < -BACK * wide {
            Gap::Line
        } else if along > blank * wide {
            Gap::Blank
        } else {
            Gap::None
        }
    }
}

/// Returns true for characters of scripts that write words without blanks.
fn is_without_blanks(c: char) -> bool {
    is_wide(c) && !matches!(c, '\u{1100}'..='\u{115f}' | '\u{ac00}'..='\u{d7a3}')
}

/// Returns true for characters that are as wide as high: those of Chinese, Japanese and Korean.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

fn length((x, y): (f64, f64)) -> f64 {
    (x * x + y * y).sqrt()
}
