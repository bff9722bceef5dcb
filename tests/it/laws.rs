//! Laws that hold for any input.

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
    let provenance = (PROVENANCE.to_owned(), b"{\"pack_format\": 1}".to_vec());
    let mut entries: Vec<Entry> = entries.into_iter().chain([provenance]).map(entry).collect();
    entries.sort_by_key(|entry| entry.path.as_str().to_lowercase());
    entries.dedup_by_key(|entry| entry.path.as_str().to_lowercase());
    Pack::new("laws", entries)
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
