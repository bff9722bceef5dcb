//! Open points on the terminal: questions, and files that a person has to look through.

use super::clean::clean;
use super::text::{Text, things};
use super::{Report, Totals, product_names};
use crate::report::not_searched;

impl Text {
    pub(super) fn questions(&mut self, report: &Report, totals: &Totals) {
        if !totals.questions.is_empty() {
            self.heading("Open questions");
        }
        for question in &totals.questions {
            self.line(2, &clean(&question.text));
            self.line(5, &named(report, &question.products));
        }
    }

    pub(super) fn not_searched(&mut self, report: &Report, totals: &Totals) {
        if !totals.not_searched.is_empty() {
            self.heading(not_searched::TITLE);
        }
        for file in &totals.not_searched {
            self.line(2, &file.unread.says());
            self.line(5, &named(report, &file.products));
        }
    }
}

/// How many products are named in a list of those concerned.
const MOST_ON_SCREEN: usize = 10;

/// Names products: `2 products: 1. Hub; 3. Hub 2`.
pub(super) fn named(report: &Report, products: &[usize]) -> String {
    let names = product_names::names(report, products, products.len());
    let names = product_names::few(names, MOST_ON_SCREEN);
    format!(
        "{}: {}",
        things(products.len(), "product"),
        names.join("; ")
    )
}
