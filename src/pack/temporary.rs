//! Temporary files and folders of outputs, and what a killed run leaves of them.
//!
//! Every temporary file is locked for as long as its run lives. If somebody else can lock it, its run is dead, and it
//! may be removed.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};

use crate::error::Result;
use crate::pack::write::{make_parent, write_fault};
use crate::world::{Walked, World};

/// How the names of temporary files begin; six letters and digits follow.
const UNFINISHED: &str = ".clspack-";
/// The new pack, inside a temporary folder.
const NEW: &str = "new";
/// The old pack, inside a temporary folder.
const OLD: &str = "old";
/// The file in a temporary folder that is locked, and contains the name of the pack.
const PLACE: &str = "place";

/// How often a new name is tried if another run removes the file as a leftover before it is locked.
const N_TRIES: usize = 16;

/// Creates a temporary file beside a path.
///
/// # Errors
/// It cannot be created.
pub(crate) fn file_beside(path: &Path) -> Result<NamedTempFile> {
    let parent = make_parent(path)?;
    for _ in 0..N_TRIES {
        let file = builder(0o666).tempfile_in(&parent);
        let file = file.map_err(|cause| write_fault(path, cause))?;
        if is_held(file.as_file(), file.path()) {
            return Ok(file);
        }
    }
    Err(write_fault(path, io::ErrorKind::AlreadyExists.into()))
}

/// Locks a new file. Returns false if another run removed it as a leftover in the moment before.
fn is_held(file: &File, path: &Path) -> bool {
    // Some network file systems do not support locks; there nobody can find a leftover either.
    let _ = file.lock();
    fs::symlink_metadata(path).is_ok()
}

/// A temporary folder beside the place of a pack that is a folder. The new pack is written into it, and the old one
/// is moved into it. Dropping it removes it.
pub(crate) struct Staging {
    // Closed before its folder is removed.
    _place: File,
    folder: TempDir,
}

impl Staging {
    /// Creates the folder, with an empty folder for the new pack.
    ///
    /// # Errors
    /// It cannot be created.
    pub(crate) fn beside(path: &Path) -> Result<Self> {
        let parent = make_parent(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        for _ in 0..N_TRIES {
            let folder = builder(0o777).tempdir_in(&parent);
            let folder = folder.map_err(|cause| write_fault(path, cause))?;
            let place = folder.path().join(PLACE);
            let file = File::options().write(true).create_new(true).open(&place);
            match file {
                Ok(file) if is_held(&file, &place) => {
                    (&file)
                        .write_all(name.as_bytes())
                        .and_then(|()| fs::create_dir(folder.path().join(NEW)))
                        .map_err(|cause| write_fault(path, cause))?;
                    return Ok(Self {
                        _place: file,
                        folder,
                    });
                }
                Err(cause)
                    if folder.path().exists() && cause.kind() != io::ErrorKind::AlreadyExists =>
                {
                    return Err(write_fault(path, cause));
                }
                _ => {}
            }
        }
        Err(write_fault(path, io::ErrorKind::AlreadyExists.into()))
    }

    /// Returns the folder of the new pack.
    pub(crate) fn new_pack(&self) -> PathBuf {
        self.folder.path().join(NEW)
    }

    /// Moves the new pack into its free place.
    ///
    /// # Errors
    /// It cannot be renamed.
    pub(crate) fn move_to(self, path: &Path) -> io::Result<()> {
        fs::rename(self.new_pack(), path)
    }

    /// Replaces the old pack with the new one, and restores the old one if that fails. If the run is killed in
    /// between, the next run restores it, see [`sweep`].
    ///
    /// # Errors
    /// A pack cannot be renamed.
    pub(crate) fn replace(self, path: &Path) -> io::Result<()> {
        let old = self.folder.path().join(OLD);
        fs::rename(path, &old)?;
        let Err(error) = fs::rename(self.new_pack(), path) else {
            // The new pack is in place, so a failure to remove the old one is not reported here. The old pack is
            // removed before the file with its name.
            if remove(&old).is_err() {
                // The file with its name is still there, so the next run reports it.
                let _ = self.folder.keep();
            }
            return Ok(());
        };
        if fs::rename(&old, path).is_err() {
            // Neither pack is in place. The folder is kept, since the old pack is in it.
            let kept = self.folder.keep().join(OLD);
            return Err(io::Error::other(format!(
                "{error}; the pack that was there is now `{}`",
                kept.display()
            )));
        }
        Err(error)
    }
}

/// Removes half-written files of killed runs from a folder, and restores a pack that was about to be replaced. Skips
/// files that cannot be removed. Returns notes, each with what to do.
pub fn sweep(folder: &Path, world: &dyn World) -> Vec<(String, &'static str)> {
    let left = RefCell::new(BTreeSet::new());
    let see = |name: &str| {
        if is_unfinished(name) {
            left.borrow_mut().insert(name.to_owned());
        }
        false
    };
    world.walk(folder, &see, &mut |one: Walked| {
        if let Ok(one) = one {
            see(&one.path);
        }
    });
    let mut notes = Vec::new();
    for path in left.take().iter().map(|name| folder.join(name)) {
        match fs::symlink_metadata(&path) {
            Ok(there) if there.is_file() && world.was_read(&path).is_none() => {
                if let Some(_lock) = dead(&path) {
                    let _ = fs::remove_file(&path);
                }
            }
            Ok(there) if there.is_dir() => notes.extend(sweep_staging(&path)),
            _ => {}
        }
    }
    notes
}

/// Returns true for names of temporary files and folders.
fn is_unfinished(name: &str) -> bool {
    let rest = name.strip_prefix(UNFINISHED);
    rest.is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// Returns a temporary file, locked, if its run is dead.
fn dead(path: &Path) -> Option<File> {
    let file = File::options().read(true).write(true).open(path).ok()?;
    match file.try_lock() {
        Ok(()) => Some(file),
        // Without locks, nobody can know whether its run is dead.
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => None,
    }
}

fn sweep_staging(folder: &Path) -> Option<(String, &'static str)> {
    let old = folder.join(OLD);
    let place = folder.join(PLACE);
    let has_old = || fs::symlink_metadata(&old).is_ok();
    let lock = match fs::symlink_metadata(&place) {
        Ok(there) if there.is_file() => dead(&place)?,
        Ok(_) => return None,
        // Of an earlier release, or of a run that was killed at its start.
        Err(_) if has_old() => return Some(left_old_pack(&old)),
        Err(_) => {
            let made = File::options().write(true).create_new(true).open(&place);
            let made = made.ok()?;
            made.try_lock().ok()?;
            made
        }
    };
    let mut note = None;
    if has_old() {
        match put_back(folder, &old, &lock) {
            Ok(found) => note = found,
            Err(()) => return Some(left_old_pack(&old)),
        }
    }
    drop(lock);
    // The file with the name of the pack is removed last, so that a second attempt can use it.
    let removed = remove(&old).and_then(|()| remove(&folder.join(NEW)));
    match removed.and_then(|()| remove(folder)) {
        Ok(()) => note,
        Err(_) => note.or_else(|| Some(stays(folder))),
    }
}

/// Removes a folder with everything in it, read-only folders included. Does not follow links.
fn remove(folder: &Path) -> io::Result<()> {
    let gone = |result: io::Result<()>| match result {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    };
    if gone(fs::remove_dir_all(folder)).is_ok() {
        return Ok(());
    }
    make_writable(folder);
    gone(fs::remove_dir_all(folder))
}

/// On Unix, nothing can be removed from a read-only folder.
#[cfg(unix)]
#[expect(
    clippy::disallowed_methods,
    reason = "a folder is listed only once it is writable, which no world knows"
)]
fn make_writable(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(there) = fs::symlink_metadata(&folder) else {
            continue;
        };
        if !there.is_dir() {
            continue;
        }
        let mode = there.permissions().mode() | 0o700;
        let _ = fs::set_permissions(&folder, fs::Permissions::from_mode(mode));
        let inside = fs::read_dir(&folder).into_iter().flatten().flatten();
        folders.extend(inside.map(|one| one.path()));
    }
}

#[cfg(not(unix))]
const fn make_writable(_: &Path) {}

fn stays(folder: &Path) -> (String, &'static str) {
    let note = format!(
        "`{}` is left of a pack that was replaced, and cannot be removed",
        folder.display()
    );
    (note, "delete it")
}

/// Moves a pack back into its place, from which a killed run took it. If the new pack is in place already, the old
/// one is no longer needed.
fn put_back(
    staging: &Path,
    old: &Path,
    place: &File,
) -> std::result::Result<Option<(String, &'static str)>, ()> {
    let was_put = fs::symlink_metadata(staging.join(NEW)).is_err();
    let mut name = String::new();
    place.take(4096).read_to_string(&mut name).map_err(drop)?;
    // Only a plain name of a pack, never a path out of the folder.
    let is_name =
        Path::new(&name).file_name() == Some(name.as_ref()) && !name.contains(['/', '\\']);
    let path = staging.with_file_name(&name);
    let is_free = fs::symlink_metadata(&path).is_err();
    match (is_free, was_put) {
        (true, false) if is_name => {
            fs::rename(old, &path).map_err(drop)?;
            let note = format!(
                "`{}` is the earlier pack again: a run was interrupted while it replaced it",
                path.display()
            );
            Ok(Some((
                note,
                "run the command again if the pack is out of date",
            )))
        }
        (_, true) => Ok(None),
        _ => Err(()),
    }
}

fn left_old_pack(old: &Path) -> (String, &'static str) {
    let note = format!(
        "`{}` is a pack that an interrupted run was about to replace",
        old.display()
    );
    (note, "move it to its place, or delete it")
}

/// Temporary files are private by default; an output gets the permissions of the user's umask.
fn builder(mode: u32) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    builder
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_folder_with_read_only_folders_is_removed_and_no_link_followed() {
        let scratch = tempfile::tempdir().unwrap();
        let (old, other) = (scratch.path().join("old"), scratch.path().join("other"));
        fs::create_dir_all(old.join("upload/x")).unwrap();
        fs::create_dir_all(&other).unwrap();
        fs::create_dir(old.join("upload/x/a")).unwrap();
        std::os::unix::fs::symlink(&other, old.join("upload/link")).unwrap();
        let mode = |path: &Path, mode| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        mode(&other, 0o500);
        mode(&old.join("upload/x"), 0o500);
        mode(&old.join("upload"), 0o500);
        make_writable(&old);
        let mode_of = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode_of(&old.join("upload/x")), 0o700);
        assert_eq!(mode_of(&other), 0o500);
        mode(&old.join("upload"), 0o500);
        remove(&old).unwrap();
        assert!(!old.exists() && other.exists());
        remove(&old).unwrap();
    }
}
