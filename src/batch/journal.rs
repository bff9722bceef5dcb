//! What earlier runs made, and of what: a line for each pack, written when the pack stands. A run that is
//! interrupted loses nothing but the packs that it was making.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::batch::report::Why;
use crate::domain::Sha256;
use crate::error::{Error, Result};
use crate::pack::write_fault;
use crate::world::{Found, Walked, World};

/// How the names of journals begin; each shard has its own.
const PREFIX: &str = ".clspack-batch";
/// How they end.
const SUFFIX: &str = ".jsonl";
/// The largest journal that is read, in bytes.
const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// What a pack is made from, as hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    /// The manifest with its bases, or the row; the day and the kind of output.
    pub(crate) manifest: Sha256,
    /// The evidence.
    pub(crate) evidence: Sha256,
    /// The editions in force.
    pub(crate) rules: Sha256,
    /// The templates.
    pub(crate) templates: Sha256,
    /// The program.
    pub(crate) tool: String,
}

/// A pack that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// The pack, below the output folder.
    pub(crate) pack: String,
    /// What is known of it.
    #[serde(flatten)]
    pub(crate) made: Made,
}

/// What is known of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Made {
    /// Its hash.
    pub(crate) sha256: Sha256,
    /// What it was made from.
    pub(crate) stamp: Stamp,
}

impl Stamp {
    /// Returns what is another than it was; nothing if all is the same.
    pub(crate) fn changed_since(&self, before: &Self) -> Option<Why> {
        let parts = [
            (self.manifest != before.manifest, Why::Manifest),
            (self.evidence != before.evidence, Why::Evidence),
            (self.rules != before.rules, Why::Rules),
            (self.templates != before.templates, Why::Templates),
            (self.tool != before.tool, Why::Tool),
        ];
        let mut changed = parts.into_iter().filter(|(is_other, _)| *is_other);
        changed.next().map(|(_, why)| why)
    }
}

/// The journal of an output folder.
pub(crate) struct Journal {
    before: BTreeMap<String, Made>,
    file: Mutex<File>,
    path: PathBuf,
}

impl Journal {
    /// Reads what earlier runs wrote, shards included, and opens the journal of this one.
    pub(crate) fn open(out: &Path, shard: Option<&str>, world: &dyn World) -> Result<Self> {
        let mut before = BTreeMap::new();
        let mut journals = Vec::new();
        world.walk(out, &|_| false, &mut |one: Walked| {
            let is_journal = |one: &Found| {
                one.is_file && one.path.starts_with(PREFIX) && one.path.ends_with(SUFFIX)
            };
            journals.extend(one.ok().filter(is_journal).map(|one| one.path));
        });
        for name in journals {
            add(&mut before, &out.join(name), world)?;
        }
        let shard = shard.map_or_else(String::new, |shard| {
            format!("-{}", shard.replace('/', "-of-"))
        });
        let path = out.join(format!("{PREFIX}{shard}{SUFFIX}"));
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(|cause| write_fault(&path, cause))?;
        let mut begin = &file;
        // A line that broke off must not swallow the next.
        begin
            .write_all(b"\n")
            .map_err(|cause| write_fault(&path, cause))?;
        Ok(Self {
            before,
            file: Mutex::new(file),
            path,
        })
    }

    /// Returns what is known of a pack.
    pub(crate) fn made(&self, pack: &str) -> Option<&Made> {
        self.before.get(pack)
    }

    /// Returns the packs of earlier runs that still lie there and are none of these.
    pub(crate) fn others(
        &self,
        packs: &BTreeSet<&str>,
        out: &Path,
        world: &dyn World,
    ) -> Vec<String> {
        let left = self
            .before
            .keys()
            .filter(|pack| !packs.contains(pack.as_str()));
        left.filter(|pack| world.kind(&out.join(pack)).is_ok())
            .cloned()
            .collect()
    }

    /// Notes a pack that stands.
    pub(crate) fn note(&self, entry: &Entry) -> Result<()> {
        let mut line = serde_json::to_string(entry).unwrap_or_default();
        line.push('\n');
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(line.as_bytes())
            .map_err(|cause| write_fault(&self.path, cause))
    }
}

/// Adds what a journal says.
fn add(before: &mut BTreeMap<String, Made>, path: &Path, world: &dyn World) -> Result<()> {
    let fault = |cause| Error::Read {
        path: path.display().to_string(),
        cause,
    };
    let file = world.open(path).map_err(fault)?.take(MAX_BYTES);
    for line in BufReader::new(file).split(b'\n') {
        // The last line of a run that was killed may break off; it then says nothing.
        if let Ok(entry) = serde_json::from_slice::<Entry>(&line.map_err(fault)?) {
            before.insert(entry.pack, entry.made);
        }
    }
    Ok(())
}
