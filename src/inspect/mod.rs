//! Compares evidence with the manifest: other products, secrets, personal data, hidden and active content.
//!
//! There are two steps, since a batch uses one file in many products. [`Facts`] are found once per file, without a
//! manifest, and cached by content. [`findings`] then compares them with one application. Neither opens a file.

mod hazards;
mod identity;
mod private;

use crate::diag::Finding;
use crate::domain::{Application, EvidencePath, FieldPath, Role};
use crate::look::{Hazard, Look};

pub use identity::Words;
pub use private::{Exposure, hidden, in_remarks, in_texts};

/// What one file contains, before it is compared with an application.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Active and hidden content.
    pub hazards: Vec<Hazard>,
    /// Secrets and personal data.
    pub exposures: Vec<Exposure>,
    /// What it says about a product.
    pub words: Words,
}

impl Facts {
    /// Finds the facts in what was read of a file. `extension` is the ending of its name in lower case. `role`
    /// decides how much of the text is kept.
    pub fn of(look: &Look, bytes: &[u8], extension: &str, role: Role) -> Self {
        Self {
            hazards: look.hazards.clone(),
            exposures: private::exposures(look, extension),
            words: Words::of(look, bytes, extension, role),
        }
    }

    /// Drops what the file says about a product: the text of a damaged file proves nothing.
    pub fn forget_words(&mut self) {
        self.words = Words::default();
    }

    /// Returns about how many bytes of memory the facts take, for the limit of the cache.
    pub fn weight(&self) -> usize {
        100 * (self.hazards.len() + self.exposures.len()) + self.words.weight()
    }
}

/// A file of evidence with the fields that name it and its facts.
#[derive(Clone, Copy, Debug)]
pub struct Paper<'a> {
    /// The file.
    pub path: &'a EvidencePath,
    /// The fields that name it. Findings are reported at the first.
    pub fields: &'a [FieldPath],
    /// What it contains.
    pub facts: &'a Facts,
}

impl Paper<'_> {
    /// Returns the field that names it in a role.
    fn field_of(&self, role: Role) -> Option<&FieldPath> {
        self.fields.iter().find(|field| Role::of(field) == role)
    }

    /// Returns the field at which findings are reported.
    pub fn field(&self) -> FieldPath {
        self.fields.first().cloned().unwrap_or_default()
    }
}

/// Compares the facts of the files with the application.
pub fn findings(application: &Application, papers: &[Paper<'_>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for paper in papers {
        findings.extend(hazards::findings(paper));
        findings.extend(private::findings(application, paper));
    }
    findings.extend(identity::findings(application, papers));
    findings
}
