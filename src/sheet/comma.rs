//! CSV files: which character separates, and the fields as cells.

use crate::diag::{Code, Finding, Place};
use crate::sheet::grid::{Cell, Grid, Value};
use crate::sheet::texts::Texts;

/// Reads the text of a CSV file for each character that may separate; the caller knows which one fits.
pub(super) fn grids(name: &str, bytes: &[u8]) -> Result<Vec<Grid>, Vec<Finding>> {
    let text = text(name, bytes).map_err(|finding| vec![*finding])?;
    // Excel writes the separator into a first line of its own when asked to.
    let (told, body) = match text
        .strip_prefix("sep=")
        .and_then(|rest| rest.split_once('\n'))
    {
        Some((told, body)) if told.trim_end_matches('\r').len() == 1 => (told.bytes().next(), body),
        _ => (None, text),
    };
    if body.matches('"').count() % 2 == 1 {
        let message = "the file holds an odd number of quotation marks";
        let help = "save it anew from the spreadsheet program; a text with a quotation mark stands in quotation marks, and the mark is doubled";
        return Err(vec![Finding::new(
            Code::SheetDamaged,
            Place::File(name.to_owned()),
            message,
            help,
        )]);
    }
    let separators = told.map_or_else(|| vec![b',', b';', b'\t'], |told| vec![told]);
    let first_row = u32::from(told.is_some());
    let read = separators
        .into_iter()
        .map(|separator| grid(name, body.as_bytes(), separator, first_row));
    // A file that is broken by one reading may be whole by another.
    let (whole, broken): (Vec<_>, Vec<_>) = read.partition(Result::is_ok);
    let whole: Vec<_> = whole.into_iter().flatten().collect();
    if whole.is_empty() {
        return Err(broken
            .into_iter()
            .filter_map(Result::err)
            .take(1)
            .map(|finding| *finding)
            .collect());
    }
    Ok(whole)
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
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(fault(
            Code::SheetEncoding,
            "the file is stored as UTF-16",
            SAVE,
        ));
    }
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
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
        file: name.to_owned(),
        ..Grid::default()
    };
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
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return Ok(grid),
            Err(_) => {
                let place = grid.place(row, 0);
                return Err(Box::new(Finding::new(
                    Code::SheetDamaged,
                    place,
                    "the row cannot be read",
                    "save the file anew from the spreadsheet program",
                )));
            }
        }
        for (column, field) in (0..).zip(&record) {
            let value = Value::Text(texts.shared(field));
            grid.add(
                row,
                Cell {
                    column,
                    value,
                    formula: false,
                },
            )?;
        }
        row = row.saturating_add(1);
    }
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
