//! The only door to the outside: the clock, the environment, files and folders. Everything else takes its inputs as
//! arguments, so that the same input gives the same bytes.

pub mod patterns;
mod watch;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub use watch::Watch;

use crate::domain::Date;
use crate::error::{Error, Result};

/// The kind of thing at a path, with links followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file, with its size in bytes.
    File(u64),
    Folder,
    /// A device, a pipe, a socket.
    Other,
}

/// Identifies a file under each of its names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Identity {
    /// Device and inode: the same for every name of a file, hard links included.
    Node(u64, u64),
    /// The path with links followed, on systems without such numbers.
    Path(PathBuf),
}

pub trait World: Sync {
    /// Returns the day in Singapore.
    fn today(&self) -> Date;
    fn variable(&self, name: &str) -> Option<String>;
    /// Returns the kind of thing at a path.
    ///
    /// # Errors
    /// Nothing is there, or it cannot be examined.
    fn kind(&self, path: &Path) -> io::Result<Kind>;
    /// Returns the path with every link followed.
    ///
    /// # Errors
    /// Nothing is there, or links form a circle.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf>;
    /// Returns the identity of the file at a path, with links followed.
    ///
    /// # Errors
    /// There is no file, or it cannot be examined.
    fn identity(&self, path: &Path) -> io::Result<Identity> {
        self.real_path(path).map(Identity::Path)
    }
    /// Opens a file.
    ///
    /// # Errors
    /// It cannot be opened.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>>;
    /// Returns the name under which this run has read a file, or a file in a folder, if reading is watched.
    fn was_read(&self, _: &Path) -> Option<PathBuf> {
        None
    }
    /// Returns the world beneath, where reading is watched.
    fn watched(&self) -> Option<&dyn World> {
        None
    }
    /// Visits every non-directory below `folder`, in name order, without following links. Calls `enter` for each
    /// folder, with its relative path, to decide whether to descend. Folders that cannot be listed are visited too,
    /// and the walk continues.
    fn walk(&self, folder: &Path, enter: &dyn Fn(&str) -> bool, visit: &mut dyn FnMut(Walked));
    /// Lists every file below a folder by its relative path, sorted, without following links.
    ///
    /// # Errors
    /// A folder cannot be listed.
    fn files_below(&self, folder: &Path) -> io::Result<Vec<Found>> {
        let mut found = Vec::new();
        let mut fault = None;
        self.walk(folder, &|_| true, &mut |one| match one {
            Ok(one) => found.push(one),
            Err((_, cause)) => fault = Some(cause),
        });
        found.sort();
        fault.map_or(Ok(found), Err)
    }
}

/// Returns the world without a watch, to read back an output: that makes it no input of the run.
pub fn unwatched(world: &dyn World) -> &dyn World {
    world.watched().unwrap_or(world)
}

/// Lists every file below a folder as [`World::files_below`] does; the error names the folder.
///
/// # Errors
/// A folder cannot be listed.
pub fn list(world: &dyn World, folder: &Path) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    let mut fault = None;
    world.walk(folder, &|_| true, &mut |one| match one {
        Ok(one) => found.push(one),
        Err((path, cause)) => {
            let path = path.display().to_string();
            fault = fault.take().or(Some(Error::Read { path, cause }));
        }
    });
    found.sort();
    fault.map_or(Ok(found), Err)
}

/// A thing that was found, or a folder that could not be listed, and why.
pub type Walked = std::result::Result<Found, (PathBuf, io::Error)>;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Its relative path, with `/` between the parts; bytes that are not UTF-8 are replaced.
    pub path: String,
    pub at: PathBuf,
    /// Whether it is a plain file, rather than a link or a device.
    pub is_file: bool,
}

/// Reads a whole file of at most `limit` bytes; `None` if it is larger.
///
/// # Errors
/// It cannot be read.
pub fn read(world: &dyn World, path: &Path, limit: u64) -> Result<Option<Vec<u8>>> {
    let fault = |cause| Error::Read {
        path: path.display().to_string(),
        cause,
    };
    match world.kind(path).map_err(fault)? {
        Kind::File(size) if size > limit => return Ok(None),
        Kind::File(_) => {}
        Kind::Folder => return Err(fault(io::Error::from(io::ErrorKind::IsADirectory))),
        Kind::Other => {
            return Err(fault(io::Error::other(
                "it is a device or a pipe, not a file",
            )));
        }
    }
    let mut bytes = Vec::new();
    // One byte more than the limit, in case the file grows while it is read.
    world
        .open(path)
        .map_err(fault)?
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(fault)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// The real world.
#[derive(Clone, Copy, Debug, Default)]
pub struct Os;

#[expect(clippy::disallowed_methods, reason = "this is the door")]
impl World for Os {
    fn today(&self) -> Date {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        Date::in_singapore(seconds)
            .or_else(|| Date::new(1970, 1, 1))
            .unwrap_or_else(|| unreachable!("1970 began on a day"))
    }

    fn variable(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn kind(&self, path: &Path) -> io::Result<Kind> {
        let metadata = fs::metadata(path)?;
        Ok(match (metadata.is_file(), metadata.is_dir()) {
            (true, _) => Kind::File(metadata.len()),
            (_, true) => Kind::Folder,
            _ => Kind::Other,
        })
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    #[cfg(unix)]
    fn identity(&self, path: &Path) -> io::Result<Identity> {
        use std::os::unix::fs::MetadataExt as _;
        let there = fs::metadata(path)?;
        Ok(Identity::Node(there.dev(), there.ino()))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        Ok(Box::new(fs::File::open(path)?))
    }

    fn walk(&self, folder: &Path, enter: &dyn Fn(&str) -> bool, visit: &mut dyn FnMut(Walked)) {
        let below = |path: &Path| {
            let path = path.strip_prefix(folder).unwrap_or(path);
            let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
            parts.join("/")
        };
        let walk = walkdir::WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(|entry| {
                let is_below = entry.depth() > 0 && entry.file_type().is_dir();
                !is_below || enter(&below(entry.path()))
            });
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => visit(Ok(Found {
                    path: below(entry.path()),
                    at: entry.path().to_path_buf(),
                    is_file: entry.file_type().is_file(),
                })),
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_path_buf();
                    let cause = error.into_io_error();
                    visit(Err((
                        path,
                        cause.unwrap_or_else(|| io::Error::other("links go round in a circle")),
                    )));
                }
            }
        }
    }
}
