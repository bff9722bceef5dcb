//! Many products in one run.

pub mod report;
