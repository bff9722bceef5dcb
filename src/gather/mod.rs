//! Opens the evidence of an application, reads each file once to its end, and reports files that are missing, outside
//! the folder, empty, locked, broken, or of another type than their name.

mod by_provision;
mod collisions;
mod folder_names;
mod locate;
mod nearby;
mod searched;
mod seen;
mod strays;
mod text_cache;
mod unshown;
mod whole_files;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diag::{Code, Finding};
use crate::domain::{
    Application, EvidenceFile, EvidencePath, FieldPath, NotSearched, Role, Sha256,
    SignedDeclaration,
};
use crate::gather::locate::{locate, reason};
use crate::gather::nearby::Nearby;
use crate::gather::seen::Seen;
use crate::inspect::{self, Facts, Paper};
use crate::parallel::in_parallel;
use crate::pdf::Pdf;
use crate::sniff::{self, Content};
use crate::world::World;

pub use by_provision::{PickedUp, pick_up};
pub use seen::Looks;
pub use strays::strays;
pub use whole_files::copy_in;

/// The largest accepted file of evidence, in bytes.
const MAX_BYTES: u64 = 500_000_000;

/// For fewer files, starting another thread costs more than it gains.
const FEW: usize = 4;

/// The folders of a manifest and of its bases, which their paths are relative to.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    named: Vec<PathBuf>,
    /// The same folders with links followed, once they are looked up.
    real: Vec<Option<PathBuf>>,
    /// Files whose names the disk stores in another Unicode form than the manifest.
    spelled: BTreeMap<EvidencePath, String>,
}

impl Folders {
    /// Starts with the folder of the manifest itself.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            named: vec![folder],
            ..Self::default()
        }
    }

    /// Records how the disk spells some of the files.
    pub fn spell(&mut self, spelled: BTreeMap<EvidencePath, String>) {
        self.spelled = spelled;
    }

    pub const fn spelled(&self) -> &BTreeMap<EvidencePath, String> {
        &self.spelled
    }

    /// Adds the folder of the next base. Returns the number of its layer.
    pub fn push(&mut self, folder: PathBuf) -> usize {
        self.named.push(folder);
        self.named.len() - 1
    }

    pub const fn n_layers(&self) -> usize {
        self.named.len()
    }

    /// Returns the folder of a layer of the manifest.
    pub fn layer(&self, layer: usize) -> &Path {
        self.named
            .get(layer)
            .map_or(Path::new(""), PathBuf::as_path)
    }

    /// Returns the folder of the manifest that names a path.
    pub fn of(&self, path: &EvidencePath) -> &Path {
        self.layer(path.root())
    }

    /// Looks up the real paths, once for all files.
    fn looked_up(&self, world: &dyn World) -> Self {
        let real = |folder: &PathBuf| {
            let is_here = folder.as_os_str().is_empty();
            world
                .real_path(if is_here { Path::new(".") } else { folder })
                .ok()
        };
        Self {
            named: self.named.clone(),
            real: self.named.iter().map(real).collect(),
            spelled: BTreeMap::new(),
        }
    }

    /// Returns true if a real path is inside the folder of the manifest that names it.
    fn hold(&self, path: &EvidencePath, real: &Path) -> bool {
        let folder = self.real.get(path.root()).and_then(Option::as_ref);
        folder.is_some_and(|folder| real.starts_with(folder))
    }

    /// Returns the path of a file, with the spelling of the disk.
    pub fn join(&self, path: &EvidencePath) -> PathBuf {
        let spelled = self.spelled.get(path).map(String::as_str);
        self.of(path).join(spelled.unwrap_or(path.as_str()))
    }
}

/// The evidence that could be read, and the findings.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The files, each once, in the order of their paths.
    pub files: Vec<EvidenceFile>,
    /// The signed declaration, if it can be read.
    pub signed: Option<SignedCopy>,
    /// The applicant's own templates, by the field that names them.
    pub templates: Vec<OwnTemplate>,
    /// Files whose names the disk stores in another Unicode form than the manifest.
    pub spelled: BTreeMap<EvidencePath, String>,
    /// The files that could not be searched for words, in the order of their paths.
    pub not_searched: Vec<NotSearched>,
    pub findings: Vec<Finding>,
    /// What counts only if the form asks for a document that shows the pictures.
    pub unshown: Vec<Finding>,
}

#[derive(Clone, Debug)]
pub struct SignedCopy {
    pub file: EvidenceFile,
    /// Its content; nothing for a picture.
    pub pdf: Option<SignedPdf>,
}

/// A signed declaration that is a PDF file.
#[derive(Clone, Debug, Default)]
pub struct SignedPdf {
    pub pdf: Pdf,
    /// For each digital signature that is followed by later changes, the file as it was signed; without pages if that
    /// cannot be read.
    pub states: Vec<Option<Pdf>>,
}

#[derive(Clone, Debug)]
pub struct OwnTemplate {
    /// The field of the manifest.
    pub field: FieldPath,
    pub path: EvidencePath,
    pub bytes: Vec<u8>,
}

/// Reads the evidence. `looks` remembers files that were read before.
pub fn gather(
    world: &dyn World,
    folders: &Folders,
    application: &Application,
    looks: &Looks,
) -> Evidence {
    let mut folders = folders.looked_up(world);
    let mut nearby = Nearby::new(world, looks);
    let paths = named(application);
    for path in paths.values() {
        let spelled = nearby.spelled(folders.of(path), path);
        let spelled = spelled.map(|spelled| ((*path).clone(), spelled));
        folders.spelled.extend(spelled);
    }
    let folders = &folders;
    let fields = fields_of(application);
    let mut n_pages = BTreeMap::new();
    let mut facts = Vec::new();
    let looked_through = searched::LookedThrough::of(application);
    let mut evidence = Evidence::default();
    let files: Vec<(&EvidencePath, &FieldPath)> = fields
        .iter()
        .filter_map(|(path, fields)| Some((*path, asks_most(fields)?)))
        .collect();
    let opened = open_all(world, folders, application, &fields, &files, looks);
    let mut compared = Vec::new();
    for ((path, field), opened) in files.iter().zip(opened) {
        let Opened {
            file,
            findings,
            seen,
            compared: of_file,
        } = match opened {
            Ok(opened) => opened,
            Err(finding) => {
                evidence.findings.push(*finding);
                continue;
            }
        };
        compared.extend(of_file);
        unshown::note(path, field, &seen, &mut evidence);
        n_pages.extend(seen.n_pages.map(|n| (*path, n)));
        facts.push((*path, seen.facts));
        if let Some(reason) = seen.unsearched {
            looked_through.note(path, field, reason, &findings, &mut evidence);
        }
        evidence.files.push(file);
        evidence.findings.extend(findings);
    }
    collisions::report(&fields, &mut evidence.findings);
    let papers = facts
        .iter()
        .map(|(path, facts)| paper(&fields, path, facts));
    let papers: Vec<_> = papers.collect();
    evidence.findings.extend(compared);
    evidence
        .findings
        .extend(inspect::across(application, &papers));
    let needless = looked_through.needless(application, &evidence);
    evidence.findings.extend(needless);
    whole_files::pages(application, &n_pages, &mut evidence);
    whole_files::signed(world, folders, application, &mut evidence);
    whole_files::templates(world, folders, application, &mut evidence);
    nearby::explain(&mut nearby, folders, &paths, &mut evidence.findings);
    evidence.spelled.clone_from(&folders.spelled);
    evidence
}

/// Opens the files side by side, and compares each with the application.
fn open_all(
    world: &dyn World,
    folders: &Folders,
    application: &Application,
    fields: &FieldsOf<'_>,
    files: &[(&EvidencePath, &FieldPath)],
    looks: &Looks,
) -> Vec<Result<Opened, Box<Finding>>> {
    let compare = |(path, field): &(&EvidencePath, &FieldPath)| {
        let mut opened = open(world, folders, path, field, looks)?;
        let paper = paper(fields, path, &opened.seen.facts);
        opened.compared = inspect::of_file(application, &paper);
        // The texts of hundreds of files would fill the memory.
        if !inspect::is_compared_across(&paper) {
            opened.seen.facts = Arc::default();
        }
        Ok(opened)
    };
    let threads = looks.threads.min(files.len() / FEW);
    in_parallel(files, threads, &|| (), &|_, file, ()| compare(file))
}

/// The fields that name each file.
type FieldsOf<'a> = BTreeMap<&'a EvidencePath, Vec<FieldPath>>;

/// Returns the fields that name each file.
fn fields_of(application: &Application) -> FieldsOf<'_> {
    let mut fields = FieldsOf::new();
    for (field, path) in application.evidence_paths() {
        fields.entry(path).or_default().push(field);
    }
    fields
}

/// Returns a file as it is compared with the application.
fn paper<'a>(fields: &'a FieldsOf<'_>, path: &'a EvidencePath, facts: &'a Facts) -> Paper<'a> {
    Paper {
        path,
        fields: fields.get(path).map_or(&[], Vec::as_slice),
        facts,
    }
}

/// Returns the field by which a file is judged: a file has one finding, however many fields name it.
fn asks_most(fields: &[FieldPath]) -> Option<&FieldPath> {
    let sbom = fields.iter().find(|field| Role::of(field) == sniff::SBOM);
    sbom.or(fields.first())
}

/// Returns every file that the manifest names, by the field that names it.
fn named(application: &Application) -> BTreeMap<FieldPath, &EvidencePath> {
    let signed = application.declaration.signed.as_ref();
    let signed = signed.map(|path| (SignedDeclaration::field(), path));
    let templates = application.templates.paths();
    let evidence = application.evidence_paths().into_iter();
    evidence.chain(signed).chain(templates).collect()
}

/// A file that was read to its end.
struct Opened {
    file: EvidenceFile,
    findings: Vec<Finding>,
    seen: Seen,
    /// What is wrong with it beside the application.
    compared: Vec<Finding>,
}

fn read(
    world: &dyn World,
    folders: &Folders,
    path: &EvidencePath,
    field: &FieldPath,
) -> Result<(EvidenceFile, Vec<Finding>), Box<Finding>> {
    let opened = open(world, folders, path, field, &Looks::side_by_side())?;
    Ok((opened.file, opened.findings))
}

fn open(
    world: &dyn World,
    folders: &Folders,
    path: &EvidencePath,
    field: &FieldPath,
    looks: &Looks,
) -> Result<Opened, Box<Finding>> {
    let (real, size) = locate(world, folders, path, field)?;
    let unreadable = |cause: std::io::Error| {
        let message = format!("`{path}` cannot be read: {}", reason(cause.kind()));
        Box::new(Finding::at(
            Code::EvidenceUnreadable,
            field,
            message,
            "ask for permission to read the file, or copy it again",
        ))
    };
    let mut content = Content::sized(size);
    // One byte more than the limit, in case the file grows while it is read.
    let reader = world.open(&real).map_err(unreadable)?.take(MAX_BYTES + 1);
    let (sha256, size) =
        Sha256::of_reader(reader, |piece| content.see(piece)).map_err(unreadable)?;
    let file = EvidenceFile {
        path: path.clone(),
        size,
        sha256,
    };
    let (seen, finding) = if size == 0 {
        let message = format!("`{path}` is empty");
        let help = "put the file in again; an empty one is often a copy that broke off";
        let finding = Finding::at(Code::EvidenceEmpty, field, message, help);
        (Seen::default(), Some(finding))
    } else {
        let seen = looks.see(&content, sha256, &path.extension(), Role::of(field));
        let fault = seen.fault.as_ref().map(|fault| fault.about(path, field));
        (seen, fault)
    };
    Ok(Opened {
        file,
        findings: finding.into_iter().collect(),
        seen,
        compared: Vec::new(),
    })
}
