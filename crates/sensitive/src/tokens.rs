//! Finds keys and tokens by their beginning.

use std::ops::Range;

use crate::judge::{after, has, is_placeholder, n_distinct};
use crate::kind::Kind;
use crate::scan::Scan;

/// Which characters follow the beginning of a token.
#[derive(Clone, Copy)]
enum Of {
    Capitals,
    Letters,
    /// Letters and digits, with `_` and `-`.
    Url,
    /// The same with points.
    Dotted,
    Hex,
}

/// A beginning, the characters that follow, and how many there are at least and at most.
type Rule = (&'static str, Of, usize, usize);

const MANY: usize = 4_000;

/// The rules, by first letter.
fn rules(first: u8) -> &'static [Rule] {
    match first {
        b'A' => &[
            ("AKIA", Of::Capitals, 16, 16),
            ("ASIA", Of::Capitals, 16, 16),
            ("ABIA", Of::Capitals, 16, 16),
            ("AIza", Of::Url, 33, 39),
            ("ATATT3", Of::Url, 100, 300),
            ("AGE-SECRET-KEY-1", Of::Capitals, 58, 58),
            ("AKCp", Of::Letters, 60, 80),
        ],
        b'G' => &[("GOCSPX-", Of::Url, 28, 28)],
        b'N' => &[("NRAK-", Of::Capitals, 27, 27)],
        b'P' => &[("PMAK-", Of::Url, 59, 59)],
        b'S' => &[("SG.", Of::Dotted, 50, 90)],
        b'd' => &[
            ("dop_v1_", Of::Hex, 64, 64),
            ("dckr_pat_", Of::Url, 27, 40),
            ("dapi", Of::Hex, 32, 32),
        ],
        b'g' => &[
            ("ghp_", Of::Letters, 36, 255),
            ("gho_", Of::Letters, 36, 255),
            ("ghu_", Of::Letters, 36, 255),
            ("ghs_", Of::Letters, 36, 255),
            ("ghr_", Of::Letters, 36, 255),
            ("github_pat_", Of::Url, 40, 255),
            ("glpat-", Of::Dotted, 20, 320),
            ("gldt-", Of::Url, 20, 64),
            ("glrt-", Of::Url, 20, 64),
            ("glsa_", Of::Url, 32, 64),
        ],
        b'h' => &[("hf_", Of::Letters, 34, 40), ("hvs.", Of::Url, 24, 200)],
        b'k' => &[("key-", Of::Hex, 32, 32)],
        b'l' => &[("lin_api_", Of::Letters, 40, 40)],
        b'n' => &[("npm_", Of::Letters, 36, 64)],
        b'p' => &[("pypi-", Of::Url, 50, 400)],
        b'r' => &[("rk_live_", Of::Letters, 16, 255)],
        b's' => &[
            ("sk_live_", Of::Letters, 16, 255),
            ("sk-ant-", Of::Url, 40, 255),
            ("sk-proj-", Of::Url, 40, 255),
            ("sk-", Of::Letters, 48, 48),
            ("shpat_", Of::Hex, 32, 32),
            ("sntrys_", Of::Url, 60, 400),
            ("sq0csp-", Of::Url, 43, 43),
        ],
        b'x' => &[
            ("xoxb-", Of::Url, 20, 300),
            ("xoxp-", Of::Url, 20, 300),
            ("xoxa-", Of::Url, 20, 300),
            ("xoxo-", Of::Url, 20, 300),
            ("xoxr-", Of::Url, 20, 300),
            ("xoxs-", Of::Url, 20, 300),
            ("xoxe-", Of::Url, 20, 300),
            ("xapp-", Of::Url, 20, 300),
        ],
        b'y' => &[("ya29.", Of::Url, 40, 300)],
        _ => &[],
    }
}

fn is_of(of: Of, b: u8) -> bool {
    match of {
        Of::Capitals => b.is_ascii_uppercase() || b.is_ascii_digit(),
        Of::Letters => b.is_ascii_alphanumeric(),
        Of::Url => b.is_ascii_alphanumeric() || b"_-".contains(&b),
        Of::Dotted => b.is_ascii_alphanumeric() || b"_-.".contains(&b),
        Of::Hex => b.is_ascii_hexdigit(),
    }
}

/// Notes a token that begins here.
pub(crate) fn token(scan: &mut Scan<'_>, word: &Range<usize>) {
    let rest = &scan.bytes[word.start..];
    match rest[0] {
        b'h' if rest.starts_with(b"hooks") => {
            return hook(scan, word.start, b"hooks.slack.com/services/");
        }
        b'd' if rest.starts_with(b"discord") => {
            for start in ["discord.com/api/webhooks/", "discordapp.com/api/webhooks/"] {
                hook(scan, word.start, start.as_bytes());
            }
            return;
        }
        b'e' if rest.starts_with(b"eyJ") => return jwt(scan, word.start),
        _ => {}
    }
    for (start, of, least, most) in rules(rest[0]) {
        if !rest.starts_with(start.as_bytes()) {
            continue;
        }
        let body = &rest[start.len()..];
        let length = body
            .iter()
            .take(MANY)
            .take_while(|b| is_of(*of, **b))
            .count();
        let body = &body[..length];
        let joined = if length < *least {
            joined(*of, &rest[start.len()..], length)
        } else {
            None
        };
        let (body, length) = joined
            .as_ref()
            .map_or((body, length), |(body, length)| (body.as_slice(), *length));
        let is_long = (*least..=*most).contains(&body.len());
        // Words and variable names repeat letters and have no digits.
        let is_random = n_distinct(body) >= 6 && body.iter().any(u8::is_ascii_digit);
        if is_long && is_random && !is_placeholder(body) {
            return scan.hit(Kind::Token, word.start..word.start + start.len() + length);
        }
    }
}

/// Returns a token that is broken at the end of a line, put together, and how long it is in the text.
fn joined(of: Of, text: &[u8], length: usize) -> Option<(Vec<u8>, usize)> {
    // Shorter beginnings are words: `key-`.
    const LEAST: usize = 4;
    let gap = match text.get(length..)? {
        [b'\r', b'\n', ..] => 2,
        [b'\n', ..] => 1,
        _ => return None,
    };
    let next = text.get(length + gap..)?;
    let more = next
        .iter()
        .take(MANY)
        .take_while(|b| is_of(of, **b))
        .count();
    if length < LEAST || more < LEAST {
        return None;
    }
    let whole = [&text[..length], &next[..more]].concat();
    Some((whole, length + gap + more))
}

/// Notes a webhook address: everybody who knows its path can post.
fn hook(scan: &mut Scan<'_>, at: usize, start: &[u8]) {
    let rest = &scan.bytes[at..];
    if !rest.starts_with(start) {
        return;
    }
    let path = rest[start.len()..].iter().take(200);
    let length = path
        .take_while(|b| b.is_ascii_alphanumeric() || b"/_-".contains(b))
        .count();
    let path = &rest[start.len()..start.len() + length];
    if length >= 40 && n_distinct(path) >= 8 && !is_placeholder(path) {
        scan.hit(Kind::Token, at..at + start.len() + length);
    }
}

/// Notes a signed token of three parts whose first two are JSON.
fn jwt(scan: &mut Scan<'_>, at: usize) {
    let rest = after(scan.bytes, at, MANY);
    let part = |from: usize| {
        let rest = rest.get(from..).unwrap_or_default();
        &rest[..rest.iter().take_while(|b| is_of(Of::Url, **b)).count()]
    };
    let head = part(0);
    if head.len() < 12 || rest.get(head.len()) != Some(&b'.') {
        return;
    }
    let body = part(head.len() + 1);
    let signature = part(head.len() + body.len() + 2);
    let length = head.len() + body.len() + signature.len() + 2;
    if body.len() < 8
        || signature.len() < 20
        || rest.get(head.len() + 1 + body.len()) != Some(&b'.')
    {
        return;
    }
    let is_json = |part: &[u8], word: &[u8]| {
        let json = decoded(part);
        json.starts_with(b"{") && has(&json, word)
    };
    // The example token of jwt.io and of manuals.
    let is_sample = has(&decoded(body), b"john doe") || has(&decoded(body), b"example.com");
    if is_json(head, b"\"alg\"") && is_json(body, b"\"") && !is_sample {
        scan.hit(Kind::Token, at..at + length);
    }
}

/// Decodes base64 of either alphabet, as far as it goes.
pub(crate) fn decoded(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut bits = 0_u32;
    let mut n_bits = 0;
    for b in text {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => break,
        };
        bits = ((bits << 6) | u32::from(value)) & 0xffff;
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            bytes.extend(u8::try_from((bits >> n_bits) & 0xff));
        }
    }
    bytes
}
