//! The application: what the applicant submits, as a whole.

use crate::domain::{
    Answer, Applicant, Date, EvidenceKind, EvidencePath, Label, Laboratory, Level, Product, Signatory,
};

/// What a manifest says, every value parsed.
///
/// A field that is missing or faulty is `None`, since a plan and a draft are made of what can be
/// read; the findings that come with it say what is wrong, and nothing without findings lacks a
/// required field.
#[derive(Clone, Debug, Default)]
pub struct Application {
    /// The level applied for; left out, the labels decide.
    pub level: Option<Level>,
    /// The intended day of submission.
    pub submission: Option<Date>,
    /// Who applies.
    pub applicant: Applicant,
    /// What the label is for.
    pub product: Product,
    /// Labels held under other schemes, in the manifest's order.
    pub labels: Vec<Label>,
    /// The laboratory, where there is one.
    pub laboratory: Option<Laboratory>,
    /// Answers to provisions, in the manifest's order.
    pub provisions: Vec<Answer>,
    /// Answers to lifecycle items, in the manifest's order.
    pub lifecycle: Vec<Answer>,
    /// Files that belong to the whole product.
    pub evidence: Vec<(EvidenceKind, EvidencePath)>,
    /// Who signs the declaration.
    pub signatory: Signatory,
}

impl Application {
    /// Returns every evidence path with the route of the field that names it, in a fixed order.
    pub fn evidence_paths(&self) -> Vec<(String, &EvidencePath)> {
        let mut paths = Vec::new();
        for (i, label) in self.labels.iter().enumerate() {
            for (j, path) in label.evidence.iter().enumerate() {
                paths.push((format!("labels[{i}].evidence[{j}]"), path));
            }
        }
        let report = self.laboratory.as_ref().and_then(|laboratory| laboratory.report.as_ref());
        paths.extend(report.map(|path| ("laboratory.report".to_owned(), path)));
        for (section, answers) in [("provisions", &self.provisions), ("lifecycle", &self.lifecycle)] {
            for answer in answers {
                for (j, path) in answer.evidence.iter().enumerate() {
                    paths.push((format!("{section}.{}.evidence[{j}]", answer.written), path));
                }
            }
        }
        for (kind, path) in &self.evidence {
            paths.push((format!("evidence.{kind}"), path));
        }
        paths
    }

    /// Returns the evidence of a kind.
    pub fn evidence_of(&self, kind: EvidenceKind) -> Option<&EvidencePath> {
        self.evidence.iter().find(|(other, _)| *other == kind).map(|(_, path)| path)
    }
}
