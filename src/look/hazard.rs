//! What in a file acts by itself, leads elsewhere, or is hidden from whoever reads it.

use crate::look::{InFile, within};

/// How many are kept of a file.
pub(super) const MOST: usize = 50;

/// How much of a text is kept, in bytes.
const LONGEST: usize = 200;

/// Something that a reader does not see, or that acts without being asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hazard {
    /// What it is.
    pub kind: HazardKind,
    /// Where it is.
    pub at: InFile,
    /// What it says or leads to, cut.
    pub text: String,
}

/// Kinds of hazards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HazardKind {
    /// A script.
    Script,
}

impl Hazard {
    /// Takes the beginning of a text.
    pub(super) fn new(kind: HazardKind, at: InFile, text: &str) -> Self {
        let text = within(text.trim(), LONGEST).to_owned();
        Self { kind, at, text }
    }
}
