//! The texts of evidence, remembered by the content of the files: a batch of several clients searches them for the
//! data of other clients only after it has looked at every product, and would read and unpack each file again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::Sha256;
use crate::look::Look;

/// How much text is remembered, in bytes. What does not fit is read again by whoever asks.
const MOST_BYTES: usize = 48_000_000;

/// What an entry takes beside its text, in bytes.
const ENTRY: usize = 200;

/// Texts by content and type, and how much room is left.
#[derive(Debug)]
pub(super) struct Texts(Mutex<(BTreeMap<(Sha256, String), Arc<Look>>, usize)>);

impl Texts {
    pub(super) const fn new() -> Self {
        Self(Mutex::new((BTreeMap::new(), MOST_BYTES)))
    }

    pub(super) fn keep(&self, hash: Sha256, extension: &str, look: Look) {
        let size = ENTRY + look.spaced.len() + look.unspaced.len();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (texts, room) = &mut *kept;
        let key = (hash, extension.to_owned());
        if size <= *room && !texts.contains_key(&key) {
            *room -= size;
            texts.insert(key, Arc::new(look));
        }
    }

    pub(super) fn get(&self, hash: Sha256, extension: &str) -> Option<Arc<Look>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.0.get(&(hash, extension.to_owned())).map(Arc::clone)
    }
}
