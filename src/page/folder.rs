//! The applications below the folder of the page.

use std::path::PathBuf;

use clspack_serve::{Request, Status};

use crate::case::{self, Case, MANIFEST};
use crate::domain::Sha256;
use crate::domain::text::safe_name;
use crate::manifest;
use crate::page::{Page, Refusal};
use crate::typeset::Typesetter;
use crate::world::{Kind, list, read};

/// How deep below the folder applications are looked for.
const MAX_DEPTH: usize = 4;
/// The folder for packs, in which no application is looked for.
pub(super) const PACKS: &str = "packs";

/// One application: its folder, and its manifest as it is on disk.
pub(super) struct Application {
    /// The folder, relative to that of the page; `.` for that folder itself.
    pub(super) id: String,
    pub(super) manifest: PathBuf,
    /// Nothing if it is no UTF-8: then the page shows what is wrong, and changes nothing.
    pub(super) text: Option<String>,
    pub(super) sha256: Sha256,
}

impl Application {
    pub(super) fn folder(&self) -> PathBuf {
        self.manifest
            .parent()
            .map(std::path::Path::to_path_buf)
            .unwrap_or_default()
    }

    /// What the browser must have seen for a change to be written.
    pub(super) fn stamp(&self) -> String {
        self.sha256.to_string()
    }
}

impl Page<'_> {
    /// Returns the folders with a manifest, by name.
    pub(super) fn applications(&self) -> Result<Vec<String>, Refusal> {
        let mut found: Vec<String> = list(self.world, &self.root)?
            .into_iter()
            .filter(|one| one.is_file)
            .filter_map(|one| {
                let id = match one.path.strip_suffix(MANIFEST)? {
                    "" => ".",
                    folder => folder.strip_suffix('/')?,
                };
                is_id(id).then(|| id.to_owned())
            })
            .collect();
        found.sort();
        Ok(found)
    }

    /// Opens the application that a request names.
    pub(super) fn application(&self, request: &Request) -> Result<Application, Refusal> {
        self.application_of(request.query("app").unwrap_or_default())
    }

    pub(super) fn application_of(&self, id: &str) -> Result<Application, Refusal> {
        let missing = || {
            let why = format!("there is no application `{id}` in this folder");
            Refusal(Status::Missing, why)
        };
        if !is_id(id) {
            return Err(missing());
        }
        let manifest = self.root.join(id).join(MANIFEST);
        // A link may lead out of the folder, and what is outside is nobody's business here.
        let real = |path: &std::path::Path| self.world.real_path(path).map_err(|_| missing());
        let (root, inside) = (real(&self.root)?, real(&manifest)?);
        if !inside.starts_with(root) || !matches!(self.world.kind(&manifest), Ok(Kind::File(_))) {
            return Err(missing());
        }
        let bytes = read(self.world, &manifest, manifest::MAX_BYTES)?;
        let bytes = bytes.ok_or_else(|| {
            let why = "the manifest is too large to be read".to_owned();
            Refusal(Status::Unprocessable, why)
        })?;
        Ok(Application {
            id: id.to_owned(),
            sha256: Sha256::of(&bytes),
            text: String::from_utf8(bytes).ok(),
            manifest,
        })
    }

    /// Returns the folder for files that are added, which may not be there yet, but is no link out of the application.
    pub(super) fn evidence_folder(&self, application: &Application) -> Result<PathBuf, Refusal> {
        let folder = application.folder();
        let evidence = folder.join("evidence");
        let real = |path: &std::path::Path| self.world.real_path(path).ok();
        let is_inside = match (real(&folder), real(&evidence)) {
            (Some(folder), Some(evidence)) => evidence.starts_with(folder),
            (Some(_), None) => self.world.kind(&evidence).is_err(),
            (None, _) => false,
        };
        if is_inside {
            return Ok(evidence);
        }
        let why =
            "`evidence` is a link that leads out of this application; put the file there by hand";
        Err(Refusal(Status::Unprocessable, why.to_owned()))
    }

    /// Reads and plans an application as `check` does.
    pub(super) fn case(&self, application: &Application) -> Result<Case, Refusal> {
        let mut case = case::read(&application.manifest, &self.book, self.on, self.world)?;
        case.take_in(self.templates.findings());
        if case.has_copy() {
            case.settle(&self.templates, &mut Typesetter::new())?;
        }
        Ok(case)
    }

    /// Returns a folder for a new application that is named by a person.
    pub(super) fn new_folder(&self, name: &str) -> Result<String, Refusal> {
        let id = safe_name(&name.replace(['/', '\\'], "-"));
        let why = match is_id(&id) && id != "." {
            false => "give it a name that a folder can have".to_owned(),
            true if self.world.kind(&self.root.join(&id)).is_ok() => {
                format!("there is a folder `{id}` already; give it another name")
            }
            true => return Ok(id),
        };
        Err(Refusal(Status::Unprocessable, why))
    }
}

/// Whether a text can be the folder of an application: plain names below the folder of the page.
fn is_id(id: &str) -> bool {
    let is_name = |part: &str| {
        !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']) && part != PACKS
    };
    let is_below = id.split('/').count() <= MAX_DEPTH && id.split('/').all(is_name);
    id == "." || is_below
}

#[cfg(test)]
mod tests {
    use super::is_id;

    #[test]
    fn an_application_is_below_the_folder() {
        for id in [".", "hub", "clients/a/hub", "ハブ"] {
            assert!(is_id(id), "{id}");
        }
        for id in [
            "",
            "..",
            "a/../b",
            "/etc",
            "a//b",
            "C:",
            "a\\b",
            ".git",
            "packs",
            "a/b/c/d/e",
        ] {
            assert!(!is_id(id), "{id}");
        }
    }
}
