//! Decides whether a value looks like a secret, a word, a placeholder or a hash.

/// Placeholders for a secret in manuals and blacked-out copies.
const PLACEHOLDERS: &[&str] = &[
    "example",
    "changeme",
    "change_me",
    "change-me",
    "xxxx",
    "****",
    "placeholder",
    "redacted",
    "your",
    "dummy",
    "sample",
    "masked",
    "hidden",
    "removed",
    "todo",
    "insert",
    "....",
    "____",
    "----",
    "[",
    "]",
    "<",
    ">",
    "{",
    "}",
    "replace",
    "notreal",
    "fake",
    "undefined",
    "not-a-real",
    "test-only",
    "lorem",
];

/// Beginnings of values that are not secrets: references to one, algorithms, other words.
const ELSEWHERE: &[&str] = &[
    "http:",
    "https:",
    "/",
    "./",
    "../",
    "$",
    "%",
    "@",
    "&",
    "env",
    "os.",
    "process.",
    "vault:",
    "enc(",
    "file:",
    "arn:",
    "sha",
    "aes",
    "pbkdf",
    "argon",
    "bcrypt",
    "scrypt",
    "hmac",
    "rsa",
    "ecdsa",
    "ed25519",
    "md5",
    "tls",
    "base64",
    "self.",
    "this.",
    "config.",
    "null",
    "c:\\",
    "hkdf",
    "x509",
    "oauth",
    "keychain",
    "secure",
    "utf-8",
    "ssh-",
    "en303645",
    "en-303",
    "iso/",
    "iso2",
    "iso-",
    "fips",
    "nist",
    "provision",
    "wpa2",
    "wpa3",
];

/// Returns whether a text begins with letters, ignoring case.
pub(crate) fn starts(bytes: &[u8], lower: &[u8]) -> bool {
    bytes.len() >= lower.len() && bytes[..lower.len()].eq_ignore_ascii_case(lower)
}

/// Returns whether a text contains a word, ignoring case.
pub(crate) fn has(bytes: &[u8], lower: &[u8]) -> bool {
    !lower.is_empty()
        && bytes
            .windows(lower.len())
            .any(|window| window.eq_ignore_ascii_case(lower))
}

/// Returns whether a text contains one of these words as a separate word, ignoring case.
pub(crate) fn has_word(bytes: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| {
        let word = word.as_bytes();
        let places = bytes.windows(word.len()).enumerate();
        let mut places = places.filter(|(_, window)| window.eq_ignore_ascii_case(word));
        places.any(|(at, _)| {
            let is_letter = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphabetic);
            let is_open = at == 0 || !is_letter(bytes.get(at - 1)) || !is_letter(word.first());
            is_open && (!is_letter(bytes.get(at + word.len())) || !is_letter(word.last()))
        })
    })
}

/// Returns so many bytes before a place.
pub(crate) fn before(bytes: &[u8], at: usize, most: usize) -> &[u8] {
    &bytes[at.saturating_sub(most)..at]
}

/// Returns so many bytes from a place on.
pub(crate) fn after(bytes: &[u8], at: usize, most: usize) -> &[u8] {
    let at = at.min(bytes.len());
    &bytes[at..bytes.len().min(at + most)]
}

/// Returns whether a value is a placeholder for a secret.
pub(crate) fn is_placeholder(value: &[u8]) -> bool {
    PLACEHOLDERS.iter().any(|word| has(value, word.as_bytes()))
        || has(value, "…".as_bytes())
        || has(value, "•".as_bytes())
        || has(value, "●".as_bytes())
        || n_distinct(value) < 4
}

/// Returns how many different bytes a value has.
pub(crate) fn n_distinct(value: &[u8]) -> usize {
    let mut seen = [false; 256];
    for b in value {
        seen[usize::from(*b)] = true;
    }
    seen.iter().filter(|seen| **seen).count()
}

/// Returns whether a value is the digest of something: hexadecimal digits, as many as a hash has.
pub(crate) fn is_digest(value: &[u8]) -> bool {
    matches!(value.len(), 32 | 40 | 48 | 56 | 64 | 96 | 128)
        && value.iter().all(u8::is_ascii_hexdigit)
}

/// Returns whether a value is a UUID.
pub(crate) fn is_uuid(value: &[u8]) -> bool {
    let place = |(i, b): (usize, &u8)| match i {
        8 | 13 | 18 | 23 => *b == b'-',
        _ => b.is_ascii_hexdigit(),
    };
    value.len() == 36 && value.iter().enumerate().all(place)
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// As programs write it: quoted, or after an equals sign.
    Strict,
    /// As people may write it: after a colon, at the end of a line.
    Loose,
    /// In a sentence.
    Prose,
}

/// Returns whether a value with the label password looks like one.
pub(crate) fn is_secret(value: &[u8], form: Form) -> bool {
    if !(6..=256).contains(&value.len()) || is_placeholder(value) || is_uuid(value) {
        return false;
    }
    let leads = ELSEWHERE
        .iter()
        .any(|start| starts(value, start.as_bytes()));
    // `!vault`, `!secret`: a tag of YAML, which says where the value is.
    let is_tag = value.first() == Some(&b'!') && value[1..].iter().all(u8::is_ascii_lowercase);
    if leads || is_tag || value.contains(&b'(') || value.contains(&b'=') && form == Form::Prose {
        return false;
    }
    let has_letter = value.iter().any(|b| b.is_ascii_alphabetic() || *b >= 0x80);
    let has_digit = value.iter().any(u8::is_ascii_digit);
    let has_sign = value.iter().any(|b| b"!#$%&*+?^~@|\\".contains(b));
    let is_mixed = has_letter && (has_digit || has_sign);
    let is_camel = value[1..].iter().any(u8::is_ascii_uppercase)
        && value.iter().any(u8::is_ascii_lowercase)
        && n_distinct(value) >= 8
        && value.len() >= 10;
    match form {
        Form::Strict => is_mixed || (is_camel && !is_wordy(value) && !is_name(value)),
        Form::Loose => is_mixed && !is_wordy(value),
        Form::Prose => is_mixed && !is_wordy(value) && (has_digit || value.len() >= 10),
    }
}

/// Returns whether a value is the name of something in a program: `passwordField`, `UserService.check`.
fn is_name(value: &[u8]) -> bool {
    value
        .iter()
        .all(|b| b.is_ascii_alphabetic() || b"._-".contains(b))
}

/// Returns whether a value is made of words and numbers: `12-stellig`, `Level-2`, `8/16`, `e.g.`
fn is_wordy(value: &[u8]) -> bool {
    let parts = value.split(|b| b"-_/.,:+'%\xe2\x80\x93".contains(b));
    let mut parts = parts.filter(|part| !part.is_empty());
    parts.all(|part| {
        let is_number = part.iter().all(u8::is_ascii_digit);
        let is_word = part
            .iter()
            .skip(1)
            .all(|b| b.is_ascii_lowercase() || *b >= 0x80)
            && (part[0].is_ascii_alphabetic() || part[0] >= 0x80);
        let is_capital = part.iter().all(u8::is_ascii_uppercase);
        is_number || is_word || is_capital
    })
}
