//! What an end of support gives: how long the label may last, and what ends it.

use crate::domain::{Citation, Date};
use crate::rules::RuleBook;

/// The term that an end of support allows.
#[derive(Clone, Debug)]
pub struct Support {
    /// The assumed day of issue.
    pub from: Date,
    /// The last day that the label may have.
    pub until: Date,
    /// The last day that a longer support could give.
    pub cap: Date,
    /// Whether the end of support bounds the label.
    pub is_bound: bool,
    /// How many days a longer support would gain.
    pub gain_days: i64,
    pub sources: Vec<Citation>,
}

/// Returns the term, or nothing if the rules of the day say nothing about it or support ends before it begins.
pub fn support(book: &RuleBook, on: Date, ends: Date) -> Option<Support> {
    let edition = book.validity.in_force_on(on)?;
    let rows = &edition.body.rows;
    let row = rows.iter().find(|row| row.years.is_some())?;
    let bound = rows.iter().find(|row| row.limited_by.is_some());
    let cap = on.plus_years(row.years?);
    if ends <= on {
        return None;
    }
    let is_bound = bound.is_some() && ends < cap;
    let until = if is_bound { ends } else { cap };
    let cited = [Some(row), bound.filter(|_| is_bound)];
    Some(Support {
        from: on,
        until,
        cap,
        is_bound,
        gain_days: until.days_until(cap),
        sources: cited
            .into_iter()
            .flatten()
            .map(|row| book.cite(edition, row))
            .collect(),
    })
}
