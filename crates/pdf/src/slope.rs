//! The directions of straight lines. A hatching has lines of one or two slopes that never bend, which no handwriting
//! has.

use super::Mark;
use super::place::tenths;

/// The slope of a line, independent of its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slope {
    across: i64,
    up: i64,
}

/// Larger than any page, in tenths of a point.
const MAX: i64 = 1_000_000;
/// How many slopes are distinguished.
const MANY: usize = 3;

impl Slope {
    /// Returns the slope of a line with these extents; nothing for a point.
    pub fn new(across: i64, up: i64) -> Option<Self> {
        let (across, up) = (across.clamp(-MAX, MAX), up.clamp(-MAX, MAX));
        (across != 0 || up != 0).then_some(Self { across, up })
    }

    /// Returns true if two slopes differ by less than about six degrees.
    pub fn is_near(self, other: Self) -> bool {
        let area = self.across * other.up - self.up * other.across;
        let square = |slope: Self| slope.across * slope.across + slope.up * slope.up;
        let wide = |number: i64| i128::from(number);
        100 * wide(area) * wide(area) <= wide(square(self)) * wide(square(other))
    }

    /// Adds a slope unless a similar one is there.
    pub fn join(self, all: &mut Vec<Self>) {
        if all.len() < MANY && !all.iter().any(|one| one.is_near(self)) {
            all.push(self);
        }
    }
}

/// The slopes of a path while it is drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Slopes {
    all: Vec<Slope>,
    /// The previous line, if the next one begins at its end.
    last: Option<Slope>,
    /// A line continues in another direction.
    is_bent: bool,
}

impl Slopes {
    /// Lifts the pen: the next line begins elsewhere.
    pub(super) const fn lift(&mut self) {
        self.last = None;
    }

    pub(super) fn add(&mut self, (x, y): (f64, f64), (to_x, to_y): (f64, f64)) {
        let far = |from: f64, to: f64| tenths(to).saturating_sub(tenths(from));
        let Some(slope) = Slope::new(far(x, to_x), far(y, to_y)) else {
            return;
        };
        self.is_bent |= self.last.is_some_and(|last| !last.is_near(slope));
        self.last = Some(slope);
        slope.join(&mut self.all);
    }

    /// Returns them, if no line bends into another.
    pub(super) fn of_straight_lines(&self) -> Vec<Slope> {
        if self.is_bent {
            Vec::new()
        } else {
            self.all.clone()
        }
    }
}

/// Returns true if all marks are boxes, or straight lines with at most two slopes.
pub(super) fn are_ruled(marks: &[Mark]) -> bool {
    let mut slopes = Vec::new();
    for mark in marks.iter().filter(|mark| !mark.ruled) {
        mark.slopes.iter().for_each(|slope| slope.join(&mut slopes));
    }
    let is_straight = |mark: &Mark| mark.ruled || !mark.slopes.is_empty();
    marks.iter().all(is_straight) && slopes.len() < MANY
}
