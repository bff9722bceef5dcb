//! Which documents an application needs, where each is in the pack, and which are uploaded.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::{EvidenceFile, Sha256};
use crate::plan::Plan;
use crate::render::{OfficeTemplate, Purpose};
use crate::rules::tables::DocumentKind;

/// The applicant's own templates, by the document that they make.
pub type OwnTemplates = BTreeMap<DocumentKind, Arc<OfficeTemplate>>;

/// A document that a plan needs, before it is rendered.
#[derive(Clone, Debug)]
pub struct NeededDocument {
    /// Its template.
    pub template: &'static str,
    /// What the form asks for with it; nothing for a document of our own.
    pub kind: Option<DocumentKind>,
    /// Where the rendered file is in the pack.
    pub path: String,
    /// Title and path of the file that is uploaded for it; nothing if it is not uploaded.
    pub upload: Option<(&'static str, String)>,
}

impl NeededDocument {
    /// Returns true if a signed copy is uploaded in place of the rendered file.
    pub fn is_signed(&self) -> bool {
        self.upload
            .as_ref()
            .is_some_and(|(_, path)| *path != self.path)
    }
}

/// What decides which documents a pack has, and where.
#[derive(Clone, Copy)]
pub struct DocumentOptions<'a> {
    /// The signed declaration, if it was taken in.
    pub signed: Option<&'a EvidenceFile>,
    /// The applicant's own templates.
    pub own: &'a OwnTemplates,
    /// The hash of the applicant's own template of the declaration.
    pub declared_on: Option<Sha256>,
    /// Whether the documents are final.
    pub purpose: Purpose,
}

impl<'a> DocumentOptions<'a> {
    /// Returns the applicant's own template of a document.
    pub(crate) fn own_template(&self, kind: Option<DocumentKind>) -> Option<&'a OfficeTemplate> {
        self.own.get(&kind?).map(Arc::as_ref)
    }
}

/// Returns the documents of a plan: a summary, a letter where a point is open, and what the form asks for.
pub fn needed_documents(plan: &Plan, options: &DocumentOptions<'_>) -> Vec<NeededDocument> {
    let inner = |template, path: &str| NeededDocument {
        template,
        kind: None,
        path: path.to_owned(),
        upload: None,
    };
    let mut needed = vec![inner("summary.html", "01-summary.pdf")];
    if !plan.questions.is_empty() {
        needed.push(inner("letter.html", "02-letter-to-csa.pdf"));
    }
    let forms = plan.form.iter().flat_map(|form| &form.documents);
    needed.extend(
        forms
            .enumerate()
            .map(|(i, kind)| of_form(i + 1, *kind, options)),
    );
    needed
}

fn of_form(number: usize, kind: DocumentKind, options: &DocumentOptions<'_>) -> NeededDocument {
    let (name, template) = match kind {
        DocumentKind::Declaration => ("declaration-of-conformity", "declaration.html"),
        DocumentKind::SupportingEvidence => ("supporting-evidence", "supporting-evidence.html"),
    };
    let own = options.own_template(Some(kind));
    let made = own.map_or("pdf", OfficeTemplate::extension);
    // A built-in draft is marked so that no program can take the mark out; a text document says it in its name, too.
    let name = match (own, options.purpose) {
        (Some(_), Purpose::Draft) => format!("{name}-DRAFT"),
        _ => name.to_owned(),
    };
    let signed = options.signed.filter(|_| kind == DocumentKind::Declaration);
    let uploaded = signed.map_or_else(|| made.to_owned(), |signed| signed.path.extension());
    let upload = format!("upload/{number:02}-{name}.{uploaded}");
    NeededDocument {
        template,
        kind: Some(kind),
        // What was signed is uploaded; what it was prepared from is kept.
        path: match signed {
            None => upload.clone(),
            Some(_) => format!("record/{name}-as-prepared.{made}"),
        },
        upload: Some((kind.title(), upload)),
    }
}

/// How the names of signed declarations begin.
const SIGNED: &str = "declaration-of-conformity.";
/// How the name of the prepared declaration begins.
const PREPARED: &str = "record/declaration-of-conformity-as-prepared.";

/// Returns the path of the signed declaration among the paths of a pack.
pub(crate) fn signed_copy<'p>(
    mut paths: impl Iterator<Item = &'p String> + Clone,
) -> Option<&'p String> {
    let is_prepared = paths.clone().any(|path| path.starts_with(PREPARED));
    let copy = paths.find(|path| {
        let name = path.strip_prefix("upload/").and_then(|name| name.get(3..));
        name.is_some_and(|name| name.starts_with(SIGNED))
    });
    copy.filter(|_| is_prepared)
}

/// Returns the path of a volume with pages of evidence, which follows the papers of the form. `part` is its place among
/// `n_parts`, counted from 1.
pub fn volume_path(plan: &Plan, purpose: Purpose, part: usize, n_parts: usize) -> String {
    let forms = plan.form.iter().flat_map(|form| &form.documents);
    let number = forms.count() + 1;
    let part = if n_parts == 1 {
        String::new()
    } else {
        format!("-{part}-of-{n_parts}")
    };
    // The pages of others are not marked as a draft; the name is.
    let draft = match purpose {
        Purpose::Final => "",
        Purpose::Draft => "-DRAFT",
    };
    format!("upload/{number:02}-evidence-pages{part}{draft}.pdf")
}
