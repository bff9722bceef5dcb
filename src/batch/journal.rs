//! The journal of an output folder. It has a line for each pack, written once the pack is in its place, and a line
//! for each file of the report, written just before that file is in its place.
//!
//! The order differs on purpose. A pack without a line is only made again, and verified first; a file of the report
//! without a line would look like the user's and would never be replaced. So an interrupted run loses at most the
//! packs that it was making.

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
const SUFFIX: &str = ".jsonl";
/// The largest journal that is read, in bytes.
const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// What a pack is made from, as hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    /// The manifest with its bases, or the row; the day and the kind of output.
    pub(crate) manifest: Sha256,
    pub(crate) evidence: Sha256,
    pub(crate) rules: Sha256,
    pub(crate) templates: Sha256,
    pub(crate) tool: String,
}

/// A file of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Face {
    report: String,
    sha256: Sha256,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// The pack, below the output folder.
    pub(crate) pack: String,
    /// What it was made for; earlier releases did not note it.
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    pub(crate) made_for: Option<MadeFor>,
    #[serde(flatten)]
    pub(crate) made: Made,
}

/// The product of a pack, to be known again when its form, its day or its name is another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MadeFor {
    /// Its place in the input.
    pub(crate) source: String,
    /// Its first model.
    pub(crate) model: String,
}

/// The hash and ingredients of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Made {
    pub(crate) sha256: Sha256,
    pub(crate) stamp: Stamp,
}

impl Stamp {
    /// Returns the first ingredient that changed; nothing if all are the same.
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

/// The contents of all journals in an output folder.
#[derive(Debug, Default)]
pub(crate) struct Earlier {
    packs: BTreeMap<String, Made>,
    /// What each pack was made for, with the number of its line: a later one is nearer to this run.
    made_for: BTreeMap<String, (usize, MadeFor)>,
    n_entries: usize,
    /// Every hash that each file of the report ever had, by name. Any of them shows that the file is ours.
    faces: BTreeMap<String, BTreeSet<Sha256>>,
}

impl Earlier {
    /// Reads the journals of a folder, those of shards included.
    ///
    /// # Errors
    /// A journal is no plain file, was not written by this program, or cannot be read.
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

    /// Adds the lines of a journal.
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
                self.n_entries += 1;
                if let Some(made_for) = entry.made_for {
                    let noted = (self.n_entries, made_for);
                    self.made_for.insert(entry.pack.clone(), noted);
                }
                self.packs.insert(entry.pack, entry.made);
            } else if let Ok(face) = serde_json::from_slice::<Face>(&line) {
                let known = self.faces.entry(face.report).or_default();
                known.insert(face.sha256);
            } else {
                // The last line of a killed run may be cut off; it is then ignored.
                is_other |= !line.is_empty() && !line.starts_with(b"{");
                continue;
            }
            is_known = true;
        }
        refuse_file(path, || is_known || !is_other, world)
    }

    /// Returns true if a run wrote a file of the report with this hash.
    pub(crate) fn has(&self, face: &str, sha256: Sha256) -> bool {
        self.faces
            .get(face)
            .is_some_and(|known| known.contains(&sha256))
    }

    /// Returns true if runs wrote this file of the report. Earlier releases wrote it without a line in the journal.
    pub(crate) fn names(&self, face: &str) -> bool {
        let is_noted = self.faces.contains_key(face);
        is_noted || (self.faces.is_empty() && !self.packs.is_empty())
    }
}

pub(crate) struct Journal {
    earlier: Earlier,
    file: Mutex<Option<File>>,
    path: PathBuf,
}

impl Journal {
    /// Reads the lines of earlier runs, those of shards included.
    pub(crate) fn read(out: &Path, shard: Option<&str>, world: &dyn World) -> Result<Self> {
        Ok(Self {
            earlier: Earlier::read(out, world)?,
            file: Mutex::default(),
            path: Self::path(out, shard),
        })
    }

    /// Returns the path of the journal of a run.
    pub(crate) fn path(out: &Path, shard: Option<&str>) -> PathBuf {
        let shard = shard.map_or_else(String::new, |shard| {
            format!("-{}", shard.replace('/', "-of-"))
        });
        out.join(format!("{PREFIX}{shard}{SUFFIX}"))
    }

    /// Opens the journal of this run, before anything is made.
    pub(crate) fn begin(&self) -> Result<()> {
        // The file was checked above. If a link takes its place in between, it is not followed.
        let is_there = there(&self.path)?.is_some();
        let opened = OpenOptions::new()
            .append(true)
            .create_new(!is_there)
            .open(&self.path);
        let file = opened.map_err(|cause| write_fault(&self.path, cause))?;
        *self.file.lock().unwrap_or_else(PoisonError::into_inner) = Some(file);
        // If the last line was cut off, the next one must not be appended to it.
        self.line(String::new())
    }

    pub(crate) fn made(&self, pack: &str) -> Option<&Made> {
        self.earlier.packs.get(pack)
    }

    /// Returns what a pack was made for, with the number of its line.
    pub(crate) fn made_for(&self, pack: &str) -> Option<&(usize, MadeFor)> {
        self.earlier.made_for.get(pack)
    }

    /// Returns the packs of earlier runs that still exist and are not among `packs`.
    pub(crate) fn others(
        &self,
        packs: &BTreeSet<&str>,
        out: &Path,
        world: &dyn World,
    ) -> Vec<String> {
        let left = self
            .earlier
            .packs
            .keys()
            .filter(|pack| !packs.contains(pack.as_str()));
        left.filter(|pack| world.kind(&out.join(pack)).is_ok())
            .cloned()
            .collect()
    }

    /// Notes a finished pack.
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

    pub(crate) const fn earlier(&self) -> &Earlier {
        &self.earlier
    }
}
