//! Reads rule files into the rule book; every file that cannot be read is a finding.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use crate::diag::{Code, Finding, Place};
use crate::domain::{Date, Sha256};
use crate::rules::guidance::{GUIDANCE, Guidance};
use crate::rules::tables::Provisions;
use crate::rules::yaml::{self, Unreadable};
use crate::rules::{Body, Edition, RuleBook, RuleFiles, Sources, Timeline, embedded};

/// Reads the rule book. A file that cannot be read is left out and reported.
pub fn load(files: &RuleFiles) -> (Option<RuleBook>, Vec<Finding>) {
    load_from(files, true)
}

/// Reads the rule book, with the files of the binary as JSON or as YAML.
fn load_from(files: &RuleFiles, as_json: bool) -> (Option<RuleBook>, Vec<Finding>) {
    // The provisions are nearly half of all rules, so another thread reads them in the meantime.
    std::thread::scope(|scope| {
        let provisions = scope.spawn(|| {
            let mut loader = Loader::new(files, as_json);
            (loader.timeline("provisions"), loader.findings)
        });
        book(Loader::new(files, as_json), || {
            provisions
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    })
}

/// Reads everything except the provisions.
fn book(
    mut loader: Loader<'_>,
    provisions: impl FnOnce() -> (Timeline<Provisions>, Vec<Finding>),
) -> (Option<RuleBook>, Vec<Finding>) {
    let sources = loader.sources();
    let book = sources.map(|sources| RuleBook {
        sources,
        arrangements: loader.by_word("arrangements"),
        outlook: loader.by_word("outlook"),
        levels: loader.by_word("levels"),
        forms: loader.timeline("forms"),
        fees: loader.timeline("fees"),
        validity: loader.timeline("validity"),
        scope: loader.timeline("scope"),
        requirements: loader.timeline("requirements"),
        steps: loader.timeline("steps"),
        uploads: loader.timeline("uploads"),
        provisions: loader.keep_findings(provisions()),
    });
    loader.absent();
    loader.unread_files();
    (book, loader.findings)
}

/// Reads the guidance on provisions, which a folder of rules need not have. It is read only where it is shown, since it
/// is as long as all other rules.
pub fn guidance(files: &RuleFiles) -> (Option<Guidance>, Vec<Finding>) {
    let mut loader = Loader::new(files, true);
    let bytes = files.get(GUIDANCE);
    let guidance = bytes.and_then(|bytes| loader.read(GUIDANCE, bytes));
    (guidance, loader.findings)
}

/// Reads YAML of any shape; what cannot be read is nothing.
pub fn raw(bytes: &[u8]) -> serde_json::Value {
    yaml::read(&String::from_utf8_lossy(bytes)).unwrap_or_default()
}

/// The folders of instruments with one timeline, and of those with a timeline for each word.
const SINGLE: &[&str] = &[
    "forms",
    "fees",
    "validity",
    "scope",
    "requirements",
    "steps",
    "uploads",
    "provisions",
];
const BY_WORD: &[&str] = &["arrangements", "outlook", "levels"];
/// Files that are not rules.
const OTHER: &[&str] = &[
    "README.md",
    "HISTORY.sha256",
    "rules.jsonl",
    "sources.yaml",
    GUIDANCE,
];

struct Loader<'f> {
    files: &'f RuleFiles,
    as_json: bool,
    findings: Vec<Finding>,
}

impl<'f> Loader<'f> {
    const fn new(files: &'f RuleFiles, as_json: bool) -> Self {
        Self {
            files,
            as_json,
            findings: Vec::new(),
        }
    }

    fn keep_findings<T>(&mut self, (timeline, found): (T, Vec<Finding>)) -> T {
        self.findings.extend(found);
        timeline
    }

    fn sources(&mut self) -> Option<Sources> {
        let Some(bytes) = self.files.get("sources.yaml") else {
            self.fault(
                "sources.yaml",
                "the file with the publications is missing",
                "add `sources.yaml`; every row cites a publication in it",
            );
            return None;
        };
        self.read("sources.yaml", bytes)
    }

    fn by_word<K: std::str::FromStr + Ord, T: Body + DeserializeOwned>(
        &mut self,
        folder: &str,
    ) -> BTreeMap<K, Timeline<T>> {
        let prefix = format!("{folder}/");
        let words: std::collections::BTreeSet<&str> = self
            .files
            .keys()
            .filter_map(|path| path.strip_prefix(&prefix)?.split_once('/'))
            .map(|(word, _)| word)
            .collect();
        let mut timelines = BTreeMap::new();
        for word in words {
            match word.parse() {
                Ok(key) => drop(timelines.insert(key, self.timeline(&format!("{folder}/{word}")))),
                Err(_) => self.fault(
                    &format!("{folder}/{word}"),
                    &format!("`{word}` is not a word that can name a folder here"),
                    "name the folder after the scheme or class that it is about",
                ),
            }
        }
        timelines
    }

    fn timeline<T: Body + DeserializeOwned>(&mut self, folder: &str) -> Timeline<T> {
        let mut timeline = Timeline::default();
        for (path, bytes) in self.files {
            let Some(name) = path
                .strip_prefix(folder)
                .and_then(|rest| rest.strip_prefix('/'))
            else {
                continue;
            };
            let Some(body) = self.read::<T>(path, bytes) else {
                continue;
            };
            let named = name
                .strip_suffix(".yaml")
                .and_then(|date| date.parse::<Date>().ok());
            if named != Some(body.effective_from()) {
                let message = format!(
                    "the file is in force from {}, but is not named `{0}.yaml`",
                    body.effective_from()
                );
                self.findings.push(Finding::new(
                    Code::RuleDatesDisordered,
                    Place::File(path.clone()),
                    message,
                    "name an edition after the day from which it is in force",
                ));
            }
            timeline.insert(Edition {
                path: path.clone(),
                sha256: Sha256::of(bytes),
                body,
            });
        }
        timeline
    }

    fn read<T: DeserializeOwned>(&mut self, path: &str, bytes: &[u8]) -> Option<T> {
        if let Some(value) = self.as_json.then(|| embedded::read(path, bytes)).flatten() {
            return Some(value);
        }
        let text = String::from_utf8_lossy(bytes);
        match yaml::read(&text) {
            Ok(value) => Some(value),
            Err(Unreadable { line, message }) => {
                let place = Place::Line {
                    file: path.into(),
                    line,
                    column: None,
                };
                let help = "compare the row with the one above it; `rules/README.md` describes every field";
                let finding = Finding::new(Code::RuleUnreadable, place, message, help);
                self.findings.push(finding);
                None
            }
        }
    }

    /// Reports instruments without an edition: a check without rules would silently not run.
    fn absent(&mut self) {
        for folder in SINGLE.iter().chain(BY_WORD) {
            let prefix = format!("{folder}/");
            if !self.files.keys().any(|path| path.starts_with(&prefix)) {
                self.fault(
                    folder,
                    "the instrument has no edition",
                    "add one; `rules/README.md` describes every instrument",
                );
            }
        }
    }

    /// Reports files that no instrument reads.
    fn unread_files(&mut self) {
        for path in self.files.keys() {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let known = OTHER.contains(&path.as_str())
                || SINGLE.contains(&folder)
                || BY_WORD.iter().any(|name| {
                    folder
                        .split_once('/')
                        .is_some_and(|(top, rest)| top == *name && !rest.contains('/'))
                });
            if !known {
                self.fault(
                    path,
                    "no instrument reads this file",
                    "move it into the folder of its instrument, or remove it",
                );
            }
        }
    }

    fn fault(&mut self, path: &str, message: &str, help: &str) {
        let place = Place::File(path.to_owned());
        self.findings
            .push(Finding::new(Code::RuleUnreadable, place, message, help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::embedded_files;

    #[test]
    fn rules_as_json_are_the_rules() {
        let files = embedded_files();
        let [quick, slow] = [true, false].map(|as_json| load_from(&files, as_json));
        assert_eq!(format!("{quick:?}"), format!("{slow:?}"));
        for (path, bytes) in files.iter().filter(|(path, _)| path.contains('/')) {
            let json = embedded::read::<serde_json::Value>(path, bytes);
            assert!(json.is_some(), "{path}");
            let other = [bytes.as_slice(), b"#"].concat();
            assert!(embedded::read::<serde_json::Value>(path, &other).is_none());
        }
    }
}
