//! The long texts of the rules codes.

use crate::diag::explain::Explanation;

pub(super) const TEXTS: &[Explanation] = &[];
