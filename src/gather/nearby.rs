//! Looks into the folder where a named file is missing: for the same name in another Unicode form, or for a similar
//! one.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::diag::nearest::Candidates;
use crate::diag::{Code, Finding, Place, told};
use crate::domain::text::{composed, shown};
use crate::domain::{EvidencePath, FieldPath};
use crate::gather::{Folders, Looks};
use crate::world::{Kind, World};

/// How many names are compared with missing names in one manifest. Otherwise many missing files in a folder of many
/// files would take quadratic time.
const MAX_COMPARED: usize = 200_000;

/// The folders that were listed, each once, also if many products name files in it.
pub(super) struct Nearby<'w> {
    world: &'w dyn World,
    looks: &'w Looks,
    left: usize,
}

/// The contents of a folder.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// The names of files, sorted.
    files: Vec<String>,
    /// Those of them that are links or devices.
    links: BTreeSet<String>,
    /// The names of folders, sorted.
    folders: Vec<String>,
    is_unreadable: bool,
    /// Every name, by its composed form.
    by_form: BTreeMap<String, Vec<String>>,
    /// The files, prepared for comparison with missing names.
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

    /// Returns the path as the disk spells it, if it differs only in Unicode form, and is unique in each folder.
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

    /// Adds to the finding about a missing file what its folder contains.
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
        // A link that leads nowhere.
        if listing
            .files
            .binary_search_by(|one| one.as_str().cmp(name))
            .is_ok()
        {
            let message = format!("`{path}` is a link that leads nowhere");
            let help = told(|m| format!("put the file itself below {}", m.folder()));
            *finding = Finding::new(Code::EvidenceLinksOut, finding.place.clone(), message, help);
            return;
        }
        let alike = listing.by_form.get(&composed(name)).map_or(0, Vec::len);
        if alike > 1 {
            finding.advise(format!(
                "keep one of the {alike} files in that folder whose names look like this one; they differ only in how letters are stored, composed or decomposed"
            ));
        } else if n_files <= self.left {
            if let Some(near) = listing.candidates().nearest(name) {
                finding.advise(format!(
                    "there is a file `{}` in that folder: correct the path, capitals included",
                    shown(near)
                ));
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
    pub(super) fn of(world: &dyn World, folder: &Path) -> Self {
        // A manifest that is given without a folder is in the current one.
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
        let mut links = BTreeSet::new();
        let mut is_unreadable = false;
        world.walk(folder, &enter, &mut |one| match one {
            Ok(found) => {
                if !found.is_file {
                    links.insert(found.path.clone());
                }
                files.push(found.path);
            }
            Err(_) => is_unreadable = true,
        });
        files.sort();
        let mut folders = names.into_inner();
        folders.sort();
        let mut by_form: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for name in folders.iter().chain(&files) {
            by_form
                .entry(composed(name))
                .or_default()
                .push(name.clone());
        }
        Self {
            files,
            links,
            folders,
            is_unreadable,
            by_form,
            known: OnceLock::new(),
        }
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    pub(super) fn folders(&self) -> impl Iterator<Item = &str> {
        self.folders.iter().map(String::as_str)
    }

    pub(super) fn is_link(&self, file: &str) -> bool {
        self.links.contains(file)
    }

    /// Returns true if the folder, or a part of it, could not be listed.
    pub(super) const fn is_unreadable(&self) -> bool {
        self.is_unreadable
    }

    fn candidates(&self) -> &Candidates {
        let names = || Candidates::of(self.files.iter().map(String::as_str));
        self.known.get_or_init(names)
    }

    /// Returns approximately how much memory it takes, in names.
    pub(super) fn n_names(&self) -> usize {
        self.files.len() + self.by_form.len()
    }
}

/// Completes the findings about missing files, once all are known.
pub(super) fn explain(
    nearby: &mut Nearby<'_>,
    folders: &Folders,
    paths: &BTreeMap<FieldPath, &EvidencePath>,
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
