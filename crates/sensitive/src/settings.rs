//! Finds values that a configuration, a log or a sentence names as password, secret or key.

use std::ops::Range;

use crate::judge::{Form, after, before, has, is_digest, is_placeholder, is_secret, n_distinct};
use crate::kind::Kind;
use crate::scan::Scan;

/// The longest name of a setting that is examined.
const LONGEST_NAME: usize = 60;

/// Endings of names, only letters and digits, in lower case.
const PASSWORDS: &[&str] = &[
    "password",
    "passwd",
    "passwort",
    "passphrase",
    "passcode",
    "pwd",
    "pass",
    "kennwort",
    "motdepasse",
    "salasana",
    "wachtwoord",
    "senha",
];
const SECRETS: &[&str] = &[
    "secret",
    "apikey",
    "apitoken",
    "secretkey",
    "accesskey",
    "accesstoken",
    "authtoken",
    "authkey",
    "refreshtoken",
    "privatetoken",
    "bearertoken",
    "sessiontoken",
    "clientsecret",
    "sharedsecret",
    "signingkey",
    "encryptionkey",
    "masterkey",
    "xauthtoken",
    "credential",
    "credentials",
];
const WIRELESS: &[&str] = &[
    "psk",
    "wpapassphrase",
    "wpakey",
    "wifikey",
    "wifipassword",
    "presharedkey",
    "sharedkey",
    "wepkey",
];

/// What a setting may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Password,
    Secret,
    Wireless,
    AmazonKey,
    AzureKey,
    WireGuard,
}

/// Returns the kind of value that a name announces.
fn what(name: &[u8]) -> Option<What> {
    let mut plain = [0_u8; LONGEST_NAME];
    let mut length = 0;
    for b in name
        .iter()
        .filter(|b| b.is_ascii_alphanumeric())
        .take(LONGEST_NAME)
    {
        plain[length] = b.to_ascii_lowercase();
        length += 1;
    }
    let plain = plain[..length].trim_ascii_end();
    let n_digits = plain
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_digit())
        .count();
    let plain = &plain[..length - n_digits];
    let ends = |words: &[&str]| words.iter().any(|word| plain.ends_with(word.as_bytes()));
    if ends(&["secretaccesskey", "awssecretkey"]) {
        return Some(What::AmazonKey);
    }
    if ends(&["accountkey", "sharedaccesskey"]) {
        return Some(What::AzureKey);
    }
    if plain == b"privatekey" {
        return Some(What::WireGuard);
    }
    if ends(WIRELESS) {
        return Some(What::Wireless);
    }
    // Other words end in the same letters: bypass, compass.
    let is_word = ends(&["pass"])
        && !matches!(
            plain,
            b"pass"
                | b"dbpass"
                | b"userpass"
                | b"mqttpass"
                | b"ftppass"
                | b"smtppass"
                | b"rootpass"
                | b"adminpass"
                | b"wifipass"
                | b"mysqlpass"
        );
    if ends(PASSWORDS) && !is_word {
        return Some(What::Password);
    }
    ends(SECRETS).then_some(What::Secret)
}

/// Returns true for the head of a column that holds passwords or secrets.
pub(crate) fn is_of_secret(name: &[u8]) -> bool {
    name.len() < LONGEST_NAME && what(name).is_some()
}

/// Notes the value after a word such as `password`.
pub(crate) fn setting(scan: &mut Scan<'_>, word: &Range<usize>) {
    // The last letters of all names above. Most words fail this quick test.
    if word.len() < 3
        || !matches!(
            scan.bytes[word.end - 1].to_ascii_lowercase(),
            b'a' | b'd' | b't' | b'e' | b's' | b'k' | b'n' | b'y' | b'l' | b'0'..=b'9'
        )
    {
        return;
    }
    if scan.bytes.get(word.end) == Some(&b'\n') {
        return below(scan, word);
    }
    // After most words follows another one.
    let is_option = || before(scan.bytes, word.start, 40).ends_with(b"-");
    let is_followed = match scan.bytes.get(word.end..word.end + 2) {
        Some([b' ', b' ' | b'\t' | b':' | b'=' | b'i']) => true,
        Some([b' ', _]) => is_option(),
        Some([next, _]) => b"\"'\\]\t:=>".contains(next),
        _ => false,
    };
    if !is_followed {
        return;
    }
    let Some((at, sign)) = separator(scan.bytes, word.end) else {
        return;
    };
    let head = before(scan.bytes, word.start, LONGEST_NAME - 1);
    let is_of_name = |b: &&u8| b.is_ascii_alphanumeric() || b"_.-".contains(b);
    let start = word.start - head.iter().rev().take_while(is_of_name).count();
    let name = &scan.bytes[start..word.end];
    let Some(what) = what(name) else {
        return;
    };
    let is_tag = || {
        let prefix = before(scan.bytes, start, LONGEST_NAME);
        let is_of_prefix = |b: &u8| b.is_ascii_alphanumeric() || *b == b':';
        let start = prefix.iter().rposition(|b| !is_of_prefix(b));
        start.is_some_and(|at| prefix[at] == b'<')
    };
    if sign == Sign::Blank && !name.starts_with(b"--") || sign == Sign::Tag && !is_tag() {
        return;
    }
    let Some((place, form)) = value(scan.bytes, at, sign) else {
        return;
    };
    let value = &scan.bytes[place.clone()];
    if let Some(kind) = kind(scan.bytes, start, what, value, form) {
        scan.hit(kind, place);
    }
}

/// Notes a password on the next line or in the next cell, if it is all there is and no word or name is like it.
fn below(scan: &mut Scan<'_>, word: &Range<usize>) {
    let name = before(scan.bytes, word.end, LONGEST_NAME - 1);
    let name = name.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    if what(name) != Some(What::Password) {
        return;
    }
    let rest = after(scan.bytes, word.end, 80);
    let n_blanks = rest.iter().take_while(|b| b" \t\n".contains(b)).count();
    let value = &rest[n_blanks..];
    let length = value
        .iter()
        .position(|b| *b == b'\n')
        .unwrap_or(value.len());
    let value = value[..length].trim_ascii_end();
    let has = |is: fn(&u8) -> bool| value.iter().any(is);
    let is_random = has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && (has(u8::is_ascii_uppercase) || has(|b| b"!#$%&*+?^~@".contains(b)));
    let is_one = value.len() >= 8 && value.iter().all(u8::is_ascii_graphic);
    if n_blanks <= 4 && is_one && is_random && is_secret(value, Form::Loose) {
        let start = word.end + n_blanks;
        scan.hit(Kind::Setting, start..start + value.len());
    }
}

/// What is between a name and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Equals,
    Colon,
    /// The word "is".
    Is,
    Blank,
    /// The end of a tag of XML.
    Tag,
}

/// Returns what is between a name and its value, and where the value begins.
fn separator(bytes: &[u8], at: usize) -> Option<(usize, Sign)> {
    let rest = after(bytes, at, 40);
    let n_quotes = rest.iter().take_while(|b| b"\"'\\]".contains(b)).count();
    let n_blanks = rest[n_quotes..]
        .iter()
        .take_while(|b| b" \t".contains(b))
        .count();
    let n = n_quotes + n_blanks;
    let sign = &rest[n..];
    let (length, sign) = match sign {
        [b':' | b'=', b'=', ..] | [b'=', b'>', ..] => (2, Sign::Equals),
        [b'=', ..] => (1, Sign::Equals),
        [b'>', ..] if n == 0 => (1, Sign::Tag),
        [b':', ..] => (1, Sign::Colon),
        [b'i', b's', b' ' | b':', ..] if n_quotes == 0 && n_blanks > 0 => (3, Sign::Is),
        _ if n_quotes == 0 && n_blanks == 1 => (0, Sign::Blank),
        _ => return None,
    };
    Some((at + n + length, sign))
}

/// Returns where a value is, and how it is written.
fn value(bytes: &[u8], at: usize, sign: Sign) -> Option<(Range<usize>, Form)> {
    let rest = after(bytes, at, 600);
    let n_blanks = rest.iter().take_while(|b| b" \t".contains(b)).count();
    let start = at + n_blanks;
    let rest = &rest[n_blanks..];
    let (skip, quote) = match rest {
        [b'\\', quote @ (b'"' | b'\''), ..] => (2, Some(*quote)),
        [quote @ (b'"' | b'\'' | b'`'), ..] => (1, Some(*quote)),
        _ => (0, None),
    };
    let text = &rest[skip..];
    if let Some(quote) = quote {
        let length = text.iter().position(|b| *b == quote || *b == b'\n')?;
        let length = length - usize::from(text[..length].ends_with(b"\\"));
        let has_blanks = text[..length].contains(&b' ');
        return (!has_blanks).then_some((start + skip..start + skip + length, Form::Strict));
    }
    let ends = |b: &u8| {
        b.is_ascii_whitespace() || b"\"'`;<>".contains(b) || (*b == b'&' && sign == Sign::Equals)
    };
    let length = text.iter().position(ends).unwrap_or(text.len());
    let mut value = &text[..length];
    // The end of a sentence, or of a list in brackets.
    while let [rest @ .., b'.' | b',' | b')' | b']' | b'}' | b':'] = value {
        value = rest;
    }
    let line = &text[length..];
    let line = line.split(|b| *b == b'\n').next().unwrap_or_default();
    let goes_on = line.iter().any(u8::is_ascii_alphabetic);
    let form = match sign {
        Sign::Equals | Sign::Tag => Form::Strict,
        Sign::Colon | Sign::Blank if !goes_on => Form::Loose,
        Sign::Colon | Sign::Is | Sign::Blank => Form::Prose,
    };
    Some((start..start + value.len(), form))
}

/// Returns the kind of a value; `None` if it is not a secret.
fn kind(bytes: &[u8], start: usize, what: What, value: &[u8], form: Form) -> Option<Kind> {
    let is_base64 = |n: usize| {
        let is_of = |b: &u8| b.is_ascii_alphanumeric() || b"+/=".contains(b);
        value.len() == n
            && value.iter().all(is_of)
            && n_distinct(value) >= 12
            && !is_placeholder(value)
    };
    match what {
        What::AmazonKey if is_base64(40) => return Some(Kind::Token),
        What::AzureKey if is_base64(88) || is_base64(44) => return Some(Kind::Token),
        What::WireGuard => {
            return (is_base64(44) && value.ends_with(b"=")).then_some(Kind::PrivateKey);
        }
        // A passphrase of at least eight characters, words too, or the key itself.
        What::Wireless if form == Form::Strict && value.len() >= 8 => {
            let is_plain = value.iter().all(u8::is_ascii_graphic);
            let is_secret =
                n_distinct(value) >= 5 && !is_placeholder(value) && !is_word_of_settings(value);
            return (is_plain && is_secret).then_some(Kind::Setting);
        }
        _ => {}
    }
    let is_password = matches!(what, What::Password | What::Wireless);
    if is_digest(value) && (is_password || value.len() > 64) || !is_secret(value, form) {
        return None;
    }
    // Keys and tokens are longer than words.
    if !is_password && (value.len() < 12 && form != Form::Strict || n_distinct(value) < 6) {
        return None;
    }
    let line = before(bytes, start, 200);
    let line = line.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    let is_connection = [
        "server=",
        "data source=",
        "user id=",
        "uid=",
        "host=",
        "endpoint=",
    ]
    .iter()
    .any(|word| has(line, word.as_bytes()));
    Some(if is_password && is_connection && form == Form::Strict {
        Kind::Password
    } else {
        Kind::Setting
    })
}

/// Words that describe the security of a wireless network, not its key.
fn is_word_of_settings(value: &[u8]) -> bool {
    [
        "required",
        "disabled",
        "optional",
        "unique",
        "perdevice",
        "per-device",
        "generated",
        "random",
        "passphrase",
        "wpa",
    ]
    .iter()
    .any(|word| has(value, word.as_bytes()))
        || value.starts_with(b"$")
        || value.starts_with(b"/")
        || value.contains(&b'(')
}
