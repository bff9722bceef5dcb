//! `report.csv`: one row for each product; the one file that names the crate.
//!
//! It opens with a byte order mark, since a spreadsheet program takes it for UTF-8 only then, and its
//! lines end in CR LF. A text that a spreadsheet would run as a formula (its first character is one of
//! `= + - @`, in ASCII or full width) has an apostrophe put before it: whoever needs the exact text
//! reads `report.json`.

use csv::{Terminator, WriterBuilder};

use super::Report;
use super::columns::{COLUMNS, Cell};
use crate::error::{Error, Result};

impl Report {
    /// Returns `report.csv`.
    ///
    /// # Errors
    /// The writer fails, which in memory it does not.
    pub fn to_csv(&self) -> Result<Vec<u8>> {
        let fault = |error: csv::Error| Error::Document(format!("report.csv: {error}"));
        let bytes = "\u{feff}".as_bytes().to_vec();
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(bytes);
        writer
            .write_record(COLUMNS.iter().map(|column| column.name))
            .map_err(fault)?;
        for product in &self.products {
            let cells = COLUMNS.iter().map(|column| written((column.cell)(product)));
            writer.write_record(cells).map_err(fault)?;
        }
        writer
            .into_inner()
            .map_err(|error| Error::Document(format!("report.csv: {error}")))
    }
}

fn written(cell: Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Path(text) => harmless(text),
        Cell::Number(number) => number.to_string(),
        Cell::Amount(amount) => amount.decimal(),
        Cell::Day(day) => day.to_string(),
        Cell::Nothing => String::new(),
    }
}

/// Tabs, line breaks and leading spaces are gone by now.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text
    }
}
