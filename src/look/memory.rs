//! Remembers by its content why a file was not searched: the files of a family are looked into once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::domain::{Sha256, Unsearched};
use crate::look::look;

/// How many files are remembered; a batch of more looks again.
const MOST: usize = 50_000;

/// Reasons by content and type. What is remembered is what a look would say again, so it cannot change a byte.
#[derive(Debug, Default)]
pub struct Looks(Mutex<BTreeMap<(Sha256, String), Option<Unsearched>>>);

impl Looks {
    /// Returns why a file of this content was not searched to its end. `whole` is nothing for a file that is too
    /// large to be opened.
    pub fn reason(
        &self,
        extension: &str,
        sha256: Sha256,
        whole: Option<&[u8]>,
    ) -> Option<Unsearched> {
        let Some(bytes) = whole else {
            return Some(Unsearched::TooLarge);
        };
        let key = (sha256, extension.to_owned());
        let known = |looks: &Self| {
            let known = looks.0.lock().unwrap_or_else(PoisonError::into_inner);
            known.get(&key).copied()
        };
        if let Some(reason) = known(self) {
            return reason;
        }
        let reason = look(extension, bytes).reason();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST {
            known.insert(key, reason);
        }
        reason
    }
}
