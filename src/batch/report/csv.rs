//! `report.csv`: one row for each product.
//!
//! It begins with a byte order mark, since spreadsheet programs read it as UTF-8 only then, and its lines end in CR
//! LF. A text that a spreadsheet would run as a formula (its first character is one of `= + - @`, in ASCII or full
//! width) gets an apostrophe before it; the exact text is in `report.json`.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};

use super::columns::{COLUMNS, Cell};
use super::{ReportWriter, unwritten};
use crate::error::Result;

impl ReportWriter<'_> {
    /// Writes `report.csv`.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn csv(&self, out: &mut dyn Write) -> Result<()> {
        let unwritten = unwritten("report.csv");
        let fault = |error: csv::Error| {
            unwritten(match error.into_kind() {
                csv::ErrorKind::Io(cause) => cause,
                other => io::Error::other(format!("{other:?}")),
            })
        };
        out.write_all("\u{feff}".as_bytes()).map_err(&unwritten)?;
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(out);
        writer
            .write_record(COLUMNS.iter().map(|column| column.name))
            .map_err(fault)?;
        for product in &self.report.products {
            let cells = COLUMNS.iter().map(|column| written((column.cell)(product)));
            let row = writer.write_record(cells);
            row.map_err(fault)?;
        }
        writer.flush().map_err(&unwritten)
    }
}

fn written(cell: Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Path(text) => harmless(text),
        Cell::Number(number) => number.to_string(),
        Cell::Amount(amount) => amount.amount(),
        Cell::Day(day) => day.to_string(),
        Cell::Nothing => String::new(),
    }
}

/// Tabs, line breaks and leading spaces were removed before.
fn harmless(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        format!("'{text}")
    } else {
        text
    }
}
