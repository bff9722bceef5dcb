//! Whose paper it is: models, versions, holders, numbers and days that evidence names, beside those of the manifest.

use crate::diag::Finding;
use crate::domain::Application;
use crate::inspect::Paper;
use crate::look::Look;

/// What a file says of a product.
#[derive(Clone, Debug, Default)]
pub struct Words {}

impl Words {
    /// Takes what is needed of what was read.
    pub(super) fn of(_look: &Look, _extension: &str, _field: &str) -> Self {
        Self {}
    }

    /// Returns about how many bytes of memory they take.
    pub(super) fn weight(&self) -> usize {
        0
    }
}

/// Returns what is wrong.
pub(super) fn findings(_application: &Application, _papers: &[Paper<'_>]) -> Vec<Finding> {
    Vec::new()
}
