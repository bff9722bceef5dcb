//! Finds letters of other alphabets that look like Latin letters, and models that people confuse.

use crate::text::composed;

/// Capital and small letters by alphabet, each with the Latin letter that it looks like.
const ALPHABETS: &[(&str, &str, &str)] = &[
    (
        "Cyrillic",
        "АВЕКМНОРСТХУЅІЈаеорсухѕіјԁһӏԛԝ",
        "ABEKMHOPCTXYSIJaeopcyxsijdhlqw",
    ),
    ("Greek", "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲ", "ABEZHIKMNOPTYXovc"),
    ("Armenian", "ՍՏՕԼօոս", "USOLonu"),
    ("Cherokee", "ᎪᏴᏟᎠᎬᎻᎫᏞᎷᏢᏒᏚᎢᏙᎳᏃ", "ABCDEHJLMPRSTVWZ"),
];

/// A letter of another alphabet that looks like a Latin letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// The letter.
    pub letter: char,
    /// Its alphabet.
    pub alphabet: &'static str,
    /// The Latin letter that it looks like.
    pub latin: char,
    /// Its place in the text, from 1.
    pub place: usize,
}

impl LookAlike {
    /// Returns the predicate of a message: "has the Cyrillic …".
    pub fn says(&self) -> String {
        format!(
            "has the {} `{}` (U+{:04X}) as its character {}, which looks like the Latin `{}`",
            self.alphabet,
            self.letter,
            u32::from(self.letter),
            self.place,
            self.latin
        )
    }
}

/// Returns the first look-alike of a code: a model, a version, a number. A code with other letters of the same
/// alphabet is written in that alphabet and is right.
pub fn in_code(text: &str) -> Option<LookAlike> {
    if text.is_ascii() {
        return None;
    }
    let found = first(text)?;
    let own = |c: char| is_other_alphabet(c) && latin(c).is_none();
    (!text.chars().any(own)).then_some(found)
}

/// Returns the first look-alike of a name: one in a word that also has Latin letters.
pub fn in_name(text: &str) -> Option<LookAlike> {
    if text.is_ascii() {
        return None;
    }
    let mut before = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let mixed = word.chars().any(|c| c.is_ascii_alphabetic());
        if let Some(found) = first(word).filter(|_| mixed) {
            let place = found.place + before;
            return Some(LookAlike { place, ..found });
        }
        before += word.chars().count();
    }
    None
}

/// Returns the text with look-alikes replaced by the Latin letters.
pub fn as_latin(text: &str) -> String {
    let one = |c| latin(c).map_or(c, |(_, latin)| latin);
    text.chars().map(one).collect()
}

/// Returns true for a text with full-width letters or digits, as East Asian keyboards write them.
pub fn is_wide(text: &str) -> bool {
    text.chars()
        .any(|c| matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '０'..='９'))
}

/// Returns the model number without what people spell differently: case, spaces, hyphens and
/// other separators, letters and digits of full width.
pub fn plain_model(model: &str) -> String {
    model
        .chars()
        .map(of_plain_width)
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect()
}

/// East Asian keyboards also write Latin letters and digits as wide as their own characters.
fn of_plain_width(c: char) -> char {
    match u32::from(c) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Returns a model with O replaced by 0, and I and l by 1, as people confuse them.
pub fn read_hastily(model: &str) -> String {
    let one = |c| match c {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    plain_model(&as_latin(&composed(model)))
        .chars()
        .map(one)
        .collect()
}

fn first(text: &str) -> Option<LookAlike> {
    text.chars().enumerate().find_map(|(i, letter)| {
        let (alphabet, latin) = latin(letter)?;
        Some(LookAlike {
            letter,
            alphabet,
            latin,
            place: i + 1,
        })
    })
}

fn latin(c: char) -> Option<(&'static str, char)> {
    if c.is_ascii() {
        return None;
    }
    if let Some(latin) = mathematical(c) {
        return Some(("mathematical sign", latin));
    }
    ALPHABETS.iter().find_map(|(name, letters, latins)| {
        let i = letters.chars().position(|letter| letter == c)?;
        Some((*name, latins.chars().nth(i)?))
    })
}

/// Letters and digits of formulas: thirteen alphabets of 52, then five rows of digits.
fn mathematical(c: char) -> Option<char> {
    let at = |base: u8, n: u32| u8::try_from(n).ok().map(|n| char::from(base + n));
    match u32::from(c) {
        code @ 0x1d400..=0x1d6a3 => match (code - 0x1d400) % 52 {
            n @ 0..=25 => at(b'A', n),
            n => at(b'a', n - 26),
        },
        code @ 0x1d7ce..=0x1d7ff => at(b'0', (code - 0x1d7ce) % 10),
        _ => None,
    }
}

fn is_other_alphabet(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{58f}' | '\u{13a0}'..='\u{13ff}') && c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_its_latin_one() {
        for (name, letters, latins) in ALPHABETS {
            assert_eq!(letters.chars().count(), latins.chars().count(), "{name}");
            assert!(
                latins.is_ascii() && !letters.chars().any(|c| c.is_ascii()),
                "{name}"
            );
        }
    }

    #[test]
    fn codes_with_letters_of_another_alphabet_are_found() {
        let found = in_code("HХ-200").unwrap();
        assert_eq!((found.letter, found.latin, found.place), ('Х', 'X', 2));
        assert!(in_code("НХ-200").is_some());
        assert!(in_code("𝐇X-200").is_some());
        for right in ["HX-200", "МЖ-200", "型番-200", "Größe-1", "ＨＸ－２００"] {
            assert_eq!(in_code(right), None, "{right}");
        }
    }

    #[test]
    fn names_in_one_alphabet_are_left_alone() {
        for right in ["Москва", "Αθήνα Labs", "Wächterblick", "例示光学 (Reiji)"] {
            assert_eq!(in_name(right), None, "{right}");
        }
        assert_eq!(in_name("My Hаnbit").unwrap().place, 5);
        assert_eq!(read_hastily("HX-2OI"), read_hastily("hx 201"));
    }
}
