//! SPDX in JSON: 2.2 and 2.3 as a document, 3.0 as a graph.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::references::References;
use crate::{Bill, Component, Format, day, list, short, text};

/// Reads a document.
pub(crate) fn read(value: &Value) -> Bill {
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
            if let Some(id) = text(one, "SPDXID") {
                references.define(id);
            }
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
            if let Some(id) = id {
                references.name(id);
            }
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

/// What the elements of a graph say together.
#[derive(Default)]
struct Graph {
    roots: BTreeSet<String>,
    licensed: BTreeSet<String>,
    packages: BTreeMap<String, Component>,
    references: References,
}

/// Reads the elements of a graph.
pub(crate) fn of_graph(elements: &[Value]) -> Bill {
    let info = elements.iter().find(|one| kind(one) == "CreationInfo");
    let spec = info
        .and_then(|info| text(info, "specVersion"))
        .unwrap_or_default();
    let mut bill = Bill::new(Format::Spdx, spec);
    bill.made = info.and_then(|info| text(info, "created")).and_then(day);
    let mut graph = Graph::default();
    for one in elements {
        graph.take(one);
    }
    graph.fill(&mut bill);
    bill
}

fn kind(element: &Value) -> &str {
    let kind = text(element, "type").or_else(|| text(element, "@type"));
    kind.unwrap_or_default()
}

fn id(element: &Value) -> &str {
    let id = text(element, "spdxId").or_else(|| text(element, "@id"));
    id.unwrap_or_default()
}

impl Graph {
    fn take(&mut self, one: &Value) {
        let kind = kind(one);
        if kind != "CreationInfo" {
            self.references.define(id(one));
        }
        if matches!(kind, "SpdxDocument" | "software_Sbom" | "Bom") {
            let roots = list(one, "rootElement").iter().filter_map(Value::as_str);
            self.roots.extend(roots.map(short));
        } else if kind.ends_with("Relationship") {
            self.relate(one);
        } else if kind == "software_Package" || kind.ends_with("/Package") {
            let version = text(one, "software_packageVersion").or(text(one, "packageVersion"));
            let component = Component {
                name: short(text(one, "name").unwrap_or_default()),
                version: version.map(short),
                has_licence: false,
                id: short(id(one)),
            };
            self.packages.insert(short(id(one)), component);
        }
    }

    fn relate(&mut self, relationship: &Value) {
        let from = text(relationship, "from").unwrap_or_default();
        self.references.name(from);
        if text(relationship, "relationshipType").is_some_and(|kind| kind.contains("License")) {
            self.licensed.insert(short(from));
        }
        for to in list(relationship, "to").iter().filter_map(Value::as_str) {
            self.references.name(to);
        }
    }

    fn fill(self, bill: &mut Bill) {
        let is_root = |id: &&String| self.roots.contains(*id);
        let packages_at_root = self.packages.keys().filter(is_root).count();
        for (id, mut component) in self.packages {
            component.has_licence = self.licensed.contains(&id);
            if self.roots.contains(&id) && bill.subject.is_none() {
                bill.subject = Some(component);
            } else {
                bill.add(component);
            }
        }
        self.references.settle(bill);
        // Elements of the standard, and of other documents, are known by whole addresses.
        bill.unresolved.clear();
        whole_product(bill, packages_at_root);
    }
}
