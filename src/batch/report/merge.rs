//! Merges the reports of shards into the report of the batch, and reports of different batches into one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::product_names::{few, range};
use super::{Problem, Product, Report, SignedFile};
use crate::diag::Severity;
use crate::domain::Sha256;
use crate::domain::text::shown;
use crate::error::{Error, Result};

impl Report {
    /// Merges reports, each with the name of its file. Parts of one batch become that batch, in the order of the
    /// input; a missing part becomes a finding, and a part that is given twice counts once. Reports of different
    /// batches follow each other, and a product in two of them becomes a finding.
    ///
    /// # Errors
    /// There are no reports; parts of one batch were made for different days or split in different ways; two of them
    /// contradict each other about a product; reports of different batches are in one folder.
    pub fn merge(parts: Vec<(String, Self)>) -> Result<Self> {
        let parts = of_one_batch(parts);
        if share_a_folder(&parts) {
            // The older ones are left over, and their products would be listed twice.
            let why = "the reports are not parts of one batch: their lists of products differ";
            return Err(Error::Usage(why.to_owned()));
        }
        let mut batches = Vec::new();
        for batch in parts {
            let name = batch.first().map(|(name, _)| name.clone());
            batches.push((name.unwrap_or_default(), merge_parts(batch)?));
        }
        if batches.len() > 1 {
            return Ok(join(batches));
        }
        let one = batches.pop().map(|(_, one)| one);
        one.ok_or_else(|| Error::Usage("there are no reports to merge".to_owned()))
    }
}

/// Reports, each with the name of its file.
type Parts = Vec<(String, Report)>;

/// Groups reports by the list of products that they are parts of. Reports of earlier releases do not have its hash,
/// and are taken for parts of the only batch that is there.
fn of_one_batch(parts: Parts) -> Vec<Parts> {
    let hashes: BTreeSet<String> = parts
        .iter()
        .filter_map(|(_, part)| part.inputs.clone())
        .collect();
    let mut batches: Vec<(Option<String>, Parts)> = Vec::new();
    for (name, part) in parts {
        let key = part.inputs.clone().or_else(|| hashes.first().cloned());
        match batches.iter_mut().find(|(known, _)| *known == key) {
            Some((_, batch)) => batch.push((name, part)),
            None => batches.push((key, vec![(name, part)])),
        }
    }
    batches.into_iter().map(|(_, batch)| batch).collect()
}

/// Returns true if reports of different batches are in one folder.
fn share_a_folder(batches: &[Parts]) -> bool {
    let folder = |name: &String| Path::new(name).parent().map(Path::to_path_buf);
    let folders = batches.iter().map(|batch| {
        let folders = batch.iter().map(|(name, _)| folder(name));
        folders.collect::<BTreeSet<_>>()
    });
    let mut seen = BTreeSet::new();
    folders.flatten().any(|folder| !seen.insert(folder))
}

/// Merges the parts of one batch.
fn merge_parts(mut parts: Vec<(String, Report)>) -> Result<Report> {
    let products = merge_products(&mut parts)?;
    let mut shards = Shards::default();
    let mut tools = BTreeSet::new();
    let mut findings = Vec::new();
    for (_, part) in &mut parts {
        shards.add(part.shard.as_deref()).map_err(Error::Usage)?;
        tools.insert(part.tool.clone());
        findings.append(&mut part.findings);
    }
    // Every shard repeats the findings about the inputs as a whole. Notes of an earlier merge of shards are written
    // again below.
    let mut unique = Vec::new();
    add_unique(&mut unique, findings, |one| one.place != MERGED);
    let missing = shards.missing().into_iter().chain(gaps(&products));
    let help = "run the missing parts, then merge again";
    unique.extend(missing.map(|text| of_merge(Severity::Error, &text, help)));
    unique.extend(of_different_releases(&tools));
    let (_, whole) = parts.swap_remove(0);
    Ok(Report {
        tool: tools.into_iter().next_back().unwrap_or_default(),
        shard: shards.name(),
        findings: unique,
        products,
        ..whole
    })
}

fn add_unique(to: &mut Vec<Problem>, findings: Vec<Problem>, fits: impl Fn(&Problem) -> bool) {
    for finding in findings {
        if !to.contains(&finding) && fits(&finding) {
            to.push(finding);
        }
    }
}

fn of_merge(severity: Severity, text: &str, help: &str) -> Problem {
    Problem::without_code(severity, MERGED, text, help)
}

fn of_different_releases(tools: &BTreeSet<String>) -> Option<Problem> {
    let names: Vec<_> = tools.iter().map(String::as_str).collect();
    let names = names.join(", ");
    let text = format!("the parts were made by different releases: {names}");
    let help = "run all parts with one release";
    (tools.len() > 1).then(|| of_merge(Severity::Warning, &text, help))
}

/// Puts the reports of different batches one after the other.
fn join(batches: Vec<(String, Report)>) -> Report {
    let days: BTreeSet<_> = batches.iter().map(|(_, one)| one.on).collect();
    let shards: BTreeSet<_> = batches.iter().map(|(_, one)| one.shard.clone()).collect();
    let tools: BTreeSet<String> = batches.iter().map(|(_, one)| one.tool.clone()).collect();
    let hashes: Vec<String> = batches
        .iter()
        .filter_map(|(_, one)| one.inputs.clone())
        .collect();
    // Each product has a day of its own; the report has one only if all of its batches do.
    let day = days.first().copied().flatten().filter(|_| days.len() == 1);
    let mut joined = Report::new(day);
    joined.tool = tools.iter().next_back().cloned().unwrap_or_default();
    joined.inputs = Some(Sha256::of(hashes.join("\n").as_bytes()).to_string());
    joined.shard = shards.into_iter().flatten().next();
    let mut seen: BTreeMap<(String, Vec<String>), (u64, String)> = BTreeMap::new();
    let mut twice = Vec::new();
    for (name, batch) in batches {
        let before = joined.products.len() as u64;
        for (mut product, index) in batch.products.into_iter().zip(before + 1..) {
            let old = product.index;
            product.index = index;
            let key = (product.applicant.to_lowercase(), product.models.clone());
            match seen.get(&key).filter(|_| !key.1.is_empty()) {
                Some((first, other)) if *other != name => {
                    let text = format!(
                        "product {index} of `{name}` is also product {first}, of `{other}`: {}",
                        shown(&product.product)
                    );
                    let help =
                        "leave it out of one of the two batches, so that it is not filed twice";
                    twice.push(of_merge(Severity::Warning, &text, help));
                }
                Some(_) => {}
                None => {
                    seen.insert(key, (index, name.clone()));
                }
            }
            for file in batch.signed.iter().filter(|file| file.product == Some(old)) {
                let product = Some(index);
                joined.signed.push(SignedFile {
                    product,
                    ..file.clone()
                });
            }
            joined.products.push(product);
        }
        let of_none = batch
            .signed
            .into_iter()
            .filter(|file| file.product.is_none());
        joined.signed.extend(of_none);
        add_unique(&mut joined.findings, batch.findings, |_| true);
    }
    joined.findings.extend(twice);
    joined.findings.extend(of_different_releases(&tools));
    joined
}

fn merge_products(parts: &mut [(String, Report)]) -> Result<Vec<Product>> {
    let refused = |why: &str| Err(Error::Usage(why.to_owned()));
    let Some((_, first)) = parts.first() else {
        return refused("there are no reports to merge");
    };
    let on = first.on;
    let mut found: BTreeMap<u64, (&str, Product)> = BTreeMap::new();
    for (name, part) in parts {
        if part.on != on {
            return refused("the reports were made for different days");
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
    let missing = missing.into_iter();
    let missing = missing.map(|(first, last)| range(first, last)).collect();
    let shown = few(missing, 20).join(", ");
    (!shown.is_empty()).then(|| format!("products are missing: {shown}"))
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
