//! The named encodings of PDF: which character each code of a simple font represents.

use std::sync::OnceLock;

/// A table of 256 codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Windows, western Europe.
    Win,
    Mac,
    Standard,
    /// Texts outside the pages.
    PdfDoc,
    /// The font Symbol: Greek and mathematics.
    Symbol,
    /// The font Zapf Dingbats: pictures.
    Dingbats,
}

/// Codes 0x80 to 0x9f of Windows.
const WIN: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";
/// Codes from 0x80 on of old Macs.
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
/// Codes from 0xa1 of Adobe's standard encoding; a space means no character.
const STANDARD: &str =
    "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß";
/// Codes 0x20 to 0x7e of the font Symbol; a space means no character.
const SYMBOL_LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧ∆ΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλµνοπθρστυϖωξψζ{|}∼";
/// Codes 0xa0 to 0xfe of the font Symbol.
const SYMBOL: &str =
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…   ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑           〉∫⌠ ⌡";
/// Codes 0x18 to 0x1f of texts outside the pages.
const PDF_DOC_LOW: &str = "˘ˇˆ˙˝˛˚˜";
/// Codes 0x80 to 0x9e of texts outside the pages.
const PDF_DOC: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž";

impl Encoding {
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"WinAnsiEncoding" => Some(Self::Win),
            b"MacRomanEncoding" => Some(Self::Mac),
            b"StandardEncoding" => Some(Self::Standard),
            b"PDFDocEncoding" => Some(Self::PdfDoc),
            _ => None,
        }
    }

    /// Returns the characters of all codes.
    pub(super) fn table(self) -> &'static [Option<char>; 256] {
        static TABLES: [OnceLock<[Option<char>; 256]>; 6] = [const { OnceLock::new() }; 6];
        let all = || {
            let mut characters = [None; 256];
            for (code, character) in (0..=255).zip(&mut characters) {
                *character = self.character(code);
            }
            characters
        };
        TABLES[self as usize].get_or_init(all)
    }

    fn character(self, code: u8) -> Option<char> {
        let at = |table: &str, first: u8| {
            let c = table.chars().nth(usize::from(code - first));
            c.filter(|c| *c != ' ')
        };
        match (self, code) {
            (Self::Symbol | Self::Dingbats, 0x20) => Some(' '),
            (Self::Symbol, 0x21..=0x7e) => at(SYMBOL_LOW, 0x20),
            (Self::Symbol, 0xa0..) => at(SYMBOL, 0xa0),
            // No word is written with these pictures, so any picture will do.
            (Self::Dingbats, 0x21..=0x7e | 0xa1..=0xfe) => Some('✂'),
            (Self::Standard, 0x27) => Some('’'),
            (Self::Standard, 0x60) => Some('‘'),
            (Self::Win, 0xa0)
            | (Self::Win | Self::PdfDoc, 0xa1..=0xac | 0xae..)
            | (_, b'\t' | b'\n' | b'\r' | 0x20..=0x7e) => Some(char::from(code)),
            (Self::PdfDoc, 0x18..=0x1f) => at(PDF_DOC_LOW, 0x18),
            (Self::PdfDoc, 0x80..=0x9e) => at(PDF_DOC, 0x80),
            (Self::PdfDoc, 0xa0) => Some('€'),
            // Unassigned codes are bullets.
            (Self::Win, 0x7f) => Some('•'),
            (Self::Win, 0x80..=0x9f) => at(WIN, 0x80),
            // Windows draws this hyphen, although its code is that of the soft hyphen.
            (Self::Win, 0xad) => Some('-'),
            (Self::Mac, 0x80..) => at(MAC, 0x80),
            (Self::Standard, 0xa1..) => at(STANDARD, 0xa1),
            _ => None,
        }
    }
}

/// Decodes a text outside the pages, in any of its encodings.
pub(super) fn decode(text: &[u8]) -> String {
    let units = |text: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = text
            .chunks_exact(2)
            .map(|pair| unit([pair[0], pair[1]]))
            .collect();
        String::from_utf16_lossy(&units)
    };
    match text {
        [0xfe, 0xff, text @ ..] => units(text, u16::from_be_bytes),
        [0xff, 0xfe, text @ ..] => units(text, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, text @ ..] => String::from_utf8_lossy(text).into_owned(),
        // Some producers write UTF-8 without marking it.
        text if !text.is_ascii() && std::str::from_utf8(text).is_ok() => {
            String::from_utf8_lossy(text).into_owned()
        }
        text => text
            .iter()
            .map(|code| Encoding::PdfDoc.table()[usize::from(*code)].unwrap_or('\u{fffd}'))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, decode};

    #[test]
    fn codes_of_each_encoding() {
        for (encoding, code, character) in [
            (Encoding::Win, 0x80, Some('€')),
            (Encoding::Win, 0x9f, Some('Ÿ')),
            (Encoding::Win, 0xfc, Some('ü')),
            (Encoding::Mac, 0x9f, Some('ü')),
            (Encoding::Mac, 0xde, Some('ﬁ')),
            (Encoding::Mac, 0xff, Some('ˇ')),
            (Encoding::Standard, 0xae, Some('ﬁ')),
            (Encoding::Standard, 0xd0, Some('—')),
            (Encoding::Standard, 0xe1, Some('Æ')),
            (Encoding::Standard, 0xfb, Some('ß')),
            (Encoding::Standard, 0xfc, None),
            (Encoding::PdfDoc, 0x84, Some('—')),
            (Encoding::PdfDoc, 0x9e, Some('ž')),
            (Encoding::PdfDoc, 0x01, None),
        ] {
            assert_eq!(encoding.character(code), character, "{encoding:?} {code:x}");
        }
    }

    #[test]
    fn tables_have_as_many_codes_as_they_should() {
        for (table, n) in [
            (super::WIN, 32),
            (super::MAC, 128),
            (super::STANDARD, 91),
            (super::SYMBOL_LOW, 95),
            (super::PDF_DOC_LOW, 8),
            (super::PDF_DOC, 31),
        ] {
            assert_eq!(table.chars().count(), n, "{table}");
        }
    }

    #[test]
    fn texts_are_decoded_by_their_mark() {
        assert_eq!(decode(b"\xfe\xff\0M\0\xfc"), "Mü");
        assert_eq!(decode(b"\xff\xfeM\0\xfc\0"), "Mü");
        assert_eq!(decode(b"\xef\xbb\xbfM\xc3\xbc"), "Mü");
        assert_eq!(decode(b"M\xfc"), "Mü");
    }
}
