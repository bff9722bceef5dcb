//! `clspack verify`.

use std::path::Path;

use serde_json::json;

use crate::cli::Exit;
use crate::cli::output::Output;
use crate::diag::{Origins, SourceFile};
use crate::error::Result;
use crate::pack::verify::verify;
use crate::report::{Counts, json as report_json};
use crate::world::World;

/// Reads a pack back and says whether it is whole.
pub(crate) fn run(pack: &Path, world: &dyn World, output: &Output) -> Result<Exit> {
    let verdict = verify(pack, world)?;
    let intact = verdict.findings.is_empty();
    if output.is_json() {
        output.json(&json!({
            "schema": "clspack.verify/1",
            "pack": pack.display().to_string(),
            "verdict": if intact { "intact" } else { "broken" },
            "entries": verdict.n_entries,
            "findings": report_json::findings(&verdict.findings, &SourceFile::default(), &Origins::default()),
            "provenance": verdict.provenance,
        }));
    } else {
        output.findings(
            &verdict.findings,
            &SourceFile::default(),
            &Origins::default(),
        );
        let made = verdict.provenance.as_ref().and_then(|value| {
            Some(format!(
                ", made by clspack {} for {}",
                value["tool"]["version"].as_str()?,
                value["on"].as_str()?
            ))
        });
        let verdict_word = if intact { "intact" } else { "broken" };
        output.data(&format!(
            "{}: {verdict_word}; {} entries compared, {}{}\n",
            pack.display(),
            verdict.n_entries,
            Counts::of(&verdict.findings),
            made.unwrap_or_default()
        ));
    }
    Ok(if intact { Exit::Done } else { Exit::Findings })
}
