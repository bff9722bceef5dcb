//! Finds private keys in text form, and password hashes.

use crate::judge::{after, has, is_placeholder, n_distinct};
use crate::kind::Kind;
use crate::scan::Scan;

/// How many bytes after the first line are searched for the key.
const NEAR: usize = 600;

/// Notes a private key whose first line ends here. The line without base64 after it is a text about keys.
pub(crate) fn block(scan: &mut Scan<'_>, at: usize) {
    let line = after(scan.bytes, at, 80);
    let start = at + usize::from(line.starts_with(b" "));
    let line = line.strip_prefix(b" ").unwrap_or(line);
    let Some(label) = line.strip_prefix(b"BEGIN ") else {
        return;
    };
    let Some(end) = label.windows(4).position(|window| window == b"----") else {
        return;
    };
    if !has(&label[..end], b"private key") {
        return;
    }
    let end = start + b"BEGIN ".len() + end;
    if holds_key(after(scan.bytes, end, NEAR)) {
        scan.hit(Kind::PrivateKey, start..end);
    }
}

/// Returns whether a run of base64 follows.
pub(crate) fn holds_key(text: &[u8]) -> bool {
    let is_of_key = |b: &u8| b.is_ascii_alphanumeric() || b"+/=".contains(b);
    // In JSON a line ends with a backslash and a letter.
    let text = String::from_utf8_lossy(text).replace("\\n", "\n");
    let mut runs = text.as_bytes().split(|b| !is_of_key(b));
    runs.any(|run| run.len() >= 24 && n_distinct(run) >= 8 && !is_placeholder(run))
}

/// Notes a private key in text form that was written in base64 once more, as in a file of Kubernetes.
pub(crate) fn encoded(scan: &mut Scan<'_>, at: usize) {
    /// The first line of a key is shorter.
    const FIRST_LINE: usize = 80;
    /// The shortest key, twice in base64.
    const SHORTEST: usize = 120;
    let is_of_it = |b: &&u8| b.is_ascii_alphanumeric() || b"+/=".contains(b);
    let text = after(scan.bytes, at, SHORTEST);
    let length = text.iter().take_while(is_of_it).count();
    let line = decoded(&text[..length.min(FIRST_LINE)]);
    if length == SHORTEST && has(&line, b"private key-") {
        scan.hit(Kind::PrivateKey, at..at + length);
    }
}

/// Returns the bytes that are written in base64, up to the first sign that is none.
fn decoded(text: &[u8]) -> Vec<u8> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let values = text
        .iter()
        .map_while(|b| SIGNS.iter().position(|sign| sign == b));
    let values: Vec<u32> = values
        .map(|value| u32::try_from(value).unwrap_or(0))
        .collect();
    let groups = values.chunks_exact(4).flat_map(|group| {
        let bits = group.iter().fold(0, |bits, value| bits << 6 | value);
        let [_, bytes @ ..] = bits.to_be_bytes();
        bytes
    });
    groups.collect()
}

/// How hashes of passwords begin.
const HASHES: &[&str] = &[
    "$1$",
    "$5$",
    "$6$",
    "$7$",
    "$y$",
    "$2a$",
    "$2b$",
    "$2y$",
    "$apr1$",
    "$argon2id$",
    "$argon2i$",
    "$argon2d$",
    "$pbkdf2",
    "$scrypt$",
    "{SHA}",
    "{SSHA}",
    "{SHA512}",
    "{SSHA512}",
];

/// Notes a password hash that begins here.
pub(crate) fn hash(scan: &mut Scan<'_>, at: usize) {
    let rest = after(scan.bytes, at, 300);
    let Some(start) = HASHES
        .iter()
        .find(|start| rest.starts_with(start.as_bytes()))
    else {
        return;
    };
    let is_of_hash = |b: &u8| b.is_ascii_alphanumeric() || b"$./+=,-_".contains(b);
    let length = start.len()
        + rest[start.len()..]
            .iter()
            .take_while(|b| is_of_hash(b))
            .count();
    let last = rest[..length]
        .rsplit(|b| *b == b'$')
        .next()
        .unwrap_or_default();
    let last = last.rsplit(|b| *b == b'}').next().unwrap_or_default();
    if last.len() < 22 || n_distinct(last) < 8 || is_placeholder(&rest[start.len()..length]) {
        return;
    }
    let is_of_account =
        at > 1 && scan.bytes[at - 1] == b':' && !scan.bytes[at - 2].is_ascii_whitespace();
    let is_account = is_of_account && scan.bytes[at - 2] != b'"';
    let kind = if is_account {
        Kind::Password
    } else {
        Kind::Setting
    };
    scan.hit(kind, at..at + length);
}
