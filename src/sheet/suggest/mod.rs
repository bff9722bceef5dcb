//! A map for a spreadsheet, proposed from its headings and cells. What they do not tell is a question, as a comment.

mod cells;
mod text;
mod words;

pub(super) use words::column_word;

use std::collections::BTreeMap;

use clspack_workbook::{is_archive, other_format};

use crate::diag::Finding;
use crate::sheet::columns::{heading_text, is_data};
use crate::sheet::grid::{Cell, Grid};
use crate::sheet::headings::{Headings, Target};
use crate::sheet::notes::Notes;
use crate::sheet::suggest::words::Guess;
use crate::sheet::{MAX_BYTES, answers, broken, filter, grid, of_other_format, too_large};

/// Among how many rows the headings are looked for.
const HEADING_ROWS: u32 = 20;

/// What a column is for.
#[derive(Clone, Debug)]
enum Use {
    /// Fields of a manifest.
    Fields(Vec<Target>),
    /// Nothing, for this reason.
    Ignored(Option<String>),
    /// It says which rows count.
    Status,
    /// It names the family of a product.
    Family,
}

/// A column with a heading.
#[derive(Clone, Debug)]
struct Column {
    at: u32,
    heading: String,
    /// Known without a map.
    is_plain: bool,
    what: Use,
}

/// What is known of a sheet.
struct Proposal<'g> {
    grid: &'g Grid,
    heading_row: u32,
    columns: Vec<Column>,
    /// The schemes that headings name, by label.
    schemes: Vec<&'static str>,
    /// The other sheets of the workbook.
    others: Vec<String>,
}

/// Returns a map for a spreadsheet.
///
/// # Errors
/// The spreadsheet cannot be read, or no row of it holds headings.
pub fn suggest(name: &str, bytes: &[u8]) -> Result<String, Vec<Finding>> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(vec![too_large(name)]);
    }
    if let Some(format) = other_format(name, bytes) {
        return Err(vec![of_other_format(name, format)]);
    }
    let (grids, findings) = grids(name, bytes);
    let headings = Headings::new();
    let of_products = grids
        .iter()
        .filter(|grid| !answers::is_answers(grid.sheet.name.as_deref()));
    let best = of_products.filter_map(|grid| {
        let (row, n_known) = heading_row(grid, &headings)?;
        Some((grid, row, n_known))
    });
    // The first of several alike.
    let best = best.collect::<Vec<_>>().into_iter().rev();
    let Some((grid, row, _)) = best.max_by_key(|(_, _, n_known)| *n_known) else {
        let unknown = || {
            vec![super::no_headings(crate::diag::Place::File(
                name.to_owned(),
            ))]
        };
        return Err(if findings.is_empty() {
            unknown()
        } else {
            findings
        });
    };
    let others = grids.iter().filter(|other| other.sheet != grid.sheet);
    let others = others.filter(|other| {
        !other.rows.is_empty() && !answers::is_answers(other.sheet.name.as_deref())
    });
    let others = others.filter_map(|other| other.sheet.name.as_deref().map(str::to_owned));
    let mut proposal = Proposal {
        grid,
        heading_row: row,
        columns: Vec::new(),
        schemes: Vec::new(),
        others: others.collect(),
    };
    proposal.columns(&headings);
    Ok(proposal.text(name))
}

/// Returns the sheets that are shown, or the CSV file by each separator.
fn grids(name: &str, bytes: &[u8]) -> (Vec<Grid>, Vec<Finding>) {
    if is_archive(bytes) {
        let book = grid::workbook(name, bytes, None);
        return (book.shown, book.findings);
    }
    let (whole, faulty): (Vec<_>, Vec<_>) = grid::separated(name, bytes)
        .into_iter()
        .partition(Result::is_ok);
    let findings = faulty.into_iter().filter_map(Result::err).map(|one| *one);
    let grids = whole.into_iter().filter_map(Result::ok);
    (grids.collect(), findings.collect())
}

/// Returns the row with the most headings that are understood, and how many these are.
fn heading_row(grid: &Grid, headings: &Headings) -> Option<(u32, usize)> {
    let is_known = |text: &String| {
        let guess = words::heading(text);
        guess.meaning.is_some() || guess.scheme.is_some() || headings.find(text).is_some()
    };
    let known = |cells: &Vec<Cell>| {
        let texts = cells.iter().filter_map(|cell| heading_text(&cell.value));
        let is_of_data = cells.iter().any(|cell| is_data(&cell.value));
        let n_known = texts.filter(is_known).count();
        if is_of_data { 0 } else { n_known }
    };
    let top = grid.rows.range(..HEADING_ROWS);
    let shown = top.filter(|(row, _)| !grid.hidden.contains(row));
    shown
        .map(|(row, cells)| (*row, known(cells)))
        .filter(|(_, n_known)| *n_known >= 2)
        .max_by_key(|(row, n_known)| (*n_known, std::cmp::Reverse(*row)))
}

impl Proposal<'_> {
    /// Decides for each column what it fills; of two for one field the first.
    fn columns(&mut self, headings: &Headings) {
        let cells = self.grid.rows.get(&self.heading_row).into_iter().flatten();
        let headed: Vec<(u32, String)> = cells
            .filter_map(|cell| Some((cell.column, heading_text(&cell.value)?)))
            .collect();
        for (column, heading) in headed {
            let is_repeated = self
                .columns
                .iter()
                .any(|one| super::headings::alike(&one.heading, &heading));
            if is_repeated || super::unread::is_free(&heading) {
                continue;
            }
            let own = headings.find(&heading);
            let is_plain = own.is_some();
            let what = match own {
                Some(target) => self.claimed(&target),
                None => self.guessed(column, &heading, headings),
            };
            self.columns.push(Column {
                at: column,
                heading,
                is_plain,
                what,
            });
        }
    }

    fn guessed(&mut self, column: u32, heading: &str, headings: &Headings) -> Use {
        let Guess { meaning, scheme } = words::heading(heading);
        let label = scheme.map_or(0, |scheme| self.label(scheme));
        let meaning = match (meaning, scheme) {
            // A column that has only the name of a scheme over it holds grades or numbers.
            (None, Some(scheme)) => Some(self.of_label(column, scheme)),
            (meaning, _) => meaning,
        };
        match meaning {
            None => Use::Ignored(Some("which field is it?".to_owned())),
            Some("ignore") => Use::Ignored(None),
            Some("family") => Use::Family,
            Some("status") => Use::Status,
            Some(route) => {
                let route = route.replace("[0]", &format!("[{label}]"));
                let target = headings.find(&route);
                target.map_or(Use::Ignored(None), |target| self.claimed(&target))
            }
        }
    }

    /// Takes a field for a column, unless another has it.
    fn claimed(&self, target: &Target) -> Use {
        let of_others = self.columns.iter().filter_map(|one| match &one.what {
            Use::Fields(targets) => Some((one, targets)),
            _ => None,
        });
        let mut taken =
            of_others.filter(|(_, targets)| targets.iter().any(|one| one.route == target.route));
        taken.next().map_or_else(
            || Use::Fields(vec![target.clone()]),
            |(other, _)| {
                Use::Ignored(Some(format!(
                    "`{}` is `{}` already",
                    other.heading, target.route
                )))
            },
        )
    }

    /// Returns the number of the label of a scheme.
    fn label(&mut self, scheme: &'static str) -> usize {
        let known = self.schemes.iter().position(|one| *one == scheme);
        known.unwrap_or_else(|| {
            self.schemes.push(scheme);
            self.schemes.len() - 1
        })
    }

    /// Returns the field of a label that the cells of a column hold: few different words are grades.
    fn of_label(&self, column: u32, _scheme: &str) -> &'static str {
        let texts = self.texts(column);
        let mut different: Vec<&String> = texts.iter().map(|(_, text)| text).collect();
        different.sort_unstable();
        different.dedup();
        let words = words::words_of("labels[0].level");
        let is_grade = |text: &&&String| words::sharing(text, &words).is_some();
        let n_grades = different.iter().filter(is_grade).count();
        if n_grades * 2 >= different.len().saturating_sub(1).max(1) {
            "labels[0].level"
        } else {
            "labels[0].number"
        }
    }

    /// Returns the rows and texts of a column's cells, without totals.
    fn texts(&self, column: u32) -> Vec<(u32, String)> {
        let cells = self.cells(column).into_iter();
        let texts = cells.filter_map(|(row, cell)| Some((row, filter::written(&cell.value)?)));
        texts.collect()
    }

    /// Returns what the columns fill, as far as it is decided.
    fn fields(&self) -> BTreeMap<u32, Vec<Target>> {
        let columns = self.columns.iter().filter_map(|one| match &one.what {
            Use::Fields(targets) => Some((one.at, targets.clone())),
            _ => None,
        });
        columns.collect()
    }

    fn cells(&self, column: u32) -> Vec<(u32, &Cell)> {
        let broken = broken::rows(self.grid, self.heading_row);
        let notes = Notes::of(&self.fields());
        let below = self.grid.rows.range(self.heading_row + 1..);
        let rows = below.filter(|(row, cells)| {
            let is_product = !filter::is_total(cells) && notes.note(cells).is_none();
            is_product && !self.grid.hidden.contains(row) && !broken.contains_key(row)
        });
        let cells = rows.filter_map(|(row, cells)| {
            let cell = cells.iter().find(|cell| cell.column == column)?;
            Some((*row, cell))
        });
        cells.collect()
    }
}
