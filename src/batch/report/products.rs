//! The products of a report. They lie in a file as soon as they are many, so that a batch of ten thousand
//! takes little more memory than one of a hundred; the one file here that names the crate of that file.

use std::fmt;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::SpooledTempFile;

use super::Product;
use crate::error::{Error, Result};
use crate::pack::write_fault;

/// What is kept in memory before a file is made, in bytes: some hundred products.
const MOST_IN_MEMORY: usize = 512 * 1024;

/// Where products are put down. The file bears no name, or one that goes with the program, whatever ends it.
pub struct Shelf {
    folder: PathBuf,
    file: Mutex<SpooledTempFile>,
}

/// Where a product lies on its shelf.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spot {
    at: u64,
    size: usize,
    /// The product's own number.
    pub(crate) number: u64,
}

impl Shelf {
    /// Makes a shelf; when it has to be a file, that lies in this folder.
    pub fn new(folder: &Path) -> Arc<Self> {
        Arc::new(Self {
            folder: folder.to_path_buf(),
            file: Mutex::new(SpooledTempFile::new_in(MOST_IN_MEMORY, folder)),
        })
    }

    /// Returns the folder for files that go with the program.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Puts a product down.
    pub(crate) fn put(&self, product: &Product) -> Result<Spot> {
        let put = || {
            let bytes = serde_json::to_vec(product)?;
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            let at = file.seek(SeekFrom::End(0))?;
            file.write_all(&bytes)?;
            Ok(Spot {
                at,
                size: bytes.len(),
                number: product.index,
            })
        };
        put().map_err(|cause| write_fault(&self.folder, cause))
    }

    /// Returns the product that lies there.
    pub(crate) fn get(&self, spot: Spot) -> Result<Product> {
        let get = || {
            let mut bytes = vec![0; spot.size];
            {
                let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(spot.at))?;
                file.read_exact(&mut bytes)?;
            }
            Ok(serde_json::from_slice(&bytes)?)
        };
        get().map_err(|cause: io::Error| Error::Read {
            path: self.folder.display().to_string(),
            cause,
        })
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Shelf").field(&self.folder).finish()
    }
}

/// Products in the order of the input, on a shelf.
#[derive(Clone, Debug)]
pub struct Products {
    shelf: Arc<Shelf>,
    spots: Vec<Spot>,
}

impl Products {
    /// Returns no products yet, to be put on a shelf.
    pub fn on(shelf: &Arc<Shelf>) -> Self {
        Self::at(shelf, Vec::new())
    }

    /// Returns products that were put on a shelf.
    pub(crate) fn at(shelf: &Arc<Shelf>, spots: Vec<Spot>) -> Self {
        Self {
            shelf: Arc::clone(shelf),
            spots,
        }
    }

    /// Adds a product.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn push(&mut self, product: &Product) -> Result<()> {
        self.spots.push(self.shelf.put(product)?);
        Ok(())
    }

    /// Returns a product by its place in the list; nothing if the list is shorter.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn get(&self, at: usize) -> Result<Option<Product>> {
        let spot = self.spots.get(at);
        spot.map(|spot| self.shelf.get(*spot)).transpose()
    }

    /// Returns the products, one after the other.
    pub fn iter(&self) -> impl Iterator<Item = Result<Product>> + '_ {
        self.spots.iter().map(|spot| self.shelf.get(*spot))
    }

    /// Returns the products with something changed in each.
    ///
    /// # Errors
    /// The file cannot be read or written.
    pub fn altered(&self, alter: impl Fn(&mut Product)) -> Result<Self> {
        let mut altered = Self::on(&self.shelf);
        for product in self.iter() {
            let mut product = product?;
            alter(&mut product);
            altered.push(&product)?;
        }
        Ok(altered)
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.spots.len()
    }

    /// Returns true if there are none.
    pub fn is_empty(&self) -> bool {
        self.spots.is_empty()
    }

    /// Returns the shelf.
    pub(crate) const fn shelf(&self) -> &Arc<Shelf> {
        &self.shelf
    }

    /// Returns where each lies.
    pub(crate) fn spots(&self) -> &[Spot] {
        &self.spots
    }
}
