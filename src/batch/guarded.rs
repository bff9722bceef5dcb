//! Keeps a defect that occurs with one product from ending the whole batch.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Error, Result};

/// Runs work that may panic, in our code or in a library that reads foreign files. Values that were passed to it must
/// not be used after an error.
pub(crate) fn guarded<R>(work: impl FnOnce() -> Result<R>) -> Result<R> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let message = "clspack crashed on this product; the other products are unaffected";
        Err(Error::Document(message.to_owned()))
    })
}
