//! What the cells of a column were taken for: one warning for a column, not one for each cell.

use std::collections::BTreeMap;

use crate::diag::place::letters;
use crate::diag::{Code, Finding};
use crate::domain::Date;
use crate::domain::text::shown;
use crate::sheet::Mapping;
use crate::sheet::columns::Columns;
use crate::sheet::grid::{Cell, Grid, Value};
use crate::sheet::headings::Target;
use crate::sheet::rows::Reader;
use crate::sheet::values::{self, Listed};

/// What cells were taken for something else, by column: the first row, how many there are, and what it says.
#[derive(Default)]
pub(super) struct Taken {
    /// Computed cells.
    pub(super) formulas: BTreeMap<u32, (u32, usize)>,
    /// Days in another notation.
    pub(super) days: BTreeMap<u32, (u32, usize, (String, Date))>,
    /// Lists of models.
    pub(super) lists: BTreeMap<u32, (u32, usize, Listed)>,
    /// Numbers that were read as texts.
    pub(super) numbers: BTreeMap<u32, (u32, usize)>,
}

impl Taken {
    /// Notes what a cell was taken for, for the first of its fields.
    pub(super) fn note(
        &mut self,
        row: u32,
        (cell, target): (&Cell, &Target),
        list: Option<Listed>,
        mapping: &Mapping,
    ) {
        if matches!(cell.value, Value::Number(..)) && values::is_exact(target) {
            self.numbers.entry(cell.column).or_insert((row, 0)).1 += 1;
        }
        if let Some(list) = list {
            let first = || (row, 0, list);
            self.lists.entry(cell.column).or_insert_with(first).1 += 1;
        }
        if let Some(day) = values::other_notation(target, &cell.value, mapping) {
            let first = || (row, 0, day);
            self.days.entry(cell.column).or_insert_with(first).1 += 1;
        }
    }
}

/// So many models of a cell are named.
const MAX_MODELS: usize = 10;

impl Reader<'_> {
    /// One warning for a column of which cells were read as several models.
    pub(super) fn lists(&mut self, grid: &Grid, columns: &Columns) {
        for (column, (row, n, list)) in &columns.taken.lists {
            let others = match n - 1 {
                0 => String::new(),
                1 => format!("; one more cell in column {} is a list", letters(*column)),
                n => format!("; {n} more cells in column {} are lists", letters(*column)),
            };
            let models = list
                .models
                .iter()
                .map(|model| format!("`{}`", shown(model)));
            let models: Vec<String> = models.take(MAX_MODELS).collect();
            let message = format!(
                "`{}` is read as {} models: {}{others}",
                shown(&list.text),
                list.models.len(),
                models.join(", ")
            );
            let help = format!(
                "write `{}`; if it is one model, list it in a column `Confirmed`, or as `confirmed` under `constants` in the map",
                shown(&list.models.join("; "))
            );
            let place = grid.place(*row, *column);
            self.findings
                .push(Finding::new(Code::ModelsListed, place, message, help));
        }
    }

    /// One warning for a column whose numbers the mapping takes as texts.
    pub(super) fn numbers(&mut self, grid: &Grid, columns: &Columns) {
        for (column, (row, n)) in &columns.taken.numbers {
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

    /// As in a manifest, a day in another notation is reported, here once for a column.
    pub(super) fn days(&mut self, grid: &Grid, columns: &Columns) {
        for (column, (row, n, (written, day))) in &columns.taken.days {
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

    /// Sixty computed names are one thing to know, not sixty.
    pub(super) fn formulas(&mut self, grid: &Grid, columns: &Columns) {
        for (column, (row, n)) in &columns.taken.formulas {
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
