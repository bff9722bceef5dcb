//! `clspack verify`.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::audit::{Audit, audit};
use crate::cli::Exit;
use crate::cli::output::Output;
use crate::diag::{Origins, SourceFile};
use crate::error::Result;
use crate::report::json::records::VerifyRecord;
use crate::report::json::schema::Document as _;
use crate::report::{Counts, Wholeness, json as report_json};
use crate::world::{Kind, World};

/// Reads a pack back, makes it again, and prints whether it is intact.
pub(crate) fn run(pack: &Path, world: &dyn World, output: &Output) -> Result<Exit> {
    let audit = audit(pack, world)?;
    let verdict = &audit.verdict;
    let intact = verdict.is_intact();
    if output.is_json() {
        let (source, origins) = (SourceFile::default(), Origins::default());
        let record = VerifyRecord {
            pack: pack.display().to_string(),
            verdict: if intact {
                Wholeness::Intact
            } else {
                Wholeness::Broken
            },
            rewrapped: verdict.is_rewrapped(),
            entries: verdict.n_entries,
            recomputed: audit.n_recomputed,
            recomputed_in_full: intact && !audit.is_only_listed,
            not_recomputed: &audit.not_recomputed,
            findings: report_json::records_of(&verdict.findings, &source, &origins),
            provenance: verdict.provenance.as_ref(),
        };
        output.json(&record.written());
    } else {
        output.findings(
            &verdict.findings,
            &SourceFile::default(),
            &Origins::default(),
        );
        let is_folder = world.kind(pack).ok() == Some(Kind::Folder);
        output.data(&text(pack, is_folder, &audit));
    }
    Ok(if intact { Exit::Done } else { Exit::Findings })
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
