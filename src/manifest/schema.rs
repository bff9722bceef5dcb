//! The JSON Schema of a manifest, for editors: written from the shape that the parser reads by.

use serde_json::{Map, Value, json};

use crate::manifest::shape::{ANSWER, EXHIBIT, Kind, MANIFEST, Need, Shape};

/// Returns the schema.
pub fn manifest_schema() -> Value {
    let mut schema = table(&MANIFEST);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("clspack manifest");
    schema["description"] = json!("One product, its maker, the labels it holds and its evidence.");
    schema
}

fn table(shape: &Shape) -> Value {
    let mut properties = Map::new();
    for field in shape.fields {
        let mut value = kind(&field.kind);
        value["description"] = json!(field.doc);
        properties.insert(field.name.to_owned(), value);
    }
    let required: Vec<_> = shape
        .fields
        .iter()
        .filter(|field| field.need == Need::Required)
        .map(|field| field.name)
        .collect();
    json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
}

/// A value as the parser takes it. Versions, dates and numbers are text to the parser, but YAML may
/// hand an editor a number, so both are allowed where people write them without quotes.
fn kind(kind_of_field: &Kind) -> Value {
    match kind_of_field {
        Kind::Schema => json!({ "enum": [1, "1"] }),
        Kind::Line(max) | Kind::Lines(max) => {
            json!({ "type": ["string", "number"], "minLength": 1, "maxLength": max })
        }
        Kind::Word(words) => word(&words()),
        Kind::Date => {
            json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$", "format": "date" })
        }
        Kind::Url => json!({ "type": "string", "format": "iri", "pattern": "^https?://" }),
        Kind::Email => json!({ "type": "string", "format": "idn-email" }),
        Kind::Phone => json!({ "type": "string", "pattern": "^[0-9 +()./ext-]+$" }),
        Kind::Uen => {
            json!({ "type": "string", "pattern": "^([0-9]{8,9}|[RST][0-9]{2}[A-Z]{2}[0-9]{4}|F(000|   )[0-9]{5})[A-Z]$" })
        }
        Kind::Country => json!({ "type": "string", "pattern": "^[A-Z]{2}$" }),
        Kind::Path => json!({ "type": "string", "not": { "pattern": "^/|\\\\|(^|/)\\.\\.(/|$)" } }),
        Kind::Exhibit => json!({ "anyOf": [kind(&Kind::Path), table(&EXHIBIT)] }),
        Kind::Pages => {
            json!({ "type": ["string", "integer"], "minimum": 1, "pattern": "^ *[0-9]+ *([-\u{2013}] *[0-9]+ *)?(, *[0-9]+ *([-\u{2013}] *[0-9]+ *)?)*$" })
        }
        Kind::Hash => json!({ "type": ["string", "integer"], "pattern": "^[0-9A-Fa-f ]{16,80}$" }),
        Kind::Table(shape) => table(shape),
        Kind::List(item) if matches!(item, Kind::Table(_)) => {
            json!({ "type": "array", "items": kind(item) })
        }
        Kind::List(item) => json!({ "type": "array", "items": kind(item), "minItems": 1 }),
        Kind::Answers => {
            json!({ "type": "object", "propertyNames": { "pattern": "^[A-Za-z0-9.-]{1,12}$" }, "additionalProperties": table(&ANSWER) })
        }
    }
}

/// A number may be written as such or as a text, as the parser takes both.
fn word(words: &[&str]) -> Value {
    let numbers = words
        .iter()
        .filter_map(|word| word.parse::<u8>().ok())
        .map(Value::from);
    let texts = words.iter().map(|word| Value::from(*word));
    json!({ "enum": numbers.chain(texts).collect::<Vec<_>>() })
}
