//! Searches a text for the marks of all clients in one pass, however many there are.

use std::collections::BTreeSet;

use crate::batch::words::{Words, is_of_number, is_of_word, is_whole, unspaced};
use crate::look::Look;

/// How many bytes at the beginning of a mark are its key.
const KEY: usize = 4;
/// The size of the sieve before the table.
const SIEVE: usize = 1 << 16;

pub(crate) struct Search {
    spaced: Table,
    unspaced: Table,
    /// Numbers; people group their digits freely.
    numbers: Table,
}

struct Table {
    /// Key, text and number of each mark, sorted.
    entries: Vec<(u32, String, usize)>,
    /// Whether a key may be in the table. Most positions of a text need no further look.
    sieve: Vec<bool>,
    /// Tells whether a neighbouring character continues a match, so that the match is part of something else.
    goes_on: fn(char) -> bool,
}

/// The marks in a text, each with the marks around it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found(BTreeSet<(usize, Vec<usize>)>);

impl Search {
    /// Prepares the search for marks; their positions in the list are their numbers.
    pub(crate) fn new<'w>(marks: impl Iterator<Item = &'w Words> + Clone) -> Self {
        let spaced = marks.clone().map(Words::spellings);
        let unspaced = marks.clone().map(|words| {
            let spellings = words.spellings().into_iter().map(Words::from_spelling);
            spellings.filter_map(|words| words.to_unspaced()).collect()
        });
        Self {
            spaced: Table::new(spaced, is_of_word),
            unspaced: Table::new(unspaced, is_of_number),
            numbers: Table::new(
                marks.map(|words| words.to_number().into_iter().collect()),
                is_of_number,
            ),
        }
    }

    /// Returns the marks in a text.
    pub(crate) fn text(&self, text: &str) -> Found {
        let mut found = Found::default();
        self.spaced.find(Words::of(text).as_str(), &mut found);
        found
    }

    /// Returns the marks in the path of a file, where words are often written without spaces.
    pub(crate) fn path(&self, path: &str) -> Found {
        let mut found = self.text(path);
        self.unspaced.find(&unspaced(path), &mut found);
        found
    }

    /// Returns the marks in the text of a file.
    pub(crate) fn file(&self, look: &Look) -> Found {
        let mut found = self.text(&look.spaced);
        if !self.numbers.entries.is_empty() {
            self.numbers.find(&unspaced(&look.spaced), &mut found);
        }
        self.unspaced.find(&unspaced(&look.unspaced), &mut found);
        found
    }
}

impl Found {
    /// Returns, for each place of a mark, which marks are around it there; each combination once.
    pub(crate) fn of(&self, mark: usize) -> impl Iterator<Item = &[usize]> {
        let places = self.0.range((mark, Vec::new())..(mark + 1, Vec::new()));
        places.map(|(_, around)| around.as_slice())
    }
}

impl Table {
    fn new(texts: impl Iterator<Item = Vec<String>>, goes_on: fn(char) -> bool) -> Self {
        let entries = |(id, texts): (usize, Vec<String>)| {
            let entry = move |text: String| Some((key(text.as_bytes(), 0)?, text, id));
            texts.into_iter().filter_map(entry)
        };
        let mut entries: Vec<_> = texts.enumerate().flat_map(entries).collect();
        entries.sort();
        let mut sieve = vec![false; SIEVE];
        for (key, ..) in &entries {
            sieve[place(*key)] = true;
        }
        Self {
            entries,
            sieve,
            goes_on,
        }
    }

    fn find(&self, text: &str, found: &mut Found) {
        let mut places: Vec<(usize, usize, usize)> = Vec::new();
        let bytes = text.as_bytes();
        for at in 0..bytes.len().saturating_sub(KEY - 1) {
            let Some(here) = key(bytes, at).filter(|here| self.sieve[place(*here)]) else {
                continue;
            };
            let first = self.entries.partition_point(|(key, ..)| *key < here);
            let same = self.entries[first..]
                .iter()
                .take_while(|(key, ..)| *key == here);
            for (_, mark, id) in same {
                let end = at + mark.len();
                if bytes[at..].starts_with(mark.as_bytes()) && is_whole(text, at, end, self.goes_on)
                {
                    places.push((at, end, *id));
                }
            }
        }
        around(&mut places, found);
    }
}

/// Notes each mark with those around it.
fn around(places: &mut [(usize, usize, usize)], found: &mut Found) {
    places.sort_by_key(|(from, to, id)| (*from, std::cmp::Reverse(*to), *id));
    // Marks that began earlier and may extend beyond the next ones.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (i, (from, to, id)) in places.iter().enumerate() {
        open.retain(|(end, _)| end > from);
        let same = places[i + 1..]
            .iter()
            .take_while(|(start, end, _)| (start, end) == (from, to));
        let same = same.map(|(_, _, id)| *id);
        let before = open.iter().filter(|(end, _)| end >= to).map(|(_, id)| *id);
        let mut marks: Vec<usize> = before.chain(same).collect();
        marks.sort_unstable();
        found.0.insert((*id, marks));
        open.push((*to, *id));
    }
}

fn key(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + KEY)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// Returns the position of a key in the sieve.
fn place(key: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> 16) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_with_those_around_them() {
        let marks = [
            "Hanbit",
            "Hanbit Living",
            "Living Pte. Ltd.",
            "201912345R",
            "株式会社三星",
        ]
        .map(Words::of);
        let search = Search::new(marks.iter());
        let found = |text: &str| {
            let found = search.text(text);
            let all = (0..marks.len()).flat_map(|mark| {
                let around = found.of(mark).map(<[usize]>::to_vec).collect::<Vec<_>>();
                around.into_iter().map(move |around| (mark, around))
            });
            all.collect::<Vec<_>>()
        };
        assert_eq!(found("Hanbits 1201912345R"), []);
        assert_eq!(found("HANBIT; no. 201912345r"), [(0, vec![]), (3, vec![])]);
        let both = [(0, vec![]), (0, vec![1]), (1, vec![]), (2, vec![])];
        assert_eq!(found("Hanbit Living Private Limited and Hanbit"), both);
        assert_eq!(found("発行：株式会社三星の"), [(4, vec![])]);
        let grouped = |text: &str| {
            let mut look = Look::default();
            look.spaced.push_str(text);
            search.file(&look).of(3).count()
        };
        assert_eq!(grouped("UEN 2019 12345 R, or 2019-12345-R"), 1);
        assert_eq!(grouped("12019 12345 R"), 0);
        let unspaced = search.path("HanbitLiving_2026.pdf");
        assert_eq!(unspaced.of(1).count(), 1);
        assert_eq!(unspaced.of(0).count(), 0);
    }

    #[test]
    fn letters_with_dots_are_found_as_people_spell_them() {
        let marks = ["Wächter", "Mueller Soehne", "Straße"].map(Words::of);
        let search = Search::new(marks.iter());
        for (text, mark, count) in [
            ("by Waechter Ltd", 0, 1),
            ("by Wächter Ltd", 0, 1),
            ("Müller & Söhne", 1, 1),
            ("Mueller & Söhne", 1, 0),
            ("STRASSE", 2, 1),
            ("Wachter", 0, 0),
        ] {
            assert_eq!(search.text(text).of(mark).count(), count, "{text}");
        }
    }
}
