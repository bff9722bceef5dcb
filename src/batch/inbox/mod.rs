//! An inbox: a folder with signed copies whose names say nothing. A copy belongs to the product whose declaration has
//! the hash that the copy shows. `settle` uses the copies, `listed` reports what became of each file.

mod listed;
mod settle;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::batch::guarded::guarded;
use crate::diag::Finding;
use crate::domain::text::shown;
use crate::domain::{Application, EvidencePath, Field, Sha256};
use crate::error::{Error, Result};
use crate::gather::{Folders, SignedCopy, copy_in};
use crate::parallel::in_parallel;
use crate::signing::Shown;
use crate::world::{Found, Kind, Walked, World};

pub(crate) use listed::Listing;
pub(crate) use settle::{Fate, Taken};

/// The most files in an inbox.
const MOST_FILES: usize = 5_000;
/// The most copies that are compared with one declaration.
const MOST_OF_ONE: usize = 16;
/// Files that systems add to a folder.
const LITTER: &[&str] = &["Thumbs.db", "desktop.ini"];

/// A folder with signed copies, each read once.
#[derive(Debug)]
pub struct Inbox {
    folder: PathBuf,
    files: Vec<InboxFile>,
    /// The files that show digits which may be a hash.
    by_digits: BTreeMap<String, Vec<usize>>,
}

/// A file of the inbox.
#[derive(Debug)]
struct InboxFile {
    /// Its path below the inbox.
    name: String,
    /// The same as the manifest would name it; nothing if it could not.
    path: Option<EvidencePath>,
    sha256: Option<Sha256>,
    shown: Shown,
    /// Why it can be nobody's copy.
    fault: Option<Fault>,
    /// An earlier file with the same content.
    same_as: Option<usize>,
}

/// What is wrong with a file, and what to do.
#[derive(Debug)]
struct Fault {
    message: String,
    help: String,
}

impl Inbox {
    /// Reads every file of a folder.
    ///
    /// # Errors
    /// It is no folder, cannot be listed, or has too many files.
    pub fn read(folder: &Path, jobs: usize, world: &dyn World) -> Result<Self> {
        let found = found(folder, world)?;
        let look = |_, one: &Found, (): &mut ()| look(folder, one, world);
        let mut files = in_parallel(&found, jobs, &|| (), &look);
        let mut first: BTreeMap<Sha256, usize> = BTreeMap::new();
        let mut by_digits: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, file) in files.iter_mut().enumerate() {
            let Some(sha256) = file.sha256 else { continue };
            if let Some(same) = first.get(&sha256) {
                file.same_as = Some(*same);
                continue;
            }
            first.insert(sha256, at);
            for digits in file.shown.candidates() {
                by_digits.entry(digits.to_owned()).or_default().push(at);
            }
        }
        Ok(Self {
            folder: folder.to_path_buf(),
            files,
            by_digits,
        })
    }

    /// Returns the files that show a hash.
    fn showing(&self, short: &str) -> &[usize] {
        let files = self.by_digits.get(short).map_or(&[][..], Vec::as_slice);
        &files[..files.len().min(MOST_OF_ONE)]
    }

    /// Names a file as the signed copy of an application, as the manifest would.
    pub(crate) fn name(&self, at: usize, application: &mut Application, folders: &mut Folders) {
        let path = self.files.get(at).and_then(|file| file.path.clone());
        if let Some(path) = path {
            let layer = folders.push(self.folder.clone());
            application.declaration.signed = Field::Given(path.seen_from(layer));
        }
    }

    /// Reads a copy again, which must be what it was.
    fn open(&self, at: usize, world: &dyn World) -> Result<SignedCopy> {
        let file = self.files.get(at);
        let changed = || Error::Changed(file.map(|file| file.name.clone()).unwrap_or_default());
        let path = file.and_then(|file| file.path.as_ref());
        let (copy, _) = copy_in(world, &self.folder, path.ok_or_else(changed)?);
        let same = copy.filter(|copy| file.and_then(|file| file.sha256) == Some(copy.file.sha256));
        same.ok_or_else(changed)
    }
}

/// Returns the files of an inbox by their names, without those that systems add.
fn found(folder: &Path, world: &dyn World) -> Result<Vec<Found>> {
    let name = folder.display();
    if !matches!(world.kind(folder), Ok(Kind::Folder)) {
        let why = format!("`{name}` is no folder; name the folder with the signed copies");
        return Err(Error::Usage(why));
    }
    let n_files = Cell::new(0);
    let mut files = Vec::new();
    let mut fault = None;
    let enter = |path: &str| n_files.get() <= MOST_FILES && !is_hidden(path);
    world.walk(folder, &enter, &mut |one: Walked| match one {
        Ok(one) if is_hidden(&one.path) => {}
        Ok(one) => {
            n_files.set(n_files.get() + 1);
            if n_files.get() <= MOST_FILES {
                files.push(one);
            }
        }
        Err((path, cause)) => {
            let path = path.display().to_string();
            fault = fault.take().or(Some(Error::Read { path, cause }));
        }
    });
    if n_files.get() > MOST_FILES {
        let why = format!(
            "`{name}` has more than {MOST_FILES} files; name a folder with signed copies only"
        );
        return Err(Error::Usage(why));
    }
    files.sort();
    fault.map_or(Ok(files), Err)
}

fn is_hidden(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with('.') || LITTER.contains(&name)
}

/// Reads one file. A file that crashes the reader is nobody's copy, and the others are unaffected.
fn look(folder: &Path, found: &Found, world: &dyn World) -> InboxFile {
    let path = found.path.parse::<EvidencePath>().ok();
    let mut file = InboxFile {
        name: found.path.clone(),
        path: path.filter(|path| path.as_str() == found.path),
        sha256: None,
        shown: Shown::default(),
        fault: None,
        same_as: None,
    };
    let read = guarded(|| Ok(read(&mut file, folder, found, world)));
    file.fault = match read {
        Ok(fault) => fault,
        Err(error) => Some(Fault {
            message: error.to_string(),
            help: "name the file in the manifest instead".to_owned(),
        }),
    };
    file
}

fn read(file: &mut InboxFile, folder: &Path, found: &Found, world: &dyn World) -> Option<Fault> {
    let fault = |message: &str, help: &str| {
        Some(Fault {
            message: format!("`{}` {message}", shown(&file.name)),
            help: help.to_owned(),
        })
    };
    if !found.is_file {
        return fault(
            "is a link or a device, not a file",
            "put the file itself there",
        );
    }
    let Some(path) = &file.path else {
        return fault("has a name that no manifest can give", "rename the file");
    };
    if path.extension() != "pdf" {
        let help = "clspack finds the product of a PDF only; name a picture in its manifest as `declaration: { signed: … }`";
        return fault("is no PDF file, so it shows no hash that can be read", help);
    }
    let (copy, findings) = copy_in(world, folder, path);
    let Some(SignedCopy { file: read, pdf }) = copy else {
        let finding = findings.into_iter().next();
        return finding.map(|Finding { message, help, .. }| Fault { message, help });
    };
    file.shown = pdf.as_ref().map(Shown::of).unwrap_or_default();
    file.sha256 = Some(read.sha256);
    None
}
