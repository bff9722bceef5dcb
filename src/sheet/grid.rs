//! Sheets of `clspack_workbook` with their file, so that a finding can name a cell of them.

use std::ops::Deref;
use std::sync::Arc;

pub(super) use clspack_workbook::{Cell, Value, trimmed};

use crate::diag::{self, Finding, Place, Sheet};
use crate::sheet::answers::is_answers;
use crate::sheet::refused;

/// A sheet and its cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    pub(super) sheet: Sheet,
    cells: clspack_workbook::Sheet,
}

impl Deref for Grid {
    type Target = clspack_workbook::Sheet;

    fn deref(&self) -> &Self::Target {
        &self.cells
    }
}

impl Grid {
    fn of(file: &Arc<str>, cells: clspack_workbook::Sheet) -> Self {
        let sheet = Sheet {
            file: Arc::clone(file),
            name: cells.name.clone(),
        };
        Self { sheet, cells }
    }

    /// Returns the place of a cell.
    pub(super) fn place(&self, row: u32, column: u32) -> Place {
        Place::Cell(diag::Cell {
            sheet: self.sheet.clone(),
            row,
            column,
        })
    }

    /// Returns the place of the sheet.
    pub(super) fn whole(&self) -> Place {
        Place::Sheet(self.sheet.clone())
    }
}

/// The sheets of a workbook.
#[derive(Default)]
pub(super) struct Workbook {
    pub(super) shown: Vec<Grid>,
    pub(super) hidden: Vec<Grid>,
    pub(super) findings: Vec<Finding>,
}

/// Reads a workbook. `only` is the sheet that is wanted, if only one is.
pub(super) fn workbook(name: &str, bytes: &[u8], only: Option<&str>) -> Workbook {
    let wanted = |sheet: &str| only.is_none_or(|only| only == sheet) || is_answers(Some(sheet));
    let read = clspack_workbook::workbook(bytes, wanted);
    let file: Arc<str> = name.into();
    let grids = |sheets: Vec<_>| {
        sheets
            .into_iter()
            .map(|sheet| Grid::of(&file, sheet))
            .collect()
    };
    let findings = read.unread.into_iter();
    Workbook {
        shown: grids(read.shown),
        hidden: grids(read.hidden),
        findings: findings
            .map(|unread| refused::finding(&file, unread))
            .collect(),
    }
}

/// Reads a CSV file once for each character that may separate fields.
pub(super) fn separated(name: &str, bytes: &[u8]) -> Vec<Result<Grid, Box<Finding>>> {
    let file: Arc<str> = name.into();
    let grid = |read: Result<_, _>| match read {
        Ok(sheet) => Ok(Grid::of(&file, sheet)),
        Err(unread) => Err(Box::new(refused::finding(&file, unread))),
    };
    clspack_workbook::separated(bytes)
        .into_iter()
        .map(grid)
        .collect()
}
