//! From the route of a field to bytes, and from bytes to line and column.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::Place;

/// A run of bytes, end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// Returns the run as a range.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A text of the user with the name by which they know it.
#[derive(Clone, Debug, Default)]
pub struct SourceFile {
    /// The path as the user wrote it.
    pub name: String,
    /// The text; empty when the file is not text.
    pub text: String,
}

impl SourceFile {
    /// Returns line and column of a byte, both from 1, the column in characters.
    pub fn line_and_column(&self, byte: usize) -> (usize, usize) {
        let before = self
            .text
            .get(..byte.min(self.text.len()))
            .unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        (
            before.matches('\n').count() + 1,
            before[line_start..].chars().count() + 1,
        )
    }

    /// Returns the text of a run of bytes.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

/// Where each field of a manifest stands: key and value.
#[derive(Clone, Debug, Default)]
pub struct Origins(BTreeMap<String, (Option<Span>, Span)>);

impl Origins {
    /// Records a field.
    pub fn record(&mut self, route: &str, key: Option<Span>, value: Span) {
        self.0.insert(route.to_owned(), (key, value));
    }

    /// Returns the bytes to point at. A missing field is shown at the nearest table around it;
    /// a table is shown by its key, since its own span holds everything below.
    pub fn locate(&self, place: &Place) -> Option<Span> {
        match place {
            Place::Bytes(span) => Some(*span),
            Place::File(_) => None,
            Place::Key(route) => self.0.get(route).map(|(key, value)| key.unwrap_or(*value)),
            Place::Field(route) => match self.0.get(route) {
                Some((_, value)) if value.end > value.start => Some(*value),
                Some((Some(key), _)) => Some(*key),
                Some((None, value)) => Some(*value),
                None => self.around(route),
            },
        }
    }

    /// Returns true if the manifest has the field.
    pub fn has(&self, route: &str) -> bool {
        self.0.contains_key(route)
    }

    fn around(&self, route: &str) -> Option<Span> {
        let parent = &route[..route.rfind(['.', '['])?];
        match self.0.get(parent) {
            Some((key, value)) => Some(key.unwrap_or(*value)),
            None => self.around(parent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let file = SourceFile {
            name: String::new(),
            text: "a: 1\nname: 株式会社 X\r\nb: 2".into(),
        };
        let byte = file.text.find('X').unwrap();
        assert_eq!(file.line_and_column(byte), (2, 12));
        assert_eq!(file.line_and_column(file.text.find('b').unwrap()), (3, 1));
        assert_eq!(file.line_and_column(10_000).0, 3);
    }

    #[test]
    fn a_missing_field_is_shown_at_its_table() {
        let mut origins = Origins::default();
        origins.record(
            "provisions",
            Some(Span { start: 5, end: 15 }),
            Span { start: 18, end: 90 },
        );
        let found = origins.locate(&Place::Field("provisions.5.1-1.support".into()));
        assert_eq!(found, Some(Span { start: 5, end: 15 }));
        assert_eq!(origins.locate(&Place::Field("product.name".into())), None);
    }
}
