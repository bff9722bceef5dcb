//! Opens the evidence that an application names, reads each file once to its end, and says what is
//! wrong with it: missing, led away by a link, empty, locked, broken, or not what its name says.

mod papers;

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use crate::diag::{Code, Finding};
use crate::domain::text::shown;
use crate::domain::{Application, EvidenceFile, EvidencePath, Sha256};
use crate::pdf::Pdf;
use crate::sniff::{self, Content};
use crate::world::{Kind, World};

/// The largest file of evidence that is taken, in bytes.
const MAX_BYTES: u64 = 500_000_000;

/// The folders of a manifest and of those that it stands on, from which their paths are seen.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    named: Vec<PathBuf>,
    /// The same with links followed, once they have been looked up.
    real: Vec<Option<PathBuf>>,
}

impl Folders {
    /// Begins with the folder of the manifest itself.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            named: vec![folder],
            real: Vec::new(),
        }
    }

    /// Adds the folder of the next manifest that it stands on.
    pub fn push(&mut self, folder: PathBuf) {
        self.named.push(folder);
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
        }
    }

    /// Returns true if a real path lies in the folder of the manifest that names it.
    fn hold(&self, path: &EvidencePath, real: &Path) -> bool {
        let folder = self.real.get(path.root()).and_then(Option::as_ref);
        folder.is_some_and(|folder| real.starts_with(folder))
    }

    /// Returns where a file lies.
    pub fn join(&self, path: &EvidencePath) -> PathBuf {
        self.of(path).join(path.as_str())
    }
}

/// The evidence that could be read, and what is wrong.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The files, each once, in the order of their paths.
    pub files: Vec<EvidenceFile>,
    /// The signed declaration, if there is one that can be read.
    pub signed: Option<SignedCopy>,
    /// The applicant's own templates, by the field that names them.
    pub templates: Vec<OwnTemplate>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// The signed declaration.
#[derive(Clone, Debug)]
pub struct SignedCopy {
    /// The file.
    pub file: EvidenceFile,
    /// What is in it; nothing for a picture.
    pub pdf: Option<SignedPdf>,
}

/// A signed declaration that is a PDF file.
#[derive(Clone, Debug, Default)]
pub struct SignedPdf {
    /// What it shows.
    pub pdf: Pdf,
    /// For each digital signature that later changes follow, what the file was when it was made; without any pages
    /// if that cannot be read.
    pub states: Vec<Option<Pdf>>,
}

/// A template of the applicant's.
#[derive(Clone, Debug)]
pub struct OwnTemplate {
    /// The field that names it.
    pub field: &'static str,
    /// The file.
    pub path: EvidencePath,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Reads the evidence.
pub fn gather(world: &dyn World, folders: &Folders, application: &Application) -> Evidence {
    let folders = &folders.looked_up(world);
    let mut fields: BTreeMap<&EvidencePath, Vec<String>> = BTreeMap::new();
    for (field, path) in application.evidence_paths() {
        fields.entry(path).or_default().push(field);
    }
    let mut evidence = Evidence::default();
    for (path, fields) in &fields {
        // One file, one finding, however many fields name it.
        let Some(field) = fields.first() else {
            continue;
        };
        match read(world, folders, path, field) {
            Ok((file, findings)) => {
                evidence.files.push(file);
                evidence.findings.extend(findings);
            }
            Err(finding) => evidence.findings.push(*finding),
        }
    }
    collisions(&fields, &mut evidence.findings);
    papers::pages(world, folders, application, &mut evidence);
    papers::signed(world, folders, application, &mut evidence);
    papers::templates(world, folders, application, &mut evidence);
    evidence
}

fn read(
    world: &dyn World,
    folders: &Folders,
    path: &EvidencePath,
    field: &str,
) -> Result<(EvidenceFile, Vec<Finding>), Box<Finding>> {
    let real = locate(world, folders, path, field)?;
    let unreadable = |cause: std::io::Error| {
        let message = format!("`{path}` cannot be read: {}", reason(cause.kind()));
        Box::new(Finding::at(
            Code::EvidenceUnreadable,
            field,
            message,
            "ask for permission to read the file, or copy it anew",
        ))
    };
    let mut content = Content::default();
    // One byte more than allowed, in case the file grows while it is read.
    let reader = world.open(&real).map_err(unreadable)?.take(MAX_BYTES + 1);
    let (sha256, size) =
        Sha256::of_reader(reader, |piece| content.see(piece)).map_err(unreadable)?;
    let file = EvidenceFile {
        path: path.clone(),
        size,
        sha256,
    };
    let findings = if size == 0 {
        vec![Finding::at(
            Code::EvidenceEmpty,
            field,
            format!("`{path}` is empty"),
            "put the file in again; an empty one is often a copy that broke off",
        )]
    } else {
        sniff::check(&content, path, field)
    };
    Ok((file, findings))
}

/// Returns the file's real path, if it is a plain file that stays below the manifest's folder.
fn locate(
    world: &dyn World,
    folders: &Folders,
    path: &EvidencePath,
    field: &str,
) -> Result<PathBuf, Box<Finding>> {
    let refuse =
        |code, message: String, help: &str| Box::new(Finding::at(code, field, message, help));
    let folder = folders.of(path);
    let named = folder.join(path.as_str());
    let real = world
        .real_path(&named)
        .map_err(|cause| match cause.kind() {
            ErrorKind::NotFound => missing(world, folder, path, field),
            ErrorKind::PermissionDenied => refuse(
                Code::EvidenceUnreadable,
                format!("`{path}` cannot be read: you have no permission"),
                "ask for permission to read the file, or copy it anew",
            ),
            ErrorKind::NotADirectory => refuse(
                Code::EvidenceMissing,
                format!("`{path}` does not exist: a part of its path is a file"),
                "check the path",
            ),
            ErrorKind::InvalidFilename => refuse(
                Code::EvidenceMissing,
                format!(
                    "`{}` has a name that this system cannot hold",
                    shown(path.as_str())
                ),
                "shorten the name",
            ),
            _ => refuse(
                Code::EvidenceLinksOut,
                format!("`{path}` is a link that leads nowhere"),
                "put the file itself below the manifest's folder",
            ),
        })?;
    if !folders.hold(path, &real) {
        return Err(refuse(
            Code::EvidenceLinksOut,
            format!("`{path}` is a link that leads out of the manifest's folder"),
            "put the file itself below the manifest's folder; a pack never takes files from elsewhere",
        ));
    }
    plain_file(world, &real, path, field)?;
    Ok(real)
}

/// Refuses what is not a plain file of a size that can be taken.
fn plain_file(
    world: &dyn World,
    real: &Path,
    path: &EvidencePath,
    field: &str,
) -> Result<(), Box<Finding>> {
    let (code, message, help) = match world.kind(real) {
        Ok(Kind::File(size)) if size <= MAX_BYTES => return Ok(()),
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
            "ask for permission to read the file, or copy it anew",
        ),
    };
    Err(Box::new(Finding::at(code, field, message, help)))
}

/// A missing file; another one that differs in case or by a slip is named.
fn missing(world: &dyn World, folder: &Path, path: &EvidencePath, field: &str) -> Box<Finding> {
    let near_folder = folder
        .join(path.as_str())
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default();
    let found = world.files_below(&near_folder).unwrap_or_default();
    let itself = |found: &&crate::world::Found| found.path == path.file_name();
    if found.iter().any(|one| itself(&one)) {
        let message = format!("`{path}` is a link that leads nowhere");
        let help = "put the file itself below the manifest's folder";
        return Box::new(Finding::at(Code::EvidenceLinksOut, field, message, help));
    }
    let near = crate::diag::nearest::nearest(
        path.file_name(),
        found
            .iter()
            .map(|found| found.path.as_str())
            .filter(|path| !path.contains('/')),
    );
    let help = near.map_or_else(
        || {
            "put the file there, or correct the path; it counts from the folder of the manifest or sheet"
                .to_owned()
        },
        |near| {
            format!(
                "there is a file `{}` in that folder: correct the path, capitals included",
                shown(near)
            )
        },
    );
    Box::new(Finding::at(
        Code::EvidenceMissing,
        field,
        format!("`{path}` does not exist"),
        help,
    ))
}

fn reason(kind: ErrorKind) -> &'static str {
    if kind == ErrorKind::PermissionDenied {
        "you have no permission"
    } else {
        "the disk reports a fault"
    }
}

/// Two files whose names differ only by case would become one on Windows.
fn collisions(fields: &BTreeMap<&EvidencePath, Vec<String>>, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<String, &EvidencePath> = BTreeMap::new();
    for (path, fields) in fields {
        let folded = path.in_pack().to_lowercase();
        if let (Some(first), Some(field)) = (seen.get(&folded), fields.first()) {
            let message = format!("`{path}` and `{first}` would get one name in the pack");
            findings.push(Finding::at(
                Code::EvidenceNamesCollide,
                field.clone(),
                message,
                "rename one of the files",
            ));
        } else {
            seen.insert(folded, path);
        }
    }
}
