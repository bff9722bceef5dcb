//! SPDX as lines of tag and value.

use std::collections::BTreeSet;

use crate::references::References;
use crate::{Bill, Component, Format, day, short};

/// Reads a document.
pub(crate) fn read(text: &str) -> Bill {
    let mut bill = Bill::new(Format::Spdx, "");
    let mut references = References::default();
    let mut described = BTreeSet::new();
    let mut packages: Vec<Component> = Vec::new();
    let mut is_package = false;
    for line in text.lines() {
        let Some((tag, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        let says = !matches!(value, "" | "NOASSERTION" | "NONE");
        match tag.trim() {
            "SPDXVersion" => bill.spec = short(value.trim_start_matches("SPDX-")),
            "Created" => bill.made = day(value),
            "PackageName" => {
                is_package = true;
                packages.push(Component {
                    name: short(value),
                    ..Component::default()
                });
            }
            "FileName" | "SnippetSPDXID" => is_package = false,
            "SPDXID" => {
                references.define(value);
                if let Some(last) = packages.last_mut().filter(|_| is_package) {
                    last.id = short(value);
                }
            }
            "PackageVersion" if says => {
                set(&mut packages, |last| last.version = Some(short(value)));
            }
            "PackageLicenseConcluded" | "PackageLicenseDeclared" if says => {
                set(&mut packages, |last| last.has_licence = true);
            }
            "Relationship" => {
                let words: Vec<&str> = value.split_whitespace().collect();
                if let [one, kind, other, ..] = words[..] {
                    let ends = [one, other]
                        .into_iter()
                        .filter(|id| id.starts_with("SPDXRef-"));
                    ends.for_each(|id| references.name(id));
                    described.extend((kind == "DESCRIBES").then(|| short(other)));
                }
            }
            _ => {}
        }
    }
    let is_product = described.len() == 1 && packages.len() > 1;
    for package in packages {
        if is_product && bill.subject.is_none() && described.contains(&package.id) {
            bill.subject = Some(package);
        } else {
            bill.add(package);
        }
    }
    references.settle(&mut bill);
    bill
}

fn set(packages: &mut [Component], change: impl FnOnce(&mut Component)) {
    if let Some(last) = packages.last_mut() {
        change(last);
    }
}
