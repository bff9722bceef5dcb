//! What is still to do after a batch: decisions with the price of each route, and the worklist for filing.

use std::fs;

use serde_json::Value;

use crate::batch::{add, products};
use crate::binary::run;

fn batch(root: &std::path::Path, more: &[&str], code: i32) -> Value {
    let arguments = ["batch", "in", "-o", "out", "--format", "json"];
    let ran = run(root, &[&arguments, more].concat()).expect(code);
    serde_json::from_str(&ran.stdout).unwrap()
}

/// The levels, forms and fees among which a person chooses.
fn routes(product: &Value) -> Vec<String> {
    let ways = product["decision"]["ways"].as_array();
    let ways = ways.into_iter().flatten().map(|way| {
        let text = |value: &Value| value.as_str().unwrap_or("unknown").to_owned();
        format!(
            "{} {} {}",
            way["level"],
            text(&way["form"]),
            text(&way["fee"]["amount"])
        )
    });
    ways.collect()
}

fn without_level(text: &str) -> String {
    let lines = text.split_inclusive('\n');
    lines
        .filter(|line| !line.trim_start().starts_with("level: 3"))
        .collect()
}

#[test]
fn what_no_label_settles_is_a_decision_with_prices() {
    let scratch = products(&[]);
    let root = scratch.path();
    let expiry = |text: &str| {
        let line = text
            .lines()
            .find(|line| line.trim_start().starts_with("expires:"));
        line.unwrap().trim().to_owned()
    };
    add(root, "A-lite", |text| {
        without_level(&text).replace("level: basic", "level: lite")
    });
    add(root, "B-ended", |text| {
        let text = without_level(&text);
        text.replace(&expiry(&text), "expires: 2026-06-30")
    });
    // Near misses: a level that is applied for, and a label that settles it.
    add(root, "C-wanted", |text| {
        text.replace("level: basic", "level: lite")
    });
    add(root, "D-settled", |text| without_level(&text));
    let report = batch(root, &[], 1);
    let products = report["products"].as_array().unwrap();
    let standard = [
        "1 csaiot1 57.00",
        "2 csaiot2 142.00",
        "3 csaiot3 633.00",
        "4 csaiot4 2347.00",
    ];
    assert_eq!(routes(&products[0]), standard);
    let ended = routes(&products[1]);
    assert_eq!(ended[0], "3 iotmra 51.00");
    assert_eq!(ended[1..], standard);
    assert!(
        products[0]["decision"]["why"][0]
            .as_str()
            .unwrap()
            .contains("Lite")
    );
    assert_eq!(routes(&products[2]), [""; 0]);
    assert_eq!(routes(&products[3]), [""; 0]);
    // Nothing that is only one of several routes is told as the other route.
    assert_eq!(products[0]["other"], Value::Null);
    for (face, text) in [
        ("report.html", "To decide: which level"),
        ("worklist.html", "decide the level"),
    ] {
        let page = fs::read_to_string(root.join("out").join(face)).unwrap();
        assert!(page.contains(text), "{face}");
    }
}

#[test]
fn the_worklist_has_what_is_filed_first_and_links_to_its_files() {
    let scratch = products(&["A-1", "B-2"]);
    let root = scratch.path();
    add(root, "A-1", |text| {
        text.replace("category: smart-home-hub", "category: smart-hob")
    });
    batch(root, &["--dir"], 1);
    let page = fs::read_to_string(root.join("out/worklist.html")).unwrap();
    let at = |text: &str| {
        page.find(text)
            .unwrap_or_else(|| panic!("{text} is missing"))
    };
    assert!(at("B-2") < at("A-1"), "what can be filed comes first");
    for file in [
        "00-upload-sheet.html",
        "upload/01-declaration-of-conformity.pdf",
    ] {
        let link = format!("href=\"./B-2_iotmra_2026-12-01/{file}\"");
        at(&link);
        assert!(root.join("out/B-2_iotmra_2026-12-01").join(file).is_file());
    }
    at("correct 1 error");
    at("localStorage");
    assert!(!page.contains("http://"), "the page loads nothing");
}
