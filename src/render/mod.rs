//! From a plan to documents: view, then template, then page. Each document obeys the plan.

mod blanks;
mod date;
mod declares;
mod kinds;
mod lint;
mod names;
mod office;
mod papers;
mod template;
mod view;

use std::fmt::Write as _;

pub use declares::{Declared, Part};
pub use lint::{TemplateFault, as_written, lint};
pub use office::{OfficeFault, OfficeTemplate};
pub use papers::{Having, OwnTemplates, Paper, papers};
pub(crate) use template::REPORT;
pub use template::{Pictures, Templates};
pub use view::View;

use crate::diag::{Code, Finding, Place, Severity};
use crate::domain::{Application, Date, EvidenceFile, Sha256};
use crate::error::{Error, Result};
use crate::plan::Plan;
use crate::render::view::Upload;
use crate::typeset::{self, PdfError, Typesetter};

/// Whether documents are final or drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be signed and filed.
    Final,
    /// To be looked at: marked on every page, with what is missing spelt out.
    Draft,
}

/// The most that a template may fill to, in bytes; a paper of thousands of pages is a slip of a loop.
const MAX_HTML: usize = 8_000_000;

/// The program that a document names as its maker.
const PRODUCER: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// What documents are made from.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The plan, which they obey.
    pub plan: &'a Plan,
    /// The application.
    pub application: &'a Application,
    /// The evidence.
    pub files: &'a [EvidenceFile],
    /// What is signed, what is the applicant's own, and whether the papers are final.
    pub having: Having<'a>,
    /// The templates to fill.
    pub templates: &'a Templates,
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

/// Returns what the declaration of a plan declares, made from HTML templates.
pub fn declared(plan: &Plan, application: &Application, files: &[EvidenceFile]) -> Declared {
    declared_on(None, plan, application, files)
}

/// Returns what the declaration of a plan declares, made from the applicant's own Word or PowerPoint template of this
/// hash if there is one.
pub fn declared_on(
    template: Option<Sha256>,
    plan: &Plan,
    application: &Application,
    files: &[EvidenceFile],
) -> Declared {
    let view = View::new(plan, application, files, Purpose::Final);
    Declared::of(&view, template)
}

/// Makes the declaration of a plan on HTML templates, as it is before it is signed.
///
/// # Errors
/// A template is faulty, or the declaration cannot be typeset.
pub fn declaration(
    plan: &Plan,
    application: &Application,
    files: &[EvidenceFile],
    templates: &Templates,
    typesetter: &mut Typesetter,
) -> Result<Vec<u8>> {
    let own = OwnTemplates::new();
    let having = Having {
        signed: None,
        own: &own,
        declared_on: None,
        purpose: Purpose::Final,
    };
    let request = Request {
        plan,
        application,
        files,
        having,
        templates,
    };
    let view = View::new(plan, application, files, Purpose::Final);
    pdf("declaration.html", &view, plan.on, &request, typesetter)
}

/// Opens a template of the applicant's own and looks for every fault in it.
///
/// # Errors
/// What is wrong with it.
pub fn own_template(
    name: &str,
    bytes: Vec<u8>,
) -> std::result::Result<OfficeTemplate, Vec<OfficeFault>> {
    let template = OfficeTemplate::open(name, bytes)?;
    let mut faults = template.check(&Templates::value(&View::sample(), ""));
    if faults.is_empty() {
        Ok(template)
    } else {
        faults.extend(template.warnings(false));
        Err(faults)
    }
}

/// Returns every name that a template may use, with its kind and an example, taken from the invented view.
pub fn names() -> Vec<(String, &'static str, String)> {
    kinds::names(&Templates::value(&View::sample(), "declaration 1"))
}

/// Returns why a template of the applicant's own cannot be filled for a draft; nothing if it can.
pub fn unfit_for_draft(
    own: &OfficeTemplate,
    plan: &Plan,
    application: &Application,
    files: &[EvidenceFile],
) -> Vec<OfficeFault> {
    let view = View::new(plan, application, files, Purpose::Draft);
    let filled = own.fill_draft(&Templates::value(&view, ""));
    filled.err().unwrap_or_default()
}

/// Returns findings of what was found in a template of the applicant's own, at the place that names it.
pub fn findings(faults: &[OfficeFault], place: &Place) -> Vec<Finding> {
    let finding = |fault: &OfficeFault| {
        let shown = OfficeFault {
            code: Code::TemplateUnusable,
            ..fault.clone()
        };
        let message = shown.to_string();
        let (message, help) = match message.rsplit_once("; ") {
            Some((message, help)) if fault.code.severity() == Severity::Warning => (message, help),
            _ => (
                message.as_str(),
                "correct it in the template; `clspack templates check FILE` lists every fault",
            ),
        };
        Finding::new(fault.code, place.clone(), message, help)
    };
    faults.iter().map(finding).collect()
}

/// Renders every document of a plan. A typesetter that is kept for many plans has its fonts read already.
///
/// # Errors
/// A template is faulty, or a document cannot be typeset.
pub fn documents(request: &Request<'_>, typesetter: &mut Typesetter) -> Result<Documents> {
    let Request {
        plan,
        application,
        files,
        having,
        templates,
    } = *request;
    let mut view = View::new(plan, application, files, having.purpose);
    if having.declared_on.is_some() {
        view.declare(having.declared_on);
    }
    let mut documents = Vec::new();
    let mut uploads = Vec::new();
    for paper in papers(plan, &having) {
        let bytes = match having.own_template(paper.kind) {
            Some(own) => filled(own, &view)?,
            None => pdf(paper.template, &view, plan.on, request, typesetter)?,
        };
        uploads.extend(paper.upload.as_ref().map(|(title, path)| Upload {
            title,
            path: path.clone(),
            bytes: match having.signed.filter(|_| paper.is_signed()) {
                Some(signed) => signed.size,
                None => bytes.len() as u64,
            },
            signed: paper.is_signed(),
        }));
        documents.push(Document {
            path: paper.path,
            bytes,
        });
    }
    view.upload(&uploads, plan.limit.as_ref().map(|limit| limit.bytes));
    documents.push(Document {
        path: "00-upload-sheet.html".to_owned(),
        bytes: templates.fill("upload-sheet.html", &view)?.into_bytes(),
    });
    Ok(Documents {
        files: documents,
        declares: view.declares.hash,
    })
}

/// Fills a template of the applicant's own.
fn filled(own: &OfficeTemplate, view: &View) -> Result<Vec<u8>> {
    let values = Templates::value(view, "");
    let filled = if view.draft {
        own.fill_draft(&values)
    } else {
        own.fill(&values)
    };
    filled.map_err(|faults| {
        let faults: Vec<_> = faults.iter().map(ToString::to_string).collect();
        Error::Template(faults.join("\n"))
    })
}

fn pdf(
    template: &str,
    view: &View,
    on: Date,
    request: &Request<'_>,
    typesetter: &mut Typesetter,
) -> Result<Vec<u8>> {
    let mut html = request.templates.fill(template, view)?;
    if view.draft {
        html = with_glyphs(html);
    }
    if html.len() > MAX_HTML {
        let message = format!(
            "{template}: filled, it is larger than {} MB",
            MAX_HTML / 1_000_000
        );
        return Err(Error::Template(message));
    }
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
    document.pictures.clone_from(request.templates.pictures());
    document.meta.date = date(on);
    document.meta.producer = Some(PRODUCER.to_owned());
    document.meta.identifier = format!("{template} {}", view.declares.hash);
    document.meta.draft = (request.having.purpose == Purpose::Draft).then(|| "DRAFT".to_owned());
    typesetter.pdf(&document).map_err(|error| match error {
        PdfError::Picture { .. } => Error::Template(format!("{template}: {error}")),
        _ => Error::Document(format!("{template}: {error}")),
    })
}

/// Writes characters that no font can draw by their numbers. A draft shows what is wrong with it; a final document
/// is never made from such a text.
fn with_glyphs(text: String) -> String {
    if typeset::fonts::first_missing(&text).is_none() {
        return text;
    }
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if typeset::fonts::covers(c) {
            shown.push(c);
        } else {
            let _ = write!(shown, "[U+{:04X}]", u32::from(c));
        }
    }
    shown
}

fn date(day: Date) -> Option<(u16, u8, u8)> {
    let (year, month, day) = day.parts();
    Some((
        u16::try_from(year).ok()?,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
    ))
}
