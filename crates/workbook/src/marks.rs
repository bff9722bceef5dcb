//! Hidden rows and columns and merged cells, which the reader of cells does not return.

use std::collections::BTreeSet;

use quick_xml::events::BytesStart;

use crate::cells::{MAX_COLUMNS, MAX_ROWS, Range, position};

/// The most merged ranges that are kept.
const MAX_MERGED: usize = 100_000;

#[derive(Clone, Debug, Default)]
pub(crate) struct Marks {
    /// Hidden rows, from 0.
    pub(crate) hidden: BTreeSet<u32>,
    pub(crate) merged: Vec<Range>,
    /// Hidden columns, the first and the last of each run, from 0.
    pub(crate) hidden_columns: Vec<(u32, u32)>,
}

/// Returns an attribute of a tag.
pub(crate) fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .filter_map(Result::ok)
        .find(|one| one.key.local_name().as_ref() == name);
    found.map(|one| {
        quick_xml::escape::unescape(&one.value)
            .map_or_else(|_| one.value.to_string(), std::borrow::Cow::into_owned)
    })
}

fn yes(tag: &BytesStart, name: &str) -> bool {
    attribute(tag, name).is_some_and(|word| word == "1" || word == "true")
}

impl Marks {
    /// Notes a row, if it is hidden.
    pub(crate) fn row(&mut self, tag: &BytesStart, next: &mut u32) {
        let stated = attribute(tag, "r").and_then(|row| row.parse::<u32>().ok());
        let row = stated.and_then(|row| row.checked_sub(1)).unwrap_or(*next);
        *next = row.saturating_add(1);
        let flat = attribute(tag, "ht").is_some_and(|height| height.parse::<u8>() == Ok(0));
        if row < MAX_ROWS && (yes(tag, "hidden") || flat) {
            self.hidden.insert(row);
        }
    }

    /// Notes columns, if they are hidden.
    pub(crate) fn column(&mut self, tag: &BytesStart) {
        let number = |name: &str| {
            let stated = attribute(tag, name)?.parse::<u32>().ok()?;
            stated.checked_sub(1)
        };
        if yes(tag, "hidden")
            && self.hidden_columns.len() < MAX_COLUMNS as usize
            && let (Some(first), Some(last)) = (number("min"), number("max"))
        {
            self.hidden_columns.push((first, last.min(MAX_COLUMNS)));
        }
    }

    pub(crate) fn merge(&mut self, tag: &BytesStart) {
        let cells = attribute(tag, "ref").unwrap_or_default();
        let (first, last) = cells.split_once(':').unwrap_or((&cells, &cells));
        if let (Some(first), Some((row, column))) = (position(first), position(last))
            && first != (row, column)
            && self.merged.len() < MAX_MERGED
        {
            let last = (row.min(MAX_ROWS), column.min(MAX_COLUMNS));
            self.merged.push(Range { first, last });
        }
    }
}
