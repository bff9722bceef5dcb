//! The files of a batch that could not be searched, each once with the products that name it.

use std::collections::BTreeMap;

use super::clean::clean;
use super::{Product, Unread};

/// A file that could not be searched, and the products that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadFile {
    pub unread: Unread,
    /// The products, by their places in the list of the report.
    pub products: Vec<usize>,
}

#[derive(Default)]
pub(super) struct UnreadFiles(BTreeMap<Unread, Vec<usize>>);

impl UnreadFiles {
    pub(super) fn add(&mut self, at: usize, product: &Product) {
        for unread in &product.not_searched {
            self.0.entry(unread.clone()).or_default().push(at);
        }
    }

    pub(super) fn list(self) -> Vec<UnreadFile> {
        let files = self.0.into_iter();
        files
            .map(|(unread, products)| UnreadFile { unread, products })
            .collect()
    }
}

impl Unread {
    /// Returns the file and the reason: `evidence/scan.pdf: a page is a picture without text`.
    pub(super) fn says(&self) -> String {
        clean(&format!("{}: {}", self.file, self.reason()))
    }

    /// Returns the reason, and whether a person looked through the file.
    pub(super) fn reason(&self) -> String {
        let by_hand = if self.looked_through {
            "; looked through by a person"
        } else {
            ""
        };
        format!("{}{by_hand}", self.reason.says())
    }
}
