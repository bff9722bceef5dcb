//! Writes a pack: one walk over its entries, three targets. An output appears whole or not at all: it is written
//! under a temporary name, then renamed.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::domain::Sha256;
use crate::error::{Error, Result};
use crate::pack::sinks::{FolderSink, ListSink, ZipSink};
use crate::pack::{Content, Entry, Pack};
use crate::world::World;

pub(crate) fn write_fault(path: &Path, cause: io::Error) -> Error {
    Error::Write {
        path: path.display().to_string(),
        cause,
    }
}

/// What to write, and where.
#[derive(Clone, Debug)]
pub enum Target {
    /// A zip file at this path.
    Zip(PathBuf),
    /// A folder at this path.
    Folder(PathBuf),
    /// Nothing: only list the entries.
    List,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    New(PathBuf),
    /// It existed already, with the same content.
    Unchanged(PathBuf),
    /// The entries: size, hash and path of each.
    Listed(Vec<(u64, Sha256, String)>),
}

/// How to treat an existing output with other content. Files that this program did not make, that are read-only or
/// that the run has read are never replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfThere {
    /// Leave it, and report that.
    Refuse,
    /// Replace a pack of this program.
    Replace,
    /// Replace a pack with this hash; for a folder, the hash of its inventory.
    ReplaceKnown(Sha256),
}

/// Receives the entries in order. If it is dropped before `close`, it removes everything it wrote.
pub(crate) trait Sink {
    fn entry(&mut self, entry: &Entry, from: &mut dyn Read) -> io::Result<()>;
    fn close(self: Box<Self>, if_there: IfThere, world: &dyn World) -> Result<Written>;
}

/// Writes a pack. The bytes are the same on any number of threads.
///
/// # Errors
/// A file of evidence cannot be read or has changed; the target cannot be written, or exists with other content.
pub fn write(
    pack: &Pack,
    target: &Target,
    if_there: IfThere,
    threads: usize,
    world: &dyn World,
) -> Result<Written> {
    let mut sink: Box<dyn Sink> = match target {
        Target::Zip(path) => Box::new(ZipSink::new(path, pack, threads)?),
        Target::Folder(path) => Box::new(FolderSink::new(path)?),
        Target::List => Box::new(ListSink::default()),
    };
    for entry in pack.entries() {
        let mut source = Checked::open(entry, world)?;
        match sink.entry(entry, &mut source) {
            // A read error of the source appears here as a write error; the source is asked first.
            Err(cause) if source.fault.is_none() => {
                let path = target.name();
                return Err(Error::Write { path, cause });
            }
            _ => source.finish(entry)?,
        }
    }
    sink.close(if_there, world)
}

impl Target {
    fn name(&self) -> String {
        match self {
            Self::Zip(path) | Self::Folder(path) => path.display().to_string(),
            Self::List => "the list".to_owned(),
        }
    }
}

/// Reads an entry, and makes sure that it has not changed since it was checked.
struct Checked<'e> {
    from: Box<dyn Read + 'e>,
    hasher: Option<sha2::Sha256>,
    fault: Option<io::Error>,
}

impl<'e> Checked<'e> {
    fn open(entry: &'e Entry, world: &dyn World) -> Result<Self> {
        Ok(match &entry.content {
            Content::Made(bytes) => Self {
                from: Box::new(bytes.as_slice()),
                hasher: None,
                fault: None,
            },
            Content::File { from, .. } => {
                let file = world.open(from).map_err(|cause| Error::Read {
                    path: from.display().to_string(),
                    cause,
                })?;
                Self {
                    from: file,
                    hasher: Some(sha2::Digest::new()),
                    fault: None,
                }
            }
        })
    }

    fn finish(self, entry: &Entry) -> Result<()> {
        let Content::File { from, sha256, .. } = &entry.content else {
            return Ok(());
        };
        let path = from.display().to_string();
        if let Some(cause) = self.fault {
            return Err(Error::Read { path, cause });
        }
        let now = self
            .hasher
            .map(|hasher| Sha256::from_digest(sha2::Digest::finalize(hasher).into()));
        if now.is_some_and(|now| now != *sha256) {
            Err(Error::Changed(path))
        } else {
            Ok(())
        }
    }
}

impl Read for Checked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.from.read(buffer) {
            Ok(n_read) => {
                if let Some(hasher) = &mut self.hasher {
                    sha2::Digest::update(hasher, &buffer[..n_read]);
                }
                Ok(n_read)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                let kind = error.kind();
                self.fault = Some(error);
                Err(kind.into())
            }
        }
    }
}

pub(crate) fn make_parent(path: &Path) -> Result<PathBuf> {
    let parent = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    make_folder(parent)?;
    Ok(parent.to_path_buf())
}

/// Makes a folder, and those above it, unless it is there.
///
/// # Errors
/// It cannot be made.
pub fn make_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|cause| write_fault(path, cause))
}
