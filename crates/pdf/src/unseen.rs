//! Invisible words of a page: without ink, in the color of the paper, switched off, below a black box.
#![expect(
    clippy::float_arithmetic,
    reason = "places on a page are fractions of points"
)]

use super::canvas::Canvas;
use super::draw::Run;
use super::features::{self, FeatureKind};
use super::file::File;
use super::object::Object;
use super::place::Area;
use super::{Mark, MarkKind};

/// How much of each kind is kept for a page, in bytes.
const LONGEST: usize = 400;
/// Fewer letters are a leftover of typesetting, not a text.
const FEWEST: usize = 4;
/// Fewer letters without ink are a mark of a program.
const FEWEST_INKLESS: usize = 12;
/// Fewer letters beside the page are a page number that was cut off, or a mark of a printer.
const FEWEST_OUTSIDE: usize = 16;
/// How much of a page its pictures cover, in thousandths, if words without ink may be those of a scan.
const SCAN_COVERS: u32 = 30;
/// A page with this many marks and no word may be a scan whose letters were turned into drawings.
const MANY_MARKS: usize = 20;
/// How many texts in the color of the paper, and how many black boxes, are compared with the rest of a page.
const MOST: u32 = 500;

/// The invisible words of a page.
#[derive(Debug, Default)]
pub(super) struct Unseen {
    inkless: String,
    white: String,
    off: String,
    outside: String,
    n_covered: u32,
    n_looks: u32,
}

/// Why a text is invisible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Concealment {
    Inkless,
    White,
    Off,
    /// Beside the page.
    Outside,
}

impl Unseen {
    /// Keeps invisible characters.
    pub(super) fn show(&mut self, why: Concealment, characters: &str) {
        let text = match why {
            Concealment::Inkless => &mut self.inkless,
            Concealment::White => &mut self.white,
            Concealment::Off => &mut self.off,
            Concealment::Outside => &mut self.outside,
        };
        if text.len() < LONGEST {
            text.push_str(characters);
        }
    }

    fn may_look(&mut self) -> bool {
        self.n_looks += 1;
        self.n_looks <= MOST
    }
}

/// Returns why a text that begins here is invisible, if it is. It is within the page.
pub(super) fn concealment(run: &mut Run<'_, '_, '_>, area: Area) -> Option<Concealment> {
    if !run.is_seen() {
        return Some(Concealment::Off);
    }
    if run.state.mode == 3 {
        return Some(Concealment::Inkless);
    }
    let is_white = run.state.mode == 0 && run.state.is_white && !run.only_words;
    (is_white && is_on_paper(run, area)).then_some(Concealment::White)
}

/// Returns true if a text is drawn beside the sheet. It is not within the page.
pub(super) fn is_outside(run: &Run<'_, '_, '_>, area: Area) -> bool {
    let high = run.state.size.abs() * run.line.then(run.state.matrix).scale();
    let is_drawn = run.is_seen() && !matches!(run.state.mode, 3 | 7) && high > 0.5;
    let seen = area.grown(2.0 * high).and(run.canvas.sheet);
    is_drawn && !run.only_words && !seen.is_some()
}

/// Returns true if nothing colored is below the beginning of a text.
fn is_on_paper(run: &mut Run<'_, '_, '_>, area: Area) -> bool {
    let canvas = &mut *run.canvas;
    let n_marks = u64::try_from(canvas.marks.len()).unwrap_or(u64::MAX);
    if !canvas.unseen.may_look() || !run.painter.file.fuel.spend(n_marks.saturating_mul(4)) {
        return false;
    }
    let [left, low, ..] = area.edges(canvas.area);
    // The letters begin a little within the area.
    let (x, y) = (left + 100, low + 100);
    let is_below = |mark: &Mark| {
        let [from, bottom, to, top] = mark.bounds;
        let holds = (from - 200..=to + 200).contains(&x) && (bottom - 200..=top + 200).contains(&y);
        holds && (!mark.pale || mark.kind == MarkKind::Image)
    };
    !canvas.marks.iter().any(is_below)
}

/// Counts the earlier words that a filled area hides.
pub(super) fn fill(run: &mut Run<'_, '_, '_>, area: Area, is_ruled: bool) {
    let state = &run.state;
    let is_solid = state.is_black && !state.is_faint && !state.is_gone && !state.is_blended;
    if !is_solid || !is_ruled || run.canvas.lines.is_empty() || area.is_thin() {
        return;
    }
    if run.canvas.unseen.may_look() {
        let lines = run.canvas.lines.iter();
        let n_lines = u64::try_from(lines.len()).unwrap_or(u64::MAX);
        if !run.painter.file.fuel.spend(n_lines.saturating_mul(4)) {
            return;
        }
        let n_letters = lines.map(|(line, n)| area.letters(surely(*line), *n));
        let n_letters = n_letters.fold(0, u32::saturating_add);
        run.canvas.unseen.n_covered = run.canvas.unseen.n_covered.saturating_add(n_letters);
    }
}

/// Returns the part of a line that certainly has letters: widths are unknown, and a box may follow a word.
fn surely(line: Area) -> Area {
    let right = line.left + 0.75 * (line.right - line.left);
    Area { right, ..line }
}

/// Returns whether a color is that of paper, and whether it is black. Only colors in the device spaces count: the
/// numbers of other colors mean nothing without their space.
pub(super) fn white_or_black(word: &[u8], operands: &[Object]) -> (bool, bool) {
    const WHITE: f64 = 0.98;
    const BLACK: f64 = 0.15;
    let parts: Vec<f64> = operands.iter().filter_map(Object::number).collect();
    match (word, parts.as_slice()) {
        (b"g", parts @ [_]) | (b"rg", parts @ [_, _, _]) => (
            parts.iter().all(|part| *part >= WHITE),
            parts.iter().all(|part| *part <= BLACK),
        ),
        (b"k", [c, m, y, k]) => (
            [c, m, y, k].into_iter().all(|ink| *ink <= 0.01),
            *k >= 1.0 - BLACK,
        ),
        _ => (false, false),
    }
}

/// Notes the invisible words of a page, once it is drawn.
pub(super) fn judge(file: &File<'_>, canvas: &Canvas) {
    let unseen = &canvas.unseen;
    let n_letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let pictures = canvas
        .marks
        .iter()
        .filter(|mark| mark.kind == MarkKind::Image);
    let covered: u32 = pictures.map(|mark| u32::from(mark.covers)).sum();
    // A scan may be drawn as paths.
    let is_drawn = n_letters(&canvas.text) < FEWEST && canvas.marks.len() >= MANY_MARKS;
    let is_scan = covered >= SCAN_COVERS || is_drawn;
    if !is_scan && n_letters(&unseen.inkless) >= FEWEST_INKLESS {
        features::add(file, FeatureKind::Inkless, &unseen.inkless);
    }
    if n_letters(&unseen.white) >= FEWEST {
        features::add(file, FeatureKind::White, &unseen.white);
    }
    if n_letters(&unseen.off) >= FEWEST {
        features::add(file, FeatureKind::SwitchedOff, &unseen.off);
    }
    if n_letters(&unseen.outside) >= FEWEST_OUTSIDE {
        features::add(file, FeatureKind::Outside, &unseen.outside);
    }
    if unseen.n_covered >= 4 {
        features::add(file, FeatureKind::Covered, "");
    }
}
