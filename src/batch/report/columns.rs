//! The columns of a product in workbook and CSV, which are the same.

use super::clean::{clean, list};
use super::{Product, Unread};
use crate::diag::Severity;
use crate::domain::{Date, Money};

#[derive(Clone, Debug)]
pub(crate) enum Cell {
    /// A text of the user's; never a formula.
    Text(String),
    Number(u64),
    /// An amount, its currency in a column of its own.
    Amount(Money),
    Day(Date),
    /// The path of a pack.
    Path(String),
    Nothing,
}

/// A column: its heading, its width in characters, and its value for a product.
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) width: u16,
    pub(crate) cell: fn(&Product) -> Cell,
}

/// How many columns are printed: up to what was done. All of them on one page would be too small to read.
pub(crate) const PRINTED: u16 = 11;

/// The columns, those that people print first.
pub(crate) const COLUMNS: &[Column] = &[
    column("No.", 6, |one| Cell::Number(one.index)),
    column("Product", 28, |one| text(&one.product)),
    column("Models", 22, |one| Cell::Text(list(&one.models))),
    column("Applicant", 26, |one| text(&one.applicant)),
    column("State", 10, |one| text(one.state.as_str())),
    column("Form", 11, |one| maybe(one.form.as_ref())),
    column("Level", 7, |one| level(one.level)),
    column("Fee", 10, |one| amount(one.fee)),
    column("Currency", 12, |one| {
        one.fee
            .map_or(Cell::Nothing, |fee| text(fee.currency().as_str()))
    }),
    column("Valid until", 13, |one| day(one.valid_until)),
    column("Work", 22, |one| Cell::Text(one.work.words())),
    column("Since last run", 44, |one| {
        Cell::Text(one.since_in_words().join("; "))
    }),
    column("Filed by", 22, |one| maybe(one.filed_by.as_ref())),
    column("Route", 10, |one| {
        maybe(one.route.map(|route| route.as_str().to_owned()).as_ref())
    }),
    column("Form name", 30, |one| maybe(one.form_name.as_ref())),
    column("Simplified", 13, |one| {
        text(if one.simplified { "yes" } else { "" })
    }),
    column("Valid from", 13, |one| day(one.valid_from)),
    column("Other form", 11, |one| {
        maybe(one.other.as_ref().map(|other| &other.form))
    }),
    column("Other level", 11, |one| {
        level(one.other.as_ref().map(|other| other.level))
    }),
    column("Other fee", 10, |one| {
        amount(one.other.as_ref().and_then(|other| other.fee))
    }),
    column("Saved", 10, |one| {
        let saved = one.compared().filter(|(own, other)| own < other);
        amount(saved.map(|(own, other)| own.less_than(other)))
    }),
    column("Errors", 9, |one| {
        let is_error = |problem: &&super::Problem| problem.severity == Severity::Error;
        count(one.problems.iter().filter(is_error).count())
    }),
    column("Warnings", 12, |one| Cell::Number(one.n_warnings)),
    column("Questions", 12, |one| count(one.questions.len())),
    column("Not searched", 34, |one| {
        let files: Vec<_> = one.not_searched.iter().map(Unread::says).collect();
        Cell::Text(list(&files))
    }),
    column("Pack", 36, |one| {
        one.pack
            .as_ref()
            .map_or(Cell::Nothing, |pack| Cell::Path(clean(pack)))
    }),
    column("Rules of", 12, |one| Cell::Day(one.on)),
    column("Source", 34, |one| text(&one.source)),
    column("Differs from base", 34, |one| {
        Cell::Text(list(&one.changes))
    }),
    column("SHA-256", 68, |one| maybe(one.sha256.as_ref())),
];

const fn column(name: &'static str, width: u16, cell: fn(&Product) -> Cell) -> Column {
    Column { name, width, cell }
}

fn text(text: &str) -> Cell {
    Cell::Text(clean(text))
}

fn maybe(value: Option<&String>) -> Cell {
    value.map_or(Cell::Nothing, |value| text(value))
}

fn level(level: Option<u8>) -> Cell {
    level.map_or(Cell::Nothing, |level| Cell::Number(u64::from(level)))
}

fn amount(amount: Option<Money>) -> Cell {
    amount.map_or(Cell::Nothing, Cell::Amount)
}

fn day(day: Option<Date>) -> Cell {
    day.map_or(Cell::Nothing, Cell::Day)
}

fn count(n: usize) -> Cell {
    Cell::Number(u64::try_from(n).unwrap_or(u64::MAX))
}
