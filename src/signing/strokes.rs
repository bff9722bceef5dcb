//! Pen strokes that are paths of the page: a signature, a small drawing, or mere lines.

use crate::pdf::{Mark, Slope};
use crate::signing::marks::{Meaning, Position, is_tiny};
use crate::signing::place::described;

/// The least number of lines of a signature, where a curve counts as two; a box has four, a cross two, a circle
/// eight.
const STROKES: u32 = 9;
/// A drawing with more lines than this may be a small signature: it is more than a box.
const BOX: u32 = 4;

/// The paths that were added to a page, counted in lines.
#[derive(Default)]
pub(super) struct Strokes<'m> {
    /// Horizontal and vertical lines, as in tables.
    n_ruled: u32,
    /// Straight lines at an angle, and their slopes.
    n_straight: u32,
    slopes: Vec<Slope>,
    /// Curves and short strokes, and how many of them are where the page is signed.
    n_bent: u32,
    n_there: u32,
    /// How many of the straight lines are where the page is signed.
    n_straight_there: u32,
    /// The left, lower, right and upper edge of the strokes there.
    bounds: Option<[i64; 4]>,
    /// A path elsewhere, and whether something hides it.
    other: Option<(&'m Mark, Position)>,
}

impl<'m> Strokes<'m> {
    /// Adds a path with this many lines.
    pub(super) fn add(&mut self, mark: &'m Mark, segments: u32, position: Position) {
        if mark.ruled {
            self.n_ruled = self.n_ruled.saturating_add(segments);
            return;
        }
        let is_there = position == Position::There;
        let there = if is_there { segments } else { 0 };
        if mark.slopes.is_empty() {
            self.n_bent = self.n_bent.saturating_add(segments);
            self.n_there = self.n_there.saturating_add(there);
        } else {
            self.n_straight = self.n_straight.saturating_add(segments);
            self.n_straight_there = self.n_straight_there.saturating_add(there);
            for slope in &mark.slopes {
                slope.join(&mut self.slopes);
            }
        }
        if is_there {
            let [left, lower, right, upper] = mark.bounds;
            let all = self.bounds.unwrap_or(mark.bounds);
            self.bounds = Some([
                all[0].min(left),
                all[1].min(lower),
                all[2].max(right),
                all[3].max(upper),
            ]);
        } else {
            self.other.get_or_insert((mark, position));
        }
    }

    /// Decides what all strokes are together.
    pub(super) fn judge(mut self, meaning: &mut Meaning, number: usize) {
        // A hatching has one or two slopes; handwriting of single lines has more.
        if self.slopes.len() > 2 {
            self.n_bent = self.n_bent.saturating_add(self.n_straight);
            self.n_there = self.n_there.saturating_add(self.n_straight_there);
        } else {
            self.n_ruled = self.n_ruled.saturating_add(self.n_straight);
        }
        let n_lines = self.n_bent.saturating_add(self.n_ruled);
        let is_large = self.bounds.is_some_and(|bounds| !is_tiny(bounds));
        if self.n_there >= STROKES && is_large {
            meaning.signs = true;
        } else if self.n_bent >= STROKES && self.n_there < STROKES {
            let what = match self.other {
                Some((mark, Position::Below)) => Some(("a drawing below something else", mark)),
                other => other.map(|(mark, _)| ("a drawing", mark)),
            };
            let described = what.map(|(what, mark)| described(what, mark, number));
            meaning.perhaps.extend(described);
        } else if n_lines >= STROKES && self.n_bent < STROKES {
            // Letters can be drawn with horizontal and vertical lines, but not by a pen.
            meaning
                .unclear
                .push("ruled lines, boxes or a hatch".to_owned());
        } else if n_lines > 0 {
            meaning.is_small = n_lines > BOX && self.n_bent > 0;
            meaning.idle.push(if meaning.is_small {
                "a small drawing".to_owned()
            } else {
                "a line".to_owned()
            });
        }
    }
}
