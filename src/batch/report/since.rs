//! What changed since the last run, in the words of the report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::clean::clean;
use super::open::named;
use super::product_names::few;
use super::text::Text;
use super::{Product, Report};
use crate::changes::{Change, What};
use crate::report::json::schema::shaped;

/// How many changes of the same products a terminal shows.
const MOST_CHANGES: usize = 8;
/// For how many groups of products it shows them.
const MOST_GROUPS: usize = 10;

shaped! {
    /// What changed in a product since the last run.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct SinceLastRun {
        /// The pack of an earlier run that was compared.
        pub pack: String,
        /// The changes.
        pub changes: Vec<Changed>,
        /// Why there are no changes to list.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub note: String,
    }
}

shaped! {
    /// A change.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Changed {
        pub what: What,
        /// The field, file, label, document, subject of the rules or template; empty for the application as a whole.
        pub place: String,
        /// What it was; a hash for a file or a template; null if it was not there.
        pub old: Option<String>,
        /// What it is now, in the same way.
        pub new: Option<String>,
        /// The change in words.
        pub in_words: String,
    }
}

impl SinceLastRun {
    /// Returns true if there is nothing to say.
    pub(crate) const fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.note.is_empty()
    }
}

impl From<&Change> for Changed {
    fn from(change: &Change) -> Self {
        Self {
            what: change.what,
            place: change.place.to_string(),
            old: change.old.clone(),
            new: change.new.clone(),
            in_words: change.words(),
        }
    }
}

impl Product {
    /// Returns what changed since the last run, each change in a sentence.
    pub(super) fn since_in_words(&self) -> Vec<String> {
        let since = self.since_last_run.iter();
        let sentences = since.flat_map(|since| {
            let note = Some(&since.note).filter(|note| !note.is_empty());
            let changes = since.changes.iter().map(|change| &change.in_words);
            note.into_iter().chain(changes)
        });
        sentences.map(|sentence| clean(sentence)).collect()
    }
}

/// Changes, and the products that all of them concern, by their places in the list of the report.
type Shared = (Vec<String>, Vec<usize>);

impl Report {
    /// Returns each change once. Changes of the same products are together.
    fn changes(&self) -> Vec<Shared> {
        let mut products_of: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut order = Vec::new();
        for (at, product) in self.products.iter().enumerate() {
            for sentence in product.since_in_words() {
                let products = products_of.entry(sentence.clone()).or_insert_with(|| {
                    order.push(sentence);
                    Vec::new()
                });
                products.push(at);
            }
        }
        let mut all: Vec<Shared> = Vec::new();
        let mut known: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
        for sentence in order {
            let products = products_of.remove(&sentence).unwrap_or_default();
            let i = *known.entry(products.clone()).or_insert(all.len());
            match all.get_mut(i) {
                Some((sentences, _)) => sentences.push(sentence),
                None => all.push((vec![sentence], products)),
            }
        }
        all
    }
}

impl Text {
    pub(super) fn since_last_run(&mut self, report: &Report) {
        let changes = report.changes();
        if !changes.is_empty() {
            self.heading("Changed since the last run");
        }
        let n_more = changes.len().saturating_sub(MOST_GROUPS);
        for (sentences, products) in changes.into_iter().take(MOST_GROUPS) {
            self.line(2, &named(report, &products));
            for sentence in few(sentences, MOST_CHANGES) {
                self.line(5, &sentence);
            }
        }
        if n_more > 0 {
            let end = if n_more == 1 { "" } else { "s" };
            self.line(
                2,
                &format!("and {n_more} more group{end} of products, listed in the report"),
            );
        }
    }
}
