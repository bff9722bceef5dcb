//! The long texts of the manifest codes.

use crate::diag::explain::Explanation;

pub(super) const TEXTS: &[Explanation] = &[];
