//! Compares what a pack was made with (rules, templates, fonts) with this release.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::domain::text::shown;
use crate::domain::{Date, Sha256};
use crate::pack::FORMAT;
use crate::render::{Purpose, Templates};
use crate::rules::tables::DocumentKind;
use crate::rules::{RuleFiles, embedded_files};
use crate::typeset;

/// What a pack was made with.
#[derive(Debug)]
pub(super) struct Ground {
    /// The release that made it.
    release: String,
    /// The number of its format.
    format: Option<u64>,
    /// The day of the rules.
    pub(super) on: Option<Date>,
    /// Whether it is a draft.
    pub(super) purpose: Purpose,
    /// Editions of rules that this release does not have.
    pub(super) other_rules: Vec<String>,
    /// Templates and fonts that differ from those of this release.
    pub(super) other_templates: Vec<String>,
    /// Documents from the applicant's own templates.
    pub(super) own: Vec<DocumentKind>,
    /// Name and hash of the applicant's own template of the declaration, if it was used.
    pub(super) own_declaration: Option<(String, Sha256)>,
}

impl Ground {
    pub(super) fn of(provenance: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut other_templates: Vec<String> = members(&provenance["templates"])
            .filter(|(name, one)| !is_built_in(name, &one["sha256"]))
            .map(|(name, _)| shown(name))
            .collect();
        let ours: BTreeMap<&str, &str> = typeset::fonts::hashes().collect();
        let fonts = members(&provenance["fonts"]);
        other_templates.extend(
            fonts
                .filter(|(name, hash)| ours.get(name.as_str()).copied() != hash.as_str())
                .map(|(name, _)| shown(name)),
        );
        Self {
            release: text(&provenance["tool"]["version"]),
            format: provenance["pack_format"].as_u64(),
            on: text(&provenance["on"]).parse().ok(),
            purpose: match provenance["draft"].as_bool() {
                Some(true) => Purpose::Draft,
                Some(false) | None => Purpose::Final,
            },
            other_rules: other_rules(&provenance["rules"], &embedded_files()),
            other_templates,
            own: members(&provenance["own_templates"])
                .filter_map(|(kind, _)| kind.parse().ok())
                .collect(),
            own_declaration: own_declaration(&provenance["own_templates"]),
        }
    }

    /// Returns the release that made the pack, if it is another one. A pack of an earlier format is of an earlier
    /// state of its release.
    pub(super) fn other_release(&self) -> Option<String> {
        let release = shown(&self.release);
        match self.format {
            _ if self.release != env!("CARGO_PKG_VERSION") => Some(release),
            Some(format) if format != FORMAT => Some(format!("{release} (pack format {format})")),
            _ => None,
        }
    }
}

fn own_declaration(own_templates: &Value) -> Option<(String, Sha256)> {
    let own = &own_templates[DocumentKind::Declaration.as_str()];
    let hash = own["sha256"].as_str()?.parse().ok()?;
    Some((shown(own["file"].as_str().unwrap_or_default()), hash))
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn is_built_in(name: &str, hash: &Value) -> bool {
    let hash = hash.as_str().and_then(|hash| hash.parse().ok());
    hash.is_some_and(|hash| Templates::is_built_in(name, hash))
}

/// Returns the editions that this release does not have, or has with other content.
fn other_rules(rules: &Value, files: &RuleFiles) -> Vec<String> {
    let editions = rules.as_array().into_iter().flatten();
    let is_other = |edition: &&Value| {
        let file = edition["edition"].as_str().and_then(|path| files.get(path));
        let hash = file.map(|bytes| Sha256::of(bytes).to_string());
        hash.as_deref() != edition["sha256"].as_str()
    };
    let name = |edition: &Value| shown(edition["edition"].as_str().unwrap_or_default());
    editions.filter(is_other).map(name).collect()
}
