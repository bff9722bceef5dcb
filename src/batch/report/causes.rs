//! Causes: what is wrong in one way with several products is one cause, with the products that it concerns. Every
//! format of the report shows it once.

use std::collections::BTreeMap;

use super::clean::clean;
use super::text::things;
use super::{Problem, Product, Report, product_names};
use crate::diag::Severity;

/// A problem, and the products that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The problem of the first product.
    pub first: Problem,
    /// Whether it keeps the products from being filed.
    pub blocks: bool,
    /// The other messages, where they name something that only one product has, such as a file.
    pub others: Vec<String>,
    /// The products, by their places in the list of the report.
    pub products: Vec<usize>,
}

/// What a cause is known by.
pub(super) type Key = [String; 7];

/// Collects causes, problem by problem.
#[derive(Default)]
pub(super) struct Causes {
    found: Vec<Cause>,
    known: BTreeMap<Key, usize>,
}

impl Causes {
    /// Adds the problems of a product.
    pub(super) fn add(&mut self, at: usize, product: &Product) {
        for problem in product.all_problems() {
            let blocks = product.is_held() && problem.severity == Severity::Error;
            let key = key(&problem);
            let Some(cause) = self.known.get(&key).and_then(|i| self.found.get_mut(*i)) else {
                self.known.insert(key, self.found.len());
                self.found.push(Cause {
                    first: problem.into_owned(),
                    blocks,
                    others: Vec::new(),
                    products: vec![at],
                });
                continue;
            };
            cause.blocks |= blocks;
            let message = &problem.message;
            if *message != cause.first.message && !cause.others.contains(message) {
                cause.others.push(message.clone());
            }
            if cause.products.last() != Some(&at) {
                cause.products.push(at);
            }
        }
    }

    /// Returns what blocks first, as it first comes up, then the rest by severity and code.
    pub(super) fn list(self) -> Vec<Cause> {
        let mut list = self.found;
        list.sort_by_cached_key(|cause| {
            let Problem { severity, code, .. } = &cause.first;
            let code = (!cause.blocks).then(|| (*severity, code.clone()));
            (!cause.blocks, code)
        });
        list
    }
}

/// Returns what a problem has in common with the same problem of another product. The place is no part of it: one word
/// is wrong in many cells. What a warning is about may differ, since what to do is the same.
pub(super) fn key(problem: &Problem) -> Key {
    let [code, text, message, help, note, source] = problem.cause().map(Clone::clone);
    let severity = problem.severity.to_string();
    if problem.severity == Severity::Error || code.is_empty() {
        return [severity, code, help, note, source, message, text];
    }
    let nothing = String::new;
    [severity, code, help, note, source, nothing(), nothing()]
}

impl Problem {
    /// Returns its texts without the place: code, text, message, help, note, rule.
    pub(crate) const fn cause(&self) -> [&String; 6] {
        [
            &self.code,
            &self.text,
            &self.message,
            &self.help,
            &self.note,
            &self.source,
        ]
    }
}

impl Cause {
    /// Returns how many similar messages there are, and the last of them; nothing if all are the same.
    pub(super) fn similar(&self) -> String {
        let Some(last) = self.others.last() else {
            return String::new();
        };
        let one = format!("similar {}", self.first.severity);
        clean(&format!(
            "and {}, the last: {last}",
            things(self.others.len(), &one)
        ))
    }
}

/// Returns where some of the products of a cause are: their rows if all are in one sheet, otherwise their numbers.
pub(super) fn rows(report: &Report, all: &[usize], some: &[usize]) -> String {
    let product = |at: &usize| report.products.get(*at);
    let mut sheets = all.iter().filter_map(product).map(|one| &one.sheet);
    let sheet = sheets.next();
    let is_one_sheet = sheets.all(|one| Some(one) == sheet);
    let some: Vec<&Product> = some.iter().filter_map(product).collect();
    let rows: Option<Vec<u64>> = some.iter().map(|one| one.row).collect();
    let (what, numbers) = match rows.filter(|_| is_one_sheet) {
        Some(rows) => ("row", rows),
        None => ("product", some.iter().map(|one| one.index).collect()),
    };
    if numbers.is_empty() {
        return String::new();
    }
    let end = if numbers.len() == 1 { "" } else { "s" };
    format!("{what}{end} {}", product_names::ranges(&numbers).join(", "))
}

/// Returns the places of a cause in a product, each once.
pub(super) fn places(cause: &Cause, product: &Product) -> Vec<String> {
    let key_of_cause = key(&cause.first);
    let mut places = Vec::new();
    for problem in product.all_problems() {
        let place = clean(&problem.place);
        if key(&problem) == key_of_cause && !place.is_empty() && !places.contains(&place) {
            places.push(place);
        }
    }
    places
}
