//! Rows of a sheet as products. A finding about a cell belongs to the product of its row, and is reported once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::batch::inputs::{Inputs, Source, Unit};
use crate::diag::{Finding, Place, Severity, Sheet};
use crate::domain::FieldPath;
use crate::error::{Error, Result};
use crate::manifest::RowField;
use crate::sheet::{self, Mapping};
use crate::world::{self, Kind, World};

/// A row of a sheet.
#[derive(Clone, Debug)]
pub struct Row {
    cells: sheet::Row,
    pub(super) path: Arc<Path>,
}

impl Row {
    pub(super) fn fields(&self) -> Vec<RowField> {
        let fields = self.cells.fields.iter();
        let field = |field: &sheet::Field| RowField {
            route: field.route.clone(),
            text: field.text.to_string(),
            place: self.cells.place(field),
        };
        fields.map(field).collect()
    }

    /// Returns its sheet, as the user knows it.
    pub(super) fn sheet(&self) -> String {
        self.cells.sheet.to_string()
    }

    /// Returns its number as a spreadsheet program counts, from 1.
    pub(super) fn number(&self) -> u32 {
        self.cells.number
    }

    /// Returns true if the cells that name the product could not be read, so that its pack has no name.
    pub(super) fn is_nameless(&self) -> bool {
        let names = ["name", "models", "brand"];
        let mut unread = self.cells.unread.iter();
        unread.any(|route| route.section() == "product" && names.contains(&route.name()))
    }

    /// Returns the folder of the sheet; its paths are relative to it.
    pub(super) fn folder(&self) -> PathBuf {
        self.path
            .parent()
            .map(Path::to_path_buf)
            .unwrap_or_default()
    }

    /// Returns true if the fields of the row are not under their headings, so that nothing else is known of it.
    pub(super) fn is_broken(&self) -> bool {
        self.cells.broken
    }

    /// Returns true if the cell of a field could not be read, which is a finding of its own.
    pub(super) fn is_unread(&self, route: &FieldPath) -> bool {
        self.cells.unread.iter().any(|unread| unread == route)
    }

    /// Returns the place of the cell of a field, if the sheet has a column for it. For a table, it is the cell of its
    /// first column.
    pub(super) fn cell(&self, route: &FieldPath) -> Option<Place> {
        let mut below = self.cells.columns.range::<FieldPath, _>(route..);
        let (_, column) = below.next().filter(|(field, _)| field.is_within(route))?;
        Some(self.cells.cell(*column))
    }

    /// Returns the place of the first cell or line of the map that gives a part of a table or list.
    pub(super) fn given(&self, route: &FieldPath) -> Option<Place> {
        let mut fields = self.cells.fields.iter();
        let first = fields.find(|field| field.route.is_within(route))?;
        Some(self.cells.place(first))
    }
}

/// How many findings about a whole sheet each row repeats at most, and all rows of a sheet together. The sheet itself
/// reports each of them once anyway.
const MAX_OF_ROW: usize = 50;
const MAX_COPIES: usize = 500_000;

/// Adds the rows of a sheet.
pub(super) fn add(
    path: &Path,
    mapping: &Mapping,
    world: &dyn World,
    found: &mut Inputs,
) -> Result<()> {
    let name = path.display().to_string();
    let bytes = world::read(world, path, sheet::MAX_BYTES)?;
    let bytes = bytes.ok_or_else(|| Error::Usage(format!("`{name}` is larger than 50 MB")))?;
    let beside = if mapping.is_given() {
        None
    } else {
        match beside(path, world)? {
            Some(Err(findings)) => {
                found.findings.extend(findings);
                return Ok(());
            }
            read => read.and_then(std::result::Result::ok),
        }
    };
    let sheets = sheet::read(&name, bytes, beside.as_ref().unwrap_or(mapping));
    let keys = sheets
        .rows
        .iter()
        .map(|row| (row.sheet.clone(), row.number));
    let mut of_rows: BTreeMap<_, Vec<Finding>> = keys.map(|key| (key, Vec::new())).collect();
    let mut of_sheets = Vec::new();
    for finding in sheets.findings {
        let key = row_of(&finding).filter(|_| finding.severity() == Severity::Error);
        match key.and_then(|key| of_rows.get_mut(&key)) {
            Some(of_row) => of_row.push(finding),
            None => of_sheets.push(finding),
        }
    }
    // A heading that is not understood may give a finding for every row.
    let most = (MAX_COPIES / of_rows.len().max(1)).clamp(1, MAX_OF_ROW);
    let mut of_names: BTreeMap<Sheet, Vec<&Finding>> = BTreeMap::new();
    for ((sheet, _), of_row) in &mut of_rows {
        let errors = of_names.entry(sheet.clone()).or_insert_with(|| {
            let errors = of_sheets.iter();
            let errors = errors.filter(|one| one.severity() == Severity::Error);
            errors
                .filter(|one| concerns(one, sheet))
                .take(most)
                .collect()
        });
        of_row.extend(errors.iter().map(|error| (*error).clone()));
    }
    found.findings.extend(of_sheets);
    let path: Arc<Path> = path.into();
    for row in sheets.rows {
        let key = (row.sheet.clone(), row.number);
        found.units.push(Unit {
            name: format!("{}, row {}", row.sheet, row.number),
            findings: of_rows.remove(&key).unwrap_or_default(),
            source: Source::Row(Row {
                cells: row,
                path: Arc::clone(&path),
            }),
        });
    }
    Ok(())
}

/// The map of every spreadsheet of a folder that has none of its own.
const MAP: &str = "map.yaml";

/// Reads the map beside a spreadsheet: `models.map.yaml` for `models.xlsx`, otherwise `map.yaml`.
fn beside(
    path: &Path,
    world: &dyn World,
) -> Result<Option<std::result::Result<Mapping, Vec<Finding>>>> {
    let candidates = [path.with_extension(MAP), path.with_file_name(MAP)];
    let there = |path: &&PathBuf| {
        world
            .kind(path)
            .is_ok_and(|kind| matches!(kind, Kind::File(_)))
    };
    let Some(map) = candidates.iter().find(there) else {
        return Ok(None);
    };
    let name = map.display().to_string();
    let bytes = world::read(world, map, sheet::MAX_MAP_BYTES)?;
    let bytes =
        bytes.ok_or_else(|| Error::Usage(format!("`{name}` is too large for a mapping")))?;
    Ok(Some(Mapping::parse(&name, &bytes)))
}

/// Returns true if a finding about a file concerns the rows of one of its sheets.
fn concerns(finding: &Finding, sheet: &Sheet) -> bool {
    match &finding.place {
        Place::Sheet(other) => other == sheet,
        Place::Cell(cell) => cell.sheet == *sheet,
        _ => true,
    }
}

/// Returns sheet and row of the cell that a finding is about.
fn row_of(finding: &Finding) -> Option<(Sheet, u32)> {
    match &finding.place {
        Place::Cell(cell) => Some((cell.sheet.clone(), cell.row + 1)),
        _ => None,
    }
}
