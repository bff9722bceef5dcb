//! From a plan to documents: view, then template, then page. Each document obeys the plan.

mod declares;
mod names;
mod office;
mod template;
mod view;

pub use office::{OfficeFault, OfficeTemplate};
pub use template::Templates;
pub use view::View;

use crate::domain::{Application, Date, EvidenceFile};
use crate::error::{Error, Result};
use crate::plan::Plan;
use crate::render::view::UploadView;
use crate::rules::tables::DocumentKind;
use crate::typeset::{self, Typesetter};

/// Whether documents are final or drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be signed and filed.
    Final,
    /// To be looked at: marked on every page, with what is missing spelt out.
    Draft,
}

/// One rendered file.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its path in the pack.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The documents of a plan.
#[derive(Clone, Debug)]
pub struct Documents {
    /// The files.
    pub files: Vec<Document>,
    /// The hash of what the declaration declares.
    pub declares: String,
}

/// Renders every document of a plan.
///
/// # Errors
/// A template is faulty, or a document cannot be typeset.
pub fn documents(
    plan: &Plan,
    application: &Application,
    files: &[EvidenceFile],
    purpose: Purpose,
    templates: &Templates,
) -> Result<Documents> {
    let forms = plan.form.iter().flat_map(|form| &form.documents);
    let papers: Vec<Paper> = forms
        .enumerate()
        .map(|(i, kind)| paper(i + 1, *kind))
        .collect();
    let mut view = View::new(plan, application, files, purpose);
    let upload = |paper: &Paper| UploadView {
        title: paper.title.to_owned(),
        path: paper.path.clone(),
    };
    view.uploads = papers.iter().map(upload).collect();
    let mut documents = vec![Document {
        path: "00-upload-sheet.html".to_owned(),
        bytes: templates.fill("upload-sheet.html", &view)?.into_bytes(),
    }];
    let mut typesetter = Typesetter::new();
    for Paper { path, template, .. } in papers {
        let bytes = pdf(
            template,
            &view,
            plan.on,
            purpose,
            templates,
            &mut typesetter,
        )?;
        documents.push(Document { path, bytes });
    }
    Ok(Documents {
        files: documents,
        declares: view.declares.hash,
    })
}

/// A paper to be uploaded.
struct Paper {
    title: &'static str,
    path: String,
    template: &'static str,
}

fn paper(number: usize, kind: DocumentKind) -> Paper {
    let (name, template) = match kind {
        DocumentKind::Declaration => ("declaration-of-conformity", "declaration.html"),
        DocumentKind::SupportingEvidence => ("supporting-evidence", "supporting-evidence.html"),
    };
    Paper {
        title: kind.title(),
        path: format!("upload/{number:02}-{name}.pdf"),
        template,
    }
}

fn pdf(
    template: &str,
    view: &View,
    on: Date,
    purpose: Purpose,
    templates: &Templates,
    typesetter: &mut Typesetter,
) -> Result<Vec<u8>> {
    let html = templates.fill(template, view)?;
    let mut document = typeset::markup::parse(&html).map_err(|faults| {
        let faults: Vec<_> = faults
            .iter()
            .map(|fault| {
                format!(
                    "{template}, once filled, line {} column {}: {}",
                    fault.line, fault.column, fault.message
                )
            })
            .collect();
        Error::Template(faults.join("\n"))
    })?;
    document.meta.date = date(on);
    document.meta.identifier = format!("{template} {}", view.declares.hash);
    document.meta.draft = (purpose == Purpose::Draft).then(|| "DRAFT".to_owned());
    typesetter
        .pdf(&document)
        .map_err(|error| Error::Document(format!("{template}: {error}")))
}

fn date(day: Date) -> Option<(u16, u8, u8)> {
    let (year, month, day) = day.parts();
    Some((
        u16::try_from(year).ok()?,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
    ))
}
