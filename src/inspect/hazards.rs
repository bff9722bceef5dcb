//! Active and hidden content of evidence.

use crate::diag::Finding;
use crate::inspect::Paper;

/// Returns what is wrong.
pub(super) fn findings(_paper: &Paper<'_>) -> Vec<Finding> {
    Vec::new()
}
