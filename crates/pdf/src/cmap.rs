//! Character maps: which characters the codes of a font represent (`/ToUnicode`), and how long a code is.

use std::collections::BTreeMap;

use super::fuel::{ENTRY, Fuel};
use super::lex::{Lexer, Token};

/// The most codes or ranges of codes in a map: more than there are codes of two bytes.
const MAX_ENTRIES: usize = 200_000;
/// The most characters of a code.
const MAX_CHARACTERS: usize = 32;

/// A map from codes to characters.
#[derive(Clone, Debug, Default)]
pub(super) struct CMap {
    /// Lengths of codes in bytes, with the first and last code of that length.
    spaces: Vec<(usize, u32, u32)>,
    /// Ranges of codes by their first code: the last code, and the characters of the first.
    ranges: BTreeMap<u32, (u32, Characters)>,
    singles: BTreeMap<u32, Characters>,
}

/// The characters of a code, in UTF-16. Most have one character, which needs no allocation.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Characters {
    One(u16),
    Several(Box<[u16]>),
}

impl CMap {
    /// Reads a map; skips everything it does not understand.
    pub(super) fn parse(bytes: &[u8], fuel: &Fuel) -> Self {
        let mut map = Self::default();
        let mut lexer = Lexer::new(bytes, 0, fuel);
        while let Some(token) = lexer.token() {
            match token {
                Token::Word(b"begincodespacerange") => map.read_spaces(&mut lexer),
                Token::Word(b"beginbfchar") => map.read_singles(&mut lexer),
                Token::Word(b"beginbfrange") => map.read_ranges(&mut lexer),
                _ => {}
            }
        }
        map
    }

    fn read_spaces(&mut self, lexer: &mut Lexer<'_>) {
        while let Some(Token::Text(low)) = lexer.token() {
            let Some(Token::Text(high)) = lexer.token() else {
                return;
            };
            if (1..=4).contains(&low.len()) && self.spaces.len() < 100 {
                self.spaces.push((low.len(), code(&low), code(&high)));
            }
        }
    }

    fn read_singles(&mut self, lexer: &mut Lexer<'_>) {
        while let Some(Token::Text(from)) = lexer.token() {
            match lexer.token() {
                Some(Token::Text(to)) => self.insert(lexer.fuel, code(&from), &to),
                Some(Token::Name(_)) => {}
                _ => return,
            }
        }
    }

    fn read_ranges(&mut self, lexer: &mut Lexer<'_>) {
        while let Some(Token::Text(first)) = lexer.token() {
            let Some(Token::Text(last)) = lexer.token() else {
                return;
            };
            let (first, last) = (code(&first), code(&last));
            match lexer.token() {
                Some(Token::Text(to)) => {
                    if self.has_room(lexer.fuel) {
                        self.ranges.insert(first, (last, units(&to)));
                    }
                }
                Some(Token::Open) => {
                    let mut next = first;
                    while let Some(Token::Text(to)) = lexer.token() {
                        if next <= last {
                            self.insert(lexer.fuel, next, &to);
                        }
                        next = next.saturating_add(1);
                    }
                }
                _ => return,
            }
        }
    }

    fn insert(&mut self, fuel: &Fuel, code: u32, to: &[u8]) {
        if self.has_room(fuel) {
            self.singles.insert(code, units(to));
        }
    }

    fn has_room(&self, fuel: &Fuel) -> bool {
        let has_room = self.n_entries() < MAX_ENTRIES && fuel.spend(ENTRY);
        if !has_room {
            fuel.drain();
        }
        has_room
    }

    /// Returns how many codes or ranges of codes it has.
    pub(super) fn n_entries(&self) -> usize {
        self.singles.len() + self.ranges.len()
    }

    /// Writes the characters of a code to `into`. Returns false if it has none that a person could read.
    pub(super) fn lookup(&self, code: u32, into: &mut String) -> bool {
        into.clear();
        if let Some(units) = self.singles.get(&code) {
            return readable(units.as_slice().iter().copied(), into);
        }
        let before = self.ranges.range(..=code).next_back();
        let Some((first, (_, units))) = before.filter(|(_, (last, _))| code <= *last) else {
            return false;
        };
        let Some((end, begin)) = units.as_slice().split_last() else {
            return false;
        };
        let Ok(offset) = u16::try_from(code - first) else {
            return false;
        };
        let end = end.wrapping_add(offset);
        readable(begin.iter().copied().chain([end]), into)
    }

    /// Reads the next code of `codes`: its value and its length.
    pub(super) fn next(&self, codes: &[u8], usual: usize) -> (u32, usize) {
        for length in 1..=4.min(codes.len()) {
            let value = code(&codes[..length]);
            let fits = |space: &&(usize, u32, u32)| {
                space.0 == length && within(value, space.1, space.2, length)
            };
            if self.spaces.iter().any(|space| fits(&space)) {
                return (value, length);
            }
        }
        let length = usual.min(codes.len()).max(1);
        (code(&codes[..length]), length)
    }

    /// Returns the length of its codes, if it is the same for all.
    pub(super) fn width(&self) -> Option<usize> {
        let (first, ..) = self.spaces.first()?;
        self.spaces
            .iter()
            .all(|(length, ..)| length == first)
            .then_some(*first)
    }
}

/// Returns true if each byte of `value` is between those of `low` and `high`.
fn within(value: u32, low: u32, high: u32, length: usize) -> bool {
    let byte = |code: u32, at: usize| code >> (8 * at) & 0xff;
    (0..length).all(|at| (byte(low, at)..=byte(high, at)).contains(&byte(value, at)))
}

fn code(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .take(4)
        .fold(0, |code, byte| code << 8 | u32::from(*byte))
}

fn units(bytes: &[u8]) -> Characters {
    match bytes {
        [byte] => Characters::One(u16::from(*byte)),
        [high, low] => Characters::One(u16::from_be_bytes([*high, *low])),
        _ => {
            let pairs = bytes.chunks_exact(2).take(MAX_CHARACTERS);
            Characters::Several(
                pairs
                    .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                    .collect(),
            )
        }
    }
}

impl Characters {
    fn as_slice(&self) -> &[u16] {
        match self {
            Self::One(unit) => std::slice::from_ref(unit),
            Self::Several(units) => units,
        }
    }
}

/// Reads characters. Returns false and leaves none if one is for private use.
fn readable(units: impl Iterator<Item = u16>, into: &mut String) -> bool {
    let is_none = |c: char| {
        matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{f0000}'..)
            || c.is_control() && !c.is_whitespace()
    };
    for c in char::decode_utf16(units) {
        match c {
            Ok(c) if !is_none(c) => into.push(c),
            _ => {
                into.clear();
                return false;
            }
        }
    }
    !into.is_empty()
}

#[cfg(test)]
mod tests {
    use super::CMap;
    use crate::fuel::Fuel;

    fn map(text: &str) -> CMap {
        CMap::parse(text.as_bytes(), &Fuel::of(1_000_000))
    }

    fn lookup(map: &CMap, code: u32) -> String {
        let mut text = String::new();
        assert_eq!(map.lookup(code, &mut text), !text.is_empty());
        text
    }

    #[test]
    fn codes_become_characters() {
        let map = map("1 begincodespacerange <0000> <ffff> endcodespacerange
            2 beginbfchar <0003> <0020> <0004> <00660069> endbfchar
            2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0058> <D83DDE00>] endbfrange");
        let looked = [3, 4, 0x10, 0x12, 0x13, 0x20, 0x21].map(|code| lookup(&map, code));
        assert_eq!(looked, [" ", "fi", "A", "C", "", "X", "😀"]);
        assert_eq!(map.next(b"\0\x10\0", 1), (0x10, 2));
    }

    #[test]
    fn characters_that_nobody_reads_are_none() {
        let map = map("beginbfchar <01> <F001> <02> <FFFD> <03> <0000> <04> <> endbfchar");
        for code in 1..=4 {
            assert_eq!(lookup(&map, code), "", "{code}");
        }
    }

    #[test]
    fn a_range_of_all_codes_costs_no_more_than_a_small_one() {
        let map = map("beginbfrange <00000000> <ffffffff> <0041> endbfrange");
        assert_eq!(lookup(&map, 1), "B");
        assert_eq!(lookup(&map, 0x0fff_ffff), "");
    }
}
