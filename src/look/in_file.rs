//! Where in a file of evidence something is.

use std::fmt;

/// A place in a file, as precise as its type allows.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum InFile {
    /// Somewhere in it.
    #[default]
    File,
    /// A page, counted from 1.
    Page(usize),
    /// A line, counted from 1.
    Line(usize),
    /// A part of an office file, of a mail or of an archive, by its name.
    Part(String),
    /// Title, author and other properties.
    Properties,
}

impl fmt::Display for InFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("somewhere in it"),
            Self::Page(page) => write!(f, "page {page}"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Part(name) => write!(f, "in its part `{name}`"),
            Self::Properties => f.write_str("in its properties"),
        }
    }
}
