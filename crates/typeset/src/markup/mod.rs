//! Reads a small, well-formed subset of HTML as a [`Document`]. Nothing is dropped silently: each thing that is not
//! in the subset, is in the wrong place or cannot be drawn is a [`Fault`] with its line and column, and all faults
//! are reported together.
//!
//! The subset, every element closed as in XML:
//!
//! - `html` (`lang`) contains `head` and `body`; `head` contains `title`, `meta` (`name` of author, subject, date,
//!   identifier or draft, with `content`; or `charset`) and `style`, which only browsers read;
//! - `body` contains `header` and `footer`, once each, with one to three `p` or `img` that are set side by side on
//!   every page, and `main` or blocks;
//! - blocks: `h1` to `h3`, `p` (class small, lead, muted), `ul` and `ol` with `li`, `table`, `dl` (class fill-in)
//!   with pairs of `dt` and `dd`, `hr` (class page-break), `img` (`src`, a plain name; `alt`, empty for decoration;
//!   style "width: 40%" of its column), `section` (class keep), `div` (class note or signature);
//! - `table` contains `colgroup` with `col` (style "width: 12%"), `thead` with one `tr` of `th`, and `tbody` with
//!   `tr` of `th` and `td` (class nowrap);
//! - `li`, `td`, `th` and `dd` contain text, or `p`, `ul`, `ol` and `img`;
//! - text: `b`, `strong`, `i`, `em`, `small`, `code`, `br`, `a` (`href` with http, https or mailto), `span` (class
//!   nowrap; in header and footer also page and pages), and the entities amp, lt, gt, quot, apos, nbsp and numeric
//!   ones. White space collapses as in browsers.

mod build;
mod check;
mod inline;
mod rules;
mod scan;

use std::fmt;

use clspack_words::Advice;

use super::block::Document;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    pub advice: Advice,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "line {}, column {}: {}",
            self.line, self.column, self.advice
        )
    }
}

/// Reads a document, or reports every fault in it, in the order of the text.
pub fn parse(source: &str) -> Result<Document, Vec<Fault>> {
    read(source, true)
}

/// Reads a document whose caller has asked the fonts for every character already. One that they lack is still an error
/// when the document is set, but has no line then.
pub fn parse_asked(source: &str) -> Result<Document, Vec<Fault>> {
    read(source, false)
}

/// Finds each stretch of characters that no font draws in a text that is a part of a document, with its byte.
pub fn without_glyph(text: &str) -> Vec<(usize, Advice)> {
    let mut faults = Faults::default();
    check::characters(text, 0, &mut faults);
    faults.found
}

fn read(source: &str, asks_fonts: bool) -> Result<Document, Vec<Fault>> {
    let mut faults = Faults::default();
    let root = scan::scan(source, &mut faults);
    check::check(&root, asks_fonts, &mut faults);
    if faults.found.is_empty() {
        Ok(build::document(&root))
    } else {
        Err(faults.locate(source))
    }
}

/// Faults by their byte offset; lines and columns are counted only at the end.
#[derive(Default)]
struct Faults {
    found: Vec<(usize, Advice)>,
}

impl Faults {
    fn add(&mut self, offset: usize, advice: impl Into<Advice>) {
        self.found.push((offset, advice.into()));
    }

    fn locate(mut self, source: &str) -> Vec<Fault> {
        self.found.sort();
        self.found.dedup();
        let found = self.found.into_iter().map(|(offset, advice)| {
            let before = source.get(..offset).unwrap_or(source);
            let line_start = before.rfind('\n').map_or(0, |end| end + 1);
            let line = before.matches('\n').count() + 1;
            let column = before[line_start..].chars().count() + 1;
            Fault {
                line,
                column,
                advice,
            }
        });
        found.collect()
    }
}

#[cfg(test)]
mod tests;
