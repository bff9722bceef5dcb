//! The long texts of the evidence codes.

use crate::diag::explain::Explanation;

pub(super) const TEXTS: &[Explanation] = &[];
