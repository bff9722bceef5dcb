//! Mail: its headers with encoded words, its texts, the mails in it. Files that hang on it are not opened.

use std::borrow::Cow;

use encoding_rs::Encoding;

use crate::Unsearched;
use crate::{HazardKind, InFile, Look, markup, programs, text};

/// How deep parts may nest in parts.
const DEEPEST: usize = 10;
/// The most that is read of a mail, in bytes.
const LARGEST: usize = 20_000_000;
/// The most that the headers of a part take, in bytes.
const LARGEST_HEAD: usize = 1_000_000;
/// The most parts that are read.
const MOST_PARTS: usize = 1_000;

/// Reads a mail.
pub(super) fn read(bytes: &[u8], look: &mut Look) {
    let mut n_left = MOST_PARTS;
    if bytes.len() > LARGEST {
        look.miss(Unsearched::Bound);
    }
    part(&bytes[..bytes.len().min(LARGEST)], 0, &mut n_left, look);
}

fn part(bytes: &[u8], depth: usize, n_left: &mut usize, look: &mut Look) {
    if depth > DEEPEST || *n_left == 0 || look.is_full() {
        return look.miss(Unsearched::Bound);
    }
    *n_left -= 1;
    let (head, body) = halves(bytes);
    if head.len() > LARGEST_HEAD {
        look.miss(Unsearched::Bound);
    }
    let headers = unfolded(&head[..head.len().min(LARGEST_HEAD)]);
    look.say(&encoded_words(&headers));
    let kind = header(&headers, "content-type").unwrap_or("text/plain");
    attached(&headers, kind, look);
    let lower = kind.to_ascii_lowercase();
    let body = transferred(header(&headers, "content-transfer-encoding"), body);
    if lower.starts_with("multipart/") {
        match parameter(kind, "boundary") {
            Some(boundary) => several(&body, boundary, depth, n_left, look),
            None => look.miss(Unsearched::Damaged),
        }
    } else if lower.starts_with("message/rfc822") {
        part(&body, depth + 1, n_left, look);
    } else if lower.starts_with("text/html") {
        let text = look.decoded(
            &body,
            parameter(kind, "charset").or_else(|| text::declared(&body)),
        );
        markup::html(&text, look);
    } else if lower.starts_with("text/") || lower.starts_with("message/") {
        let text = look.decoded(&body, parameter(kind, "charset"));
        look.say(&text);
    } else if !lower.starts_with("image/") {
        look.miss(Unsearched::Attachment);
    }
}

/// Notes a file that hangs on a mail. Pictures in its text are part of it.
fn attached(headers: &str, kind: &str, look: &mut Look) {
    let how = header(headers, "content-disposition").unwrap_or_default();
    let name = parameter(how, "filename").or_else(|| parameter(kind, "name"));
    let name = name
        .map(encoded_words)
        .map(|name| name.replace('\u{200b}', ""));
    let is_attached = how.to_ascii_lowercase().starts_with("attachment");
    match name {
        Some(name) if programs::is_named(&name) => {
            look.warn_of(HazardKind::ProgramInside, InFile::Part(name.clone()), &name);
        }
        // A picture is seen by everybody who opens the mail.
        _ if kind.to_ascii_lowercase().starts_with("image/") => {}
        name if is_attached || kind.to_ascii_lowercase().starts_with("application/") => {
            let name = name.unwrap_or_default();
            let is_signature = kind.contains("-signature");
            if !is_signature {
                look.warn_of(HazardKind::Attachment, InFile::Part(name.clone()), &name);
            }
        }
        _ => {}
    }
}

/// Reads what is between the boundaries; what comes before the first and behind the last counts, too.
fn several(body: &[u8], boundary: &str, depth: usize, n_left: &mut usize, look: &mut Look) {
    let mark = format!("--{boundary}");
    let starts = memchr::memmem::find_iter(body, mark.as_bytes());
    let mut lines = starts
        .filter_map(|at| line(body, at, mark.len()))
        .peekable();
    let before = lines.peek().map(|line| line.start);
    let Some(before) = before else {
        return look.miss(Unsearched::Damaged);
    };
    look.say(&String::from_utf8_lossy(&body[..before]));
    while let Some(Line { end, is_last, .. }) = lines.next() {
        let to = lines.peek().map_or(body.len(), |next| next.start);
        let inside = &body[end.min(to)..to];
        if is_last {
            look.say(&String::from_utf8_lossy(inside));
            continue;
        }
        part(inside, depth + 1, n_left, look);
        if *n_left == 0 {
            return look.miss(Unsearched::Bound);
        }
    }
}

/// A line between parts.
struct Line {
    start: usize,
    end: usize,
    /// Whether it says that no part follows.
    is_last: bool,
}

/// Returns the line that a boundary makes, if it begins one and nothing else is in it.
fn line(body: &[u8], start: usize, length: usize) -> Option<Line> {
    let is_begun = start == 0 || body[start - 1] == b'\n';
    let after = &body[start + length..];
    let rest = after.strip_prefix(b"--");
    let (is_last, rest) = (rest.is_some(), rest.unwrap_or(after));
    let n_blanks = rest
        .iter()
        .take_while(|b| matches!(b, b' ' | b'\t'))
        .count();
    let rest = &rest[n_blanks..];
    let next = rest
        .strip_prefix(b"\r\n")
        .or_else(|| rest.strip_prefix(b"\n"))
        .or_else(|| rest.is_empty().then_some(rest))?;
    is_begun.then_some(Line {
        start,
        end: body.len() - next.len(),
        is_last,
    })
}

/// Returns the headers and the body of a part.
fn halves(bytes: &[u8]) -> (&[u8], &[u8]) {
    if bytes.starts_with(b"\n") || bytes.starts_with(b"\r\n") {
        return (b"", bytes);
    }
    let find = |gap: &[u8]| Some((memchr::memmem::find(bytes, gap)?, gap.len()));
    let gaps = [find(b"\n\n"), find(b"\n\r\n")];
    match gaps.into_iter().flatten().min() {
        Some((at, length)) => (&bytes[..at], &bytes[at + length..]),
        None => (bytes, b""),
    }
}

/// Returns headers with those over several lines on one.
fn unfolded(head: &[u8]) -> String {
    let (text, _) = text::decode(head, None);
    let text = text.replace("\r\n", "\n");
    text.replace("\n ", " ").replace("\n\t", " ")
}

fn header<'h>(headers: &'h str, name: &str) -> Option<&'h str> {
    headers.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found
            .trim()
            .eq_ignore_ascii_case(name)
            .then_some(value.trim())
    })
}

fn parameter<'h>(value: &'h str, name: &str) -> Option<&'h str> {
    value.split(';').skip(1).find_map(|part| {
        let (found, value) = part.split_once('=')?;
        let value = value.trim().trim_matches('"');
        found.trim().eq_ignore_ascii_case(name).then_some(value)
    })
}

/// Returns a body as it was before it was sent.
fn transferred<'b>(how: Option<&str>, body: &'b [u8]) -> Cow<'b, [u8]> {
    match how.map(str::to_ascii_lowercase).as_deref() {
        Some("base64") => Cow::Owned(base64(body)),
        Some("quoted-printable") => Cow::Owned(quoted(body, false)),
        _ => Cow::Borrowed(body),
    }
}

/// Reads base64; what is no sign of it is passed over.
fn base64(body: &[u8]) -> Vec<u8> {
    let value = |b: &u8| match b {
        b'A'..=b'Z' => Some(b - b'A'),
        b'a'..=b'z' => Some(b - b'a' + 26),
        b'0'..=b'9' => Some(b - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    };
    let (mut bits, mut n_bits) = (0_u32, 0);
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    for six in body.iter().filter_map(value) {
        bits = (bits << 6 | u32::from(six)) & 0xff_ffff;
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            out.push(u8::try_from(bits >> n_bits & 0xff).unwrap_or_default());
        }
    }
    out
}

/// Reads quoted-printable; in a header an underscore is a blank.
fn quoted(body: &[u8], is_header: bool) -> Vec<u8> {
    let digit = |b: u8| {
        char::from(b)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'=', [b'\r', b'\n', next @ ..] | [b'\n', next @ ..]) => rest = next,
            (b'=', [high, low, next @ ..]) => match (digit(*high), digit(*low)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    rest = next;
                }
                _ => out.push(b'='),
            },
            (b'_', _) if is_header => out.push(b' '),
            _ => out.push(*first),
        }
    }
    out
}

/// Reads the words of headers that are written `=?utf-8?B?…?=`.
fn encoded_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("=?") {
        let (before, from) = rest.split_at(at);
        // A blank between two such words is none.
        if !(out.ends_with('\u{200b}') && before.trim().is_empty()) {
            out.push_str(before);
        }
        let mut parts = from[2..].splitn(4, '?');
        let word = || {
            let (label, how, inside) = (parts.next()?, parts.next()?, parts.next()?);
            let after = parts.next()?.strip_prefix('=')?;
            let bytes = match how {
                "B" | "b" => base64(inside.as_bytes()),
                "Q" | "q" => quoted(inside.as_bytes(), true),
                _ => return None,
            };
            let label = label.split('*').next().unwrap_or(label);
            let encoding = Encoding::for_label(label.as_bytes())?;
            Some((encoding.decode(&bytes).0.into_owned(), after))
        };
        let mut word = word;
        if let Some((words, after)) = word() {
            out.push_str(&words);
            out.push('\u{200b}');
            rest = after;
        } else {
            out.push_str("=?");
            rest = &from[2..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (String, Option<Unsearched>) {
        let mut look = Look::default();
        read(text.replace('\n', "\r\n").as_bytes(), &mut look);
        (look.spaced.replace('\u{200b}', ""), look.reason())
    }

    #[test]
    fn headers_and_texts_are_read() {
        let mail = "From: =?utf-8?Q?M=C3=BCller?= =?utf-8?B?IEdtYkg=?= <a@b.example>\nSubject: a\n folded line\nContent-Type: multipart/mixed; boundary=\"x y\"\n\npreamble\n--x y\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nHan=\nbit M=FCller\n--x y\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+TGl2PGI+aW5nPC9iPjwvcD4=\n--x y--\n";
        let (text, why) = read_text(mail);
        for words in [
            "Müller GmbH",
            "a folded line",
            "preamble",
            "Hanbit Müller",
            "Living",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert_eq!(why, None);
    }

    #[test]
    fn files_that_hang_on_a_mail_are_said() {
        let mail = |kind: &str| {
            format!(
                "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: {kind}\n\nx\n--b--\n"
            )
        };
        assert_eq!(
            read_text(&mail("application/pdf")).1,
            Some(Unsearched::Attachment)
        );
        assert_eq!(read_text(&mail("image/png")).1, None);
        let text = |body: &str| {
            read_text(&format!(
                "Content-Type: multipart/mixed; boundary=b\n\n{body}"
            ))
        };
        let (words, why) = text(
            "--b\n\nsee --b-- here\n--b2\n\nstill\n--b \n\nsecond\n--b--\nepilogue\n--b\n\nthird\n",
        );
        for word in ["here", "still", "second", "epilogue", "third"] {
            assert!(words.contains(word), "{word}: {words}");
        }
        assert_eq!(why, None);
        assert_eq!(text("a --b\n\nx").1, Some(Unsearched::Damaged));
        let nested = "Content-Type: message/rfc822\n\n".repeat(20);
        assert_eq!(read_text(&nested).1, Some(Unsearched::Bound));
    }
}
