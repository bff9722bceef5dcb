//! Gaps as text for the screen, as a table for spreadsheets and as JSON.

mod data;
mod table;
mod text;
mod workbook;

pub(crate) use data::GapsRecord;
pub use data::json;
pub use table::csv;
pub use text::text;
pub use workbook::xlsx;

use crate::domain::words;
use crate::gaps::{Gaps, Item, Kind, State};

words! {
    /// How the items are ordered.
    By {
        /// By clause, documents first.
        Clause = "clause",
        /// By who answers for the evidence.
        Owner = "owner",
    }
}

/// Items under one heading.
struct Group<'g> {
    heading: String,
    /// Who answers for them, if they are ordered by owner.
    owner: Option<&'g str>,
    items: Vec<&'g Item>,
}

const NOBODY: &str = "no owner";

/// Returns the items in groups. An item of several owners is in the group of each; those of nobody come last.
fn groups(gaps: &Gaps, by: By) -> Vec<Group<'_>> {
    match by {
        By::Clause => by_clause(gaps),
        By::Owner => by_owner(gaps),
    }
}

fn by_clause(gaps: &Gaps) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for item in &gaps.items {
        let heading = match (&item.clause, item.kind) {
            (Some(clause), _) => format!("{} {}", clause.id, clause.title),
            (None, Kind::Document | Kind::Provision | Kind::Lifecycle) => {
                "Documents of the form".to_owned()
            }
        };
        match groups.iter_mut().find(|group| group.heading == heading) {
            Some(group) => group.items.push(item),
            None => groups.push(Group {
                heading,
                owner: None,
                items: vec![item],
            }),
        }
    }
    groups
}

fn by_owner(gaps: &Gaps) -> Vec<Group<'_>> {
    let mut owners: Vec<&str> = gaps.items.iter().flat_map(Item::owners).collect();
    owners.sort_unstable();
    owners.dedup();
    let owned = owners.into_iter().map(|owner| Group {
        heading: owner.to_owned(),
        owner: Some(owner),
        items: gaps
            .items
            .iter()
            .filter(|item| item.owners().contains(&owner))
            .collect(),
    });
    let nobody = Group {
        heading: NOBODY.to_owned(),
        owner: None,
        items: gaps
            .items
            .iter()
            .filter(|item| item.owners().is_empty())
            .collect(),
    };
    owned
        .chain([nobody])
        .filter(|group| !group.items.is_empty())
        .collect()
}

/// Returns how many items are in a state.
fn count(gaps: &Gaps, state: State) -> usize {
    gaps.items.iter().filter(|item| item.state == state).count()
}

/// Returns a state in words.
const fn state(state: State) -> &'static str {
    match state {
        State::Complete => "complete",
        State::Incomplete => "incomplete",
        State::Missing => "missing",
        State::NotApplicable => "not applicable",
        State::Open => "open: no published source says whether it is asked for",
    }
}

/// Returns a file with what the manifest states about it, in one line.
fn file(there: &crate::gaps::There) -> String {
    let exhibit = &there.exhibit;
    let mut parts = vec![exhibit.path.to_string()];
    parts.extend(exhibit.pages.as_ref().map(|pages| format!("page {pages}")));
    parts.extend(exhibit.date.map(|date| format!("dated {date}")));
    parts.extend(
        exhibit
            .expires
            .map(|day| format!("recent enough until {day}")),
    );
    parts.extend(exhibit.owner.as_ref().map(|owner| format!("owner {owner}")));
    let about = exhibit.about.as_ref().map(|about| format!(": {about}"));
    parts.join(", ") + &about.unwrap_or_default()
}
