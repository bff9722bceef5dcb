//! Which labels a row has: those of which a cell tells scheme or number. A column that fills a label together with
//! other fields, a constant or a default alone makes none.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::{FieldPath, Step};
use crate::sheet::headings::Target;
use crate::sheet::{Field, GivenBy};

/// The columns of each field, and what each column fills.
pub(super) struct Sides<'c> {
    pub(super) by_field: &'c Arc<BTreeMap<FieldPath, u32>>,
    pub(super) fields: &'c BTreeMap<u32, Vec<Target>>,
}

/// What is left of a row's labels.
pub(super) struct Settled {
    /// The columns of its fields, by the numbers that its labels have now.
    pub(super) columns: Arc<BTreeMap<FieldPath, u32>>,
    /// The columns of cells that belong to a label that is not there.
    pub(super) orphans: Vec<u32>,
}

/// Removes the fields of labels that the row does not have.
pub(super) fn settle(fields: &mut Vec<Field>, unread: &[FieldPath], sides: &Sides<'_>) -> Settled {
    // A row that extends a manifest may complete a label of it.
    if fields
        .iter()
        .any(|field| field.route.section() == "extends")
    {
        return Settled {
            columns: Arc::clone(sides.by_field),
            orphans: Vec::new(),
        };
    }
    let is_filled = |field: &&Field| matches!(field.by, GivenBy::Column(_));
    let told = fields.iter().filter(is_filled).map(|field| &field.route);
    let named: Vec<usize> = told
        .chain(unread)
        .filter(|route| is_name(route))
        .filter_map(label_of)
        .collect();
    let is_gone = |route: &FieldPath| label_of(route).is_some_and(|label| !named.contains(&label));
    let own = |column: &u32| {
        let targets = sides.fields.get(column);
        targets.is_some_and(|targets| targets.iter().all(|target| is_gone(&target.route)))
    };
    let mut orphans: Vec<u32> = fields
        .iter()
        .filter(|field| is_gone(&field.route))
        .filter_map(|field| match field.by {
            GivenBy::Column(column) => Some(column),
            _ => None,
        })
        .filter(own)
        .collect();
    orphans.dedup();
    let n_before = fields.len();
    fields.retain(|field| !is_gone(&field.route));
    let columns = if fields.len() == n_before && !sides.by_field.keys().any(is_gone) {
        Arc::clone(sides.by_field)
    } else {
        renumbered(fields, sides, &is_gone)
    };
    Settled { columns, orphans }
}

/// The labels behind one that is not there move up, in the fields and in what is known of their columns.
fn renumbered(
    fields: &mut [Field],
    sides: &Sides<'_>,
    is_gone: &dyn Fn(&FieldPath) -> bool,
) -> Arc<BTreeMap<FieldPath, u32>> {
    let mut left: Vec<usize> = fields
        .iter()
        .filter_map(|one| label_of(&one.route))
        .collect();
    left.sort_unstable();
    left.dedup();
    let moved = |route: &FieldPath| match label_of(route) {
        Some(label) => {
            let at = left.iter().position(|one| *one == label).unwrap_or(label);
            let steps = route.steps().iter().enumerate();
            FieldPath::of(steps.map(|(i, step)| {
                if i == 1 {
                    Step::Index(at)
                } else {
                    step.clone()
                }
            }))
        }
        None => route.clone(),
    };
    for field in fields {
        field.route = moved(&field.route);
    }
    let columns = sides.by_field.iter().filter(|(route, _)| !is_gone(route));
    Arc::new(
        columns
            .map(|(route, column)| (moved(route), *column))
            .collect(),
    )
}

/// Returns the number of the label, from 0, to which a field belongs.
fn label_of(route: &FieldPath) -> Option<usize> {
    match route.steps() {
        [Step::Name(labels), Step::Index(label), ..] if labels == "labels" => Some(*label),
        _ => None,
    }
}

fn is_name(route: &FieldPath) -> bool {
    ["scheme", "number"].contains(&route.name())
}
