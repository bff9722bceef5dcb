//! Every test of the whole, in one binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "a test may die; its helpers too")]
#![allow(clippy::disallowed_methods, reason = "a test makes its own files")]

mod edit;
mod findings;
mod support;
