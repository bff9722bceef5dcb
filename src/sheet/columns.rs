//! Which row of a sheet holds the headings, which column is which field, and what is wrong with them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diag::nearest::nearest;
use crate::diag::place::address;
use crate::diag::{Code, Finding, Place};
use crate::domain::FieldPath;
use crate::domain::text::shown;
use crate::sheet::filter::is_total;
use crate::sheet::grid::{Cell, Grid, Value, trimmed};
use crate::sheet::headings::{Target, alike};
use crate::sheet::notes::Notes;
use crate::sheet::rows::Reader;
use crate::sheet::taken::Taken;
use crate::sheet::{dates, day_headings, unread};

/// Among how many rows the headings are looked for; a title is often above them.
const HEADING_ROWS: u32 = 20;

/// How many known headings make a row the one with the headings.
const FEWEST_KNOWN: usize = 2;

/// How many merged ranges of a sheet are reported one by one.
const MAX_MERGED_SAID: usize = 100;

/// The meaning of a heading.
pub(super) enum Meaning {
    /// A field, or several by the word of the mapping.
    Fields(Vec<Target>),
    /// Nothing, by the word of the mapping.
    Ignored,
}

/// The columns of one sheet.
pub(super) struct Columns {
    /// The row of the headings.
    pub(super) row: u32,
    /// By column.
    pub(super) fields: BTreeMap<u32, Vec<Target>>,
    /// The column of each field.
    pub(super) by_field: Arc<BTreeMap<FieldPath, u32>>,
    /// What was taken for something else.
    pub(super) taken: Taken,
    /// The column that names the family of a product.
    pub(super) family: Option<u32>,
}

impl Reader<'_> {
    /// Returns the row of the headings and how many it knows: the one with the most, and the first of several.
    pub(super) fn heading_row(&self, grid: &Grid) -> Option<(u32, usize)> {
        let top = grid
            .rows
            .range(..HEADING_ROWS)
            .filter(|(row, _)| !grid.hidden.contains(row));
        let known = top.map(|(row, cells)| (*row, self.known(cells)));
        known
            .filter(|(_, n)| *n >= FEWEST_KNOWN)
            .max_by_key(|(row, n)| (*n, std::cmp::Reverse(*row)))
    }

    /// Returns how many cells of a row are headings. The number of a provision may be a version, so that numbers alone
    /// are none, and a row of products has days and addresses.
    fn known(&self, cells: &[Cell]) -> usize {
        let texts = cells.iter().filter_map(|cell| heading_text(&cell.value));
        let known: Vec<String> = texts.filter(|text| self.target(text).is_some()).collect();
        let n_named = known.iter().filter(|text| !is_number(text)).count();
        let n_data = cells.iter().filter(|cell| is_data(&cell.value)).count();
        // Where many or all others are known, a day or an address is a slip: Excel takes a heading such as 6-1 for a day.
        let n_known = known.len();
        let is_of_data = n_data > 0 && n_known <= FEWEST_KNOWN && n_known + n_data < cells.len();
        if n_named == 0 || is_of_data {
            0
        } else {
            n_known
        }
    }

    /// Returns the meaning of a heading, if it is known.
    fn target(&self, heading: &str) -> Option<Meaning> {
        if self.mapping.is_family(heading) {
            return Some(Meaning::Ignored);
        }
        match self.mapping.column(heading) {
            Some([]) => Some(Meaning::Ignored),
            Some(told) => Some(Meaning::Fields(told.to_vec())),
            None => {
                let found = self.headings.find(heading);
                found.map(|target| Meaning::Fields(vec![target]))
            }
        }
    }

    /// Returns the columns by the headings of a row; `broken` are rows that no heading is asked for.
    pub(super) fn columns(
        &mut self,
        grid: &Grid,
        row: u32,
        broken: &BTreeMap<u32, Finding>,
    ) -> Columns {
        let mut fields: BTreeMap<u32, Vec<Target>> = BTreeMap::new();
        let mut named = BTreeSet::new();
        let mut unknown = Vec::new();
        let mut family = None;
        for cell in grid.rows.get(&row).into_iter().flatten() {
            named.insert(cell.column);
            let Some(heading) = heading_text(&cell.value).or_else(|| day_text(&cell.value)) else {
                continue;
            };
            self.used.push(heading.clone());
            if self.mapping.is_family(&heading) {
                family = family.or(Some(cell.column));
                continue;
            }
            let Some(told) = self.target(&heading) else {
                if day_headings::may_answer(grid, row, cell) {
                    self.findings.push(day_headings::finding(grid, row, cell));
                    continue;
                }
                if !unread::is_free(&heading) && !self.mapping.chooses_by(&heading) {
                    unknown.push((cell.column, heading));
                }
                continue;
            };
            let Meaning::Fields(targets) = told else {
                continue;
            };
            for target in targets {
                self.field(grid, (row, cell.column), &heading, target, &mut fields);
            }
        }
        let notes = Notes::of(&fields);
        let unnamed = Self::unnamed(grid, row, (&named, &notes), broken);
        let taken: BTreeSet<FieldPath> = fields
            .values()
            .flatten()
            .map(|target| target.route.clone())
            .collect();
        self.left_out(grid, row, (&unknown, &unnamed), &taken);
        let by_field = fields
            .iter()
            .flat_map(|(column, targets)| targets.iter().map(move |target| (target, column)))
            .map(|(target, column)| (target.route.clone(), *column));
        Columns {
            row,
            by_field: Arc::new(by_field.collect()),
            fields,
            taken: Taken::default(),
            family,
        }
    }

    /// Takes a column for a field, unless another is taken for it already.
    fn field(
        &mut self,
        grid: &Grid,
        (row, column): (u32, u32),
        heading: &str,
        target: Target,
        fields: &mut BTreeMap<u32, Vec<Target>>,
    ) {
        let mut taken = fields.iter();
        let same = |other: &Target| other.route == target.route;
        if let Some((first, _)) = taken.find(|(_, others)| others.iter().any(same)) {
            let message = format!(
                "`{}` is a second column for `{}`",
                shown(heading),
                target.route
            );
            let first = grid.place(row, *first);
            self.findings.push(
                Finding::new(
                    Code::ColumnTwice,
                    grid.place(row, column),
                    message,
                    "keep one column, or leave the other out with `--map`",
                )
                .and_at(first, "the first column"),
            );
            return;
        }
        self.told_twice(grid, row, column, &target);
        fields.entry(column).or_default().push(target);
    }

    fn told_twice(&mut self, grid: &Grid, row: u32, column: u32, target: &Target) {
        if self
            .mapping
            .constants
            .iter()
            .any(|constant| constant.target.route == target.route)
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

    /// One warning for all columns of a sheet that are no fields.
    fn left_out(
        &mut self,
        grid: &Grid,
        row: u32,
        (unknown, unnamed): (&[(u32, String)], &[u32]),
        taken: &BTreeSet<FieldPath>,
    ) {
        let Some(first) = unknown
            .iter()
            .map(|(column, _)| *column)
            .chain(unnamed.iter().copied())
            .min()
        else {
            return;
        };
        let place = grid.place(row, first);
        let headings: Vec<&str> = unknown.iter().map(|(_, text)| text.as_str()).collect();
        let (message, help) = unread::texts(&headings, unnamed, |heading| {
            let meant = self.headings.meant(heading)?;
            let route = meant.to_string();
            // In braces, a bracket would begin a list.
            let is_plain = !route.contains('[');
            let shown = if is_plain {
                route
            } else {
                format!("\"{route}\"")
            };
            (!taken.contains(&meant)).then_some(shown)
        });
        let mut finding = Finding::new(Code::ColumnsLeftOut, place, message, help);
        finding.note = unread::nears(&self.headings, &headings);
        self.findings.push(finding);
    }

    /// Returns the columns that have cells and no heading.
    fn unnamed(
        grid: &Grid,
        heading_row: u32,
        (named, notes): (&BTreeSet<u32>, &Notes),
        broken: &BTreeMap<u32, Finding>,
    ) -> Vec<u32> {
        let below = grid.rows.range(heading_row + 1..);
        let shown = below.filter(|(row, cells)| {
            let is_product = !is_total(cells) && notes.note(cells).is_none();
            is_product && !broken.contains_key(row) && !grid.hidden.contains(row)
        });
        let columns: BTreeSet<u32> = shown
            .flat_map(|(_, cells)| cells.iter().map(|cell| cell.column))
            .collect();
        columns.difference(named).copied().collect()
    }

    pub(super) fn merged(&mut self, grid: &Grid, columns: &Columns) {
        let hidden = runs(&grid.hidden);
        let all_hidden = |top: u32, bottom: u32| {
            let next = hidden.partition_point(|(first, _)| *first <= top);
            let run = next.checked_sub(1).and_then(|i| hidden.get(i));
            run.is_some_and(|(_, last)| bottom <= *last)
        };
        let mut n_found = 0;
        for range in &grid.merged {
            let ((top, left), (bottom, right)) = (range.first, range.last);
            let known = columns
                .fields
                .range(left..=right.max(left))
                .next()
                .is_some();
            if bottom < columns.row || !known || all_hidden(top, bottom) {
                continue;
            }
            n_found += 1;
            if n_found > MAX_MERGED_SAID {
                continue;
            }
            let cells = format!("{}:{}", address(top, left), address(bottom, right));
            let message = format!("the cells {cells} are merged");
            let help = "unmerge them and write the value into each cell that it is for";
            self.findings.push(
                Finding::new(Code::CellsMerged, grid.place(top, left), message, help)
                    .because("only the first cell of a merged range has the value; the other rows or columns have none"),
            );
        }
        if let Some(n_more) = n_found.checked_sub(MAX_MERGED_SAID).filter(|n| *n > 0) {
            let message = format!("{n_more} further ranges of cells are merged");
            let help = "select the whole sheet and unmerge its cells";
            self.findings
                .push(Finding::new(Code::CellsMerged, grid.whole(), message, help));
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

/// Returns the first and the last of each run of rows.
fn runs(rows: &BTreeSet<u32>) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for row in rows {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *row => *last = *row,
            _ => runs.push((*row, *row)),
        }
    }
    runs
}

/// Returns true for a heading that may be the number of a provision, or a version.
fn is_number(heading: &str) -> bool {
    heading.trim().starts_with(|c: char| c.is_ascii_digit())
}

/// Returns true for values of products that are no headings: a day, an address.
pub(super) fn is_data(value: &Value) -> bool {
    match value {
        Value::Date(_) | Value::Moment(_) => true,
        Value::Text(text) => {
            let text = trimmed(text);
            // Not 5.1-1, which would be a day with a year of two digits.
            let has_year = || {
                let mut words = text.split(|c: char| !c.is_ascii_digit());
                words.any(|digits| digits.len() == 4)
            };
            let is_day = || dates::read(&text, None).is_some();
            let is_open = || has_year() && !dates::orders(&text).is_empty();
            text.contains("://") || text.starts_with("www.") || is_day() || is_open()
        }
        _ => false,
    }
}

/// Returns a day as the heading that a mapping may name.
fn day_text(value: &Value) -> Option<String> {
    match value {
        Value::Date(day) => Some(day.to_string()),
        Value::Moment(shown) => Some(shown.clone()),
        _ => None,
    }
}

pub(super) fn heading_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(trimmed(text).replace('\n', " ")).filter(|text| !text.is_empty()),
        Value::Number(digits, _) => Some(digits.clone()),
        _ => None,
    }
}
