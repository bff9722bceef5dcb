//! Reports of shards become the report of the batch.

use std::collections::{BTreeMap, BTreeSet};

use super::{Gravity, Problem, Product, Report};

impl Report {
    /// Puts parts together, by the places of their products. What is missing becomes a finding; a part
    /// that is given twice counts once.
    ///
    /// # Errors
    /// There are no parts; they were made for different days or cut in different ways; two of them say
    /// different things of one product.
    pub fn merge(parts: Vec<Self>) -> Result<Self, String> {
        let mut parts = parts.into_iter();
        let mut whole = parts.next().ok_or("there are no reports to merge")?;
        let mut shards = Shards::default();
        shards.add(whole.shard.as_deref())?;
        let mut tools = BTreeSet::from([whole.tool.clone()]);
        let mut findings = std::mem::take(&mut whole.findings);
        let mut products = BTreeMap::new();
        place(&mut products, std::mem::take(&mut whole.products))?;
        for part in parts {
            if part.on != whole.on {
                return Err("the reports were made for different days".to_owned());
            }
            let inputs = whole.inputs.as_ref().zip(part.inputs.as_ref());
            if inputs.is_some_and(|(one, other)| one != other) {
                return Err(
                    "the reports are not parts of one batch: their lists of products differ"
                        .to_owned(),
                );
            }
            shards.add(part.shard.as_deref())?;
            tools.insert(part.tool);
            findings.extend(part.findings);
            place(&mut products, part.products)?;
        }
        // What is said of the inputs as a whole, every shard says; notes of an earlier merge are made anew.
        let mut unique: Vec<Problem> = Vec::new();
        for finding in findings {
            if !unique.contains(&finding) && finding.place != MERGED {
                unique.push(finding);
            }
        }
        let missing = shards.missing().chain(gaps(&products));
        unique.extend(missing.map(|text| Problem {
            severity: Gravity::Error,
            ..note(&text, "run what is missing, then merge again")
        }));
        if tools.len() > 1 {
            let tools: Vec<_> = tools.iter().map(String::as_str).collect();
            let text = format!(
                "the parts were made by different releases: {}",
                tools.join(", ")
            );
            unique.push(note(&text, "run all parts with one release"));
        }
        whole.tool = tools.into_iter().next_back().unwrap_or_default();
        whole.shard = shards.name();
        whole.findings = unique;
        whole.products = products.into_values().collect();
        Ok(whole)
    }
}

/// The place of a note that a merge makes.
const MERGED: &str = "the merged report";

fn note(message: &str, help: &str) -> Problem {
    Problem {
        code: String::new(),
        severity: Gravity::Warning,
        place: MERGED.to_owned(),
        text: String::new(),
        message: message.to_owned(),
        help: help.to_owned(),
    }
}

fn place(into: &mut BTreeMap<u64, Product>, products: Vec<Product>) -> Result<(), String> {
    for product in products {
        let index = product.index;
        if let Some(known) = into.insert(index, product)
            && into.get(&index) != Some(&known)
        {
            let source = crate::domain::text::shown(&known.source);
            return Err(format!(
                "two reports say different things of product {index} ({source})"
            ));
        }
    }
    Ok(())
}

/// Places between the first and the last that no part holds.
fn gaps(products: &BTreeMap<u64, Product>) -> impl Iterator<Item = String> {
    let mut gaps = Vec::new();
    let mut next = 1;
    for index in products.keys().copied() {
        if index > next {
            gaps.push(range(next, index - 1));
        }
        next = index.saturating_add(1);
    }
    let n = gaps.len();
    gaps.truncate(20);
    let more = if n > 20 { " and more" } else { "" };
    (n > 0)
        .then(|| format!("products are missing: {}{more}", gaps.join(", ")))
        .into_iter()
}

fn range(first: u64, last: u64) -> String {
    if first == last {
        first.to_string()
    } else {
        format!("{first} to {last}")
    }
}

/// The parts of a batch that are there.
#[derive(Default)]
struct Shards {
    of: Option<u64>,
    there: BTreeSet<u64>,
    /// A part that is the whole.
    is_whole: bool,
}

impl Shards {
    /// Takes in what a part says it is: nothing, `2/8`, or `1/8, 2/8` for merged parts.
    fn add(&mut self, shard: Option<&str>) -> Result<(), String> {
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
                let one = crate::domain::text::shown(one);
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

    fn missing(&self) -> impl Iterator<Item = String> {
        let of = self.of.filter(|_| !self.is_complete());
        of.into_iter().map(|of| {
            let there: Vec<_> = self.there.iter().map(u64::to_string).collect();
            format!("only parts {} of {of} are here", there.join(", "))
        })
    }
}
