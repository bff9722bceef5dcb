//! Merges the reports of shards into the report of the batch.

use std::collections::{BTreeMap, BTreeSet};

use super::product_names::range;
use super::{Problem, Product, Report};
use crate::diag::Severity;
use crate::domain::text::shown;
use crate::error::{Error, Result};

impl Report {
    /// Merges parts, each with the name of its file, in the order of the input. A missing part becomes a finding; a
    /// part that is given twice counts once.
    ///
    /// # Errors
    /// There are no parts; they were made for different days or split in different ways; two of them contradict each
    /// other about a product.
    pub fn merge(mut parts: Vec<(String, Self)>) -> Result<Self> {
        let products = merge_products(&mut parts)?;
        let mut shards = Shards::default();
        let mut tools = BTreeSet::new();
        let mut findings = Vec::new();
        for (_, part) in &mut parts {
            shards.add(part.shard.as_deref()).map_err(Error::Usage)?;
            tools.insert(part.tool.clone());
            findings.append(&mut part.findings);
        }
        // Every shard repeats the findings about the inputs as a whole. Notes of an earlier merge are written again
        // below.
        let mut unique: Vec<Problem> = Vec::new();
        for finding in findings {
            if !unique.contains(&finding) && finding.place != MERGED {
                unique.push(finding);
            }
        }
        let of_merge =
            |severity, text: &str, help: &str| Problem::without_code(severity, MERGED, text, help);
        let missing = shards.missing().into_iter().chain(gaps(&products));
        let help = "run the missing parts, then merge again";
        unique.extend(missing.map(|text| of_merge(Severity::Error, &text, help)));
        if tools.len() > 1 {
            let tools: Vec<_> = tools.iter().map(String::as_str).collect();
            let text = format!(
                "the parts were made by different releases: {}",
                tools.join(", ")
            );
            let help = "run all parts with one release";
            unique.push(of_merge(Severity::Warning, &text, help));
        }
        let (_, whole) = parts.swap_remove(0);
        Ok(Self {
            tool: tools.into_iter().next_back().unwrap_or_default(),
            shard: shards.name(),
            findings: unique,
            products,
            ..whole
        })
    }
}

fn merge_products(parts: &mut [(String, Report)]) -> Result<Vec<Product>> {
    let refused = |why: &str| Err(Error::Usage(why.to_owned()));
    let Some((_, first)) = parts.first() else {
        return refused("there are no reports to merge");
    };
    let (on, first_inputs) = (first.on, first.inputs.clone());
    let mut found: BTreeMap<u64, (&str, Product)> = BTreeMap::new();
    for (name, part) in parts {
        if part.on != on {
            return refused("the reports were made for different days");
        }
        let inputs = first_inputs.as_ref().zip(part.inputs.as_ref());
        if inputs.is_some_and(|(one, other)| one != other) {
            return refused(
                "the reports are not parts of one batch: their lists of products differ",
            );
        }
        for product in std::mem::take(&mut part.products) {
            let index = product.index;
            let known = found.get(&index).filter(|(_, known)| *known != product);
            if let Some((other, known)) = known {
                let source = shown(&known.source);
                return refused(&format!(
                    "`{other}` and `{name}` contradict each other about product {index} ({source}); move the older one away, or run its part again"
                ));
            }
            found.insert(index, (name, product));
        }
    }
    Ok(found.into_values().map(|(_, one)| one).collect())
}

/// The place of findings that a merge adds, by which a later merge recognises and drops them.
const MERGED: &str = "the merged report";

/// The positions between the first and the last product that no part has.
fn gaps(products: &[Product]) -> Option<String> {
    let mut missing = Vec::new();
    let mut next = 1;
    for product in products {
        if product.index > next {
            missing.push((next, product.index - 1));
        }
        next = product.index.saturating_add(1);
    }
    let n = missing.len();
    let shown = missing.into_iter().take(20);
    let shown: Vec<_> = shown.map(|(first, last)| range(first, last)).collect();
    let more = if n > 20 { " and more" } else { "" };
    (n > 0).then(|| format!("products are missing: {}{more}", shown.join(", ")))
}

#[derive(Default)]
struct Shards {
    of: Option<u64>,
    there: BTreeSet<u64>,
    /// Whether a part is the whole batch.
    is_whole: bool,
}

impl Shards {
    /// Adds a part by its name: nothing, `2/8`, or `1/8, 2/8` for merged parts.
    fn add(&mut self, shard: Option<&str>) -> std::result::Result<(), String> {
        let Some(shard) = shard else {
            self.is_whole = true;
            return Ok(());
        };
        for one in shard.split(", ") {
            let numbers = one.split_once('/').and_then(|(number, of)| {
                Some((number.parse::<u64>().ok()?, of.parse::<u64>().ok()?))
            });
            let Some((number, of)) = numbers.filter(|(number, of)| (1..=*of).contains(number))
            else {
                let one = shown(one);
                return Err(format!("`{one}` is not a part such as 2/8"));
            };
            if self.of.is_some_and(|known| known != of) {
                return Err("the reports were cut into different numbers of parts".to_owned());
            }
            self.of = Some(of);
            self.there.insert(number);
        }
        Ok(())
    }

    fn is_complete(&self) -> bool {
        let n_there = u64::try_from(self.there.len()).unwrap_or(u64::MAX);
        self.is_whole || self.of.is_none_or(|of| of == n_there)
    }

    fn name(&self) -> Option<String> {
        let of = self.of.filter(|_| !self.is_complete())?;
        let names: Vec<_> = self
            .there
            .iter()
            .map(|number| format!("{number}/{of}"))
            .collect();
        Some(names.join(", "))
    }

    fn missing(&self) -> Option<String> {
        let of = self.of.filter(|_| !self.is_complete());
        of.map(|of| {
            let there: Vec<_> = self.there.iter().map(u64::to_string).collect();
            format!("only parts {} of {of} are here", there.join(", "))
        })
    }
}
