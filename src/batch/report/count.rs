//! Counts the products of a report, one after the other.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::causes::Causes;
use super::unread::UnreadFiles;
use super::{
    FormTotal, OtherRoute, Product, Question, RebuildReason, Report, State, Sums, Totals, Work,
};
use crate::domain::Money;
use crate::rules::tables::Route;

impl Report {
    pub fn totals(&self) -> Totals {
        let mut counter = Counter::default();
        for (at, product) in self.products.iter().enumerate() {
            counter.add(at, product);
        }
        counter.totals()
    }
}

#[derive(Default)]
struct Counter {
    totals: Totals,
    states: BTreeMap<State, usize>,
    forms: BTreeMap<(bool, Option<String>, bool, Option<Money>), FormTotal>,
    routes: BTreeMap<Route, (usize, Sums)>,
    saved: BTreeMap<u8, OtherRoute>,
    dearer: BTreeMap<u8, OtherRoute>,
    made: BTreeMap<RebuildReason, usize>,
    questions: BTreeMap<String, usize>,
    unread: UnreadFiles,
    causes: Causes,
}

impl Counter {
    fn add(&mut self, at: usize, product: &Product) {
        self.totals.n_products += 1;
        *self.states.entry(product.state).or_default() += 1;
        self.work(product);
        if product.can_be_filed() {
            self.fees(product);
            self.other_way(product);
        }
        self.questions(at, product);
        self.unread.add(at, product);
        self.problems(at, product);
    }

    fn work(&mut self, product: &Product) {
        match product.work {
            Work::Made(why) => *self.made.entry(why).or_default() += 1,
            Work::Kept => self.totals.n_kept += 1,
            Work::None => {}
        }
    }

    /// Adds up the products that can be filed. An open question may change form and fee, so open products are never
    /// part of a settled sum.
    fn fees(&mut self, product: &Product) {
        let totals = &mut self.totals;
        let is_open = !product.is_settled();
        let (n, sum) = if is_open {
            (&mut totals.n_open, &mut totals.open)
        } else {
            (&mut totals.n_settled, &mut totals.settled)
        };
        *n += 1;
        totals.n_fee_unknown += usize::from(product.fee.is_none());
        totals.n_ending += usize::from(product.ends_soon());
        if let Some(until) = product.valid_until {
            *totals.ends.entry(until).or_default() += 1;
        }
        let (form, fee) = (product.form.clone(), product.fee);
        let key = (form.is_none(), form.clone(), is_open, fee);
        let total = self.forms.entry(key).or_insert_with(|| FormTotal {
            form,
            name: product.form_name.clone(),
            is_open,
            fee,
            n: 0,
            sum: Sums::default(),
        });
        total.n += 1;
        if let Some(fee) = fee {
            sum.add(fee);
            totals.fees.add(fee);
            total.sum.add(fee);
        }
        if let Some(route) = product.route.filter(|_| !is_open) {
            let (n, sum) = self.routes.entry(route).or_default();
            *n += 1;
            product.fee.into_iter().for_each(|fee| sum.add(fee));
        }
    }

    fn other_way(&mut self, product: &Product) {
        let Some((own, other)) = product.compared() else {
            return;
        };
        let (routes, less, more) = match own.cmp(&other) {
            Ordering::Less => (&mut self.saved, own, other),
            Ordering::Greater => (&mut self.dearer, other, own),
            Ordering::Equal => return,
        };
        let level = product.level.unwrap_or(0);
        let route = routes.entry(level).or_insert_with(|| OtherRoute {
            level,
            n: 0,
            own: Sums::default(),
            other: Sums::default(),
            difference: Sums::default(),
        });
        route.n += 1;
        route.own.add(own);
        route.other.add(other);
        route.difference.add(less.less_than(more));
    }

    /// Lists each question once, in the order in which it first comes up.
    fn questions(&mut self, at: usize, product: &Product) {
        let questions = &mut self.totals.questions;
        for text in &product.questions {
            let known = self.questions.get(text).copied();
            let i = known.unwrap_or_else(|| {
                questions.push(Question {
                    text: text.clone(),
                    products: Vec::new(),
                });
                self.questions.insert(text.clone(), questions.len() - 1);
                questions.len() - 1
            });
            once(&mut questions[i].products, at);
        }
    }

    fn problems(&mut self, at: usize, product: &Product) {
        let totals = &mut self.totals;
        totals.n_warnings = totals.n_warnings.saturating_add(product.n_warnings);
        totals.n_failures += product.failures().count();
        totals.n_problems += product.all_problems().count();
        self.causes.add(at, product);
    }

    fn totals(self) -> Totals {
        let state = |state| (state, self.states.get(&state).copied().unwrap_or(0));
        let routes = self.routes.into_iter();
        Totals {
            states: State::NEAREST_FIRST.into_iter().map(state).collect(),
            forms: self.forms.into_values().collect(),
            routes: routes.map(|(route, (n, sum))| (route, n, sum)).collect(),
            saved: self.saved.into_values().collect(),
            dearer: self.dearer.into_values().collect(),
            made: self.made.into_iter().collect(),
            not_searched: self.unread.list(),
            causes: self.causes.list(),
            ..self.totals
        }
    }
}

/// Adds a product to a list in the order of the input, once.
fn once(products: &mut Vec<usize>, at: usize) {
    if products.last() != Some(&at) {
        products.push(at);
    }
}
