//! Lines that were set before: forms say "Yes" many times, and the declarations of one maker's models
//! differ in little.
//!
//! It promises that what is remembered is what would be set anew, since a text is known by all that its
//! lines depend on; and that it stays small, however many documents are set.

use std::collections::BTreeMap;

use super::block::Run;
use super::line::Line;
use super::script::Script;
use super::style::Colour;
use super::text::Paragraph;

/// How much text a generation holds, in bytes; with its glyphs it takes some fifty times as much. The text of the
/// largest application has to fit, or its common lines are forgotten before they are met again.
const MOST_TEXT: usize = 48 * 1024;

/// A text longer than this, in bytes, is rarely met again.
const LONGEST: usize = 4 * 1024;

/// The lines of texts, in two generations: what the older one holds and nobody asks for is forgotten with it.
#[derive(Default)]
pub(super) struct LineCache {
    recent: BTreeMap<Key, Vec<Line>>,
    n_bytes: usize,
    older: BTreeMap<Key, Vec<Line>>,
}

/// What the lines of a paragraph depend on; lengths as their bits.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    runs: Vec<Run>,
    lengths: [u32; 3],
    bold: bool,
    colour: Colour,
    han: Option<Script>,
}

impl Key {
    fn n_bytes(&self) -> usize {
        self.runs.iter().map(|run| run.text.len()).sum()
    }
}

impl LineCache {
    /// Returns the key of a paragraph.
    pub(super) fn key(paragraph: &Paragraph<'_>, width: f32, han: Option<Script>) -> Key {
        let style = paragraph.style;
        Key {
            runs: paragraph.runs.to_vec(),
            lengths: [style.size, style.leading, width].map(f32::to_bits),
            bold: style.bold,
            colour: style.colour,
            han,
        }
    }

    /// Returns lines that are known. Their texts belong to no node yet.
    pub(super) fn get(&mut self, key: &Key) -> Option<Vec<Line>> {
        if let Some((key, lines)) = self.older.remove_entry(key) {
            self.keep(key, lines);
        }
        self.recent.get(key).cloned()
    }

    pub(super) fn keep(&mut self, key: Key, lines: Vec<Line>) {
        let n_bytes = key.n_bytes();
        if n_bytes > LONGEST {
            return;
        }
        if self.n_bytes + n_bytes > MOST_TEXT {
            self.older = std::mem::take(&mut self.recent);
            self.n_bytes = 0;
        }
        self.n_bytes += n_bytes;
        self.recent.insert(key, lines);
    }
}
