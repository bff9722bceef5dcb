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
mod kind;
mod labels;
mod mentions;
mod model;
mod proof;
mod report;
mod spelling;
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

/// Returns what is wrong.
pub(super) fn findings(application: &Application, papers: &[Paper<'_>]) -> Vec<Finding> {
    let texts: Vec<Text<'_>> = papers
        .iter()
        .map(|paper| Text::of(&paper.facts.words))
        .collect();
    let papers: Vec<(&Paper<'_>, &Text<'_>)> = papers.iter().zip(&texts).collect();
    let mut findings = Vec::new();
    for (i, label) in application.labels.iter().enumerate() {
        let start = format!("labels[{i}].");
        let proofs = proofs(&papers, |field| field.starts_with(&start));
        findings.extend(certificate::findings(application, i, label, &proofs));
    }
    for (paper, text) in &papers {
        let mut is_mentioned_only = true;
        for field in paper.fields {
            let role = role(field);
            is_mentioned_only &= matches!(role, "provisions" | "lifecycle");
            let proof = Proof::new(paper, text, field);
            findings.extend(kind::findings(application, &proof, role));
            findings.extend(match role {
                "laboratory.report" => report::findings(application, &proof, true),
                "evidence.binary-scan" | "evidence.penetration-test" => {
                    report::findings(application, &proof, false)
                }
                _ => Vec::new(),
            });
        }
        findings.extend(mentions::in_name(application, paper));
        if is_mentioned_only {
            findings.extend(mentions::in_text(
                application,
                &Proof::new(paper, text, paper.field()),
            ));
        }
    }
    findings.extend(bill::findings(application, &papers));
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
