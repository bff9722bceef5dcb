//! A report for the formats of other programs: a suite for each product, and one for the run.

use super::{Problem, Product, Report, State};
use crate::diag::{Code, Severity};
use crate::report::suite::{Item, Suite, Suites};

impl Report {
    /// Returns the suites of the products, and one of what concerns the inputs or the run as a whole.
    pub fn suites(&self, fail_on: Severity) -> Suites {
        let products = self.products.iter();
        let products = products.map(|product| suite(product, fail_on));
        let of_run = (!self.findings.is_empty()).then(|| Suite {
            name: "the whole run".to_owned(),
            file: String::new(),
            state: String::new(),
            fails: false,
            items: self.findings.iter().map(item).collect(),
        });
        Suites {
            all: of_run.into_iter().chain(products).collect(),
            fail_on,
        }
    }

    /// Returns true if something in it is at least as grave as `fail_on`.
    pub fn fails(&self, fail_on: Severity) -> bool {
        let of_products = self.products.iter().flat_map(|product| &product.problems);
        let mut problems = self.findings.iter().chain(of_products);
        problems.any(|problem| problem.severity <= fail_on)
            || self
                .products
                .iter()
                .any(|product| product.state.fails(fail_on))
    }
}

impl State {
    fn fails(self, fail_on: Severity) -> bool {
        match self {
            Self::Blocked | Self::Failed => true,
            Self::Confirm => fail_on >= Severity::Confirm,
            Self::ToSign | Self::Ready => false,
        }
    }
}

fn suite(product: &Product, fail_on: Severity) -> Suite {
    let mut suite = Suite {
        name: product.source.clone(),
        file: product.source.clone(),
        state: product.state.to_string(),
        fails: product.state.fails(fail_on),
        items: product
            .all_problems()
            .map(|problem| item(&problem))
            .collect(),
    };
    suite.explain(product.state.title(), fail_on);
    suite
}

fn item(problem: &Problem) -> Item {
    Item {
        code: Code::find(&problem.code),
        severity: problem.severity,
        message: problem.message.clone(),
        help: problem.help.clone(),
        note: problem.note.clone(),
        location: problem.at.clone(),
        within: String::new(),
    }
}
