//! What the declaration declares, as one hash: a signature stands for this content and no other.

use serde::Serialize;

use crate::domain::Sha256;
use crate::render::view::{
    ApplicantView, EvidenceView, LabelView, LaboratoryView, ProductView, ProvisionView,
    SignatoryView,
};

/// Everything that the declaration prints of the applicant's own, in a fixed order. The day for which
/// it is printed, the fee and the open questions are not the applicant's to declare.
#[derive(Serialize)]
pub(crate) struct Declared<'a> {
    pub(crate) format: u8,
    pub(crate) form: &'a str,
    pub(crate) level: &'a str,
    pub(crate) applicant: &'a ApplicantView,
    pub(crate) product: &'a ProductView,
    pub(crate) labels: &'a [LabelView],
    pub(crate) laboratory: Option<&'a LaboratoryView>,
    pub(crate) provisions: [&'a [ProvisionView]; 3],
    pub(crate) evidence: &'a [EvidenceView],
    pub(crate) signatory: &'a SignatoryView,
}

impl Declared<'_> {
    /// Returns the hash.
    pub(crate) fn hash(&self) -> Sha256 {
        // Texts, numbers and lists always serialise.
        Sha256::of(serde_json::to_string(self).unwrap_or_default().as_bytes())
    }
}
