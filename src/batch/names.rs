//! Checks the names of all packs before the first is written: two packs with one name would overwrite each other.

use std::collections::BTreeMap;

use crate::diag::{Code, Finding, Place};

/// Returns a finding for each product whose pack has the same name as another's. Names that differ only in capitals
/// are the same on Windows. `names` has number, pack and name of each product.
pub(crate) fn collisions<'a>(
    names: impl Iterator<Item = (usize, &'a str, &'a str)>,
) -> Vec<(usize, Finding)> {
    let mut groups: BTreeMap<String, Vec<(usize, &str, &str)>> = BTreeMap::new();
    for (number, pack, unit) in names {
        groups
            .entry(pack.to_lowercase())
            .or_default()
            .push((number, pack, unit));
    }
    let mut findings = Vec::new();
    for group in groups.values().filter(|group| group.len() > 1) {
        for (number, pack, unit) in group {
            let others = group.iter().filter(|(other, ..)| other != number);
            let others: Vec<_> = others.map(|(_, _, unit)| format!("`{unit}`")).collect();
            let message = format!(
                "the pack `{pack}` would also be made for {}",
                others.join(", ")
            );
            let help = "leave one of them out, or put another of its models first";
            let place = Place::File((*unit).to_owned());
            findings.push((
                *number,
                Finding::new(Code::PackNamesCollide, place, message, help),
            ));
        }
    }
    findings
}
