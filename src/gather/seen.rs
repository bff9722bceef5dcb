//! What was seen in a file of evidence, remembered by its content: the files of a family are opened once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::{Sha256, Unsearched};
use crate::gather::nearby::Listing;
use crate::look::{look, look_at_pdf};
use crate::parallel::cores;
use crate::pdf::{self, Unreadable};
use crate::sniff::{self, Content, Fault};

/// How many files are remembered; a batch of more opens them again.
const MOST: usize = 50_000;
/// How many names of files in folders are remembered.
const MOST_NAMES: usize = 200_000;

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
    folders: Mutex<Folders>,
    /// How many files of a product are opened at a time.
    pub(super) threads: usize,
}

/// The folders that were listed, and how many names they have.
type Folders = (BTreeMap<PathBuf, Arc<Listing>>, usize);

impl Looks {
    /// Begins for products that are looked at one after the other: each has all threads to itself.
    pub fn one_by_one() -> Self {
        Self::with_threads(cores())
    }

    /// Begins for products that are looked at side by side.
    pub const fn side_by_side() -> Self {
        Self::with_threads(1)
    }

    const fn with_threads(threads: usize) -> Self {
        Self {
            known: Mutex::new(BTreeMap::new()),
            folders: Mutex::new((BTreeMap::new(), 0)),
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
        let seen = Seen {
            fault: sniff::fault(content, extension, field),
            unsearched: unsearched(content, extension),
            n_pages: n_pages(content, extension),
        };
        let mut known = self.lock();
        if known.len() < MOST {
            known.insert(key, seen.clone());
        }
        seen
    }

    /// Returns what is in a folder, which is listed once as long as there is room to remember it.
    pub(super) fn folder(&self, folder: &Path, list: impl FnOnce() -> Listing) -> Arc<Listing> {
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let (listed, n_names) = &mut *folders;
        if let Some(known) = listed.get(folder) {
            return Arc::clone(known);
        }
        let listing = Arc::new(list());
        *n_names += 1 + listing.n_names();
        if *n_names > MOST_NAMES {
            listed.clear();
            *n_names = 1 + listing.n_names();
        }
        listed.insert(folder.to_path_buf(), Arc::clone(&listing));
        listing
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<(Sha256, String, bool), Seen>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns why a file was not searched to its end.
fn unsearched(content: &Content, extension: &str) -> Option<Unsearched> {
    let Some(bytes) = content.whole() else {
        return Some(Unsearched::TooLarge);
    };
    match content.pdf().filter(|_| extension == "pdf") {
        Some(pdf) => look_at_pdf(pdf).reason(),
        None => look(extension, bytes).reason(),
    }
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
