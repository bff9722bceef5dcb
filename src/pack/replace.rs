//! Decides whether an output may replace an existing file. Only files of this program are replaced, and of these none
//! that is read-only or that the run has read.

use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::Path;

use crate::diag::{Code, Finding, Severity};
use crate::domain::Sha256;
use crate::error::{Error, Keep, Result};
use crate::pack::write::{IfThere, Target, write_fault};
use crate::pack::{INVENTORY, verify};
use crate::world::{World, unwatched};

/// Checks, before any work begins, whether a pack can go to its place. If nothing may be replaced, the pack may still
/// turn out to be identical to the existing one.
///
/// # Errors
/// The place is taken by something that is never replaced.
pub fn refuse(target: &Target, if_there: IfThere, world: &dyn World) -> Result<()> {
    let (Target::Zip(path) | Target::Folder(path)) = target else {
        return Ok(());
    };
    let Some(found) = there(path)? else {
        return Ok(());
    };
    let is_folder = matches!(target, Target::Folder(_));
    match (if_there, is_folder) {
        (IfThere::Refuse, true) => a_folder(path, &found)?,
        (IfThere::Refuse, false) => plain_file(path, &found)?,
        (_, true) => return folder_may_go(path, &found, if_there, world),
        (_, false) => return file_may_go(path, &found, if_there, world),
    }
    read_by_nobody(path, world)
}

/// Checks whether an output other than a pack can go to its place. `is_known` returns true if this program made the
/// existing file.
///
/// # Errors
/// The place is taken by something that is never replaced.
pub fn refuse_file(path: &Path, is_known: impl FnOnce() -> bool, world: &dyn World) -> Result<()> {
    let Some(found) = there(path)? else {
        return Ok(());
    };
    plain_file(path, &found)?;
    read_by_nobody(path, world)?;
    writable(path, &found)?;
    if is_known() {
        Ok(())
    } else {
        Err(keep_error(path, Keep::NotOurs))
    }
}

/// Returns the metadata of an existing file or folder, without following links.
pub(crate) fn there(path: &Path) -> Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(cause)
            if matches!(
                cause.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(None)
        }
        Err(cause) => Err(write_fault(path, cause)),
    }
}

/// Checks whether a zip file may replace what exists.
pub(crate) fn file_may_go(
    path: &Path,
    found: &Metadata,
    if_there: IfThere,
    world: &dyn World,
) -> Result<()> {
    plain_file(path, found)?;
    read_by_nobody(path, world)?;
    let is_ours = match if_there {
        IfThere::ReplaceKnown(known) => hash_of(path, world) == Some(known),
        IfThere::Refuse | IfThere::Replace => is_pack(path, world),
    };
    if !is_ours {
        return Err(keep_error(path, Keep::NotOurs));
    }
    refused(path, if_there)?;
    writable(path, found)
}

/// Checks whether a folder may replace what exists.
pub(crate) fn folder_may_go(
    path: &Path,
    found: &Metadata,
    if_there: IfThere,
    world: &dyn World,
) -> Result<()> {
    a_folder(path, found)?;
    read_by_nobody(path, world)?;
    let is_known = match if_there {
        IfThere::ReplaceKnown(known) => hash_of(&path.join(INVENTORY), world) == Some(known),
        IfThere::Refuse | IfThere::Replace => true,
    };
    match existing(path, world) {
        Existing::Pack if is_known => {}
        Existing::Joined => return Err(Error::Foreign(path.display().to_string())),
        Existing::Pack | Existing::Other => return Err(keep_error(path, Keep::NotOurs)),
    }
    refused(path, if_there)?;
    all_writable(path, found, world)
}

/// Checks whether the permissions of a file or folder, and of everything in it, allow replacing it.
///
/// # Errors
/// Something is read-only.
pub(crate) fn refuse_read_only(target: &Target, world: &dyn World) -> Result<()> {
    match target {
        Target::Zip(path) | Target::Folder(path) => {
            there(path)?.map_or(Ok(()), |found| all_writable(path, &found, world))
        }
        Target::List => Ok(()),
    }
}

fn all_writable(path: &Path, found: &Metadata, world: &dyn World) -> Result<()> {
    writable(path, found)?;
    if !found.is_dir() {
        return Ok(());
    }
    let inside = world.files_below(path);
    for file in inside.map_err(|cause| write_fault(path, cause))? {
        let found = fs::symlink_metadata(&file.at).map_err(|cause| write_fault(&file.at, cause))?;
        // The permissions of a link have no meaning.
        if found.is_file() {
            writable(&file.at, &found)?;
        }
    }
    Ok(())
}

/// Returns the hash of an output; nothing if it cannot be read.
pub(crate) fn hash_of(path: &Path, world: &dyn World) -> Option<Sha256> {
    let file = unwatched(world).open(path).ok()?;
    let (hash, _) = Sha256::of_reader(file, |_| {}).ok()?;
    Some(hash)
}

/// What is at the place of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Existing {
    /// A pack of this program, whole or with entries missing, of this format or another.
    Pack,
    /// Such a pack, with other files in it.
    Joined,
    /// No pack, or one that was changed.
    Other,
}

/// Returns what is at a place. Other files in a pack, and changes to it, are somebody's work, perhaps a signed
/// declaration.
fn existing(path: &Path, world: &dyn World) -> Existing {
    let Ok(verdict) = verify::verify(path, unwatched(world)) else {
        return Existing::Other;
    };
    let made = verdict.provenance.as_ref();
    if !made.is_some_and(|made| made["pack_format"].is_u64()) {
        return Existing::Other;
    }
    let ours = |finding: &Finding| {
        matches!(finding.code, Code::EntryMissing | Code::OtherPackFormat)
            || finding.severity() == Severity::Warning
    };
    let is_extra = |finding: &Finding| finding.code == Code::EntryExtra;
    if verdict.findings.iter().all(ours) {
        Existing::Pack
    } else if verdict.findings.iter().any(is_extra) {
        Existing::Joined
    } else {
        Existing::Other
    }
}

fn is_pack(path: &Path, world: &dyn World) -> bool {
    existing(path, world) == Existing::Pack
}

fn refused(path: &Path, if_there: IfThere) -> Result<()> {
    if if_there == IfThere::Refuse {
        return Err(Error::Exists(path.display().to_string()));
    }
    Ok(())
}

pub(crate) fn plain_file(path: &Path, found: &Metadata) -> Result<()> {
    if found.is_file() {
        Ok(())
    } else {
        Err(keep_error(path, Keep::Other(described(found.file_type()))))
    }
}

fn a_folder(path: &Path, found: &Metadata) -> Result<()> {
    if found.is_dir() {
        Ok(())
    } else {
        Err(keep_error(path, Keep::Other(described(found.file_type()))))
    }
}

fn read_by_nobody(path: &Path, world: &dyn World) -> Result<()> {
    match world.was_read(path) {
        Some(input) => Err(keep_error(path, Keep::Input(input.display().to_string()))),
        None => Ok(()),
    }
}

/// On Windows, the read-only mark of a folder has no effect.
fn writable(path: &Path, found: &Metadata) -> Result<()> {
    let says_something = cfg!(unix) || found.is_file();
    if found.permissions().readonly() && says_something {
        return Err(keep_error(path, Keep::ReadOnly));
    }
    Ok(())
}

fn keep_error(path: &Path, why: Keep) -> Error {
    Error::Kept {
        path: path.display().to_string(),
        why,
    }
}

/// Returns the word for something that is no output.
fn described(found: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if found.is_fifo() {
            return "a pipe";
        }
        if found.is_socket() {
            return "a socket";
        }
        if found.is_char_device() || found.is_block_device() {
            return "a device";
        }
    }
    match (found.is_symlink(), found.is_dir(), found.is_file()) {
        (true, ..) => "a link",
        (_, true, _) => "a folder",
        (_, _, true) => "a file",
        _ => "neither a file nor a folder",
    }
}
