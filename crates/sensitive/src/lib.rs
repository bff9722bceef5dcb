//! Finds secrets and personal data in texts.
//!
//! Each text is read once: a word or a sign may begin a secret, and only what is near it is examined.

mod checks;
mod columns;
mod commands;
mod headers;
mod judge;
mod keys;
mod kind;
mod labelled;
mod languages;
mod mask;
mod numbers;
mod people;
mod scan;
mod settings;
mod tokens;
mod urls;

#[cfg(test)]
mod tests;

pub use columns::search_file;
pub use kind::Kind;
pub use mask::masked;
pub use people::is_person;
pub use scan::{Found, Hit, search};

/// The README's example is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
