//! Writes a pack: one walk over its entries, three targets. An output appears whole or not at all:
//! everything is written under another name beside it, then renamed.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::domain::Sha256;
use crate::error::{Error, Result};
use crate::pack::sinks::{FolderSink, ListSink, ZipSink};
use crate::pack::{Content, Entry, Pack};
use crate::world::World;

/// How the names of what is being written begin; six letters and digits follow.
pub(crate) const UNFINISHED: &str = ".clspack-";

/// What a folder of such a name holds while the pack in its place is replaced.
pub(crate) const REPLACED: &str = "old";

/// Writes a file that is not there yet, whole or not at all.
///
/// # Errors
/// It is there already, or cannot be written.
pub fn new_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = temporary(path)?;
    file.write_all(bytes)
        .and_then(|()| file.as_file().sync_all())
        .map_err(|cause| write_fault(path, cause))?;
    file.persist_noclobber(path)
        .map_err(|error| write_fault(path, error.error))?;
    Ok(())
}

/// A file that is written whole, under another name beside its place. Dropped, it leaves nothing behind.
#[derive(Debug)]
pub struct Prepared {
    file: tempfile::NamedTempFile,
    path: PathBuf,
}

impl Prepared {
    /// Writes what belongs to this path; `write`'s own faults of writing are those of this file.
    ///
    /// # Errors
    /// It cannot be written, or what `write` returns.
    pub fn new(
        path: &Path,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>,
    ) -> Result<Self> {
        let fault = |cause| write_fault(path, cause);
        let mut buffer = io::BufWriter::new(temporary(path)?);
        write(&mut buffer).map_err(|error| match error {
            Error::Write { cause, .. } => fault(cause),
            other => other,
        })?;
        let file = buffer
            .into_inner()
            .map_err(|error| fault(error.into_error()))?;
        file.as_file().sync_all().map_err(fault)?;
        let path = path.to_path_buf();
        Ok(Self { file, path })
    }

    /// Puts the file in its place; one that is there already is replaced.
    ///
    /// # Errors
    /// It cannot be renamed.
    pub fn put(self) -> Result<()> {
        let Self { file, path } = self;
        let put = file.persist(&path);
        put.map_err(|error| write_fault(&path, error.error))?;
        Ok(())
    }
}

/// Gives a folder another name beside its own, so that what somebody changed in it is not lost.
///
/// # Errors
/// It cannot be renamed.
pub fn set_aside(folder: &Path) -> Result<PathBuf> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let aside = (1..=u16::MAX)
        .map(|number| folder.with_file_name(format!("{name}-altered-{number}")))
        .find(|path| fs::symlink_metadata(path).is_err())
        .unwrap_or_default();
    fs::rename(folder, &aside).map_err(|cause| write_fault(folder, cause))?;
    Ok(aside)
}

/// Makes a file beside the place of another, under a name of its own.
fn temporary(path: &Path) -> Result<tempfile::NamedTempFile> {
    let file = builder().tempfile_in(make_parent(path)?);
    file.map_err(|cause| write_fault(path, cause))
}

/// Says that something could not be written.
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
    /// Nothing: only the list of what would be written.
    List,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// It was written.
    New(PathBuf),
    /// It was there already, with the same content.
    Unchanged(PathBuf),
    /// The list of what would be written: size, hash and path of each entry.
    Listed(Vec<(u64, Sha256, String)>),
}

/// What to do with an output that is there already, with other content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfThere {
    /// Leave it and say so.
    Refuse,
    /// Replace it.
    Replace,
}

/// Takes the entries one after the other; dropping it before `close` leaves nothing behind.
pub(crate) trait Sink {
    fn entry(&mut self, entry: &Entry, from: &mut dyn Read) -> io::Result<()>;
    fn close(self: Box<Self>) -> Result<Written>;
}

/// Writes a pack.
///
/// # Errors
/// A file of evidence cannot be read or has changed; the target cannot be written, or is there with
/// other content.
pub fn write(
    pack: &Pack,
    target: &Target,
    if_there: IfThere,
    world: &dyn World,
) -> Result<Written> {
    let mut sink: Box<dyn Sink> = match target {
        Target::Zip(path) => Box::new(ZipSink::new(path, &pack.name, if_there)?),
        Target::Folder(path) => Box::new(FolderSink::new(path, if_there)?),
        Target::List => Box::new(ListSink::default()),
    };
    for entry in pack.entries() {
        let mut source = Checked::open(entry, world)?;
        match sink.entry(entry, &mut source) {
            // A fault of the source shows as one of the sink; only what is left is the sink's own.
            Err(cause) if source.fault.is_none() => {
                let path = target.name();
                return Err(Error::Write { path, cause });
            }
            _ => source.finish(entry)?,
        }
    }
    sink.close()
}

impl Target {
    fn name(&self) -> String {
        match self {
            Self::Zip(path) | Self::Folder(path) => path.display().to_string(),
            Self::List => "the list".to_owned(),
        }
    }
}

/// Reads an entry and makes sure that it still is what was checked before.
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
    fs::create_dir_all(parent).map_err(|cause| Error::Write {
        path: parent.display().to_string(),
        cause,
    })?;
    Ok(parent.to_path_buf())
}

pub(crate) fn same_bytes(one: &Path, other: &Path) -> io::Result<bool> {
    let hash = |path: &Path| Sha256::of_reader(fs::File::open(path)?, |_| {});
    Ok(fs::metadata(one)?.len() == fs::metadata(other)?.len() && hash(one)? == hash(other)?)
}

/// Temporary files are private by habit; an output has the rights that the user's umask gives.
pub(crate) fn builder() -> tempfile::Builder<'static, 'static> {
    with_mode(0o666)
}

pub(crate) fn folder_builder() -> tempfile::Builder<'static, 'static> {
    with_mode(0o777)
}

#[cfg(unix)]
fn with_mode(mode: u32) -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut builder = tempfile::Builder::new();
    builder
        .prefix(UNFINISHED)
        .permissions(fs::Permissions::from_mode(mode));
    builder
}

#[cfg(not(unix))]
fn with_mode(_: u32) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    builder
}
