//! Templates with faults, each case a folder; the built-in ones have none.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clspack::render::{Pictures, Templates, View, lint};

use crate::support;

#[test]
fn each_case_gives_its_faults() {
    for folder in support::folders("tests/templates") {
        let mut own = BTreeMap::new();
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if name != "expect.txt" {
                own.insert(
                    name,
                    std::fs::read_to_string(&path)
                        .unwrap()
                        .replace("\r\n", "\n"),
                );
            }
        }
        let faults: Vec<_> = lint(&own, &Pictures::new())
            .iter()
            .map(|finding| format!("{}\n", support::line(finding)))
            .collect();
        support::expect(&folder.join("expect.txt"), &faults.concat());
    }
}

#[test]
fn the_built_in_templates_have_no_fault() {
    assert_eq!(lint(&Templates::built_in_texts(), &Pictures::new()), []);
}

#[test]
fn every_template_can_be_looked_at_without_a_manifest() {
    let templates = Templates::built_in().unwrap();
    for (name, version, _) in templates.all() {
        assert!(templates.fill_sample(name).unwrap().len() > 100, "{name}");
        assert!(
            version.is_empty() == (name == "style.html"),
            "{name} declares `{version}`"
        );
    }
}

#[test]
fn every_name_is_in_the_page_about_templates() {
    let page = std::fs::read_to_string(support::repository("docs/templates.md")).unwrap();
    let mut names = Vec::new();
    collect(&serde_json::to_value(View::sample()).unwrap(), &mut names);
    let missing: Vec<_> = names
        .iter()
        .filter(|name| !page.contains(&format!("`{name}`")) && !page.contains(&format!("`{name}.")))
        .collect();
    assert!(
        missing.is_empty(),
        "docs/templates.md does not name {missing:?}"
    );
}

/// The table of kinds is written from the values of the sample, which the checker reads, too.
#[test]
fn the_page_about_templates_says_what_each_name_is() {
    let path = support::repository("docs/templates.md");
    let page = std::fs::read_to_string(&path)
        .unwrap()
        .replace("\r\n", "\n");
    let (before, rest) = page.split_once("<!-- kinds -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end of kinds -->").unwrap();
    let mut table = "| Name | Is a | For example |\n|---|---|---|\n".to_owned();
    for (name, kind, example) in clspack::render::names() {
        let example = if name == "tool" {
            // It would go stale with each release.
            String::new()
        } else if example.is_empty() || example.starts_with("as ") {
            example
        } else {
            format!("`{example}`")
        };
        writeln!(table, "| `{name}` | {kind} | {example} |").unwrap();
    }
    let page = format!("{before}<!-- kinds -->\n{table}<!-- end of kinds -->{after}");
    support::expect(&path, &page);
}

fn collect(value: &serde_json::Value, names: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                names.push(name.clone());
                collect(value, names);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}

#[test]
fn the_sample_declaration_can_be_set() {
    let source = std::fs::read_to_string(support::repository("templates/sample-declaration.html"));
    let mut document = clspack::typeset::markup::parse(&source.unwrap()).unwrap();
    for name in ["label.png", "logo.png", "photo.jpg"] {
        let path = support::repository("tests/pictures").join(name);
        let bytes = std::fs::read(path).unwrap();
        document.pictures.insert(name.to_owned(), bytes.into());
    }
    let bytes = clspack::typeset::pdf(&document).unwrap();
    let pages = clspack::pdf::n_pages(&bytes).unwrap();
    assert!(pages >= 4, "{pages}");
}

#[test]
fn a_template_of_this_folder_is_checked_by_its_bare_name() {
    let scratch = tempfile::tempdir().unwrap();
    crate::binary::run(scratch.path(), &["templates", "eject", "."]).expect(0);
    let ran = crate::binary::run(scratch.path(), &["templates", "check", "letter.html"]).expect(0);
    assert_eq!(ran.stdout, "templates checked: 1; no faults\n");
}
