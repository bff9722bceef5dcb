//! The observations about a file of evidence, remembered by its content: the files of a family are opened once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::{Role, Sha256, Unsearched};
use crate::gather::nearby::Listing;
use crate::gather::text_cache::TextCache;
use crate::gather::unshown;
use crate::inspect::Facts;
use crate::look::{Look, look, look_at_pdf};
use crate::parallel::cores;
use crate::pdf::{self, Unreadable};
use crate::sniff::{self, Content, Fault};

/// How many files are remembered; a larger batch opens some again.
const MOST: usize = 50_000;
/// How many file names in folders are remembered.
const MOST_NAMES: usize = 200_000;

/// The observations about a file that is not empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// Its fault, if it has one.
    pub(super) fault: Option<Fault>,
    /// Why it was not searched to its end; nothing if it was.
    pub(super) unsearched: Option<Unsearched>,
    /// How many pages a PDF file has: 0 if it does not open, `None` if it was not opened or is no PDF.
    pub(super) n_pages: Option<usize>,
    /// Why a document cannot show it, if it is a picture that is whole.
    pub(super) unshown: Option<String>,
    /// Facts that an application may have to answer for.
    pub(super) facts: Arc<Facts>,
}

/// How many bytes of facts are remembered.
const MOST_BYTES: usize = 64_000_000;

/// A file by its content, its type, and the field that names it.
type Key = (Sha256, String, Role);

/// The observations about files. Opening a file again would give the same, so the cache cannot change a byte of the
/// output.
#[derive(Debug)]
pub struct Looks {
    known: Mutex<SeenFiles>,
    folders: Mutex<Folders>,
    /// The texts of the files, if they will be needed.
    texts: Option<TextCache>,
    /// How many files of a product are opened in parallel.
    pub(super) threads: usize,
}

#[derive(Debug, Default)]
struct SeenFiles {
    files: BTreeMap<Key, Seen>,
    /// Their size in bytes.
    weight: usize,
}

/// The listed folders, and how many names they have.
type Folders = (BTreeMap<PathBuf, Arc<Listing>>, usize);

impl Looks {
    /// For products that are planned one after the other: each uses all threads.
    pub fn one_by_one() -> Self {
        Self::with_threads(cores())
    }

    /// For products that are planned in parallel.
    pub fn side_by_side() -> Self {
        Self::with_threads(1)
    }

    /// For the products of a batch, which may be searched for data of other clients.
    pub fn of_batch() -> Self {
        Self {
            texts: Some(TextCache::new()),
            ..Self::side_by_side()
        }
    }

    fn with_threads(threads: usize) -> Self {
        Self {
            known: Mutex::default(),
            folders: Mutex::default(),
            texts: None,
            threads,
        }
    }

    /// Returns the observations about a file; opens it only if its content is new.
    pub(super) fn see(&self, content: &Content, hash: Sha256, extension: &str, role: Role) -> Seen {
        let key = (hash, extension.to_owned(), role);
        if let Some(seen) = self.lock().files.get(&key) {
            return seen.clone();
        }
        let look = look_into(content, extension);
        let bytes = content.whole().unwrap_or_default();
        let facts = look
            .as_ref()
            .map(|look| Facts::of(look, bytes, extension, role));
        let mut facts = facts.unwrap_or_default();
        let fault = sniff::fault(content, extension, role);
        // The rest of a broken file says nothing about a product.
        if fault.as_ref().is_some_and(sniff::Fault::is_error) {
            facts.forget_words();
        }
        let weight = facts.weight();
        let unsearched = match &look {
            None => Some(Unsearched::TooLarge),
            Some(look) => look.reason(),
        };
        let seen = Seen {
            unshown: unshown::reason(content, extension).filter(|_| fault.is_none()),
            fault,
            unsearched: unsearched.or(facts.is_cut.then_some(Unsearched::Bound)),
            n_pages: n_pages(content, extension),
            facts: Arc::new(facts),
        };
        if let Some((texts, look)) = self.texts.as_ref().zip(look) {
            texts.keep(hash, extension, look);
        }
        let mut known = self.lock();
        if known.files.len() < MOST && known.weight + weight < MOST_BYTES {
            known.weight += weight;
            known.files.insert(key, seen.clone());
        }
        seen
    }

    /// Returns the contents of a folder; lists it once, as long as there is room to remember it.
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

    /// Returns the text of a file, if it is remembered.
    pub fn text(&self, hash: Sha256, extension: &str) -> Option<Arc<Look>> {
        self.texts.as_ref()?.get(hash, extension)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, SeenFiles> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads the words of a file, unless it is too large.
fn look_into(content: &Content, extension: &str) -> Option<Look> {
    let bytes = content.whole()?;
    let pdf = content.pdf().filter(|_| extension == "pdf");
    Some(pdf.map_or_else(|| look(extension, bytes), look_at_pdf))
}

fn n_pages(content: &Content, extension: &str) -> Option<usize> {
    let bytes = content.whole().filter(|_| extension == "pdf")?;
    match content.pdf() {
        Some(Ok(pdf)) => Some(pdf.pages.len()),
        Some(Err(Unreadable::Bound)) => pdf::n_pages(bytes).ok(),
        // A file with another content than its name has a finding already.
        Some(Err(Unreadable::Broken | Unreadable::Locked)) | None => Some(0),
    }
}
