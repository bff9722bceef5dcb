//! Compares a pack that was made again with the one that was read, file by file and member by member.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::audit::Again;
use crate::audit::again::Recorded;
use crate::audit::inside;
use crate::case::Case;
use crate::diag::Code;
use crate::domain::text::{composed, shown};
use crate::domain::{Application, Sha256};
use crate::pack::verify::{MANIFEST, PLAN, PROVENANCE};
use crate::pack::{Content, INVENTORY, Pack};
use crate::plan::Plan;
use crate::render::{self, DocumentOptions, Purpose};

/// The upload sheet, which names every document.
const SHEET: &str = "00-upload-sheet.html";

/// A pack that was made again.
pub(super) struct Made<'c> {
    pub(super) case: &'c Case,
    pub(super) pack: Pack,
}

/// The kinds of files in a pack besides its evidence: documents, records, and the signed copy of a declaration.
const KINDS: &[&str] = &["docx", "html", "json", "pdf", "pptx", "yaml"];

/// Reports files that no release makes, by their kind or their folder.
pub(super) fn kinds(pack: &Recorded<'_>, application: &Application, again: &mut Again) {
    let signed = application.declaration.signed.as_ref();
    let signed = signed.zip(inside::signed_copy(pack.contents));
    // A copy has the extension of the file in the manifest.
    let signed = signed.and_then(|(named, copy)| {
        let is_of_kind = copy.ends_with(&format!(".{}", named.extension()));
        is_of_kind.then_some(copy)
    });
    for path in pack.contents.files().keys() {
        let (folder, name) = path.split_once('/').unwrap_or(("", path));
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let is_known = match folder {
            "evidence" => true,
            "" => path == INVENTORY || KINDS.contains(&extension),
            "upload" | "record" => !name.contains('/') && KINDS.contains(&extension),
            _ => false,
        };
        if !is_known && signed.as_ref() != Some(path) {
            let message = "no release makes such a file of the manifest and evidence in the pack";
            again.lasts(Code::RecomputedDiffers, path, message);
        }
    }
}

/// Compares the files of evidence with those in the manifest. A draft may lack some, but has no others.
pub(super) fn evidence(pack: &Recorded<'_>, application: &Application, again: &mut Again) {
    let paths = application.evidence_paths();
    let mut named: BTreeSet<String> = paths
        .iter()
        .map(|(_, path)| composed(&path.in_pack()))
        .collect();
    // The plan is made again from them, so that one that it names wrongly is found.
    let picked_up = inside::picked_up(pack.plan, application, pack.contents).into_iter();
    named.extend(picked_up.map(|path| composed(&path.in_pack())));
    let there = pack.contents.files().keys();
    let there: BTreeSet<&String> = there.filter(|path| path.starts_with("evidence/")).collect();
    let code = Code::RecomputedDiffers;
    for path in there.iter().filter(|path| !named.contains(**path)) {
        again.lasts(code, path, "the manifest does not name this file");
    }
    let is_draft = pack.ground.purpose == Purpose::Draft;
    for path in named
        .iter()
        .filter(|path| !is_draft && !there.contains(path))
    {
        let message = "the manifest names this file, and it is not in the pack";
        again.lasts(code, path, message);
    }
}

pub(super) fn all(
    pack: &Recorded<'_>,
    plan: &Plan,
    value: Value,
    made: &Made<'_>,
    again: &mut Again,
) {
    let passed_over = passed_over(pack, plan, made, again);
    let mut hashes = hashes(&made.pack);
    let plan = plan_record(pack, value, again);
    let provenance = provenance_record(pack, &made.pack, again);
    for (path, record, value) in [
        (PLAN, pack.plan, plan),
        (PROVENANCE, pack.provenance, provenance),
    ] {
        // A member that differs is reported above. If all members are equal, only the formatting can differ.
        let hash = if value == *record {
            Sha256::of(format!("{value:#}\n").as_bytes())
        } else {
            continue;
        };
        hashes.insert(path.to_owned(), hash);
    }
    files(pack, &hashes, &passed_over, again);
}

/// Compares the hashes of all files.
fn files(
    pack: &Recorded<'_>,
    made: &BTreeMap<String, Sha256>,
    passed_over: &PassedOver,
    again: &mut Again,
) {
    let named: BTreeSet<String> = again.paths().cloned().collect();
    for (path, (listed, hash)) in &pack.sums.lines {
        if passed_over.there.contains(path) || named.contains(path) {
            continue;
        }
        match made.get(path) {
            Some(made) if made == hash => again.n_same += 1,
            Some(_) => again.differs(
                listed,
                "this release makes another file of the manifest and evidence in the pack",
            ),
            None => again.differs(
                listed,
                "this release makes no such file of the manifest and evidence in the pack",
            ),
        }
    }
    for path in made
        .keys()
        .filter(|path| *path != INVENTORY && !passed_over.made.contains(*path))
    {
        if !pack.sums.lines.contains_key(path) && !named.contains(path) {
            let message = "this release makes this file of the manifest and evidence, and the pack does not have it";
            again.differs(path, message);
        }
    }
}

fn hashes(pack: &Pack) -> BTreeMap<String, Sha256> {
    let entries = pack.entries().iter();
    entries
        .map(|entry| (composed(entry.path.as_str()), entry.content.sha256()))
        .collect()
}

/// Files that cannot be made again: their names in the pack, and the files that were made here instead.
#[derive(Default)]
struct PassedOver {
    there: BTreeSet<String>,
    made: BTreeSet<String>,
}

fn stem(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

/// Determines which files cannot be made again, and why.
fn passed_over(pack: &Recorded<'_>, plan: &Plan, made: &Made<'_>, again: &mut Again) -> PassedOver {
    let mut passed_over = PassedOver::default();
    let ground = pack.ground;
    let documents: Vec<String> = made
        .pack
        .entries()
        .iter()
        .filter(|entry| matches!(entry.content, Content::Made(_)))
        .map(|entry| composed(entry.path.as_str()))
        .filter(|path| ![PLAN, PROVENANCE, MANIFEST, INVENTORY].contains(&path.as_str()))
        .collect();
    let options = DocumentOptions {
        signed: made.case.signed(),
        own: &made.case.own,
        declared_on: None,
        purpose: ground.purpose,
    };
    let needed = render::needed_documents(plan, &options);
    if !ground.other_templates.is_empty() {
        let of_others = of_others(&ground.other_templates, &needed, &documents);
        let (names, paths) = (ground.other_templates.join(", "), of_others.join("`, `"));
        again.cannot(format!(
            "`{paths}`: this release does not have the templates or fonts with which they were made ({names})"
        ));
        passed_over.there.extend(of_others.iter().cloned());
        passed_over.made.extend(of_others);
    }
    for document in needed {
        let is_own = document.kind.is_some_and(|kind| ground.own.contains(&kind));
        if is_own {
            let bare = stem(&document.path);
            let stem = match ground.purpose {
                Purpose::Draft => format!("{bare}-DRAFT"),
                Purpose::Final => bare.to_owned(),
            };
            again.cannot(format!(
                "`{stem}` and `{SHEET}`: made from a template of the applicant's own, which is not in the pack"
            ));
            passed_over.there.extend(one_of(pack, &stem, again));
            passed_over.there.insert(SHEET.to_owned());
            // In its place, this release made the document of the built-in template.
            let in_place = documents.iter().filter(|path| self::stem(path) == bare);
            passed_over.made.extend(in_place.cloned());
        }
    }
    passed_over
}

/// The template of the upload sheet.
const SHEET_TEMPLATE: &str = "upload-sheet.html";

/// Returns the documents that depend on templates or fonts that this release does not have. The upload sheet prints
/// the sizes of all others, and so depends on all of them.
fn of_others(
    others: &[String],
    needed: &[render::NeededDocument],
    documents: &[String],
) -> Vec<String> {
    let is_alone = |name: &String| {
        name == SHEET_TEMPLATE || needed.iter().any(|document| document.template == name)
    };
    let depends = |path: &&String| {
        let mut all = needed.iter();
        let document = all.find(|document| composed(&document.path) == **path);
        let is_other =
            |document: &render::NeededDocument| others.iter().any(|name| name == document.template);
        !others.iter().all(is_alone) || document.is_none_or(is_other)
    };
    documents.iter().filter(depends).cloned().collect()
}

/// Makes sure that there is exactly one file under the name of an own template's document; returns its path.
fn one_of(pack: &Recorded<'_>, stem: &str, again: &mut Again) -> Option<String> {
    let paths = pack.sums.lines.keys();
    let of_stem: Vec<&String> = paths.filter(|path| self::stem(path) == stem).collect();
    let is_office = |path: &str| {
        [".docx", ".pptx"]
            .iter()
            .any(|ending| path.ends_with(ending))
    };
    match of_stem.as_slice() {
        [one] if is_office(one) => return Some((*one).clone()),
        [] => again.differs(
            stem,
            "the form asks for this document, and the pack does not have it",
        ),
        _ => again.differs(
            stem,
            "a template makes one Word or PowerPoint document of this name",
        ),
    }
    None
}

/// Compares the plan member by member; returns it as it should have been recorded. Places of findings and the name of
/// a variant depend on a manifest that is not in the pack.
fn plan_record(pack: &Recorded<'_>, mut value: Value, again: &mut Again) -> Value {
    let is_variant = pack.plan["manifest"]
        .as_str()
        .is_some_and(|name| name.starts_with("manifest.yaml, variant "));
    if is_variant {
        value["manifest"] = pack.plan["manifest"].clone();
    }
    value["findings"] = pack.plan["findings"].clone();
    leave_out_later(PLAN, pack.plan, &mut value, again);
    members(PLAN, pack.plan, &value, again);
    value
}

/// Compares the provenance member by member; returns it as it should have been recorded.
fn provenance_record(pack: &Recorded<'_>, made: &Pack, again: &mut Again) -> Value {
    let mut entries = made.entries().iter();
    let entry = entries.find(|entry| entry.path.as_str() == PROVENANCE);
    let mut value = match entry.map(|entry| &entry.content) {
        Some(Content::Made(bytes)) => serde_json::from_slice(bytes).unwrap_or_default(),
        _ => Value::Null,
    };
    value["own_templates"] = pack.provenance["own_templates"].clone();
    if !pack.ground.other_templates.is_empty() {
        for name in ["templates", "fonts"] {
            value[name] = pack.provenance[name].clone();
        }
    }
    leave_out_later(PROVENANCE, pack.provenance, &mut value, again);
    members(PROVENANCE, pack.provenance, &value, again);
    value
}

/// Removes members that the program that made the pack did not record yet: the shape of format 1 has the required
/// members, and others were added later.
fn leave_out_later(path: &str, recorded: &Value, again: &mut Value, found: &mut Again) {
    let Some(members) = again.as_object_mut() else {
        return;
    };
    members.retain(|name, _| {
        let is_there = recorded.get(name).is_some();
        if !is_there {
            found.unknown.push(format!(
                "`{name}` of `{path}`: the program that made the pack did not record it"
            ));
        }
        is_there
    });
}

/// Members that follow from the manifest, the evidence and the rules, in every release.
const OF_RULES: &[&str] = &["declares", "fee", "form", "level", "route"];

fn members(path: &str, recorded: &Value, again: &Value, found: &mut Again) {
    let names = |value: &Value| -> BTreeSet<String> {
        value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.clone())
            .collect()
    };
    for name in names(recorded).union(&names(again)) {
        let (here, there) = (&recorded[name], &again[name]);
        if recorded.get(name) == again.get(name) {
            continue;
        }
        let message = if is_short(here) && is_short(there) {
            format!(
                "its {name} is `{}`, and manifest and evidence give `{}`",
                text(here),
                text(there)
            )
        } else {
            format!("its {name} differs from what manifest and evidence give")
        };
        if OF_RULES.contains(&name.as_str()) {
            found.lasts(Code::RecomputedDiffers, path, message);
        } else {
            found.differs(path, message);
        }
    }
}

fn is_short(value: &Value) -> bool {
    !matches!(value, Value::Array(_) | Value::Object(_))
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => shown(text),
        Value::Null => "nothing".to_owned(),
        other => shown(&other.to_string()),
    }
}
