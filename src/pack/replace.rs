//! Whether an output may take the place of what is there. Only what this program made goes, and of that nothing
//! that is read-only or that the run reads.

use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::Path;

use crate::diag::{Code, Finding, Severity};
use crate::domain::Sha256;
use crate::error::{Error, Keep, Result};
use crate::pack::write::{IfThere, Target, write_fault};
use crate::pack::{INVENTORY, verify};
use crate::world::{World, unwatched};

/// Says before any work begins whether a pack cannot go to its place. Where nothing is to be replaced, the pack may
/// still turn out to be the same as what is there.
///
/// # Errors
/// The place is taken by what is never replaced.
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

/// Says whether a file that this program writes, other than a pack, cannot go to its place. `is_known` says whether
/// what is there is of this program's making.
///
/// # Errors
/// The place is taken by what is never replaced.
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
        Err(kept(path, Keep::NotOurs))
    }
}

/// Returns what is at the place of an output, links not followed.
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

/// Says whether a zip file may take the place of what is there.
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
        return Err(kept(path, Keep::NotOurs));
    }
    refused(path, if_there)?;
    writable(path, found)
}

/// Says whether a folder may take the place of what is there.
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
    match standing(path, world) {
        Standing::Pack if is_known => {}
        Standing::Joined => return Err(Error::Foreign(path.display().to_string())),
        Standing::Pack | Standing::Other => return Err(kept(path, Keep::NotOurs)),
    }
    refused(path, if_there)?;
    all_writable(path, found, world)
}

/// Says whether a file or folder, with what is in it, may be replaced as far as its rights say so.
///
/// # Errors
/// It is read-only.
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
        // The rights of a link say nothing.
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

/// What is there, where a pack would go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// A pack of this program's, whole or with entries missing, of this format or another.
    Pack,
    /// Such a pack, and other files in it.
    Joined,
    /// No pack, or one that was changed.
    Other,
}

/// Returns what is there. Where something else is in a pack or was changed, that is somebody's work, perhaps a signed
/// declaration.
fn standing(path: &Path, world: &dyn World) -> Standing {
    let Ok(verdict) = verify::verify(path, unwatched(world)) else {
        return Standing::Other;
    };
    let made = verdict.provenance.as_ref();
    if !made.is_some_and(|made| made["pack_format"].is_u64()) {
        return Standing::Other;
    }
    let ours = |finding: &Finding| {
        matches!(finding.code, Code::EntryMissing | Code::OtherPackFormat)
            || finding.severity() == Severity::Warning
    };
    let is_extra = |finding: &Finding| finding.code == Code::EntryExtra;
    if verdict.findings.iter().all(ours) {
        Standing::Pack
    } else if verdict.findings.iter().any(is_extra) {
        Standing::Joined
    } else {
        Standing::Other
    }
}

fn is_pack(path: &Path, world: &dyn World) -> bool {
    standing(path, world) == Standing::Pack
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
        Err(kept(path, Keep::Other(what(found.file_type()))))
    }
}

fn a_folder(path: &Path, found: &Metadata) -> Result<()> {
    if found.is_dir() {
        Ok(())
    } else {
        Err(kept(path, Keep::Other(what(found.file_type()))))
    }
}

fn read_by_nobody(path: &Path, world: &dyn World) -> Result<()> {
    match world.was_read(path) {
        Some(input) => Err(kept(path, Keep::Input(input.display().to_string()))),
        None => Ok(()),
    }
}

/// A folder's own mark says nothing on Windows.
fn writable(path: &Path, found: &Metadata) -> Result<()> {
    let says_something = cfg!(unix) || found.is_file();
    if found.permissions().readonly() && says_something {
        return Err(kept(path, Keep::ReadOnly));
    }
    Ok(())
}

fn kept(path: &Path, why: Keep) -> Error {
    Error::Kept {
        path: path.display().to_string(),
        why,
    }
}

/// Says what something is that is not what an output would be.
fn what(found: FileType) -> &'static str {
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
