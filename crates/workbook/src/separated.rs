//! CSV files: the separator, and the fields as cells.

use clspack_words::text::{is_utf_16, without_marks};

use crate::cells::{Cell, MAX_ROWS_IN_ALL, MAX_TEXT, Sheet, Value, Written};
use crate::texts::Texts;
use crate::unread::{At, Unread, Why};

/// The most fields of a row, as many as Excel has columns.
pub const MAX_FIELDS: u32 = 16_384;

/// Reads a CSV file once for each character that may separate fields. The caller knows which reading makes sense; a file
/// that is broken by one may be whole by another.
pub fn separated(bytes: &[u8]) -> Vec<Result<Sheet, Unread>> {
    let text = match text(bytes) {
        Ok(text) => text,
        Err(why) => return vec![Err(of_file(why))],
    };
    // On request, Excel writes the separator into a first line of its own.
    let (stated, body) = match text
        .strip_prefix("sep=")
        .and_then(|rest| rest.split_once('\n'))
    {
        Some((stated, body)) if stated.trim_end_matches('\r').len() == 1 => {
            (stated.bytes().next(), body)
        }
        _ => (None, text),
    };
    if body.matches('"').count() % 2 == 1 {
        return vec![Err(of_file(Why::OddQuotes))];
    }
    let separators = stated.map_or_else(|| vec![b',', b';', b'\t'], |stated| vec![stated]);
    let first_row = u32::from(stated.is_some());
    separators
        .into_iter()
        .map(|separator| sheet(body.as_bytes(), separator, first_row))
        .collect()
}

fn of_file(why: Why) -> Unread {
    Unread { at: At::File, why }
}

fn text(bytes: &[u8]) -> Result<&str, Why> {
    if is_utf_16(bytes) {
        return Err(Why::Utf16);
    }
    let bytes = without_marks(bytes);
    if bytes.contains(&0) {
        return Err(Why::Binary);
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        Why::NotUtf8(before.split(|byte| *byte == b'\n').count())
    })
}

fn sheet(bytes: &[u8], separator: u8, first_row: u32) -> Result<Sheet, Unread> {
    bounded(bytes, separator, first_row)?;
    let mut sheet = Sheet::default();
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
            Ok(false) => return Ok(sheet),
            Err(_) => {
                let at = sheet.cell(row, 0);
                return Err(Unread { at, why: Why::Row });
            }
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let raw = bytes.get(start..end).unwrap_or_default();
        if record.iter().any(|field| !field.is_empty()) {
            sheet.written.insert(row, written(&record, raw, separator));
        }
        for (column, field) in (0..).zip(&record) {
            let (value, formula) = match meant(field) {
                Some(text) => (Value::Text(texts.shared(text)), false),
                None => (Value::Empty, true),
            };
            let cell = Cell {
                column,
                value,
                formula,
            };
            sheet.add(row, cell)?;
        }
        row = row.saturating_add(1);
    }
}

fn written(record: &csv::StringRecord, raw: &[u8], separator: u8) -> Written {
    let contains = |part: &str| record.iter().any(|field| field.contains(part));
    Written {
        n_fields: u32::try_from(record.len()).unwrap_or(u32::MAX),
        quotes: contains("\""),
        escapes: contains("\\\"") || ends_in_backslash(raw, separator),
    }
}

/// Returns the text of a field. Programs write `="00123"`, and people `'00123`, so that a spreadsheet program does not
/// change a number; other formulas have no value in a CSV file.
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

/// Returns true if a quotation mark follows a backslash and its field continues: some programs write a mark within a text
/// so, and a spreadsheet program ends the text there.
fn ends_in_backslash(raw: &[u8], separator: u8) -> bool {
    let escape = |window: &[u8]| match window {
        [b'\\', b'"', next] => *next != separator && !b"\"\r\n".contains(next),
        _ => false,
    };
    raw.windows(3).any(escape)
}

/// Refuses a row that no spreadsheet program can have before it is read into memory.
fn bounded(bytes: &[u8], separator: u8, first_row: u32) -> Result<(), Unread> {
    // A character takes four bytes at the most.
    const MAX_FIELD: usize = MAX_TEXT * 4 + 2;
    let (mut row, mut column, mut size) = (first_row, 0_u32, 0_usize);
    // Within quotation marks, and just after one of them: it ends the text, unless another one follows.
    let (mut quoted, mut after) = (false, false);
    let unread = |row, column, why| {
        let at = At::Cell(None, row, column);
        Err(Unread { at, why })
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
            return unread(row, column, Why::RowsInAll);
        }
        if column > MAX_FIELDS {
            return unread(row, column, Why::Fields);
        }
        if size > MAX_FIELD {
            return unread(row, column, Why::Text);
        }
    }
    Ok(())
}

/// Counts empty lines, which the reader skips and a spreadsheet does not.
fn n_blank(bytes: &[u8], from: u64) -> u32 {
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    // The line feed of the record before may still be ahead.
    let ended = from.checked_sub(1).and_then(|last| bytes.get(last)) == Some(&b'\r');
    let from = from.saturating_add(usize::from(ended && bytes.get(from) == Some(&b'\n')));
    let rest = bytes.get(from..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    u32::try_from(blank.filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX)
}
