//! Compares names: the same, the same in another spelling, or similar.

use crate::fold::{bare, is_latin};

/// Where a name is in a text, and whether it is written as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its first byte.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// False if capitals, hyphens or blanks differ.
    pub is_same: bool,
}

/// Looks for a name as a separate word: first exactly, then without capitals, hyphens and blanks.
pub fn find(text: &str, name: &str) -> Option<Found> {
    if name.is_empty() {
        return None;
    }
    let mut exact = text
        .match_indices(name)
        .map(|(start, _)| (start, start + name.len()));
    let exact = exact.find(|(start, end)| is_apart(text, *start, *end));
    match exact {
        Some((start, end)) => Some(Found {
            start,
            end,
            is_same: true,
        }),
        None => loosely(text, name),
    }
}

/// So many unreadable letters of a page are looked at, so that a page full of them takes no time.
const MOST_BLURS: usize = 300;

/// Returns true if a name is in a text but for letters that the font does not name.
pub fn is_blurred(text: &str, name: &str) -> bool {
    let wanted: Vec<char> = name.chars().collect();
    let blurs = text.match_indices('\u{fffd}').take(MOST_BLURS);
    wanted.len() <= 100
        && blurs.into_iter().any(|(at, _)| {
            let before: Vec<char> = text[..at].chars().rev().take(wanted.len()).collect();
            let after: Vec<char> = text[at..].chars().take(wanted.len()).collect();
            (0..wanted.len().min(before.len() + 1)).any(|n| {
                let read = before[..n].iter().rev().chain(&after);
                let read: Vec<&char> = read.take(wanted.len()).collect();
                let n_read = read.iter().filter(|c| ***c != '\u{fffd}').count();
                let is_same =
                    |(one, other): (&&char, &char)| **one == *other || **one == '\u{fffd}';
                read.len() == wanted.len()
                    && n_read * 3 >= wanted.len() * 2
                    && read.iter().zip(&wanted).all(is_same)
            })
        })
}

/// Returns true if a name is not part of a longer one.
fn is_apart(text: &str, start: usize, end: usize) -> bool {
    !goes_on(text[end..].chars()) && !goes_back(&text[..start])
}

/// `HX-200K`, `HX-200-EU`, `3.4.2.1` continue the name; `HX-200-based`, `HX-200.` and `HX-200/HX-300` do not.
fn goes_on(mut after: std::str::Chars<'_>) -> bool {
    let Some(next) = after.next() else {
        return false;
    };
    if is_latin(next) {
        return true;
    }
    match next {
        '-' => {
            let word: String = after.take_while(|c| is_latin(*c)).take(20).collect();
            !word.is_empty() && !is_plain(&word)
        }
        '.' | ',' | '_' => next != '_' && after.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

fn goes_back(before: &str) -> bool {
    let mut back = before.chars().rev();
    match back.next() {
        // `v3.4.2` is version 3.4.2.
        Some('v' | 'V') => back.next().is_some_and(is_latin),
        Some(c) if is_latin(c) => true,
        Some('-') => {
            let word: String = back.take_while(|c| is_latin(*c)).take(20).collect();
            !word.is_empty() && !is_plain(&word)
        }
        Some('.' | ',') => back.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// Returns true for a word of the sentence, not of the name.
fn is_plain(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next();
    word.chars().count() >= 3 && letters.all(char::is_lowercase)
}

/// Looks for a name and ignores capitals, hyphens and blanks.
fn loosely(text: &str, name: &str) -> Option<Found> {
    let wanted: Vec<char> = bare(name).chars().collect();
    let first = *wanted.first()?;
    let mut best = None;
    for start in begins(text, first) {
        let Some(end) = runs(&text[start..], &wanted).map(|length| start + length) else {
            continue;
        };
        if !is_apart(text, start, end) {
            continue;
        }
        if is_only_wrapped(&text[start..end], name) {
            return Some(Found {
                start,
                end,
                is_same: true,
            });
        }
        best = best.or(Some(Found {
            start,
            end,
            is_same: false,
        }));
    }
    best
}

/// Returns the places of a capital letter or digit in a text, in either case.
fn begins(text: &str, first: char) -> Vec<usize> {
    if text.is_ascii() {
        let places = text.bytes().enumerate();
        let is_first = |(_, b): &(usize, u8)| char::from(b.to_ascii_uppercase()) == first;
        return places.filter(is_first).map(|(at, _)| at).collect();
    }
    let is_first = |c: char| {
        if c.is_ascii() {
            c.to_ascii_uppercase() == first
        } else {
            c.to_uppercase().eq([first])
        }
    };
    let places = text.char_indices().filter(|(_, c)| is_first(*c));
    places.map(|(at, _)| at).collect()
}

/// Returns the length of text with the same letters and digits, and any punctuation between them.
fn runs(text: &str, wanted: &[char]) -> Option<usize> {
    let mut left = wanted.iter();
    let mut gap = 0;
    for (i, c) in text.char_indices() {
        if !c.is_alphanumeric() {
            gap += 1;
            if gap > 3 || !matches!(c, ' ' | '\n' | '\r' | '-' | '_' | '.' | '/') {
                return None;
            }
            continue;
        }
        gap = 0;
        for upper in c.to_uppercase() {
            if left.next() != Some(&upper) {
                return None;
            }
        }
        if left.as_slice().is_empty() {
            return Some(i + c.len_utf8());
        }
    }
    None
}

/// Returns true if two texts differ only by a line break within a name.
fn is_only_wrapped(found: &str, name: &str) -> bool {
    let plain = |text: &str| {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
    };
    found.contains('\n') && plain(found) == plain(name)
}

/// How two names are similar: like a slip, or like two products of one maker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alike {
    /// Different signs that look like each other.
    Look,
    /// The same beginning with another length.
    Ending,
    /// One sign differs.
    Slip,
    /// Two signs of many differ.
    Slips,
    /// The same form and the same beginning.
    Made,
}

/// Compares two names that are not one.
pub fn alike(one: &str, other: &str) -> Option<Alike> {
    let (one, other) = (bare(one), bare(other));
    let (n_one, n_other) = (one.chars().count(), other.chars().count());
    if one == other || n_one < 2 || n_other < 2 || n_one.max(n_other) > 60 {
        return None;
    }
    if look(&one) == look(&other) {
        return Some(Alike::Look);
    }
    let shorter = n_one.min(n_other);
    if shorter >= 3
        && (one.starts_with(&other) || other.starts_with(&one))
        && n_one.abs_diff(n_other) <= 4
    {
        return Some(Alike::Ending);
    }
    let slips = slips(&one, &other);
    if slips <= usize::from(shorter >= 8) + 1 && slips * 3 <= shorter {
        return Some(if slips == 1 {
            Alike::Slip
        } else {
            Alike::Slips
        });
    }
    let lead = |text: &str| {
        text.chars()
            .take_while(|c| c.is_alphabetic())
            .collect::<String>()
    };
    (made(&one) == made(&other) && lead(&one) == lead(&other)).then_some(Alike::Made)
}

/// Replaces characters that look alike by one of them.
fn look(bare: &str) -> String {
    let look = |c| match c {
        'O' | 'Q' | 'О' | 'Ο' => '0',
        'I' | 'L' | 'І' | 'Ι' => '1',
        'S' | 'Ѕ' => '5',
        'B' | 'В' | 'Β' => '8',
        'Z' | 'Ζ' => '2',
        'А' | 'Α' => 'A',
        'Е' | 'Ε' => 'E',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Н' | 'Η' => 'H',
        'Р' | 'Ρ' => 'P',
        'С' => 'C',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        c => c,
    };
    bare.chars().map(look).collect()
}

/// Returns the form of a name: one sign for each run of letters or digits.
fn made(bare: &str) -> String {
    let mut made = String::new();
    for c in bare.chars() {
        let sign = if c.is_numeric() { '9' } else { 'A' };
        if !made.ends_with(sign) {
            made.push(sign);
        }
    }
    made
}

/// Counts the signs to add, drop or change, up to three.
fn slips(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = corner + usize::from(a != b);
            corner = row[j + 1];
            row[j + 1] = changed.min(corner + 1).min(row[j] + 1);
        }
    }
    row[other.len()]
}

/// Returns true if two names differ only in capitals, hyphens and blanks.
pub fn bare_same(one: &str, other: &str) -> bool {
    bare(one) == bare(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_as_a_word_of_its_own() {
        for (text, name, is_same) in [
            ("for the HX-200.", "HX-200", Some(true)),
            ("HX-200/HX-300", "HX-200", Some(true)),
            ("型番HX-200です", "HX-200", Some(true)),
            ("HX-200-based", "HX-200", Some(true)),
            ("the HX-\n200 is", "HX-200", Some(true)),
            ("hx200", "HX-200", Some(false)),
            ("HX 200", "HX-200", Some(false)),
            ("HX-200K", "HX-200", None),
            ("HX-200-EU", "HX-200", None),
            ("XHX-200", "HX-200", None),
            ("HX-2000", "HX-200", None),
            ("A-HX-200", "HX-200", None),
        ] {
            assert_eq!(
                find(text, name).map(|found| found.is_same),
                is_same,
                "{text}"
            );
        }
    }

    #[test]
    fn a_name_is_found_without_letters_that_the_font_does_not_name() {
        for (text, name, is_there) in [
            ("for w\u{fffd}chterblick, k\u{fffd}ln", "wächterblick", true),
            ("no. sik\u{fffd}00042", "sik-00042", true),
            ("no. sik\u{fffd}00043", "sik-00042", false),
            (
                "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
                "HX-200",
                false,
            ),
            ("HX-200", "HX-200", false),
        ] {
            assert_eq!(is_blurred(text, name), is_there, "{text}");
        }
    }

    #[test]
    fn names_are_alike_or_not() {
        for (one, other, expected) in [
            ("HX-2OO", "HX-200", Some(Alike::Look)),
            ("HX-200K", "HX-200", Some(Alike::Ending)),
            ("HX-201", "HX-200", Some(Alike::Slip)),
            ("OG-AX1800", "OG-AX3000", Some(Alike::Slips)),
            ("KV-P2", "KV-D1", None),
            ("HX-375", "HX-200", Some(Alike::Made)),
            ("EN-303", "HX-200", None),
            ("HX-200", "hx200", None),
        ] {
            assert_eq!(alike(one, other), expected, "{one} {other}");
        }
    }
}
