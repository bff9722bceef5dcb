//! SPDX in JSON: 2.2 and 2.3 as a document, 3.0 as a graph.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::inspect::identity::bill::{Bill, Component, Format, References, day, list, short, text};

/// Reads a document.
pub(super) fn read(value: &Value) -> Bill {
    let spec = text(value, "spdxVersion").unwrap_or_default();
    let mut bill = Bill::new(Format::Spdx, spec.trim_start_matches("SPDX-"));
    bill.made = value
        .get("creationInfo")
        .and_then(|info| text(info, "created"))
        .and_then(day);
    let mut references = References::default();
    references.define(text(value, "SPDXID").unwrap_or("SPDXRef-DOCUMENT"));
    for section in ["files", "snippets"] {
        for one in list(value, section) {
            text(one, "SPDXID")
                .into_iter()
                .for_each(|id| references.define(id));
        }
    }
    let described = described(value);
    for package in list(value, "packages") {
        let id = text(package, "SPDXID").unwrap_or_default();
        references.define(id);
        let component = Component {
            name: short(text(package, "name").unwrap_or_default()),
            version: text(package, "versionInfo").map(short),
            has_licence: text(package, "licenseConcluded")
                .or(text(package, "licenseDeclared"))
                .is_some(),
            id: short(id),
        };
        if described.contains(id) && bill.subject.is_none() {
            bill.subject = Some(component);
        } else {
            bill.add(component);
        }
    }
    for relationship in list(value, "relationships") {
        for end in ["spdxElementId", "relatedSpdxElement"] {
            let id = text(relationship, end).filter(|id| !id.starts_with("DocumentRef-"));
            id.into_iter().for_each(|id| references.name(id));
        }
    }
    references.settle(&mut bill);
    whole_product(&mut bill, described.len());
    bill
}

/// Returns the described package. A document that describes each package has no product.
fn whole_product(bill: &mut Bill, n_described: usize) {
    if (n_described > 1 || bill.components.is_empty())
        && let Some(subject) = bill.subject.take()
    {
        bill.components.insert(0, subject);
    }
}

fn described(value: &Value) -> BTreeSet<&str> {
    let direct = list(value, "documentDescribes")
        .iter()
        .filter_map(Value::as_str);
    let relationships = list(value, "relationships").iter().filter_map(|one| {
        match text(one, "relationshipType")? {
            "DESCRIBES" => text(one, "relatedSpdxElement"),
            "DESCRIBED_BY" => text(one, "spdxElementId"),
            _ => None,
        }
    });
    direct.chain(relationships).collect()
}

/// Reads the elements of a graph.
pub(super) fn of_graph(elements: &[Value]) -> Bill {
    let kind = |one: &Value| {
        text(one, "type")
            .or_else(|| text(one, "@type"))
            .unwrap_or_default()
            .to_owned()
    };
    let id = |one: &Value| {
        text(one, "spdxId")
            .or_else(|| text(one, "@id"))
            .unwrap_or_default()
            .to_owned()
    };
    let info = elements.iter().find(|one| kind(one) == "CreationInfo");
    let spec = info
        .and_then(|info| text(info, "specVersion"))
        .unwrap_or_default();
    let mut bill = Bill::new(Format::Spdx, spec);
    bill.made = info.and_then(|info| text(info, "created")).and_then(day);
    let mut roots = BTreeSet::new();
    let mut licensed = BTreeSet::new();
    let mut names: BTreeMap<String, Component> = BTreeMap::new();
    let mut references = References::default();
    for one in elements {
        let kind = kind(one);
        if kind != "CreationInfo" {
            references.define(&id(one));
        }
        if matches!(kind.as_str(), "SpdxDocument" | "software_Sbom" | "Bom") {
            let roots_of = list(one, "rootElement").iter().filter_map(Value::as_str);
            roots.extend(roots_of.map(short));
        } else if kind.ends_with("Relationship") {
            let from = text(one, "from").unwrap_or_default();
            references.name(from);
            if text(one, "relationshipType").is_some_and(|kind| kind.contains("License")) {
                licensed.insert(short(from));
            }
            list(one, "to")
                .iter()
                .filter_map(Value::as_str)
                .for_each(|to| references.name(to));
        } else if kind == "software_Package" || kind.ends_with("/Package") {
            let component = Component {
                name: short(text(one, "name").unwrap_or_default()),
                version: text(one, "software_packageVersion")
                    .or(text(one, "packageVersion"))
                    .map(short),
                has_licence: false,
                id: short(&id(one)),
            };
            names.insert(short(&id(one)), component);
        }
    }
    let packages_at_root = names.keys().filter(|id| roots.contains(*id)).count();
    for (id, mut component) in names {
        component.has_licence = licensed.contains(&id);
        if roots.contains(&id) && bill.subject.is_none() {
            bill.subject = Some(component);
        } else {
            bill.add(component);
        }
    }
    references.settle(&mut bill);
    // Elements of the standard, and of other documents, are known by whole addresses.
    bill.unresolved.clear();
    whole_product(&mut bill, packages_at_root);
    bill
}
