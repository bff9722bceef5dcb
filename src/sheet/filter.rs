//! Which rows of a sheet are products: neither totals nor notes, and only those that a mapping chooses.

use crate::diag::{Code, Finding};
use crate::domain::text::shown;
use crate::sheet::Mapping;
use crate::sheet::columns::heading_text;
use crate::sheet::grid::{Cell, Grid, Value, trimmed};
use crate::sheet::headings::alike;
use crate::sheet::notes::{Notes, says_something};
use crate::sheet::rows::runs;

/// Words that begin a row of totals.
const TOTALS: &[&str] = &[
    "total",
    "totals",
    "grand total",
    "sub total",
    "sum",
    "count",
    "合計",
    "総計",
    "小計",
    "計",
    "总计",
    "合计",
    "합계",
    "총계",
    "소계",
    "계",
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "anzahl",
];

/// Why rows of a sheet are no products.
#[derive(Default)]
pub(super) struct LeftOut {
    totals: Vec<u32>,
    notes: Vec<u32>,
    empty: Vec<u32>,
    skipped: Vec<u32>,
    not_chosen: Vec<u32>,
}

/// A column by which a mapping chooses rows.
struct Choice<'m> {
    column: u32,
    words: &'m [String],
}

/// What decides about the rows of one sheet.
pub(super) struct Filter<'m> {
    mapping: &'m Mapping,
    choices: Vec<Choice<'m>>,
    notes: Notes,
    /// What the first note says.
    first_note: String,
    left_out: LeftOut,
}

impl<'m> Filter<'m> {
    /// Finds the columns by which the mapping chooses rows; one that is not there is a finding.
    pub(super) fn new(
        mapping: &'m Mapping,
        grid: &Grid,
        heading_row: u32,
        notes: Notes,
    ) -> (Self, Vec<Finding>) {
        let mut filter = Self {
            mapping,
            choices: Vec::new(),
            notes,
            first_note: String::new(),
            left_out: LeftOut::default(),
        };
        let mut findings = Vec::new();
        for one in &mapping.chosen {
            if let Some(column) = column_of(grid, heading_row, &one.heading) {
                let words = &one.words;
                filter.choices.push(Choice { column, words });
                continue;
            }
            let message = format!("no column is headed `{}`", one.heading);
            let help = "correct the heading in `where`, as the sheet has it";
            let place = mapping.at_line(one.line);
            let finding = Finding::new(Code::MappingContradicts, place, message, help);
            findings.push(finding.and_at(grid.whole(), "the sheet"));
        }
        (filter, findings)
    }

    /// Returns true if a row is a product; otherwise notes why not.
    pub(super) fn takes(&mut self, row: u32, cells: &[Cell]) -> bool {
        let said = |cell: &Cell| written(&cell.value);
        let is_chosen = |choice: &Choice| {
            let cell = cells.iter().find(|cell| cell.column == choice.column);
            let text = cell.and_then(said).unwrap_or_default();
            choice.words.iter().any(|word| same(word, &text))
        };
        let is_skipped = || {
            let mut texts = cells.iter().filter_map(said);
            texts.any(|text| self.mapping.skipped.iter().any(|word| alike(word, &text)))
        };
        let list = if is_total(cells) {
            &mut self.left_out.totals
        } else if let Some(text) = self.notes.note(cells) {
            if self.left_out.notes.is_empty() {
                self.first_note = text;
            }
            &mut self.left_out.notes
        } else if is_skipped() {
            &mut self.left_out.skipped
        } else if !self.choices.iter().all(is_chosen) {
            &mut self.left_out.not_chosen
        } else {
            return true;
        };
        list.push(row + 1);
        false
    }

    /// Notes a row that fills no field, although something is written in it.
    pub(super) fn fills_nothing(&mut self, row: u32, cells: &[Cell]) {
        if says_something(cells) {
            self.left_out.empty.push(row + 1);
        }
    }

    /// Returns one warning about the rows that were left out.
    pub(super) fn finding(&self, grid: &Grid) -> Option<Finding> {
        let LeftOut {
            totals,
            notes,
            empty,
            skipped,
            not_chosen,
        } = &self.left_out;
        let first = shown(&self.first_note);
        let (note, several) = (
            format!("a note, `{first}`"),
            format!("notes, the first `{first}`"),
        );
        let parts = [
            (totals, "a total", "totals"),
            (notes, note.as_str(), several.as_str()),
            (
                empty,
                "without a value of a field",
                "without a value of a field",
            ),
            (skipped, "skipped by the map", "skipped by the map"),
            (not_chosen, "not chosen by the map", "not chosen by the map"),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(rows, ..)| !rows.is_empty())
            .map(|(rows, one, many)| match rows.as_slice() {
                [row] => format!("row {row} ({one})"),
                rows => format!("rows {} ({many})", runs(rows)),
            })
            .collect();
        if parts.is_empty() {
            return None;
        }
        let message = format!("left out: {}", parts.join("; "));
        let help = "check that none of them is a product";
        Some(Finding::new(Code::RowsLeftOut, grid.whole(), message, help))
    }
}

/// Returns the column with a heading.
pub(super) fn column_of(grid: &Grid, heading_row: u32, heading: &str) -> Option<u32> {
    let mut cells = grid.rows.get(&heading_row)?.iter();
    let is_it = |cell: &&Cell| heading_text(&cell.value).is_some_and(|text| alike(&text, heading));
    cells.find(is_it).map(|cell| cell.column)
}

/// An empty word means an empty cell.
fn same(word: &str, text: &str) -> bool {
    word.trim().is_empty() && text.is_empty() || !word.trim().is_empty() && alike(word, text)
}

/// Returns what a cell says, as text.
pub(super) fn written(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(trimmed(text)).filter(|text| !text.is_empty()),
        Value::Number(digits, _) => Some(digits.clone()),
        Value::Bool(yes) => Some(if *yes { "TRUE" } else { "FALSE" }.to_owned()),
        _ => None,
    }
}

/// Returns true for a row that begins with a word for totals and has neither another text nor a day. The number may be
/// in the same cell: `Total: 20`.
pub(super) fn is_total(cells: &[Cell]) -> bool {
    let is_day = |cell: &Cell| matches!(cell.value, Value::Date(_) | Value::Moment(_));
    if cells.iter().any(is_day) {
        return false;
    }
    let mut texts = cells.iter().filter_map(|cell| match &cell.value {
        Value::Text(text) if !cell.formula => Some(trimmed(text)).filter(|text| !is_amount(text)),
        _ => None,
    });
    texts.next().is_some_and(|first| {
        let (words, number) = first.split_once([':', '：', '=']).unwrap_or((&first, ""));
        let words = if cells.len() == 1 {
            words.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace())
        } else {
            words
        };
        TOTALS.iter().any(|total| alike(total, words))
            && is_amount(number)
            && texts.next().is_none()
    })
}

/// A CSV file has its numbers as texts.
fn is_amount(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_digit() || ".,' %".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(texts: &[&str]) -> Vec<Cell> {
        let cell = |(column, text): (usize, &&str)| Cell {
            column: u32::try_from(column).unwrap(),
            value: match text.parse::<u32>() {
                Ok(_) => Value::Number((*text).to_owned(), None),
                Err(_) => Value::Text((*text).into()),
            },
            formula: text.starts_with('='),
        };
        texts.iter().enumerate().map(cell).collect()
    }

    #[test]
    fn a_total_is_known_by_its_first_word_and_has_no_other_text() {
        for texts in [
            &["Total", "20"][..],
            &["TOTAL:"],
            &["Total: 20"],
            &["", "合計", "20", "=SUM"],
            &["합계", "20"],
            &["Summe"],
        ] {
            assert!(is_total(&row(texts)), "{texts:?}");
        }
        for texts in [
            &["Total", "Hub", "HX-200"][..],
            &["Total Home Hub", "20"],
            &["HX-200", "Total"],
            &["20", "30"],
            &[],
        ] {
            assert!(!is_total(&row(texts)), "{texts:?}");
        }
    }
}
