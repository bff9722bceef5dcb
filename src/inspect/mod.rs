//! Compares evidence with the manifest: other products, secrets, personal data, hidden and active content.
//!
//! There are two steps, since a batch uses one file in many products. [`Facts`] are found once per file, without a
//! manifest, and cached by content. [`of_file`] and [`across`] then compare them with one application. None opens a file.

mod hazards;
mod identity;
mod private;

use crate::diag::Finding;
use crate::domain::{Application, EvidencePath, FieldPath, Role};
use crate::look::{Hazard, Look};

pub use identity::{Claim, Words};
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
    /// True if the file says more than was kept to be compared with a manifest.
    pub is_cut: bool,
}

impl Facts {
    /// Finds the facts in what was read of a file. `extension` is the ending of its name in lower case. `role`
    /// decides how much of the text is kept.
    pub fn of(look: &Look, bytes: &[u8], extension: &str, role: Role) -> Self {
        let (exposures, may_have_more) = private::exposures(look, extension);
        let words = Words::of(look, bytes, extension, role);
        Self {
            hazards: look.hazards.clone(),
            exposures,
            is_cut: may_have_more || words.is_cut,
            words,
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

/// Returns what a certificate says about its label, by field.
pub fn claims(look: &Look, bytes: &[u8], extension: &str) -> Vec<Claim> {
    identity::claims(&Words::of(look, bytes, extension, Role::Label))
}

/// Compares the facts of one file with the application. Files can be compared side by side.
pub fn of_file(application: &Application, paper: &Paper<'_>) -> Vec<Finding> {
    let mut findings = hazards::findings(paper);
    findings.extend(private::findings(application, paper));
    findings.extend(identity::of_file(application, paper));
    findings
}

/// Returns true if [`across`] needs the facts of a file.
pub fn is_compared_across(paper: &Paper<'_>) -> bool {
    identity::has_purpose(paper)
}

/// Compares the files that together show something, such as the certificates of a label, with the application.
pub fn across(application: &Application, papers: &[Paper<'_>]) -> Vec<Finding> {
    identity::across(application, papers)
}
