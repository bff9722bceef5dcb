//! The files of the inbox of signed copies, and what became of each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::text::things;
use super::{Report, product_names};
use crate::domain::words;
use crate::report::json::schema::shaped;

words! {
    /// What became of a file of the inbox.
    CopyState {
        /// The pack of its product contains it.
        Matched = "matched",
        /// It is the declaration of a product, without a signature.
        Unsigned = "unsigned",
        /// It shows the hash of a product, but is damaged, lacks pages, or has to be compared by a person.
        Refused = "refused",
        /// Its product has changed since it was signed.
        Outdated = "outdated",
        /// There are several signed copies for its product; none is used.
        Several = "several",
        /// Its product has errors, so it was not compared.
        Waiting = "waiting",
        /// The manifest names a copy that is right.
        Unneeded = "unneeded",
        /// Another file has the same content.
        Repeated = "repeated",
        /// It belongs to no product of the run.
        Unknown = "unknown",
    }
}

shaped! {
/// A file of the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedFile {
    /// Its path below the inbox.
    pub file: String,
    pub sha256: Option<String>,
    pub state: CopyState,
    /// The short hash that it shows.
    pub signed_for: Option<String>,
    /// The number of its product.
    pub product: Option<u64>,
}
}

impl CopyState {
    /// Returns the words for people.
    pub(super) const fn says(self) -> &'static str {
        match self {
            Self::Matched => "used",
            Self::Unsigned => "not signed",
            Self::Refused => "refused",
            Self::Outdated => "signed for something else",
            Self::Several => "one of several for its product",
            Self::Waiting => "its product has errors",
            Self::Unneeded => "not needed: the manifest names a copy",
            Self::Repeated => "the same as another file",
            Self::Unknown => "of no product of this run",
        }
    }
}

impl Report {
    /// Returns how many files of the inbox are in each state, in words; nothing without an inbox.
    pub(super) fn signed_in_words(&self) -> Option<String> {
        let mut states: BTreeMap<CopyState, usize> = BTreeMap::new();
        for file in &self.signed {
            *states.entry(file.state).or_default() += 1;
        }
        let parts: Vec<_> = states
            .iter()
            .map(|(state, n)| format!("{n} {}", state.says()))
            .collect();
        let files = things(self.signed.len(), "file");
        (!parts.is_empty()).then(|| format!("{files}: {}", parts.join(", ")))
    }

    /// Returns the name of the product of a file.
    pub(super) fn product_of(&self, file: &SignedFile) -> String {
        let mut products = self.products.iter();
        let product = products.find(|product| Some(product.index) == file.product);
        product.map(product_names::name).unwrap_or_default()
    }
}
