//! Rows of a CSV file whose fields are not under their headings.

use std::collections::BTreeMap;

use crate::cells::{Sheet, Value, Written, trimmed};

/// Up to so many rows with more fields than headings are slips; if more than half of all rows have more, a column has no
/// heading.
const FEW: usize = 3;

/// Why the fields of a row are not under their headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// A quotation mark follows a backslash, and ends the text for a spreadsheet program.
    Backslash,
    /// The row has more fields than headings.
    TooLong {
        n_fields: u32,
        n_headings: u32,
        /// One of its texts contains a quotation mark.
        quotes: bool,
    },
}

/// Returns the rows whose fields are not under their headings.
pub fn slipped(sheet: &Sheet, heading_row: u32) -> BTreeMap<u32, Slip> {
    let Some(headings) = sheet.written.get(&heading_row) else {
        return BTreeMap::new();
    };
    let n_headings = headings.n_fields;
    let below = || sheet.written.range(heading_row + 1..);
    let is_longer = |row: u32, written: &Written| {
        written.n_fields > n_headings && has_beyond(sheet, row, n_headings)
    };
    let longer: Vec<u32> = below()
        .filter(|(row, written)| is_longer(**row, written))
        .map(|(row, _)| *row)
        .collect();
    let few = longer.len() <= FEW || longer.len() * 2 <= below().count();
    let slip = |(row, written): (&u32, &Written)| {
        let is_longer = longer.binary_search(row).is_ok() && (few || written.quotes);
        let too_long = Slip::TooLong {
            n_fields: written.n_fields,
            n_headings,
            quotes: written.quotes,
        };
        let slip = if written.escapes {
            Slip::Backslash
        } else {
            Some(too_long).filter(|_| is_longer)?
        };
        Some((*row, slip))
    };
    below().filter_map(slip).collect()
}

/// Returns true if the row has content beyond so many columns.
fn has_beyond(sheet: &Sheet, row: u32, n_columns: u32) -> bool {
    let mut cells = sheet.rows.get(&row).into_iter().flatten();
    cells.any(|cell| {
        let has_content = match &cell.value {
            Value::Text(text) => !trimmed(text).is_empty(),
            Value::Empty => cell.formula,
            _ => true,
        };
        cell.column >= n_columns && has_content
    })
}
