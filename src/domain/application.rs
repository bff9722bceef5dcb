//! The application: what the applicant submits, as a whole.

use crate::domain::{
    Answer, Applicant, Date, EvidenceKind, EvidencePath, Label, Laboratory, Level, Product, Registration, Signatory,
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

    /// Returns every text that may reach a document, with the route of its field.
    pub fn texts(&self) -> Vec<(String, &str)> {
        let (applicant, product) = (&self.applicant, &self.product);
        let mut texts: Vec<(String, Option<&String>)> = vec![
            ("applicant.name".into(), applicant.name.as_ref()),
            ("applicant.address".into(), applicant.address.as_ref()),
            ("applicant.contact.name".into(), applicant.contact.name.as_ref()),
            ("applicant.contact.email".into(), applicant.contact.email.as_ref()),
            ("applicant.filed_by.name".into(), applicant.filed_by.as_ref().and_then(|filer| filer.name.as_ref())),
            ("product.brand".into(), product.brand.as_ref()),
            ("product.name".into(), product.name.as_ref()),
            ("product.hardware_version".into(), product.hardware_version.as_ref()),
            ("product.firmware_version".into(), product.firmware_version.as_ref()),
            ("product.url".into(), product.url.as_ref()),
            ("product.support.url".into(), product.support_url.as_ref()),
            ("product.vulnerability_disclosure".into(), product.vulnerability_disclosure.as_ref()),
            ("signatory.name".into(), self.signatory.name.as_ref()),
            ("signatory.title".into(), self.signatory.title.as_ref()),
            ("signatory.place".into(), self.signatory.place.as_ref()),
        ];
        if let Some(Registration::Abroad { number, .. }) = &applicant.registration {
            texts.push(("applicant.registration.number".into(), Some(number)));
        }
        texts.extend(product.models.iter().enumerate().map(|(i, model)| (format!("product.models[{i}]"), Some(model))));
        for (i, app) in product.companion_apps.iter().enumerate() {
            texts.push((format!("product.companion_apps[{i}].name"), app.name.as_ref()));
            texts.push((format!("product.companion_apps[{i}].version"), app.version.as_ref()));
        }
        for (i, label) in self.labels.iter().enumerate() {
            texts.push((format!("labels[{i}].number"), label.number.as_ref()));
            texts.push((format!("labels[{i}].firmware_version"), label.firmware_version.as_ref()));
            texts.extend(label.models.iter().enumerate().map(|(j, model)| (format!("labels[{i}].models[{j}]"), Some(model))));
        }
        if let Some(laboratory) = &self.laboratory {
            texts.push(("laboratory.name".into(), laboratory.name.as_ref()));
            texts.push(("laboratory.reference".into(), laboratory.reference.as_ref()));
        }
        for (section, answers) in [("provisions", &self.provisions), ("lifecycle", &self.lifecycle)] {
            texts.extend(answers.iter().map(|answer| (format!("{section}.{}.detail", answer.written), answer.detail.as_ref())));
        }
        let mut texts: Vec<(String, &str)> = texts.into_iter().filter_map(|(field, text)| Some((field, text?.as_str()))).collect();
        texts.extend(self.evidence_paths().into_iter().map(|(field, path)| (field, path.as_str())));
        texts
    }

    /// Returns the evidence of a kind.
    pub fn evidence_of(&self, kind: EvidenceKind) -> Option<&EvidencePath> {
        self.evidence.iter().find(|(other, _)| *other == kind).map(|(_, path)| path)
    }
}
