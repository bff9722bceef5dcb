//! Compares what packs are made with: editions of the rules, templates, the release of clspack.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Change, Place, Recorded, What};

pub(super) fn compare(old: &Recorded, new: &Recorded) -> Vec<Change> {
    let (before, now) = (&old.provenance, &new.provenance);
    let mut found = editions(&rules(before), &rules(now));
    found.extend(templates(&hashes(before), &hashes(now)));
    let tool = |of: &Value| Some(of["tool"]["version"].as_str()?.to_owned());
    let tools = (tool(before), tool(now));
    found.extend(Change::between(What::Tool, Place::Whole, tools.0, tools.1));
    found
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// An edition: its name, such as `2025-01-01`, and its hash.
type Edition = (String, String);

/// Returns the edition of each subject of the rules, such as `fees`.
fn rules(provenance: &Value) -> BTreeMap<String, Edition> {
    let editions = provenance["rules"].as_array().into_iter().flatten();
    let editions = editions.filter_map(|edition| {
        let (subject, name) = edition["edition"].as_str()?.rsplit_once('/')?;
        let name = name.strip_suffix(".yaml").unwrap_or(name).to_owned();
        Some((subject.to_owned(), (name, text(&edition["sha256"]))))
    });
    editions.collect()
}

/// Compares editions by their hashes. Two of one name, which only other rules can have, differ by their hashes.
fn editions(old: &BTreeMap<String, Edition>, new: &BTreeMap<String, Edition>) -> Vec<Change> {
    let changes = both(old, new).filter(|subject| old.get(*subject) != new.get(*subject));
    let changes = changes.filter_map(|subject| {
        let (before, now) = (old.get(subject), new.get(subject));
        let is_one_name = before.map(|one| &one.0) == now.map(|one| &one.0);
        let shown = |edition: &Edition| if is_one_name { &edition.1 } else { &edition.0 }.clone();
        let place = Place::Name(subject.clone());
        Change::between(What::Rules, place, before.map(shown), now.map(shown))
    });
    changes.collect()
}

/// Returns the hashes of templates by their names, and of the applicant's own ones by their document.
fn hashes(provenance: &Value) -> BTreeMap<String, String> {
    let of = |member: &str| {
        let templates = provenance[member].as_object().into_iter().flatten();
        templates.map(|(name, one)| (name.clone(), text(&one["sha256"])))
    };
    of("templates").chain(of("own_templates")).collect()
}

fn templates(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<Change> {
    let changes = both(old, new).filter_map(|name| {
        let (before, now) = (old.get(name).cloned(), new.get(name).cloned());
        Change::between(What::Template, Place::Name(name.clone()), before, now)
    });
    changes.collect()
}

/// Returns the names of two maps, those of the old one first.
fn both<'m, T>(
    old: &'m BTreeMap<String, T>,
    new: &'m BTreeMap<String, T>,
) -> impl Iterator<Item = &'m String> {
    let added = new.keys().filter(|name| !old.contains_key(*name));
    old.keys().chain(added)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn words(of: &[Change]) -> Vec<String> {
        of.iter().map(Change::words).collect()
    }

    #[test]
    fn editions_and_templates_are_told_apart_by_their_hashes() {
        let of = |edition: &str, hash: &str| {
            json!({
                "rules": [{ "edition": edition, "sha256": hash }, { "edition": "forms/1.yaml", "sha256": "f" }],
                "templates": { "letter.html": { "version": "letter 2", "sha256": hash }, "style.html": { "sha256": "s" } },
            })
        };
        let (old, new) = (
            of("fees/2025-01-01.yaml", "a"),
            of("fees/2026-01-01.yaml", "b"),
        );
        let changes = |old: &Value, new: &Value| {
            let mut all = editions(&rules(old), &rules(new));
            all.extend(templates(&hashes(old), &hashes(new)));
            words(&all)
        };
        assert_eq!(
            changes(&old, &new),
            [
                "rules fees changed from 2025-01-01 to 2026-01-01",
                "template letter.html changed"
            ]
        );
        assert_eq!(changes(&old, &old), [""; 0]);
        let other = of("fees/2025-01-01.yaml", "b");
        assert_eq!(changes(&old, &other)[0], "rules fees changed from a to b");
    }
}
