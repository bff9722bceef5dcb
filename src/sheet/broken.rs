//! Rows of a CSV file whose fields are not under their headings: one finding for the row, in place of one for each field
//! in the wrong column.

use std::collections::BTreeMap;

use clspack_workbook::{Slip, slipped};

use crate::diag::{Code, Finding};
use crate::sheet::grid::Grid;

/// Returns the rows that cannot be read by their headings, and why.
pub(super) fn rows(grid: &Grid, heading_row: u32) -> BTreeMap<u32, Finding> {
    let found = slipped(grid, heading_row).into_iter();
    let finding = |(row, slip)| {
        let (code, message, help) = words(slip);
        let place = grid.place(row, 0);
        (row, Finding::new(code, place, message, help))
    };
    found.map(finding).collect()
}

fn words(slip: Slip) -> (Code, String, &'static str) {
    match slip {
        Slip::Backslash => (
            Code::BackslashQuotes,
            "the row has a quotation mark with a backslash before it".to_owned(),
            "write a quotation mark within a text twice, as `\"\"`, or save the file again from a spreadsheet program",
        ),
        Slip::TooLong {
            n_fields,
            n_headings,
            quotes,
        } => (
            Code::RowTooLong,
            format!("the row has {n_fields} fields under {n_headings} headings"),
            if quotes {
                "write each quotation mark within a text twice, as `\"\"`, and put the whole text in quotation marks"
            } else {
                "put the text that holds a comma or semicolon in quotation marks, or write a heading for the last column"
            },
        ),
    }
}
