//! What a PDF file shows and says, read within bounds; the one place that knows the PDF reader.
//!
//! Text is kept for finding words in, not for reading: lower case, without white space, since a signing
//! program may set it again. What could not be read is listed, so that nobody takes silence for absence.

mod annots;
mod beside;
mod blank;
mod canvas;
mod close;
mod cmap;
mod cms;
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
mod widths;
mod words;
mod xml;
mod xref;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use fuel::Fuel;

pub use features::{Feature, FeatureKind};
pub use letters::fold;
pub use slope::Slope;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 50_000_000;

/// A PDF file that was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pdf {
    pub pages: Vec<Page>,
    /// What it says beside its pages, as it is written: title, author and other properties, notes, values of
    /// fields, names of attachments, bookmarks, targets of links. Words drawn by annotations are as in [`Page::text`].
    pub beside: Vec<String>,
    /// Its author, as its properties say.
    pub author: Option<String>,
    /// The digital signatures that have a value.
    pub signatures: Vec<Signature>,
    /// What it does or holds beyond what its pages show, in the order of the file.
    pub features: Vec<Feature>,
    /// Whether its tables are wrong, and what it shows was found without them. Other programs may find something else.
    pub is_repaired: bool,
    /// What could not be read; empty if all was.
    pub unread: BTreeSet<Unread>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its visible words in the order of drawing, drawings within it included; no annotations.
    pub text: String,
    /// Words that are drawn invisibly: those of a text layer behind a scan.
    pub hidden: String,
    /// [`Page::text`] as a person reads it: in its own case, with a blank where letters are apart, and a line's end
    /// where the next ones are in another line.
    pub words: String,
    /// [`Page::hidden`] in the same way.
    pub hidden_words: String,
    /// What is on it beside text, in the order of drawing; annotations last.
    pub marks: Vec<Mark>,
    /// Tells visible words that were drawn together from others: the same words in the same place, font and color
    /// have the same. Only for a file that is read closely.
    pub lines: Vec<u64>,
    /// Where in the text words that were drawn together begin, and how high on the page they are, in hundredths of a
    /// point. Only for a file that is read closely.
    pub starts: Vec<(usize, i64)>,
    /// Width and height of what is shown, in hundredths of a point.
    pub size: (i64, i64),
}

/// Something on a page that is no text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Mark {
    pub kind: MarkKind,
    /// Tells it from others of its kind: the same content in the same place (to a tenth of a point) has the same.
    /// Only for a file that is read closely.
    pub hash: u64,
    /// How much of the page it covers, in thousandths.
    pub covers: u16,
    /// Left, lower, right and upper edge on the page, in hundredths of a point.
    pub bounds: [i64; 4],
    /// About how many letters it hides that were drawn before: an image without a mask, a filled area, or a thick
    /// stroke. Only for a file that is read closely.
    pub hides: u32,
    /// About how many such letters it is over without hiding them for sure: a line through words, or an image with
    /// a mask.
    pub over: u32,
    /// It has the color of paper, or none.
    pub pale: bool,
    /// It is a picture of a single color, or a transparent one. Only for a file that is read closely.
    pub blank: bool,
    /// It is drawn by level and upright lines only, as boxes and tables are. Only for a file that is read closely.
    pub ruled: bool,
    /// The appearance of an annotation holds a picture or paths.
    pub drawn: bool,
    /// Nothing below it shows through. Only for a file that is read closely.
    pub solid: bool,
    /// How high on the page the highest words are that it hides, in hundredths of a point.
    pub highest: Option<i64>,
    /// The slopes of its lines, if all are straight and none bends into another: as a hatch has. At most three.
    pub slopes: Vec<Slope>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// A picture, drawn by the page or a drawing within it.
    Image,
    /// A path that is stroked or filled, or a shading.
    Path {
        /// How many lines it has; a curve counts as two, and a rectangle has four.
        segments: u32,
        /// Whether it fills an area, rather than only draws a line.
        filled: bool,
    },
    /// An annotation of ink strokes.
    Ink,
    /// A rubber stamp; its appearance holds a picture or paths, and says these words.
    Stamp {
        /// It holds a picture or paths.
        drawn: bool,
        says: String,
    },
    /// An annotation whose appearance holds typed text: a note, a text box, a highlight, a link …
    Note {
        subtype: String,
        says: String,
    },
    /// Letters of a font whose letters are drawings (Type 3): they may paint anything anywhere. Only for a file that is
    /// read closely.
    Letters,
    /// A field for a signature that has no value.
    EmptySignatureField,
    /// A field for a signature that has a value: a digital signature.
    SignatureField,
    /// Another form field, filled or not; `drawn` if its appearance holds a picture or paths.
    Field {
        /// Its appearance holds a picture or paths.
        drawn: bool,
        says: String,
    },
}

/// A digital signature. Whether it was made with the key of its certificate, and whose certificate that is, is not
/// checked: whoever makes a signature to deceive is not found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// Who signed, as the signature says.
    pub name: Option<String>,
    /// Whether somebody signs by it.
    pub kind: SignatureKind,
    /// Whether it was made on the bytes that it covers.
    pub digest: DigestCheck,
    /// Whether its byte ranges lie in the file, from its first byte on, with only the signature itself left out.
    pub covers_file: bool,
    /// How many bytes of the file follow what it covers: later changes.
    pub bytes_after: u64,
}

/// What a digital signature is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignatureKind {
    /// A person or a company signs.
    #[default]
    Person,
    /// A service states when the document was there. Nobody signs by it.
    TimeStamp,
}

/// Whether the hash in a digital signature is that of the bytes that the signature covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DigestCheck {
    Fits,
    /// It is the hash of something else: of a changed file, or of another document.
    Differs,
    /// That cannot be told: the signature cannot be read, is of another form, or uses a hash that is not made here.
    /// So it is, too, if the ranges are wrong or the file is not read closely.
    #[default]
    Unknown,
}

/// Why something could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unread {
    /// A stream cannot be unpacked, or a page or its content is missing.
    Damaged,
    /// A stream has a filter that is not read here, or its content is in another file.
    UnknownFilter,
    /// A page shows a picture or a drawing, and has no text beside it.
    Scan,
    /// The codes of a font lead to no characters.
    Garbled,
    /// It holds other files: attachments, sounds, films.
    Attachment,
    /// It needs more steps, memory or depth than a document does.
    Bound,
}

/// Why a PDF file cannot be opened at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    Broken,
    /// It is locked by a password or by rights: its trailer says `/Encrypt`.
    Locked,
    /// It needs more steps or memory than a document does.
    Bound,
}

/// Reads a PDF file: every page, what is on it, and what is beside.
///
/// # Errors
/// It cannot be opened. What stops the reader later is in [`Pdf::unread`].
pub fn read(bytes: impl AsRef<[u8]>) -> Result<Pdf, Unreadable> {
    read_within(bytes.as_ref(), Fuel::of(fuel::TANK), false)
}

/// Reads a PDF file to be compared with another: also where its text is, how it looks, and what hides it.
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

/// Counts the pages of a PDF file that opens. Their contents are not read.
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
