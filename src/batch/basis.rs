//! The content of a product when it was scanned. The pack must be made from exactly the content that was searched for
//! other clients' data.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::domain::{Application, EvidencePath, FieldPath, Sha256, SignedDeclaration};
use crate::gather::Folders;
use crate::sniff::MAX_WHOLE;

/// The content of a product, small enough to keep for every product of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Basis {
    /// The manifest, with its bases.
    pub(crate) manifest: Sha256,
    /// The files to search, with their hashes, those in the folders of provisions included. A file that could not be
    /// read, or is too large to search, is not there.
    pub(crate) searched: Vec<(FieldPath, EvidencePath, Sha256)>,
    all: Sha256,
    /// How the disk spells files that the manifest spells in another form of Unicode.
    spelled: BTreeMap<EvidencePath, String>,
}

impl Basis {
    pub(crate) fn of(case: &Case) -> Self {
        let files = case.manifest.application.as_ref().map(files);
        let mut searched = Vec::new();
        let mut all = String::new();
        for (field, path) in files.unwrap_or_default() {
            let read = content(case, &field, path);
            let fits = read.filter(|(_, size)| *size <= MAX_WHOLE as u64);
            if let Some((hash, _)) = fits {
                searched.push((field, path.clone(), hash));
            }
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

    /// Tells `folders` how the disk spells the files.
    pub(crate) fn spell(&self, folders: &mut Folders) {
        folders.spell(self.spelled.clone());
    }
}

/// Returns every file that goes into a pack, each once, with the first field that names it: the applicant's own
/// templates, the evidence, the signed declaration.
pub(crate) fn files(application: &Application) -> Vec<(FieldPath, &EvidencePath)> {
    let own = application.templates.paths();
    let signed = application.declaration.signed.as_ref().into_iter();
    let signed = signed.map(|path| (SignedDeclaration::field(), path));
    let mut seen = BTreeSet::new();
    let all = own.chain(application.evidence_paths()).chain(signed);
    all.filter(|(_, path)| seen.insert(*path)).collect()
}

/// Returns hash and size of a file that was read.
fn content(case: &Case, field: &FieldPath, path: &EvidencePath) -> Option<(Sha256, u64)> {
    let files = &case.evidence.files;
    let found = files.binary_search_by_key(&path, |file| &file.path).ok();
    let signed = case.evidence.signed.as_ref().map(|copy| &copy.file);
    let file = found
        .map(|at| &files[at])
        .or(signed.filter(|file| file.path == *path));
    if let Some(file) = file {
        return Some((file.sha256, file.size));
    }
    let kind = field.name().parse().ok()?;
    let own = case.own.get(&kind)?;
    Some((own.sha256(), 0))
}
