//! Cells as a spreadsheet stores them: workbooks and CSV files both become this.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::day::Day;
use crate::unread::{At, Unread, Why};

/// The most rows of a sheet that are read.
pub const MAX_ROWS: u32 = 100_000;
/// The most rows of a sheet, empty ones included, as Excel has them.
pub const MAX_ROWS_IN_ALL: u32 = 1_048_576;
/// The most columns of a sheet that are read.
pub const MAX_COLUMNS: u32 = 1_000;
/// The most cells of a sheet that are read.
pub const MAX_CELLS: usize = 1_500_000;
/// The longest text that a cell of Excel holds, in characters.
pub const MAX_TEXT: usize = 32_767;

/// The content of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Empty,
    Text(Arc<str>),
    /// A number: its digits, and the day that it is as a date.
    Number(String, Option<Day>),
    Date(Day),
    /// A day with a time, or a time alone, as it is shown.
    Moment(String),
    /// A truth value of the spreadsheet.
    Bool(bool),
    /// A calculation that failed, `#N/A`.
    Error(String),
}

/// A cell with content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its column, from 0.
    pub column: u32,
    pub value: Value,
    /// Whether it has a formula.
    pub formula: bool,
}

/// A range of merged cells: row and column of the first and of the last, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub first: (u32, u32),
    pub last: (u32, u32),
}

/// A sheet of a workbook, or a CSV file.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The name on its tab; a CSV file has none.
    pub name: Option<Arc<str>>,
    /// The cells that are not empty, by row, from 0.
    pub rows: BTreeMap<u32, Vec<Cell>>,
    /// Rows that are not shown, from 0.
    pub hidden: BTreeSet<u32>,
    pub merged: Vec<Range>,
    /// Columns that are not shown, the first and the last of each run, from 0.
    pub hidden_columns: Vec<(u32, u32)>,
    /// How the rows of a CSV file are written, from 0.
    pub written: BTreeMap<u32, Written>,
    pub(crate) n_cells: usize,
}

/// How a row is written in a CSV file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// How many fields it has, empty ones included.
    pub n_fields: u32,
    /// One of its texts contains a quotation mark.
    pub quotes: bool,
    /// A quotation mark in it has a backslash before it.
    pub escapes: bool,
}

impl Sheet {
    pub(crate) fn cell(&self, row: u32, column: u32) -> At {
        At::Cell(self.name.clone(), row, column)
    }

    pub(crate) fn whole(&self) -> At {
        At::Sheet(self.name.clone())
    }

    /// Adds a cell, unless it is empty.
    pub(crate) fn add(&mut self, row: u32, cell: Cell) -> Result<(), Unread> {
        let formula_of_nothing = cell.formula && cell.value == Value::Empty;
        let blank = matches!(&cell.value, Value::Text(text) if trimmed(text).is_empty());
        if (cell.value == Value::Empty || blank) && !formula_of_nothing {
            return Ok(());
        }
        let bounds = [
            (row >= MAX_ROWS, Why::Rows),
            (cell.column >= MAX_COLUMNS, Why::Columns),
            (is_too_long(&cell.value), Why::Text),
            (self.n_cells >= MAX_CELLS, Why::Cells),
        ];
        if let Some((_, why)) = bounds.into_iter().find(|(is_past, _)| *is_past) {
            let at = self.cell(row, cell.column);
            return Err(Unread { at, why });
        }
        self.n_cells += 1;
        self.rows.entry(row).or_default().push(cell);
        Ok(())
    }
}

fn is_too_long(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.chars().count() > MAX_TEXT)
}

/// Returns the text without blanks at its ends; non-breaking spaces become plain ones.
pub fn trimmed(text: &str) -> String {
    let plain = text
        .replace("\r\n", "\n")
        .replace(['\u{a0}', '\u{202f}'], " ");
    plain.replace('\r', "\n").trim().to_owned()
}

/// Returns row and column of an address, from 0.
pub(crate) fn position(address: &str) -> Option<(u32, u32)> {
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

    #[test]
    fn addresses_are_positions() {
        for (text, row, column) in [
            ("A1", 0, 0),
            ("Z5", 4, 25),
            ("aa10", 9, 26),
            ("AAA1", 0, 702),
        ] {
            assert_eq!(position(text), Some((row, column)), "{text}");
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
