//! Finds the real path of a file of evidence, and decides whether the file can be taken.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::diag::{Code, Finding, Told, told};
use crate::domain::text::shown;
use crate::domain::{EvidencePath, FieldPath};
use crate::error::plain;
use crate::gather::{Folders, MAX_BYTES};
use crate::world::{Kind, World};

/// Returns the file's real path and size, if it is a plain file inside the manifest's folder.
pub(super) fn locate(
    world: &dyn World,
    folders: &Folders,
    path: &EvidencePath,
    field: &FieldPath,
) -> Result<(PathBuf, u64), Box<Finding>> {
    let refuse =
        |code, message: Told, help: Told| Box::new(Finding::at(code, field, message, help));
    let real = world
        .real_path(&folders.join(path))
        .map_err(|cause| match cause.kind() {
            ErrorKind::NotFound => refuse(
                Code::EvidenceMissing,
                format!("`{path}` does not exist").into(),
                Told {
                    manifest: "put the file there, or correct the path; it counts from the folder of the manifest or sheet".to_owned(),
                    row: Some("put the file there, or correct the path; it counts from the folder of the sheet".to_owned()),
                },
            ),
            ErrorKind::PermissionDenied => refuse(
                Code::EvidenceUnreadable,
                format!("`{path}` cannot be read: you have no permission").into(),
                "ask for permission to read the file, or copy it again".into(),
            ),
            ErrorKind::NotADirectory => refuse(
                Code::EvidenceMissing,
                format!("`{path}` does not exist: a part of its path is a file").into(),
                "check the path".into(),
            ),
            ErrorKind::InvalidFilename => refuse(
                Code::EvidenceMissing,
                format!(
                    "`{}` has a name that this system cannot store",
                    shown(path.as_str())
                ).into(),
                "shorten the name".into(),
            ),
            _ if is_circle(&cause) => refuse(
                Code::EvidenceLinksOut,
                format!("`{path}` is a link that leads in a circle").into(),
                told(|m| format!("put the file itself below {}", m.folder())),
            ),
            _ => refuse(
                Code::EvidenceUnreadable,
                format!("`{path}` cannot be read: {}", plain(&cause)).into(),
                "copy the file to a disk that can be read, and try again".into(),
            ),
        })?;
    if !folders.hold(path, &real) {
        return Err(refuse(
            Code::EvidenceLinksOut,
            told(|m| format!("`{path}` is a link that leads out of {}", m.folder())),
            told(|m| {
                format!(
                    "put the file itself below {}; a pack never takes files from elsewhere",
                    m.folder()
                )
            }),
        ));
    }
    let size = plain_file(world, &real, path, field)?;
    Ok((real, size))
}

/// Returns true if links form a circle. The error number of the system tells; the library's own kind is not stable
/// yet.
fn is_circle(cause: &io::Error) -> bool {
    let number = if cfg!(windows) {
        1921
    } else if cfg!(any(target_os = "linux", target_os = "android")) {
        40
    } else {
        62
    };
    cause.raw_os_error() == Some(number)
}

/// Returns the size of a plain file; refuses any other file, and files that are too large.
fn plain_file(
    world: &dyn World,
    real: &Path,
    path: &EvidencePath,
    field: &FieldPath,
) -> Result<u64, Box<Finding>> {
    let (code, message, help) = match world.kind(real) {
        Ok(Kind::File(size)) if size <= MAX_BYTES => return Ok(size),
        Ok(Kind::File(_)) => {
            let message = format!("`{path}` is larger than {} MB", MAX_BYTES / 1_000_000);
            (
                Code::EvidenceTooLarge,
                message,
                "make the file smaller, or split it",
            )
        }
        Ok(Kind::Folder) => (
            Code::EvidenceNotAFile,
            format!("`{path}` is a folder"),
            "name one file; several files make a list",
        ),
        Ok(Kind::Other) => (
            Code::EvidenceNotAFile,
            format!("`{path}` is a device or a pipe"),
            "name a plain file",
        ),
        Err(_) => (
            Code::EvidenceUnreadable,
            format!("`{path}` cannot be looked at"),
            "ask for permission to read the file, or copy it again",
        ),
    };
    Err(Box::new(Finding::at(code, field, message, help)))
}

pub(super) fn reason(kind: ErrorKind) -> &'static str {
    if kind == ErrorKind::PermissionDenied {
        "you have no permission"
    } else {
        "the disk reports a fault"
    }
}
