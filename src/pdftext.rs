//! What a PDF file says and how many pages it has; the one file that knows the PDF reader.
//!
//! The text is for finding words in, not for reading: white space is dropped, since a signing program
//! may set it anew. A picture of a page says nothing.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use hayro_cmap::{BfString, CMap};
use hayro_syntax::Pdf;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 50_000_000;
/// The most that the streams of a file may unpack to, in bytes.
const MAX_UNPACKED: u64 = 500_000_000;
/// The most text that is kept, in bytes.
const MAX_TEXT: usize = 8_000_000;
/// How deep drawings may stand in drawings.
const MAX_DEPTH: usize = 8;

/// What a PDF file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PdfText {
    /// How many pages it has.
    pub n_pages: usize,
    /// Its words in the order of drawing, in lower case, without white space.
    pub text: String,
    /// Whether something was laid on it: a picture, a drawing of its own, a signature, a note.
    pub is_marked: bool,
}

/// Why a PDF file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is broken, or locked.
    Broken,
    /// It unpacks to far more than a document holds.
    Bomb,
}

/// Reads the words of a PDF file.
///
/// # Errors
/// It cannot be read as a PDF file.
pub fn read(bytes: Vec<u8>) -> Result<PdfText, Unreadable> {
    let pdf = open(bytes)?;
    let mut words = Words::default();
    for page in pdf.pages().iter() {
        words.stream(page.typed_operations(), page.resources(), 0);
    }
    Ok(PdfText {
        n_pages: pdf.pages().len(),
        text: words.text,
        is_marked: pdf.objects().into_iter().any(|object| is_mark(&object)),
    })
}

/// Counts the pages of a PDF file.
///
/// # Errors
/// It cannot be read as a PDF file.
pub fn n_pages(bytes: Vec<u8>) -> Result<usize, Unreadable> {
    open(bytes).map(|pdf| pdf.pages().len())
}

fn open(bytes: Vec<u8>) -> Result<Pdf, Unreadable> {
    if unpacks_too_far(&bytes) {
        return Err(Unreadable::Bomb);
    }
    Pdf::new(bytes).map_err(|_| Unreadable::Broken)
}

/// The reader unpacks without a limit, so every packed stream is unpacked once to nowhere before it.
/// Streams packed twice and the old LZW method, which no signing program writes, are not followed.
fn unpacks_too_far(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"stream";
    let mut left = MAX_UNPACKED;
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], MARK) {
        at += found + MARK.len();
        let body = &bytes[at..];
        let skip = body
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n' | b' '))
            .count();
        let packed = &body[skip..];
        if packed.first() == Some(&0x78) {
            let mut unpacked = ZlibDecoder::new(packed).take(left + 1);
            // A stream that is broken unpacks as far as it can, as it does for the reader.
            let size = count(&mut unpacked);
            if size > left {
                return true;
            }
            left -= size;
        }
    }
    find(bytes, b"LZWDecode").is_some() || packed_twice(bytes)
}

/// Returns true if some stream names more than one filter, or does not name its filters where they
/// can be seen.
fn packed_twice(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"/Filter") {
        at += found + b"/Filter".len();
        let mut rest = bytes[at..]
            .iter()
            .skip_while(|byte| byte.is_ascii_whitespace());
        let seen = match rest.next() {
            Some(b'[') => rest
                .take_while(|byte| **byte != b']')
                .filter(|byte| **byte == b'/')
                .count(),
            Some(b'/') => 1,
            _ => 2,
        };
        if seen > 1 {
            return true;
        }
    }
    false
}

fn count(from: &mut impl std::io::Read) -> u64 {
    let mut buffer = [0; 16 * 1024];
    let mut size = 0;
    while let Ok(n_read @ 1..) = from.read(&mut buffer) {
        size += n_read as u64;
    }
    size
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, what)
}

/// What signing leaves behind, by hand or by program.
fn is_mark(object: &Object<'_>) -> bool {
    let dict = match object {
        Object::Dict(dict) => dict,
        Object::Stream(stream) => stream.dict(),
        _ => return false,
    };
    let is = |key: &str, names: &[&str]| {
        let name = dict.get::<Name<'_>>(key);
        name.is_some_and(|name| names.contains(&name.as_str()))
    };
    is(
        "Subtype",
        &["Image", "Form", "Widget", "Stamp", "Ink", "FreeText"],
    ) || is("FT", &["Sig"])
        || is("Type", &["Sig"])
}

/// The words found so far.
#[derive(Default)]
struct Words {
    text: String,
}

/// How the codes of a font become characters.
#[derive(Default)]
struct Font {
    /// Codes have two bytes.
    wide: bool,
    to_unicode: Option<CMap>,
}

impl Words {
    fn stream(&mut self, mut operations: TypedIter<'_>, resources: &Resources<'_>, depth: usize) {
        let mut font = Font::default();
        while let Some(operation) = operations.next() {
            if self.text.len() > MAX_TEXT {
                return;
            }
            match operation {
                TypedInstruction::TextFont(set) => {
                    font = resources
                        .get_font(set.0)
                        .as_ref()
                        .map(Font::of)
                        .unwrap_or_default();
                }
                TypedInstruction::ShowText(show) => self.show(show.0.as_bytes(), &font),
                TypedInstruction::NextLineAndShowText(show) => self.show(show.0.as_bytes(), &font),
                TypedInstruction::ShowTextWithParameters(show) => {
                    self.show(show.2.as_bytes(), &font);
                }
                TypedInstruction::ShowTexts(show) => {
                    for object in show.0.iter::<Object<'_>>() {
                        if let Object::String(text) = object {
                            self.show(text.as_bytes(), &font);
                        }
                    }
                }
                TypedInstruction::XObject(drawing) if depth < MAX_DEPTH => {
                    if let Some(stream) = resources.get_x_object(drawing.0) {
                        self.drawing(&stream, resources, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    /// A drawing within a page, such as what a signing program lays over it.
    fn drawing(&mut self, stream: &Stream<'_>, around: &Resources<'_>, depth: usize) {
        let dict = stream.dict();
        let is_form = dict
            .get::<Name<'_>>("Subtype")
            .is_some_and(|name| name.as_str() == "Form");
        if !is_form {
            return;
        }
        let Ok(data) = stream.decoded_data() else {
            return;
        };
        let own = dict.get::<Dict<'_>>("Resources").map(Resources::new);
        self.stream(TypedIter::new(&data), own.as_ref().unwrap_or(around), depth);
    }

    fn show(&mut self, codes: &[u8], font: &Font) {
        let width = if font.wide { 2 } else { 1 };
        for code in codes.chunks(width) {
            let code = code
                .iter()
                .fold(0, |code, byte| code << 8 | u32::from(*byte));
            match font
                .to_unicode
                .as_ref()
                .and_then(|map| map.lookup_bf_string(code))
            {
                Some(BfString::Char(c)) => self.push(c),
                Some(BfString::String(text)) => text.chars().for_each(|c| self.push(c)),
                // Without a map, a font of single bytes mostly has the letters of ASCII.
                None if !font.wide => self.push(char::from_u32(code).unwrap_or('\u{fffd}')),
                None => {}
            }
        }
    }

    fn push(&mut self, c: char) {
        if !c.is_whitespace() && !c.is_control() {
            self.text.extend(c.to_lowercase());
        }
    }
}

impl Font {
    fn of(dict: &Dict<'_>) -> Self {
        let name = dict.get::<Name<'_>>("Subtype");
        let map = dict.get::<Stream<'_>>("ToUnicode");
        let data = map.as_ref().and_then(|stream| stream.decoded_data().ok());
        Self {
            wide: name.is_some_and(|name| name.as_str() == "Type0"),
            to_unicode: data.and_then(|data| CMap::parse(&data, |_| None)),
        }
    }
}
