//! The cells of a workbook, by sheet.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::diag::{Code, Finding, Place, Sheet};
use crate::domain::text::shown;
use crate::sheet::answers::is_answers;
use crate::sheet::grid::{Cell, Grid, Value};
use crate::sheet::marks::Marks;
use crate::sheet::number::{self, Epoch};
use crate::sheet::package;
use crate::sheet::texts::Texts;

/// The sheets of a workbook.
#[derive(Default)]
pub(super) struct Workbook {
    /// Those that are shown, in the order of their tabs.
    pub(super) shown: Vec<Grid>,
    /// Those that are hidden.
    pub(super) hidden: Vec<Grid>,
    /// What is wrong.
    pub(super) findings: Vec<Finding>,
}

/// Reads a workbook. `only` is the one sheet that is wanted, if one is.
pub(super) fn read(name: &str, bytes: &[u8], only: Option<&str>) -> Workbook {
    let mut read = Workbook::default();
    let opened = package::inspect(bytes)
        .map_err(|fault| Box::new(fault.into_finding(name)))
        .and_then(|marks| Ok((marks, open(name, bytes)?)));
    match opened {
        Ok((marks, mut book)) => read.sheets(name, &mut book, &marks, only),
        Err(finding) => read.findings.push(*finding),
    }
    read
}

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

fn open<'b>(name: &str, bytes: &'b [u8]) -> Result<Book<'b>, Box<Finding>> {
    Xlsx::new(Cursor::new(bytes))
        .map_err(|error| Box::new(damaged(Place::File(name.to_owned()), &error)))
}

fn damaged(place: Place, error: &XlsxError) -> Finding {
    let message = format!("the workbook cannot be read: {error}");
    let help = "open it in a spreadsheet program and save it again as .xlsx";
    Finding::new(Code::SheetDamaged, place, message, help)
}

impl Workbook {
    fn sheets(
        &mut self,
        name: &str,
        book: &mut Book,
        marks: &BTreeMap<String, Marks>,
        only: Option<&str>,
    ) {
        let file: Arc<str> = name.into();
        let of = |sheet: &str| Sheet {
            file: Arc::clone(&file),
            name: Some(sheet.into()),
        };
        let sheets: Vec<_> = book.sheets_metadata().to_vec();
        for sheet in sheets {
            // Charts and the like have no cells.
            if sheet.typ != SheetType::WorkSheet {
                continue;
            }
            let Some(marks) = marks.get(&sheet.name) else {
                let place = Place::Sheet(of(&sheet.name));
                self.findings
                    .push(damaged(place, &XlsxError::WorksheetNotFound(sheet.name)));
                continue;
            };
            let mut grid = Grid {
                sheet: of(&sheet.name),
                hidden: marks.hidden.clone(),
                merged: marks.merged.clone(),
                hidden_columns: marks.hidden_columns.clone(),
                ..Grid::default()
            };
            let wanted =
                only.is_none_or(|only| only == sheet.name) || is_answers(Some(&sheet.name));
            if wanted && let Err(finding) = cells(book, &mut grid) {
                self.findings.push(*finding);
                continue;
            }
            if sheet.visible == SheetVisible::Visible {
                self.shown.push(grid);
            } else {
                self.hidden.push(grid);
            }
        }
    }
}

fn cells(book: &mut Book, grid: &mut Grid) -> Result<(), Box<Finding>> {
    let epoch = if book.has_1904_epoch() {
        Epoch::Y1904
    } else {
        Epoch::Y1900
    };
    let sheet = grid.sheet.name.clone().unwrap_or_default();
    let mut texts = Texts::default();
    let fault = |grid: &Grid, error: &XlsxError| Box::new(damaged(grid.whole(), error));
    let mut reader = book
        .worksheet_cells_reader(&sheet)
        .map_err(|error| fault(grid, &error))?;
    loop {
        // Not expanded: the formula's text is not needed, and its number is not bounded.
        match reader.next_cell_with_formula_metadata() {
            Ok(Some(cell)) => {
                let (row, column) = cell.pos;
                let value = value(&cell.value, epoch, &mut texts);
                let formula = cell.formula.is_some();
                grid.add(
                    row,
                    Cell {
                        column,
                        value,
                        formula,
                    },
                )?;
            }
            Ok(None) => return Ok(()),
            Err(XlsxError::CellError(text)) => return Err(newer_error(grid, &text)),
            Err(error) => return Err(fault(grid, &error)),
        }
    }
}

/// The reader knows the errors of older releases of Excel, and does not say where it met another.
fn newer_error(grid: &Grid, text: &str) -> Box<Finding> {
    let after = grid
        .rows
        .last_key_value()
        .and_then(|(row, cells)| Some((*row, cells.last()?.column)));
    let place = after.map_or_else(|| grid.whole(), |(row, column)| grid.place(row, column));
    let message = format!("a cell behind this one shows the error `{}`", shown(text));
    let help = "correct its formula, or type the value; the sheet was not read";
    Box::new(Finding::new(Code::CellError, place, message, help))
}

fn value(data: &DataRef, epoch: Epoch, texts: &mut Texts) -> Value {
    match data {
        DataRef::Empty => Value::Empty,
        DataRef::String(text) => Value::Text(texts.shared(text)),
        DataRef::SharedString(text) => Value::Text(texts.shared(text)),
        DataRef::Int(number) => Value::Number(number.to_string(), number::date(*number, epoch)),
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
