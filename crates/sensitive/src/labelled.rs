//! Finds personal details by the label before them.

use std::ops::Range;

use crate::judge::{after, before, has, starts};
use crate::kind::Kind;
use crate::scan::Scan;

const PASSPORTS: &[&str] = &["passport", "passportno", "reisepassnr"];
const BIRTHS: &[&str] = &[
    "birthday",
    "birthdate",
    "dob",
    "dateofbirth",
    "geburtsdatum",
];
const HOMES: &[&str] = &["address", "privatadresse", "privatanschrift"];

/// Notes the personal detail that follows a label.
pub(crate) fn label(scan: &mut Scan<'_>, word: &Range<usize>) {
    let text = &scan.bytes[word.clone()];
    if !matches!(
        text[0].to_ascii_lowercase(),
        b'n' | b'p' | b'r' | b'b' | b'd' | b'g' | b'a'
    ) {
        return;
    }
    let is_of = |labels: &[&str]| {
        labels
            .iter()
            .any(|label| text.eq_ignore_ascii_case(label.as_bytes()))
    };
    let is_birth = || is_of(&["birth"]) && has(before(scan.bytes, word.start, 10), b"date of");
    if is_of(&["nric"]) {
        scan.names_cards_of_identity = true;
    } else if is_of(PASSPORTS) {
        passport(scan, word.end);
    } else if is_of(BIRTHS) || is_birth() {
        birth(scan, word.end);
    } else if is_of(HOMES) {
        home(scan, word);
    }
}

/// Returns the text after a label on its line, with its place.
fn behind<'t>(scan: &Scan<'t>, at: usize) -> (usize, &'t [u8]) {
    let line = after(scan.bytes, at, 120);
    let line = line.split(|b| *b == b'\n').next().unwrap_or_default();
    let n_signs = line
        .iter()
        .take_while(|b| b" \t:=\"'.,|-#".contains(b))
        .count();
    (at + n_signs, &line[n_signs..])
}

/// Notes letters and digits behind the word for a passport.
fn passport(scan: &mut Scan<'_>, at: usize) {
    let (start, line) = behind(scan, at);
    let mut from = 0;
    for word in line.split(|b| !b.is_ascii_alphanumeric()).take(4) {
        let n_digits = word.iter().filter(|b| b.is_ascii_digit()).count();
        let is_number = (7..=10).contains(&word.len()) && n_digits >= 6;
        if is_number && !word.iter().any(u8::is_ascii_lowercase) {
            return scan.hit(Kind::Detail, start + from..start + from + word.len());
        }
        from += word.len() + 1;
    }
}

/// Notes a day behind the words for a date of birth.
fn birth(scan: &mut Scan<'_>, at: usize) {
    let (start, line) = behind(scan, at);
    let is_of = |b: &&u8| b.is_ascii_alphanumeric() || b" -/.,".contains(b);
    let length = line.iter().take(20).take_while(is_of).count();
    let day = line[..length].trim_ascii_end();
    let n_digits = day.iter().filter(|b| b.is_ascii_digit()).count();
    let begins = day.first().is_some_and(u8::is_ascii_digit) || day.len() <= 18 && n_digits >= 5;
    if (5..=8).contains(&n_digits) && begins {
        scan.hit(Kind::Detail, start..start + day.len());
    }
}

/// Notes an address that is labelled as a home.
fn home(scan: &mut Scan<'_>, word: &Range<usize>) {
    let head = before(scan.bytes, word.start, 14);
    let is_private = [
        "home ",
        "home_",
        "home-",
        "residential ",
        "residential_",
        "private ",
    ]
    .iter()
    .any(|label| {
        head.len() >= label.len() && starts(&head[head.len() - label.len()..], label.as_bytes())
    });
    let is_german = starts(scan.slice(word.clone()), b"privat");
    if !is_private && !is_german {
        return;
    }
    let (start, line) = behind(scan, word.end);
    let sign = scan.bytes.get(word.end..start).unwrap_or_default();
    let has_sign = sign.iter().any(|b| b":=|\"".contains(b));
    let is_address = line.iter().any(u8::is_ascii_digit)
        && line.iter().filter(|b| b.is_ascii_alphabetic()).count() >= 5;
    // "Private address" may mean an IP address.
    let is_of_network = line
        .iter()
        .take(15)
        .all(|b| b.is_ascii_digit() || b"./:".contains(b));
    if has_sign && is_address && !is_of_network {
        scan.hit(Kind::Detail, start..start + line.len());
    }
}
