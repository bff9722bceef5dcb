//! A run's hold on its output folder: two runs in one folder would take each other's packs for lost, and what
//! a run that was killed left half written can be removed only while nobody writes.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use crate::error::{Error, Result};
use crate::pack::{plain_file, sweep, there, write_fault};
use crate::world::World;

/// The file that is locked. It stays, since removing it would let two runs hold two files of one name.
pub(crate) const NAME: &str = ".clspack-batch.lock";

/// How often a part asks to share the folder, and how long it waits in between.
const N_TRIES: u32 = 60;
const PAUSE: Duration = Duration::from_millis(50);

/// The hold, until it is dropped: after the last thing that is written into the folder.
#[derive(Debug)]
pub struct OutputLock {
    _lock: File,
    /// What there is to say of earlier runs that were killed, and what to do about it.
    pub(crate) notes: Vec<(String, &'static str)>,
}

impl OutputLock {
    /// Takes hold of a folder, which is made if need be. A run of one part shares the folder with the other
    /// parts; what was left half written is removed by whoever is alone.
    ///
    /// # Errors
    /// Another run holds the folder, it cannot be written, or something else is at the place of the lock.
    pub fn take(out: &Path, is_part: bool, world: &dyn World) -> Result<Self> {
        fs::create_dir_all(out).map_err(|cause| write_fault(out, cause))?;
        let path = out.join(NAME);
        let lock = open(&path)?;
        let alone = lock.try_lock();
        let notes = if alone.is_ok() {
            sweep(out, world)
        } else {
            Vec::new()
        };
        let held = match alone {
            Ok(()) if !is_part => return Ok(Self { _lock: lock, notes }),
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
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Self { _lock: lock, notes }),
        }
    }
}

/// Opens the file that is locked. A pipe in its place would never open, and a link would lead elsewhere.
fn open(path: &Path) -> Result<File> {
    let fault = |cause| write_fault(path, cause);
    let mut options = File::options();
    options.write(true);
    if there(path)?.is_none() {
        match options.clone().create_new(true).open(path) {
            Err(cause) if cause.kind() == ErrorKind::AlreadyExists => {}
            opened => return opened.map_err(fault),
        }
    }
    if let Some(found) = there(path)? {
        plain_file(path, &found)?;
    }
    options.open(path).map_err(fault)
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
