//! Whose paper it is: models, versions, holders, numbers and days that evidence names, beside those of the manifest.
//!
//! A value that a paper gives behind a label and that differs is an error; so is a certificate without the model
//! or number that it should be for. What may be right nevertheless is a warning. A paper whose text could not be
//! read to its end is not blamed for what was not found in it.

mod bill;
mod certificate;
mod company;
mod days;
mod fold;
mod grade;
mod kind;
mod labels;
mod mentions;
mod model;
mod party;
mod proof;
mod report;
mod spelling;
mod stamp;
mod terms;
mod text;
mod verdict;
mod version;
mod words;

use crate::diag::Finding;
use crate::domain::Application;
use crate::inspect::{Paper, role};

use proof::Proof;
use text::Text;

pub use words::Words;

#[cfg(test)]
mod tests;

/// Returns what is wrong.
pub(super) fn findings(application: &Application, papers: &[Paper<'_>]) -> Vec<Finding> {
    let (shown, others): (Vec<&Paper<'_>>, Vec<&Paper<'_>>) = papers.iter().partition(|paper| {
        let mut roles = paper.fields.iter().map(|field| role(field));
        roles.any(|role| !matches!(role, "provisions" | "lifecycle"))
    });
    let texts: Vec<Text<'_>> = shown
        .iter()
        .map(|paper| Text::of(&paper.facts.words))
        .collect();
    let shown: Vec<(&Paper<'_>, &Text<'_>)> = shown.into_iter().zip(&texts).collect();
    let mut findings = Vec::new();
    for (i, label) in application.labels.iter().enumerate() {
        let start = format!("labels[{i}].");
        let proofs = proofs(&shown, |field| field.starts_with(&start));
        findings.extend(certificate::findings(application, i, label, &proofs));
    }
    for (paper, text) in &shown {
        findings.extend(of_paper(application, paper, text));
    }
    // There may be many, so no more than one of these texts is in memory.
    for paper in others {
        let text = Text::of(&paper.facts.words);
        let proof = Proof::new(paper, &text, paper.field());
        findings.extend(mentions::in_name(application, paper));
        findings.extend(mentions::in_text(application, &proof));
    }
    findings.extend(bill::findings(application, &shown));
    findings
}

/// Returns what is wrong with a file for each of the fields that name it.
fn of_paper(application: &Application, paper: &Paper<'_>, text: &Text<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for field in paper.fields {
        let role = role(field);
        let proof = Proof::new(paper, text, field);
        findings.extend(kind::findings(&proof, role));
        findings.extend(match role {
            "laboratory.report" => report::findings(application, &proof, true),
            "evidence.binary-scan" | "evidence.penetration-test" => {
                report::findings(application, &proof, false)
            }
            _ => Vec::new(),
        });
    }
    findings.extend(mentions::in_name(application, paper));
    findings
}

/// Returns the papers that a field names.
fn proofs<'a>(
    papers: &[(&'a Paper<'a>, &'a Text<'a>)],
    is_named: impl Fn(&str) -> bool,
) -> Vec<Proof<'a>> {
    let proofs = papers.iter().filter_map(|(paper, text)| {
        let field = paper.fields.iter().find(|field| is_named(field))?;
        Some(Proof::new(paper, text, field))
    });
    proofs.collect()
}
