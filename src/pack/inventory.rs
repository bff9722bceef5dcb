//! `SHA256SUMS`: a line for each entry, as `sha256sum` writes and checks it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::domain::Sha256;
use crate::domain::text::composed;
use crate::pack::{Entry, EntryPath};

pub const INVENTORY: &str = "SHA256SUMS";

pub fn inventory(entries: &[Entry]) -> String {
    let mut text = String::new();
    for entry in entries {
        let _ = writeln!(text, "{}  {}", entry.content.sha256(), entry.path);
    }
    text
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Sums {
    /// The path as it is written, and the hash, by path in composed form.
    pub(crate) lines: BTreeMap<String, (String, Sha256)>,
    /// Lines that `clspack` would not write; `sha256sum -c` may read them differently.
    pub(crate) irregular: Vec<(usize, &'static str)>,
}

/// How many irregular lines are named.
const NAMED: usize = 10;

/// Reads an inventory back; nothing if no line can be read.
pub(crate) fn parse(text: &str) -> Option<Sums> {
    let mut sums = Sums::default();
    let mut before: Option<&str> = None;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        let mut odd = None;
        let ended = line.strip_suffix('\n');
        if ended.is_none() {
            odd = Some("the line has no end");
        }
        let line = ended.unwrap_or(line);
        if line.ends_with('\r') {
            odd = Some("the line ends as on Windows, and `sha256sum` does not read it so");
        }
        let line = line.trim_end_matches('\r');
        match read(line) {
            Ok((hash, path)) => {
                odd = odd.or_else(|| out_of_place(hash, path, before));
                before = Some(path);
                // Capital digits are accepted, since the line is reported above.
                let hash = hash.to_ascii_lowercase().parse();
                let listed = hash.map(|hash| (path.to_owned(), hash));
                if let Ok(listed) = listed
                    && sums.lines.insert(composed(path), listed).is_some()
                {
                    odd = Some("the line names a file a second time");
                }
            }
            Err(message) => odd = Some(message),
        }
        if let Some(message) = odd.filter(|_| sums.irregular.len() < NAMED) {
            sums.irregular.push((i + 1, message));
        }
    }
    (!sums.lines.is_empty()).then_some(sums)
}

fn read(line: &str) -> Result<(&str, &str), &'static str> {
    let (hash, path) = line
        .split_once("  ")
        .ok_or("the line is not a hash and a path")?;
    let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    if !is_hash {
        return Err("the line does not begin with a hash");
    }
    if path.parse::<EntryPath>().is_err() {
        return Err("the line names a path that leads out of the pack");
    }
    Ok((hash, path))
}

fn out_of_place(hash: &str, path: &str, before: Option<&str>) -> Option<&'static str> {
    if path == INVENTORY {
        return Some("the line is about the inventory itself");
    }
    if hash.bytes().any(|b| b.is_ascii_uppercase()) {
        return Some("the hash is written in capitals");
    }
    let is_sorted = before.is_none_or(|before| before < path);
    (!is_sorted).then_some("the line is not in the order of paths")
}
