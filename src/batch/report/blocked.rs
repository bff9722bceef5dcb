//! What blocks products, on the terminal. What blocks several for one reason is written once.

use std::collections::BTreeMap;

use super::causes::{Key, key, rows};
use super::clean::clean;
use super::text::Text;
use super::{Problem, Report, Totals, product_names};

/// From how many letters on a help is written once.
const LONG: usize = 200;

impl Text {
    /// Writes what blocks each product. What blocks several is written once, with the rows that it concerns.
    pub(super) fn failures(&mut self, report: &Report, totals: &Totals) {
        self.heading("What blocks products");
        let blocking = totals.failures();
        let causes: BTreeMap<Key, &[usize]> = blocking
            .map(|cause| (key(&cause.first), cause.products.as_slice()))
            .collect();
        let mut helps = BTreeMap::new();
        for (at, product) in report.products.iter().enumerate() {
            let mut above: BTreeMap<u64, Vec<String>> = BTreeMap::new();
            for (i, problem) in product.failures().enumerate() {
                if i == 0 {
                    let (name, source) = (product_names::name(product), clean(&product.source));
                    self.line(2, &format!("{name}, {}: {source}", product.state));
                }
                if report.findings.contains(&problem) {
                    self.line(5, &clean(&format!("{} as above", problem.code)));
                    continue;
                }
                let concerned = causes.get(&key(&problem)).copied().unwrap_or_default();
                match concerned.split_first() {
                    Some((first, _)) if *first != at => {
                        let number = report.products.get(*first).map_or(0, |one| one.index);
                        let code = if problem.code.is_empty() {
                            problem.message.clone()
                        } else {
                            problem.code.clone()
                        };
                        let codes = above.entry(number).or_default();
                        if !codes.contains(&code) {
                            codes.push(code);
                        }
                    }
                    found => {
                        let problem = shortened(&problem, product.index, &mut helps);
                        self.problem(5, &problem, false);
                        let others = found.map_or(&[][..], |(_, others)| others);
                        self.more(10, "also", &rows(report, concerned, others));
                    }
                }
            }
            for (number, codes) in above {
                let codes = clean(&codes.join(", "));
                self.line(5, &format!("{codes} as for product {number}"));
            }
        }
    }
}

/// A long help, such as a list of all words of a field, is written once.
fn shortened(problem: &Problem, product: u64, helps: &mut BTreeMap<String, u64>) -> Problem {
    let mut problem = problem.clone();
    if problem.help.chars().count() < LONG {
        return problem;
    }
    match helps.get(&problem.help) {
        Some(first) => problem.help = format!("see {} of product {first}", problem.code),
        None => {
            helps.insert(problem.help.clone(), product);
        }
    }
    problem
}
