//! Texts that many cells share: one applicant, one scheme, one level in ten thousand rows are one text each.

use std::collections::BTreeSet;
use std::sync::Arc;

/// Texts, each once.
#[derive(Default)]
pub(super) struct Texts(BTreeSet<Arc<str>>);

impl Texts {
    /// Returns the text that all who say the same share.
    pub(super) fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = text.into();
        self.0.insert(Arc::clone(&text));
        text
    }
}
