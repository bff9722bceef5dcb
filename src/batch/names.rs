//! The names of all packs, known before the first is written: two of one name would overwrite each other.

use std::collections::BTreeMap;

use crate::diag::{Code, Finding, Place};

/// Returns a finding for each product whose pack has the name of another's; capitals do not tell names apart
/// on Windows. `names` holds number, pack and name of each product.
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
                "the pack `{pack}` would be that of {} too",
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
