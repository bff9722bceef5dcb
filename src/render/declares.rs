//! The content that a declaration declares, as one hash: a signature is for this content and no other.
//!
//! Each part has a hash of its own, so that a signed copy tells which part is no longer the same.

use serde::Serialize;
use serde_json::Value;

use crate::domain::Sha256;
use crate::render::View;
use crate::render::kinds::JOINED;

/// The content that is signed.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The hash of all parts.
    pub hash: Sha256,
    /// The parts, in the order of the declaration.
    pub parts: Vec<Part>,
}

/// A part of the content.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is about.
    pub name: &'static str,
    /// The first eight digits of its hash.
    pub digest: String,
    /// The texts that the declaration prints of it.
    pub says: Vec<String>,
}

/// Names of values that the declaration does not print as they are.
const NOT_PRINTED: &[&str] = &[
    "abroad",
    "clause",
    "in_pack",
    "models_short",
    "outcome",
    "sha256",
    "size",
    "status",
];

impl Declared {
    /// Takes everything that the declaration prints of the applicant's own, in a fixed order. The day for
    /// which it is printed, the fee and the open questions are not the applicant's to declare. A Word or PowerPoint
    /// template is a part too: what is made of it cannot be made again to compare its wording.
    pub(crate) fn of(view: &View, template: Option<Sha256>) -> Self {
        let plan = &view.plan;
        let answers = [&view.provisions, &view.lifecycle, &view.beyond];
        let mut parts = vec![
            part(
                "form",
                values(&[&plan.form_name, &format!("Level {}", plan.level)]),
            ),
            part("applicant", values(&view.applicant)),
            part("product", values(&view.product)),
            part("labels", values(&view.labels)),
            part("laboratory", values(&view.laboratory)),
            part("answers", of_files(values(&answers), template)),
            part("evidence", of_files(values(&view.evidence), template)),
            part("signatory", values(&view.signatory)),
        ];
        parts.extend(template.map(of_template));
        let whole: Vec<String> = parts
            .iter()
            .map(|(part, hash)| format!("{} {hash}\n", part.name))
            .collect();
        Self {
            hash: Sha256::of(whole.concat().as_bytes()),
            parts: parts.into_iter().map(|(part, _)| part).collect(),
        }
    }

    /// Returns the parts as the declaration prints them.
    pub(crate) fn printed(&self) -> String {
        let parts = self.parts.iter();
        let parts: Vec<_> = parts
            .map(|part| format!("{} {}", part.name, part.digest))
            .collect();
        parts.join(" · ")
    }
}

/// The paper prints nothing of its template but the hash.
fn of_template(hash: Sha256) -> (Part, Sha256) {
    let part = Part {
        name: "template",
        digest: hash.to_string()[..8].to_owned(),
        says: Vec::new(),
    };
    (part, hash)
}

fn values(content: &impl Serialize) -> Value {
    // Texts, numbers and lists always serialise.
    serde_json::to_value(content).unwrap_or_default()
}

/// What a manifest may state about a file of evidence besides its pages.
const OF_FILES: [&str; 5] = ["date", "owner", "expires", "about", "replaces"];

/// Leaves out what the manifest states about files, unless a template of the applicant's own may print it. The built-in
/// declaration does not, so that another owner of a file does not void a signature.
fn of_files(mut value: Value, template: Option<Sha256>) -> Value {
    match &mut value {
        Value::Array(items) => {
            for item in items {
                *item = of_files(item.take(), template);
            }
        }
        Value::Object(fields) => {
            let is_file = fields.contains_key("sha256");
            let is_declared = |name: &str, value: &Value| {
                !OF_FILES.contains(&name) || template.is_some() && !is_empty(value)
            };
            fields.retain(|name, value| !is_file || is_declared(name, value));
            for value in fields.values_mut() {
                *value = of_files(value.take(), template);
            }
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    value
}

fn part(name: &'static str, mut value: Value) -> (Part, Sha256) {
    leave_additions_out(&mut value);
    let hash = Sha256::of(value.to_string().as_bytes());
    let mut says = Vec::new();
    texts(&value, &mut says);
    let digest = hash.to_string()[..8].to_owned();
    (Part { name, digest, says }, hash)
}

/// Leaves out what was added later, where it says nothing new: with it, declarations that are already signed would have
/// another hash. The lists of models repeat `models`; a text in Latin letters or a note may be empty.
fn leave_additions_out(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(leave_additions_out),
        Value::Object(fields) => fields.retain(|name, value| {
            leave_additions_out(value);
            let is_later = name == "note" || name.ends_with("_latin");
            name != JOINED.1 && !(is_later && is_empty(value))
        }),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(_) | Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn texts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if !text.is_empty() => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        Value::Object(fields) => {
            let printed = fields
                .iter()
                .filter(|(name, _)| !NOT_PRINTED.contains(&name.as_str()));
            printed.for_each(|(_, value)| texts(value, found));
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
