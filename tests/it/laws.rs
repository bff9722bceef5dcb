//! Laws that hold for any input.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::Path;

use clspack::case;
use clspack::diag::{Code, Severity};
use clspack::domain::{Date, Sha256};
use clspack::gather::Folders;
use clspack::manifest;
use clspack::pack::verify::{PROVENANCE, verify};
use clspack::pack::{Content, Entry, EntryPath, IfThere, Pack, Target, write};
use clspack::plan::State;
use clspack::rules::{Body as _, RuleBook, embedded_files, in_force_on, load};
use clspack::world::Os;
use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};

use crate::support;

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
    Pack::new(
        "laws_form_2026-12-01",
        Date::new(2026, 12, 1).unwrap(),
        entries,
    )
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
    write(pack, &target, IfThere::Refuse, 1, &Os).unwrap();
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
    fn the_latest_edition_that_began_is_in_force(days in prop::collection::btree_set(day(), 1..8), on in day()) {
        let book = book_of_fees(&days);
        let expected = days.iter().filter(|day| **day <= on).max().copied();
        let found = book.fees.in_force_on(on).map(|edition| edition.body.effective_from());
        prop_assert_eq!(found, expected);
        // Listings go through the timelines of all instruments.
        let timelines = book.timelines();
        let fees = timelines.iter().find(|editions| editions[0].path.starts_with("fees/")).unwrap();
        let listed = in_force_on(fees, on).map(|edition| edition.body.effective_from());
        prop_assert_eq!(listed, expected);
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
}

/// Returns the rules with editions of the fees from these days on, in files whose names say nothing of the day.
fn book_of_fees(days: &BTreeSet<Date>) -> RuleBook {
    let mut files = embedded_files();
    let fees = String::from_utf8(files.remove("fees/2025-01-01.yaml").unwrap()).unwrap();
    for (i, day) in days.iter().rev().enumerate() {
        let text = fees.replace(
            "effective_from: 2025-01-01",
            &format!("effective_from: {day}"),
        );
        files.insert(format!("fees/{i}.yaml"), text.into_bytes());
    }
    let (book, findings) = load(&files);
    book.unwrap_or_else(|| panic!("{findings:?}"))
}

/// What an edit puts into a manifest: marks of YAML, values of other kinds, characters that look like others.
const PIECES: &[&str] = &[
    "",
    " ",
    "\t",
    "- ",
    ": ",
    ":",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "'",
    "#",
    " # ",
    "&a ",
    "*a",
    "!!str ",
    "|",
    ">-",
    "---",
    "...",
    "<<: ",
    "%",
    "@",
    "`",
    "~",
    "null",
    "yes",
    "no",
    "n/a",
    "1e9",
    "0x1F",
    "-1",
    ".inf",
    "2026-02-30",
    "9999-12-31",
    "99999999999999999999",
    "\u{feff}",
    "\u{202e}",
    "\u{0}",
    "\u{85}",
    "e\u{301}",
    "証明",
    "＃",
    "🏠",
    "\r",
    "\n",
    "\n\n",
    "\n  x: y",
    "extends: .",
    "variants: [{}]",
    "TBD",
    "https://",
    "@example.com",
    "../../x",
    "S6433012H",
    "\\",
    "\\u0000",
];

/// One edit: which kind, at which line, at which other line or character, with which piece.
type Edit = (u8, usize, usize, prop::sample::Index);

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = (
        0_u8..8,
        0_usize..100,
        0_usize..100,
        any::<prop::sample::Index>(),
    );
    prop::collection::vec(edit, 1..4)
}

/// Returns a manifest after some edits, as a slip of the hand makes them or somebody who means no good.
fn edited(manifest: &str, edits: &[Edit]) -> String {
    let mut lines: Vec<String> = manifest.lines().map(str::to_owned).collect();
    for (kind, at, to, piece) in edits {
        let (i, j) = (at % lines.len(), to % lines.len());
        let piece = *piece.get(PIECES);
        let middle = lines[i]
            .char_indices()
            .map(|(at, _)| at)
            .nth(*to)
            .unwrap_or(lines[i].len());
        let value = lines[i].find(": ").map_or(lines[i].len(), |at| at + 2);
        match kind {
            0 if lines.len() > 1 => drop(lines.remove(i)),
            1 => lines.insert(j, lines[i].clone()),
            2 => lines.swap(i, j),
            3 => lines[i].insert_str(middle, piece),
            4 => lines[i].replace_range(value.., piece),
            5 => lines[i].insert_str(0, "  "),
            6 => lines[i] = lines[i].replacen("  ", "", usize::from(lines[i].starts_with("  "))),
            _ => lines[i].truncate(middle),
        }
    }
    lines.join("\n") + "\n"
}

/// However a good manifest is edited, it is read the same way twice, what cannot be read is an error, an error blocks
/// the plan, and each finding can be printed.
#[test]
fn an_edited_manifest_is_planned_or_refused() {
    let bases = ["gateway", "level-1", "level-4", "mra"].map(|name| {
        let path = support::repository("tests/bases")
            .join(name)
            .join("manifest.yaml");
        std::fs::read_to_string(path).unwrap().replace("\r\n", "\n")
    });
    let book = support::book();
    let (n_unread, n_blocked, n_open) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let count = |n: &Cell<usize>| n.set(n.get() + 1);
    let mut runner = TestRunner::deterministic();
    let found = runner.run(&(0..bases.len(), edits()), |(base, edits)| {
        let text = edited(&bases[base], &edits);
        let read = || manifest::parse("manifest.yaml", text.clone().into_bytes());
        let manifest = read();
        prop_assert_eq!(&manifest.findings, &read().findings);
        let is_read = manifest.application.is_some();
        let on = Some("2026-12-01".parse().unwrap());
        let case = case::planned(manifest, Folders::default(), &book, on, &Os);
        let is_error = case
            .findings()
            .iter()
            .any(|one| one.severity() == Severity::Error);
        prop_assert!(
            is_read || is_error,
            "nothing is said of what cannot be read"
        );
        let state = case.plan.as_ref().map(|plan| plan.state);
        prop_assert!(
            !is_error || state.is_none_or(|state| state == State::Blocked),
            "{:?}",
            state
        );
        let text = support::findings_text(&case);
        for one in case.findings() {
            let code = format!("[{}]", one.code);
            prop_assert!(text.contains(&code), "{} is not printed", code);
        }
        count(if !is_read {
            &n_unread
        } else if is_error {
            &n_blocked
        } else {
            &n_open
        });
        Ok(())
    });
    if let Err(TestError::Fail(why, (base, edits))) = found {
        panic!("{why}\n{}", edited(&bases[base], &edits));
    }
    let n = (n_unread.get(), n_blocked.get(), n_open.get());
    assert!(
        n.0 > 10 && n.1 > 50,
        "the edits leave too few manifests that can be read, or break too few: {n:?}"
    );
}
