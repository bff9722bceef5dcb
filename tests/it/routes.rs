//! The table of `tests/routes.md`: every way to a label, and the days on which the ways began.

use std::fmt::Write as _;

use clspack::diag::Code;
use clspack::domain::{Date, Money};

use crate::support;

struct Row<'t> {
    cells: Vec<&'t str>,
}

impl Row<'_> {
    fn manifest(&self) -> String {
        let [category, labels, wanted] = [self.cells[2], self.cells[3], self.cells[4]];
        let mut text = String::from("schema: 1\napplication:\n  submission: 2026-12-01\n");
        if !wanted.is_empty() {
            let _ = writeln!(text, "  level: {wanted}");
        }
        let _ = write!(
            text,
            "applicant:\n  name: Hanbit Living Pte. Ltd.\n  uen: 201912345R\n  address: Singapore\n  contact: {{ name: Alex, email: a@hanbit.example }}\n\
             product:\n  brand: Hanbit\n  name: Hub\n  models: [HX-200]\n  category: {category}\n  firmware_version: \"1.10\"\n  support: {{ until: 2031-12-31, url: https://hanbit.example/s }}\n  \
             vulnerability_disclosure: https://hanbit.example/v\nsignatory: {{ name: Alex, title: Head }}\n"
        );
        if !labels.is_empty() {
            text.push_str("labels:\n");
        }
        for label in labels.split(" + ").filter(|label| !label.is_empty()) {
            text.push_str(&label_text(label));
        }
        text
    }
}

fn label_text(label: &str) -> String {
    let mut words = label.split([' ', ':']);
    let scheme = words.next().unwrap();
    let mut fields = vec![("scheme", scheme)];
    fields.extend(words.map(|word| word.split_once('=').unwrap_or(("level", word))));
    let defaults = match scheme {
        "uk-psti" => vec![],
        "traficom" => vec![
            ("number", "N-1"),
            ("issued", "2019-11-26"),
            ("model", "HX-200"),
            ("firmware", "1.10"),
        ],
        "bsi" => vec![
            ("number", "sik-00001"),
            ("issued", "2022-01-01"),
            ("expires", "2032-01-01"),
            ("model", "HX-200"),
            ("firmware", "1.10"),
        ],
        _ => vec![
            ("number", "N-1"),
            ("issued", "2023-01-01"),
            ("expires", "2032-01-01"),
            ("model", "HX-200"),
            ("firmware", "1.10"),
        ],
    };
    for (name, value) in defaults {
        if !fields.iter().any(|(other, _)| *other == name) {
            fields.push((name, value));
        }
    }
    let lines = fields.iter().map(|(name, value)| match *name {
        "model" => format!("models: [{value}]"),
        "firmware" => format!("firmware_version: \"{value}\""),
        name => format!("{name}: {value}"),
    });
    format!("  - {}\n", lines.collect::<Vec<_>>().join("\n    "))
}

fn check(row: &Row<'_>) -> Result<(), String> {
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().join("manifest.yaml");
    std::fs::write(&path, row.manifest()).unwrap();
    let on: Date = row.cells[1].parse().unwrap();
    let case = support::read(&path, Some(on));
    let plan = case.plan.as_ref().ok_or("no plan")?;
    let shown = |value: Option<String>| value.unwrap_or_default();
    let found = [
        shown(plan.route.map(|route| route.to_string())),
        shown(plan.form.as_ref().map(|form| form.id.clone())),
        shown(plan.level.map(|level| level.to_string())),
        if plan.simplified { "yes" } else { "no" }.to_owned(),
        shown(plan.fee.map(Money::amount)),
    ];
    if found != row.cells[5..10] {
        return Err(format!(
            "{}: expected {:?}, found {found:?}",
            row.cells[0],
            &row.cells[5..10]
        ));
    }
    for word in row.cells[10].split_whitespace() {
        let code = Code::find(word.trim_start_matches('-')).unwrap();
        let there = plan.findings.iter().any(|finding| finding.code == code);
        if there == word.starts_with('-') {
            return Err(format!(
                "{}: {word}\n{}",
                row.cells[0],
                support::findings_text(&case)
            ));
        }
    }
    Ok(())
}

#[test]
fn every_way_leads_where_the_table_says() {
    let text = std::fs::read_to_string(support::repository("tests/routes.md")).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| ")).skip(1);
    let rows: Vec<_> = rows
        .map(|line| Row {
            cells: line.trim_matches('|').split('|').map(str::trim).collect(),
        })
        .collect();
    assert!(rows.len() > 50, "the table was not read");
    let failed: Vec<_> = rows.iter().filter_map(|row| check(row).err()).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn the_other_way_is_shown_with_its_fee() {
    let plan_of = |labels: &str, wanted: &str| {
        let scratch = tempfile::tempdir().unwrap();
        let path = scratch.path().join("manifest.yaml");
        let cells = vec!["", "", "smart-camera", labels, wanted];
        std::fs::write(&path, Row { cells }.manifest()).unwrap();
        support::read(&path, Some("2026-12-01".parse().unwrap()))
            .plan
            .unwrap()
    };
    let others = |labels, wanted| {
        let plan = plan_of(labels, wanted);
        let others = plan.alternatives.iter().map(|other| {
            (
                other.form.id.clone(),
                other.level.number(),
                other.fee.map(Money::amount),
            )
        });
        others.collect::<Vec<_>>()
    };
    assert_eq!(
        others("kisa-cic:basic", ""),
        [("csaiot3".to_owned(), 3, Some("633.00".to_owned()))]
    );
    assert_eq!(
        others("bsi", "3"),
        [("iotmra".to_owned(), 2, Some("51.00".to_owned()))]
    );
    assert_eq!(others("", "1"), []);
}
