//! CSV files: which character separates, and the fields as cells.

use crate::diag::{Code, Finding, Place, Sheet};
use crate::domain::text;
use crate::sheet::grid::{Cell, Grid, MAX_ROWS_IN_ALL, MAX_TEXT, Value, Written};
use crate::sheet::texts::Texts;

/// Reads the text of a CSV file for each character that may separate; the caller knows which one fits. A file
/// that is broken by one reading may be whole by another.
pub(super) fn grids(name: &str, bytes: &[u8]) -> Vec<Result<Grid, Box<Finding>>> {
    let text = match text(name, bytes) {
        Ok(text) => text,
        Err(finding) => return vec![Err(finding)],
    };
    // Excel writes the separator into a first line of its own when asked to.
    let (told, body) = match text
        .strip_prefix("sep=")
        .and_then(|rest| rest.split_once('\n'))
    {
        Some((told, body)) if told.trim_end_matches('\r').len() == 1 => (told.bytes().next(), body),
        _ => (None, text),
    };
    if body.matches('"').count() % 2 == 1 {
        let message = "the file has an odd number of quotation marks";
        let help = "save it again from the spreadsheet program; it puts a text with a quotation mark in quotation marks and doubles the mark";
        let place = Place::File(name.to_owned());
        let finding = Finding::new(Code::SheetDamaged, place, message, help);
        return vec![Err(Box::new(finding))];
    }
    let separators = told.map_or_else(|| vec![b',', b';', b'\t'], |told| vec![told]);
    let first_row = u32::from(told.is_some());
    separators
        .into_iter()
        .map(|separator| grid(name, body.as_bytes(), separator, first_row))
        .collect()
}

fn text<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, Box<Finding>> {
    const SAVE: &str = "in Excel choose Save As and the type \u{201c}CSV UTF-8 (Comma delimited)\u{201d}, or save as .xlsx";
    let fault = |code, message: &str, help: &str| {
        Box::new(Finding::new(
            code,
            Place::File(name.to_owned()),
            message,
            help,
        ))
    };
    if text::is_utf_16(bytes) {
        return Err(fault(
            Code::SheetEncoding,
            "the file is stored as UTF-16",
            SAVE,
        ));
    }
    let bytes = text::without_marks(bytes);
    if bytes.contains(&0) {
        let help = "name the `.xlsx` or `.csv` file with the products";
        return Err(fault(
            Code::SheetOfOtherFormat,
            "the file is neither a workbook nor text",
            help,
        ));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        let message = format!("line {line} is not stored as UTF-8");
        fault(Code::SheetEncoding, &message, SAVE)
    })
}

fn grid(name: &str, bytes: &[u8], separator: u8, first_row: u32) -> Result<Grid, Box<Finding>> {
    let mut grid = Grid {
        sheet: Sheet {
            file: name.into(),
            name: None,
        },
        ..Grid::default()
    };
    bounded(&grid, bytes, separator, first_row)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(bytes);
    let mut record = csv::StringRecord::new();
    let mut texts = Texts::default();
    let mut row = first_row;
    loop {
        row = row.saturating_add(n_blank(bytes, reader.position().byte()));
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(grid),
            Err(_) => {
                let place = grid.place(row, 0);
                return Err(Box::new(Finding::new(
                    Code::SheetDamaged,
                    place,
                    "the row cannot be read",
                    "save the file again from the spreadsheet program",
                )));
            }
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let raw = bytes.get(start..end).unwrap_or_default();
        let held = |part: &str| record.iter().any(|field| field.contains(part));
        let written = Written {
            n_fields: u32::try_from(record.len()).unwrap_or(u32::MAX),
            quotes: held("\""),
            escapes: held("\\\"") || ends_in_backslash(raw, separator),
        };
        if record.iter().any(|field| !field.is_empty()) {
            grid.written.insert(row, written);
        }
        for (column, field) in (0..).zip(&record) {
            let (value, formula) = match meant(field) {
                Some(text) => (Value::Text(texts.shared(text)), false),
                None => (Value::Empty, true),
            };
            grid.add(
                row,
                Cell {
                    column,
                    value,
                    formula,
                },
            )?;
        }
        row = row.saturating_add(1);
    }
}

/// Returns what a field says. Programs write `="00123"`, and people `'00123`, so that a spreadsheet program
/// keeps a number as it is; other formulas have no value in a CSV file.
fn meant(field: &str) -> Option<&str> {
    if let Some(formula) = field.trim().strip_prefix('=') {
        let text = formula.strip_prefix('"')?.strip_suffix('"')?;
        return (!text.contains('"')).then_some(text);
    }
    let number = field.strip_prefix('\'').filter(|rest| {
        let is_number = rest.starts_with(|c: char| c.is_ascii_digit() || "+-=.".contains(c));
        is_number && !rest.contains('\'')
    });
    Some(number.unwrap_or(field))
}

/// Returns true if a quotation mark has a backslash before it and its field goes on: some programs write a mark
/// within a text so, and a spreadsheet program ends the text there.
fn ends_in_backslash(raw: &[u8], separator: u8) -> bool {
    let escape = |window: &[u8]| match window {
        [b'\\', b'"', next] => *next != separator && !b"\"\r\n".contains(next),
        _ => false,
    };
    raw.windows(3).any(escape)
}

/// Refuses a row that no spreadsheet program could hold before it is read into memory.
fn bounded(grid: &Grid, bytes: &[u8], separator: u8, first_row: u32) -> Result<(), Box<Finding>> {
    const MAX_FIELDS: u32 = 16_384;
    // A character takes four bytes at the most.
    const MAX_FIELD: usize = MAX_TEXT * 4 + 2;
    let (mut row, mut column, mut size) = (first_row, 0_u32, 0_usize);
    // Within quotation marks, and just after one of them: it ends the text, unless another one follows.
    let (mut quoted, mut after) = (false, false);
    let fault = |row, column, message: &str, help: &str| {
        let place = grid.place(row, column);
        Err(Box::new(Finding::new(
            Code::SheetTooLarge,
            place,
            message,
            help,
        )))
    };
    for byte in bytes {
        size += 1;
        let mark = *byte == b'"';
        (quoted, after) = match (quoted, mark) {
            (true, true) => (false, true),
            (true, false) => (true, false),
            (false, _) => (mark && (size == 1 || after), false),
        };
        if !quoted && *byte == separator {
            (column, size) = (column + 1, 0);
        } else if !quoted && *byte == b'\n' {
            (row, column, size) = (row.saturating_add(1), 0, 0);
        }
        if row >= MAX_ROWS_IN_ALL {
            let help = "delete the empty rows below the products";
            let message = "the file has more than 1048576 rows, empty ones included";
            return fault(row, column, message, help);
        }
        if column > MAX_FIELDS {
            let help = "save the file again from the spreadsheet program";
            return fault(row, column, "the row has more than 16384 fields", help);
        }
        if size > MAX_FIELD {
            let help = "put the text into a file of evidence; if it runs over several rows, look for a quotation mark without its partner";
            return fault(
                row,
                column,
                "the cell holds more than 32767 characters",
                help,
            );
        }
    }
    Ok(())
}

/// The reader passes over empty lines, a spreadsheet counts them.
fn n_blank(bytes: &[u8], from: u64) -> u32 {
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    // The line feed of the record before may still be ahead.
    let ended = from.checked_sub(1).and_then(|last| bytes.get(last)) == Some(&b'\r');
    let from = from.saturating_add(usize::from(ended && bytes.get(from) == Some(&b'\n')));
    let rest = bytes.get(from..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    u32::try_from(blank.filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX)
}
