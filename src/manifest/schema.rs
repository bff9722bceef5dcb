//! The JSON Schema of a manifest, for editors: written from the shape that the parser reads by.

use serde_json::{Map, Value, json};

use crate::domain::record::Record as _;
use crate::domain::shape::{Kind, Need, Shape};
use crate::domain::{Application, ExhibitTable, Reply};

/// Whether a table must be complete.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    /// What it lacks, a base or the shared part has.
    Part,
}

/// Returns the schema. A manifest that extends a base or has variants may leave out what others have.
pub fn manifest_schema() -> Value {
    let mut schema = table(Application::SHAPE, Extent::Part);
    let lends = json!({ "anyOf": [{ "required": ["extends"] }, { "required": ["variants"] }] });
    let whole = required(Application::SHAPE, Extent::Whole);
    schema["if"] = json!({ "not": lends });
    schema["then"] = whole;
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["$id"] = json!("urn:clspack:schema:manifest:1");
    schema["title"] = json!("clspack manifest");
    schema["description"] = json!("One product, its maker, the labels it holds and its evidence.");
    schema
}

/// What must be there in a table and in the tables below it.
fn required(shape: &Shape, extent: Extent) -> Value {
    let mut properties = Map::new();
    for field in shape.fields {
        if let Kind::Table(inner) = field.kind {
            properties.insert(field.name.to_owned(), required(inner, extent));
        }
    }
    json!({ "required": needed(shape, extent), "properties": properties })
}

fn needed(shape: &Shape, extent: Extent) -> Vec<&'static str> {
    let fields = shape.fields.iter();
    fields
        .filter(|field| field.need == Need::Required && extent == Extent::Whole)
        .map(|field| field.name)
        .collect()
}

fn table(shape: &Shape, extent: Extent) -> Value {
    let mut properties = Map::new();
    for field in shape.fields {
        let mut value = kind(field.kind, extent);
        value["description"] = json!(field.in_yaml());
        properties.insert(field.name.to_owned(), value);
    }
    json!({ "type": "object", "additionalProperties": false, "required": needed(shape, extent), "properties": properties })
}

/// A value as the parser takes it. Versions, dates and numbers are text to the parser, but YAML may
/// hand an editor a number, so both are allowed where people write them without quotes.
fn kind(kind_of_field: &Kind, extent: Extent) -> Value {
    match kind_of_field {
        Kind::Schema => json!({ "enum": [1, "1"] }),
        Kind::Line(max) | Kind::Lines(max) => {
            json!({ "type": ["string", "number"], "minLength": 1, "maxLength": max })
        }
        Kind::Word(words) => word(&words()),
        Kind::Date => {
            json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$", "format": "date" })
        }
        Kind::Url => {
            json!({ "type": "string", "format": "iri", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://" })
        }
        Kind::Email => json!({ "type": "string", "format": "idn-email" }),
        Kind::Phone => json!({ "type": "string", "pattern": "^[0-9 +()./ext-]+$" }),
        Kind::Uen => {
            json!({ "type": "string", "pattern": "^([0-9]{8,9}|[RST][0-9]{2}[A-Z]{2}[0-9]{4}|F(000|   )[0-9]{5})[A-Z]$" })
        }
        Kind::Country => json!({ "type": "string", "pattern": "^[A-Z]{2}$" }),
        Kind::Path => json!({ "type": "string", "not": { "pattern": "^/|\\\\|(^|/)\\.\\.(/|$)" } }),
        Kind::Exhibit => {
            json!({ "anyOf": [kind(&Kind::Path, extent), table(ExhibitTable::SHAPE, Extent::Whole)] })
        }
        Kind::Pages => {
            json!({ "type": ["string", "integer"], "minimum": 1, "pattern": "^ *[0-9]+ *([-\u{2013}] *[0-9]+ *)?(, *[0-9]+ *([-\u{2013}] *[0-9]+ *)?)*$" })
        }
        Kind::Hash => json!({ "type": ["string", "integer"], "pattern": "^[0-9A-Fa-f ]{16,80}$" }),
        Kind::Table(shape) => table(shape, extent),
        Kind::Partial => partial(),
        Kind::List(item) if matches!(item, Kind::Table(_)) => {
            json!({ "type": "array", "items": kind(item, Extent::Whole) })
        }
        Kind::List(item) => {
            json!({ "type": "array", "items": kind(item, Extent::Whole), "minItems": 1 })
        }
        Kind::Answers => {
            json!({ "type": "object", "propertyNames": { "pattern": "^[A-Za-z0-9.-]{1,12}$" }, "additionalProperties": table(Reply::SHAPE, extent) })
        }
    }
}

/// A number, true and false may be written as such or as a text, as the parser takes both.
fn word(words: &[&str]) -> Value {
    let numbers = words
        .iter()
        .filter_map(|word| word.parse::<u8>().ok())
        .map(Value::from);
    let truths = words
        .iter()
        .filter_map(|word| word.parse::<bool>().ok())
        .map(Value::from);
    let texts = words.iter().map(|word| Value::from(*word));
    json!({ "enum": numbers.chain(truths).chain(texts).collect::<Vec<_>>() })
}

/// A variant: its name, and what is different about it.
fn partial() -> Value {
    let mut properties = Map::new();
    let shared = |name: &str| !matches!(name, "extends" | "variants");
    for field in Application::SHAPE
        .fields
        .iter()
        .filter(|field| shared(field.name))
    {
        properties.insert(field.name.to_owned(), kind(field.kind, Extent::Part));
    }
    properties.insert(
        "variant".to_owned(),
        json!({ "type": ["string", "number"], "description": "a short name for the variant" }),
    );
    json!({ "type": "object", "additionalProperties": false, "required": ["variant"], "properties": properties })
}
