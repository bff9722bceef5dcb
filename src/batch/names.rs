//! The names of all packs, known before the first is written: two of one name would overwrite each other.

use std::collections::BTreeMap;

use crate::diag::{Code, Finding, Place};

/// Returns a finding for each name that is not alone; capitals do not tell names apart on Windows.
pub(crate) fn collisions<'a>(names: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Finding> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for (pack, unit) in names {
        match seen.get(&pack.to_lowercase()) {
            None => drop(seen.insert(pack.to_lowercase(), unit)),
            Some(first) => {
                let message = format!("the pack `{pack}` would be that of another product too");
                let help = "correct the first model number of one of them, or leave one out";
                let finding = Finding::new(
                    Code::PackNamesCollide,
                    Place::File(unit.to_owned()),
                    message,
                    help,
                );
                findings.push(finding.because(format!("the other is {first}")));
            }
        }
    }
    findings
}
