//! The content that a declaration declares, as one hash: a signature is for this content and no other.
//!
//! Each part has a hash of its own, so that a signed copy tells which part is no longer the same.

use serde::Serialize;
use serde_json::Value;

use crate::domain::Sha256;
use crate::render::View;
use crate::render::kinds::JOINED;
use crate::render::view::{EvidenceView, ProvisionView};

/// The content that is signed.
#[derive(Clone, Debug)]
pub struct Declared {
    /// The hash of all parts.
    pub hash: Sha256,
    /// The parts, in the order of the declaration.
    pub parts: Vec<Part>,
    /// What the manifest states about files, if it does.
    pub(crate) described: Option<String>,
}

/// A part of the content.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is about.
    pub name: &'static str,
    /// Its hash, of which the declaration prints the beginning.
    pub hash: Sha256,
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
    /// which it is printed, the fee and the open questions are not the applicant's to declare.
    pub(crate) fn of(view: &View) -> Self {
        let plan = &view.plan;
        let answers = [&view.provisions, &view.lifecycle, &view.beyond];
        let parts = vec![
            part("form", &[&plan.form_name, &format!("Level {}", plan.level)]),
            part("applicant", &view.applicant),
            part("product", &view.product),
            part("labels", &view.labels),
            part("laboratory", &view.laboratory),
            part("answers", &answers),
            part("evidence", &view.evidence),
            part("signatory", &view.signatory),
        ];
        Self::of_parts(parts, described(&view.evidence, answers))
    }

    /// Adds a Word or PowerPoint template as a part: what is made of it cannot be made again to compare its wording. The
    /// document prints nothing of it but the hash. It may print what the built-in declaration does not: what the manifest
    /// states about files.
    pub(crate) fn on(&self, template: Option<Sha256>) -> Self {
        let described = self.described.as_ref();
        let of_template = template.map(|hash| Part {
            name: "template",
            hash: described.map_or(hash, |files| {
                Sha256::of(format!("{hash}\n{files}").as_bytes())
            }),
            says: Vec::new(),
        });
        let parts = self.parts.iter().cloned().chain(of_template).collect();
        Self::of_parts(parts, self.described.clone())
    }

    fn of_parts(parts: Vec<Part>, described: Option<String>) -> Self {
        let line = |part: &Part| format!("{} {}\n", part.name, part.hash);
        let whole: String = parts.iter().map(line).collect();
        Self {
            hash: Sha256::of(whole.as_bytes()),
            parts,
            described,
        }
    }

    /// Returns the parts as the declaration prints them.
    pub(crate) fn printed(&self) -> String {
        let parts = self.parts.iter();
        let parts: Vec<_> = parts
            .map(|part| format!("{} {}", part.name, part.digest()))
            .collect();
        parts.join(" · ")
    }
}

impl Part {
    /// Returns the first eight digits of its hash.
    pub fn digest(&self) -> String {
        self.hash.to_string().chars().take(8).collect()
    }
}

fn part(name: &'static str, content: &impl Serialize) -> Part {
    // Texts, numbers and lists always serialise.
    let mut value = serde_json::to_value(content).unwrap_or_default();
    leave_additions_out(&mut value);
    let hash = Sha256::of(value.to_string().as_bytes());
    let mut says = Vec::new();
    texts(&value, &mut says);
    Part { name, hash, says }
}

/// What the documents beside the declaration say of a file; nobody signs it.
const SHOWN: &str = "shown";

/// What a manifest may state about a file of evidence besides its pages. The built-in declaration does not print it, so
/// that another owner of a file does not void a signature.
const OF_FILES: [&str; 5] = ["date", "owner", "expires", "about", "replaces"];

/// Returns what the manifest states about files, of which most manifests state nothing.
fn described(evidence: &[EvidenceView], answers: [&Vec<ProvisionView>; 3]) -> Option<String> {
    let of_answers = answers.into_iter().flatten().flat_map(|line| &line.files);
    let of_file = |file: &EvidenceView| {
        let stated = [
            &file.date,
            &file.owner,
            &file.expires,
            &file.about,
            &file.replaces,
        ];
        let is_stated = stated.iter().any(|text| !text.is_empty());
        is_stated.then(|| format!("{} {stated:?}\n", file.number))
    };
    let lines: String = evidence
        .iter()
        .chain(of_answers)
        .filter_map(of_file)
        .collect();
    (!lines.is_empty()).then_some(lines)
}

/// Leaves out what was added later, where it says nothing new: with it, declarations that are already signed would have
/// another hash. The lists of models repeat `models`; a text in Latin letters or a note may be empty.
fn leave_additions_out(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(leave_additions_out),
        Value::Object(fields) if fields.contains_key("sha256") => {
            fields.retain(|name, _| name != SHOWN && !OF_FILES.contains(&name.as_str()));
        }
        Value::Object(fields) => fields.retain(|name, value| {
            leave_additions_out(value);
            let is_later = name == "note" || name.ends_with("_latin");
            name != JOINED.1 && name != SHOWN && !(is_later && is_empty(value))
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
