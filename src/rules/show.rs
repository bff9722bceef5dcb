//! The rules for people: which editions there are, and each row with its source.

use crate::domain::{Citation, Date, Sha256};
use crate::rules::{RuleBook, RuleFiles, load};
use serde_json::{Map, Value};

/// One edition of one instrument.
#[derive(Clone, Debug)]
pub struct EditionLine {
    /// The instrument: its folder below `rules/`.
    pub instrument: String,
    /// The path of the edition.
    pub path: String,
    /// The day from which it is in force.
    pub effective_from: Date,
    /// The day before which it is; `None` while no later edition is there.
    pub until: Option<Date>,
    /// The hash of the file.
    pub sha256: Sha256,
    pub rows: Vec<RowLine>,
}

/// One row of an edition.
#[derive(Clone, Debug)]
pub struct RowLine {
    pub id: String,
    pub source: Citation,
    /// A remark of the editors.
    pub note: Option<String>,
    /// What it says: its own fields, as the file spells them.
    pub says: Map<String, Value>,
}

impl EditionLine {
    /// Returns true if the edition is in force on a day.
    pub fn in_force_on(&self, day: Date) -> bool {
        self.effective_from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// The fields that every row has, shown in their own way.
const COMMON: &[&str] = &["id", "source", "confidence", "confirmed", "note"];

/// Returns every edition, by instrument and date.
pub fn editions(book: &RuleBook, files: &RuleFiles) -> Vec<EditionLine> {
    let mut lines = Vec::new();
    for timeline in book.timelines() {
        for (i, edition) in timeline.iter().enumerate() {
            let raw = files
                .get(edition.path)
                .map(|bytes| load::raw(bytes))
                .unwrap_or_default();
            let rows = edition.body.rows().into_iter().map(|row| RowLine {
                id: row.id().to_owned(),
                source: book.cite_any(*edition, row),
                note: row.note().map(str::to_owned),
                says: statement(&raw, row.id()),
            });
            lines.push(EditionLine {
                instrument: edition
                    .path
                    .rsplit_once('/')
                    .map_or_else(String::new, |(folder, _)| folder.to_owned()),
                path: edition.path.to_owned(),
                effective_from: edition.body.effective_from(),
                until: timeline.get(i + 1).map(|next| next.body.effective_from()),
                sha256: edition.sha256,
                rows: rows.collect(),
            });
        }
    }
    lines.sort_by(|one, other| one.path.cmp(&other.path));
    lines
}

/// Returns the own fields of a row.
fn statement(file: &Value, id: &str) -> Map<String, Value> {
    let lists = ["conditions", "rows"]
        .into_iter()
        .filter_map(|name| file.get(name)?.as_array());
    let mut rows = lists.flatten().filter_map(Value::as_object);
    let Some(row) = rows.find(|row| row.get("id").and_then(Value::as_str) == Some(id)) else {
        return Map::new();
    };
    row.iter()
        .filter(|(name, _)| !COMMON.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}
