//! Compares the components of the binary scan with the bill of materials.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Finding};
use crate::domain::FieldPath;
use crate::inspect::Paper;
use crate::inspect::identity::bill::judge::some;
use crate::inspect::identity::fold::bare;
use crate::sbom::{Bill, Component};

/// Returns a finding that lists the differences.
pub(super) fn finding(
    (paper, bill): (&Paper<'_>, &Bill),
    (scan, field, found): (&Paper<'_>, &FieldPath, &Bill),
) -> Option<Finding> {
    if paper.path == scan.path || bill.is_cut || found.is_cut {
        return None;
    }
    let (declared, scanned) = (by_name(bill), by_name(found));
    let only = |one: &BTreeMap<String, Named>, other: &BTreeMap<String, Named>| {
        let missing = one.iter().filter(|(name, _)| !knows(other, name));
        missing
            .map(|(_, named)| named.name.clone())
            .collect::<Vec<_>>()
    };
    let undeclared = only(&scanned, &declared);
    let unseen = only(&declared, &scanned);
    let versions = scanned.iter().filter_map(|(name, one)| {
        let other = declared.get(name)?;
        let differ = !one.versions.is_empty()
            && !other.versions.is_empty()
            && one.versions.is_disjoint(&other.versions);
        let first = |named: &Named| named.versions.first().cloned().unwrap_or_default();
        differ.then(|| format!("{} {} (declared {})", one.name, first(one), first(other)))
    });
    let versions: Vec<String> = versions.collect();
    let mut says = Vec::new();
    for (what, names) in [
        ("not in the bill of materials", &undeclared),
        ("in another version", &versions),
        ("only in the bill of materials", &unseen),
    ] {
        if !names.is_empty() {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            says.push(format!("{what}: {}", some(&names)));
        }
    }
    if says.is_empty() {
        return None;
    }
    let message = format!(
        "`{}` and `{}` list different components; {}",
        scan.path,
        paper.path,
        says.join("; ")
    );
    let help = "add what is missing to the bill of materials, or explain the difference in the scan report";
    Some(Finding::at(Code::ComponentsDiffer, field, message, help))
}

struct Named {
    name: String,
    versions: BTreeSet<String>,
}

fn by_name(bill: &Bill) -> BTreeMap<String, Named> {
    let mut by_name: BTreeMap<String, Named> = BTreeMap::new();
    for Component { name, version, .. } in &bill.components {
        let named = by_name.entry(key(name)).or_insert_with(|| Named {
            name: name.clone(),
            versions: BTreeSet::new(),
        });
        named.versions.extend(version.as_deref().map(plain));
    }
    by_name.remove("");
    by_name
}

/// Returns one name for `libcurl`, `curl` and `cURL`, which tools write differently.
fn key(name: &str) -> String {
    let name = name.rsplit(['/', ':']).next().unwrap_or(name);
    let key = bare(name);
    let stripped = key.strip_prefix("LIB").filter(|rest| rest.len() >= 3);
    stripped.unwrap_or(&key).to_owned()
}

/// Returns true if a list has the name, or a longer one: another tool writes `FreeRTOS-Kernel` for `FreeRTOS`.
fn knows(names: &BTreeMap<String, Named>, name: &str) -> bool {
    names.contains_key(name)
        || (name.len() >= 5
            && names.keys().any(|other| {
                other.len() >= 5 && (other.starts_with(name) || name.starts_with(other.as_str()))
            }))
}

fn plain(version: &str) -> String {
    version.trim_start_matches(['v', 'V']).to_lowercase()
}
