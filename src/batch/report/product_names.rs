//! The names of products in lists of those that a question, a warning or a file concerns.

use super::clean::{clean, list};
use super::{Product, Report};

/// How many products are named in a file; a terminal names fewer.
pub(super) const MOST_NAMED: usize = 200;

pub(super) fn name(product: &Product) -> String {
    format!("{}. {}", product.index, clean(&product.product))
}

/// Returns the name of a product with its models, where several have one name.
pub(super) fn with_models(product: &Product) -> String {
    let models = list(&product.models);
    if models.is_empty() {
        return name(product);
    }
    format!("{} ({models})", name(product))
}

/// Keeps the first texts of a list, and adds how many more there are.
pub(super) fn few(mut texts: Vec<String>, most: usize) -> Vec<String> {
    let n_more = texts.len().saturating_sub(most);
    if n_more > 0 {
        texts.truncate(most);
        texts.push(format!("and {n_more} more"));
    }
    texts
}

/// Names the first products of a list, and gives the numbers of the others.
pub(super) fn names(report: &Report, products: &[usize], most: usize) -> Vec<String> {
    names_by(name, report, products, most)
}

/// Does the same with another way to name a product.
pub(super) fn names_by(
    name: fn(&Product) -> String,
    report: &Report,
    products: &[usize],
    most: usize,
) -> Vec<String> {
    let products = products.iter().filter_map(|at| report.products.get(*at));
    let mut names: Vec<String> = products.clone().take(most).map(name).collect();
    let others: Vec<u64> = products.skip(most).map(|product| product.index).collect();
    if !others.is_empty() {
        let end = if others.len() == 1 { "" } else { "s" };
        names.push(format!("and number{end} {}", ranges(&others).join(", ")));
    }
    names
}

/// Returns numbers in order, consecutive ones as a range: `1`, `3 to 5`.
pub(super) fn ranges(numbers: &[u64]) -> Vec<String> {
    let runs = numbers.chunk_by(|one, next| one.checked_add(1) == Some(*next));
    runs.filter_map(|run| Some(range(*run.first()?, *run.last()?)))
        .collect()
}

/// Writes a range of numbers, `3 to 5`.
pub(super) fn range(first: u64, last: u64) -> String {
    if first == last {
        first.to_string()
    } else {
        format!("{first} to {last}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_follow_each_other_are_one() {
        assert_eq!(ranges(&[]), [""; 0]);
        assert_eq!(ranges(&[1, 2, 3, 5, 8, 9]), ["1 to 3", "5", "8 to 9"]);
    }
}
