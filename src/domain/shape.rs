//! Describes what a manifest may contain, for the parser and the JSON Schema.

use std::borrow::Cow;

/// A table: its fields in the order in which people write them.
#[derive(Debug)]
pub struct Shape {
    /// The name of the table in a message.
    pub name: &'static str,
    pub fields: &'static [Named],
}

/// A field of a table.
#[derive(Debug)]
pub struct Named {
    pub name: &'static str,
    pub kind: &'static Kind,
    /// Whether the table is incomplete without it.
    pub need: Need,
    /// What to write: used as help when it is missing, and in the JSON Schema.
    pub doc: &'static str,
    /// Whether YAML may take the text for a number.
    pub quoted: bool,
}

impl Named {
    /// Returns what to write in a manifest, in which a text that looks like a number needs quotes.
    pub fn in_yaml(&self) -> Cow<'static, str> {
        if self.quoted {
            Cow::Owned(format!("{}, in quotes if it looks like a number", self.doc))
        } else {
            Cow::Borrowed(self.doc)
        }
    }
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The table is incomplete without it.
    Required,
    /// It may be left out.
    Optional,
    /// Whether it may be left out depends on other fields, or on the rules of a label or a level.
    Sometimes,
}

/// What a field may contain.
#[derive(Debug)]
pub enum Kind {
    /// The number of the manifest's format.
    Schema,
    /// A text of one line, at most so many characters.
    Line(usize),
    /// A text of several lines, at most so many characters.
    Lines(usize),
    /// One of a closed set of words.
    Word(fn() -> Vec<&'static str>),
    Date,
    /// An address that begins with `https://` or `http://`.
    Url,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A Singapore Unique Entity Number.
    Uen,
    /// A country code of two letters.
    Country,
    /// A file below the manifest's folder.
    Path,
    Table(&'static Shape),
    List(&'static Self),
    /// A file below the manifest's folder, or a table that names it and the pages to look at.
    Exhibit,
    /// Numbers of pages.
    Pages,
    /// The short hash on a declaration.
    Hash,
    /// Answers by provision number.
    Answers,
    /// A part of a manifest that is merged into the rest.
    Partial,
}
