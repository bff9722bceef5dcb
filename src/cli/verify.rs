//! `clspack verify`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::audit::{Audit, audit};
use crate::cli::Exit;
use crate::cli::output::{Output, failure};
use crate::diag::{Origins, SourceFile};
use crate::error::{Error, Result};
use crate::pack::INVENTORY;
use crate::report::json::records::{Verified, VerifiedRecord, VerifyRecord};
use crate::report::json::schema::Document as _;
use crate::report::{Counts, Wholeness, json as report_json};
use crate::world::patterns::{Folders, expand};
use crate::world::{Kind, World};

/// Reads packs back, makes them again, and prints whether each is intact. One that cannot be read does not keep the
/// others from being verified.
pub(crate) fn run(packs: &[PathBuf], world: &dyn World, output: &Output) -> Exit {
    let mut exit = Exit::Done;
    let mut entries = Vec::new();
    for named in packs {
        match expand(named, Folders::Whole(INVENTORY), INVENTORY, world) {
            Ok(paths) => {
                for path in paths {
                    let (entry, of_pack) = one(&path, audit(&path, world), world, output);
                    entries.push(entry);
                    exit = exit.max(of_pack);
                }
            }
            Err(error) => {
                entries.push(unread(named, &error, output));
                exit = Exit::Failed;
            }
        }
    }
    if output.is_json() {
        output.json(&VerifyRecord { packs: entries }.written());
    }
    exit
}

/// Prints what came of a pack to people; returns the same for programs.
fn one(path: &Path, audit: Result<Audit>, world: &dyn World, output: &Output) -> (Verified, Exit) {
    let audit = match audit {
        Ok(audit) => audit,
        Err(error) => return (unread(path, &error, output), Exit::Failed),
    };
    let (source, origins) = (SourceFile::default(), Origins::default());
    let verdict = &audit.verdict;
    let intact = verdict.is_intact();
    if output.is_human() {
        output.findings(&verdict.findings, &source, &origins);
        let is_folder = world.kind(path).ok() == Some(Kind::Folder);
        output.data(&text(path, is_folder, &audit));
    }
    let entry = Verified::of(&VerifiedRecord {
        pack: path.display().to_string(),
        verdict: if intact {
            Wholeness::Intact
        } else {
            Wholeness::Broken
        },
        failure: None,
        rewrapped: verdict.is_rewrapped(),
        entries: verdict.n_entries,
        recomputed: audit.n_recomputed,
        recomputed_in_full: intact && !audit.is_only_listed,
        not_recomputed: &audit.not_recomputed,
        findings: report_json::records_of(&verdict.findings, &source, &origins),
        provenance: verdict.provenance.as_ref(),
    });
    let exit = if intact { Exit::Done } else { Exit::Findings };
    (entry, exit)
}

/// Reports a pack that could not be read.
fn unread(path: &Path, error: &Error, output: &Output) -> Verified {
    output.fault(error);
    Verified::of(&VerifiedRecord {
        pack: path.display().to_string(),
        verdict: Wholeness::Failed,
        failure: Some(failure(error)),
        rewrapped: false,
        entries: 0,
        recomputed: 0,
        recomputed_in_full: false,
        not_recomputed: &[],
        findings: Vec::new(),
        provenance: None,
    })
}

fn text(pack: &Path, is_folder: bool, audit: &Audit) -> String {
    let verdict = &audit.verdict;
    let word = match (verdict.is_intact(), audit.is_only_listed) {
        (true, false) => "intact",
        (true, true) => "intact as listed, not recomputed in full",
        (false, _) => "broken",
    };
    let wrapping = match (verdict.is_intact(), verdict.is_rewrapped()) {
        (true, true) if is_folder => ", in a folder that changed on the way",
        (true, true) => ", zipped again by another program",
        _ => "",
    };
    let made = verdict
        .provenance
        .as_ref()
        .and_then(made)
        .unwrap_or_default();
    let mut text = format!(
        "{}: {word}{wrapping}; {} entries compared, {} recomputed, {}{made}\n",
        pack.display(),
        verdict.n_entries,
        audit.n_recomputed,
        Counts::of(&verdict.findings),
    );
    for what in &audit.not_recomputed {
        let _ = writeln!(text, "not recomputed: {what}");
    }
    text
}

/// Returns what made the pack, and for which day.
fn made(provenance: &Value) -> Option<String> {
    let version = provenance["tool"]["version"].as_str()?;
    let on = provenance["on"].as_str()?;
    let shown = crate::domain::text::shown;
    Some(format!(
        ", made by clspack {} for {}",
        shown(version),
        shown(on)
    ))
}
