//! The words of a file outside its pages: properties, bookmarks, attachments.

use std::collections::BTreeSet;

use super::encoding::decode;
use super::file::File;
use super::fuel::SETUP;
use super::object::{Dict, Object};
use super::tree::each_name;
use super::{FeatureKind, Unread, features, streams, xml};

/// How much text is kept, in bytes.
const MAX_TEXT: usize = 4_000_000;
/// Entries with words that replace a drawing.
pub(super) const REPLACEMENTS: [&str; 3] = ["ActualText", "Alt", "E"];
/// How many texts are kept.
const MAX_TEXTS: usize = 100_000;

/// The texts beside the pages.
#[derive(Debug, Default)]
pub(super) struct Beside {
    pub(super) all: Vec<String>,
    pub(super) author: Option<String>,
    n_bytes: usize,
}

impl Beside {
    /// Adds a decoded text.
    pub(super) fn add(&mut self, file: &File<'_>, text: &str) {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        if text.is_empty() {
            return;
        }
        self.n_bytes += text.len();
        if self.n_bytes > MAX_TEXT || self.all.len() >= MAX_TEXTS {
            file.fuel.drain();
            return;
        }
        self.all.push(text.to_owned());
    }

    /// Adds a PDF string; anything else has no text.
    pub(super) fn text(&mut self, file: &File<'_>, object: &Object) {
        if let Some(text) = object.text() {
            let cost = 20 * u64::try_from(text.len()).unwrap_or(u64::MAX);
            if file.fuel.spend(cost) {
                self.add(file, &decode(text));
            }
        }
    }

    /// Adds the value of a field: a text, several, or a stream.
    pub(super) fn value(&mut self, file: &File<'_>, value: &Object) {
        if let Some(stream) = value.stream() {
            let text = decode(&streams::unpack(file, stream).bytes);
            self.add(file, &text);
        }
        self.text(file, value);
        for item in value.items() {
            self.text(file, &file.get(item));
        }
    }

    /// Adds the words of an XML form: a stream, or names and streams.
    pub(super) fn forms_of_xml(&mut self, file: &File<'_>, form: &Object) {
        self.xml(file, form);
        for part in form.items() {
            self.xml(file, &file.get(part));
        }
    }

    fn xml(&mut self, file: &File<'_>, object: &Object) {
        let Some(stream) = object.stream() else {
            return;
        };
        let unpacked = streams::unpack(file, stream);
        let cost = 50 * u64::try_from(unpacked.bytes.len()).unwrap_or(u64::MAX);
        if file.fuel.spend(cost) {
            xml::words(&unpacked.bytes, |word| self.add(file, word));
        }
    }

    /// Adds the words of everything that belongs to the whole file.
    pub(super) fn visit(&mut self, file: &File<'_>) {
        let info = file.lookup(&file.trailer, "Info");
        for (key, value) in info.dict().iter().flat_map(|info| &info.0) {
            if !matches!(key.as_ref(), b"CreationDate" | b"ModDate") {
                let value = file.get(value);
                if key.as_ref() == b"Author" {
                    self.author = value.text().map(decode);
                }
                self.text(file, &value);
            }
        }
        let catalog = file.lookup(&file.trailer, "Root");
        let Some(catalog) = catalog.dict() else {
            return;
        };
        self.xml(file, &file.lookup(catalog, "Metadata"));
        features::of_file(file, catalog);
        self.bookmarks(file, catalog);
        self.structure(file, catalog);
        let names = file.lookup(catalog, "Names");
        if let Some(names) = names.dict() {
            self.attachments(file, names.raw("EmbeddedFiles"));
        }
        for attached in file.lookup(catalog, "AF").items() {
            self.attachment(file, attached);
        }
    }

    /// Adds the words that the structure of a document has instead of drawings.
    fn structure(&mut self, file: &File<'_>, catalog: &Dict) {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![catalog.raw("StructTreeRoot").clone()];
        while let Some(written) = waiting.pop() {
            let is_old = matches!(written, Object::Ref(number) if !seen.insert(number));
            if is_old || matches!(written, Object::Int(_)) || !file.fuel.spend(SETUP / 8) {
                continue;
            }
            let node = file.get(&written);
            waiting.extend(node.items().iter().rev().cloned());
            // A page, or a thing on it, is no part of the structure.
            let Some(node) = node.dict().filter(|node| node.raw("Contents").is_null()) else {
                continue;
            };
            for key in REPLACEMENTS.iter().chain(&["T"]) {
                self.text(file, &file.lookup(node, key));
            }
            waiting.push(node.raw("K").clone());
        }
    }

    fn bookmarks(&mut self, file: &File<'_>, catalog: &Dict) {
        let outlines = file.lookup(catalog, "Outlines");
        let Some(outlines) = outlines.dict() else {
            return;
        };
        let mut seen = BTreeSet::new();
        let mut waiting = vec![outlines.raw("First").clone()];
        while let Some(written) = waiting.pop() {
            let is_new = matches!(written, Object::Ref(number) if seen.insert(number));
            if !is_new || !file.fuel.spend(SETUP) {
                continue;
            }
            let bookmark = file.get(&written);
            let Some(bookmark) = bookmark.dict() else {
                continue;
            };
            self.text(file, &file.lookup(bookmark, "Title"));
            features::action(file, bookmark.raw("A"));
            waiting.push(bookmark.raw("Next").clone());
            waiting.push(bookmark.raw("First").clone());
        }
    }

    /// Adds names and descriptions of attached files; their contents are not read.
    fn attachments(&mut self, file: &File<'_>, tree: &Object) {
        each_name(file, tree, |name, specification| {
            self.text(file, &file.get(name));
            self.attachment(file, specification);
        });
    }

    /// Adds the name and description of an attached file.
    pub(super) fn attachment(&mut self, file: &File<'_>, written: &Object) {
        let specification = file.get(written);
        if specification.is_null() {
            return;
        }
        file.note(Unread::Attachment);
        features::add(
            file,
            FeatureKind::Attachment,
            &features::leads_to(file, &specification),
        );
        self.text(file, &specification);
        if let Some(own) = specification.dict() {
            for key in ["F", "UF", "Desc"] {
                self.text(file, &file.lookup(own, key));
            }
        }
    }
}
