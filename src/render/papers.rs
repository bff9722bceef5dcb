//! Which papers an application needs, where each lies in the pack, and which are uploaded.

use crate::domain::EvidenceFile;
use crate::plan::Plan;
use crate::rules::tables::DocumentKind;

/// A paper of the pack.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Its template.
    pub template: &'static str,
    /// Where the rendered file lies in the pack.
    pub path: String,
    /// Title and path of the file that is uploaded for it; nothing if it is not uploaded.
    pub upload: Option<(&'static str, String)>,
}

impl Paper {
    /// Returns true if a signed copy is uploaded in place of the rendered file.
    pub fn is_signed(&self) -> bool {
        self.upload
            .as_ref()
            .is_some_and(|(_, path)| *path != self.path)
    }
}

/// Returns the papers of a plan: a summary, a letter where a point is open, and what the form asks for.
pub fn papers(plan: &Plan, signed: Option<&EvidenceFile>) -> Vec<Paper> {
    let inner = |template, path: &str| Paper {
        template,
        path: path.to_owned(),
        upload: None,
    };
    let mut papers = vec![inner("summary.html", "01-summary.pdf")];
    if !plan.questions.is_empty() {
        papers.push(inner("letter.html", "02-letter-to-csa.pdf"));
    }
    let forms = plan.form.iter().flat_map(|form| &form.documents);
    papers.extend(
        forms
            .enumerate()
            .map(|(i, kind)| of_form(i + 1, *kind, signed)),
    );
    papers
}

fn of_form(number: usize, kind: DocumentKind, signed: Option<&EvidenceFile>) -> Paper {
    let (name, template) = match kind {
        DocumentKind::Declaration => ("declaration-of-conformity", "declaration.html"),
        DocumentKind::SupportingEvidence => ("supporting-evidence", "supporting-evidence.html"),
    };
    let path = format!("upload/{number:02}-{name}.pdf");
    match signed.filter(|_| kind == DocumentKind::Declaration) {
        None => Paper {
            template,
            upload: Some((kind.title(), path.clone())),
            path,
        },
        // What was signed is uploaded; what it was prepared from is kept.
        Some(signed) => Paper {
            template,
            path: format!("record/{name}-as-prepared.pdf"),
            upload: Some((
                kind.title(),
                format!("upload/{number:02}-{name}.{}", signed.path.extension()),
            )),
        },
    }
}
