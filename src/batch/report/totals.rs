//! What follows from the products of a report, computed once for every face.

use std::collections::BTreeMap;

use super::{Amount, Gravity, Problem, Product, Report, State, Sums, Why, Work};
use crate::rules::tables::Route;

/// Counts and sums of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many products there are.
    pub n_products: usize,
    /// How many are in each state, the nearest to being filed first.
    pub states: Vec<(State, usize)>,
    /// What can be filed, by form and fee.
    pub forms: Vec<FormTotal>,
    /// The fees of what is settled, by the way.
    pub routes: Vec<(Route, usize, Sums)>,
    /// How many products are settled.
    pub n_settled: usize,
    /// Their fees.
    pub settled: Sums,
    /// How many have to be confirmed first.
    pub n_open: usize,
    /// Their fees.
    pub open: Sums,
    /// The fees of all that can be filed.
    pub fees: Sums,
    /// How many can be filed for a fee that no source gives.
    pub n_fee_unknown: usize,
    /// What the other way to the same level would cost, by level, where it costs more.
    pub saved: Vec<OtherWay>,
    /// The same where it would cost less.
    pub dearer: Vec<OtherWay>,
    /// How many packs were made, by reason.
    pub made: Vec<(Why, usize)>,
    /// How many packs were kept.
    pub n_kept: usize,
    /// How many products have a label that ends within twelve months of their day.
    pub n_ending: usize,
    /// How many warnings there are.
    pub n_warnings: u64,
    /// What no source settles, each question once.
    pub questions: Vec<Question>,
    /// What stands in the way, problem by problem.
    pub failures: Vec<Failure>,
    /// What is worth knowing, each warning once.
    pub warnings: Vec<Warning>,
}

/// A warning, and the products that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Its code.
    pub code: String,
    /// What is worth knowing.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The products, by their places in the list of the report.
    pub products: Vec<usize>,
}

/// Products that go to one form for one fee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormTotal {
    /// The id of the form; nothing while it is unknown.
    pub form: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Whether a point has to be confirmed first.
    pub is_open: bool,
    /// The fee of each, if a source gives one.
    pub fee: Option<Amount>,
    /// How many.
    pub n: usize,
    /// Their fees.
    pub sum: Sums,
}

/// What products cost, and what the other way to their level would cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherWay {
    /// The level, the same by both ways.
    pub level: u8,
    /// How many products.
    pub n: usize,
    /// What they cost.
    pub own: Sums,
    /// What they would cost.
    pub other: Sums,
    /// The difference.
    pub difference: Sums,
}

/// A question, and the products that ask it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub text: String,
    /// The products, by their places in the list of the report.
    pub products: Vec<usize>,
}

/// A problem that keeps a product from being filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The product, by its place in the list of the report.
    pub product: usize,
    /// What is wrong.
    pub problem: Problem,
}

impl Report {
    /// Computes counts and sums.
    pub fn totals(&self) -> Totals {
        let products = &self.products;
        let count = |is: &dyn Fn(&Product) -> bool| products.iter().filter(|one| is(one)).count();
        let sum = |is: &dyn Fn(&Product) -> bool| {
            let mut sums = Sums::default();
            let fees = products.iter().filter(|one| is(one));
            fees.filter_map(|one| one.fee.as_ref())
                .for_each(|fee| sums.add(fee));
            sums
        };
        let is_open = |one: &Product| one.can_be_filed() && !one.is_settled();
        let state = |state| (state, count(&|one| one.state == state));
        let made = |why: &Why| (*why, count(&|one| one.work == Work::Made(*why)));
        Totals {
            n_products: products.len(),
            states: State::NEAREST_FIRST.into_iter().map(state).collect(),
            forms: forms(products),
            routes: routes(products),
            n_settled: count(&Product::is_settled),
            settled: sum(&Product::is_settled),
            n_open: count(&is_open),
            open: sum(&is_open),
            fees: sum(&Product::can_be_filed),
            n_fee_unknown: count(&|one| one.can_be_filed() && one.fee.is_none()),
            saved: other_ways(products, |own, other| own < other),
            dearer: other_ways(products, |own, other| own > other),
            made: Why::ALL.iter().map(made).filter(|(_, n)| *n > 0).collect(),
            n_kept: count(&|one| one.work == Work::Kept),
            n_ending: count(&Product::ends_soon),
            n_warnings: products
                .iter()
                .fold(0, |sum: u64, one| sum.saturating_add(one.n_warnings)),
            questions: questions(products),
            failures: failures(products),
            warnings: warnings(products),
        }
    }
}

impl Product {
    /// Returns true if its label ends within twelve months of its day.
    pub fn ends_soon(&self) -> bool {
        let year_on = self.on.plus_years(1);
        self.can_be_filed() && self.valid_until.is_some_and(|until| until < year_on)
    }
}

impl Totals {
    /// Returns how many packs were made.
    pub fn n_made(&self) -> usize {
        self.made.iter().map(|(_, n)| n).sum()
    }

    /// Returns the sum of what the other ways would cost more.
    pub fn saved_sum(&self) -> Sums {
        let mut sums = Sums::default();
        self.saved
            .iter()
            .for_each(|way| sums.add_all(&way.difference));
        sums
    }

    /// Returns how many products are in a state.
    pub fn in_state(&self, state: State) -> usize {
        let mut found = self.states.iter().filter(|(known, _)| *known == state);
        found.next().map_or(0, |(_, n)| *n)
    }
}

fn forms(products: &[Product]) -> Vec<FormTotal> {
    // A point to be confirmed may change form and fee, so what is open never hides in a settled sum.
    let mut forms: BTreeMap<_, FormTotal> = BTreeMap::new();
    for product in products.iter().filter(|product| product.can_be_filed()) {
        let is_open = !product.is_settled();
        let key = (product.form.is_none(), &product.form, is_open, &product.fee);
        let total = forms.entry(key).or_insert_with(|| FormTotal {
            form: product.form.clone(),
            name: product.form_name.clone(),
            is_open,
            fee: product.fee.clone(),
            n: 0,
            sum: Sums::default(),
        });
        total.n += 1;
        product.fee.iter().for_each(|fee| total.sum.add(fee));
    }
    forms.into_values().collect()
}

fn routes(products: &[Product]) -> Vec<(Route, usize, Sums)> {
    let mut routes = Vec::new();
    for route in Route::ALL {
        let on_it = products
            .iter()
            .filter(|one| one.is_settled() && one.route == Some(*route));
        let mut sums = Sums::default();
        let mut n = 0;
        for product in on_it {
            n += 1;
            product.fee.iter().for_each(|fee| sums.add(fee));
        }
        if n > 0 {
            routes.push((*route, n, sums));
        }
    }
    routes
}

fn other_ways(products: &[Product], counts: impl Fn(u64, u64) -> bool) -> Vec<OtherWay> {
    let mut ways: BTreeMap<u8, OtherWay> = BTreeMap::new();
    for product in products {
        let Some((own, other)) = product
            .compared()
            .filter(|(own, other)| counts(own.cents, other.cents))
        else {
            continue;
        };
        let level = product.level.unwrap_or(0);
        let way = ways.entry(level).or_insert_with(|| OtherWay {
            level,
            n: 0,
            own: Sums::default(),
            other: Sums::default(),
            difference: Sums::default(),
        });
        way.n += 1;
        way.own.add(own);
        way.other.add(other);
        let (less, more) = if own < other {
            (own, other)
        } else {
            (other, own)
        };
        way.difference.add(&less.less_than(more));
    }
    ways.into_values().collect()
}

/// Each question once, in the order in which it first comes up.
fn questions(products: &[Product]) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, product) in products.iter().enumerate() {
        for text in &product.questions {
            let at = *known.entry(text).or_insert_with(|| {
                questions.push(Question {
                    text: text.clone(),
                    products: Vec::new(),
                });
                questions.len() - 1
            });
            if questions[at].products.last() != Some(&i) {
                questions[at].products.push(i);
            }
        }
    }
    questions
}

fn failures(products: &[Product]) -> Vec<Failure> {
    let mut failures = Vec::new();
    for (i, product) in products.iter().enumerate() {
        if !matches!(product.state, State::Blocked | State::Failed) {
            continue;
        }
        let is_error = |problem: &&Problem| problem.severity == Gravity::Error;
        let errors: Vec<_> = product.problems.iter().filter(is_error).collect();
        failures.extend(errors.iter().map(|problem| Failure {
            product: i,
            problem: (*problem).clone(),
        }));
        if errors.is_empty() {
            failures.push(Failure {
                product: i,
                problem: unexplained(product),
            });
        }
    }
    failures
}

fn warnings(products: &[Product]) -> Vec<Warning> {
    let mut found: BTreeMap<(&str, &str, &str), Vec<usize>> = BTreeMap::new();
    for (i, product) in products.iter().enumerate() {
        let warnings = product.problems.iter();
        for one in warnings.filter(|one| one.severity == Gravity::Warning) {
            let products = found
                .entry((&one.code, &one.message, &one.help))
                .or_default();
            if products.last() != Some(&i) {
                products.push(i);
            }
        }
    }
    let warning = |((code, message, help), products): ((&str, &str, &str), _)| Warning {
        code: code.to_owned(),
        message: message.to_owned(),
        help: help.to_owned(),
        products,
    };
    found.into_iter().map(warning).collect()
}

/// A product that is held up and does not say by what is still to be shown.
fn unexplained(product: &Product) -> Problem {
    Problem {
        code: String::new(),
        severity: Gravity::Error,
        place: product.source.clone(),
        text: String::new(),
        message: format!("{} without a reason", product.state),
        help: "run `clspack check` on it alone".to_owned(),
    }
}
