//! What the cells of a sheet tell: words that a manifest does not have, days, numbers, which rows count.

use crate::diag::place::address;
use crate::domain::shape::Kind;
use crate::domain::vocabulary::synonyms::{Certain, Meaning, certain, meaning};
use crate::sheet::dates::{self, Order};
use crate::sheet::grid::Value;
use crate::sheet::headings::{Target, alike};
use crate::sheet::suggest::{Proposal, Use, words};
use crate::sheet::values::is_exact;

/// The most words of a field that are listed.
const MAX_WORDS: usize = 60;

/// A word of a column that needs a meaning.
pub(super) struct Word {
    pub(super) text: String,
    pub(super) n_cells: usize,
    /// The first cell.
    pub(super) cell: String,
    /// The meaning: an empty text for an empty cell; nothing if nothing is known.
    pub(super) meaning: Option<&'static str>,
    /// What else it may mean.
    pub(super) others: Vec<&'static str>,
    /// Whether the meaning is sure enough to be written without a question.
    pub(super) is_sure: bool,
}

impl Word {
    /// Says what is known of a text among the words of a field.
    fn of(text: String, known: &[&'static str], is_nothing: bool) -> Self {
        let (likely, is_sure) = match meaning(&text, known) {
            _ if is_nothing => (vec![""], true),
            Meaning::Certain(word) => (vec![word.word()], true),
            Meaning::Slip(word) => (vec![word], false),
            Meaning::Perhaps(words) => (words, false),
            Meaning::Unknown => (words::sharing(&text, known).into_iter().collect(), false),
        };
        let mut likely = likely.into_iter();
        Self {
            text,
            n_cells: 0,
            cell: String::new(),
            meaning: likely.next(),
            others: likely.collect(),
            is_sure,
        }
    }
}

/// What the days of a sheet tell of their order.
pub(super) enum Days {
    /// All have one reading.
    Clear,
    /// They need this order.
    Order(Order),
    /// They may have several; here is one.
    Open(String, String),
}

impl Proposal<'_> {
    /// Returns the words of a column that a manifest does not have.
    pub(super) fn words(&self, column: u32, target: &Target) -> Vec<Word> {
        let of_label = target.route.section() == "labels";
        let known: Vec<&'static str> = match target.kind {
            Kind::Word(words) => words(),
            _ => Vec::new(),
        };
        let mut found: Vec<Word> = Vec::new();
        for (row, text) in self.texts(column) {
            let is_nothing = of_label && words::is_nothing(&text);
            let is_open =
                || !known.is_empty() && !matches!(certain(&text, &known), Some(Certain::Same(_)));
            if !(is_nothing || is_open()) {
                continue;
            }
            if let Some(word) = found.iter_mut().find(|word| alike(&word.text, &text)) {
                word.n_cells += 1;
            } else if found.len() < MAX_WORDS {
                let cell = address(row, column);
                found.push(Word {
                    n_cells: 1,
                    cell,
                    ..Word::of(text, &known, is_nothing)
                });
            }
        }
        found
    }

    /// Returns the order of the numbers in the days of the sheet.
    pub(super) fn days(&self) -> Days {
        let mut left = vec![Order::Dmy, Order::Mdy, Order::Ymd];
        let mut open = None;
        for (row, column, text) in self.day_texts() {
            let read: Vec<_> = left
                .iter()
                .map(|order| dates::read(&text, Some(*order)))
                .collect();
            let tells = read.iter().any(|day| *day != read[0]);
            if dates::read(&text, None).is_none() && !dates::orders(&text).is_empty() {
                open = open.or_else(|| Some((text.clone(), address(row, column))));
            }
            let is_same = left.len() > 1 && tells && dates::read(&text, None).is_some();
            let orders: Vec<Order> = left
                .iter()
                .copied()
                .filter(|order| {
                    let day = dates::read(&text, Some(*order));
                    day.is_some() && (!is_same || day == dates::read(&text, None))
                })
                .collect();
            if tells && !orders.is_empty() {
                left = orders;
            }
        }
        match (open, left.as_slice()) {
            (None, _) => Days::Clear,
            (Some(_), [one]) => Days::Order(*one),
            (Some((text, cell)), _) => Days::Open(text, cell),
        }
    }

    fn day_texts(&self) -> Vec<(u32, u32, String)> {
        let of_days = self.columns.iter().filter(|one| match &one.what {
            Use::Fields(targets) => targets
                .iter()
                .any(|target| matches!(target.kind, Kind::Date)),
            _ => false,
        });
        let texts = of_days.flat_map(|one| {
            let cells = self.cells(one.at).into_iter();
            cells.filter_map(|(row, cell)| match &cell.value {
                Value::Text(text) => Some((row, one.at, text.to_string())),
                _ => None,
            })
        });
        texts.collect()
    }

    /// Returns the first cell with a number where a text is needed, and how many there are.
    pub(super) fn numbers(&self) -> Option<(String, usize)> {
        let of_texts = self.columns.iter().filter(|one| match &one.what {
            Use::Fields(targets) => targets.iter().any(is_exact),
            _ => false,
        });
        let cells = of_texts.flat_map(|one| {
            let cells = self.cells(one.at).into_iter();
            let numbers = cells.filter(|(_, cell)| matches!(cell.value, Value::Number(..)));
            numbers.map(|(row, cell)| address(row, cell.column))
        });
        let cells: Vec<String> = cells.collect();
        Some((cells.first()?.clone(), cells.len()))
    }

    /// Returns the different texts of a column with how often each is there.
    pub(super) fn different(&self, column: u32) -> Vec<(String, usize)> {
        let mut found: Vec<(String, usize)> = Vec::new();
        for (_, text) in self.texts(column) {
            match found.iter_mut().find(|(other, _)| alike(other, &text)) {
                Some((_, n)) => *n += 1,
                None => found.push((text, 1)),
            }
        }
        found
    }
}
