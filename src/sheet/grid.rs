//! Cells as a spreadsheet holds them, for any file: the one form that workbooks and CSV files
//! are brought into.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{self, Code, Finding, Place, Sheet};
use crate::domain::Date;

/// The most rows of a sheet that are read.
pub(super) const MAX_ROWS: u32 = 100_000;
/// The most rows of a sheet, empty ones included, as Excel has them.
pub(super) const MAX_ROWS_IN_ALL: u32 = 1_048_576;
/// The most columns of a sheet that are read.
pub(super) const MAX_COLUMNS: u32 = 1_000;
/// The most cells of a sheet that are read.
pub(super) const MAX_CELLS: usize = 1_500_000;
/// The longest text that a cell of Excel holds, in characters.
pub(super) const MAX_TEXT: usize = 32_767;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing.
    Empty,
    /// A text.
    Text(Arc<str>),
    /// A number: its digits, and the day that it would be as a date.
    Number(String, Option<Date>),
    /// A day.
    Date(Date),
    /// A day with a time, or a time alone, as it is shown.
    Moment(String),
    /// A yes or no of the spreadsheet's own kind.
    Bool(bool),
    /// A calculation that failed, `#N/A`.
    Error(String),
}

/// A cell.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// Its column, from 0.
    pub(super) column: u32,
    /// What it holds.
    pub(super) value: Value,
    /// Whether it was computed.
    pub(super) formula: bool,
}

/// A range of merged cells: first row and column, last row and column, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    /// The upper left cell.
    pub(super) first: (u32, u32),
    /// The lower right cell.
    pub(super) last: (u32, u32),
}

/// One sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// The sheet.
    pub(super) sheet: Sheet,
    /// The cells that are not empty, by row, from 0.
    pub(super) rows: BTreeMap<u32, Vec<Cell>>,
    /// Rows that are not shown, from 0.
    pub(super) hidden: std::collections::BTreeSet<u32>,
    /// Merged cells.
    pub(super) merged: Vec<Range>,
    /// Columns that are not shown, the first and the last of each run, from 0.
    pub(super) hidden_columns: Vec<(u32, u32)>,
    /// What is known of the rows of a CSV file, from 0.
    pub(super) written: BTreeMap<u32, Written>,
    /// How many cells it has.
    pub(super) n_cells: usize,
}

/// How a row is written in a CSV file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// How many fields it has, empty ones included.
    pub(super) n_fields: u32,
    /// One of its texts holds a quotation mark.
    pub(super) quotes: bool,
    /// A quotation mark in it has a backslash before it.
    pub(super) escapes: bool,
}

impl Grid {
    /// Returns the place of a cell.
    pub(super) fn place(&self, row: u32, column: u32) -> Place {
        Place::Cell(diag::Cell {
            sheet: self.sheet.clone(),
            row,
            column,
        })
    }

    /// Returns the place of the sheet.
    pub(super) fn whole(&self) -> Place {
        Place::Sheet(self.sheet.clone())
    }

    /// Adds a cell; what is empty is left out, what goes beyond the bounds is a finding.
    pub(super) fn add(&mut self, row: u32, cell: Cell) -> Result<(), Box<Finding>> {
        let formula_of_nothing = cell.formula && cell.value == Value::Empty;
        let blank = matches!(&cell.value, Value::Text(text) if trimmed(text).is_empty());
        if (cell.value == Value::Empty || blank) && !formula_of_nothing {
            return Ok(());
        }
        let fault = |message: &str, help: &str| {
            let place = self.place(row, cell.column);
            Err(Box::new(Finding::new(
                Code::SheetTooLarge,
                place,
                message,
                help,
            )))
        };
        if row >= MAX_ROWS {
            return fault(
                "the sheet has more than 100000 rows",
                "delete what is not a product, or split the products over several files",
            );
        }
        if cell.column >= MAX_COLUMNS {
            return fault(
                "the sheet has more than 1000 columns",
                "delete the columns that do not belong to a product",
            );
        }
        if matches!(&cell.value, Value::Text(text) if text.chars().count() > MAX_TEXT) {
            return fault(
                "the cell holds more than 32767 characters",
                "put the text into a file of evidence; if it runs over several rows, look for a quotation mark without its partner",
            );
        }
        if self.n_cells >= MAX_CELLS {
            return fault(
                "the sheet has more than 1500000 cells",
                "split the products over several files",
            );
        }
        self.n_cells += 1;
        self.rows.entry(row).or_default().push(cell);
        Ok(())
    }
}

/// Returns the text without blanks at its ends; a space that does not break becomes a plain one.
pub(super) fn trimmed(text: &str) -> String {
    let plain = text
        .replace("\r\n", "\n")
        .replace(['\u{a0}', '\u{202f}'], " ");
    plain.replace('\r', "\n").trim().to_owned()
}

/// Returns row and column of an address, from 0.
pub(super) fn position(address: &str) -> Option<(u32, u32)> {
    let digits = address.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = address.split_at(digits);
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        let n = u32::from(letter.checked_sub(b'A').filter(|n| *n < 26)?) + 1;
        column = column.checked_mul(26)?.checked_add(n)?;
    }
    Some((
        row.parse::<u32>().ok()?.checked_sub(1)?,
        column.checked_sub(1)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::place::address;

    #[test]
    fn addresses_go_both_ways() {
        for (row, column, text) in [
            (0, 0, "A1"),
            (4, 25, "Z5"),
            (9, 26, "AA10"),
            (0, 702, "AAA1"),
        ] {
            assert_eq!(address(row, column), text);
            assert_eq!(position(text), Some((row, column)));
        }
        for text in ["", "A", "1", "A0", "a-1", "AAAAAAAAAAAA1"] {
            assert_eq!(position(text), None, "{text}");
        }
    }

    #[test]
    fn blanks_at_the_ends_go() {
        assert_eq!(trimmed("\u{a0} HX\u{a0}200 \t"), "HX 200");
        assert_eq!(trimmed("a\r\nb\rc"), "a\nb\nc");
    }
}
