//! The words by which drafts, templates and evasive answers are known, in the languages in which people write
//! them. They are data: what follows from them is decided where they are used. Phrases and clauses are patterns
//! of `phrases`.

mod clauses;
mod drafts;
mod words;

pub(crate) use clauses::*;
pub(crate) use drafts::*;
pub(crate) use words::*;
