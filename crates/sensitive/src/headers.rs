//! Finds secrets that follow a known word: headers, JSON keys, wireless network codes.

use std::ops::Range;

use crate::judge::{after, before, has, is_placeholder, n_distinct, starts};
use crate::keys::holds_key;
use crate::kind::Kind;
use crate::scan::Scan;
use crate::tokens::decoded;

/// Notes the secret that follows a header or word.
pub(crate) fn header(scan: &mut Scan<'_>, word: &Range<usize>) {
    let text = &scan.bytes[word.clone()];
    match (text[0].to_ascii_lowercase(), text.len()) {
        (b'b', 6) if starts(text, b"bearer") => bearer(scan, word.end),
        (b'b', 5) if starts(text, b"basic") => basic(scan, word),
        (b'c', 6) if starts(text, b"cookie") => cookie(scan, word.end),
        (b'k', 3) if text == b"kty" => web_key(scan, word.start),
        (b'p', 7) if text == b"Private" => putty(scan, word),
        (b's', 3) if text == b"sig" => shared_access(scan, word),
        (b'w', 4) if text == b"WIFI" => wifi(scan, word.end),
        _ => {}
    }
}

/// Returns the run of characters of a token that follows some blanks.
fn value(scan: &Scan<'_>, at: usize, more: &[u8]) -> Range<usize> {
    let rest = after(scan.bytes, at, 4_000);
    let n_blanks = rest.iter().take_while(|b| b" \t\"'".contains(b)).count();
    let is_of = |b: &&u8| b.is_ascii_alphanumeric() || more.contains(b);
    let length = rest[n_blanks..].iter().take_while(is_of).count();
    at + n_blanks..at + n_blanks + length
}

fn bearer(scan: &mut Scan<'_>, at: usize) {
    let place = value(scan, at, b"._~+/=-");
    let token = scan.slice(place.clone());
    let is_random = token.iter().any(u8::is_ascii_digit)
        && token.iter().any(u8::is_ascii_alphabetic)
        && n_distinct(token) >= 8;
    if place.start > at && token.len() >= 16 && is_random && !is_placeholder(token) {
        scan.hit(Kind::Token, place);
    }
}

fn basic(scan: &mut Scan<'_>, word: &Range<usize>) {
    if !has(before(scan.bytes, word.start, 30), b"authorization") {
        return;
    }
    let place = value(scan, word.end, b"+/=");
    let said = decoded(scan.slice(place.clone()));
    let is_text = said.iter().all(|b| (0x20..0x7f).contains(b));
    let password = said.splitn(2, |b| *b == b':').nth(1).unwrap_or_default();
    if is_text && password.len() >= 3 && !is_placeholder(&said) && !starts(password, b"password") {
        scan.hit(Kind::Password, place);
    }
}

fn cookie(scan: &mut Scan<'_>, at: usize) {
    if scan.bytes.get(at) != Some(&b':') || at < scan.looked {
        return;
    }
    let line = after(scan.bytes, at + 1, 2_000);
    let line = line.split(|b| *b == b'\n').next().unwrap_or_default();
    scan.looked = at + line.len();
    let mut from = at + 1;
    for pair in line.split(|b| *b == b';') {
        let start = from;
        from += pair.len() + 1;
        let Some(sign) = pair.iter().position(|b| *b == b'=') else {
            continue;
        };
        let names = ["sess", "sid", "token", "auth", "jwt", "login"];
        let is_session = names.iter().any(|name| has(&pair[..sign], name.as_bytes()));
        let id = pair[sign + 1..].trim_ascii();
        if is_session && id.len() >= 12 && n_distinct(id) >= 6 && !is_placeholder(id) {
            scan.hit(Kind::Session, start + sign + 1..start + pair.len());
            return;
        }
    }
}

/// Notes a private key that is written as JSON.
fn web_key(scan: &mut Scan<'_>, at: usize) {
    if at < scan.looked {
        return;
    }
    let from = at.saturating_sub(1_500);
    let around = after(scan.bytes, from, 3_000);
    // Only the fields of this object.
    let start = around[..at - from]
        .iter()
        .rposition(|b| *b == b'{')
        .unwrap_or(0);
    let end = around[at - from..].iter().position(|b| *b == b'}');
    scan.looked = at + end.unwrap_or(1_500);
    let object = &around[start..end.map_or(around.len(), |end| at - from + end)];
    let Some(name) = object.windows(4).position(|window| window == b"\"d\":") else {
        return;
    };
    let key = object[name + 4..].trim_ascii_start();
    let Some(key) = key.strip_prefix(b"\"") else {
        return;
    };
    let is_of = |b: &&u8| b.is_ascii_alphanumeric() || b"_-".contains(b);
    let length = key.iter().take_while(is_of).count();
    if length >= 32 && !is_placeholder(&key[..length]) {
        let start = from + start + name;
        scan.hit(Kind::PrivateKey, start..start + 3);
    }
}

/// Notes a private key of `PuTTY`.
fn putty(scan: &mut Scan<'_>, word: &Range<usize>) {
    let rest = after(scan.bytes, word.start, 600);
    let key = rest.strip_prefix(b"Private-Lines:");
    if key.is_some_and(holds_key) {
        scan.hit(Kind::PrivateKey, word.start..word.start + 13);
    }
}

/// Notes the signature of an address that gives access to storage.
fn shared_access(scan: &mut Scan<'_>, word: &Range<usize>) {
    if scan.bytes.get(word.end) != Some(&b'=') {
        return;
    }
    let place = value(scan, word.end + 1, b"%+/-_");
    if place.len() < 40 {
        return;
    }
    let around = after(scan.bytes, word.start.saturating_sub(300), 600);
    let is_signed =
        has(around, b"se=") && (has(around, b"sv=") || has(around, b"sharedaccesssignature"));
    if is_signed && !is_placeholder(scan.slice(place.clone())) {
        scan.hit(Kind::Token, place);
    }
}

/// Notes the password in the text of a QR code for a wireless network.
fn wifi(scan: &mut Scan<'_>, at: usize) {
    let line = after(scan.bytes, at, 200);
    let line = line.split(|b| *b == b'\n').next().unwrap_or_default();
    if !line.starts_with(b":") || !has(line, b";;") {
        return;
    }
    let Some(start) = line.windows(2).position(|window| window == b"P:") else {
        return;
    };
    let length = line[start + 2..].iter().take_while(|b| **b != b';').count();
    let password = &line[start + 2..start + 2 + length];
    if length >= 6 && !is_placeholder(password) {
        scan.hit(Kind::Setting, at + start + 2..at + start + 2 + length);
    }
}
