//! What is read whole: the signed declaration, the applicant's own templates, and PDF files of which the
//! manifest names pages.

use std::collections::BTreeSet;

use crate::diag::{Code, Finding};
use crate::domain::{Application, EvidencePath, Exhibit, Sha256};
use crate::gather::{Evidence, Folders, OwnTemplate, SignedCopy, read};
use crate::pdftext::{self, PdfText, Unreadable};
use crate::world::{self, World};

/// The largest template that is read, in bytes.
const MAX_TEMPLATE: u64 = 20_000_000;

/// Compares the pages that answers name with the pages that there are.
pub(super) fn pages(
    world: &dyn World,
    folders: &Folders,
    application: &Application,
    evidence: &mut Evidence,
) {
    let files: BTreeSet<EvidencePath> = evidence
        .files
        .iter()
        .map(|file| file.path.clone())
        .collect();
    for (field, exhibit) in application.exhibits() {
        let Exhibit { path, pages } = exhibit;
        let is_there = files.contains(path);
        let Some(pages) = pages.as_ref().filter(|_| is_there) else {
            continue;
        };
        let at = |message: String, help: &str| {
            Finding::at(Code::EvidencePageMissing, field.clone(), message, help)
        };
        let fault = match n_pages(world, folders, path) {
            Some(n_pages) if (pages.last() as usize) <= n_pages => continue,
            Some(n_pages) => at(
                format!(
                    "`{path}` has no page {}; its last is {n_pages}",
                    pages.last()
                ),
                "count pages from 1 as a viewer does, not as they are printed",
            ),
            None => at(
                format!("the pages of `{path}` cannot be counted"),
                "name pages of PDF files only, or leave `pages` out",
            ),
        };
        evidence.findings.push(fault);
    }
}

fn n_pages(world: &dyn World, folders: &Folders, path: &EvidencePath) -> Option<usize> {
    if path.extension() != "pdf" {
        return None;
    }
    let bytes = world::read(world, &folders.join(path), pdftext::MAX_BYTES).ok()??;
    pdftext::n_pages(bytes).ok()
}

/// Reads the signed declaration: a PDF file, or a picture of the signed page.
pub(super) fn signed(
    world: &dyn World,
    folders: &Folders,
    application: &Application,
    evidence: &mut Evidence,
) {
    const FIELD: &str = "declaration.signed";
    let Some(path) = &application.declaration.signed else {
        return;
    };
    let (file, findings) = match read(world, folders, path, FIELD) {
        Ok(read) => read,
        Err(finding) => return evidence.findings.push(*finding),
    };
    if !findings.is_empty() {
        return evidence.findings.extend(findings);
    }
    let unusable =
        |message: String, help: &str| Finding::at(Code::SignedCopyUnusable, FIELD, message, help);
    let text = match path.extension().as_str() {
        "jpg" | "jpeg" | "png" => Ok(PdfText::default()),
        "pdf" => words(world, folders, path, file.sha256).map_err(|why| {
            let message = format!("`{path}` {why}");
            unusable(message, "print it to PDF anew, or scan the signed pages")
        }),
        _ => Err(unusable(
            format!("`{path}` is neither a PDF file nor a picture of the signed page"),
            "name the signed declaration as PDF, JPG or PNG",
        )),
    };
    match text {
        Ok(text) => evidence.signed = Some(SignedCopy { file, text }),
        Err(finding) => evidence.findings.push(finding),
    }
}

fn words(
    world: &dyn World,
    folders: &Folders,
    path: &EvidencePath,
    sha256: Sha256,
) -> Result<PdfText, &'static str> {
    let bytes = world::read(world, &folders.join(path), pdftext::MAX_BYTES)
        .map_err(|_| "cannot be read")?
        .ok_or("is larger than 50 MB")?;
    if Sha256::of(&bytes) != sha256 {
        return Err("changed while it was read");
    }
    pdftext::read(bytes).map_err(|why| match why {
        Unreadable::Broken => "is no PDF file that can be read",
        Unreadable::Bomb => "is packed in a way that is not read here: with several filters, or to far more than a document holds",
    })
}

/// Reads the applicant's own templates.
pub(super) fn templates(
    world: &dyn World,
    folders: &Folders,
    application: &Application,
    evidence: &mut Evidence,
) {
    for (field, path) in application.templates.paths() {
        let bytes = match read(world, folders, path, field) {
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
