//! A sheet into rows: which row holds the headings, which column is which field, what each cell says.

use std::collections::BTreeMap;

use crate::diag::nearest::nearest;
use crate::diag::{Code, Finding, Place};
use crate::domain::text::shown;
use crate::sheet::grid::{Cell, Grid, Value, address, letters, trimmed};
use crate::sheet::headings::{Headings, Target, alike};
use crate::sheet::{Field, Mapping, Row, values};

/// Among how many rows the headings are looked for; a title often stands above them.
const HEADING_ROWS: u32 = 20;

/// How many known headings make a row the one with the headings.
const FEWEST_KNOWN: usize = 2;

/// Reads sheets by headings and a mapping.
pub(super) struct Reader<'m> {
    pub(super) mapping: &'m Mapping,
    pub(super) headings: Headings,
    pub(super) rows: Vec<Row>,
    pub(super) findings: Vec<Finding>,
    /// Headings of the mapping that a sheet had.
    used: Vec<String>,
}

/// What a heading stands for.
enum Meaning {
    /// A field.
    Field(Target),
    /// Nothing, by the word of the mapping.
    Ignored,
}

/// The columns of one sheet.
struct Columns {
    /// The row of the headings.
    row: u32,
    /// By column.
    fields: BTreeMap<u32, Target>,
    /// Computed cells by column: the first, and how many.
    formulas: BTreeMap<u32, (u32, usize)>,
}

impl<'m> Reader<'m> {
    pub(super) fn new(mapping: &'m Mapping) -> Self {
        Self {
            mapping,
            headings: Headings::new(),
            rows: Vec::new(),
            findings: Vec::new(),
            used: Vec::new(),
        }
    }

    /// Returns the row of the headings and how many it knows: the first with two known ones.
    pub(super) fn heading_row(&self, grid: &Grid) -> Option<(u32, usize)> {
        let n_known = |cells: &Vec<Cell>| {
            let texts = cells.iter().filter_map(|cell| heading_text(&cell.value));
            texts.filter(|text| self.target(text).is_some()).count()
        };
        let top = grid
            .rows
            .range(..HEADING_ROWS)
            .filter(|(row, _)| !grid.hidden.contains(row));
        top.map(|(row, cells)| (*row, n_known(cells)))
            .find(|(_, n)| *n >= FEWEST_KNOWN)
    }

    /// Returns what a heading stands for, if it is known.
    fn target(&self, heading: &str) -> Option<Meaning> {
        match self.mapping.column(heading) {
            Some(told) => Some(told.clone().map_or(Meaning::Ignored, Meaning::Field)),
            None => self.headings.find(heading).map(Meaning::Field),
        }
    }

    /// Reads a sheet whose headings stand in this row.
    pub(super) fn sheet(&mut self, grid: &Grid, heading_row: u32) {
        let mut columns = self.columns(grid, heading_row);
        self.merged(grid, &columns);
        self.hidden(grid, heading_row);
        let below = grid
            .rows
            .range(heading_row + 1..)
            .filter(|(row, _)| !grid.hidden.contains(row));
        for (row, cells) in below {
            self.row(grid, *row, cells, &mut columns);
        }
        self.formulas(grid, &columns);
    }

    fn columns(&mut self, grid: &Grid, row: u32) -> Columns {
        let mut fields: BTreeMap<u32, Target> = BTreeMap::new();
        let mut named = std::collections::BTreeSet::new();
        for cell in grid.rows.get(&row).into_iter().flatten() {
            named.insert(cell.column);
            let Some(heading) = heading_text(&cell.value) else {
                self.unknown(grid, row, cell);
                continue;
            };
            self.used.push(heading.clone());
            let Some(told) = self.target(&heading) else {
                self.unknown(grid, row, cell);
                continue;
            };
            let Meaning::Field(target) = told else {
                continue;
            };
            let same = fields.iter().find(|(_, other)| other.route == target.route);
            if let Some((first, _)) = same {
                let message = format!(
                    "`{}` is a second column for `{}`",
                    shown(&heading),
                    target.route
                );
                let first = grid.place(row, *first);
                self.findings.push(
                    Finding::new(
                        Code::ColumnTwice,
                        grid.place(row, cell.column),
                        message,
                        "keep one column, or leave the other out with `--map`",
                    )
                    .and_at(first, "the first column"),
                );
                continue;
            }
            self.told_twice(grid, row, cell.column, &target);
            fields.insert(cell.column, target);
        }
        self.unnamed(grid, row, &named);
        Columns {
            row,
            fields,
            formulas: BTreeMap::new(),
        }
    }

    fn told_twice(&mut self, grid: &Grid, row: u32, column: u32, target: &Target) {
        if self
            .mapping
            .constants
            .iter()
            .any(|(constant, _)| constant.route == target.route)
        {
            let message = format!(
                "the column fills `{}`, which the mapping gives to every row",
                target.route
            );
            let help = "remove it from `constants`, or leave the column out with `ignore`";
            self.findings.push(Finding::new(
                Code::MappingContradicts,
                grid.place(row, column),
                message,
                help,
            ));
        }
    }

    fn unknown(&mut self, grid: &Grid, row: u32, cell: &Cell) {
        let place = grid.place(row, cell.column);
        let finding = match &cell.value {
            Value::Date(day) => Finding::new(
                Code::UnknownColumn,
                place,
                format!("the heading is the date {day}"),
                "format the row of the headings as text and type the heading again; Excel takes 6-1 for a day",
            ),
            value => {
                let text = heading_text(value).unwrap_or_default();
                let message = format!("no field is called `{}`", shown(&text));
                Finding::new(
                    Code::UnknownColumn,
                    place,
                    message,
                    self.headings.help(&text),
                )
            }
        };
        self.findings.push(finding);
    }

    /// Cells below no heading would be left out in silence.
    fn unnamed(&mut self, grid: &Grid, heading_row: u32, named: &std::collections::BTreeSet<u32>) {
        let mut seen = named.clone();
        for (row, cells) in grid.rows.range(heading_row + 1..) {
            for cell in cells {
                if !grid.hidden.contains(row) && seen.insert(cell.column) {
                    let message =
                        format!("column {} has cells and no heading", letters(cell.column));
                    let help = format!(
                        "write a heading into {}, or delete the cells",
                        address(heading_row, cell.column)
                    );
                    self.findings.push(Finding::new(
                        Code::UnknownColumn,
                        grid.place(*row, cell.column),
                        message,
                        help,
                    ));
                }
            }
        }
    }

    fn merged(&mut self, grid: &Grid, columns: &Columns) {
        for range in &grid.merged {
            let ((top, left), (bottom, right)) = (range.first, range.last);
            let known = columns
                .fields
                .range(left..=right.max(left))
                .next()
                .is_some();
            if bottom < columns.row
                || !known
                || (top..=bottom).all(|row| grid.hidden.contains(&row))
            {
                continue;
            }
            let cells = format!("{}:{}", address(top, left), address(bottom, right));
            let message = format!("the cells {cells} are merged");
            let help = "unmerge them and write the value into each cell that it is for";
            self.findings.push(
                Finding::new(Code::CellsMerged, grid.place(top, left), message, help)
                    .because("a merged value counts for its first cell alone; the other rows or columns would go without"),
            );
        }
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

    fn row(&mut self, grid: &Grid, row: u32, cells: &[Cell], columns: &mut Columns) {
        let mut fields = Vec::new();
        let mut told: Vec<String> = Vec::new();
        let mut faulty = false;
        for cell in cells {
            let Some(target) = columns.fields.get(&cell.column) else {
                continue;
            };
            told.push(target.route.clone());
            match said(grid, row, cell, target) {
                Ok(None) => drop(told.pop()),
                Ok(Some(texts)) => {
                    push(&mut fields, target, &texts, &address(row, cell.column));
                    if cell.formula {
                        columns.formulas.entry(cell.column).or_insert((row, 0)).1 += 1;
                    }
                }
                Err(finding) => {
                    faulty = true;
                    self.findings.push(*finding);
                }
            }
        }
        if fields.is_empty() && !faulty {
            return;
        }
        for (target, texts) in self
            .mapping
            .defaults
            .iter()
            .filter(|(target, _)| !told.contains(&target.route))
        {
            push(&mut fields, target, texts, "");
        }
        for (target, texts) in self
            .mapping
            .constants
            .iter()
            .filter(|(target, _)| !told.contains(&target.route))
        {
            push(&mut fields, target, texts, "");
        }
        self.rows.push(Row {
            sheet: grid.sheet.clone(),
            number: row + 1,
            fields,
        });
    }

    /// One warning for a column: sixty computed names are one thing to know, not sixty.
    fn formulas(&mut self, grid: &Grid, columns: &Columns) {
        for (column, (row, n)) in &columns.formulas {
            let message = if *n == 1 {
                "the cell holds a formula; the value that it last had was taken".to_owned()
            } else {
                format!(
                    "the cell and {} more in column {} hold formulas; the values that they last had were taken",
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

    /// Headings of the mapping that no sheet has.
    pub(super) fn unused(&mut self) {
        let mapping = self.mapping;
        for (heading, _) in &mapping.columns {
            if self.used.iter().any(|used| alike(used, heading)) {
                continue;
            }
            let message = format!("no column is headed `{}`", shown(heading));
            let help = nearest(heading, self.used.iter().map(String::as_str)).map_or_else(
                || "remove it from `columns`, or correct it".to_owned(),
                |near| format!("write `{near}`"),
            );
            let place = Place::File(mapping.name.clone());
            self.findings
                .push(Finding::new(Code::MappingUnused, place, message, help));
        }
    }
}

/// Returns what a cell says of its field, item by item.
fn said(
    grid: &Grid,
    row: u32,
    cell: &Cell,
    target: &Target,
) -> Result<Option<Vec<String>>, Box<Finding>> {
    let place = grid.place(row, cell.column);
    if cell.formula && cell.value == Value::Empty {
        let message = "the cell holds a formula without a value";
        let help = "open the file in a spreadsheet program, let it compute, and save it";
        return Err(Box::new(Finding::new(
            Code::FormulaWithoutValue,
            place,
            message,
            help,
        )));
    }
    match values::text(target, &cell.value) {
        Ok(text) => Ok(text
            .map(|text| values::items(target, &text))
            .filter(|texts| !texts.is_empty())),
        Err(fault) => {
            let mut finding = Finding::new(fault.code, place, fault.message, fault.help);
            finding.note = fault.note.map(str::to_owned);
            Err(Box::new(finding))
        }
    }
}

fn push(fields: &mut Vec<Field>, target: &Target, texts: &[String], cell: &str) {
    for (i, text) in texts.iter().enumerate() {
        let route = if target.list {
            format!("{}[{i}]", target.route)
        } else {
            target.route.clone()
        };
        fields.push(Field {
            route,
            text: text.clone(),
            cell: cell.to_owned(),
        });
    }
}

fn heading_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(trimmed(text).replace('\n', " ")).filter(|text| !text.is_empty()),
        Value::Number(digits, _) => Some(digits.clone()),
        _ => None,
    }
}

/// Returns `3, 5 to 7`.
fn runs(rows: &[u32]) -> String {
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
