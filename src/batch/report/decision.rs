//! Decisions that a person has to take: which level is applied for, and what each route costs.

use serde::{Deserialize, Serialize};

use super::clean::clean;
use super::text::{Text, things};
use super::{Report, product_names};
use crate::domain::Money;
use crate::report::json::schema::shaped;
use crate::rules::tables::Route;

shaped! {
/// A decision that is open for a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Why nothing settles it, such as what each label gives.
    pub why: Vec<String>,
    /// The routes, each with its price.
    pub ways: Vec<Way>,
}
}

shaped! {
/// A route that a person can choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    pub route: Route,
    pub form: String,
    pub form_name: String,
    pub level: u8,
    /// Its fee, if a source gives one.
    pub fee: Option<Money>,
    /// What it takes.
    pub remark: String,
}
}

/// A decision, and the products for which it is open.
pub(super) struct Open<'r> {
    pub(super) decision: &'r Decision,
    /// The products, by their places in the list of the report.
    pub(super) products: Vec<usize>,
}

impl Way {
    /// Returns its fee in words.
    pub(super) fn price(&self) -> String {
        self.fee
            .map_or_else(|| "fee unknown".to_owned(), |fee| fee.to_string())
    }

    /// Returns the route in a line: `Level 1 for SGD 40.00 by csaiot1: every provision …`.
    fn line(&self) -> String {
        let Self {
            level,
            form,
            remark,
            ..
        } = self;
        clean(&format!(
            "Level {level} for {} by {form}: {remark}",
            self.price()
        ))
    }
}

impl Report {
    /// Returns the open decisions, each once, in the order of the products.
    pub(super) fn decisions(&self) -> Vec<Open<'_>> {
        let mut open: Vec<Open<'_>> = Vec::new();
        for (at, product) in self.products.iter().enumerate() {
            let Some(decision) = &product.decision else {
                continue;
            };
            match open.iter_mut().find(|one| one.decision == decision) {
                Some(known) => known.products.push(at),
                None => open.push(Open {
                    decision,
                    products: vec![at],
                }),
            }
        }
        open
    }
}

/// Names the products of a decision.
pub(super) fn names(report: &Report, products: &[usize]) -> Vec<String> {
    let most = product_names::MOST_NAMED;
    product_names::names_by(product_names::with_models, report, products, most)
}

impl Text {
    pub(super) fn decisions(&mut self, report: &Report) {
        let decisions = report.decisions();
        if !decisions.is_empty() {
            self.heading("To decide: which level");
        }
        for Open { decision, products } in decisions {
            let names = names(report, &products);
            let number = things(products.len(), "product");
            self.line(2, &format!("{number}: {}", names.join("; ")));
            for why in &decision.why {
                self.line(5, &format!("why: {}", clean(why)));
            }
            for way in &decision.ways {
                self.line(7, &way.line());
            }
        }
    }
}
