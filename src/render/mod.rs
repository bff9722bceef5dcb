//! From a plan to documents: view, then template, then page. Each document obeys the plan.

mod blanks;
mod complaint;
mod date;
mod declares;
mod exhibits;
mod fill;
mod includes;
mod kinds;
mod link;
mod lint;
mod names;
mod needed;
mod office;
mod opened;
mod sheets;
mod syntax;
mod template;
mod view;

pub use declares::{Declared, Part};
pub use exhibits::{Exhibits, Run, Sheet, Shown, Volume};
pub use lint::{as_written, lint};
pub(crate) use needed::signed_copy;
pub use needed::{DocumentOptions, NeededDocument, OwnTemplates, needed_documents, volume_path};
pub use office::OfficeTemplate;
pub use opened::{Opened, Opening};
pub use sheets::{Made as MadeSheets, Sheets};
pub(crate) use template::{CONTENTS, REPORT, WORKLIST};
pub use template::{Pictures, Templates};
pub use view::View;

use crate::diag::Finding;
use crate::domain::{Application, Date, EvidenceFile, Sha256};
use crate::error::Result;
use crate::plan::Plan;
use crate::render::fill::{Filling, Unset};
use crate::render::view::Upload;
use crate::rules::tables::DocumentKind;
use crate::typeset::Typesetter;

/// Whether documents are final or drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be signed and filed.
    Final,
    /// To be looked at: marked on every page, with what is missing spelt out.
    Draft,
}

/// What documents are made from.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The plan, which they obey.
    pub plan: &'a Plan,
    /// The declaration of that plan, which may have been prepared before the plan was settled.
    pub declaration: &'a Declaration,
    /// What is signed, what is the applicant's own, and whether the documents are final.
    pub options: DocumentOptions<'a>,
    /// The templates to fill.
    pub templates: &'a Templates,
    /// How the evidence is shown.
    pub exhibits: &'a Exhibits,
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

/// The declaration of a plan as it is before it is signed. Signed copies are compared with it, and the documents of the
/// pack are made of its view.
#[derive(Debug)]
pub struct Declaration {
    view: View,
    /// What it declares, made from HTML templates.
    declared: Declared,
}

impl Declaration {
    /// Prepares it.
    pub fn of(plan: &Plan, application: &Application, files: &[EvidenceFile]) -> Self {
        let mut view = View::undeclared(plan, application, files);
        view.settle(plan, Purpose::Final);
        let declared = Declared::of(&view);
        view.declare(&declared);
        Self { view, declared }
    }

    /// Returns what it declares. `template` is the hash of the applicant's own Word or PowerPoint template, if it is made
    /// from one.
    pub fn declared(&self, template: Option<Sha256>) -> Declared {
        self.declared.on(template)
    }

    /// Returns the view for the documents of its plan, which may have been settled since.
    fn settled(&self, plan: &Plan, purpose: Purpose, template: Option<Sha256>) -> View {
        let mut view = self.view.clone();
        view.settle(plan, purpose);
        view.declare(&self.declared(template));
        view
    }

    /// Makes it on HTML templates as if it was printed on another day. Only the day differs: what the rules of that day
    /// would say is not what is applied for.
    ///
    /// # Errors
    /// A template is faulty, or the declaration cannot be typeset.
    pub fn pdf(
        &self,
        on: Date,
        templates: &Templates,
        typesetter: &mut Typesetter,
    ) -> Result<Vec<u8>> {
        let mut view = self.view.clone();
        view.plan.on = on.to_string();
        let mut filling = Filling::of(&view, on, templates)?;
        Ok(filling.pdf("declaration.html", &Pictures::new(), typesetter)?)
    }
}

/// Opens a template of the applicant's own and looks for every fault in it.
///
/// # Errors
/// What is wrong with it.
pub fn own_template(
    file: &str,
    bytes: Vec<u8>,
) -> std::result::Result<OfficeTemplate, Vec<Finding>> {
    let template = OfficeTemplate::open(file, bytes)?;
    let mut faults = template.check(&Templates::sample(""));
    if faults.is_empty() {
        Ok(template)
    } else {
        faults.extend(template.warnings(false));
        Err(faults)
    }
}

/// Returns every name that a template may use, with its kind and an example, taken from the invented view.
pub fn names() -> Vec<(String, &'static str, String)> {
    let mut values = View::sample().values();
    values["template"] = "declaration 1".into();
    kinds::names(&values)
}

/// Returns why a template of the applicant's own cannot be filled for a draft; nothing if it can.
pub fn unfit_for_draft(
    own: &OfficeTemplate,
    plan: &Plan,
    declaration: &Declaration,
) -> Vec<Finding> {
    let view = declaration.settled(plan, Purpose::Draft, None);
    own.fill_draft(&view.values()).err().unwrap_or_default()
}

/// Returns the volumes with pages of evidence as files to upload. They go where Supporting Evidence goes.
fn volumes(plan: &Plan, exhibits: &Exhibits) -> impl Iterator<Item = Upload> {
    let many = plan.limit.as_ref().and_then(|limit| limit.many_files);
    let remark = match many {
        Some(true) => "",
        Some(false) => "this field takes one file only; send this one when CSA asks for it",
        None => "unconfirmed: no published source says whether this field takes more than one file",
    };
    let volumes = exhibits.volumes.iter();
    volumes.map(move |(path, bytes)| Upload {
        title: DocumentKind::SupportingEvidence.title(),
        path: path.clone(),
        bytes: *bytes,
        signed: false,
        remark: remark.to_owned(),
    })
}

/// Renders every document of a plan. A typesetter that is kept for many plans has its fonts read already.
///
/// # Errors
/// A template is faulty, or a document cannot be typeset.
pub fn documents(request: &Request<'_>, typesetter: &mut Typesetter) -> Result<Documents> {
    let Request {
        plan,
        declaration,
        options,
        templates,
        exhibits,
    } = *request;
    let mut view = declaration.settled(plan, options.purpose, options.declared_on);
    let mut exhibits = exhibits.clone();
    view.exhibit(&exhibits);
    let mut filling = Filling::of(&view, plan.on, templates)?;
    let mut documents = Vec::new();
    let mut uploads = Vec::new();
    for needed in needed_documents(plan, &options) {
        let bytes = loop {
            let made = match options.own_template(needed.kind) {
                Some(own) => filling.office(own).map_err(Unset::from),
                None => filling.pdf(needed.template, &exhibits.pictures, typesetter),
            };
            match made {
                Err(Unset::Picture { name, reason }) => {
                    exhibits.leave_out(&name, &reason);
                    view.exhibit(&exhibits);
                    filling = Filling::of(&view, plan.on, templates)?;
                }
                made => break made?,
            }
        };
        uploads.extend(needed.upload.as_ref().map(|(title, path)| Upload {
            title,
            path: path.clone(),
            bytes: match options.signed.filter(|_| needed.is_signed()) {
                Some(signed) => signed.size,
                None => bytes.len() as u64,
            },
            signed: needed.is_signed(),
            remark: String::new(),
        }));
        documents.push(Document {
            path: needed.path,
            bytes,
        });
    }
    uploads.extend(volumes(plan, &exhibits));
    view.upload(&uploads, plan.limit.as_ref().map(|limit| limit.bytes));
    documents.push(Document {
        path: "00-upload-sheet.html".to_owned(),
        bytes: filling.upload_sheet(&view)?.into_bytes(),
    });
    Ok(Documents {
        files: documents,
        declares: view.declares.hash,
    })
}
