//! Reads a pack back and compares it with its inventory and its records: nothing changed, missing or added, no name
//! that escapes or hides, no archive that programs read differently.
//!
//! Whether manifest and evidence give the same pack again is checked by `audit`.

mod records;
mod report;

use std::io::Read as _;
use std::path::Path;

use clspack_archive::Ratio;

use crate::diag::{Code, Finding};
use crate::domain::Sha256;
use crate::error::{Error, Result};
use crate::pack::contents::Contents;
use crate::pack::inventory::{self, Sums};
use crate::pack::{INVENTORY, archive};
use crate::world::{Kind, World, unwatched};
pub(crate) use report::Report;

pub const PROVENANCE: &str = "record/provenance.json";
pub const PLAN: &str = "record/plan.json";
pub const MANIFEST: &str = "record/manifest.yaml";
/// The largest total size of all files, in bytes.
const MAX_TOTAL: u64 = 4 << 30;
/// The size to which a pack may unpack; the largest file of evidence fits even a small pack.
const RATIO: Ratio = Ratio {
    times: 100,
    small: 512 << 20,
};
/// The largest file that is read into memory: inventory and records.
pub(crate) const MAX_RECORD: u64 = 8 << 20;

pub(crate) const AGAIN: &str = "ask for the pack again";
pub(crate) const DO_NOT_OPEN: &str = "do not unpack it; ask for the pack again";
pub(crate) const REMOVE: &str = "remove it, or make the pack again with it";

/// The result of reading a pack back.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    pub n_entries: usize,
    /// The provenance, if it could be read.
    pub provenance: Option<serde_json::Value>,
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// Returns true if the content is intact; the wrapping may have changed.
    pub fn is_intact(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.all(|finding| finding.severity() == crate::diag::Severity::Warning)
    }

    /// Returns true if another program changed the wrapping.
    pub fn is_rewrapped(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|finding| finding.code == Code::PackRewrapped)
    }
}

pub(crate) struct Looked<'w> {
    pub(crate) verdict: Verdict,
    /// Its files, if they can be read.
    pub(crate) contents: Option<Contents<'w>>,
    /// The hash of each file by its path in composed form.
    pub(crate) sums: Sums,
    /// Its plan, if it can be read.
    pub(crate) plan: Option<serde_json::Value>,
}

/// Reads a pack back.
///
/// # Errors
/// It cannot be opened at all. Every fault inside is a finding.
pub fn verify(path: &Path, world: &dyn World) -> Result<Verdict> {
    look(path, world).map(|looked| looked.verdict)
}

/// Reads a pack back, and keeps it open.
///
/// # Errors
/// It cannot be opened at all.
pub(crate) fn look<'w>(path: &Path, world: &'w dyn World) -> Result<Looked<'w>> {
    let mut report = Report::default();
    let opened = Contents::open(path, world, &mut report).map_err(|cause| Error::Read {
        path: path.display().to_string(),
        cause,
    })?;
    let mut looked = Looked {
        verdict: Verdict::default(),
        contents: None,
        sums: Sums::default(),
        plan: None,
    };
    if let Some(mut contents) = opened {
        let sums = read_inventory(&contents, path, &mut report);
        // Files with names in an old code page count too, so they are matched before anything is unpacked.
        if let Some(sums) = &sums {
            contents.adopt(sums.lines.keys(), &mut report);
        }
        if let Some(sums) = sums.filter(|_| is_bounded(&contents, path, world, &mut report)) {
            looked.verdict.n_entries = compare(&mut contents, &sums, &mut report);
            let records = records::check(&contents, &sums, &mut report);
            looked.verdict.provenance = records.provenance;
            looked.plan = records.plan;
            looked.sums = sums;
        }
        report.rewrapped(path, &contents);
        looked.contents = Some(contents);
    }
    looked.verdict.findings = report.findings();
    Ok(looked)
}

/// Returns true if both folders have packs with the same inventory, and the second is whole.
pub(crate) fn same_folder(new: &Path, there: &Path, world: &dyn World) -> bool {
    let world = unwatched(world);
    let sums = |path: &Path| {
        let mut text = Vec::new();
        world
            .open(&path.join(INVENTORY))
            .ok()?
            .take(MAX_RECORD)
            .read_to_end(&mut text)
            .ok()?;
        Some(text)
    };
    sums(new).is_some_and(|new| sums(there) == Some(new))
        && verify(there, world).is_ok_and(|verdict| verdict.findings.is_empty())
}

fn read_inventory(contents: &Contents<'_>, path: &Path, report: &mut Report) -> Option<Sums> {
    if !contents.files().contains_key(INVENTORY) {
        report.no_pack(path, format!("it has no `{INVENTORY}`"));
        return None;
    }
    let text = contents.bytes(INVENTORY, MAX_RECORD);
    let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
    let Some(sums) = text.as_deref().and_then(inventory::parse) else {
        report.no_pack(path, format!("its `{INVENTORY}` cannot be read"));
        return None;
    };
    for (line, message) in &sums.irregular {
        let message = format!("line {line}: {message}");
        report.add(Code::InventoryIrregular, INVENTORY, message, AGAIN);
    }
    Some(sums)
}

/// Makes sure that reading everything costs no more than an honest pack could.
fn is_bounded(
    contents: &Contents<'_>,
    path: &Path,
    world: &dyn World,
    report: &mut Report,
) -> bool {
    let total: u64 = contents.files().values().map(|file| file.size).sum();
    if total > MAX_TOTAL {
        let message = "all its files together have more than 4 GiB";
        report.about(path, Code::PackTooLarge, message, DO_NOT_OPEN);
        return false;
    }
    let Ok(Kind::File(packed)) = world.kind(path) else {
        return true;
    };
    let is_bomb = total > RATIO.most(packed);
    if is_bomb {
        let message = format!("it unpacks to more than {} times its size", RATIO.times);
        report.about(path, Code::PackTooLarge, message, DO_NOT_OPEN);
    }
    !is_bomb
}

/// Compares every file with the inventory; returns how many were compared.
fn compare(contents: &mut Contents<'_>, sums: &Sums, report: &mut Report) -> usize {
    for (path, (listed, _)) in &sums.lines {
        if contents.files().contains_key(path) {
            contents.stored_as(path, listed);
        } else if !contents.has_refused(listed) {
            let message = "the inventory names it, and it is not there";
            report.add(Code::EntryMissing, listed, message, AGAIN);
        }
    }
    let mut n_compared = 0;
    for (path, file) in contents
        .files()
        .iter()
        .filter(|(path, _)| *path != INVENTORY)
    {
        let Some((_, expected)) = sums.lines.get(path) else {
            let message = "it is there, and the inventory does not name it";
            report.add(Code::EntryExtra, path, message, REMOVE);
            continue;
        };
        if file.size > archive::MAX_ENTRY {
            let message = "it has more than 1 GiB";
            report.add(Code::EntryTooLarge, path, message, DO_NOT_OPEN);
            continue;
        }
        n_compared += 1;
        // A file that grows while it is read has another hash.
        let read = contents
            .read(path)
            .and_then(|reader| Sha256::of_reader(reader.take(archive::MAX_ENTRY + 1), |_| {}));
        let message = match read {
            Ok((found, _)) if found == *expected => continue,
            Ok(_) => "its content differs from the inventory",
            Err(_) => "it cannot be read to its end",
        };
        report.add(Code::EntryChanged, path, message, AGAIN);
    }
    n_compared
}
