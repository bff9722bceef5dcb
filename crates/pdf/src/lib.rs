//! Reads what a PDF file shows and contains, within counted work.
//!
//! Text is kept for searching, not for reading: lower case, without white space, since a signing program may typeset
//! it again. Everything that could not be read is listed, so that nobody takes silence for absence.

mod annots;
mod beside;
mod blank;
mod canvas;
mod close;
mod cmap;
mod cms;
mod copy;
mod draw;
mod encoding;
mod features;
mod fields;
mod file;
mod filter;
mod font;
mod fuel;
mod ink;
mod inline;
mod layers;
mod letters;
mod lex;
mod names;
mod object;
mod ops;
mod page;
mod pages;
mod parse;
mod place;
mod predict;
mod scan;
mod show;
mod slope;
mod state;
mod streams;
mod tree;
mod unseen;
mod volume;
mod widths;
mod words;
mod xml;
mod xref;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use fuel::Fuel;

pub use copy::{Copied, Source, Uncopied};
pub use features::{Feature, FeatureKind};
pub use letters::fold;
pub use slope::Slope;
pub use volume::{About, Bookmark, Label, Numbering, PageObject, Volume};

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 50_000_000;

/// A PDF file that was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pdf {
    pub pages: Vec<Page>,
    /// Its texts outside the pages, as they are written: title, author and other properties, notes, values of fields,
    /// names of attachments, bookmarks, targets of links. Words drawn by annotations are as in [`Page::text`].
    pub beside: Vec<String>,
    /// Its author, according to its properties.
    pub author: Option<String>,
    /// The digital signatures that have a value.
    pub signatures: Vec<Signature>,
    /// Its contents beyond the visible pages, in the order of the file.
    pub features: Vec<Feature>,
    /// Whether its tables are wrong, so that its objects were found by searching. Other programs may find others.
    pub is_repaired: bool,
    /// Why parts could not be read; empty if all could.
    pub unread: BTreeSet<Unread>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its visible words in the order of drawing, including nested drawings; no annotations.
    pub text: String,
    /// Words that are drawn invisibly, such as the text layer behind a scan.
    pub hidden: String,
    /// [`Page::text`] in readable form: in its own case, with a space where letters are apart, and a line break where
    /// a new line begins.
    pub words: String,
    /// [`Page::hidden`] in the same form.
    pub hidden_words: String,
    /// Everything on it besides text, in the order of drawing; annotations last.
    pub marks: Vec<Mark>,
    /// Hashes of visible words that were drawn together: the same words in the same place, font and color have the
    /// same hash. Only for a file that is read closely.
    pub lines: Vec<u64>,
    /// Where in the text words that were drawn together begin, and their height on the page, in hundredths of a
    /// point. Only for a file that is read closely.
    pub starts: Vec<(usize, i64)>,
    /// Width and height of the visible part, in hundredths of a point.
    pub size: (i64, i64),
}

/// A thing on a page other than text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Mark {
    pub kind: MarkKind,
    /// A hash: the same content in the same place (to a tenth of a point) has the same hash. Only for a file that is
    /// read closely.
    pub hash: u64,
    /// How much of the page it covers, in thousandths.
    pub covers: u16,
    /// Left, lower, right and upper edge on the page, in hundredths of a point.
    pub bounds: [i64; 4],
    /// Approximately how many earlier letters it hides: with an image without a mask, a filled area, or a thick
    /// stroke. Only for a file that is read closely.
    pub hides: u32,
    /// Approximately how many such letters it covers without certainly hiding them: with a line through words, or an
    /// image with a mask.
    pub over: u32,
    /// It has the color of paper, or none.
    pub pale: bool,
    /// It is a picture of a single color, or a transparent one. Only for a file that is read closely.
    pub blank: bool,
    /// It consists only of horizontal and vertical lines, as boxes and tables do. Only for a file that is read
    /// closely.
    pub ruled: bool,
    /// It is an annotation whose appearance has a picture or paths.
    pub drawn: bool,
    /// Nothing below it shows through. Only for a file that is read closely.
    pub solid: bool,
    /// The height on the page of the highest words that it hides, in hundredths of a point.
    pub highest: Option<i64>,
    /// The slopes of its lines, if all are straight and none bends into another, as in a hatching. At most three.
    pub slopes: Vec<Slope>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// A picture, drawn by the page or a drawing within it.
    Image,
    /// A path that is stroked or filled, or a shading.
    Path {
        /// How many lines it has; a curve counts as two, a rectangle as four.
        segments: u32,
        /// Whether it fills an area, rather than only drawing a line.
        filled: bool,
    },
    /// An annotation of ink strokes.
    Ink,
    /// A rubber stamp with these words; `drawn` if its appearance has a picture or paths.
    Stamp { drawn: bool, says: String },
    /// An annotation with typed text: a note, a text box, a highlight, a link …
    Note { subtype: String, says: String },
    /// Letters of a font whose letters are drawings (Type 3), which may paint anything anywhere. Only for a file that
    /// is read closely.
    Letters,
    /// A signature field without a value.
    EmptySignatureField,
    /// A signature field with a value: a digital signature.
    SignatureField,
    /// Another form field, filled or not; `drawn` if its appearance has a picture or paths.
    Field { drawn: bool, says: String },
}

/// A digital signature. Whether it was made with the key of its certificate, and to whom the certificate belongs, is
/// not checked: a signature that was made to deceive is not detected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// The signer, according to the signature.
    pub name: Option<String>,
    /// Whether it is the signature of somebody.
    pub kind: SignatureKind,
    /// Whether its hash is that of the bytes it covers.
    pub digest: DigestCheck,
    /// Whether its byte ranges are inside the file, start at its first byte, and leave out only the signature itself.
    pub covers_file: bool,
    /// How many bytes follow the covered ones: later changes.
    pub bytes_after: u64,
}

/// The purpose of a digital signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignatureKind {
    /// A person or a company signs.
    #[default]
    Person,
    /// A service states when the document existed. It is nobody's signature.
    TimeStamp,
}

/// Whether the hash in a digital signature is that of the bytes it covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DigestCheck {
    Fits,
    /// The hash is of other bytes: of a changed file, or of another document.
    Differs,
    /// Unknown: the signature cannot be read, has another form, or uses an unsupported hash. Also if the ranges are
    /// wrong or the file is not read closely.
    #[default]
    Unknown,
}

/// Why something could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unread {
    /// A stream cannot be unpacked, or a page or its content is missing.
    Damaged,
    /// A stream has an unsupported filter, or its content is in another file.
    UnknownFilter,
    /// A page shows a picture or a drawing, and no text beside it.
    Scan,
    /// The codes of a font have no characters.
    Garbled,
    /// It contains other files: attachments, sounds, films.
    Attachment,
    /// It needs more steps, memory or depth than a document does.
    Bound,
}

/// Why a PDF file cannot be opened at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    Broken,
    /// It is encrypted or has restricted rights: its trailer has `/Encrypt`.
    Locked,
    /// It needs more steps or memory than a document does.
    Bound,
}

/// Reads a PDF file: every page with its contents, and the texts outside the pages.
///
/// # Errors
/// It cannot be opened. Later problems are in [`Pdf::unread`].
pub fn read(bytes: impl AsRef<[u8]>) -> Result<Pdf, Unreadable> {
    read_within(bytes.as_ref(), Fuel::of(fuel::TANK), false)
}

/// Reads a PDF file closely, to compare it with another: also the places of text, its look, and what hides it.
///
/// # Errors
/// It cannot be opened.
pub fn read_closely(bytes: impl AsRef<[u8]>) -> Result<Pdf, Unreadable> {
    read_within(bytes.as_ref(), Fuel::of(fuel::TANK), true)
}

fn read_within(bytes: &[u8], fuel: Fuel, is_close: bool) -> Result<Pdf, Unreadable> {
    let mut file = xref::open(bytes, fuel)?;
    file.is_close = is_close;
    if is_close {
        close::every_object(&file);
    }
    let leaves = pages::leaves(&file);
    if file.fuel.is_out() {
        return Err(Unreadable::Bound);
    }
    let mut collected = annots::Collected::default();
    collected.beside.visit(&file);
    let mut painter = draw::Painter::new(&file, layers::off(&file));
    let pages = leaves
        .iter()
        .enumerate()
        .map(|(i, leaf)| {
            file.page.set(i + 1);
            page::read(&mut painter, leaf, &mut collected)
        })
        .collect();
    file.page.set(0);
    fields::visit(&file, &mut collected.signatures, &mut collected.beside);
    Ok(Pdf {
        pages,
        author: collected.beside.author.filter(|author| author.len() <= 400),
        beside: collected.beside.all,
        signatures: collected.signatures.all,
        features: file.features.take(),
        is_repaired: file.is_rebuilt || file.is_repaired.get(),
        unread: file.unread(),
    })
}

/// Counts the pages of a PDF file that opens, without reading them.
///
/// # Errors
/// It cannot be opened.
pub fn n_pages(bytes: impl AsRef<[u8]>) -> Result<usize, Unreadable> {
    let file = xref::open(bytes.as_ref(), Fuel::of(fuel::TANK))?;
    let n_pages = pages::leaves(&file).len();
    if file.fuel.is_out() {
        return Err(Unreadable::Bound);
    }
    Ok(n_pages)
}

/// The README's example is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
