//! The words of evasive answers, in the languages in which people write them. They are data; the code that uses them
//! decides what follows. Phrases and clauses are patterns of `phrases`.

mod clauses;
mod pointers;
pub(crate) mod synonyms;
mod words;

pub(crate) use crate::domain::placeholder::MAX_SHORT_CJK;
pub(crate) use clauses::*;
pub(crate) use pointers::*;
pub(crate) use words::*;
