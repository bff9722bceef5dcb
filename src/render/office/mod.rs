//! Fills Word and PowerPoint templates. Their XML is never rebuilt: the bytes of fields are replaced, and
//! all others stay what they are.
//!
//! `package` opens the file, `safety` refuses what leads out of it, `reading` and `tree` find elements,
//! `scan` and `tags` find the tags in paragraphs, `blocks` pairs them, `places` decides what a block is
//! made of, `repeats` and `edits` make a template of the part, `engine` fills it, and `mend` sees to what
//! is left.

mod blocks;
mod edits;
mod engine;
mod fault;
mod mend;
mod package;
mod part;
mod places;
mod reading;
mod repeats;
mod safety;
mod scan;
mod tags;
mod tree;

use std::collections::BTreeMap;

use serde_json::Value;

pub use fault::OfficeFault;

use crate::domain::Sha256;
use crate::render::office::package::Package;
use crate::render::office::part::Part;
use crate::render::office::safety::Format;
use crate::render::office::scan::Texts;
use crate::render::office::tree::Tree;

/// A Word or PowerPoint template.
#[derive(Debug)]
pub struct OfficeTemplate {
    name: String,
    bytes: Vec<u8>,
    format: Format,
    /// The parts that have tags, or something like it.
    parts: Vec<Part>,
}

impl OfficeTemplate {
    /// Opens a template.
    ///
    /// # Errors
    /// Why it is refused: it is no Word or PowerPoint file, it is encrypted or damaged, it holds macros,
    /// links to something outside or what no document needs.
    pub fn open(name: &str, bytes: Vec<u8>) -> Result<Self, Vec<OfficeFault>> {
        let package = Package::read(name, &bytes)?;
        let format = safety::format(name, &package)?;
        let mut faults = Vec::new();
        let mut parts = Vec::new();
        for (part, text) in &package.parts {
            match Tree::read(text) {
                Ok(tree) => {
                    faults.extend(safety::faults(part, &tree));
                    if let Some(texts) = texts(part) {
                        parts.extend(Part::new(part, &tree, texts));
                    }
                }
                Err(message) => faults.push(OfficeFault::of_part(part, message)),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            name: name.to_owned(),
            bytes,
            format,
            parts,
        })
    }

    /// Returns the name under which it was opened.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the hash of the file.
    pub fn sha256(&self) -> Sha256 {
        Sha256::of(&self.bytes)
    }

    /// The end of the name that the filled file has.
    pub fn extension(&self) -> &'static str {
        match self.format {
            Format::Word => "docx",
            Format::PowerPoint => "pptx",
        }
    }

    /// Returns every fault of the tags: names that the view does not have, tags that do not fit together.
    pub fn check(&self, view: &Value) -> Vec<OfficeFault> {
        self.parts
            .iter()
            .flat_map(|part| part.check(view))
            .collect()
    }

    /// Returns whether a field of this path, `declares.short`, is printed somewhere.
    pub fn names(&self, path: &str) -> bool {
        self.parts.iter().any(|part| part.names(path))
    }

    /// Fills the template. What comes out is read again, as strictly as a template.
    ///
    /// # Errors
    /// What [`check`](Self::check) finds, a value that the template cannot do with, or a tag that is left.
    pub fn fill(&self, view: &Value) -> Result<Vec<u8>, Vec<OfficeFault>> {
        let mut faults = self.check(view);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut changed = BTreeMap::new();
        for part in self.parts.iter().filter(|part| part.has_tags()) {
            match part.fill(view) {
                Ok(text) => drop(changed.insert(part.name().to_owned(), text)),
                Err(found) => faults.extend(found),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let bytes = package::write(&self.bytes, &changed).map_err(|error| {
            vec![OfficeFault::of_part(
                &self.name,
                format!("it cannot be written: {error}"),
            )]
        })?;
        Self::open(&self.name, bytes).map(|filled| filled.bytes)
    }
}

/// Where a part has its text; nothing for parts that say how others belong together.
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
