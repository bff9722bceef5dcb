//! Rows of a CSV file whose fields are not under their headings: one finding for the row, in place of one for
//! each field that slipped into the wrong column.

use std::collections::BTreeMap;

use crate::diag::{Code, Finding};
use crate::sheet::grid::{Grid, Value, Written, trimmed};

/// Up to how many rows with more fields than headings are slips of their own; where all rows are so, a column
/// has no heading.
const FEW: usize = 3;

/// Returns the rows that cannot be read by their headings, and why.
pub(super) fn rows(grid: &Grid, heading_row: u32) -> BTreeMap<u32, Finding> {
    let Some(headings) = grid.written.get(&heading_row) else {
        return BTreeMap::new();
    };
    let below = || grid.written.range(heading_row + 1..);
    let is_longer = |row: u32, written: &Written| {
        written.n_fields > headings.n_fields && has_beyond(grid, row, headings.n_fields)
    };
    let longer: Vec<u32> = below()
        .filter(|(row, written)| is_longer(**row, written))
        .map(|(row, _)| *row)
        .collect();
    let few = longer.len() <= FEW || longer.len() * 2 <= below().count();
    let mut found = BTreeMap::new();
    for (row, written) in below() {
        let slipped = longer.binary_search(row).is_ok() && (few || written.quotes);
        let place = grid.place(*row, 0);
        if written.escapes {
            let message = "the row has a quotation mark with a backslash before it";
            let help = "write a quotation mark within a text twice, as `\"\"`, or save the file again from a spreadsheet program";
            found.insert(
                *row,
                Finding::new(Code::BackslashQuotes, place, message, help),
            );
        } else if slipped {
            let message = format!(
                "the row has {} fields under {} headings",
                written.n_fields, headings.n_fields
            );
            let help = if written.quotes {
                "write each quotation mark within a text twice, as `\"\"`, and put the whole text in quotation marks"
            } else {
                "put the text that holds a comma or semicolon in quotation marks, or write a heading for the last column"
            };
            found.insert(*row, Finding::new(Code::RowTooLong, place, message, help));
        }
    }
    found
}

/// Returns true if the row says something beyond so many columns.
fn has_beyond(grid: &Grid, row: u32, n_columns: u32) -> bool {
    let mut cells = grid.rows.get(&row).into_iter().flatten();
    cells.any(|cell| {
        let says = match &cell.value {
            Value::Text(text) => !trimmed(text).is_empty(),
            Value::Empty => cell.formula,
            _ => true,
        };
        cell.column >= n_columns && says
    })
}
