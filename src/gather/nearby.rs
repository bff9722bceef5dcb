//! What is in a folder where a named file is not found: the same name stored in another form, or one like it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::diag::nearest::Candidates;
use crate::diag::{Code, Finding, Place};
use crate::domain::EvidencePath;
use crate::domain::text::{composed, shown};
use crate::gather::{Folders, Looks};
use crate::world::{Kind, World};

/// How many names are compared with names that are not found, in one manifest. Many missing files in a folder
/// of many files would otherwise take the square of both.
const MAX_COMPARED: usize = 200_000;

/// The folders that were looked into, each once, also where many products name files in one.
pub(super) struct Nearby<'w> {
    world: &'w dyn World,
    looks: &'w Looks,
    left: usize,
}

/// What is in a folder.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Names of what is no folder, sorted.
    files: Vec<String>,
    /// Every name, by its composed form.
    by_form: BTreeMap<String, Vec<String>>,
    /// The files, prepared to be compared with names that are not found.
    known: OnceLock<Candidates>,
}

impl<'w> Nearby<'w> {
    pub(super) fn new(world: &'w dyn World, looks: &'w Looks) -> Self {
        Self {
            world,
            looks,
            left: MAX_COMPARED,
        }
    }

    /// Returns the path as the disk spells it, if that differs in nothing but the form in which letters are
    /// stored, and only one thing in each folder has that name.
    pub(super) fn spelled(&self, folder: &Path, path: &EvidencePath) -> Option<String> {
        if path.as_str().is_ascii() || self.world.kind(&folder.join(path.as_str())).is_ok() {
            return None;
        }
        let mut at = folder.to_path_buf();
        let mut spelled = Vec::new();
        for part in path.as_str().split('/') {
            let listing = self.list(&at);
            let names = listing.by_form.get(&composed(part))?;
            let name = match names.as_slice() {
                [name] => name.clone(),
                names => names.iter().find(|name| *name == part)?.clone(),
            };
            at.push(&name);
            spelled.push(name);
        }
        matches!(self.world.kind(&at), Ok(Kind::File(_))).then(|| spelled.join("/"))
    }

    /// Says more of a file that is not found, by what is in the folder where it should be.
    pub(super) fn explain(
        &mut self,
        finding: &mut Finding,
        folders: &Folders,
        path: &EvidencePath,
    ) {
        let Some(folder) = folders.join(path).parent().map(Path::to_path_buf) else {
            return;
        };
        let name = path.file_name();
        let listing = self.list(&folder);
        let n_files = listing.files.len();
        // It is listed and cannot be followed.
        if listing
            .files
            .binary_search_by(|one| one.as_str().cmp(name))
            .is_ok()
        {
            finding.code = Code::EvidenceLinksOut;
            finding.message = format!("`{path}` is a link that leads nowhere");
            "put the file itself below the manifest's folder".clone_into(&mut finding.help);
            return;
        }
        let alike = listing.by_form.get(&composed(name)).map_or(0, Vec::len);
        if alike > 1 {
            finding.help = format!(
                "keep one of the {alike} files in that folder whose names look like this one; they differ only in how letters are stored, composed or decomposed"
            );
        } else if n_files <= self.left {
            if let Some(near) = listing.candidates().nearest(name) {
                finding.help = format!(
                    "there is a file `{}` in that folder: correct the path, capitals included",
                    shown(near)
                );
            }
            self.left -= n_files;
        }
    }

    fn list(&self, folder: &Path) -> Arc<Listing> {
        self.looks
            .folder(folder, || Listing::of(self.world, folder))
    }
}

impl Listing {
    fn of(world: &dyn World, folder: &Path) -> Self {
        // A manifest that is named without a folder is in this one.
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let names = RefCell::new(Vec::new());
        let mut files = Vec::new();
        let enter = |folder: &str| {
            names.borrow_mut().push(folder.to_owned());
            false
        };
        world.walk(folder, &enter, &mut |one| {
            files.extend(one.map(|found| found.path));
        });
        files.sort();
        let mut by_form: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in names.into_inner().into_iter().chain(files.iter().cloned()) {
            by_form.entry(composed(&name)).or_default().push(name);
        }
        Self {
            files,
            by_form,
            known: OnceLock::new(),
        }
    }

    fn candidates(&self) -> &Candidates {
        let names = || Candidates::of(self.files.iter().map(String::as_str));
        self.known.get_or_init(names)
    }

    /// Returns about how much memory it takes, in names.
    pub(super) fn n_names(&self) -> usize {
        self.files.len() + self.by_form.len()
    }
}

/// Goes through the findings about files that do not exist, once all are known.
pub(super) fn explain(
    nearby: &mut Nearby<'_>,
    folders: &Folders,
    paths: &BTreeMap<String, &EvidencePath>,
    findings: &mut [Finding],
) {
    for finding in findings {
        let Place::Field(field) = &finding.place else {
            continue;
        };
        if let (Code::EvidenceMissing, Some(path)) = (finding.code, paths.get(field)) {
            nearby.explain(finding, folders, path);
        }
    }
}
