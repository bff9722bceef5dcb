//! The shape of a pack's records: the required members of `plan.json` and `provenance.json`.
//!
//! Packs of earlier releases have the same format number, so members that were added later are not required here.

use serde_json::Value;

use crate::domain::{Date, Sha256};

/// What a member has to be.
enum Shape {
    Text,
    Is(&'static str),
    Day,
    Hash,
    Number,
    Truth,
    Any,
    /// The shape, or null.
    Optional(&'static Shape),
    List(&'static Shape),
    /// A table with at least these members.
    Table(&'static [(&'static str, Shape)]),
    /// A table whose members all have this shape.
    Each(&'static Shape),
}

use Shape::{Any, Day, Each, Hash, Is, List, Number, Optional, Table, Text, Truth};

const EDITION: Shape = Table(&[("edition", Text), ("effective_from", Day), ("sha256", Hash)]);

const PROVENANCE: Shape = Table(&[
    ("schema", Is("clspack.provenance/1")),
    ("pack_format", Number),
    ("tool", Table(&[("name", Is("clspack")), ("version", Text)])),
    ("on", Day),
    ("state", Text),
    ("draft", Truth),
    ("route", Optional(&Text)),
    ("form", Optional(&Text)),
    ("level", Optional(&Number)),
    ("declares", Hash),
    ("manifest", Table(&[("sha256", Hash)])),
    ("rules", List(&EDITION)),
    (
        "templates",
        Each(&Table(&[("version", Text), ("sha256", Hash)])),
    ),
    (
        "own_templates",
        Each(&Table(&[("file", Text), ("sha256", Hash)])),
    ),
    ("fonts", Each(&Hash)),
]);

const PLAN: Shape = Table(&[
    ("schema", Is("clspack.plan/1")),
    ("manifest", Text),
    ("state", Text),
    ("on", Day),
    ("route", Optional(&Text)),
    ("form", Optional(&Text)),
    ("form_name", Optional(&Text)),
    ("form_url", Optional(&Text)),
    ("level", Optional(&Number)),
    ("simplified", Truth),
    (
        "fee",
        Optional(&Table(&[("amount", Text), ("currency", Text)])),
    ),
    (
        "validity",
        Optional(&Table(&[("from", Day), ("until", Day)])),
    ),
    ("recognised", List(&Any)),
    ("alternatives", List(&Any)),
    (
        "documents",
        List(&Table(&[("kind", Text), ("state", Text)])),
    ),
    ("steps", List(&Any)),
    ("provisions", List(&Any)),
    ("outlook", List(&Any)),
    ("questions", List(&Any)),
    ("reasons", List(&Any)),
    (
        "findings",
        List(&Table(&[
            ("code", Text),
            ("severity", Text),
            ("message", Text),
            ("help", Text),
        ])),
    ),
    ("rules", List(&EDITION)),
]);

/// Returns the members of a provenance that are missing or have another shape.
pub(super) fn of_provenance(value: &Value) -> Vec<String> {
    deviations(value, &PROVENANCE)
}

/// Returns the members of a plan that are missing or have another shape.
pub(super) fn of_plan(value: &Value) -> Vec<String> {
    deviations(value, &PLAN)
}

fn deviations(value: &Value, shape: &Shape) -> Vec<String> {
    let mut found = Vec::new();
    look(value, shape, "", &mut found);
    found
}

/// How many members are named.
const NAMED: usize = 10;

fn look(value: &Value, shape: &Shape, route: &str, found: &mut Vec<String>) {
    let is_right = match (shape, value) {
        (Text, Value::String(_))
        | (Truth, Value::Bool(_))
        | (Any, _)
        | (Optional(_), Value::Null) => true,
        (Is(wanted), Value::String(text)) => text == wanted,
        (Day, Value::String(text)) => text.parse::<Date>().is_ok(),
        (Hash, Value::String(text)) => text.parse::<Sha256>().is_ok(),
        (Number, Value::Number(number)) => number.is_u64(),
        (Optional(shape), value) => return look(value, shape, route, found),
        (List(shape), Value::Array(items)) => {
            for (i, item) in items.iter().enumerate() {
                look(item, shape, &format!("{route}[{i}]"), found);
            }
            true
        }
        (Each(shape), Value::Object(members)) => {
            for (name, member) in members {
                look(member, shape, &below(route, name), found);
            }
            true
        }
        (Table(members), Value::Object(_)) => {
            for (name, shape) in *members {
                look(&value[name], shape, &below(route, name), found);
            }
            true
        }
        _ => false,
    };
    if !is_right && found.len() < NAMED {
        found.push(route.to_owned());
    }
}

fn below(route: &str, name: &str) -> String {
    if route.is_empty() {
        name.to_owned()
    } else {
        format!("{route}.{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_missing_is_named_by_its_route() {
        let lacking = of_provenance(
            &json!({ "pack_format": 1, "tool": { "name": "clspack" }, "rules": [{}] }),
        );
        for route in ["schema", "tool.version", "declares"] {
            assert!(lacking.contains(&route.to_owned()), "{route}: {lacking:?}");
        }
        assert!(!lacking.contains(&"pack_format".to_owned()));
        assert_eq!(of_plan(&json!([])), [""]);
    }
}
