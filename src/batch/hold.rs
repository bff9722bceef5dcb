//! A run's hold on its output folder: two runs in one folder would take each other's packs for lost, and what
//! a run that was killed left half written can be removed only while nobody writes.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::time::Duration;

use crate::error::{Error, Result};
use crate::pack::{REPLACED, UNFINISHED, write_fault};
use crate::world::{Walked, World};

/// The file that is locked. It stays, since removing it would let two runs hold two files of one name.
const NAME: &str = ".clspack-batch.lock";

/// How often a part asks to share the folder, and how long it waits in between.
const N_TRIES: u32 = 60;
const PAUSE: Duration = Duration::from_millis(50);

/// The hold, until it is dropped: after the last thing that is written into the folder.
#[derive(Debug)]
pub struct Hold {
    _lock: File,
}

impl Hold {
    /// Takes hold of a folder, which is made if need be. A run of one part shares the folder with the other
    /// parts; what was left half written is removed by whoever is alone.
    ///
    /// # Errors
    /// Another run holds the folder, or it cannot be written.
    pub fn take(out: &Path, is_part: bool, world: &dyn World) -> Result<Self> {
        fs::create_dir_all(out).map_err(|cause| write_fault(out, cause))?;
        let path = out.join(NAME);
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|cause| write_fault(&path, cause))?;
        let alone = lock.try_lock();
        if alone.is_ok() {
            sweep(out, world)?;
        }
        let held = match alone {
            Ok(()) if !is_part => return Ok(Self { _lock: lock }),
            Ok(()) => {
                let unlocked = lock.unlock();
                unlocked.map_err(|cause| write_fault(&path, cause))?;
                share(&lock)
            }
            Err(TryLockError::WouldBlock) if is_part => share(&lock),
            other => other,
        };
        match held {
            Err(TryLockError::WouldBlock) => Err(Error::Busy(out.display().to_string())),
            // Not every file system of a cluster knows locks.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Self { _lock: lock }),
        }
    }
}

/// Shares the folder with other parts. Those that begin at once hold it for themselves in turn, for the moment
/// that it takes to sweep it; a run of the whole holds it for longer than anybody waits here.
fn share(lock: &File) -> std::result::Result<(), TryLockError> {
    for _ in 0..N_TRIES {
        match lock.try_lock_shared() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            held => return held,
        }
    }
    lock.try_lock_shared()
}

/// Removes what was written beside its place and never renamed. A pack that was to be replaced, and has no
/// other place, is left.
fn sweep(out: &Path, world: &dyn World) -> Result<()> {
    let left = RefCell::new(BTreeSet::new());
    let see = |name: &str| {
        if is_unfinished(name) {
            left.borrow_mut().insert(name.to_owned());
        }
        false
    };
    world.walk(out, &see, &mut |one: Walked| {
        if let Ok(one) = one {
            see(&one.path);
        }
    });
    for name in left.take() {
        let path = out.join(name);
        let removed = match fs::symlink_metadata(&path) {
            Ok(there) if !there.is_dir() => fs::remove_file(&path),
            Ok(_) if fs::symlink_metadata(path.join(REPLACED)).is_err() => {
                fs::remove_dir_all(&path)
            }
            _ => Ok(()),
        };
        removed.map_err(|cause| write_fault(&path, cause))?;
    }
    Ok(())
}

/// Returns true for a name that only a temporary file or folder has.
fn is_unfinished(name: &str) -> bool {
    let rest = name.strip_prefix(UNFINISHED);
    rest.is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_alphanumeric()))
}
