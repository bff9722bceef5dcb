//! The widths of the glyphs of a font.
#![expect(
    clippy::float_arithmetic,
    reason = "widths are fractions of the size of a font"
)]

use super::file::File;
use super::fuel::GLYPH;
use super::object::{Dict, Object};
use super::place::Matrix;
use super::words::is_wide;

/// The width of an unknown glyph, in units of the font size.
const USUAL: f64 = 0.5;
/// How many widths of a composite font are kept: one for each code of two bytes.
const MAX_WIDTHS: usize = 65_536;

/// The widths of the glyphs of a font.
#[derive(Debug)]
pub(super) enum Widths {
    /// By code, starting with the first.
    Codes(usize, Vec<f64>),
    /// By glyph number.
    Glyphs(Glyphs),
    /// By character, as in one of the standard fonts of every viewer.
    Known(&'static [u16; 95]),
    /// All have this width; a wide character has its own.
    All(f64),
}

/// Ranges of glyphs, and the width of all others.
#[derive(Debug)]
pub(super) struct Glyphs {
    /// First and last glyph, and the index of their widths, sorted; a single width applies to all of them.
    stretches: Vec<(u32, u32, usize, bool)>,
    widths: Vec<f64>,
    usual: f64,
}

impl Widths {
    /// Reads the widths of a simple font.
    pub(super) fn simple(file: &File<'_>, font: &Dict) -> Self {
        let written = file.lookup(font, "Widths");
        if written.items().is_empty() {
            let base = file.lookup(font, "BaseFont");
            return Self::known(base.name().unwrap_or_default());
        }
        let unit = if file.lookup(font, "Subtype").is_name("Type3") {
            let matrix = file.lookup(font, "FontMatrix");
            Matrix::of(matrix.items()).map_or(0.001, |matrix| matrix.0[0].abs())
        } else {
            0.001
        };
        let first = file.lookup(font, "FirstChar").size().unwrap_or(0);
        let widths = written.items().iter().take(256);
        let widths = widths.take_while(|_| file.fuel.spend(GLYPH));
        let width = |item: &Object| file.get(item).number().map_or(USUAL, |width| width * unit);
        Self::Codes(first, widths.map(width).collect())
    }

    /// Reads the widths of a composite font, whose codes are glyph numbers only if it says so.
    pub(super) fn composite(file: &File<'_>, font: &Dict, encoding: &Object) -> Self {
        let is_number = encoding.is_name("Identity-H") || encoding.is_name("Identity-V");
        // Vertical text advances by height.
        if !is_number || is_upright(encoding) {
            return Self::All(if is_upright(encoding) { 1.0 } else { USUAL });
        }
        let below = file.lookup(font, "DescendantFonts");
        let below = below.items().first().map(|font| file.get(font));
        let Some(below) = below.as_ref().and_then(Object::dict) else {
            return Self::All(USUAL);
        };
        let usual = file.lookup(below, "DW").number().unwrap_or(1000.0);
        let mut glyphs = Glyphs {
            stretches: Vec::new(),
            widths: Vec::new(),
            usual: usual / 1000.0,
        };
        glyphs.read(file, file.lookup(below, "W").items());
        Self::Glyphs(glyphs)
    }

    fn known(name: &[u8]) -> Self {
        let is_called = |part: &[u8]| memchr::memmem::find(name, part).is_some();
        let is_bold = is_called(b"Bold");
        if is_called(b"Helvetica") || is_called(b"Arial") {
            Self::Known(if is_bold { &HELVETICA_BOLD } else { &HELVETICA })
        } else if is_called(b"Times") {
            Self::Known(if is_bold { &TIMES_BOLD } else { &TIMES })
        } else {
            Self::All(if is_called(b"Courier") { 0.6 } else { USUAL })
        }
    }

    /// Returns the width of a code with these characters.
    pub(super) fn of(&self, code: u32, characters: Option<&str>) -> f64 {
        let number = usize::try_from(code).unwrap_or(usize::MAX);
        let first = || characters.and_then(|characters| characters.chars().next());
        match self {
            Self::Codes(first, widths) => {
                let at = number.checked_sub(*first);
                at.and_then(|at| widths.get(at)).copied().unwrap_or(USUAL)
            }
            Self::Glyphs(glyphs) => glyphs.of(code),
            Self::Known(table) => {
                let at = first().and_then(|c| u32::from(c).checked_sub(0x20));
                let at = at.and_then(|at| usize::try_from(at).ok());
                let width = at.and_then(|at| table.get(at)).copied();
                width.map_or(USUAL, |width| f64::from(width) / 1000.0)
            }
            Self::All(width) => {
                if first().is_some_and(is_wide) {
                    1.0
                } else {
                    *width
                }
            }
        }
    }
}

/// Returns true if the letters of a composite font run downwards.
pub(super) fn is_upright(encoding: &Object) -> bool {
    encoding.name().is_some_and(|name| name.ends_with(b"-V"))
}

impl Glyphs {
    /// Reads `first [width …]` and `first last width`.
    fn read(&mut self, file: &File<'_>, items: &[Object]) {
        let mut items = items.iter().map(|item| file.get(item));
        let number = |object: &Object| object.int().and_then(|int| u32::try_from(int).ok());
        while let Some((first, next)) = items.next().zip(items.next()) {
            if !file.fuel.spend(GLYPH) || self.widths.len() > MAX_WIDTHS {
                return;
            }
            let Some(first) = number(&first) else { return };
            let start = self.widths.len();
            if let Object::Array(widths) = &next {
                let n_widths = u32::try_from(widths.len()).unwrap_or(u32::MAX);
                if n_widths == 0 || !file.fuel.spend(GLYPH * u64::from(n_widths)) {
                    continue;
                }
                let width = |item: &Object| file.get(item).number().unwrap_or(0.0) / 1000.0;
                self.widths.extend(widths.iter().map(width));
                let last = first.saturating_add(n_widths - 1);
                self.stretches.push((first, last, start, false));
            } else if let Some((last, width)) = number(&next).zip(items.next()) {
                self.widths.push(width.number().unwrap_or(0.0) / 1000.0);
                self.stretches.push((first, last, start, true));
            }
        }
        self.stretches.sort_unstable();
    }

    fn of(&self, glyph: u32) -> f64 {
        let after = self
            .stretches
            .partition_point(|(first, ..)| *first <= glyph);
        let stretch = after.checked_sub(1).and_then(|at| self.stretches.get(at));
        let stretch = stretch.filter(|(_, last, ..)| glyph <= *last);
        let at = stretch.and_then(|(first, _, start, is_single)| {
            let offset = if *is_single { 0 } else { glyph - first };
            start.checked_add(usize::try_from(offset).ok()?)
        });
        at.and_then(|at| self.widths.get(at))
            .copied()
            .unwrap_or(self.usual)
    }
}

/// Widths of the characters from the space to the tilde in Helvetica, in thousandths of the size.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/// The same in Helvetica Bold.
const HELVETICA_BOLD: [u16; 95] = [
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667,
    611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556,
    278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
];
/// The same in Times.
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];
/// The same in Times Bold.
const TIMES_BOLD: [u16; 95] = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667,
    611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722,
    722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556,
    278, 833, 556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
];
