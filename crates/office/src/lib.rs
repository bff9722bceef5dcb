//! Fills Word and PowerPoint templates. Their XML is never rebuilt: the bytes of fields are replaced, and all others
//! stay as they are.
//!
//! `package` opens the file, `safety` refuses links out of it and active content, `reading` and `tree` find elements,
//! `scan` and `tags` find the tags in paragraphs, `blocks` pairs them, `places` decides which elements a block
//! covers, `repeats` and `edits` make a template of the part, `engine` fills it, and `mend` repairs what an empty
//! block leaves behind. `review` finds blanks that nothing fills.

mod allowed;
mod blocks;
mod draft;
mod edits;
mod engine;
mod fault;
mod language;
mod mend;
mod package;
mod part;
mod places;
mod reading;
mod repeats;
mod review;
mod safety;
mod scan;
mod tags;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;
use tera::Context;

pub use clspack_words::Advice;
pub use fault::{Fault, FaultKind};
pub use language::{Blank, Language, TAG};

use crate::package::Package;
use crate::part::Part;
use crate::review::Review;
use crate::safety::Format;
use crate::scan::Texts;
use crate::tree::Tree;

/// A Word or PowerPoint template.
#[derive(Debug)]
pub struct Template {
    name: String,
    bytes: Vec<u8>,
    format: Format,
    /// The parts with tags, or with something similar.
    parts: Vec<Part>,
    faults: Vec<Fault>,
    /// Doubts that do not keep the template from being used.
    warnings: Vec<Fault>,
    /// Whether a header or footer prints the page number, and the number of pages.
    numbers: (bool, bool),
    language: Arc<dyn Language>,
}

/// Whether a file is a template, or was filled and contains the user's text, which is not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Template,
    Filled,
}

impl Template {
    /// Opens a template.
    ///
    /// # Errors
    /// Why it is refused: it is no Word or PowerPoint file, is encrypted or damaged, has macros, links to something
    /// outside, or has parts that no document needs.
    pub fn open(
        name: &str,
        bytes: Vec<u8>,
        language: Arc<dyn Language>,
    ) -> Result<Self, Vec<Fault>> {
        Self::read(name, bytes, language, State::Template)
    }

    fn read(
        name: &str,
        bytes: Vec<u8>,
        language: Arc<dyn Language>,
        state: State,
    ) -> Result<Self, Vec<Fault>> {
        let package = Package::read(name, &bytes)?;
        let format = safety::format(name, &package)?;
        let mut faults = Vec::new();
        let mut parts = Vec::new();
        let mut whole = Review::default();
        let mut stored = BTreeSet::new();
        for (part, text) in &package.parts {
            match Tree::read(text) {
                Ok(tree) => {
                    faults.extend(safety::faults(part, &tree));
                    match (state, texts(part)) {
                        (State::Template, Some(Texts::InParagraphs))
                            if !is_of_the_glossary(part) =>
                        {
                            whole.add(review::review(part, &tree, &*language));
                        }
                        (State::Template, Some(Texts::InElements)) => {
                            stored.extend(review::stored_tags(&tree));
                        }
                        _ => {}
                    }
                    if let Some(texts) = texts(part) {
                        parts.extend(Part::new(part, &tree, texts, &*language));
                    }
                }
                Err(message) => faults.push(Fault::of_part(part, message)),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let bound = whole.bound.into_iter();
        let bound = bound.filter_map(|(fault, of)| stored.contains(&of).then_some(fault));
        whole.faults.extend(bound);
        Ok(Self {
            name: name.to_owned(),
            bytes,
            format,
            parts,
            faults: whole.faults,
            warnings: whole.warnings,
            numbers: whole.numbers,
            language,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The extension of the filled file.
    pub fn extension(&self) -> &'static str {
        match self.format {
            Format::Word => "docx",
            Format::PowerPoint => "pptx",
        }
    }

    /// Returns every fault of the text: unknown names, tags that do not pair, blanks that nothing fills.
    pub fn check(&self, view: &Value) -> Vec<Fault> {
        let mut faults = self.faults.clone();
        faults.extend(
            self.parts
                .iter()
                .flat_map(|part| part.check(view, &*self.language)),
        );
        faults
    }

    /// Returns doubts that do not keep the template from being used.
    pub fn warnings(&self) -> &[Fault] {
        &self.warnings
    }

    /// Returns whether a header or footer of a Word template prints “Page 1 of 3”. Slides have their own numbers.
    pub fn numbers_pages(&self) -> bool {
        self.format != Format::Word || self.numbers == (true, true)
    }

    /// Returns whether a field with this path, such as `declares.short`, is printed somewhere.
    pub fn names(&self, path: &str) -> bool {
        self.parts
            .iter()
            .any(|part| part.names(path, &*self.language))
    }

    /// Reads a filled file as strictly as a template, except for its words.
    fn filled(&self, bytes: Vec<u8>) -> Result<Self, Vec<Fault>> {
        Self::read(&self.name, bytes, Arc::clone(&self.language), State::Filled)
    }

    /// Fills the template. The result is read again, as strictly as a template.
    ///
    /// # Errors
    /// The faults that [`check`](Self::check) finds, a value that the template cannot take, or a tag that is left
    /// over.
    pub fn fill(&self, view: &Value) -> Result<Vec<u8>, Vec<Fault>> {
        let faults = self.check(view);
        if !faults.is_empty() {
            return Err(faults);
        }
        let values = engine::values(view);
        let values = values.map_err(|fault| vec![Fault::of_part(&self.name, fault.message)])?;
        self.fill_checked(&values)
    }

    /// Fills a template in which [`check`](Self::check) found nothing, with values of the names and kinds that it was
    /// checked with: a name that they lack would pass for false in silence.
    ///
    /// # Errors
    /// A value that the template cannot do with, or a tag that is left.
    pub fn fill_checked(&self, values: &Context) -> Result<Vec<u8>, Vec<Fault>> {
        let mut faults = self.faults.clone();
        let mut changed = BTreeMap::new();
        for part in self.parts.iter().filter(|part| part.is_changed()) {
            match part.fill(values) {
                Ok(text) => drop(changed.insert(part.name().to_owned(), text)),
                Err(found) => faults.extend(found),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let bytes = package::write(&self.bytes, &changed, &[]).map_err(|error| {
            vec![Fault::of_part(
                &self.name,
                format!("it cannot be written: {error}"),
            )]
        })?;
        self.filled(bytes).map(|filled| filled.bytes)
    }
}

impl Template {
    /// Fills the template, and marks every page or slide as a draft.
    ///
    /// # Errors
    /// As [`fill`](Self::fill).
    pub fn fill_draft(&self, view: &Value) -> Result<Vec<u8>, Vec<Fault>> {
        self.marked(&self.fill(view)?)
    }

    /// Does the same with a template in which [`check`](Self::check) found nothing.
    ///
    /// # Errors
    /// As [`fill_checked`](Self::fill_checked).
    pub fn fill_checked_draft(&self, values: &Context) -> Result<Vec<u8>, Vec<Fault>> {
        self.marked(&self.fill_checked(values)?)
    }

    fn marked(&self, filled: &[u8]) -> Result<Vec<u8>, Vec<Fault>> {
        let marked = draft::mark(&self.name, filled, self.format)?;
        self.filled(marked).map(|marked| marked.bytes)
    }
}

/// Returns true for parts with building blocks, such as the hints of content controls, which the document does not
/// show.
fn is_of_the_glossary(part: &str) -> bool {
    part.to_lowercase().contains("/glossary/")
}

/// Where a part has its text; nothing for parts that only describe others.
fn texts(part: &str) -> Option<Texts> {
    let name = part.to_lowercase();
    if name.contains("_rels/") || name == "[content_types].xml" {
        None
    } else if name.starts_with("docprops/") || name.starts_with("customxml/") {
        Some(Texts::InElements)
    } else {
        Some(Texts::InParagraphs)
    }
}

/// The README's example is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
