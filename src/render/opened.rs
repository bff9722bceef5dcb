//! Word and PowerPoint templates, opened and checked once for all products of a batch that name them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::diag::Finding;
use crate::domain::Sha256;
use crate::render::{OfficeTemplate, own_template};

/// How many are remembered; a batch with more opens them again.
const MOST: usize = 16;

/// A template, or why it cannot be used.
pub type Opening = Result<Arc<OfficeTemplate>, Vec<Finding>>;

/// The templates that were opened.
#[derive(Default)]
pub struct Opened(Mutex<BTreeMap<(String, Sha256), Opening>>);

impl Opened {
    /// Opens a template and looks for every fault in it, unless that was done before.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn open(&self, name: &str, bytes: Vec<u8>) -> Opening {
        let key = (name.to_owned(), Sha256::of(&bytes));
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(opening) = known().get(&key) {
            return opening.clone();
        }
        let opening = own_template(name, bytes).map(Arc::new);
        let mut known = known();
        if known.len() < MOST {
            known.insert(key, opening.clone());
        }
        opening
    }
}
