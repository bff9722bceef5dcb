//! A document that should show a value in the manifest.

use crate::diag::{Code, Finding, Told};
use crate::domain::FieldPath;
use crate::domain::text::shown;
use crate::inspect::Paper;
use crate::inspect::identity::labels::Kind;
use crate::inspect::identity::text::{Labelled, Text};
use crate::look::InFile;

/// A document, for one of the fields that name it.
#[derive(Clone, Debug)]
pub(super) struct Proof<'a> {
    pub(super) paper: &'a Paper<'a>,
    pub(super) text: &'a Text<'a>,
    pub(super) labelled: Vec<Labelled<'a>>,
    pub(super) field: FieldPath,
}

impl<'a> Proof<'a> {
    pub(super) fn new(paper: &'a Paper<'a>, text: &'a Text<'a>, field: &FieldPath) -> Self {
        Self {
            paper,
            text,
            labelled: text.labelled(),
            field: field.clone(),
        }
    }

    /// Returns the values with a label of this kind.
    pub(super) fn values(&self, kind: Kind) -> impl Iterator<Item = &Labelled<'a>> {
        self.labelled.iter().filter(move |one| one.kind == kind)
    }

    pub(super) fn at(&self, at: &InFile) -> String {
        match at {
            InFile::File => format!("`{}`", self.paper.path),
            InFile::Part(_) | InFile::Page(_) | InFile::Line(_) | InFile::Properties => {
                format!("`{}` ({at})", self.paper.path)
            }
        }
    }

    pub(super) fn finding(
        &self,
        code: Code,
        message: impl Into<Told>,
        help: impl Into<Told>,
    ) -> Finding {
        Finding::at(code, &self.field, message, help)
    }
}

/// Looks for a value in several documents and prefers the spelling of the manifest.
pub(super) fn find<'p>(
    proofs: &'p [Proof<'_>],
    value: &str,
) -> Option<(&'p Proof<'p>, bool, String)> {
    let mut best = None;
    for proof in proofs {
        let Some(place) = proof.text.find(value) else {
            continue;
        };
        let at = (
            proof,
            place.is_same,
            format!("{} writes `{}`", proof.at(place.at), shown(&place.written)),
        );
        if place.is_same {
            return Some(at);
        }
        best = best.or(Some(at));
    }
    best
}

/// Returns true if all documents were read completely, so that a value that was not found is missing.
pub(super) fn are_whole(proofs: &[Proof<'_>]) -> bool {
    !proofs.is_empty() && proofs.iter().all(|proof| proof.text.is_whole)
}
