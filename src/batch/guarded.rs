//! A defect that one product meets is its own.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Error, Result};

/// Does work that may meet a defect, of ours or of a library that reads foreign files. What it was given is
/// not to be used again after an error.
pub(crate) fn guarded<R>(work: impl FnOnce() -> Result<R>) -> Result<R> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let message = "clspack crashed on this product; the other products are unaffected";
        Err(Error::Document(message.to_owned()))
    })
}
