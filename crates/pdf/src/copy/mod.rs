//! Copies pages out of a file: everything that they show, and nothing that acts.
//!
//! A page takes along its contents, fonts, pictures and layers. Actions, scripts, links, attachments, metadata, form
//! fields and the structure for readers stay behind. What annotations draw becomes part of the page. Either all that a
//! page needs is whole, or nothing is copied.

mod body;
mod notes;
mod resources;
mod walk;
mod whole;

use std::collections::BTreeSet;

use super::file::File;
use super::fuel::{Fuel, TANK};
use super::object::{Dict, Object};
use super::pages::{self, Leaf};
use super::{Unread, Unreadable, layers, xref};

pub(super) use body::{Body, Part};
use walk::Walk;

/// How many bytes the copied pages of one file have at most.
const MAX_COPIED: usize = 60_000_000;

/// A file whose pages are copied.
#[derive(Debug)]
pub struct Source<'a> {
    file: File<'a>,
    leaves: Vec<Leaf>,
    /// The layers that are not shown.
    off: BTreeSet<u32>,
}

/// Pages that were copied, each with what it needs.
#[derive(Clone, Debug, Default)]
pub struct Copied {
    pub(super) objects: Vec<Body>,
    /// Which of the objects are the pages.
    pub(super) pages: Vec<usize>,
    /// Which of the objects are layers, and whether they are not shown.
    pub(super) layers: Vec<(usize, bool)>,
    /// The size of the first pages together, for each number of them.
    sizes: Vec<usize>,
    /// How many notes on the pages were left behind, since each program draws them in its own way.
    pub n_notes_left: usize,
}

/// Why pages cannot be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uncopied {
    /// Part of a page is missing or cannot be unpacked.
    Damaged,
    /// Part of a page is in another file.
    OtherFile,
    /// It needs more work or memory than a document does.
    Bound,
}

impl<'a> Source<'a> {
    /// Opens a file.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let file = xref::open(bytes, Fuel::of(TANK))?;
        let leaves = pages::leaves(&file);
        let off = layers::off(&file);
        if file.fuel.is_out() {
            return Err(Unreadable::Bound);
        }
        Ok(Self { file, leaves, off })
    }

    pub fn n_pages(&self) -> usize {
        self.leaves.len()
    }

    /// Copies pages, counted from 0, in this order.
    ///
    /// # Errors
    /// A page is not there, or cannot be copied whole.
    pub fn copy(&self, pages: &[usize]) -> Result<Copied, Uncopied> {
        let mut walk = Walk::new(self, false);
        walk.pages(pages)?;
        if walk.found_bare_drawing {
            // A drawing without resources of its own uses those of the page, under names that the page does not tell.
            walk = Walk::new(self, true);
            walk.pages(pages)?;
        }
        let copied = walk.finish();
        let unread = self.file.unread();
        if unread.contains(&Unread::Bound) {
            Err(Uncopied::Bound)
        } else if unread.contains(&Unread::Damaged) {
            Err(Uncopied::Damaged)
        } else {
            Ok(copied)
        }
    }
}

impl Copied {
    /// Returns how many of the first pages fit into this many bytes.
    pub fn n_fitting(&self, n_bytes: usize) -> usize {
        self.sizes.partition_point(|size| *size <= n_bytes)
    }

    pub fn n_bytes(&self) -> usize {
        self.sizes.last().copied().unwrap_or_default()
    }
}

impl Walk<'_, '_> {
    fn pages(&mut self, pages: &[usize]) -> Result<(), Uncopied> {
        let source = self.source;
        for page in pages {
            let leaf = source.leaves.get(*page).ok_or(Uncopied::Damaged)?;
            self.page(leaf)?;
            self.rest()?;
            if self.n_bytes > MAX_COPIED {
                return Err(Uncopied::Bound);
            }
            self.sizes.push(self.n_bytes);
        }
        Ok(())
    }

    fn page(&mut self, leaf: &Leaf) -> Result<(), Uncopied> {
        let file = &self.source.file;
        let written = file.get(&leaf.page);
        let dict = written.dict().ok_or(Uncopied::Damaged)?;
        let parts = resources::contents(file, dict.raw("Contents"))?;
        let notes = notes::find(self, dict);
        let mut page = Body::default();
        page.text("<</Type/Page/Parent ");
        page.part(Part::Pages);
        self.boxes(leaf, dict, &mut page);
        page.text("/Contents[");
        if !notes.is_empty() {
            let before = self.stream(b"q\n");
            page.part(Part::Object(before));
        }
        for part in &parts {
            if let Some(part) = self.target(*part, false) {
                page.part(Part::Object(part));
            }
        }
        if !notes.is_empty() {
            let after = self.stream(&notes::content(&notes));
            page.part(Part::Object(after));
        }
        page.text("]/Resources<<");
        self.resources(leaf, &parts, &notes, &mut page)?;
        page.text(">>>>");
        let page = self.add(page);
        self.found.push(page);
        Ok(())
    }

    /// Writes the boxes of a page and its turn.
    fn boxes(&mut self, leaf: &Leaf, dict: &Dict, page: &mut Body) {
        let file = &self.source.file;
        for key in ["MediaBox", "CropBox"] {
            let area = leaf.inherited(file, key);
            if area.items().len() == 4 {
                page.text(&format!("/{key}"));
                self.value(&area, false, page);
            } else if key == "MediaBox" {
                page.text("/MediaBox[0 0 612 792]");
            }
        }
        let turn = leaf.inherited(file, "Rotate").int().unwrap_or(0);
        let turn = turn.rem_euclid(360);
        if turn != 0 {
            page.text(&format!("/Rotate {turn}"));
        }
        for key in ["UserUnit", "Group"] {
            let value: Object = file.lookup(dict, key);
            if !value.is_null() {
                page.text(&format!("/{key}"));
                self.value(&value, false, page);
            }
        }
    }
}
