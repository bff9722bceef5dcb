//! A sheet into rows: what each cell says of its field.

use std::collections::BTreeSet;
use std::sync::Arc;

use clspack_workbook::Texts;

use crate::diag::place::letters;
use crate::diag::{Code, Finding};
use crate::domain::{FieldPath, field};
use crate::sheet::columns::Columns;
use crate::sheet::filter::{Filter, written};
use crate::sheet::grid::{Cell, Grid, Value};
use crate::sheet::headings::{Headings, Target};
use crate::sheet::labels::{self, Sides};
use crate::sheet::notes::Notes;
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
        let notes = Notes::of(&columns.fields);
        let (mut filter, unknown) = Filter::new(self.mapping, grid, heading_row, notes);
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
                None if self.row(grid, *row, cells, &mut columns) => {}
                None => filter.fills_nothing(*row, cells),
            }
        }
        self.findings.extend(filter.finding(grid));
        self.formulas(grid, &columns);
        self.lists(grid, &columns);
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

    /// Reads a row; returns false for one that fills no field.
    fn row(&mut self, grid: &Grid, row: u32, cells: &[Cell], columns: &mut Columns) -> bool {
        let mut fields = Vec::new();
        let mut told: Vec<FieldPath> = Vec::new();
        let mut unread = Vec::new();
        let mut counted = BTreeSet::new();
        let confirmed = self.confirmed(cells, columns);
        let targets_of = |cell: &Cell| columns.fields.get(&cell.column).into_iter().flatten();
        let said_of = |cell| targets_of(cell).map(move |target| (cell, target));
        for (cell, target) in cells.iter().flat_map(said_of) {
            told.push(target.route.clone());
            match said(grid, row, cell, target, self.mapping) {
                Ok(None) => drop(told.pop()),
                Ok(Some(texts)) => {
                    let (texts, list) = values::listed(target, texts, &confirmed);
                    // A column for several fields is counted once.
                    if counted.insert(cell.column) {
                        columns.taken.note(row, (cell, target), list, self.mapping);
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
            return false;
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
        true
    }

    /// Returns the texts that the row or the mapping says are right as they are.
    fn confirmed(&self, cells: &[Cell], columns: &Columns) -> BTreeSet<String> {
        let is_it = |target: &Target| target.route == field!(confirmed);
        let of_map = self.mapping.constants.iter().chain(&self.mapping.defaults);
        let of_map = of_map.filter(|one| is_it(&one.target));
        let mut texts: BTreeSet<String> = of_map.flat_map(|one| one.texts.clone()).collect();
        for cell in cells {
            let mut targets = columns.fields.get(&cell.column).into_iter().flatten();
            if let Some(target) = targets.find(|target| is_it(target))
                && let Some(text) = written(&cell.value)
            {
                texts.extend(values::items(target, &text));
            }
        }
        texts
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
        columns
            .taken
            .formulas
            .entry(cell.column)
            .or_insert((row, 0))
            .1 += 1;
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
