//! Laws that hold for any input.

use std::collections::BTreeSet;
use std::path::Path;

use clspack::diag::Code;
use clspack::domain::{Date, Sha256};
use clspack::pack::verify::{PROVENANCE, verify};
use clspack::pack::{Content, Entry, EntryPath, IfThere, Pack, Target, write};
use clspack::rules::row::Row;
use clspack::rules::{AnyEdition, Body, in_force_on};
use clspack::world::Os;
use proptest::prelude::*;

struct Dated(Date);

impl Body for Dated {
    fn schema(&self) -> u8 {
        1
    }
    fn effective_from(&self) -> Date {
        self.0
    }
    fn rows(&self) -> Vec<&dyn Row> {
        Vec::new()
    }
}

fn day() -> impl Strategy<Value = Date> {
    (2019_i16..2035, 1_i8..=12, 1_i8..=28)
        .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

fn packed(entries: Vec<(String, Vec<u8>)>) -> Pack {
    let entry = |(path, bytes): (String, Vec<u8>)| Entry {
        path: EntryPath::made_safe(&path),
        content: Content::Made(bytes),
    };
    let mut entries: Vec<Entry> = entries.into_iter().chain(records()).map(entry).collect();
    entries.sort_by_key(|entry| entry.path.as_str().to_lowercase());
    entries.dedup_by_key(|entry| entry.path.as_str().to_lowercase());
    // No disk holds a file `a` beside a folder `A`, if it takes capitals for small letters.
    let names: BTreeSet<String> = entries
        .iter()
        .map(|entry| entry.path.as_str().to_lowercase())
        .collect();
    entries.retain(|entry| {
        let path = entry.path.as_str().to_lowercase();
        let mut folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        !folders.any(|folder| names.contains(folder))
    });
    Pack::new("laws_form_2026-12-01", entries)
}

/// What every pack holds, as short as it can be.
fn records() -> [(String, Vec<u8>); 6] {
    let hash = Sha256::of(b"schema: 1").to_string();
    let none = serde_json::json!([]);
    let plan = serde_json::json!({
        "schema": "clspack.plan/1", "manifest": "manifest.yaml", "state": "ready", "on": "2026-12-01",
        "form": "form", "simplified": false, "recognised": none, "alternatives": none, "documents": none,
        "steps": none, "provisions": none, "outlook": none, "questions": none, "reasons": none,
        "findings": none, "rules": none,
    });
    let provenance = serde_json::json!({
        "schema": "clspack.provenance/1", "pack_format": 1, "tool": { "name": "clspack", "version": "0" },
        "state": "ready", "on": "2026-12-01", "form": "form", "draft": false, "declares": hash,
        "manifest": { "sha256": hash }, "rules": none, "templates": {}, "own_templates": {}, "fonts": {},
    });
    let file = |path: &str, text: String| (path.to_owned(), text.into_bytes());
    [
        file(PROVENANCE, provenance.to_string()),
        file("record/plan.json", plan.to_string()),
        file("record/manifest.yaml", "schema: 1".to_owned()),
        file("00-upload-sheet.html", String::new()),
        file("01-summary.pdf", String::new()),
        file("upload/01-declaration.pdf", String::new()),
    ]
}

fn written(pack: &Pack, target: Target) -> Vec<Code> {
    write(pack, &target, IfThere::Refuse, &Os).unwrap();
    let (Target::Zip(path) | Target::Folder(path)) = target else {
        return Vec::new();
    };
    verify(&path, &Os)
        .unwrap()
        .findings
        .iter()
        .map(|finding| finding.code)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_edition_is_in_force_on_each_day_after_the_first(days in prop::collection::btree_set(day(), 1..8), on in day()) {
        let bodies: Vec<Dated> = days.iter().copied().map(Dated).collect();
        let editions: Vec<_> = bodies.iter().map(|body| AnyEdition { path: "", sha256: Sha256::of(b""), body }).collect();
        let expected = days.iter().rev().find(|day| **day <= on).copied();
        prop_assert_eq!(in_force_on(&editions, on).map(|edition| edition.body.effective_from()), expected);
    }

    #[test]
    fn what_is_written_verifies(entries in prop::collection::vec(("[a-zA-Z0-9 ._:ä証-]{1,20}(/[a-z.]{1,8})?", prop::collection::vec(any::<u8>(), 0..300)), 0..8)) {
        let pack = packed(entries.into_iter().map(|(path, bytes)| (format!("evidence/x{path}"), bytes)).collect());
        let scratch = tempfile::tempdir().unwrap();
        let in_scratch = |name: &str| Path::join(scratch.path(), name);
        prop_assert_eq!(written(&pack, Target::Zip(in_scratch("laws.zip"))), []);
        prop_assert_eq!(written(&pack, Target::Zip(in_scratch("again.zip"))), []);
        prop_assert_eq!(std::fs::read(in_scratch("laws.zip")).unwrap(), std::fs::read(in_scratch("again.zip")).unwrap());
    }

    #[test]
    fn no_manifest_kills_the_reader(text in "(\\PC|[:\\-\\[\\]{}&*!|>'\"#%\n\t ]){0,200}") {
        let manifest = clspack::manifest::parse("m.yaml", text.into_bytes());
        prop_assert!(!manifest.findings.is_empty(), "no manifest is that short");
    }
}
