//! Fonts: which characters their codes are.

use std::rc::Rc;

use super::cmap::CMap;
use super::encoding::Encoding;
use super::file::File;
use super::fuel::{ENTRY, SETUP};
use super::lex::{Lexer, Token};
use super::object::{Dict, Object};
use super::widths::Widths;
use super::{Unread, close, names, streams};

/// How the codes of a font become characters.
#[derive(Debug)]
pub(super) struct Font {
    kind: Kind,
    to_unicode: Rc<CMap>,
    /// Tells how it looks, in a file that is read closely.
    pub(super) look: u64,
    /// How wide its letters are, in a file that is read closely.
    widths: Widths,
    /// Its letters are drawings, which may paint anything.
    pub(super) is_drawn: bool,
}

#[derive(Debug)]
enum Kind {
    /// Each code is a byte, and is looked up here if the map does not know it.
    Simple(Vec<Option<String>>),
    /// Codes are cut as this map says, or have two bytes.
    Composite {
        codes: Rc<CMap>,
        /// The codes are UTF-16.
        is_unicode: bool,
    },
}

impl Default for Font {
    /// A font that is not there: viewers take one of theirs.
    fn default() -> Self {
        let letters = (0..=255).map(|code| Encoding::Standard.character(code).map(String::from));
        Self {
            kind: Kind::Simple(letters.collect()),
            to_unicode: Rc::default(),
            look: 0,
            widths: Widths::default(),
            is_drawn: false,
        }
    }
}

impl Font {
    pub(super) fn of(file: &File<'_>, dict: &Dict) -> Self {
        file.fuel.spend(10 * SETUP);
        let to_unicode = map(file, &file.look(dict, "ToUnicode"));
        let encoding = file.look(dict, "Encoding");
        let kind = if file.look(dict, "Subtype").is_name("Type0") {
            let name = encoding.name().unwrap_or_default();
            let names_unicode = |part: &[u8]| memchr::memmem::find(name, part).is_some();
            Kind::Composite {
                codes: map(file, &encoding),
                is_unicode: names_unicode(b"UCS2") || names_unicode(b"UTF16"),
            }
        } else {
            Kind::Simple(letters(file, dict, &encoding))
        };
        check_program(file, dict);
        let (look, widths) = if file.is_close {
            (close::graph(file, dict), Widths::of(file, dict))
        } else {
            (0, Widths::default())
        };
        Self {
            kind,
            to_unicode,
            look,
            widths,
            is_drawn: file.look(dict, "Subtype").is_name("Type3"),
        }
    }

    /// Returns the widths of these codes, in sizes of the font.
    pub(super) fn widths(&self, codes: &[u8]) -> Vec<f64> {
        match &self.kind {
            Kind::Simple(_) => {
                let codes = codes.iter().map(|code| u32::from(*code));
                codes.map(|code| self.widths.width(code)).collect()
            }
            Kind::Composite { codes: map, .. } => {
                let usual = self.usual(map).unwrap_or(2);
                let mut rest = codes;
                let mut widths = Vec::new();
                while !rest.is_empty() {
                    let (code, length) = map.next(rest, usual);
                    widths.push(self.widths.width(code));
                    rest = rest.get(length..).unwrap_or_default();
                }
                widths
            }
        }
    }

    /// Returns how many bytes a code has, if one of the maps says so.
    fn usual(&self, map: &CMap) -> Option<usize> {
        let width = map.width().or(self.to_unicode.width());
        width.filter(|width| *width > 1)
    }

    /// Hands on the characters of each code, `None` for a code that has none, until told to stop.
    pub(super) fn read(&self, codes: &[u8], mut each: impl FnMut(Option<&str>) -> bool) {
        match &self.kind {
            Kind::Simple(letters) => {
                for code in codes {
                    let mapped = self.to_unicode.look(u32::from(*code));
                    let own = letters.get(usize::from(*code)).and_then(Option::as_deref);
                    if !each(mapped.as_deref().or(own)) {
                        return;
                    }
                }
            }
            Kind::Composite {
                codes: map,
                is_unicode,
            } => {
                let usual = self.usual(map);
                let mut rest = codes;
                while !rest.is_empty() {
                    let (code, length) = map.next(rest, usual.unwrap_or(2));
                    let mapped = self.to_unicode.look(code).or_else(|| {
                        let c = is_unicode.then(|| char::from_u32(code)).flatten();
                        c.map(String::from)
                    });
                    if !each(mapped.as_deref()) {
                        return;
                    }
                    rest = rest.get(length..).unwrap_or_default();
                }
            }
        }
    }
}

/// Notes if the file of the font is not whole: its letters may be missing on the page.
fn check_program(file: &File<'_>, font: &Dict) {
    let below = file.look(font, "DescendantFonts");
    let below = below.items().first().map(|font| file.get(font));
    let font = below
        .as_ref()
        .and_then(Object::dict)
        .map_or(font, |font| font);
    let descriptor = file.look(font, "FontDescriptor");
    let Some(descriptor) = descriptor.dict() else {
        return;
    };
    for key in ["FontFile", "FontFile2", "FontFile3"] {
        let written = descriptor.raw(key);
        if let Some(stream) = file.get(written).stream() {
            streams::check(file, stream);
        } else if file.is_missing(written) {
            file.note(Unread::Damaged);
        }
    }
}

fn map(file: &File<'_>, object: &Object) -> Rc<CMap> {
    let stream = object.stream();
    stream
        .map(|stream| streams::map(file, stream))
        .unwrap_or_default()
}

/// Returns the characters of the 256 codes of a simple font.
fn letters(file: &File<'_>, font: &Dict, encoding: &Object) -> Vec<Option<String>> {
    let named = |object: &Object| object.name().and_then(Encoding::named);
    let own = encoding.dict();
    let base = named(encoding).or_else(|| named(&file.look(own?, "BaseEncoding")));
    let is_type3 = file.look(font, "Subtype").is_name("Type3");
    let mut letters: Vec<Option<String>> = match base {
        _ if is_type3 => vec![None; 256],
        Some(base) => table(base),
        None => built_in(file, font),
    };
    let differences = own
        .map(|own| file.look(own, "Differences"))
        .unwrap_or_default();
    let mut code = 0;
    for item in differences.items() {
        if !file.fuel.spend(ENTRY) {
            break;
        }
        match file.get(item) {
            Object::Name(name) => {
                if let Some(letter) = letters.get_mut(code) {
                    *letter = names::characters(&name);
                }
                code += 1;
            }
            other => code = other.size().unwrap_or(code),
        }
    }
    letters
}

fn table(encoding: Encoding) -> Vec<Option<String>> {
    (0..=255)
        .map(|code| encoding.character(code).map(String::from))
        .collect()
}

/// Returns what a font says itself, if its file does so in plain words (Type 1), or what is usual.
fn built_in(file: &File<'_>, font: &Dict) -> Vec<Option<String>> {
    let descriptor = file.look(font, "FontDescriptor");
    let program = descriptor
        .dict()
        .map(|own| file.look(own, "FontFile"))
        .unwrap_or_default();
    let is_symbolic = descriptor
        .dict()
        .and_then(|own| file.look(own, "Flags").int())
        .is_some_and(|flags| flags & 4 != 0);
    if let Some(stream) = program.stream() {
        let unpacked = streams::unpack(file, stream);
        if let Some(letters) = type1(&unpacked.bytes, file) {
            return letters;
        }
    }
    if file.look(font, "Subtype").is_name("TrueType") && is_symbolic {
        return table(Encoding::Win);
    }
    let base = file.look(font, "BaseFont");
    let base = base.name().unwrap_or_default();
    let is_called = |name: &[u8]| memchr::memmem::find(base, name).is_some();
    table(if is_called(b"Dingbats") {
        Encoding::Dingbats
    } else if is_called(b"Symbol") {
        Encoding::Symbol
    } else {
        Encoding::Standard
    })
}

/// Reads the encoding of a Type 1 font: `dup 65 /A put`, or a name.
fn type1(program: &[u8], file: &File<'_>) -> Option<Vec<Option<String>>> {
    let clear = memchr::memmem::find(program, b"eexec").unwrap_or(program.len().min(100_000));
    let start = memchr::memmem::find(&program[..clear], b"/Encoding")?;
    let mut lexer = Lexer::new(&program[..clear], start + b"/Encoding".len(), &file.fuel);
    let mut letters = vec![None; 256];
    let mut code = 0;
    while let Some(token) = lexer.token() {
        match token {
            Token::Word(b"StandardEncoding") => return Some(table(Encoding::Standard)),
            Token::Word(b"def" | b"readonly") => break,
            Token::Int(int) => code = usize::try_from(int).ok()?,
            Token::Name(name) => {
                file.fuel.spend(ENTRY);
                if let Some(letter) = letters.get_mut(code) {
                    *letter = names::characters(&name);
                }
            }
            _ => {}
        }
    }
    Some(letters)
}

/// A font that is shared by all who set it.
pub(super) type Shared = Rc<Font>;
