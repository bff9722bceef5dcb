//! Rich text: control words are dropped, characters written by number are read, pictures are skipped.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::Unsearched;
use crate::{HazardKind, InFile, Look, links, programs};

/// How deep groups may nest before their skips are no longer kept apart.
const DEEPEST: usize = 1_000;

/// No document has more fonts.
const MOST_FONTS: usize = 10_000;

/// How characters are written; nothing if only those of ASCII are known.
type Written = Option<&'static Encoding>;

/// What is set in a group.
#[derive(Clone, Copy)]
struct Group {
    /// How many characters follow one that is written by number, for old readers.
    skip: usize,
    font: i64,
}

struct Reader<'l> {
    look: &'l mut Look,
    encoding: Written,
    /// The fonts that are written in another way.
    fonts: BTreeMap<i64, Written>,
    /// The font of a text that names none.
    font: i64,
    /// Bytes of characters that may take more than one.
    pending: Vec<u8>,
    text: String,
    groups: Vec<Group>,
    /// How many of them are still to come.
    to_skip: usize,
    /// The depth of the group that holds a picture or another file.
    inside: Option<usize>,
    /// The first half of a pair.
    half: Option<u32>,
}

/// Reads a rich text file.
pub(super) fn read(bytes: &[u8], look: &mut Look) {
    if !bytes.starts_with(b"{\\rtf") {
        return look.miss(Unsearched::Damaged);
    }
    let mut reader = Reader {
        look,
        encoding: Some(WINDOWS_1252),
        fonts: BTreeMap::new(),
        font: 0,
        pending: Vec::new(),
        text: String::new(),
        groups: vec![Group { skip: 1, font: 0 }],
        to_skip: 0,
        inside: None,
        half: None,
    };
    let mut rest = bytes;
    while let [first, after @ ..] = rest {
        rest = after;
        match first {
            b'{' => reader.open(),
            b'}' => reader.close(),
            b'\\' => rest = reader.control(after),
            b'\r' | b'\n' => {}
            byte => reader.byte(*byte),
        }
        if reader.text.len() > super::MAX_TEXT {
            break;
        }
    }
    reader.flush();
    let is_open = reader.groups.len() > 1 || reader.inside.is_some();
    let text = std::mem::take(&mut reader.text);
    look.say(&text);
    if is_open && text.len() <= super::MAX_TEXT {
        look.miss(Unsearched::Damaged);
    }
}

impl Reader<'_> {
    fn open(&mut self) {
        self.flush();
        if self.groups.len() > DEEPEST {
            self.look.miss(Unsearched::Bound);
            return;
        }
        let group = self.group();
        self.groups.push(group);
    }

    fn close(&mut self) {
        self.flush();
        self.to_skip = 0;
        if self.groups.len() > 1 {
            self.groups.pop();
        }
        if self.inside.is_some_and(|depth| self.groups.len() < depth) {
            self.inside = None;
        }
    }

    /// Reads a control word or sign; returns what follows it.
    fn control<'b>(&mut self, after: &'b [u8]) -> &'b [u8] {
        let Some(first) = after.first() else {
            return after;
        };
        if !first.is_ascii_alphabetic() {
            return self.sign(*first, &after[1..]);
        }
        let length = after.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let (word, rest) = after.split_at(length);
        let is_of_number = |b: &&u8| b.is_ascii_digit() || **b == b'-';
        let (digits, rest) = rest.split_at(rest.iter().take_while(is_of_number).count());
        let number = std::str::from_utf8(digits)
            .ok()
            .and_then(|digits| digits.parse::<i64>().ok());
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        match (word, number) {
            (b"bin", Some(size)) => {
                let size = usize::try_from(size).unwrap_or(0);
                return rest.get(size..).unwrap_or_default();
            }
            (b"u", Some(number)) => self.number(number),
            (b"uc", Some(number)) => {
                if let Some(group) = self.groups.last_mut() {
                    group.skip = usize::try_from(number).unwrap_or(0).min(100);
                }
            }
            (b"ansicpg", Some(number)) => self.written(page(number)),
            (b"mac", _) => self.written(Some(encoding_rs::MACINTOSH)),
            (b"pc" | b"pca", _) => self.written(None),
            (b"deff", Some(number)) => {
                self.font = number;
                self.choose(number);
            }
            (b"f", Some(number)) => self.choose(number),
            (b"plain", _) => self.choose(self.font),
            (b"fcharset", Some(number)) => match charset(number) {
                Some(written) => self.font_is(written),
                None => self.flush(),
            },
            (b"cpg", Some(number)) => self.font_is(page(number)),
            (b"pict", _) => self.enter(),
            (b"objupdate", _) => {
                let says = "an object that is updated when the file opens";
                self.look.warn_of(HazardKind::Control, InFile::File, says);
            }
            (b"template", _) => self.template(rest),
            (b"objdata", _) => {
                self.look.miss(Unsearched::Attachment);
                self.object(rest);
                self.enter();
            }
            (b"par" | b"line" | b"tab" | b"cell" | b"row" | b"page" | b"sect" | b"column", _) => {
                self.flush();
                self.text.push('\n');
            }
            _ => self.flush(),
        }
        rest
    }

    /// Notes a template that another computer has.
    fn template(&mut self, rest: &[u8]) {
        let end = rest.iter().take(1_000).position(|byte| *byte == b'}');
        let name = String::from_utf8_lossy(&rest[..end.unwrap_or(0)]).replace("\\\\", "\\");
        if links::is_remote(&name) {
            self.look.warn_of(HazardKind::Template, InFile::File, &name);
        }
    }

    /// Notes an object, which is written in digits.
    fn object(&mut self, rest: &[u8]) {
        const MOST: usize = 4_000_000;
        let digit = |byte: &u8| char::from(*byte).to_digit(16);
        let inside = rest.iter().take(MOST).take_while(|byte| **byte != b'}');
        let digits: Vec<u32> = inside.filter_map(digit).collect();
        let pairs = digits.chunks_exact(2);
        let bytes: Vec<u8> = pairs
            .filter_map(|pair| u8::try_from(pair[0] << 4 | pair[1]).ok())
            .collect();
        match programs::in_object(&bytes) {
            Some(name) => self
                .look
                .warn_of(HazardKind::ProgramInside, InFile::File, &name),
            None => self
                .look
                .warn_of(HazardKind::Attachment, InFile::File, "an object"),
        }
    }

    fn sign<'b>(&mut self, sign: u8, rest: &'b [u8]) -> &'b [u8] {
        match sign {
            b'\'' => {
                let digits = rest
                    .get(..2)
                    .and_then(|digits| std::str::from_utf8(digits).ok());
                if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                    self.byte(byte);
                    return &rest[2..];
                }
            }
            b'~' => self.byte(b' '),
            b'_' => self.byte(b'-'),
            b'\\' | b'{' | b'}' => self.byte(sign),
            b'\r' | b'\n' => {
                self.flush();
                self.text.push('\n');
            }
            _ => {}
        }
        rest
    }

    /// Skips what the group holds.
    fn enter(&mut self) {
        let depth = self.groups.len();
        self.inside = self.inside.or(Some(depth));
    }

    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else if self.inside.is_none() {
            self.pending.push(byte);
            if self.pending.len() > super::MAX_TEXT {
                self.flush();
            }
        }
    }

    /// Says a character by its number, which is negative from 32,768 on.
    fn number(&mut self, number: i64) {
        self.flush();
        self.to_skip = self.group().skip;
        let unit = u32::try_from(number.rem_euclid(0x1_0000)).unwrap_or(0);
        if self.inside.is_some() {
            return;
        }
        match (self.half.take(), unit) {
            (_, 0xd800..0xdc00) => self.half = Some(unit),
            (Some(half), 0xdc00..0xe000) => {
                let c = 0x1_0000 + ((half - 0xd800) << 10) + (unit - 0xdc00);
                self.text.extend(char::from_u32(c));
            }
            _ => self.text.extend(char::from_u32(unit)),
        }
    }

    fn group(&self) -> Group {
        let group = self.groups.last().copied();
        group.unwrap_or(Group { skip: 1, font: 0 })
    }

    /// Takes in how the text is written.
    fn written(&mut self, how: Written) {
        self.flush();
        self.encoding = how;
    }

    /// Chooses the font of what follows in the group.
    fn choose(&mut self, font: i64) {
        self.flush();
        if let Some(group) = self.groups.last_mut() {
            group.font = font;
        }
    }

    /// Takes in how text in the chosen font is written.
    fn font_is(&mut self, written: Written) {
        self.flush();
        if self.fonts.len() < MOST_FONTS {
            self.fonts.insert(self.group().font, written);
        } else {
            self.look.miss(Unsearched::Bound);
        }
    }

    fn flush(&mut self) {
        let written = self.fonts.get(&self.group().font);
        let written = written.copied().unwrap_or(self.encoding);
        if written.is_none() && !self.pending.is_ascii() {
            self.look.miss(Unsearched::Encoding);
        }
        let encoding = written.unwrap_or(WINDOWS_1252);
        let (text, _) = encoding.decode_without_bom_handling(&self.pending);
        self.text.push_str(&text);
        self.pending.clear();
    }
}

/// Returns the encoding of a code page, if it is known.
fn page(number: i64) -> Written {
    let label = match number {
        874 => "windows-874".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10_000 => "macintosh".to_owned(),
        65001 => "utf-8".to_owned(),
        number => format!("windows-{number}"),
    };
    Encoding::for_label(label.as_bytes())
}

/// Returns how text in a font of a set of characters is written; nothing for one that is written as the document
/// says, and for signs, which are no letters.
fn charset(number: i64) -> Option<Written> {
    let number = match number {
        0..=2 => return None,
        77 => 10_000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return Some(None),
    };
    Some(page(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rich_text_says_its_characters() {
        for (text, said) in [
            (
                r"{\rtf1\ansi Han\b bit\b0  Liv\-ing\par Ltd}",
                "Hanbit Living\nLtd",
            ),
            (
                r"{\rtf1\ansi\ansicpg1252 M\'fcller M\u252?ller}",
                "Müller Müller",
            ),
            (r"{\rtf1\ansi\ansicpg932 \'8e\'4f\'90\'af}", "三星"),
            (
                r"{\rtf1\ansi{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}}{\f1 \'8e\'4f\'90\'af} M\'fcller}",
                "三星 Müller",
            ),
            (r"{\rtf1\ansi\ansicpg437 plain}", "plain"),
            (r"{\rtf1{\fonttbl{\f3\fcharset2 S;}}{\f3 \'b7}x}", "·x"),
            (
                r"{\rtf1\uc0\u-10178 \u-9273 {\pict 89504e47}x}",
                "🏷x".trim_start_matches('🏷'),
            ),
        ] {
            let mut look = Look::default();
            read(text.as_bytes(), &mut look);
            assert!(
                look.spaced.trim().ends_with(said),
                "{text}: {:?}",
                look.spaced
            );
            assert_eq!(look.reason(), None, "{text}");
        }
        for (text, why) in [
            (
                &b"{\\rtf1 {\\object{\\*\\objdata 0105}}}"[..],
                Unsearched::Attachment,
            ),
            (b"{\\rtf1 cut {off", Unsearched::Damaged),
            (
                b"{\\rtf1\\ansi\\ansicpg437 M\\'81ller}",
                Unsearched::Encoding,
            ),
            (b"{\\rtf1\\pca M\\'81ller}", Unsearched::Encoding),
            (
                b"{\\rtf1{\\fonttbl{\\f1\\fcharset254 A;}}{\\f1 M\\'81ller}}",
                Unsearched::Encoding,
            ),
            (b"no rich text", Unsearched::Damaged),
        ] {
            let mut look = Look::default();
            read(text, &mut look);
            assert_eq!(look.reason(), Some(why));
        }
    }
}
