//! Compares models, versions, holders, numbers and dates in evidence with the manifest.
//!
//! A labelled value that differs is an error, and so is a certificate without its model or number. A difference that
//! may be right is a warning. If the text of a document was not read completely, a missing value is not reported: it
//! may be in the rest.

mod bill;
mod certificate;
mod claims;
mod company;
mod days;
mod grade;
mod kind;
mod labels;
mod laboratory;
mod mentions;
mod model;
mod party;
mod proof;
mod report;
mod saved;
mod spelling;
mod stamp;
mod stated;
mod terms;
mod text;
mod verdict;
mod verdict_words;
mod version;
mod words;

use clspack_words::fold;

use crate::diag::Finding;
use crate::domain::{Application, EvidenceKind, FieldPath, Role, field};
use crate::inspect::Paper;

use proof::Proof;
use text::Text;

pub use claims::Claim;
pub(super) use claims::claims;
pub use words::Words;

#[cfg(test)]
mod tests;

/// Returns true for a file with a purpose of its own, rather than evidence for answers alone.
pub(super) fn has_purpose(paper: &Paper<'_>) -> bool {
    let mut roles = paper.fields.iter().map(Role::of);
    roles.any(|role| role != Role::Answer)
}

/// Returns the findings for a file that is evidence for answers alone.
pub(super) fn of_file(application: &Application, paper: &Paper<'_>) -> Vec<Finding> {
    if has_purpose(paper) {
        return Vec::new();
    }
    let text = Text::of(&paper.facts.words);
    let proof = Proof::new(paper, &text, &paper.field());
    let mut findings: Vec<Finding> = mentions::in_name(application, paper).into_iter().collect();
    findings.extend(mentions::in_text(application, &proof));
    findings.extend(saved::finding(application, &proof));
    findings
}

/// Returns the findings for the files with a purpose: certificates, reports, lists.
pub(super) fn across(application: &Application, papers: &[Paper<'_>]) -> Vec<Finding> {
    let shown: Vec<&Paper<'_>> = papers.iter().filter(|paper| has_purpose(paper)).collect();
    let texts: Vec<Text<'_>> = shown
        .iter()
        .map(|paper| Text::of(&paper.facts.words))
        .collect();
    let shown: Vec<(&Paper<'_>, &Text<'_>)> = shown.into_iter().zip(&texts).collect();
    let mut findings = Vec::new();
    for (i, label) in application.labels.iter().enumerate() {
        let own = field!(labels[i]);
        let proofs = proofs(&shown, |field| field.is_within(&own));
        findings.extend(certificate::findings(application, i, label, &proofs));
    }
    for (paper, text) in &shown {
        findings.extend(of_paper(application, paper, text));
    }
    findings.extend(bill::findings(application, &shown));
    findings
}

/// Checks a file once for each field that names it.
fn of_paper(application: &Application, paper: &Paper<'_>, text: &Text<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for field in paper.fields {
        let role = Role::of(field);
        let proof = Proof::new(paper, text, field);
        findings.extend(kind::findings(&proof, role));
        findings.extend(match role {
            Role::Report => report::findings(application, &proof, true),
            Role::Evidence(EvidenceKind::BinaryScan | EvidenceKind::PenetrationTest) => {
                report::findings(application, &proof, false)
            }
            _ => Vec::new(),
        });
    }
    findings.extend(mentions::in_name(application, paper));
    let proof = Proof::new(paper, text, &paper.field());
    findings.extend(saved::finding(application, &proof));
    findings
}

fn proofs<'a>(
    papers: &[(&'a Paper<'a>, &'a Text<'a>)],
    is_named: impl Fn(&FieldPath) -> bool,
) -> Vec<Proof<'a>> {
    let proofs = papers.iter().filter_map(|(paper, text)| {
        let field = paper.fields.iter().find(|field| is_named(field))?;
        Some(Proof::new(paper, text, field))
    });
    proofs.collect()
}
