//! What a product was made of when it was looked at: what is searched and what is packed have to be the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::domain::{Application, EvidencePath, Sha256};
use crate::gather::Folders;
use crate::sniff::MAX_WHOLE;

/// What a product was made of, small enough to be kept for every product of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Basis {
    /// The manifest with what it stands on.
    pub(crate) manifest: Sha256,
    /// The content of each of its files; nothing for one that could not be read, or is too large to be searched.
    pub(crate) searched: Vec<Option<Sha256>>,
    /// The content of all files.
    all: Sha256,
    /// How the disk spells files that the manifest spells in another form of Unicode.
    spelled: BTreeMap<EvidencePath, String>,
}

impl Basis {
    /// Returns what a case is made of.
    pub(crate) fn of(case: &Case) -> Self {
        let files = case.manifest.application.as_ref().map(files);
        let mut searched = Vec::new();
        let mut all = String::new();
        for (field, path) in files.unwrap_or_default() {
            let read = content(case, &field, path);
            let fits = read.filter(|(_, size)| *size <= MAX_WHOLE as u64);
            searched.push(fits.map(|(hash, _)| hash));
            // A file that cannot be read differs from any that can.
            let hash = read.map_or(Sha256::of(b""), |(hash, _)| hash);
            all.push_str(&hash.to_string());
        }
        Self {
            manifest: Sha256::of(&case.manifest.bytes),
            searched,
            all: Sha256::of(all.as_bytes()),
            spelled: case.folders.spelled().clone(),
        }
    }

    /// Takes in where the files were found.
    pub(crate) fn spell(&self, folders: &mut Folders) {
        folders.spell(self.spelled.clone());
    }
}

/// Returns every file that goes into a pack, each once, with the first field that names it: the applicant's own
/// templates, the evidence, the signed declaration.
pub(crate) fn files(application: &Application) -> Vec<(String, &EvidencePath)> {
    let own = application.templates.paths();
    let own = own.map(|(field, path)| (field.to_owned(), path));
    let signed = application.declaration.signed.as_ref().into_iter();
    let signed = signed.map(|path| (SIGNED.to_owned(), path));
    let mut seen = BTreeSet::new();
    let all = own.chain(application.evidence_paths()).chain(signed);
    all.filter(|(_, path)| seen.insert(*path)).collect()
}

/// The field that names the signed declaration.
pub(crate) const SIGNED: &str = "declaration.signed";

/// Returns hash and size of a file that was read.
fn content(case: &Case, field: &str, path: &EvidencePath) -> Option<(Sha256, u64)> {
    let files = &case.evidence.files;
    let found = files.binary_search_by_key(&path, |file| &file.path).ok();
    let signed = case.evidence.signed.as_ref().map(|copy| &copy.file);
    let file = found
        .map(|at| &files[at])
        .or(signed.filter(|file| file.path == *path));
    if let Some(file) = file {
        return Some((file.sha256, file.size));
    }
    let kind = field.strip_prefix("templates.")?.parse().ok()?;
    let own = case.own.get(&kind)?;
    Some((own.sha256(), 0))
}
