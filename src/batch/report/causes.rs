//! What blocks products, on the terminal. What blocks several for one reason is written once.

use std::collections::BTreeMap;

use super::clean::clean;
use super::text::Text;
use super::{Problem, Product, Report, product_names};

/// From how many letters on a help is written once.
const LONG: usize = 200;

type Key = [String; 6];

/// The products that each problem concerns.
struct Causes(BTreeMap<Key, Vec<usize>>);

impl Causes {
    fn of(report: &Report) -> Self {
        let mut causes: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for (at, product) in report.products.iter().enumerate() {
            for problem in product.failures() {
                let products = causes.entry(key(&problem)).or_default();
                if products.last() != Some(&at) {
                    products.push(at);
                }
            }
        }
        Self(causes)
    }

    /// Returns the products that have a problem, in the order of the input.
    fn products(&self, problem: &Problem) -> &[usize] {
        self.0.get(&key(problem)).map_or(&[], Vec::as_slice)
    }
}

/// The place is no part of a cause: one word is wrong in many cells.
fn key(problem: &Problem) -> Key {
    let Problem {
        code,
        text,
        message,
        help,
        note,
        source,
        ..
    } = problem;
    [code, text, message, help, note, source].map(Clone::clone)
}

impl Text {
    /// Writes what blocks each product. What blocks several is written once, with the rows that it concerns.
    pub(super) fn failures(&mut self, report: &Report) {
        self.heading("What blocks products");
        let causes = Causes::of(report);
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
                let concerned = causes.products(&problem);
                match concerned.first() {
                    Some(first) if *first != at => {
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
                    _ => {
                        let problem = shortened(&problem, product.index, &mut helps);
                        self.problem(5, &problem, false);
                        self.more(10, "also", &also(report, concerned));
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

/// Returns where else a cause is: the rows of one sheet, otherwise the numbers of the products.
fn also(report: &Report, concerned: &[usize]) -> String {
    let products = concerned.iter().filter_map(|at| report.products.get(*at));
    let products: Vec<&Product> = products.collect();
    let Some((first, others)) = products
        .split_first()
        .filter(|(_, others)| !others.is_empty())
    else {
        return String::new();
    };
    let is_one_sheet = others.iter().all(|one| one.sheet == first.sheet);
    let rows: Option<Vec<u64>> = others.iter().map(|one| one.row).collect();
    let (what, numbers) = match rows.filter(|_| is_one_sheet) {
        Some(rows) => ("row", rows),
        None => ("product", others.iter().map(|one| one.index).collect()),
    };
    let end = if numbers.len() == 1 { "" } else { "s" };
    format!("{what}{end} {}", product_names::ranges(&numbers).join(", "))
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
