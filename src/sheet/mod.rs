//! Rows of a spreadsheet become fields of manifests: one product in a row, one field in a column.
//!
//! Nothing is guessed. What Excel did to a value on its own, such as a date in place of a version, is a
//! finding that names the cell, since what was typed is lost.

mod answers;
mod broken;
mod column_for;
mod columns;
mod dates;
mod day_headings;
mod filter;
mod grid;
mod headings;
mod labels;
mod mapping;
mod notes;
mod refused;
mod rows;
mod suggest;
mod taken;
mod template;
mod unread;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use clspack_workbook::{At, Format, Unread, Why, is_archive, other_format};

pub use column_for::column_for;
pub use mapping::{MAX_BYTES as MAX_MAP_BYTES, Mapping};
pub use suggest::suggest;
pub use template::{FileKind, template, with_row};

use crate::diag::nearest::{nearest, one_of};
use crate::diag::{Cell, Code, Finding, Place, Sheet};
use crate::domain::FieldPath;
use crate::domain::text::shown;
use crate::sheet::grid::{Grid, Workbook};
use crate::sheet::rows::Reader;

/// The largest spreadsheet that is read, in bytes.
pub const MAX_BYTES: u64 = 50 * 1024 * 1024;

/// A row: what it says of each field of a manifest, and in which cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The sheet.
    pub sheet: Sheet,
    /// Its number as a spreadsheet program counts, from 1.
    pub number: u32,
    /// What it says; a field that no cell, default or constant gives is not there.
    pub fields: Vec<Field>,
    /// The fields of which its cells say what cannot be taken; a finding says why.
    pub unread: Vec<FieldPath>,
    /// Its fields are not under their headings, so that nothing is known of it; a finding says why.
    pub broken: bool,
    /// The file of the mapping, from which constants and defaults come.
    pub mapping: Arc<str>,
    /// The family to which the product belongs, by which answers are joined.
    pub family: Option<Arc<str>>,
    /// The sheet of the answers that were joined to it.
    pub answers: Option<Sheet>,
    /// The column of each field, from 0, the same for all rows of a sheet.
    pub columns: Arc<BTreeMap<FieldPath, u32>>,
}

/// One value of a row. A list is one field for each item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The field of the manifest; `extends` names a base manifest.
    pub route: FieldPath,
    /// The text.
    pub text: Arc<str>,
    /// What gives it.
    pub by: GivenBy,
}

/// What gives a value of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GivenBy {
    /// A column, from 0.
    Column(u32),
    /// A line of the mapping, from 1: a constant or a default.
    Mapping(usize),
    /// A cell of the sheet of answers, from 0.
    Answer {
        /// Its row.
        row: u32,
        /// Its column.
        column: u32,
        /// Whether the answer is for a model rather than a family.
        of_model: bool,
    },
}

impl Row {
    /// Returns what gives a field: a cell, or a line of the mapping.
    pub fn place(&self, field: &Field) -> Place {
        match field.by {
            GivenBy::Column(column) => self.cell(column),
            GivenBy::Answer { row, column, .. } => Place::Cell(Cell {
                sheet: self.answers.clone().unwrap_or_default(),
                row,
                column,
            }),
            GivenBy::Mapping(line) => Place::Line {
                file: Arc::clone(&self.mapping),
                line,
                column: None,
            },
        }
    }

    /// Returns its cell in a column.
    pub fn cell(&self, column: u32) -> Place {
        Place::Cell(Cell {
            sheet: self.sheet.clone(),
            row: self.number.saturating_sub(1),
            column,
        })
    }
}

/// What a spreadsheet holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheets {
    /// Its rows, in the order of the sheets and of their rows.
    pub rows: Vec<Row>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

/// Reads a spreadsheet. `name` is the path as the user wrote it.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the bytes are of no use afterwards, and may be many"
)]
pub fn read(name: &str, bytes: Vec<u8>, mapping: &Mapping) -> Sheets {
    let mut reader = Reader::new(mapping);
    if bytes.len() as u64 > MAX_BYTES {
        reader.findings.push(too_large(name));
    } else if let Some(format) = other_format(name, &bytes) {
        reader.findings.push(of_other_format(name, format));
    } else if is_archive(&bytes) {
        workbook(name, &bytes, &mut reader);
    } else {
        comma_separated(name, &bytes, &mut reader);
    }
    if !reader.rows.is_empty() {
        reader.unused();
    }
    Sheets {
        rows: reader.rows,
        findings: reader.findings,
    }
}

/// Returns the finding for a spreadsheet that is larger than is read.
pub fn too_large(name: &str) -> Finding {
    let message = format!("the file is larger than {} MiB", MAX_BYTES / 1024 / 1024);
    let help = "remove pictures and old sheets, or split the products over several files";
    Finding::new(
        Code::SheetTooLarge,
        Place::File(name.to_owned()),
        message,
        help,
    )
}

/// Returns the finding for a file of another format.
fn of_other_format(name: &str, format: Format) -> Finding {
    let (at, why) = (At::File, Why::Format(format));
    refused::finding(&name.into(), Unread { at, why })
}

fn workbook(name: &str, bytes: &[u8], reader: &mut Reader) {
    let only = reader.mapping.sheet.as_deref();
    let mut book = grid::workbook(name, bytes, only);
    let faulty = !book.findings.is_empty();
    reader.findings.append(&mut book.findings);
    let is_answers = |grid: &Grid| answers::is_answers(grid.sheet.name.as_deref());
    let (of_answers, shown) = book.shown.into_iter().partition(is_answers);
    book.shown = shown;
    match only {
        Some(only) => chosen(only, &book, faulty, reader),
        None => all_shown(name, &book, faulty, reader),
    }
    let of_answers: Vec<Grid> = of_answers;
    for grid in &of_answers {
        let Reader {
            rows,
            headings,
            findings,
            ..
        } = reader;
        answers::join(grid, rows, headings, findings);
    }
}

/// Reads the sheet that the mapping chooses, hidden or not.
fn chosen(only: &str, book: &Workbook, faulty: bool, reader: &mut Reader) {
    let names = || book.shown.iter().chain(&book.hidden);
    if let Some(grid) = names().find(|grid| grid.sheet.name.as_deref() == Some(only)) {
        one(grid, reader);
    } else if !faulty {
        let names: Vec<&str> = names()
            .filter_map(|grid| grid.sheet.name.as_deref())
            .collect();
        let help = nearest(only, names.iter().copied()).map_or_else(
            || format!("write {}", one_of(names.iter().copied())),
            |near| format!("write `{near}`"),
        );
        let place = Place::File(reader.mapping.name.clone());
        let message = format!("the workbook has no sheet `{}`", shown(only));
        reader
            .findings
            .push(Finding::new(Code::MappingContradicts, place, message, help));
    }
}

/// Reads every sheet that is shown and has headings, and says which it leaves out.
fn all_shown(name: &str, book: &Workbook, faulty: bool, reader: &mut Reader) {
    let has_headings = |grid: &&Grid, reader: &Reader| reader.heading_row(grid).is_some();
    let (known, unknown): (Vec<_>, Vec<_>) = book
        .shown
        .iter()
        .partition(|grid| has_headings(grid, reader));
    if known.is_empty() && !faulty {
        reader
            .findings
            .push(no_headings(Place::File(name.to_owned())));
    }
    for grid in &known {
        one(grid, reader);
    }
    let is_left_out = |grid: &&&Grid| {
        !grid.rows.is_empty() && grid.sheet.name.as_deref() != Some(template::READ_ME)
    };
    for grid in unknown
        .iter()
        .filter(is_left_out)
        .filter(|_| !known.is_empty())
    {
        let message = "the sheet has no headings of fields and was left out";
        let help = "delete it or hide it if it has no products; otherwise give it the headings of the other sheets";
        reader.findings.push(Finding::new(
            Code::SheetLeftOut,
            grid.whole(),
            message,
            help,
        ));
    }
    // A hidden list of words is no sheet of products, and nobody misses it.
    let hidden = book.hidden.iter().filter(|grid| has_headings(grid, reader));
    let hidden: Vec<String> = hidden
        .filter_map(|grid| grid.sheet.name.as_ref())
        .map(|name| format!("`{name}`"))
        .collect();
    if !hidden.is_empty() {
        let message = format!("hidden sheets were left out: {}", hidden.join(", "));
        let help = "show them if they hold products that are to be read";
        reader.findings.push(Finding::new(
            Code::SheetsHidden,
            Place::File(name.to_owned()),
            message,
            help,
        ));
    }
}

/// Reads one sheet; without headings there is nothing to read it by.
fn one(grid: &Grid, reader: &mut Reader) {
    match reader.heading_row(grid) {
        Some((row, _)) => reader.sheet(grid, row),
        None => reader.findings.push(no_headings(grid.whole())),
    }
}

fn comma_separated(name: &str, bytes: &[u8], reader: &mut Reader) {
    let (whole, broken): (Vec<_>, Vec<_>) = grid::separated(name, bytes)
        .into_iter()
        .partition(Result::is_ok);
    let broken = broken.into_iter().find_map(Result::err);
    // The separator by which the most headings are known; of two alike the comma, which comes first.
    let known = |grid: &Grid| reader.heading_row(grid).map_or(0, |(_, n)| n);
    let whole = whole.into_iter().filter_map(Result::ok).rev();
    let best = whole.max_by_key(known);
    // What cannot be read by one separator is not blamed for having no headings by another.
    let best = match (best, broken) {
        (Some(grid), Some(finding)) if known(&grid) == 0 => Err(Some(finding)),
        (Some(grid), _) => Ok(grid),
        (None, broken) => Err(broken),
    };
    match best {
        Ok(grid) => {
            if let Some(sheet) = &reader.mapping.sheet {
                let place = Place::File(reader.mapping.name.clone());
                let message = format!("a CSV file has no sheet `{}`", shown(sheet));
                reader.findings.push(Finding::new(
                    Code::MappingUnused,
                    place,
                    message,
                    "remove `sheet` from the mapping, or name the workbook",
                ));
            }
            one(&grid, reader);
        }
        Err(Some(finding)) => reader.findings.push(*finding),
        Err(None) => reader
            .findings
            .push(no_headings(Place::File(name.to_owned()))),
    }
}

fn no_headings(place: Place) -> Finding {
    Finding::new(
        Code::SheetWithoutHeadings,
        place,
        "none of the first 20 rows has the names of two fields",
        "give the columns headings such as `Brand`, `Product name` and `Models`, or run `clspack batch --suggest-map` with the file to get a map",
    )
}
