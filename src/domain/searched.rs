//! Files that could not be searched for words. They are listed, so that no finding does not look like no problem.

use crate::domain::EvidencePath;
pub use crate::look::Unsearched;

/// A file of evidence that was not searched to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotSearched {
    pub path: EvidencePath,
    pub reason: Unsearched,
    /// Whether a person looked through it, as the manifest says.
    pub looked_through: bool,
}
