//! Findings as SARIF 2.1.0, which code hosts and editors show beside the lines. Rules carry the pages of
//! `docs/findings`; what has no code is a notification of the run.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::diag::{Code, Explanation, Severity, explanation};
use crate::domain::address::percent_encoded;
use crate::report::location::Location;
use crate::report::suite::{Item, Suites, slashed};

/// Returns everything as one run.
pub fn text(suites: &Suites) -> String {
    // What several products share is one result.
    let mut seen = BTreeSet::new();
    let items: Vec<&Item> = suites.all.iter().flat_map(|suite| &suite.items).collect();
    let items = || items.iter().copied();
    let codes = items().filter_map(|item| Some((item.code?.number(), item.code?)));
    let codes: BTreeMap<&str, Code> = codes.collect();
    let place = |code: Code| codes.keys().position(|number| *number == code.number());
    let results: Vec<Value> = items()
        .filter_map(|item| Some(result(item, item.code?, place(item.code?)?)))
        .filter(|result| seen.insert(result.to_string()))
        .collect();
    let notes: Vec<Value> = items()
        .filter(|item| item.code.is_none())
        .map(note)
        .collect();
    let has_failed = items().any(|item| item.code.is_none() && item.severity == Severity::Error);
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.values().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            // Columns count characters, not units of UTF-16.
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": !has_failed,
                "toolExecutionNotifications": notes,
            }],
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn rule(code: Code) -> Value {
    let mut rule = json!({
        "id": code.number(),
        "name": code.name(),
        "defaultConfiguration": { "level": level(code.severity()) },
        "properties": { "severity": code.severity() },
    });
    if let Some(Explanation {
        title,
        why,
        example,
        fix,
    }) = explanation(code)
    {
        rule["shortDescription"] = json!({ "text": format!("{title}.") });
        rule["fullDescription"] = json!({ "text": why });
        rule["help"] = json!({
            "text": format!("{why}\n\n{example}\n\n{fix}"),
            "markdown": format!("{why}\n\n```text\n{example}\n```\n\n{fix}"),
        });
    }
    rule
}

fn result(item: &Item, code: Code, rule: usize) -> Value {
    json!({
        "ruleId": code.number(),
        "ruleIndex": rule,
        "level": level(item.severity),
        "message": { "text": item.text() },
        "locations": locations(&item.location),
        "properties": { "severity": item.severity },
    })
}

fn note(item: &Item) -> Value {
    json!({
        "level": if item.severity == Severity::Error { "error" } else { "note" },
        "message": { "text": item.text() },
        "locations": locations(&item.location),
    })
}

/// SARIF has no word for an open point; its severity is among the properties too.
const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Confirm | Severity::Warning => "warning",
    }
}

fn locations(location: &Location) -> Vec<Value> {
    if location.file.is_empty() {
        return Vec::new();
    }
    let mut physical = json!({
        "artifactLocation": { "uri": uri(&location.file) },
        "region": { "startLine": location.line.unwrap_or(1) },
    });
    // The line of a cell is its row, but its columns count within the cell.
    if location.line.is_some() && location.cell.is_none() {
        physical["region"]["startColumn"] = json!(location.column);
        physical["region"]["endLine"] = json!(location.end_line);
        physical["region"]["endColumn"] = json!(location.end_column);
    }
    let mut place = json!({ "physicalLocation": physical });
    if let Some(field) = &location.field {
        place["logicalLocations"] = json!([{ "fullyQualifiedName": field, "kind": "member" }]);
    }
    vec![place]
}

/// Returns a path as a URI: relative if the path is.
fn uri(path: &str) -> String {
    let uri = slashed(path, |part| percent_encoded(part, b""));
    match uri.as_bytes() {
        [b'/', b'/', ..] => format!("file:{uri}"),
        [b'/', ..] => format!("file://{uri}"),
        [_, b':', b'/', ..] => format!("file:///{uri}"),
        _ => uri,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_uris() {
        assert_eq!(uri("./a b/株.yaml"), "a%20b/%E6%A0%AA.yaml");
        assert_eq!(uri("../50%:x.yaml"), "../50%25%3Ax.yaml");
        assert_eq!(uri("/tmp/a.yaml"), "file:///tmp/a.yaml");
        #[cfg(windows)]
        assert_eq!(uri("C:\\a\\b c.yaml"), "file:///C:/a/b%20c.yaml");
    }
}
