//! Checks the records of a pack: present, in the expected shape, and consistent.

use serde_json::Value;

use crate::diag::Code;
use crate::pack::contents::Contents;
use crate::pack::inventory::Sums;
use crate::pack::verify::{AGAIN, MANIFEST, MAX_RECORD, PLAN, PROVENANCE, Report};
use crate::pack::{FORMAT, INVENTORY, records};

/// The documents of every pack.
const ALWAYS: &[&str] = &["00-upload-sheet.html", "01-summary.pdf"];

#[derive(Default)]
pub(super) struct Records {
    pub(super) provenance: Option<Value>,
    pub(super) plan: Option<Value>,
}

pub(super) fn check(contents: &Contents<'_>, sums: &Sums, report: &mut Report) -> Records {
    for path in ALWAYS.iter().chain([&MANIFEST]) {
        is_there(contents, sums, path, report);
    }
    let has_upload = contents
        .files()
        .keys()
        .any(|path| path.starts_with("upload/"));
    if !has_upload && !sums.lines.keys().any(|path| path.starts_with("upload/")) {
        let message = "there is no file to upload";
        report.add(Code::RecordUnusable, "upload", message, AGAIN);
    }
    let provenance = read(contents, sums, PROVENANCE, report);
    if let Some(provenance) = &provenance {
        let format = provenance.get("pack_format").and_then(Value::as_u64);
        if let Some(format) = format.filter(|format| !(1..=FORMAT).contains(format)) {
            let message =
                format!("the pack is of format {format}, this release reads formats 1 to {FORMAT}");
            let help = "use the release of clspack that wrote it";
            report.add(Code::OtherPackFormat, PROVENANCE, message, help);
            return Records {
                provenance: Some(provenance.clone()),
                plan: None,
            };
        }
        shape(PROVENANCE, records::of_provenance(provenance), report);
    }
    let plan = read(contents, sums, PLAN, report);
    if let Some(plan) = &plan {
        shape(PLAN, records::of_plan(plan), report);
    }
    if let (Some(provenance), Some(plan)) = (&provenance, &plan)
        && !report.is_about(PLAN)
        && !report.is_about(PROVENANCE)
    {
        agree(contents, provenance, plan, report);
    }
    if let Some(provenance) = &provenance {
        same_manifest(provenance, sums, report);
    }
    Records { provenance, plan }
}

/// Reports a missing record, unless that is reported already.
fn is_there(contents: &Contents<'_>, sums: &Sums, path: &str, report: &mut Report) -> bool {
    let is_there = contents.files().contains_key(path);
    if !is_there && !sums.lines.contains_key(path) {
        let message = format!("the pack has no `{path}`, and `{INVENTORY}` does not name it");
        report.add(Code::RecordUnusable, path, message, AGAIN);
    }
    is_there
}

fn read(contents: &Contents<'_>, sums: &Sums, path: &str, report: &mut Report) -> Option<Value> {
    if !is_there(contents, sums, path, report) {
        return None;
    }
    let bytes = contents.bytes(path, MAX_RECORD);
    let value = bytes.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let value = value.filter(Value::is_object);
    if value.is_none() && !report.is_about(path) {
        let message = format!("`{path}` is no JSON that can be read");
        report.add(Code::RecordUnusable, path, message, AGAIN);
    }
    value
}

fn shape(path: &str, lacking: Vec<String>, report: &mut Report) {
    if report.is_about(path) {
        return;
    }
    for route in lacking {
        let message = format!("`{route}` is missing or has another form than `clspack` writes");
        report.add(Code::RecordUnusable, path, message, AGAIN);
    }
}

/// Compares the hash of the manifest in the provenance with the inventory.
fn same_manifest(provenance: &Value, sums: &Sums, report: &mut Report) {
    let stated = provenance["manifest"]["sha256"].as_str();
    let listed = sums.lines.get(MANIFEST).map(|(_, hash)| hash.to_string());
    if stated.is_some() && stated != listed.as_deref() && !report.is_about(MANIFEST) {
        let message = "the pack was made from another manifest than the one in it";
        report.add(Code::EntryChanged, MANIFEST, message, AGAIN);
    }
}

/// Compares provenance, plan and the name of the folder with each other.
fn agree(contents: &Contents<'_>, provenance: &Value, plan: &Value, report: &mut Report) {
    for name in ["state", "on", "route", "form", "level", "rules"] {
        if plan[name] != provenance[name] {
            let message = format!("its {name} is not the one that `{PROVENANCE}` names");
            report.add(Code::EntryChanged, PLAN, message, AGAIN);
        }
    }
    let form = plan["form"].as_str().unwrap_or("no-form");
    let on = plan["on"].as_str().unwrap_or_default();
    let draft = if provenance["draft"].as_bool() == Some(true) {
        "_DRAFT"
    } else {
        ""
    };
    let ending = format!("_{form}_{on}{draft}");
    if let Some(top) = contents.top.as_ref().filter(|top| !top.ends_with(&ending)) {
        let message = format!(
            "the folder around the pack belongs to another pack; its name ends with `{ending}`"
        );
        let help = "ask for the pack again; if you renamed the folder, give it its old name";
        report.add(Code::EntryUnsafe, top, message, help);
    }
}
