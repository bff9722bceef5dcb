//! The JSON Schema of a manifest, for editors, written from the shape that the parser uses.

use serde_json::{Map, Value, json};

use crate::domain::record::Record as _;
use crate::domain::shape::{Kind, Need, Shape};
use crate::domain::{Application, ExhibitTable, Reply};

/// Whether a table must be complete.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    /// A base or the shared part has the rest.
    Part,
}

/// Returns the schema. A manifest with a base or variants may leave out fields.
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

/// Which fields a table and the tables below it must have.
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
        Kind::Date => or(
            json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$", "format": "date" }),
            json!({ "type": "string", "pattern": "[0-9\u{ff10}-\u{ff19}]" }),
        ),
        Kind::Url => typed_wide(
            json!({ "type": "string", "format": "iri", "pattern": "^\\s*[Hh][Tt][Tt][Pp][Ss]?://" }),
        ),
        Kind::Email => typed_wide(json!({ "type": "string", "format": "idn-email" })),
        Kind::Phone => {
            typed_wide(json!({ "type": "string", "pattern": "^\\s*[0-9 +()./ext-]+\\s*$" }))
        }
        Kind::Uen => typed_wide(
            json!({ "type": "string", "pattern": "^\\s*([0-9]{8,9}|[RST][0-9]{2}[A-Z]{2}[0-9]{4}|F(000|   )[0-9]{5})[A-Z]\\s*$" }),
        ),
        Kind::Country => or(
            json!({ "type": "string", "pattern": "^[A-Z]{2}$" }),
            json!({ "type": "string", "minLength": 2 }),
        ),
        Kind::Path => json!({ "type": "string", "not": { "pattern": "^/|\\\\|(^|/)\\.\\.(/|$)" } }),
        Kind::Exhibit => {
            json!({ "anyOf": [kind(&Kind::Path, extent), table(ExhibitTable::SHAPE, Extent::Whole)] })
        }
        Kind::Pages => typed_wide(
            json!({ "type": ["string", "integer"], "minimum": 1, "pattern": "^ *[0-9]+ *([-\u{2013}] *[0-9]+ *)?(, *[0-9]+ *([-\u{2013}] *[0-9]+ *)?)*$" }),
        ),
        Kind::Hash => {
            typed_wide(json!({ "type": ["string", "integer"], "pattern": "^[0-9A-Fa-f ]{16,80}$" }))
        }
        Kind::Table(shape) => table(shape, extent),
        Kind::Partial => partial(),
        Kind::List(item) if matches!(item, Kind::Table(_)) => {
            json!({ "type": "array", "items": kind(item, Extent::Whole) })
        }
        Kind::List(item) => {
            let list =
                json!({ "type": "array", "items": kind(item, Extent::Whole), "minItems": 1 });
            match item {
                Kind::List(_) | Kind::Partial => list,
                // One item needs no brackets.
                Kind::Exhibit => or(list, kind(&Kind::Path, extent)),
                _ => or(list, kind(item, Extent::Whole)),
            }
        }
        Kind::Answers => {
            json!({ "type": "object", "propertyNames": { "pattern": PROVISION }, "additionalProperties": table(Reply::SHAPE, extent) })
        }
    }
}

/// The number of a provision, also with the digits, points and hyphens of other keyboards.
const PROVISION: &str = "^[A-Za-z0-9.\u{ff0e}\u{ff10}-\u{ff19}\u{ff21}-\u{ff3a}\u{ff41}-\u{ff5a}\u{2010}-\u{2015}\u{2212}\u{30fc}\u{ff0d}\u{ff70}-]{1,12}$";

/// The manifest's own form first, which editors complete, then others that the parser takes for it.
fn or(own: Value, other: Value) -> Value {
    match own {
        Value::Object(mut own) if own.contains_key("anyOf") => {
            if let Some(Value::Array(options)) = own.get_mut("anyOf") {
                options.push(other);
            }
            Value::Object(own)
        }
        own => json!({ "anyOf": [own, other] }),
    }
}

/// A value, also with the full-width characters of an East Asian keyboard.
fn typed_wide(own: Value) -> Value {
    or(
        own,
        json!({ "type": "string", "pattern": "[\u{ff01}-\u{ff5e}\u{3000}]" }),
    )
}

/// A word, or another name that people use for it. A number, true and false may be written as such or as a text, as the
/// parser takes both.
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
    let own = json!({ "enum": numbers.chain(truths).chain(texts).collect::<Vec<_>>() });
    or(own, json!({ "type": "string", "minLength": 1 }))
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
