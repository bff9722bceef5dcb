//! A cache of the texts of evidence, by content. A batch of several clients searches them for the data of other
//! clients only after the scan, and would otherwise read and unpack each file again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::Sha256;
use crate::look::Look;

/// The size of the cache in bytes. Texts that do not fit are read again.
const MOST_BYTES: usize = 48_000_000;

/// The size of an entry besides its text, in bytes.
const ENTRY: usize = 200;

/// A cache that all threads share.
#[derive(Debug)]
pub(super) struct TextCache(Mutex<Cache>);

#[derive(Debug)]
struct Cache {
    /// By content and type.
    texts: BTreeMap<(Sha256, String), Arc<Look>>,
    /// How many bytes are left.
    room: usize,
}

impl TextCache {
    pub(super) const fn new() -> Self {
        Self(Mutex::new(Cache {
            texts: BTreeMap::new(),
            room: MOST_BYTES,
        }))
    }

    pub(super) fn keep(&self, hash: Sha256, extension: &str, look: Look) {
        let size = ENTRY + look.spaced.len() + look.unspaced.len();
        let mut cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (hash, extension.to_owned());
        if size <= cache.room && !cache.texts.contains_key(&key) {
            cache.room -= size;
            cache.texts.insert(key, Arc::new(look));
        }
    }

    pub(super) fn get(&self, hash: Sha256, extension: &str) -> Option<Arc<Look>> {
        let cache = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        cache
            .texts
            .get(&(hash, extension.to_owned()))
            .map(Arc::clone)
    }
}
