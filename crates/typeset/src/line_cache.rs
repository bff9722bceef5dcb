//! A cache of shaped lines: forms say "Yes" many times, and the declarations of one maker's models differ in little.
//! The key contains everything that affects the lines, so the cache never changes the output. Its size is bounded.

use std::collections::BTreeMap;

use super::block::Run;
use super::line::Line;
use super::script::Script;
use super::style::Colour;
use super::text::Paragraph;

/// How much text one generation holds, in bytes; the glyphs take about fifty times as much. The text of the largest
/// application has to fit. Otherwise its common lines are dropped before they come up again.
const MOST_TEXT: usize = 48 * 1024;

/// A text longer than this, in bytes, rarely comes up again.
const LONGEST: usize = 4 * 1024;

/// The lines of texts, in two generations. When the recent one is full it becomes the older one, and lines that nobody
/// asked for since are dropped.
#[derive(Default)]
pub(super) struct LineCache {
    recent: BTreeMap<Key, Vec<Line>>,
    n_bytes: usize,
    older: BTreeMap<Key, Vec<Line>>,
}

/// Everything that affects the lines of a paragraph; lengths as their bits.
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

    /// Returns cached lines. Their texts belong to no node yet.
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
