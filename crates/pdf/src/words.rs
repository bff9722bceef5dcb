//! The words of a page in readable form: with a space where letters are apart, and line by line.
#![expect(
    clippy::float_arithmetic,
    reason = "places on a page are fractions of points"
)]

use super::letters::is_silent;
use super::place::Matrix;

/// A gap of this size, in units of the font size, is a space. Kerning is smaller, and word spacing larger.
const BLANK: f64 = 0.18;
/// The same between two characters of a script without spaces, where small gaps fill lines.
const WIDE_BLANK: f64 = 0.5;
/// Letters this much higher or lower are in another line.
const LINE: f64 = 0.3;
/// Letters that begin this far before the end of the previous ones are in another line, or are drawn over others.
const BACK: f64 = 0.5;

/// Words in the order of drawing.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) text: String,
    /// Where the previous glyphs ended.
    end: Option<Pen>,
    /// Where the next glyphs begin, if nothing was written there yet.
    start: Option<Pen>,
}

/// A place of letters on the page, and their size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pen {
    at: (f64, f64),
    /// The direction of writing, as a vector of length 1.
    along: (f64, f64),
    /// The font size in that direction, and across.
    wide: f64,
    high: f64,
}

/// The parameters that move the pen: `Tc`, `Tw` and `Tz`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spacing {
    pub(super) letter: f64,
    pub(super) word: f64,
    /// 1 for letters of normal width.
    pub(super) stretch: f64,
}

impl Spacing {
    pub(super) const NONE: Self = Self {
        letter: 0.0,
        word: 0.0,
        stretch: 1.0,
    };
}

/// How the letters of one operator are placed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// From the line of text to the page.
    pub(super) matrix: Matrix,
    pub(super) size: f64,
    pub(super) spacing: Spacing,
    /// Letters run downwards.
    pub(super) is_upright: bool,
}

/// The extent of a text: the widths of its glyphs in units of the font size, and how many glyphs and spaces it has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    pub(super) width: f64,
    pub(super) n_glyphs: u32,
    pub(super) n_blanks: u32,
}

impl Setting {
    /// Returns the pen after this part of the line.
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

    /// Returns how far showing a text moves the pen.
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

    /// Returns how far a number between texts moves the pen, in thousandths.
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
    /// Adds a text that is not drawn, on a line of its own.
    pub(super) fn note(&mut self, text: &str) {
        self.part('\n');
        self.start = None;
        self.write(text);
        self.part('\n');
    }

    /// Sets where the next text begins.
    pub(super) fn begin(&mut self, pen: Pen) {
        self.start = Some(pen);
    }

    /// Sets where the last text ended.
    pub(super) fn end(&mut self, pen: Pen) {
        if self.start.take().is_none() {
            self.end = Some(pen);
        }
    }

    /// Adds the characters of a glyph.
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

    /// Adds a space or a line break before the next text, if there is a gap.
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

/// The gap between two texts.
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

/// Returns true for characters of scripts without spaces between words.
fn is_without_blanks(c: char) -> bool {
    is_wide(c) && !matches!(c, '\u{1100}'..='\u{115f}' | '\u{ac00}'..='\u{d7a3}')
}

/// Returns true for characters as wide as high: Chinese, Japanese and Korean.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

fn length((x, y): (f64, f64)) -> f64 {
    (x * x + y * y).sqrt()
}
