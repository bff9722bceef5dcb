//! A sheet into rows: what each cell says of its field.

use std::collections::BTreeSet;
use std::sync::Arc;

use clspack_workbook::Texts;

use crate::diag::place::letters;
use crate::diag::{Code, Finding};
use crate::domain::FieldPath;
use crate::domain::text::shown;
use crate::sheet::columns::Columns;
use crate::sheet::filter::{Filter, written};
use crate::sheet::grid::{Cell, Grid, Value};
use crate::sheet::headings::{Headings, Target};
use crate::sheet::labels::{self, Sides};
use crate::sheet::{Field, GivenBy, Mapping, Row, broken, values};

/// From how many faulty cells on the rest of a sheet is not read.
const MAX_FINDINGS: usize = 20_000;

/// Reads sheets by headings and a mapping.
pub(super) struct Reader<'m> {
    pub(super) mapping: &'m Mapping,
    pub(super) headings: Headings,
    pub(super) rows: Vec<Row>,
    texts: Texts,
    pub(super) findings: Vec<Finding>,
    /// Headings of the mapping that a sheet had.
    pub(super) used: Vec<String>,
}

impl<'m> Reader<'m> {
    pub(super) fn new(mapping: &'m Mapping) -> Self {
        Self {
            mapping,
            headings: Headings::new(),
            rows: Vec::new(),
            texts: Texts::default(),
            findings: Vec::new(),
            used: Vec::new(),
        }
    }

    /// Reads a sheet whose headings are in this row.
    pub(super) fn sheet(&mut self, grid: &Grid, heading_row: u32) {
        let broken = broken::rows(grid, heading_row);
        let mut columns = self.columns(grid, heading_row, &broken);
        self.merged(grid, &columns);
        self.hidden(grid, heading_row);
        self.hidden_columns(grid, &columns);
        let below = grid
            .rows
            .range(heading_row + 1..)
            .filter(|(row, _)| !grid.hidden.contains(row));
        let (mut filter, unknown) = Filter::new(self.mapping, grid, heading_row);
        self.findings.extend(unknown);
        let n_before = self.findings.len();
        for (row, cells) in below {
            if self.findings.len() - n_before > MAX_FINDINGS {
                self.findings.push(too_many(grid, *row));
                break;
            }
            if !filter.takes(*row, cells) {
                continue;
            }
            match broken.get(row) {
                Some(finding) => self.broken(grid, *row, finding, &columns),
                None => self.row(grid, *row, cells, &mut columns),
            }
        }
        self.findings.extend(filter.finding(grid));
        self.formulas(grid, &columns);
        self.days(grid, &columns);
        self.numbers(grid, &columns);
    }

    fn hidden(&mut self, grid: &Grid, heading_row: u32) {
        let hidden = grid
            .rows
            .range(heading_row + 1..)
            .filter(|(row, _)| grid.hidden.contains(row));
        let rows: Vec<u32> = hidden.map(|(row, _)| row + 1).collect();
        if rows.is_empty() {
            return;
        }
        let message = match rows.as_slice() {
            [one] => format!("row {one} is hidden and was left out"),
            many => format!(
                "{} rows are hidden and were left out: {}",
                many.len(),
                runs(many)
            ),
        };
        let help = "show them, or clear the filter, if they are to be read";
        self.findings
            .push(Finding::new(Code::RowsHidden, grid.whole(), message, help));
    }

    /// One warning for all columns that are not shown: what they hold is read, and may be old.
    fn hidden_columns(&mut self, grid: &Grid, columns: &Columns) {
        let is_hidden = |column: &u32| {
            let mut runs = grid.hidden_columns.iter();
            runs.any(|(first, last)| (first..=last).contains(&column))
        };
        let hidden: Vec<String> = columns
            .fields
            .keys()
            .copied()
            .filter(is_hidden)
            .map(letters)
            .collect();
        if hidden.is_empty() {
            return;
        }
        let message = format!("hidden columns were read, too: {}", hidden.join(", "));
        let help = "show them and look at what they say, or delete them";
        self.findings.push(Finding::new(
            Code::ColumnsHidden,
            grid.whole(),
            message,
            help,
        ));
    }

    /// A row whose fields are not under their headings is a product all the same, of which nothing is known.
    fn broken(&mut self, grid: &Grid, row: u32, finding: &Finding, columns: &Columns) {
        self.findings.push(finding.clone());
        self.rows.push(Row {
            sheet: grid.sheet.clone(),
            number: row + 1,
            fields: Vec::new(),
            unread: Vec::new(),
            broken: true,
            family: None,
            answers: None,
            mapping: self.texts.shared(&self.mapping.name),
            columns: Arc::clone(&columns.by_field),
        });
    }

    fn row(&mut self, grid: &Grid, row: u32, cells: &[Cell], columns: &mut Columns) {
        let mut fields = Vec::new();
        let mut told: Vec<FieldPath> = Vec::new();
        let mut unread = Vec::new();
        let mut counted = BTreeSet::new();
        let targets_of = |cell: &Cell| columns.fields.get(&cell.column).into_iter().flatten();
        let said_of = |cell| targets_of(cell).map(move |target| (cell, target));
        for (cell, target) in cells.iter().flat_map(said_of) {
            told.push(target.route.clone());
            match said(grid, row, cell, target, self.mapping) {
                Ok(None) => drop(told.pop()),
                Ok(Some(texts)) => {
                    let is_number = matches!(cell.value, Value::Number(..));
                    if counted.insert(cell.column) && is_number && values::is_exact(target) {
                        columns.numbers.entry(cell.column).or_insert((row, 0)).1 += 1;
                    }
                    if let Some(day) = values::other_notation(target, &cell.value, self.mapping) {
                        let first = || (row, 0, day);
                        columns.days.entry(cell.column).or_insert_with(first).1 += 1;
                    }
                    let by = GivenBy::Column(cell.column);
                    push(&mut self.texts, &mut fields, target, &texts, by);
                }
                Err(finding) => {
                    unread.push(target.route.clone());
                    // A cell for several fields is complained of once.
                    if self.findings.last() != Some(&finding) {
                        self.findings.push(*finding);
                    }
                }
            }
        }
        count_formulas(cells, &fields, row, columns);
        if fields.is_empty() && unread.is_empty() {
            return;
        }
        let added = self.mapping.defaults.iter().chain(&self.mapping.constants);
        for one in added.filter(|one| !told.contains(&one.target.route)) {
            let by = GivenBy::Mapping(one.line);
            push(&mut self.texts, &mut fields, &one.target, &one.texts, by);
        }
        let sides = Sides {
            by_field: &columns.by_field,
            fields: &columns.fields,
        };
        let settled = labels::settle(&mut fields, &unread, &sides);
        self.unnamed_label(grid, row, &settled.orphans);
        let family = self.family(cells, columns.family);
        fields.shrink_to_fit();
        self.rows.push(Row {
            sheet: grid.sheet.clone(),
            number: row + 1,
            fields,
            unread,
            broken: false,
            family,
            answers: None,
            mapping: self.texts.shared(&self.mapping.name),
            columns: settled.columns,
        });
    }

    fn family(&mut self, cells: &[Cell], column: Option<u32>) -> Option<Arc<str>> {
        let mut cells = cells.iter();
        let cell = cells.find(|cell| Some(cell.column) == column)?;
        written(&cell.value).map(|family| self.texts.shared(&family))
    }

    /// A cell that belongs to no label would be left out in silence.
    fn unnamed_label(&mut self, grid: &Grid, row: u32, columns: &[u32]) {
        let Some(first) = columns.first() else { return };
        let message = "the cell belongs to a label whose scheme and number are empty";
        let help = "fill in the scheme and number of the label, or empty the cell";
        let place = grid.place(row, *first);
        self.findings
            .push(Finding::new(Code::LabelUnnamed, place, message, help));
    }

    /// One warning for a column whose numbers the mapping takes as texts.
    fn numbers(&mut self, grid: &Grid, columns: &Columns) {
        for (column, (row, n)) in &columns.numbers {
            let cells = if *n == 1 {
                "the number was".to_owned()
            } else {
                format!("{n} numbers in column {} were", letters(*column))
            };
            let message = format!("{cells} read as text, since the map says `numbers: text`");
            let help = "compare the texts with the type labels";
            self.findings.push(
                Finding::new(Code::NumbersRead, grid.place(*row, *column), message, help)
                    .because("Excel stores 1.10 as 1.1 and 007 as 7"),
            );
        }
    }

    /// One warning for a column: sixty computed names are one thing to know, not sixty.
    /// As in a manifest, a day in another notation is reported, here once for a column.
    fn days(&mut self, grid: &Grid, columns: &Columns) {
        for (column, (row, n, (written, day))) in &columns.days {
            let others = match n - 1 {
                0 => String::new(),
                1 => format!(
                    "; one more day in column {} is in another notation",
                    letters(*column)
                ),
                n => format!(
                    "; {n} more days in column {} are in another notation",
                    letters(*column)
                ),
            };
            let message = format!("`{}` is read as `{day}`{others}", shown(written));
            let help = format!("write {day}, or say in `dates` of the map how days are written");
            let place = grid.place(*row, *column);
            self.findings
                .push(Finding::new(Code::DateTaken, place, message, help));
        }
    }

    fn formulas(&mut self, grid: &Grid, columns: &Columns) {
        for (column, (row, n)) in &columns.formulas {
            let message = if *n == 1 {
                "the cell has a formula; its last saved value was used".to_owned()
            } else {
                format!(
                    "the cell and {} more in column {} have formulas; their last saved values were used",
                    n - 1,
                    letters(*column)
                )
            };
            let help = "open the file, let it compute, and save it again if the values may be old";
            self.findings.push(Finding::new(
                Code::FormulaTaken,
                grid.place(*row, *column),
                message,
                help,
            ));
        }
    }
}

/// Returns the finding for a sheet of which the rest is not read: it blocks every row of the sheet.
fn too_many(grid: &Grid, row: u32) -> Finding {
    let message = format!(
        "more than {MAX_FINDINGS} cells cannot be taken; row {} and what is below it were not read",
        row + 1
    );
    let help = "correct the columns that the first findings name, and run it again";
    Finding::new(Code::SheetTooLarge, grid.whole(), message, help)
}

/// Counts the formulas that gave a field, by their columns.
fn count_formulas(cells: &[Cell], fields: &[Field], row: u32, columns: &mut Columns) {
    let is_taken = |cell: &&Cell| {
        let by = GivenBy::Column(cell.column);
        cell.formula && fields.iter().any(|field| field.by == by)
    };
    for cell in cells.iter().filter(is_taken) {
        columns.formulas.entry(cell.column).or_insert((row, 0)).1 += 1;
    }
}

/// Returns what a cell says of its field, item by item.
fn said(
    grid: &Grid,
    row: u32,
    cell: &Cell,
    target: &Target,
    mapping: &Mapping,
) -> Result<Option<Vec<String>>, Box<Finding>> {
    let place = grid.place(row, cell.column);
    if cell.formula && cell.value == Value::Empty {
        let message = "the cell has a formula without a value";
        let help = "open the file in a spreadsheet program, let it compute, and save it";
        return Err(Box::new(Finding::new(
            Code::FormulaWithoutValue,
            place,
            message,
            help,
        )));
    }
    match values::mapped(target, &cell.value, mapping) {
        Ok(text) => Ok(text
            .map(|text| values::meant(target, &text, mapping))
            .filter(|texts| !texts.is_empty())),
        Err(fault) => {
            let mut finding = Finding::new(fault.code, place, fault.message, fault.help);
            finding.note = fault.note.map(str::to_owned);
            Err(Box::new(finding))
        }
    }
}

fn push(
    shared: &mut Texts,
    fields: &mut Vec<Field>,
    target: &Target,
    texts: &[String],
    by: GivenBy,
) {
    for (i, text) in texts.iter().enumerate() {
        let route = if target.list {
            target.route.index(i)
        } else {
            target.route.clone()
        };
        fields.push(Field {
            route,
            text: shared.shared(text),
            by,
        });
    }
}

/// Returns `3, 5 to 7`.
pub(super) fn runs(rows: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => runs.push((*row, *row)),
        }
    }
    let shown = |(first, last): &(u32, u32)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first} to {last}")
        }
    };
    let mut texts: Vec<String> = runs.iter().take(10).map(shown).collect();
    if runs.len() > 10 {
        texts.push("…".to_owned());
    }
    texts.join(", ")
}
