//! What was seen in a file of evidence, remembered by its content: the files of a family are opened once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::{Sha256, Unsearched};
use crate::gather::texts::Texts;
use crate::look::{Look, look, look_at_pdf};
use crate::parallel::cores;
use crate::pdf::{self, Unreadable};
use crate::sniff::{self, Content, Fault};

/// How many files are remembered; a batch of more opens them again.
const MOST: usize = 50_000;

/// What was seen in a file that is not empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// What is wrong with it.
    pub(super) fault: Option<Fault>,
    /// Why it was not searched to its end; nothing if it was.
    pub(super) unsearched: Option<Unsearched>,
    /// How many pages a PDF file has; none if it does not open, `None` if it was not opened or is something else.
    pub(super) n_pages: Option<usize>,
}

/// What was seen in files, by their content, type and whether they are to be a bill of materials. What is
/// remembered is what opening them again would tell, so it cannot change a byte.
#[derive(Debug)]
pub struct Looks {
    known: Mutex<BTreeMap<(Sha256, String, bool), Seen>>,
    /// The texts of the files, where somebody may ask for them.
    texts: Option<Texts>,
    /// How many files of a product are opened at a time.
    pub(super) threads: usize,
}

impl Looks {
    /// Begins for products that are looked at one after the other: each has all threads to itself.
    pub fn one_by_one() -> Self {
        Self::with_threads(cores())
    }

    /// Begins for products that are looked at side by side.
    pub const fn side_by_side() -> Self {
        Self::with_threads(1)
    }

    /// Begins for the products of a batch, which may be searched for data of other clients.
    pub fn of_batch() -> Self {
        Self {
            texts: Some(Texts::new()),
            ..Self::side_by_side()
        }
    }

    const fn with_threads(threads: usize) -> Self {
        Self {
            known: Mutex::new(BTreeMap::new()),
            texts: None,
            threads,
        }
    }

    /// Returns what is in a file, which is opened unless its content is known.
    pub(super) fn see(
        &self,
        content: &Content,
        hash: Sha256,
        extension: &str,
        field: &str,
    ) -> Seen {
        let key = (hash, extension.to_owned(), field == sniff::SBOM);
        if let Some(seen) = self.lock().get(&key) {
            return seen.clone();
        }
        let look = looked_into(content, extension);
        let seen = Seen {
            fault: sniff::fault(content, extension, field),
            unsearched: look
                .as_ref()
                .map_or(Some(Unsearched::TooLarge), Look::reason),
            n_pages: n_pages(content, extension),
        };
        if let Some((texts, look)) = self.texts.as_ref().zip(look) {
            texts.keep(hash, extension, look);
        }
        let mut known = self.lock();
        if known.len() < MOST {
            known.insert(key, seen.clone());
        }
        seen
    }

    /// Returns what a file says, if it is remembered.
    pub fn text(&self, hash: Sha256, extension: &str) -> Option<Arc<Look>> {
        self.texts.as_ref()?.get(hash, extension)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<(Sha256, String, bool), Seen>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns what a file says; nothing if it is too large for that.
fn looked_into(content: &Content, extension: &str) -> Option<Look> {
    let bytes = content.whole()?;
    Some(match content.pdf().filter(|_| extension == "pdf") {
        Some(pdf) => look_at_pdf(pdf),
        None => look(extension, bytes),
    })
}

fn n_pages(content: &Content, extension: &str) -> Option<usize> {
    let bytes = content.whole().filter(|_| extension == "pdf")?;
    match content.pdf() {
        Some(Ok(pdf)) => Some(pdf.pages.len()),
        Some(Err(Unreadable::Bound)) => pdf::n_pages(bytes).ok(),
        // Something else by its content is said of the file already.
        Some(Err(Unreadable::Broken | Unreadable::Locked)) | None => Some(0),
    }
}
