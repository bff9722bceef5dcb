//! Components as a tool lists them: rows of a table, or objects in JSON.

use serde_json::Value;

use crate::{Bill, Component, Format, short, text};

/// Names of the column or field with the name of a component.
const NAMES: &[&str] = &[
    "name",
    "component",
    "component name",
    "package",
    "package name",
    "product",
    "library",
    "module",
    "software",
    "component_name",
    "package_name",
    "artifact",
];
/// Names of the column or field with its version.
const VERSIONS: &[&str] = &[
    "version",
    "component version",
    "package version",
    "versioninfo",
    "version found",
    "component_version",
    "detected version",
    "package_version",
    "found version",
];

/// Reads rows below a heading.
pub(crate) fn of_table(table: &str) -> Option<Bill> {
    let mut lines = table
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let heading = lines.next()?;
    let sign = ['\t', ';', ',']
        .into_iter()
        .max_by_key(|sign| heading.matches(*sign).count())?;
    let heading: Vec<String> = fields(heading, sign)
        .iter()
        .map(|field| field.to_lowercase())
        .collect();
    let column = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| heading.iter().position(|field| field == name))
    };
    let (name, version) = (column(NAMES)?, column(VERSIONS)?);
    let mut bill = Bill::new(Format::List, "");
    for line in lines {
        let fields = fields(line, sign);
        if let Some(found) = fields.get(name).filter(|name| !name.is_empty()) {
            let version = fields.get(version).filter(|version| !version.is_empty());
            bill.add(component(found, version.map(String::as_str)));
        }
    }
    (!bill.components.is_empty()).then_some(bill)
}

/// Splits a row; signs between quotes are part of a field.
fn fields(line: &str, sign: char) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut is_quoted = false;
    for c in line.trim_end_matches('\r').chars() {
        if c == '"' {
            is_quoted = !is_quoted;
        } else if c == sign && !is_quoted {
            fields.push(String::new());
        } else if let Some(last) = fields.last_mut() {
            last.push(c);
        }
    }
    fields.iter().map(|field| short(field)).collect()
}

/// Reads objects with a name and a version, in a list at the top or in one of its fields.
pub(crate) fn of_json(value: &Value) -> Option<Bill> {
    let lists = match value {
        Value::Array(list) => vec![list],
        Value::Object(fields) => fields.values().filter_map(Value::as_array).collect(),
        _ => return None,
    };
    let mut bill = Bill::new(Format::List, "");
    for one in lists.into_iter().flatten() {
        let field = |names: &[&str]| names.iter().find_map(|name| text(one, name));
        if let (Some(name), Some(version)) = (field(NAMES), field(VERSIONS)) {
            bill.add(component(name, Some(version)));
        }
    }
    (!bill.components.is_empty()).then_some(bill)
}

fn component(name: &str, version: Option<&str>) -> Component {
    Component {
        name: short(name),
        version: version.map(short),
        has_licence: false,
        id: String::new(),
    }
}
