//! The bound on work: every step costs fuel, and a file gets no more than a document needs.
//!
//! Fuel is counted, never timed, so that the same file has the same result on every machine. Once the tank is empty
//! it stays empty, so every loop ends.

use std::cell::Cell;

/// The fuel of a file; one unit is about a nanosecond in a fast build.
pub(super) const TANK: u64 = 1_000_000_000;

/// Costs that do not depend on a size.
pub(super) const TOKEN: u64 = 45;
/// The cost of a character that is shown.
pub(super) const GLYPH: u64 = 40;
/// The cost of an entry of a table that is kept.
pub(super) const ENTRY: u64 = 250;
/// The cost of a drawing, a picture or a font that is set up.
pub(super) const SETUP: u64 = 2_000;

/// The remaining fuel.
#[derive(Debug)]
pub(super) struct Fuel {
    left: Cell<u64>,
}

impl Fuel {
    pub(super) fn of(units: u64) -> Self {
        Self {
            left: Cell::new(units),
        }
    }

    pub(super) fn left(&self) -> u64 {
        self.left.get()
    }

    /// Spends `cost`. Returns false if less is left, and from then on always.
    pub(super) fn spend(&self, cost: u64) -> bool {
        let left = self.left.get();
        let enough = left > cost;
        self.left.set(if enough { left - cost } else { 0 });
        enough
    }

    /// Ends all work, because a limit on memory or depth was reached.
    pub(super) fn drain(&self) {
        self.left.set(0);
    }

    pub(super) fn is_out(&self) -> bool {
        self.left.get() == 0
    }
}
