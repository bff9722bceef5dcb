//! What earlier runs made, and of what: a line for each pack, written when the pack is in its place, and one for each
//! file of the report, written just before. A run that is interrupted loses nothing but the packs that it was making.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::batch::report::RebuildReason;
use crate::domain::Sha256;
use crate::error::{Error, Result};
use crate::pack::{plain_file, refuse_file, there, write_fault};
use crate::world::{Found, Walked, World, unwatched};

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

/// A file of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Face {
    /// Its name.
    report: String,
    /// Its hash.
    sha256: Sha256,
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
    pub(crate) fn changed_since(&self, before: &Self) -> Option<RebuildReason> {
        let parts = [
            (self.manifest != before.manifest, RebuildReason::Manifest),
            (self.evidence != before.evidence, RebuildReason::Evidence),
            (self.rules != before.rules, RebuildReason::Rules),
            (self.templates != before.templates, RebuildReason::Templates),
            (self.tool != before.tool, RebuildReason::Tool),
        ];
        let mut changed = parts.into_iter().filter(|(is_other, _)| *is_other);
        changed.next().map(|(_, why)| why)
    }
}

/// What the journals of an output folder say.
#[derive(Debug, Default)]
pub(crate) struct Known {
    packs: BTreeMap<String, Made>,
    /// Every hash that a file of the report had, by its name.
    faces: BTreeMap<String, BTreeSet<Sha256>>,
}

impl Known {
    /// Reads the journals of a folder, those of shards included.
    ///
    /// # Errors
    /// One of them is no plain file, was written by somebody else, or cannot be read.
    pub(crate) fn read(out: &Path, world: &dyn World) -> Result<Self> {
        let mut journals = Vec::new();
        world.walk(out, &|_| false, &mut |one: Walked| {
            let is_journal =
                |one: &Found| one.path.starts_with(PREFIX) && one.path.ends_with(SUFFIX);
            journals.extend(one.ok().filter(is_journal).map(|one| one.at));
        });
        journals.sort();
        let mut known = Self::default();
        for path in journals {
            if let Some(found) = there(&path)? {
                plain_file(&path, &found)?;
                known.add(&path, unwatched(world))?;
            }
        }
        Ok(known)
    }

    /// Adds what a journal says.
    fn add(&mut self, path: &Path, world: &dyn World) -> Result<()> {
        let fault = |cause| Error::Read {
            path: path.display().to_string(),
            cause,
        };
        let (mut is_known, mut is_other) = (false, false);
        let file = world.open(path).map_err(fault)?.take(MAX_BYTES);
        for line in BufReader::new(file).split(b'\n') {
            let line = line.map_err(fault)?;
            if let Ok(entry) = serde_json::from_slice::<Entry>(&line) {
                self.packs.insert(entry.pack, entry.made);
            } else if let Ok(face) = serde_json::from_slice::<Face>(&line) {
                let known = self.faces.entry(face.report).or_default();
                known.insert(face.sha256);
            } else {
                // The last line of a run that was killed may break off; it then says nothing.
                is_other |= !line.is_empty() && !line.starts_with(b"{");
                continue;
            }
            is_known = true;
        }
        refuse_file(path, || is_known || !is_other, world)
    }

    /// Returns true if a file of the report with this hash was written by a run.
    pub(crate) fn has(&self, face: &str, sha256: Sha256) -> bool {
        self.faces
            .get(face)
            .is_some_and(|known| known.contains(&sha256))
    }

    /// Returns true if runs wrote this file of the report. Earlier releases wrote it without a note.
    pub(crate) fn names(&self, face: &str) -> bool {
        let is_noted = self.faces.contains_key(face);
        is_noted || (self.faces.is_empty() && !self.packs.is_empty())
    }
}

/// The journal of an output folder.
pub(crate) struct Journal {
    known: Known,
    file: Mutex<Option<File>>,
    path: PathBuf,
}

impl Journal {
    /// Reads what earlier runs wrote, shards included.
    pub(crate) fn read(out: &Path, shard: Option<&str>, world: &dyn World) -> Result<Self> {
        Ok(Self {
            known: Known::read(out, world)?,
            file: Mutex::default(),
            path: Self::path(out, shard),
        })
    }

    /// Returns where the journal of a run is.
    pub(crate) fn path(out: &Path, shard: Option<&str>) -> PathBuf {
        let shard = shard.map_or_else(String::new, |shard| {
            format!("-{}", shard.replace('/', "-of-"))
        });
        out.join(format!("{PREFIX}{shard}{SUFFIX}"))
    }

    /// Opens the journal of this run, before anything is made.
    pub(crate) fn begin(&self) -> Result<()> {
        // What is there was looked at; a link that takes its place since is not followed.
        let is_there = there(&self.path)?.is_some();
        let opened = OpenOptions::new()
            .append(true)
            .create_new(!is_there)
            .open(&self.path);
        let file = opened.map_err(|cause| write_fault(&self.path, cause))?;
        *self.file.lock().unwrap_or_else(PoisonError::into_inner) = Some(file);
        // A line that broke off must not swallow the next.
        self.line(String::new())
    }

    /// Returns what is known of a pack.
    pub(crate) fn made(&self, pack: &str) -> Option<&Made> {
        self.known.packs.get(pack)
    }

    /// Returns the packs of earlier runs that still lie there and are none of these.
    pub(crate) fn others(
        &self,
        packs: &BTreeSet<&str>,
        out: &Path,
        world: &dyn World,
    ) -> Vec<String> {
        let left = self
            .known
            .packs
            .keys()
            .filter(|pack| !packs.contains(pack.as_str()));
        left.filter(|pack| world.kind(&out.join(pack)).is_ok())
            .cloned()
            .collect()
    }

    /// Notes a pack that stands.
    pub(crate) fn note(&self, entry: &Entry) -> Result<()> {
        self.line(serde_json::to_string(entry).unwrap_or_default())
    }

    /// Notes a file of the report that is about to be put in its place.
    pub(crate) fn note_face(&self, name: &str, sha256: Sha256) -> Result<()> {
        let face = Face {
            report: name.to_owned(),
            sha256,
        };
        self.line(serde_json::to_string(&face).unwrap_or_default())
    }

    fn line(&self, mut line: String) -> Result<()> {
        line.push('\n');
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let written = file
            .as_mut()
            .map_or(Ok(()), |file| file.write_all(line.as_bytes()));
        written.map_err(|cause| write_fault(&self.path, cause))
    }

    /// Returns what earlier runs wrote.
    pub(crate) const fn known(&self) -> &Known {
        &self.known
    }
}
