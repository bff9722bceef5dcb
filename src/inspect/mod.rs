//! What evidence says, held against the manifest: other products, secrets, data of persons, hidden and active content.
//!
//! What is in a file is found once, without a manifest, and remembered by its content ([`Facts`]). What that
//! means for an application is found later ([`findings`]). Neither opens a file.

mod hazards;
mod identity;
mod private;

use crate::diag::Finding;
use crate::domain::{Application, EvidencePath};
use crate::look::{Hazard, Look};

pub use identity::Words;
pub use private::{Exposure, hidden, in_remarks, in_texts};

/// What one file holds that an application may have to answer for.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Active and hidden content.
    pub hazards: Vec<Hazard>,
    /// Secrets and data of persons.
    pub exposures: Vec<Exposure>,
    /// What it says of a product.
    pub words: Words,
}

impl Facts {
    /// Finds them in what was read of a file. `extension` is that of its name, in lower case; `field` the one of
    /// those that name the file by which it is judged.
    pub fn of(look: &Look, bytes: &[u8], extension: &str, field: &str) -> Self {
        Self {
            hazards: look.hazards.clone(),
            exposures: private::exposures(look, extension),
            words: Words::of(look, bytes, extension, field),
        }
    }

    /// Drops what it says of a product.
    pub fn forget_words(&mut self) {
        self.words = Words::default();
    }

    /// Returns about how many bytes of memory they take.
    pub fn weight(&self) -> usize {
        100 * (self.hazards.len() + self.exposures.len()) + self.words.weight()
    }
}

/// Returns for what a field names a file: the field without the numbers and provisions in it.
pub fn role(field: &str) -> &str {
    let ends = field.find(['[', '.']).unwrap_or(field.len());
    match &field[..ends] {
        "evidence" | "laboratory" => field,
        section => section,
    }
}

/// A file of evidence, for what it is named, and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct Paper<'a> {
    /// The file.
    pub path: &'a EvidencePath,
    /// The fields that name it; the first is where its findings are.
    pub fields: &'a [String],
    /// What it holds.
    pub facts: &'a Facts,
}

impl Paper<'_> {
    /// Returns the field at which its findings are.
    pub fn field(&self) -> &str {
        self.fields.first().map_or("", String::as_str)
    }
}

/// Holds what the files say against the application.
pub fn findings(application: &Application, papers: &[Paper<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for paper in papers {
        findings.extend(hazards::findings(paper));
        findings.extend(private::findings(application, paper));
    }
    findings.extend(identity::findings(application, papers));
    findings
}
