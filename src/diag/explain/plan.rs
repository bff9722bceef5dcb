//! The long texts of the plan codes.

use crate::diag::explain::Explanation;

pub(super) const TEXTS: &[Explanation] = &[];
