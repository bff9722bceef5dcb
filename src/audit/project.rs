//! A pack as a project: its manifest is planned with the files in the pack, so that a colleague can go on from a pack
//! without the folder that it was made from.

use std::path::{Path, PathBuf};

use crate::audit::again;
use crate::audit::ground::Ground;
use crate::audit::inside::{FOLDER, Inside};
use crate::case::{self, Case};
use crate::diag::{Code, Finding, Place, Severity};
use crate::domain::{Date, OwnTemplates};
use crate::error::{Error, Result};
use crate::gather::Folders;
use crate::pack::INVENTORY;
use crate::pack::verify::{self, Looked, MANIFEST};
use crate::rules::RuleBook;
use crate::world::{Kind, World};

/// Returns the pack that a path means: a zip file, a folder with an inventory, or the manifest in the records of one.
/// Returns nothing if it is a project of its own.
pub fn pack_at(path: &Path, world: &dyn World) -> Option<PathBuf> {
    let is_pack = |folder: &Path| {
        let is_file = |name: &str| matches!(world.kind(&folder.join(name)), Ok(Kind::File(_)));
        is_file(INVENTORY) && is_file(MANIFEST) && !is_file("manifest.yaml")
    };
    match world.kind(path).ok()? {
        Kind::Folder => is_pack(path).then(|| path.to_path_buf()),
        Kind::File(_) if has_extension(path, "zip") => Some(path.to_path_buf()),
        Kind::File(_) if path.ends_with(MANIFEST) => {
            let folder = path.parent()?.parent()?;
            let folder = if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            };
            is_pack(folder).then(|| folder.to_path_buf())
        }
        Kind::File(_) | Kind::Other => None,
    }
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    let extension = path.extension();
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

/// Plans the manifest of a pack. Files that changed since the pack was made are findings, and block.
///
/// # Errors
/// The pack cannot be opened, must not be unpacked, or has no manifest of one product.
pub fn project(pack: &Path, book: &RuleBook, on: Option<Date>, world: &dyn World) -> Result<Case> {
    let Looked {
        verdict, contents, ..
    } = verify::look(pack, world)?;
    let contents = contents.filter(|_| verdict.findings.iter().all(is_harmless));
    let contents = contents.ok_or_else(|| refused(pack, &verdict.findings))?;
    let name = pack.join(MANIFEST).display().to_string();
    let Some(mut manifest) = again::manifest(&contents, &name) else {
        let message = format!("`{name}` is not the manifest of one product");
        return Err(Error::Usage(message));
    };
    let Some(mut application) = manifest.application.take() else {
        return Err(Error::Usage(format!("`{name}` states no application")));
    };
    // A pack does not contain the applicant's own templates.
    application.templates = OwnTemplates::default();
    let provenance = verdict.provenance.unwrap_or_default();
    let inside = Inside::new(&contents, &application, world);
    manifest.application = Some(application);
    let folders = Folders::new(PathBuf::from(FOLDER));
    let mut case = case::planned(manifest, folders, book, on, &inside);
    case.absent_template = Ground::of(&provenance).own_declaration;
    let changed = verdict.findings.into_iter();
    case.take_in(changed.filter(is_change).collect());
    Ok(case)
}

/// Returns true if files may be read in spite of a finding.
fn is_harmless(finding: &Finding) -> bool {
    is_change(finding) || finding.severity() == Severity::Warning
}

fn is_change(finding: &Finding) -> bool {
    matches!(
        finding.code,
        Code::EntryChanged | Code::EntryMissing | Code::EntryExtra
    )
}

fn refused(pack: &Path, findings: &[Finding]) -> Error {
    let first = findings.iter().find(|finding| !is_harmless(finding));
    let why = first.map_or_else(String::new, |finding| match &finding.place {
        Place::File(name) => format!(": {name}: {}", finding.message),
        _ => format!(": {}", finding.message),
    });
    let pack = pack.display();
    Error::Usage(format!(
        "`{pack}` cannot be opened as a pack{why}; run `clspack verify {pack}`"
    ))
}
