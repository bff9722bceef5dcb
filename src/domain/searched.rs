//! Files in which no words could be looked for, so that nobody takes silence for absence.

use crate::domain::EvidencePath;
pub use crate::look::Unsearched;

/// A file of evidence that was not searched to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotSearched {
    /// The file.
    pub path: EvidencePath,
    /// Why.
    pub reason: Unsearched,
    /// Whether a person looked through it, as the manifest says.
    pub looked_through: bool,
}
