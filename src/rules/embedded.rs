//! The rule files in the binary.

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;

use crate::rules::RuleFiles;

static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The same files as JSON, one a line after its path. JSON is ten times faster to read than YAML, and most commands
/// start by reading all rules. A test writes it and makes sure that it is equal.
static JSON: &str = include_str!("../../rules/rules.jsonl");

pub fn files() -> RuleFiles {
    let mut files = RuleFiles::new();
    collect(&RULES, &mut files);
    files
}

fn collect(dir: &Dir<'_>, files: &mut RuleFiles) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.insert(path, file.contents().to_vec());
    }
    dir.dirs().for_each(|dir| collect(dir, files));
}

/// Reads a rule file from JSON, if its bytes are those in the binary.
pub(super) fn read<T: DeserializeOwned>(path: &str, bytes: &[u8]) -> Option<T> {
    let file = RULES.get_file(path)?;
    let (_, json) = JSON
        .lines()
        .filter_map(|line| line.split_once(' '))
        .find(|(name, _)| *name == path)?;
    let is_same = file.contents() == bytes;
    serde_json::from_str(json).ok().filter(|_| is_same)
}

/// Returns rule files as JSON, in the form of the binary: one a line after its path.
pub fn as_json(files: &RuleFiles) -> String {
    let rules = files
        .iter()
        .filter(|(path, _)| matches!(path.rsplit_once('.'), Some((_, "yaml"))));
    let line = |(path, bytes): (&String, &Vec<u8>)| format!("{path} {}\n", super::load::raw(bytes));
    rules.map(line).collect()
}
