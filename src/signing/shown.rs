//! Reads which declaration a file was signed for, when nothing but the file is known.

use std::collections::BTreeSet;

use crate::gather::SignedPdf;
use crate::signing::compare::Document;
use crate::signing::words::{DIGITS, hashes, squeezed};

/// What a file shows of the declaration that it may be.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The text of its pages without spaces, in lower case.
    text: String,
    /// The hash of the content that it declares; other documents of a pack print the hash, too, but declare nothing.
    pub declared: Option<String>,
}

impl Shown {
    /// Reads the pages of a file.
    pub fn of(copy: &SignedPdf) -> Self {
        let text = Document::new(&copy.pdf).text();
        let shown = hashes(&text);
        let labelled = shown.iter().find(|one| one.declares);
        let declared = labelled.or(shown.first());
        Self {
            declared: declared.map(|one| one.digits.to_owned()),
            text,
        }
    }

    /// Returns every run of digits that may be the short form of a hash. A template of the applicant's own may print
    /// the hash without the words of the built-in one.
    pub fn candidates(&self) -> BTreeSet<&str> {
        let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        let runs = self.text.split(|c| !is_digit(c));
        let windows = |run| (0..).map_while(move |at| str::get(run, at..at + DIGITS));
        runs.flat_map(windows).collect()
    }

    /// Returns true if every one of these texts is on its pages.
    pub fn says<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> bool {
        let mut texts = texts.into_iter().map(squeezed);
        texts.all(|text| !text.is_empty() && self.text.contains(&text))
    }
}
