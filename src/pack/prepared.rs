//! Single files that are written whole or not at all, such as the files of a report.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::domain::Sha256;
use crate::error::{Error, Result};
use crate::pack::quiet::Quiet;
use crate::pack::replace::{hash_of, refuse_file, there};
use crate::pack::temporary::file_beside;
use crate::pack::write::write_fault;
use crate::world::World;

/// Writes a new file, whole or not at all.
///
/// # Errors
/// The file exists already, or cannot be written.
pub fn new_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = file_beside(path)?;
    file.write_all(bytes)
        .and_then(|()| file.as_file().sync_all())
        .map_err(|cause| write_fault(path, cause))?;
    file.persist_noclobber(path)
        .map_err(|error| write_fault(path, error.error))?;
    Ok(())
}

/// Writes a new file that only this person can read, whole or not at all.
///
/// # Errors
/// The file exists already, or cannot be written.
pub(crate) fn new_private_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = tempfile::Builder::new()
        .tempfile_in(path.parent().unwrap_or_else(|| Path::new(".")))
        .map_err(|cause| write_fault(path, cause))?;
    file.write_all(bytes)
        .map_err(|cause| write_fault(path, cause))?;
    file.persist_noclobber(path)
        .map_err(|error| write_fault(path, error.error))?;
    Ok(())
}

/// Removes a file that this run wrote. If that fails, it stays.
pub(crate) fn remove_own(path: &Path) {
    let _ = fs::remove_file(path);
}

/// A complete file under a temporary name beside its place. Dropping it removes it.
#[derive(Debug)]
pub struct Prepared {
    file: NamedTempFile,
    path: PathBuf,
    pub sha256: Sha256,
}

impl Prepared {
    /// Writes a file for this path. Write errors of `write` are reported with its path.
    ///
    /// # Errors
    /// The file cannot be written, or `write` fails.
    pub fn new(
        path: &Path,
        write: impl FnOnce(&mut (dyn Write + Send)) -> Result<()>,
    ) -> Result<Self> {
        let fault = |cause| write_fault(path, cause);
        let hashed = Hashed {
            to: io::BufWriter::new(file_beside(path)?),
            hasher: sha2::Digest::new(),
        };
        let mut quiet = Quiet::new(hashed);
        write(&mut quiet).map_err(|error| match error {
            Error::Write { cause, .. } => fault(cause),
            other => other,
        })?;
        let Hashed { to, hasher } = quiet.into_inner().map_err(fault)?;
        let file = to.into_inner().map_err(|error| fault(error.into_error()))?;
        file.as_file().sync_all().map_err(fault)?;
        Ok(Self {
            file,
            path: path.to_path_buf(),
            sha256: Sha256::from_digest(sha2::Digest::finalize(hasher).into()),
        })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the file in its place. Replaces an existing file if `is_known` recognises its hash as written by this
    /// program.
    ///
    /// # Errors
    /// An existing file is kept, or the file cannot be renamed.
    pub fn persist(self, is_known: impl FnOnce(Sha256) -> bool, world: &dyn World) -> Result<()> {
        let Self { file, path, .. } = self;
        refuse_file(&path, || hash_of(&path, world).is_some_and(is_known), world)?;
        // Who may read what was there may read what takes its place, and nobody else.
        if let Some(found) = there(&path)? {
            let set = file.as_file().set_permissions(found.permissions());
            set.map_err(|cause| write_fault(&path, cause))?;
        }
        let put = file.persist(&path);
        put.map_err(|error| write_fault(&path, error.error))?;
        Ok(())
    }
}

impl Prepared {
    /// Puts the file at a path beside its place where nothing is yet.
    ///
    /// # Errors
    /// Something is there, or the file cannot be renamed.
    pub(crate) fn persist_new(self, path: &Path) -> Result<()> {
        let put = self.file.persist_noclobber(path);
        put.map_err(|error| write_fault(path, error.error))?;
        Ok(())
    }
}

struct Hashed<W> {
    to: W,
    hasher: sha2::Sha256,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n_bytes = self.to.write(bytes)?;
        sha2::Digest::update(&mut self.hasher, &bytes[..n_bytes]);
        Ok(n_bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Renames a file or folder, so that changes that somebody made to it are not lost.
///
/// # Errors
/// It cannot be renamed.
pub fn set_aside(path: &Path) -> Result<PathBuf> {
    let name =
        |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let is_file = fs::symlink_metadata(path).is_ok_and(|found| found.is_file());
    let (stem, end) = match path.extension().filter(|_| is_file) {
        Some(end) => (
            name(path.file_stem()),
            format!(".{}", end.to_string_lossy()),
        ),
        None => (name(path.file_name()), String::new()),
    };
    let aside = (1..=u16::MAX)
        .map(|number| path.with_file_name(format!("{stem}-altered-{number}{end}")))
        .find(|path| fs::symlink_metadata(path).is_err())
        .unwrap_or_default();
    fs::rename(path, &aside).map_err(|cause| write_fault(path, cause))?;
    Ok(aside)
}

/// Gives what was set aside its own name again, after nothing took its place. Where that fails it keeps the other name.
pub fn put_back(aside: &Path, path: &Path) {
    let _ = fs::rename(aside, path);
}
