//! The rules for people: the editions, and each row with its source.

use crate::domain::{Citation, Date, Sha256};
use crate::rules::{RuleBook, RuleFiles, load};
use serde_json::{Map, Value};

#[derive(Clone, Debug)]
pub struct EditionLine {
    /// The instrument: its folder below `rules/`.
    pub instrument: String,
    pub path: String,
    /// The first day in force.
    pub effective_from: Date,
    /// The first day of the next edition; `None` if there is none.
    pub until: Option<Date>,
    pub sha256: Sha256,
    pub rows: Vec<RowLine>,
}

#[derive(Clone, Debug)]
pub struct RowLine {
    pub id: String,
    pub source: Citation,
    /// A remark by the editors.
    pub note: Option<String>,
    /// Its own fields, as the file spells them.
    pub says: Map<String, Value>,
}

impl EditionLine {
    pub fn in_force_on(&self, day: Date) -> bool {
        self.effective_from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// The common fields, which are shown separately.
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
