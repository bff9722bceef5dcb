//! The sheets of a workbook, with their cells.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::cells::{Cell, Sheet, Value};
use crate::day::{Day, Epoch};
use crate::marks::Marks;
use crate::texts::Texts;
use crate::unread::{At, Unread, Why};
use crate::{number, package};

/// The sheets of a workbook.
#[derive(Default)]
pub struct Workbook {
    /// Those that are shown, in the order of their tabs.
    pub shown: Vec<Sheet>,
    pub hidden: Vec<Sheet>,
    /// Sheets that could not be read, or the file.
    pub unread: Vec<Unread>,
}

/// Reads a workbook. The cells of a sheet are read only if it is wanted.
pub fn workbook(bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Workbook {
    let mut read = Workbook::default();
    let opened = package::inspect(bytes).and_then(|marks| Ok((marks, open(bytes)?)));
    match opened {
        Ok((marks, mut book)) => read.sheets(&mut book, &marks, wanted),
        Err(why) => read.unread.push(Unread { at: At::File, why }),
    }
    read
}

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

fn open(bytes: &[u8]) -> Result<Book<'_>, Why> {
    Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))
}

fn damaged(error: &XlsxError) -> Why {
    Why::Damaged(error.to_string())
}

impl Workbook {
    fn sheets(
        &mut self,
        book: &mut Book,
        marks: &BTreeMap<String, Marks>,
        wanted: impl Fn(&str) -> bool,
    ) {
        let sheets: Vec<_> = book.sheets_metadata().to_vec();
        // Charts and the like have no cells.
        let sheets = sheets.into_iter();
        for found in sheets.filter(|found| found.typ == SheetType::WorkSheet) {
            let mut sheet = Sheet {
                name: Some(found.name.as_str().into()),
                ..Sheet::default()
            };
            let Some(marks) = marks.get(&found.name) else {
                let why = damaged(&XlsxError::WorksheetNotFound(found.name));
                let at = sheet.whole();
                self.unread.push(Unread { at, why });
                continue;
            };
            sheet.hidden.clone_from(&marks.hidden);
            sheet.merged.clone_from(&marks.merged);
            sheet.hidden_columns.clone_from(&marks.hidden_columns);
            if wanted(&found.name)
                && let Err(unread) = cells(book, &mut sheet, &found.name)
            {
                self.unread.push(unread);
            } else if found.visible == SheetVisible::Visible {
                self.shown.push(sheet);
            } else {
                self.hidden.push(sheet);
            }
        }
    }
}

fn cells(book: &mut Book, sheet: &mut Sheet, name: &str) -> Result<(), Unread> {
    let epoch = if book.has_1904_epoch() {
        Epoch::Y1904
    } else {
        Epoch::Y1900
    };
    let mut texts = Texts::default();
    let unread = |sheet: &Sheet, error: &XlsxError| Unread {
        at: sheet.whole(),
        why: damaged(error),
    };
    let mut reader = book
        .worksheet_cells_reader(name)
        .map_err(|error| unread(sheet, &error))?;
    loop {
        // Not expanded: the formula's text is not needed, and its number is not bounded.
        match reader.next_cell_with_formula_metadata() {
            Ok(Some(found)) => {
                let (row, column) = found.pos;
                let cell = Cell {
                    column,
                    value: value(&found.value, epoch, &mut texts),
                    formula: found.formula.is_some(),
                };
                sheet.add(row, cell)?;
            }
            Ok(None) => return Ok(()),
            Err(XlsxError::CellError(text)) => return Err(new_error(sheet, text)),
            Err(error) => return Err(unread(sheet, &error)),
        }
    }
}

/// The reader knows the errors of older releases of Excel, and does not say in which cell it found another.
fn new_error(sheet: &Sheet, text: String) -> Unread {
    let last = sheet.rows.last_key_value();
    let last = last.and_then(|(row, cells)| Some((*row, cells.last()?.column)));
    Unread {
        at: last.map_or_else(|| sheet.whole(), |(row, column)| sheet.cell(row, column)),
        why: Why::NewError(text),
    }
}

fn value(data: &DataRef, epoch: Epoch, texts: &mut Texts) -> Value {
    match data {
        DataRef::Empty => Value::Empty,
        DataRef::String(text) => Value::Text(texts.shared(text)),
        DataRef::SharedString(text) => Value::Text(texts.shared(text)),
        DataRef::Int(number) => Value::Number(number.to_string(), Day::of_serial(*number, epoch)),
        DataRef::Float(number) => number::plain(*number, epoch),
        DataRef::DateTime(moment) if moment.is_duration() => {
            Value::Moment(format!("a duration of {} days", moment.as_f64()))
        }
        DataRef::DateTime(moment) => number::formatted(moment.as_f64(), epoch),
        DataRef::DateTimeIso(text) => {
            let day = text
                .strip_suffix("T00:00:00")
                .or_else(|| text.strip_suffix("T00:00:00.000"))
                .unwrap_or(text);
            day.parse()
                .map_or_else(|_| Value::Moment(text.clone()), Value::Date)
        }
        DataRef::DurationIso(text) => Value::Moment(text.clone()),
        DataRef::Bool(yes) => Value::Bool(*yes),
        DataRef::Error(error) => Value::Error(error.to_string()),
        #[expect(unreachable_patterns, reason = "the reader may learn further kinds")]
        _ => Value::Error("unknown".to_owned()),
    }
}
