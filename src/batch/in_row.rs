//! Findings about a row of a sheet: where a person finds the cell, and what to write there.

use crate::batch::outcome::{self, whole};
use crate::batch::report::Problem;
use crate::batch::rows::Row;
use crate::diag::{Finding, Place, SourceFile, Span};
use crate::domain::FieldPath;
use crate::manifest::Manifest;
use crate::sheet;

/// Returns a finding as a problem of a row. A missing field is an empty cell, or a column that the sheet lacks. A cell
/// that could not be read has a finding already, so it gets no second one here.
pub(super) fn problem(finding: &Finding, row: &Row, manifest: &Manifest) -> Option<Problem> {
    let origins = &manifest.origins;
    let as_it_is = |finding: &Finding| outcome::problem(finding, &manifest.source, origins);
    let span = origins.locate(&finding.place);
    let in_row = finding.in_row();
    let (Place::Field(field) | Place::Key(field)) = &finding.place else {
        let is_of_base = span.is_some_and(|span| is_in_a_manifest(span, &manifest.source));
        return Some(as_it_is(if is_of_base { finding } else { &in_row }));
    };
    let is_there = origins.has(field);
    if !is_there && row.is_unread(field) {
        return None;
    }
    let cell = row.cell(field).filter(|_| !is_there);
    if let Some(place) = cell {
        return Some(whole(&Finding { place, ..in_row }));
    }
    match span {
        Some(span) if is_in_a_manifest(span, &manifest.source) => return Some(as_it_is(finding)),
        Some(_) => return Some(as_it_is(&in_row)),
        None => {}
    }
    // What a list or table holds is given one by one.
    if let Some(place) = row.given(field).or_else(|| row.cell(field)) {
        return Some(whole(&Finding { place, ..in_row }));
    }
    let help = with_column(&in_row.help, field);
    Some(as_it_is(&Finding { help, ..in_row }))
}

/// Returns true for a place in a manifest that the row extends.
fn is_in_a_manifest(span: Span, source: &SourceFile) -> bool {
    !matches!(
        source.part(span.start).place,
        Some(Place::Cell(_) | Place::Line { .. })
    )
}

/// Adds where to write what no column and no line of the map gives.
fn with_column(help: &str, field: &FieldPath) -> String {
    let Some(column) = sheet::column_for(field) else {
        return help.to_owned();
    };
    let column = if column.is_whole {
        format!("in a column `{}`", column.heading)
    } else {
        format!("in columns such as `{}`", column.heading)
    };
    format!("{help}, {column} or as `{field}` under `constants` in the map")
}
