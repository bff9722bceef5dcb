//! Reads zip archives that nobody vouches for.
//!
//! [`Archive`] opens an archive as ordinary programs do, from the list at its end, and unpacks members within a
//! [`Budget`]. [`Layout`] compares that list with the header of each entry, byte by byte. Both report what is odd
//! as an [`Oddity`]: which oddities are refused, and in which words, is for the caller to decide.

mod budget;
mod extra;
mod fields;
mod layout;
mod list;
mod local;
mod names;
mod oddity;
mod opened;
mod rewrite;
mod stream;
mod unpack;

pub use budget::{Budget, Ratio};
pub use layout::{Bounds, Entry, Layout, Refused, Style};
pub use names::{Leads, leads};
pub use oddity::{Found, Oddities, Oddity};
pub use opened::{Archive, Member, Unopened};
pub use stream::{Stream, Unread, Why};

#[cfg(test)]
mod tests;

/// The README's example is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
