//! The rule data: it loads, it lints clean, every fault of it is found, and its history is frozen.

use clspack::diag::{Code, Place};
use clspack::domain::{Date, Level};
use clspack::rules::{RuleFiles, as_json, embedded_files, lint::lint, read_yaml};

use crate::support;

fn edited(path: &str, old: &str, new: &str) -> RuleFiles {
    let mut files = embedded_files();
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(old), "{path} has no `{old}`");
    files.insert(path.to_owned(), text.replacen(old, new, 1).into_bytes());
    files
}

/// The codes that an edit gives, without the one that every edit of a past edition gives.
#[track_caller]
fn gives(path: &str, old: &str, new: &str, expected: &[Code]) {
    let findings = lint(&edited(path, old, new));
    assert!(
        path == "sources.yaml"
            || findings
                .iter()
                .any(|finding| finding.code == Code::RuleHistoryChanged),
        "{findings:?}"
    );
    let mut codes: Vec<_> = findings
        .iter()
        .map(|finding| finding.code)
        .filter(|code| *code != Code::RuleHistoryChanged)
        .collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes, expected, "{findings:#?}");
}

#[test]
fn the_rules_are_without_fault() {
    assert_eq!(lint(&embedded_files()), []);
}

#[test]
fn the_rules_are_there_as_json_too() {
    let path = support::repository("rules/rules.jsonl");
    support::expect(&path, &as_json(&embedded_files()));
}

/// Returns line and message of the finding about a rule file that cannot be read.
fn unreadable(old: &str, new: &str) -> String {
    let findings = lint(&edited("fees/2025-01-01.yaml", old, new)).into_iter();
    let mut findings = findings.filter(|finding| finding.code == Code::RuleUnreadable);
    let finding = findings.next().unwrap();
    let Place::Line { file, line, .. } = finding.place else {
        panic!("{finding:?}");
    };
    assert_eq!(&*file, "fees/2025-01-01.yaml");
    format!("{line}: {}", finding.message)
}

#[test]
fn a_file_that_cannot_be_read_is_wrong_in_a_line() {
    let currency = "    currency: SGD\n";
    for (old, new, expected) in [
        (
            "currency: SGD",
            "currency: XXX",
            "9: `XXX` is not one of SGD",
        ),
        (currency, "", "6: missing field `currency`"),
        (
            currency,
            "    currency: SGD\n    currency: SGD\n",
            "10: duplicate field `currency`",
        ),
        (
            "place: Fee }",
            "plaze: Fee }",
            "10: unknown field `plaze`, expected `publication` or `place`",
        ),
        (
            "{ publication: gobusiness-mra, place: Fee }",
            "{ place: Fee }",
            "10: missing field `publication`",
        ),
        (
            "schema: 1",
            "schema: one",
            "3: invalid type: string \"one\", expected u8",
        ),
        (
            "amount: \"51.00\"",
            "amount: 51",
            "8: invalid type: integer `51`, expected a string",
        ),
        (
            "form: csaiot1\n",
            "form: *form\n",
            "14: the file is not YAML: while parsing node, found unknown anchor",
        ),
        (
            "form: iotmra\n    amount: \"51.00\"",
            "form: &form iotmra\n    amount: *form",
            "8: an alias is not read here: write the value out",
        ),
        (
            "form: csaiot1\n",
            "form: !text csaiot1\n",
            "14: a tag has no meaning here: remove it",
        ),
        (
            "form: csaiot1\n",
            "? [form]\n    : csaiot1\n",
            "14: a list or table cannot be the name of a field",
        ),
        (
            "rows:\n",
            "---\nrows:\n",
            "5: a second YAML document begins here",
        ),
    ] {
        assert_eq!(unreadable(old, new), expected);
    }
    let mut files = embedded_files();
    files.insert("fees/2025-01-01.yaml".to_owned(), b"# nothing\n".to_vec());
    let empty = lint(&files).into_iter();
    let mut empty = empty.filter(|finding| finding.code == Code::RuleUnreadable);
    assert_eq!(empty.next().unwrap().message, "the file is empty");
}

#[test]
fn yaml_is_read_like_yaml() {
    let text = "a: [1, -2, 007, 1.10, no, True, ~, '1', !!str 2]\nb: >\n  x\n  y\nc:\n  - {}\n  - d: \"\\u00e9\"\n1: 2\n";
    let json =
        r#"{"1":2,"a":[1,-2,"007","1.10","no",true,null,"1","2"],"b":"x y\n","c":[{},{"d":"é"}]}"#;
    assert_eq!(read_yaml(text.as_bytes()).to_string(), json);
}

#[test]
fn a_file_that_cannot_be_read_is_found() {
    gives(
        "fees/2025-01-01.yaml",
        "currency: SGD",
        "currency: XXX",
        &[Code::RuleUnreadable],
    );
    gives(
        "fees/2025-01-01.yaml",
        "amount: \"51.00\"",
        "amount: \"51\"",
        &[Code::RuleUnreadable],
    );
    gives(
        "fees/2025-01-01.yaml",
        "    currency: SGD\n",
        "    currency: SGD\n    colour: red\n",
        &[Code::RuleUnreadable],
    );
    gives(
        "fees/2025-01-01.yaml",
        "schema: 1",
        "schema: 2",
        &[Code::RuleUnreadable],
    );
    let mut files = embedded_files();
    files.insert("fee/2025-01-01.yaml".to_owned(), b"schema: 1".to_vec());
    assert!(
        lint(&files)
            .iter()
            .any(|finding| finding.code == Code::RuleUnreadable)
    );
    files.remove("sources.yaml");
    assert!(
        lint(&files)
            .iter()
            .any(|finding| finding.message.contains("publications"))
    );
}

#[test]
fn a_source_that_is_not_there_is_found() {
    gives(
        "fees/2025-01-01.yaml",
        "publication: gobusiness-mra",
        "publication: hearsay",
        &[Code::RuleSourceUnknown],
    );
}

#[test]
fn gaps_and_overlaps_are_found() {
    gives(
        "forms/2025-01-01.yaml",
        "levels: [1, 2, 3, 4]",
        "levels: [1, 2, 3]",
        &[Code::RuleGap],
    );
    gives(
        "forms/2025-01-01.yaml",
        "levels: [1]",
        "levels: [1, 2]",
        &[Code::RuleOverlap],
    );
    gives(
        "scope/2021-01-21.yaml",
        "      - smart-tv\n",
        "",
        &[Code::RuleGap],
    );
    gives(
        "scope/2021-01-21.yaml",
        "categories: [industrial]",
        "categories: [industrial, smart-tv]",
        &[Code::RuleOverlap],
    );
    gives(
        "arrangements/kisa-cic/2025-01-01.yaml",
        "{ levels: [basic, standard] }",
        "{ levels: [basic] }",
        &[Code::RuleGap],
    );
    gives(
        "arrangements/kisa-cic/2025-01-01.yaml",
        "{ levels: [basic, standard] }",
        "{}",
        &[Code::RuleOverlap],
    );
    gives(
        "levels/generic/2022-10-20.yaml",
        "\"5.1-1\"",
        "\"5.1-2\"",
        &[Code::RuleOverlap],
    );
}

#[test]
fn dates_out_of_order_are_found() {
    gives(
        "fees/2025-01-01.yaml",
        "effective_from: 2025-01-01",
        "effective_from: 2025-01-02",
        &[Code::RuleDatesDisordered],
    );
    gives(
        "fees/2025-01-01.yaml",
        "confirmed: 2026-11-21",
        "confirmed: 2020-01-01",
        &[Code::RuleDatesDisordered],
    );
    gives(
        "sources.yaml",
        "published: 2022-10-20",
        "published: 2099-01-01",
        &[Code::RuleDatesDisordered],
    );
}

#[test]
fn ids_given_twice_are_found() {
    gives(
        "fees/2025-01-01.yaml",
        "id: fee-csaiot1",
        "id: fee-iotmra",
        &[Code::RuleIdRepeated],
    );
}

#[test]
fn references_to_nothing_are_found() {
    gives(
        "fees/2025-01-01.yaml",
        "form: csaiot1",
        "form: csaiot9",
        &[Code::RuleReferenceUnknown],
    );
    gives(
        "forms/2025-01-01.yaml",
        "contact: cls-iot",
        "contact: nobody",
        &[Code::RuleReferenceUnknown],
    );
    gives(
        "levels/generic/2022-10-20.yaml",
        "\"5.1-1\"",
        "\"5.99-1\"",
        &[Code::RuleReferenceUnknown],
    );
    gives(
        "provisions/2020-06-30.yaml",
        "conditions: [passwords]",
        "conditions: [passwrods]",
        &[Code::RuleReferenceUnknown],
    );
}

#[test]
fn what_would_block_without_a_source_is_found() {
    gives(
        "levels/generic/2022-10-20.yaml",
        "confidence: secondary",
        "confidence: inferred",
        &[Code::RuleSourceUnknown],
    );
    gives(
        "levels/home-gateway/2025-04-01.yaml",
        "conditions: [retail]",
        "conditions: [retial]",
        &[Code::RuleReferenceUnknown],
    );
    gives(
        "levels/home-gateway/2025-04-01.yaml",
        "class: home-gateway",
        "class: generic",
        &[Code::RuleReferenceUnknown],
    );
    gives(
        "fees/2025-01-01.yaml",
        "form: csaiot1",
        "form: iotmra",
        &[Code::RuleOverlap],
    );
}

#[test]
fn an_instrument_without_an_edition_is_found() {
    let mut files = embedded_files();
    files.retain(|path, _| !path.starts_with("requirements/"));
    let codes: Vec<_> = lint(&files).iter().map(|finding| finding.code).collect();
    assert!(codes.contains(&Code::RuleUnreadable), "{codes:?}");
}

#[test]
fn a_rewritten_past_is_found() {
    let changed = edited("fees/2025-01-01.yaml", "\"51.00\"", "\"52.00\"");
    assert_eq!(
        lint(&changed)
            .iter()
            .map(|finding| finding.code)
            .collect::<Vec<_>>(),
        [Code::RuleHistoryChanged]
    );
    let mut gone = embedded_files();
    gone.remove("fees/2025-01-01.yaml");
    assert!(
        lint(&gone)
            .iter()
            .any(|finding| finding.message.contains("past edition is gone"))
    );
    let mut new = embedded_files();
    let text = String::from_utf8(new["fees/2025-01-01.yaml"].clone())
        .unwrap()
        .replace("effective_from: 2025-01-01", "effective_from: 2030-01-01");
    new.insert("fees/2030-01-01.yaml".to_owned(), text.into_bytes());
    assert!(
        lint(&new)
            .iter()
            .any(|finding| finding.message.contains("not in `HISTORY.sha256`"))
    );
}

#[test]
fn exactly_one_edition_is_in_force_on_each_day_after_the_first() {
    let book = support::book();
    for timeline in book.timelines() {
        let starts: Vec<Date> = timeline
            .iter()
            .map(|edition| edition.body.effective_from())
            .collect();
        for (i, start) in starts.iter().enumerate() {
            assert_eq!(
                clspack::rules::in_force_on(&timeline, *start).unwrap().path,
                timeline[i].path
            );
            assert!(
                i == 0 || starts[i - 1] < *start,
                "two editions begin on {start}"
            );
        }
    }
}

#[test]
fn the_levels_have_the_provisions_of_the_sources() {
    let book = support::book();
    let on: Date = "2026-12-01".parse().unwrap();
    let count = |class: &str, level: u8| {
        let table = &book.levels[&class.parse().unwrap()]
            .in_force_on(on)
            .unwrap()
            .body;
        let rows = table
            .rows
            .iter()
            .filter(|row| row.level == Level::try_from(level).unwrap());
        rows.map(|row| row.provisions.len()).sum::<usize>()
    };
    assert_eq!(
        [
            count("generic", 1),
            count("generic", 2),
            count("generic", 3),
            count("generic", 4)
        ],
        [13, 19, 8, 0]
    );
    assert_eq!(
        [
            count("home-gateway", 1),
            count("home-gateway", 2),
            count("home-gateway", 3)
        ],
        [19, 31, 8]
    );
}

#[test]
fn the_fees_are_those_of_the_pages() {
    let book = support::book();
    let fees = &book
        .fees
        .in_force_on("2026-12-01".parse().unwrap())
        .unwrap()
        .body;
    let found: Vec<_> = fees
        .rows
        .iter()
        .map(|row| (row.form.as_str(), row.amount.as_option().unwrap().as_str()))
        .collect();
    assert_eq!(
        found,
        [
            ("iotmra", "51.00"),
            ("csaiot1", "57.00"),
            ("csaiot2", "142.00"),
            ("csaiot3", "633.00"),
            ("csaiot4", "2347.00")
        ]
    );
}
