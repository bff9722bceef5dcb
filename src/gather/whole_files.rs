//! Files that are read whole: the signed declaration, the applicant's own templates, and PDF files with named pages.

use std::collections::BTreeMap;
use std::path::Path;

use crate::diag::{Code, Finding, Severity};
use crate::domain::{Application, EvidencePath, Exhibit, Sha256, SignedDeclaration};
use crate::gather::{Evidence, Folders, OwnTemplate, SignedCopy, SignedPdf, read};
use crate::pdf::{self, Unreadable};
use crate::world::{self, World};

/// The largest template that is read, in bytes.
const MAX_TEMPLATE: u64 = 20_000_000;
/// How many earlier states of a signed file are read.
const MAX_STATES: usize = 4;
/// What to do about a locked signed declaration. Removing the lock would invalidate a digital signature.
const UNLOCK: &str = "ask the signing service for a copy without protection; or print the signed document, scan it, and state what it was signed for in `signed_for`";

/// Compares the pages that the manifest names with the pages of the file.
pub(super) fn pages(
    application: &Application,
    n_pages: &BTreeMap<&EvidencePath, usize>,
    evidence: &mut Evidence,
) {
    for (field, exhibit) in application.exhibits() {
        let Exhibit { path, pages, .. } = exhibit;
        let found = evidence.files.binary_search_by(|file| file.path.cmp(path));
        let Some(pages) = pages.as_ref().filter(|_| found.is_ok()) else {
            continue;
        };
        let at = |message: String, help: &str| {
            Finding::at(Code::EvidencePageMissing, &field, message, help)
        };
        let fault = match n_pages.get(path) {
            Some(n_pages) if (pages.last() as usize) <= *n_pages => continue,
            // The file does not open at all, and has a finding.
            Some(0) => continue,
            Some(n_pages) => at(
                format!(
                    "`{path}` has no page {}; its last is {n_pages}",
                    pages.last()
                ),
                "count pages from 1 as a viewer does, not as they are printed",
            ),
            None if path.extension() == "pdf" => at(
                format!("`{path}` is too large to count its pages"),
                "make the file smaller, or remove `pages`",
            ),
            None => at(
                format!("`{path}` has no pages that can be counted"),
                "name pages of PDF files only, or remove `pages`",
            ),
        };
        evidence.findings.push(fault);
    }
}

/// Reads the signed declaration: a PDF file, or a picture of the signed page.
pub(super) fn signed(
    world: &dyn World,
    folders: &Folders,
    application: &Application,
    evidence: &mut Evidence,
) {
    if let Some(path) = application.declaration.signed.as_ref() {
        evidence.signed = signed_copy(world, folders, path, &mut evidence.findings);
    }
}

/// Reads a file of a folder that may be a signed copy. Returns what is wrong with it, too.
pub fn copy_in(
    world: &dyn World,
    folder: &Path,
    path: &EvidencePath,
) -> (Option<SignedCopy>, Vec<Finding>) {
    let folders = Folders::new(folder.to_path_buf()).looked_up(world);
    let mut findings = Vec::new();
    let copy = signed_copy(world, &folders, path, &mut findings);
    (copy, findings)
}

/// Reads a signed copy, and adds what is wrong with the file to `findings`.
fn signed_copy(
    world: &dyn World,
    folders: &Folders,
    path: &EvidencePath,
    findings: &mut Vec<Finding>,
) -> Option<SignedCopy> {
    let (file, found) = match read(world, folders, path, &SignedDeclaration::field()) {
        Ok(read) => read,
        Err(finding) => {
            findings.push(*finding);
            return None;
        }
    };
    let is_faulty = (found.iter()).any(|finding| finding.severity() == Severity::Error);
    findings.extend(found.into_iter().map(unlocked_elsewhere));
    if is_faulty {
        return None;
    }
    match content(world, folders, path, file.sha256) {
        Ok(pdf) => Some(SignedCopy { file, pdf }),
        Err(finding) => {
            findings.push(*finding);
            None
        }
    }
}

/// Returns the content of a signed PDF file; nothing for a picture.
fn content(
    world: &dyn World,
    folders: &Folders,
    path: &EvidencePath,
    sha256: Sha256,
) -> Result<Option<SignedPdf>, Box<Finding>> {
    let unusable = |message: String, help: &str| {
        let field = SignedDeclaration::field();
        Box::new(Finding::at(Code::SignedCopyUnusable, field, message, help))
    };
    match path.extension().as_str() {
        "jpg" | "jpeg" | "png" => Ok(None),
        "pdf" => match bytes(world, folders, path, sha256) {
            Ok(bytes) => signed_pdf(&bytes)
                .map(Some)
                .map_err(|why| Box::new(refused(path, why))),
            Err(why) => Err(unusable(
                format!("`{path}` {why}"),
                "ask the signatory for the file again, or scan the signed pages",
            )),
        },
        _ => Err(unusable(
            format!("`{path}` is neither a PDF file nor a picture of the signed page"),
            "name the signed declaration as PDF, JPG or PNG",
        )),
    }
}

fn bytes(
    world: &dyn World,
    folders: &Folders,
    path: &EvidencePath,
    sha256: Sha256,
) -> Result<Vec<u8>, &'static str> {
    let bytes = world::read(world, &folders.join(path), pdf::MAX_BYTES)
        .map_err(|_| "cannot be read")?
        .ok_or("is larger than 50 MB")?;
    if Sha256::of(&bytes) != sha256 {
        return Err("changed while it was read");
    }
    Ok(bytes)
}

/// Reads a signed PDF file, and its state at each of its signatures.
fn signed_pdf(bytes: &[u8]) -> Result<SignedPdf, Unreadable> {
    let pdf = pdf::read_closely(bytes)?;
    let mut n_read = 0;
    let state = |signature: &pdf::Signature| {
        if signature.bytes_after == 0 {
            return None;
        }
        n_read += 1;
        let after = usize::try_from(signature.bytes_after).unwrap_or(usize::MAX);
        let covered = bytes.get(..bytes.len().saturating_sub(after));
        let covered = covered.filter(|_| n_read <= MAX_STATES);
        Some(
            covered
                .and_then(|covered| pdf::read_closely(covered).ok())
                .unwrap_or_default(),
        )
    };
    let states = pdf.signatures.iter().map(state).collect();
    Ok(SignedPdf { pdf, states })
}

/// Reports why a signed PDF file cannot be read.
fn refused(path: &EvidencePath, why: Unreadable) -> Finding {
    let (code, message, help) = match why {
        Unreadable::Locked => (
            Code::EvidenceEncrypted,
            format!("`{path}` is locked by a password or by rights"),
            UNLOCK,
        ),
        Unreadable::Broken => (
            Code::SignedCopyUnusable,
            format!("`{path}` is no PDF file that can be read"),
            "ask the signatory for the file again, or scan the signed pages",
        ),
        Unreadable::Bound => (
            Code::SignedCopyUnusable,
            format!("`{path}` is larger when unpacked than a document is"),
            "scan the signed pages, or ask the signatory for a smaller file",
        ),
    };
    Finding::at(code, SignedDeclaration::field(), message, help)
}

/// Changes the help: removing the lock from a signed file invalidates its signature.
fn unlocked_elsewhere(finding: Finding) -> Finding {
    match finding.code {
        Code::EvidenceEncrypted => Finding {
            help: UNLOCK.to_owned(),
            ..finding
        },
        _ => finding,
    }
}

/// Reads the applicant's own templates.
pub(super) fn templates(
    world: &dyn World,
    folders: &Folders,
    application: &Application,
    evidence: &mut Evidence,
) {
    for (field, path) in application.templates.paths() {
        let bytes = match read(world, folders, path, &field) {
            Ok((_, findings)) if !findings.is_empty() => {
                evidence.findings.extend(findings);
                continue;
            }
            Ok(_) => world::read(world, &folders.join(path), MAX_TEMPLATE),
            Err(finding) => {
                evidence.findings.push(*finding);
                continue;
            }
        };
        match bytes {
            Ok(Some(bytes)) => evidence.templates.push(OwnTemplate {
                field,
                path: path.clone(),
                bytes,
            }),
            Ok(None) | Err(_) => evidence.findings.push(Finding::at(
                Code::TemplateUnusable,
                field,
                format!("`{path}` cannot be read, or is larger than 20 MB"),
                "make the pictures in it smaller",
            )),
        }
    }
}
