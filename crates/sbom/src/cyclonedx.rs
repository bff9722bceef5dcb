//! `CycloneDX` in JSON.

use serde_json::Value;

use crate::references::References;
use crate::{Bill, Component, Format, day, list, short, text};

/// How deep components may hold components.
const MAX_DEPTH: usize = 20;

/// Reads a bill of materials.
pub(crate) fn read(value: &Value) -> Bill {
    let mut bill = Bill::new(
        Format::CycloneDx,
        text(value, "specVersion").unwrap_or_default(),
    );
    let mut references = References::default();
    if let Some(metadata) = value.get("metadata") {
        bill.made = text(metadata, "timestamp").and_then(day);
        if let Some(subject) = metadata.get("component") {
            bill.subject = Some(component(subject));
            define(subject, &mut references);
            nested(subject, &mut bill, &mut references, 0);
        }
    }
    nested(value, &mut bill, &mut references, 0);
    for service in list(value, "services") {
        define(service, &mut references);
    }
    for dependency in list(value, "dependencies") {
        if let Some(id) = text(dependency, "ref") {
            references.name(id);
        }
        for id in list(dependency, "dependsOn")
            .iter()
            .filter_map(Value::as_str)
        {
            references.name(id);
        }
    }
    references.settle(&mut bill);
    // A reference to an element of another bill.
    bill.unresolved.retain(|id| !id.starts_with("urn:cdx:"));
    bill
}

fn nested(value: &Value, bill: &mut Bill, references: &mut References, depth: usize) {
    for one in list(value, "components")
        .iter()
        .filter(|_| depth < MAX_DEPTH)
    {
        define(one, references);
        // Files and data have no version of their own.
        if !matches!(
            text(one, "type"),
            Some("file" | "data" | "cryptographic-asset" | "device" | "machine-learning-model")
        ) {
            bill.add(component(one));
        }
        nested(one, bill, references, depth + 1);
    }
}

fn define(value: &Value, references: &mut References) {
    if let Some(id) = text(value, "bom-ref") {
        references.define(id);
    }
}

fn component(value: &Value) -> Component {
    let licences = list(value, "licenses").iter();
    let has_licence = licences.into_iter().any(|one| {
        let named = one.get("license").unwrap_or(one);
        ["id", "name", "expression", "url"]
            .iter()
            .any(|field| text(named, field).is_some())
    });
    let parts = [text(value, "group"), text(value, "purl")];
    Component {
        name: short(text(value, "name").unwrap_or_default()),
        version: text(value, "version").map(short),
        has_licence,
        id: short(&parts.into_iter().flatten().collect::<Vec<_>>().join(" ")),
    }
}
