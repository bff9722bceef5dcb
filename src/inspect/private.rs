//! Secrets and data of persons in evidence.

use crate::diag::Finding;
use crate::domain::Application;
use crate::inspect::Paper;
use crate::look::{InFile, Look};

/// A secret, or data of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposure {
    /// Where it is.
    pub at: InFile,
    /// It, masked: never enough to use it.
    pub masked: String,
}

/// Finds secrets and data of persons in what was read of a file.
pub(super) fn exposures(_look: &Look, _extension: &str) -> Vec<Exposure> {
    Vec::new()
}

/// Returns what is wrong.
pub(super) fn findings(_application: &Application, _paper: &Paper<'_>) -> Vec<Finding> {
    Vec::new()
}
