//! Writes a pack: one walk over its entries, three targets. An output appears whole or not at all:
//! everything is written under another name beside it, then renamed.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};
use zip::write::FileOptions;
use zip::{CompressionMethod, System, ZipWriter};

use crate::domain::Sha256;
use crate::error::{Error, Result};
use crate::pack::{Content, Entry, Pack, verify};
use crate::world::World;

/// Writes a file that is not there yet, whole or not at all.
///
/// # Errors
/// It is there already, or cannot be written.
pub fn new_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let parent = make_parent(path)?;
    let fault = |cause| Error::Write { path: path.display().to_string(), cause };
    let mut file = builder().tempfile_in(parent).map_err(fault)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(fault)?;
    file.persist_noclobber(path).map_err(|error| fault(error.error))?;
    Ok(())
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
trait Sink {
    fn entry(&mut self, entry: &Entry, from: &mut dyn Read) -> io::Result<()>;
    fn close(self: Box<Self>) -> Result<Written>;
}

/// Writes a pack.
///
/// # Errors
/// A file of evidence cannot be read or has changed; the target cannot be written, or is there with
/// other content.
pub fn write(pack: &Pack, target: &Target, if_there: IfThere, world: &dyn World) -> Result<Written> {
    let mut sink: Box<dyn Sink> = match target {
        Target::Zip(path) => Box::new(ZipSink::new(path, &pack.name, if_there)?),
        Target::Folder(path) => Box::new(FolderSink::new(path, if_there)?),
        Target::List => Box::new(ListSink(Vec::new())),
    };
    for entry in pack.entries() {
        let mut source = Checked::open(entry, world)?;
        let written = sink.entry(entry, &mut source);
        source.finish(entry)?;
        written.map_err(|cause| Error::Write { path: target.name(), cause })?;
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
            Content::Made(bytes) => Self { from: Box::new(bytes.as_slice()), hasher: None, fault: None },
            Content::File { from, .. } => {
                let file = world.open(from).map_err(|cause| Error::Read { path: from.display().to_string(), cause })?;
                Self { from: file, hasher: Some(sha2::Digest::new()), fault: None }
            }
        })
    }

    fn finish(self, entry: &Entry) -> Result<()> {
        let Content::File { from, sha256, .. } = &entry.content else { return Ok(()) };
        let path = from.display().to_string();
        if let Some(cause) = self.fault {
            return Err(Error::Read { path, cause });
        }
        let now = self.hasher.map(|hasher| Sha256::from_digest(sha2::Digest::finalize(hasher).into()));
        if now.is_some_and(|now| now != *sha256) { Err(Error::Changed(path)) } else { Ok(()) }
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

struct ZipSink {
    zip: ZipWriter<io::BufWriter<NamedTempFile>>,
    prefix: String,
    path: PathBuf,
    if_there: IfThere,
}

impl ZipSink {
    fn new(path: &Path, name: &str, if_there: IfThere) -> Result<Self> {
        let parent = make_parent(path)?;
        let file = builder().tempfile_in(&parent).map_err(|cause| Error::Write { path: parent.display().to_string(), cause })?;
        Ok(Self { zip: ZipWriter::new(io::BufWriter::new(file)), prefix: name.to_owned(), path: path.to_path_buf(), if_there })
    }
}

impl Sink for ZipSink {
    fn entry(&mut self, entry: &Entry, from: &mut dyn Read) -> io::Result<()> {
        // Everything that could differ from run to run or machine to machine is set: time, mode, system.
        let options = FileOptions::<()>::DEFAULT
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644)
            .system(System::Unix)
            .compression_method(method(entry.path.as_str()))
            .compression_level(if method(entry.path.as_str()) == CompressionMethod::Deflated { Some(6) } else { None })
            .large_file(entry.content.size() >= u64::from(u32::MAX));
        self.zip.start_file(format!("{}/{}", self.prefix, entry.path), options)?;
        io::copy(from, &mut self.zip).map(drop)
    }

    fn close(self: Box<Self>) -> Result<Written> {
        let Self { zip, path, if_there, .. } = *self;
        let fault = |cause| Error::Write { path: path.display().to_string(), cause };
        let mut file = zip.finish().map_err(io::Error::from).and_then(|buffer| buffer.into_inner().map_err(io::IntoInnerError::into_error)).map_err(fault)?;
        file.flush().and_then(|()| file.as_file().sync_all()).map_err(fault)?;
        match fs::symlink_metadata(&path) {
            Ok(there) if there.is_file() && same_bytes(file.path(), &path).map_err(fault)? => return Ok(Written::Unchanged(path)),
            Ok(there) if if_there == IfThere::Refuse || !there.is_file() => return Err(Error::Exists(path.display().to_string())),
            _ => {}
        }
        match if_there {
            // Renaming without replacing closes the gap between the look and the rename.
            IfThere::Refuse => file.persist_noclobber(&path).map_err(|error| fault(error.error))?,
            IfThere::Replace => file.persist(&path).map_err(|error| fault(error.error))?,
        };
        Ok(Written::New(path))
    }
}

/// What is compressed already is stored: packing it again costs time and gains nothing.
fn method(path: &str) -> CompressionMethod {
    let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "jpg" | "jpeg" | "png" | "gif" | "docx" | "xlsx" | "pptx" | "zip" | "gz" | "xz" | "7z" | "mp4" => CompressionMethod::Stored,
        _ => CompressionMethod::Deflated,
    }
}

struct FolderSink {
    folder: TempDir,
    path: PathBuf,
    if_there: IfThere,
}

impl FolderSink {
    fn new(path: &Path, if_there: IfThere) -> Result<Self> {
        let parent = make_parent(path)?;
        let folder = folder_builder().tempdir_in(&parent).map_err(|cause| Error::Write { path: parent.display().to_string(), cause })?;
        Ok(Self { folder, path: path.to_path_buf(), if_there })
    }
}

impl Sink for FolderSink {
    fn entry(&mut self, entry: &Entry, from: &mut dyn Read) -> io::Result<()> {
        let path = self.folder.path().join(entry.path.as_str());
        fs::create_dir_all(path.parent().unwrap_or(self.folder.path()))?;
        let mut file = fs::File::create_new(&path)?;
        io::copy(from, &mut file)?;
        file.sync_all()
    }

    fn close(self: Box<Self>) -> Result<Written> {
        let Self { folder, path, if_there } = *self;
        let fault = |cause| Error::Write { path: path.display().to_string(), cause };
        if fs::symlink_metadata(&path).is_err() {
            fs::rename(folder.path(), &path).map_err(fault)?;
            // The folder lies under its own name now; there is nothing left to remove.
            let _ = folder.keep();
            return Ok(Written::New(path));
        }
        if verify::same_folder(folder.path(), &path) {
            return Ok(Written::Unchanged(path));
        }
        if if_there == IfThere::Refuse || !path.is_dir() {
            return Err(Error::Exists(path.display().to_string()));
        }
        replace_folder(folder, &path).map_err(fault)?;
        Ok(Written::New(path))
    }
}

/// Moves the old folder aside, the new one in, and puts the old one back if that fails.
fn replace_folder(folder: TempDir, path: &Path) -> io::Result<()> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let aside = folder_builder().tempdir_in(parent)?;
    let old = aside.path().join("old");
    fs::rename(path, &old)?;
    if let Err(error) = fs::rename(folder.path(), path) {
        fs::rename(&old, path)?;
        return Err(error);
    }
    let _ = folder.keep();
    aside.close()
}

struct ListSink(Vec<(u64, Sha256, String)>);

impl Sink for ListSink {
    fn entry(&mut self, entry: &Entry, from: &mut dyn Read) -> io::Result<()> {
        let size = io::copy(from, &mut io::sink())?;
        self.0.push((size, entry.content.sha256(), entry.path.to_string()));
        Ok(())
    }

    fn close(self: Box<Self>) -> Result<Written> {
        Ok(Written::Listed(self.0))
    }
}

fn make_parent(path: &Path) -> Result<PathBuf> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|cause| Error::Write { path: parent.display().to_string(), cause })?;
    Ok(parent.to_path_buf())
}

fn same_bytes(one: &Path, other: &Path) -> io::Result<bool> {
    let hash = |path: &Path| Sha256::of_reader(fs::File::open(path)?, |_| {});
    Ok(fs::metadata(one)?.len() == fs::metadata(other)?.len() && hash(one)? == hash(other)?)
}

/// Temporary files are private by habit; an output has the rights that the user's umask gives.
fn builder() -> tempfile::Builder<'static, 'static> {
    with_mode(0o666)
}

fn folder_builder() -> tempfile::Builder<'static, 'static> {
    with_mode(0o777)
}

#[cfg(unix)]
fn with_mode(mode: u32) -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".clspack-").permissions(fs::Permissions::from_mode(mode));
    builder
}

#[cfg(not(unix))]
fn with_mode(_: u32) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".clspack-");
    builder
}
