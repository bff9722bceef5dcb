//! Opens files to find their words: PDF, office files, mail, text, what pictures say beside their pixels. `sniff` says
//! whether a file is what its name says, and whole.
//!
//! Text is kept for finding words in, not for reading. Every look is bounded by counted bytes, and what could
//! not be read is listed, so that nobody takes silence for absence. A picture has no text to search, so it is
//! no file that was not searched.

mod entities;
mod exif;
mod hazard;
mod in_file;
mod json;
mod links;
mod mail;
mod markup;
mod office;
mod package;
mod paint;
mod picture;
mod plain;
pub(crate) mod png;
mod portable;
mod programs;
mod property;
mod relations;
mod revisions;
mod rtf;
mod sheets;
pub mod sniff;
mod text;
mod unsearched;
mod web;

use std::collections::BTreeSet;

use clspack_pdf::{self as pdf, Pdf, Unreadable};

pub use hazard::{Hazard, HazardKind};
pub use in_file::InFile;
pub use programs::is_named as is_program_name;
pub use property::{Property, PropertyKind};
pub use unsearched::Unsearched;

/// The most text that is kept of a file, in bytes.
const MAX_TEXT: usize = 8_000_000;

/// Types of text that are searched as they are. Settings and keys are among them, since secrets are in those first.
const TEXTS: &[&str] = &[
    "asc",
    "cer",
    "cfg",
    "cnf",
    "conf",
    "crt",
    "csv",
    "env",
    "ini",
    "key",
    "log",
    "ovpn",
    "pem",
    "properties",
    "pub",
    "rsc",
    "sh",
    "spdx",
    "sql",
    "toml",
    "tsv",
    "txt",
];

/// Returns true for a type of file that is text and nothing else.
pub fn is_text(extension: &str) -> bool {
    TEXTS.contains(&extension)
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Its text, words apart.
    pub spaced: String,
    /// Its text where the blanks between words are lost, as in a PDF file.
    pub unspaced: String,
    /// Why it was not searched to its end; empty if it was.
    pub unsearched: BTreeSet<Unsearched>,
    /// What in it acts on its own, leads elsewhere or is hidden from a reader, in the order of the file.
    pub hazards: Vec<Hazard>,
    /// Who made it, with what and where, as its properties say.
    pub properties: Vec<Property>,
    /// Where in `spaced` a new place of the file begins.
    places: Vec<(usize, InFile)>,
}

/// Looks into a file. `extension` is that of its name, in lower case.
pub fn look(extension: &str, bytes: &[u8]) -> Look {
    if extension == "pdf" {
        return look_at_pdf(&pdf::read(bytes));
    }
    look_at(extension, bytes)
}

/// Looks into a PDF file that was read already.
pub fn look_at_pdf(pdf: &Result<Pdf, Unreadable>) -> Look {
    let mut look = Look::default();
    portable::read(pdf, &mut look);
    look
}

fn look_at(extension: &str, bytes: &[u8]) -> Look {
    let mut look = Look::default();
    match extension {
        "docx" | "docm" | "dotx" | "dotm" | "pptx" | "pptm" | "ppsx" | "ppsm" | "potx" | "xlsx"
        | "xlsm" | "xltx" => package::read(bytes, &mut look),
        "json" | "sarif" | "yaml" | "yml" => {
            let text = look.decoded(bytes, None);
            look.say(&text);
            // What is added once more is at no line of the file.
            look.at(InFile::File);
            look.say(&json::unescaped(within(&text, MAX_TEXT)));
        }
        extension if is_text(extension) => {
            let text = look.decoded(bytes, None);
            look.say(&text);
        }
        "md" => {
            let text = look.decoded(bytes, None);
            look.say(&text);
            look.at(InFile::File);
            markup::html(&text, &mut look);
        }
        "html" | "htm" | "xhtml" => {
            let text = look.decoded(bytes, text::declared(bytes));
            markup::html(&text, &mut look);
            web::page(&text, &mut look);
        }
        "xml" | "svg" => {
            let text = look.decoded(bytes, text::declared(bytes));
            markup::xml(&text, &mut look);
            web::drawing(&text, &mut look);
        }
        "eml" | "mht" | "mhtml" => mail::read(bytes, &mut look),
        "rtf" => rtf::read(bytes, &mut look),
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "bmp" | "tif" | "tiff" | "heic" | "heif"
        | "avif" => {
            picture::read(bytes, &mut look);
            plain::judge(bytes, &mut look);
        }
        _ => {
            look.miss(Unsearched::Format);
            programs::look(extension, bytes, &mut look);
        }
    }
    look
}

impl Look {
    /// Returns the gravest reason why the file was not searched to its end.
    pub fn reason(&self) -> Option<Unsearched> {
        self.unsearched.first().copied()
    }

    /// Returns its text, a piece for each place of the file that says something.
    pub fn passages(&self) -> impl Iterator<Item = (&InFile, &str)> {
        let ends = self.places.iter().skip(1).map(|(start, _)| *start);
        let ends = ends.chain([self.spaced.len()]);
        let starts = self.places.iter().zip(ends);
        let before = self
            .places
            .first()
            .map_or(self.spaced.len(), |(start, _)| *start);
        let first = (&InFile::File, &self.spaced[..before]);
        let passages = starts.map(|((start, at), end)| (at, &self.spaced[*start..end]));
        let passages = std::iter::once(first).chain(passages);
        passages.filter(|(_, text)| !text.trim().is_empty())
    }

    /// Says where in the file the texts are from now on.
    fn at(&mut self, place: InFile) {
        self.places.push((self.spaced.len(), place));
    }

    /// Notes something that acts on its own, leads elsewhere or is hidden.
    fn warn_of(&mut self, kind: HazardKind, at: InFile, text: &str) {
        let of_kind = self.hazards.iter().filter(|one| one.kind == kind);
        if of_kind.count() < hazard::MOST {
            self.hazards.push(Hazard::new(kind, at, text));
        }
    }

    /// Notes why something could not be read.
    fn miss(&mut self, why: Unsearched) {
        self.unsearched.insert(why);
    }

    /// Adds a text, apart from what came before.
    fn say(&mut self, text: &str) {
        self.spaced.push('\n');
        self.append(text);
    }

    /// Adds a text to the last word.
    fn append(&mut self, text: &str) {
        let room = MAX_TEXT.saturating_sub(self.spaced.len());
        self.spaced.push_str(within(text, room));
        if text.len() > room {
            self.miss(Unsearched::Bound);
        }
    }

    /// Adds a text with references to the last word.
    fn append_markup(&mut self, text: &str) {
        // A reference takes more room than its character, so more is read than is kept.
        let read = within(text, 2 * MAX_TEXT);
        if read.len() < text.len() {
            self.miss(Unsearched::Bound);
        }
        self.append(&entities::read(read));
    }

    /// Adds a text whose blanks are lost.
    fn say_unspaced(&mut self, text: &str) {
        let room = MAX_TEXT.saturating_sub(self.unspaced.len());
        self.unspaced.push_str(within(text, room));
        if text.len() > room {
            self.miss(Unsearched::Bound);
        }
    }

    fn is_full(&self) -> bool {
        self.spaced.len() >= MAX_TEXT
    }

    /// Returns the characters of a text; where its encoding is unknown, those of ASCII are right.
    fn decoded<'b>(&mut self, bytes: &'b [u8], label: Option<&str>) -> std::borrow::Cow<'b, str> {
        let (text, is_known) = text::decode(bytes, label);
        if !is_known {
            self.miss(Unsearched::Encoding);
        }
        text
    }
}

/// Returns the characters of a list that a program wrote, such as a bill of materials; PowerShell writes UTF-16.
pub fn decoded(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    text::decode(bytes, text::declared(bytes)).0
}

/// Returns the beginning of a text that takes at most so many bytes.
fn within(text: &str, room: usize) -> &str {
    if text.len() <= room {
        return text;
    }
    let mut end = room;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The README's example is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
