//! Rows of a sheet as products. A finding about a cell belongs to the product of its row, and is reported once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::batch::inputs::{Inputs, Source, Unit};
use crate::diag::{Cell, Finding, Place, Severity};
use crate::domain::FieldPath;
use crate::error::{Error, Result};
use crate::manifest::RowField;
use crate::sheet::{self, Mapping};
use crate::world::{self, World};

/// A row of a sheet.
#[derive(Clone, Debug)]
pub struct Row {
    cells: sheet::Row,
    pub(super) path: Arc<Path>,
    /// File and sheet, as the user knows them.
    place: Arc<str>,
}

impl Row {
    pub(super) fn fields(&self) -> Vec<RowField> {
        let fields = self.cells.fields.iter();
        let row = usize::try_from(self.cells.number).unwrap_or(0);
        let field = |field: &sheet::Field| {
            let cell = self.cells.cell(field);
            let place = cell.as_ref().map_or(&self.cells.mapping, |_| &self.place);
            RowField {
                route: field.route.clone(),
                text: field.text.to_string(),
                place: place.to_string(),
                cell: cell.map(|name| Cell { name, row }),
            }
        };
        fields.map(field).collect()
    }

    /// Returns the place in the mapping that adds a field to the row, if there is one.
    pub(super) fn added(&self, route: &FieldPath) -> Option<String> {
        let mut fields = self.cells.fields.iter();
        let added = fields.any(|field| field.column.is_none() && field.route == *route);
        added.then(|| format!("{}, {route}", self.cells.mapping))
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
    pub(super) fn cell(&self, route: &FieldPath) -> Option<String> {
        let mut below = self.cells.columns.range::<FieldPath, _>(route..);
        let (_, letters) = below.next().filter(|(field, _)| field.is_within(route))?;
        Some(format!(
            "{}, cell {letters}{}",
            self.place, self.cells.number
        ))
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
    let sheets = sheet::read(&name, bytes, mapping);
    let names: BTreeSet<_> = sheets.rows.iter().map(|row| row.sheet.clone()).collect();
    let places = names.into_iter().map(|sheet| {
        let place = sheet.as_ref().map(|sheet| format!("{name}, sheet {sheet}"));
        (sheet, Arc::from(place.unwrap_or_else(|| name.clone())))
    });
    let places: BTreeMap<Option<String>, Arc<str>> = places.collect();
    let place = |row: &sheet::Row| Arc::clone(&places[&row.sheet]);
    let keys = sheets.rows.iter().map(|row| (place(row), row.number));
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
    let mut of_places: BTreeMap<Arc<str>, Vec<&Finding>> = BTreeMap::new();
    for place in places.values() {
        let errors = of_sheets
            .iter()
            .filter(|one| one.severity() == Severity::Error && concerns(one, place, &name));
        of_places.insert(Arc::clone(place), errors.take(most).collect());
    }
    for ((place, _), of_row) in &mut of_rows {
        let errors = of_places.get(place).into_iter().flatten();
        of_row.extend(errors.map(|error| (*error).clone()));
    }
    found.findings.extend(of_sheets);
    let path: Arc<Path> = path.into();
    for row in sheets.rows {
        let key = (place(&row), row.number);
        let findings = of_rows.remove(&key).unwrap_or_default();
        let (place, path) = (key.0, Arc::clone(&path));
        found.units.push(Unit {
            name: format!("{place}, row {}", row.number),
            findings,
            source: Source::Row(Row {
                cells: row,
                path,
                place,
            }),
        });
    }
    Ok(())
}

/// Returns true if a finding about a file concerns the rows of one of its sheets.
fn concerns(finding: &Finding, place: &str, name: &str) -> bool {
    let Place::File(file) = &finding.place else {
        return true;
    };
    let of_a_sheet = file
        .strip_prefix(name)
        .is_some_and(|rest| rest.starts_with(", sheet "));
    let rest = file.strip_prefix(place);
    !of_a_sheet || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(", cell "))
}

/// Returns sheet and row of a finding about a cell.
fn row_of(finding: &Finding) -> Option<(Arc<str>, u32)> {
    let Place::File(file) = &finding.place else {
        return None;
    };
    let (place, cell) = file.rsplit_once(", cell ")?;
    let row = cell.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    Some((place.into(), row.parse().ok()?))
}
