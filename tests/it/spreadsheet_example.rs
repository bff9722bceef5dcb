//! The list of `docs/spreadsheet`, as a client wrote it, with the few lines that a person adds to its map.

use std::fs;

use clspack::batch::collect;
use clspack::sheet::{self, Mapping};
use clspack::world::Os;

use crate::binary;
use crate::support::{self, repository};

#[test]
fn each_row_of_the_list_becomes_a_pack_or_a_decision() {
    let scratch = tempfile::tempdir().unwrap();
    support::copy(
        &repository("docs/spreadsheet"),
        &scratch.path().join("list"),
    );
    let list = scratch.path().join("list/models.xlsx");
    let before = fs::read(&list).unwrap();
    let out = scratch.path().join("out");
    let inputs = collect(std::slice::from_ref(&list), &out, &Mapping::default(), &Os).unwrap();
    // Four of five products are on sale; the total is none.
    assert_eq!(inputs.units.len(), 4);
    let ran = binary::run(
        scratch.path(),
        &["batch", "list/models.xlsx", "-o", "out", "--format", "json"],
    );
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let products = report["products"].as_array().unwrap();
    let codes = |product: &serde_json::Value| -> Vec<String> {
        let problems = product["problems"].as_array().unwrap().iter();
        let errors = problems.filter(|one| one["severity"] == "error");
        errors
            .map(|one| one["code"].as_str().unwrap().to_owned())
            .collect()
    };
    let ends: Vec<_> = products
        .iter()
        .map(|product| (product["pack"].is_string(), codes(product)))
        .collect();
    let decision = || (false, vec!["P002".to_owned()]);
    assert_eq!(
        ends,
        [(true, vec![]), (true, vec![]), decision(), decision()],
        "{}",
        ran.stdout
    );
    assert_eq!(fs::read(&list).unwrap(), before);
}

#[test]
fn the_map_of_the_list_is_the_proposed_one_and_ten_lines() {
    let folder = repository("docs/spreadsheet");
    let proposed = sheet::suggest(
        "models.xlsx",
        &fs::read(folder.join("models.xlsx")).unwrap(),
    );
    let proposed = proposed.unwrap();
    let map = support::text(&folder.join("models.map.yaml"));
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.map(str::to_owned).collect()
    };
    let (own, taken): (Vec<String>, Vec<String>) = lines(&map)
        .into_iter()
        .partition(|line| line.ends_with("# ours"));
    assert_eq!(taken, lines(&proposed), "{proposed}");
    assert!(own.len() <= 10, "{} lines", own.len());
}
