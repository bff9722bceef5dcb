//! Shows the evidence to an officer: pictures in Supporting Evidence itself, everything else by name.
//!
//! Files are read once more, one at a time, and have to be what they were when they were checked.

mod pictures;

use crate::case::Case;
use crate::domain::{EvidenceFile, Sha256};
use crate::error::{Error, Result};
use crate::plan::Plan;
use crate::render::{Exhibits, Shown};
use crate::rules::tables::DocumentKind;
use crate::world::{self, World};

use pictures::Album;

/// Decides how each file of evidence is shown, and takes what is shown of it. A form that asks for no Supporting
/// Evidence shows nothing.
///
/// # Errors
/// A file cannot be read, or changed since it was checked.
pub fn prepare(case: &Case, plan: &Plan, world: &dyn World) -> Result<Exhibits> {
    let mut forms = plan.form.iter().flat_map(|form| &form.documents);
    let mut exhibits = Exhibits::default();
    if !forms.any(|kind| *kind == DocumentKind::SupportingEvidence) {
        return Ok(exhibits);
    }
    let mut album = Album::default();
    for (i, file) in case.evidence.files.iter().enumerate() {
        let number = format!("E{}", i + 1);
        let shown = match file.path.extension().as_str() {
            "png" | "jpg" | "jpeg" => match bytes(case, file, pictures::MAX_BYTES, world)? {
                Some(bytes) => album.take(&number, bytes),
                None => Shown::ByName(pictures::too_large()),
            },
            "pdf" => continue,
            _ => Shown::ByName("it is not a picture in PNG or JPEG, or a PDF file".to_owned()),
        };
        exhibits.shown.insert(number, shown);
    }
    exhibits.pictures = album.pictures;
    Ok(exhibits)
}

/// Reads a file again; nothing if it is larger than this.
fn bytes(
    case: &Case,
    file: &EvidenceFile,
    most: u64,
    world: &dyn World,
) -> Result<Option<Vec<u8>>> {
    if file.size > most {
        return Ok(None);
    }
    let path = case.folders.join(&file.path);
    let changed = || Error::Changed(path.display().to_string());
    let bytes = world::read(world, &path, most)?.ok_or_else(changed)?;
    if Sha256::of(&bytes) == file.sha256 {
        Ok(Some(bytes))
    } else {
        Err(changed())
    }
}
