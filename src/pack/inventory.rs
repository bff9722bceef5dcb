//! `SHA256SUMS`: a line for each entry, as `sha256sum` writes and checks it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::domain::Sha256;
use crate::pack::Entry;

/// The name of the inventory in a pack.
pub const INVENTORY: &str = "SHA256SUMS";

/// Returns the inventory of the entries.
pub fn inventory(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        let _ = writeln!(text, "{}  {}", entry.content.sha256(), entry.path);
    }
    text
}

/// Reads an inventory back; `None` if a line is not one, or a path stands twice.
pub(crate) fn parse(text: &str) -> Option<BTreeMap<String, Sha256>> {
    let mut sums = BTreeMap::new();
    for line in text.lines() {
        let (hash, path) = line.split_once("  ")?;
        if sums.insert(path.to_owned(), hash.parse().ok()?).is_some() {
            return None;
        }
    }
    Some(sums)
}
