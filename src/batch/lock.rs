//! The lock on an output folder. Two runs in one folder would each report the other's packs as lost. Besides,
//! half-written files of a killed run can be removed only while nobody else writes.
//!
//! A run of the whole batch holds the lock exclusively. The parts of a batch share it; each of them first tries to
//! get it alone for a moment, since only then may it sweep.

use std::fs::{File, TryLockError};
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;

use crate::error::{Error, Result};
use crate::pack::{make_folder, plain_file, sweep, there, write_fault};
use crate::world::World;

/// The locked file. It is never removed: otherwise two runs could each lock a different file of this name.
pub(crate) const NAME: &str = ".clspack-batch.lock";

/// How often a part tries to share the folder, and how long it waits in between.
const N_TRIES: u32 = 60;
const PAUSE: Duration = Duration::from_millis(50);

/// The lock. Drop it only after the last write into the folder.
#[derive(Debug)]
pub struct OutputLock {
    _lock: File,
    /// Notes about earlier runs that were killed, each with what to do.
    pub(crate) notes: Vec<(String, &'static str)>,
}

impl OutputLock {
    /// Locks a folder, and creates it if necessary. A run of one part shares the folder with the other parts. A run
    /// that is alone removes half-written files.
    ///
    /// # Errors
    /// Another run has the lock, the folder cannot be written, or something else has the name of the lock.
    pub fn acquire(out: &Path, is_part: bool, world: &dyn World) -> Result<Self> {
        make_folder(out)?;
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
            // Some network file systems do not support locks; without a lock, the run continues unguarded.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Self { _lock: lock, notes }),
        }
    }
}

/// Opens the file to lock. Opening a pipe would wait for ever, and a link would lead elsewhere.
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

/// Takes a shared lock. Parts that start together each have the exclusive lock briefly while they sweep, so this
/// retries for three seconds; a run of the whole batch keeps it longer, and is reported as busy.
fn share(lock: &File) -> std::result::Result<(), TryLockError> {
    for _ in 0..N_TRIES {
        match lock.try_lock_shared() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            held => return held,
        }
    }
    lock.try_lock_shared()
}
