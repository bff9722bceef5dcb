//! The rules for people: which editions there are, and each row with its source.

use crate::domain::{Citation, Date, Sha256};
use crate::rules::RuleBook;

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
    /// Its rows: id, source and remark.
    pub rows: Vec<(String, Citation, Option<String>)>,
}

impl EditionLine {
    /// Returns true if the edition is in force on a day.
    pub fn in_force_on(&self, day: Date) -> bool {
        self.effective_from <= day && self.until.is_none_or(|until| day < until)
    }
}

/// Returns every edition, by instrument and date.
pub fn editions(book: &RuleBook) -> Vec<EditionLine> {
    let mut lines = Vec::new();
    for timeline in book.timelines() {
        for (i, edition) in timeline.iter().enumerate() {
            let rows = edition.body.rows().into_iter().map(|row| {
                (
                    row.id().to_owned(),
                    book.cite_any(*edition, row),
                    row.note().map(str::to_owned),
                )
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
