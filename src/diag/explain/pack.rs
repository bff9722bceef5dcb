//! The long texts of the pack codes.

use crate::diag::explain::Explanation;

pub(super) const TEXTS: &[Explanation] = &[];
