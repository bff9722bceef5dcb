//! From fields to bytes, and from bytes to line and column.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::diag::place::{Place, Span};
use crate::domain::FieldPath;

/// A text with the name that the user knows. It may be joined from several files, so that a span determines the file
/// too.
#[derive(Clone, Debug, Default)]
pub struct SourceFile {
    /// The path as the user wrote it.
    pub name: String,
    /// The text; empty when the file is not text.
    pub text: String,
    /// The parts that it is joined from; empty for one file.
    pub parts: Vec<Part>,
    /// Where its lines begin, computed on first use.
    lines: OnceLock<Lines>,
}

/// A part of a joined text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its first byte.
    pub start: usize,
    /// The file, the cell, or the line of a mapping.
    pub place: Place,
    /// The folder that its paths are relative to: 0 is that of the manifest.
    pub root: usize,
}

/// The part of a text that contains a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartView<'a> {
    /// Where it comes from; `None` for the file after which the whole text is named.
    pub place: Option<&'a Place>,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

impl SourceFile {
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            parts: Vec::new(),
            lines: OnceLock::new(),
        }
    }

    /// Returns the part that contains a byte.
    pub fn part(&self, byte: usize) -> PartView<'_> {
        let next = self.parts.partition_point(|part| part.start <= byte);
        let end = self
            .parts
            .get(next)
            .map_or(self.text.len(), |part| part.start);
        let part = next.checked_sub(1).and_then(|i| self.parts.get(i));
        PartView {
            place: part.map(|part| &part.place),
            start: part.map_or(0, |part| part.start),
            end,
        }
    }

    /// Returns line and column of a byte in its part, both from 1; columns count characters. The line of a cell is its
    /// row.
    pub fn line_and_column(&self, byte: usize) -> (usize, usize) {
        let byte = byte.min(self.text.len());
        let part = self.part(byte);
        let lines = self.lines.get_or_init(|| Lines::of(&self.text));
        let first = match part.place {
            Some(Place::Cell(cell)) => cell.row as usize + 1,
            _ => 1,
        };
        let start = lines.start(byte).max(part.start);
        (
            lines.before(byte).saturating_sub(lines.before(part.start)) + first,
            lines.characters(&self.text, byte) - lines.characters(&self.text, start) + 1,
        )
    }

    /// Returns line and column after a span: one column after its last visible character. Line breaks and blanks at its
    /// end are not counted, so that a text of one line ends on that line.
    pub fn end_of(&self, span: Span) -> (usize, usize) {
        let text = self.slice(span);
        let end = span.start + text.trim_end().len();
        match text.trim_end().chars().next_back() {
            // The byte after a cell or a file belongs to the next one.
            Some(last) => {
                let (line, column) = self.line_and_column(end - last.len_utf8());
                (line, column + 1)
            }
            None => self.line_and_column(span.start),
        }
    }

    /// Returns the text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

/// The number of bytes between two counts of characters.
const STEP: usize = 1024;

/// Where the lines of a text begin, and how many characters come before every [`STEP`] bytes, so that a long file is not
/// counted again for each finding.
#[derive(Clone, Debug, Default)]
struct Lines {
    starts: Vec<usize>,
    characters: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let mut characters = vec![0];
        let mut count = 0;
        for piece in text.as_bytes().chunks(STEP) {
            count += piece.iter().filter(|byte| begins(**byte)).count();
            characters.push(count);
        }
        Self {
            starts: std::iter::once(0)
                .chain(breaks.map(|(i, _)| i + 1))
                .collect(),
            characters,
        }
    }

    /// Returns the number of lines before that of a byte.
    fn before(&self, byte: usize) -> usize {
        self.starts
            .partition_point(|start| *start <= byte)
            .saturating_sub(1)
    }

    fn start(&self, byte: usize) -> usize {
        self.starts.get(self.before(byte)).copied().unwrap_or(0)
    }

    /// Returns how many characters begin before a byte.
    fn characters(&self, text: &str, byte: usize) -> usize {
        let known = self.characters.get(byte / STEP).copied().unwrap_or(0);
        let rest = text.as_bytes().get(byte / STEP * STEP..byte);
        known
            + rest
                .unwrap_or_default()
                .iter()
                .filter(|byte| begins(**byte))
                .count()
    }
}

/// Returns true for the first byte of a character.
const fn begins(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// The bytes of each field of a manifest: key and value.
#[derive(Clone, Debug, Default)]
pub struct Origins(BTreeMap<FieldPath, (Option<Span>, Span)>);

impl Origins {
    pub fn record(&mut self, route: &FieldPath, key: Option<Span>, value: Span) {
        self.0.insert(route.clone(), (key, value));
    }

    /// Returns the bytes to show. A missing field is shown at the nearest table around it, a table by its key, since its
    /// span has everything below it.
    pub fn locate(&self, place: &Place) -> Option<Span> {
        let span = match place {
            Place::Span(span) => Some(*span),
            Place::Sheet(_)
            | Place::Cell(_)
            | Place::Line { .. }
            | Place::Paragraph(_)
            | Place::Day(_)
            | Place::File(_) => None,
            Place::Key(route) => self.0.get(route).map(|(key, value)| key.unwrap_or(*value)),
            Place::Field(route) => match self.0.get(route) {
                Some((_, value)) if value.end > value.start => Some(*value),
                Some((Some(key), _)) => Some(*key),
                Some((None, value)) => Some(*value),
                None => self.around(route),
            },
        };
        span.filter(|span| *span != Span::NOWHERE)
    }

    /// Returns true if the manifest has the field.
    pub fn has(&self, route: &FieldPath) -> bool {
        self.0.contains_key(route)
    }

    fn around(&self, route: &FieldPath) -> Option<Span> {
        let (key, value) = route.around().find_map(|table| self.0.get(table))?;
        Some(key.unwrap_or(*value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Cell, Sheet};
    use crate::domain::field;

    #[test]
    fn columns_count_characters() {
        let file = SourceFile::new("", "a: 1\nname: 株式会社 X\r\nb: 2");
        let byte = file.text.find('X').unwrap();
        assert_eq!(file.line_and_column(byte), (2, 12));
        assert_eq!(file.line_and_column(file.text.find('b').unwrap()), (3, 1));
        assert_eq!(file.line_and_column(10_000).0, 3);
    }

    #[test]
    fn an_end_is_the_column_behind_the_last_visible_character() {
        let file = SourceFile::new("", "a: 1\nname: 株式会社 X\r\nb: 2");
        let end = |text: &str| {
            let start = file.text.find(text).unwrap();
            let end = start + text.len();
            file.end_of(Span { start, end })
        };
        assert_eq!(end("株式会社"), (2, 11));
        assert_eq!(end("株式会社 X\r\n"), (2, 13));
        assert_eq!(end("1\nname: 株"), (2, 8));
        assert_eq!(end("2"), (3, 5));
        assert_eq!(end(""), (1, 1));
    }

    #[test]
    fn a_text_of_parts_knows_the_file_of_a_byte() {
        let part = |start, place| Part {
            start,
            place,
            root: 0,
        };
        let cell = Cell {
            sheet: Sheet::default(),
            row: 4,
            column: 2,
        };
        let mut file = SourceFile::new("a.yaml", "a: 1\nb: 2\nc: 3\nHub");
        let base = Place::File("b.yaml".to_owned());
        file.parts = vec![part(5, base.clone()), part(15, Place::Cell(cell))];
        assert_eq!(file.part(4).place, None);
        assert_eq!((file.part(5).place, file.part(5).end), (Some(&base), 15));
        assert_eq!(file.line_and_column(10), (2, 1));
        assert_eq!(file.line_and_column(16), (5, 2));
        assert_eq!(file.end_of(Span { start: 10, end: 15 }), (2, 5));
        assert_eq!(file.end_of(Span { start: 15, end: 18 }), (5, 4));
    }

    #[test]
    fn a_missing_field_is_shown_at_its_table() {
        let mut origins = Origins::default();
        origins.record(
            &field!(provisions),
            Some(Span { start: 5, end: 15 }),
            Span { start: 18, end: 90 },
        );
        let found = origins.locate(&Place::Field(field!(provisions."5.1-1".support)));
        assert_eq!(found, Some(Span { start: 5, end: 15 }));
        assert_eq!(origins.locate(&Place::Field(field!(product.name))), None);
    }
}
