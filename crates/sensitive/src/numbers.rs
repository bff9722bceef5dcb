//! Finds identity card, payment card and mobile numbers.

use std::ops::Range;

use crate::checks::{
    digits, is_chinese, is_german, is_issued, is_japanese, is_korean, is_luhn, is_nric,
};
use crate::judge::{after, before, has, has_word, n_distinct};
use crate::kind::Kind;
use crate::scan::Scan;

/// Words before numbers of things, which are not personal.
const THINGS: &[&str] = &[
    "serial",
    "s/n",
    "sn",
    "model",
    "part",
    "sku",
    "order",
    "lot",
    "batch",
    "imei",
    "imsi",
    "iccid",
    "ean",
    "gtin",
    "upc",
    "barcode",
    "mac",
    "uuid",
    "hash",
    "version",
    "timestamp",
    "p/n",
    "asset",
    "fcc",
    "certificate",
    "report",
    "invoice",
    "isbn",
    "esn",
    "meid",
    "udi",
    "product",
    "device",
    "ticket",
    "udid",
    "seed",
];
const IDENTITY: &[&str] = &[
    "nric",
    "fin",
    "ic",
    "i/c",
    "identity",
    "identification",
    "id",
    "uin",
    "passholder",
    "work permit",
    "employment pass",
];
const CARDS: &[&str] = &[
    "card",
    "visa",
    "mastercard",
    "amex",
    "pan",
    "credit",
    "debit",
    "payment",
    "kreditkarte",
    "jcb",
    "unionpay",
    "cc",
];
const PHONES: &[&str] = &[
    "tel",
    "mobile",
    "phone",
    "hp",
    "handphone",
    "whatsapp",
    "mobil",
    "handy",
    "contact",
    "cell",
    "call",
    "sms",
    "mob",
    "telegram",
];

/// The most identity card numbers that are judged by the words near them.
const MOST_LOOKED: usize = 2_000;

/// Returns the rest of the line before a place, at most so many bytes of it.
fn line_before(bytes: &[u8], at: usize, most: usize) -> &[u8] {
    let head = before(bytes, at, most);
    head.rsplit(|b| *b == b'\n').next().unwrap_or_default()
}

/// Notes the number of a Singapore identity card or pass.
pub(crate) fn of_identity(scan: &mut Scan<'_>, word: &Range<usize>) {
    let text = scan.slice(word.clone());
    let is_joined = |b: Option<&u8>| b.is_some_and(|b| b"-.+/=".contains(b));
    let follows = word.start.checked_sub(1).and_then(|at| scan.bytes.get(at));
    let is_part = is_joined(follows)
        || scan
            .bytes
            .get(word.end)
            .is_some_and(|b| b"-+/=".contains(b));
    if is_part || !is_nric(text) || n_distinct(&text[1..8]) < 3 {
        return;
    }
    // So many are a list; the first of them are reported.
    scan.n_looked += 1;
    if scan.n_looked > MOST_LOOKED {
        scan.is_cut = true;
        return;
    }
    let line = line_before(scan.bytes, word.start, 60);
    let has_label =
        has_word(line, IDENTITY) || has_word(before(scan.bytes, word.start, 24), &IDENTITY[..2]);
    if has_label {
        scan.hit(Kind::Identity, word.clone());
    } else if !has_word(line, THINGS) {
        scan.hit(Kind::LikelyIdentity, word.clone());
    }
}

/// Notes such a number whose letters and digits are set apart: `S 1234567 D`, `S123 4567 D`. It needs a label, since
/// parts of other numbers are beside each other in tables.
pub(crate) fn of_parted_identity(scan: &mut Scan<'_>, start: usize) {
    const NINE: usize = 9;
    let rest = after(scan.bytes, start, 2 * NINE);
    if !b"STFGM".contains(&rest[0]) {
        return;
    }
    let (mut number, mut end, mut is_gap) = (Vec::new(), 0, false);
    for (i, b) in rest.iter().enumerate() {
        match b {
            b if b.is_ascii_alphanumeric() => {
                number.push(*b);
                is_gap = false;
                end = i + 1;
            }
            b' ' | b'-' if !is_gap => is_gap = true,
            _ => break,
        }
        if number.len() == NINE {
            break;
        }
    }
    let follows = start.checked_sub(1).and_then(|at| scan.bytes.get(at));
    let goes_on =
        |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || b"-+/=".contains(b));
    let is_alone = !goes_on(follows) && !goes_on(scan.bytes.get(start + end));
    if end == NINE || !is_alone || !is_nric(&number) || n_distinct(&number[1..8]) < 3 {
        return;
    }
    let line = line_before(scan.bytes, start, 60);
    if has_word(line, &IDENTITY[..4]) || has_word(before(scan.bytes, start, 24), &IDENTITY[..2]) {
        scan.hit(Kind::Identity, start..start + end);
    }
}

/// Looks at a word that begins with a digit.
pub(crate) fn number(scan: &mut Scan<'_>, word: Range<usize>) {
    let text = scan.slice(word.clone());
    if text.len() == 18 && is_chinese(text) {
        return scan.hit(Kind::Identity, word);
    }
    if !text.iter().all(u8::is_ascii_digit) {
        return;
    }
    let before = word.start.checked_sub(1).map_or(b' ', |at| scan.bytes[at]);
    if b".,".contains(&before) {
        return;
    }
    if before == b'+' {
        return telephone(scan, word.start);
    }
    match text.len() {
        4 if !b"-0123456789".contains(&before) || before == b'-' => groups(scan, word.start),
        6 => korean(scan, word.start),
        8 => telephone(scan, word.start),
        11 | 12 => labelled(scan, word),
        13..=19 => whole(scan, word),
        _ => {}
    }
}

/// Returns the lengths of digit groups with one blank or hyphen between them, and the digits.
fn grouped(bytes: &[u8], at: usize, sizes: &[usize]) -> Option<usize> {
    let mut end = at;
    let gap = bytes.get(at + sizes.first()?).copied();
    for (i, size) in sizes.iter().enumerate() {
        if i > 0 {
            if bytes.get(end).copied() != gap || !matches!(gap, Some(b' ' | b'-')) {
                return None;
            }
            end += 1;
        }
        let group = bytes.get(end..end + size)?;
        if !group.iter().all(u8::is_ascii_digit) {
            return None;
        }
        end += size;
    }
    let goes_on = matches!(bytes.get(end..end + 2), Some([b'-' | b' ', b'0'..=b'9']));
    let ends = !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    (ends && !goes_on).then_some(end)
}

/// Notes a card whose digits are in groups, or a mobile number of two groups.
fn groups(scan: &mut Scan<'_>, at: usize) {
    telephone(scan, at);
    // Every way below has a second group. Most numbers of four digits are years and ports.
    if !matches!(
        scan.bytes.get(at + 4..at + 6),
        Some([b' ' | b'-', b'0'..=b'9'])
    ) {
        return;
    }
    let is_first = !matches!(before(scan.bytes, at, 2), [.., b'0'..=b'9', b' ' | b'-']);
    if !is_first {
        return;
    }
    let ways: [&[usize]; 4] = [&[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4], &[4, 4, 4, 4, 3]];
    for sizes in ways {
        if let Some(end) = grouped(scan.bytes, at, sizes) {
            let number = digits(scan.slice(at..end));
            let line = line_before(scan.bytes, at, 40);
            if is_issued(&number) && is_luhn(&number) && !has_word(line, THINGS) {
                scan.hit(Kind::Card, at..end);
            }
            return;
        }
    }
    let Some(end) = grouped(scan.bytes, at, &[4, 4, 4]) else {
        return;
    };
    let line = line_before(scan.bytes, at, 40);
    let names_it = has(line, b"my number")
        || has(line, "マイナンバー".as_bytes())
        || has(line, "個人番号".as_bytes());
    if names_it && is_japanese(&digits(scan.slice(at..end))) {
        scan.hit(Kind::Identity, at..end);
    }
}

/// Notes a card whose digits are not set apart.
fn whole(scan: &mut Scan<'_>, word: Range<usize>) {
    let number = digits(scan.slice(word.clone()));
    let line = line_before(scan.bytes, word.start, 40);
    let is_joined =
        |b: Option<&u8>| b.is_some_and(|b| b"-.+/=:".contains(b) || b.is_ascii_alphabetic());
    let next = scan.bytes.get(word.end..word.end + 2);
    let goes_on = matches!(next, Some([b'.' | b'-', b'0'..=b'9']))
        || is_joined(scan.bytes.get(word.end).filter(|b| b"+/=".contains(b)));
    if !is_issued(&number)
        || !is_luhn(&number)
        || goes_on
        || n_distinct(scan.slice(word.clone())) < 2
    {
        scan.n_other_numbers += 1;
    } else if has_word(line, CARDS) {
        scan.hit(Kind::Card, word);
    } else if !has_word(line, THINGS) {
        scan.hit(Kind::LikelyCard, word);
    }
}

fn korean(scan: &mut Scan<'_>, at: usize) {
    if let Some(end) = grouped(scan.bytes, at, &[6, 7]) {
        let number = scan.slice(at..end);
        let line = line_before(scan.bytes, at, 40);
        if number[6] == b'-' && is_korean(&digits(number)) && !has_word(line, THINGS) {
            scan.hit(Kind::Identity, at..end);
        }
    }
}

/// Notes numbers that only count with a label before them.
fn labelled(scan: &mut Scan<'_>, word: Range<usize>) {
    let number = digits(scan.slice(word.clone()));
    let line = line_before(scan.bytes, word.start, 60);
    let has_one = |labels: &[&str]| labels.iter().any(|label| has(line, label.as_bytes()));
    let is_one = match number.len() {
        12 => {
            is_japanese(&number)
                && has_one(&["my number", "マイナンバー", "個人番号", "individual number"])
        }
        _ => {
            is_german(&number)
                && has_one(&[
                    "steuer-id",
                    "steuerid",
                    "identifikationsnummer",
                    "idnr",
                    "tax id",
                ])
        }
    };
    if is_one {
        scan.hit(Kind::Identity, word);
    }
}

/// How mobile numbers begin, by country code.
const MOBILE: &[(&str, &[&str])] = &[
    ("65", &["8", "9"]),
    ("82", &["10", "010"]),
    ("81", &["70", "80", "90"]),
    ("49", &["15", "16", "17"]),
    ("44", &["7"]),
    ("86", &["13", "15", "17", "18", "19"]),
    ("60", &["1"]),
    ("91", &["7", "8", "9"]),
    ("62", &["8"]),
    ("66", &["6", "8", "9"]),
    ("84", &["3", "7", "8", "9"]),
    ("63", &["9"]),
    ("852", &["5", "6", "9"]),
    ("61", &["4"]),
];

/// Notes the mobile number of a person: with a country code, or one of Singapore with a label.
fn telephone(scan: &mut Scan<'_>, at: usize) {
    let has_code = at.checked_sub(1).is_some_and(|at| scan.bytes[at] == b'+');
    // Without a country code only numbers of Singapore count, and most numbers begin otherwise.
    if !has_code && !matches!(scan.bytes.get(at), Some(b'8' | b'9')) {
        return;
    }
    let is_of = |b: &&u8| b.is_ascii_digit() || b" -()".contains(b);
    let rest = after(scan.bytes, at, 24);
    let rest = &rest[..rest.iter().take_while(is_of).count()];
    let rest = rest.trim_ascii_end();
    let n_digits = rest.iter().filter(|b| b.is_ascii_digit()).count();
    let is_local = n_digits == 8 && matches!(rest.len(), 8 | 9);
    if !has_code && !is_local {
        return;
    }
    let line = line_before(scan.bytes, at, 40);
    let number = digits(rest);
    if rest.ends_with(b"-")
        || rest.ends_with(b"(")
        || has_word(line, &["fax", "hotline"])
        || has_zeros(&number)
    {
        return;
    }
    if has_code {
        let text: Vec<u8> = rest.iter().copied().filter(u8::is_ascii_digit).collect();
        let is_mobile = MOBILE.iter().any(|(code, starts)| {
            let after = text.strip_prefix(code.as_bytes());
            after.is_some_and(|after| {
                starts
                    .iter()
                    .any(|start| after.starts_with(start.as_bytes()))
            })
        });
        let is_long = if text.starts_with(b"65") {
            text.len() == 10
        } else {
            (10..=13).contains(&text.len())
        };
        if is_mobile && is_long {
            scan.hit(Kind::Phone, at - 1..at + rest.len());
        }
        return;
    }
    let near = before(line, line.len(), 24);
    if has_word(near, PHONES) && !has_word(near, THINGS) {
        scan.hit(Kind::Phone, at..at + rest.len());
    }
}

/// Returns true for numbers of zeros, which nobody has.
fn has_zeros(number: &[u32]) -> bool {
    number
        .windows(5)
        .any(|window| window.iter().all(|digit| *digit == 0))
}
