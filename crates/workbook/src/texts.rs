//! Texts that many cells share, each kept once.

use std::collections::BTreeSet;
use std::sync::Arc;

/// Texts, each once. One name in ten thousand rows is one text.
#[derive(Default)]
pub struct Texts(BTreeSet<Arc<str>>);

impl Texts {
    /// Returns the text, shared with all equal ones.
    pub fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let text: Arc<str> = text.into();
        self.0.insert(Arc::clone(&text));
        text
    }
}
