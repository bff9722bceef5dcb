//! From a planned case to a pack: the documents to upload, the evidence behind them, and the record of how they were
//! made.

use std::collections::BTreeMap;

use serde_json::json;

use crate::case::Case;
use crate::domain::{Application, Date, EvidenceFile};
use crate::error::Result;
use crate::exhibits::{self, Showing};
use crate::manifest::Manifest;
use crate::pack::{Content, Entry, EntryPath, FORMAT, Pack, verify::PROVENANCE};
use crate::plan::Plan;
use crate::render::{
    self, Document, DocumentOptions, Documents, NeededDocument, Purpose, Request, Templates,
};
use crate::typeset::{self, Typesetter};
use crate::world::World;

/// Assembles the pack of a case that has a plan and an application.
///
/// # Errors
/// A template is faulty, or a document cannot be made.
pub fn assemble(
    case: &Case,
    plan: &Plan,
    application: &Application,
    purpose: Purpose,
    templates: &Templates,
    typesetter: &mut Typesetter,
    world: &dyn World,
) -> Result<Pack> {
    let options = DocumentOptions {
        signed: case.signed(),
        own: &case.own,
        declared_on: case.own_declaration().map(|(_, hash)| hash),
        purpose,
    };
    let showing = Showing {
        case,
        plan,
        application,
        options: &options,
        templates,
        world,
    };
    let (exhibits, volumes) = exhibits::prepare(&showing, typesetter)?;
    let Documents {
        files: documents,
        declares,
    } = render::documents(
        &Request {
            plan,
            declaration: case.declaration(plan, application),
            options,
            templates,
            exhibits: &exhibits,
        },
        typesetter,
    )?;
    let mut entries: Vec<Entry> = documents
        .into_iter()
        .chain(volumes)
        .map(|Document { path, bytes }| made(&path, bytes))
        .collect();
    let needed = render::needed_documents(plan, &options);
    let uploads = needed
        .into_iter()
        .filter(NeededDocument::is_signed)
        .filter_map(|needed| needed.upload);
    entries.extend(
        uploads
            .zip(options.signed)
            .map(|((_, path), file)| copied(case, &path, file)),
    );
    let files = case.evidence.files.iter();
    entries.extend(files.map(|file| copied(case, &file.path.in_pack(), file)));
    entries.push(made("record/manifest.yaml", case.manifest.bytes.clone()));
    entries.push(made(
        "record/plan.json",
        pretty(&recorded(plan, &case.manifest)),
    ));
    entries.push(made(
        PROVENANCE,
        pretty(&provenance(case, plan, &declares, purpose, templates)),
    ));
    let name = name(plan, application, purpose);
    Ok(Pack::new(&name, plan.on, entries))
}

/// Returns the name of the pack: first model, form and day; the name of a draft says so.
pub fn name(plan: &Plan, application: &Application, purpose: Purpose) -> String {
    let form = plan.form.as_ref().map(|form| form.id.as_str());
    name_of(application, form, plan.on, purpose)
}

pub(crate) fn name_of(
    application: &Application,
    form: Option<&str>,
    on: Date,
    purpose: Purpose,
) -> String {
    let model = application
        .product
        .models
        .first()
        .map_or("product", String::as_str);
    let form = form.unwrap_or("no-form");
    let draft = match purpose {
        Purpose::Final => "",
        Purpose::Draft => "_DRAFT",
    };
    // A model may contain a slash, which a name must not.
    crate::domain::text::safe_name(&format!("{}_{form}_{on}{draft}", model.replace('/', "-")))
}

/// Returns the plan as the pack records it. The paths of manifest, bases, sheets and templates on the machine are
/// private, and would make the bytes of a pack depend on the folder.
pub(crate) fn recorded(plan: &Plan, manifest: &Manifest) -> serde_json::Value {
    let (mut plan, mut manifest) = (plan.clone(), manifest.clone());
    "manifest.yaml".clone_into(&mut manifest.source.name);
    let parts = manifest.source.parts.iter_mut().map(|part| &mut part.place);
    let findings = plan.findings.iter_mut().map(|finding| &mut finding.place);
    for place in parts.chain(findings) {
        *place = place.clone().without_folders();
    }
    crate::report::json::plan(&plan, &manifest)
}

fn made(path: &str, bytes: Vec<u8>) -> Entry {
    Entry {
        path: EntryPath::made_safe(path),
        content: Content::Made(bytes),
    }
}

/// A file of the user's, unchanged.
fn copied(case: &Case, path: &str, file: &EvidenceFile) -> Entry {
    Entry {
        path: EntryPath::made_safe(path),
        content: Content::File {
            from: case.folders.join(&file.path),
            size: file.size,
            sha256: file.sha256,
        },
    }
}

fn pretty(value: &serde_json::Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

/// The record of what made the pack: tool, rules, templates, fonts, day. The same record means the same bytes.
pub(crate) fn provenance(
    case: &Case,
    plan: &Plan,
    declares: &str,
    purpose: Purpose,
    templates: &Templates,
) -> serde_json::Value {
    let fonts: BTreeMap<&str, &str> = typeset::fonts::hashes().collect();
    let templates: BTreeMap<&str, serde_json::Value> = templates
        .of_packs()
        .map(|(name, version, hash)| (name, json!({ "version": version, "sha256": hash })))
        .collect();
    json!({
        "schema": "clspack.provenance/1",
        "pack_format": FORMAT,
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "on": plan.on,
        "state": plan.state,
        "draft": purpose == Purpose::Draft,
        "route": plan.route,
        "form": plan.form.as_ref().map(|form| &form.id),
        "level": plan.level,
        "declares": declares,
        "manifest": { "sha256": crate::domain::Sha256::of(&case.manifest.bytes) },
        "rules": plan.rules.iter().map(|edition| json!({ "edition": edition.path, "effective_from": edition.effective_from, "sha256": edition.sha256 })).collect::<Vec<_>>(),
        "templates": templates,
        "own_templates": case.own.iter().map(|(kind, own)| (kind.as_str(), json!({ "file": own.name(), "sha256": own.sha256() }))).collect::<BTreeMap<_, _>>(),
        "fonts": fonts,
    })
}
