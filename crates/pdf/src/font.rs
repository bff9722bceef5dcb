//! Fonts: which characters their codes represent.

use std::rc::Rc;

use super::cmap::CMap;
use super::encoding::Encoding;
use super::file::File;
use super::fuel::{ENTRY, SETUP};
use super::lex::{Lexer, Token};
use super::object::{Dict, Object};
use super::widths::{Widths, is_upright};
use super::{Unread, close, names, streams};

/// How the codes of a font become characters.
#[derive(Debug)]
pub(super) struct Font {
    kind: Kind,
    to_unicode: Rc<CMap>,
    widths: Widths,
    /// Its letters run downwards.
    pub(super) is_upright: bool,
    /// A hash of its look, in a file that is read closely.
    pub(super) look: u64,
    /// Its letters are drawings, which may paint anything.
    pub(super) is_drawn: bool,
}

#[derive(Debug)]
enum Kind {
    /// Each code is a byte.
    Simple(Vec<Letter>),
    /// Codes are split by this map, or have two bytes.
    Composite {
        codes: Rc<CMap>,
        /// The codes are UTF-16.
        is_unicode: bool,
    },
}

/// The characters of a code of a simple font. Most have one character, which needs no allocation.
#[derive(Clone, Debug, Default)]
enum Letter {
    #[default]
    None,
    One(char),
    Several(Box<str>),
}

impl Letter {
    fn of(characters: &str) -> Self {
        let mut all = characters.chars();
        match (all.next(), all.next()) {
            (Some(one), None) => Self::One(one),
            (Some(_), Some(_)) => Self::Several(characters.into()),
            (None, _) => Self::None,
        }
    }

    fn named(name: &[u8]) -> Self {
        names::characters(name).map_or(Self::None, |characters| Self::of(&characters))
    }
}

impl Default for Font {
    /// A missing font: viewers substitute one of their own.
    fn default() -> Self {
        Self {
            kind: Kind::Simple(table(Encoding::Standard)),
            to_unicode: Rc::default(),
            widths: Widths::All(0.5),
            is_upright: false,
            look: 0,
            is_drawn: false,
        }
    }
}

impl Font {
    pub(super) fn of(file: &File<'_>, dict: &Dict) -> Self {
        file.fuel.spend(10 * SETUP);
        let to_unicode = map(file, &file.lookup(dict, "ToUnicode"));
        let encoding = file.lookup(dict, "Encoding");
        let is_composite = file.lookup(dict, "Subtype").is_name("Type0");
        let widths = if is_composite {
            Widths::composite(file, dict, &encoding)
        } else {
            Widths::simple(file, dict)
        };
        let kind = if is_composite {
            let name = encoding.name().unwrap_or_default();
            let names_unicode = |part: &[u8]| memchr::memmem::find(name, part).is_some();
            Kind::Composite {
                codes: map(file, &encoding),
                is_unicode: names_unicode(b"UCS2") || names_unicode(b"UTF16"),
            }
        } else {
            let mut letters = letters(file, dict, &encoding);
            mapped(&to_unicode, &mut letters);
            Kind::Simple(letters)
        };
        check_program(file, dict);
        let look = if file.is_close {
            close::graph(file, dict)
        } else {
            0
        };
        Self {
            kind,
            to_unicode,
            widths,
            is_upright: is_composite && is_upright(&encoding),
            look,
            is_drawn: file.lookup(dict, "Subtype").is_name("Type3"),
        }
    }

    /// Returns true if the space is a code of one byte, which `Tw` widens.
    pub(super) fn has_blanks(&self) -> bool {
        matches!(self.kind, Kind::Simple(_))
    }

    /// Calls `each` with the characters of each code (`None` if it has none) and its width in units of the font size,
    /// until it returns false.
    pub(super) fn read(&self, codes: &[u8], mut each: impl FnMut(Option<&str>, f64) -> bool) {
        let mut each = |code: u32, characters: Option<&str>| {
            each(characters, self.widths.of(code, characters))
        };
        match &self.kind {
            Kind::Simple(letters) => {
                let mut buffer = [0; 4];
                for code in codes {
                    let characters = match letters.get(usize::from(*code)) {
                        Some(Letter::One(c)) => Some(&*c.encode_utf8(&mut buffer)),
                        Some(Letter::Several(characters)) => Some(&**characters),
                        Some(Letter::None) | None => None,
                    };
                    if !each(u32::from(*code), characters) {
                        return;
                    }
                }
            }
            Kind::Composite {
                codes: map,
                is_unicode,
            } => {
                let usual = map
                    .width()
                    .or(self.to_unicode.width())
                    .filter(|width| *width > 1);
                let mut rest = codes;
                let mut buffer = String::new();
                while !rest.is_empty() {
                    let (code, length) = map.next(rest, usual.unwrap_or(2));
                    let mut is_known = self.to_unicode.lookup(code, &mut buffer);
                    if let Some(c) = char::from_u32(code).filter(|_| *is_unicode && !is_known) {
                        buffer.push(c);
                        is_known = true;
                    }
                    if !each(code, is_known.then_some(buffer.as_str())) {
                        return;
                    }
                    rest = rest.get(length..).unwrap_or_default();
                }
            }
        }
    }
}

/// Notes a damaged font file: letters may be missing on the page.
fn check_program(file: &File<'_>, font: &Dict) {
    let below = file.lookup(font, "DescendantFonts");
    let below = below.items().first().map(|font| file.get(font));
    let font = below
        .as_ref()
        .and_then(Object::dict)
        .map_or(font, |font| font);
    let descriptor = file.lookup(font, "FontDescriptor");
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

/// Applies the map of a font, which takes precedence over the encoding.
fn mapped(map: &CMap, letters: &mut [Letter]) {
    let mut buffer = String::new();
    for (code, letter) in (0..).zip(letters) {
        if map.lookup(code, &mut buffer) {
            *letter = Letter::of(&buffer);
        }
    }
}

/// Returns the characters of the 256 codes of a simple font.
fn letters(file: &File<'_>, font: &Dict, encoding: &Object) -> Vec<Letter> {
    let named = |object: &Object| object.name().and_then(Encoding::named);
    let own = encoding.dict();
    let base = named(encoding).or_else(|| named(&file.lookup(own?, "BaseEncoding")));
    let is_type3 = file.lookup(font, "Subtype").is_name("Type3");
    let mut letters: Vec<Letter> = match base {
        _ if is_type3 => vec![Letter::None; 256],
        Some(base) => table(base),
        None => built_in(file, font),
    };
    let differences = own
        .map(|own| file.lookup(own, "Differences"))
        .unwrap_or_default();
    let mut code = 0;
    for item in differences.items() {
        if !file.fuel.spend(ENTRY) {
            break;
        }
        match file.get(item) {
            Object::Name(name) => {
                if let Some(letter) = letters.get_mut(code) {
                    *letter = Letter::named(&name);
                }
                code += 1;
            }
            other => code = other.size().unwrap_or(code),
        }
    }
    letters
}

fn table(encoding: Encoding) -> Vec<Letter> {
    let letters = encoding.table().iter();
    letters
        .map(|letter| letter.map_or(Letter::None, Letter::One))
        .collect()
}

/// Returns the encoding of the font file, if it is readable (Type 1), or the usual one.
fn built_in(file: &File<'_>, font: &Dict) -> Vec<Letter> {
    let descriptor = file.lookup(font, "FontDescriptor");
    let program = descriptor
        .dict()
        .map(|own| file.lookup(own, "FontFile"))
        .unwrap_or_default();
    let is_symbolic = descriptor
        .dict()
        .and_then(|own| file.lookup(own, "Flags").int())
        .is_some_and(|flags| flags & 4 != 0);
    if let Some(stream) = program.stream() {
        let unpacked = streams::unpack(file, stream);
        if let Some(letters) = type1(&unpacked.bytes, file) {
            return letters;
        }
    }
    if file.lookup(font, "Subtype").is_name("TrueType") && is_symbolic {
        return table(Encoding::Win);
    }
    let base = file.lookup(font, "BaseFont");
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
fn type1(program: &[u8], file: &File<'_>) -> Option<Vec<Letter>> {
    let clear = memchr::memmem::find(program, b"eexec").unwrap_or(program.len().min(100_000));
    let start = memchr::memmem::find(&program[..clear], b"/Encoding")?;
    let mut lexer = Lexer::new(&program[..clear], start + b"/Encoding".len(), &file.fuel);
    let mut letters = vec![Letter::None; 256];
    let mut code = 0;
    while let Some(token) = lexer.token() {
        match token {
            Token::Word(b"StandardEncoding") => return Some(table(Encoding::Standard)),
            Token::Word(b"def" | b"readonly") => break,
            Token::Int(int) => code = usize::try_from(int).ok()?,
            Token::Name(name) => {
                file.fuel.spend(ENTRY);
                if let Some(letter) = letters.get_mut(code) {
                    *letter = Letter::named(&name);
                }
            }
            _ => {}
        }
    }
    Some(letters)
}

/// A font, shared by all who use it.
pub(super) type Shared = Rc<Font>;
