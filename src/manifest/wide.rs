//! Finds characters of East Asian keyboards in place of those of YAML: a full-width colon, bracket or blank, a
//! non-breaking blank. They look alike, but are letters to YAML.

use std::cell::Cell;

use crate::diag::{Code, Finding, Place, Span};
use crate::manifest::tree::Scalar;

/// How many lines above a fault are looked at.
const MAX_LINES: usize = 30;
/// How often a text is parsed again to find the character that breaks it.
const MAX_TRIES: usize = 24;

/// Returns the YAML character that was most likely meant, and the name of the one that was written.
pub(crate) fn meant(c: char) -> Option<(&'static str, &'static str)> {
    Some(match c {
        '：' => (":", "a full-width colon"),
        '［' | '【' | '「' => ("[", "an opening bracket of another kind"),
        '］' | '】' | '」' => ("]", "a closing bracket of another kind"),
        '｛' => ("{", "a full-width brace"),
        '｝' => ("}", "a full-width brace"),
        '，' => (",", "a full-width comma"),
        '、' => (",", "an ideographic comma"),
        '＂' => ("\"", "a full-width quotation mark"),
        '＇' => ("'", "a full-width quotation mark"),
        '＃' => ("#", "a full-width number sign"),
        '－' => ("-", "a full-width hyphen"),
        '\u{3000}' => (" ", "a full-width space"),
        '\u{a0}' | '\u{202f}' => (" ", "a no-break space"),
        '\u{2000}'..='\u{200a}' | '\u{205f}' => (" ", "a space of another kind"),
        _ => return None,
    })
}

/// Returns true for a blank that is a letter to YAML.
pub(crate) fn is_blank(c: char) -> bool {
    matches!(meant(c), Some((" ", _)))
}

/// Makes the finding for a character at a byte.
pub(crate) fn finding(c: char, at: usize) -> Option<Finding> {
    let (plain, what) = meant(c)?;
    let span = Span {
        start: at,
        end: at + c.len_utf8(),
    };
    let message = format!(
        "{} {what} (U+{:04X}), and YAML reads it as a letter",
        if plain == " " {
            "this blank is".to_owned()
        } else {
            format!("`{c}` is")
        },
        u32::from(c)
    );
    let help = match plain {
        " " => "type a plain space in its place".to_owned(),
        ":" => "type `:` and a space in its place".to_owned(),
        plain => format!("type `{plain}` in its place"),
    };
    Some(Finding::new(
        Code::FullWidthSign,
        Place::Span(span),
        message,
        help,
    ))
}

/// Returns the finding for the character that breaks the YAML. `fails` is the byte at which parsing fails; `read` parses
/// another text and returns the byte at which that fails, if it does. A character is to blame if the text parses further
/// with the YAML character in its place.
pub(crate) fn to_blame(
    text: &str,
    fails: usize,
    read: impl Fn(&str) -> Option<usize>,
) -> Option<Finding> {
    let failed = line_of(text, fails);
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n').take(failed + 1) {
        lines.push((start, line));
        start += line.len();
    }
    let n_tries = Cell::new(0);
    let helps = |changed: &str| {
        n_tries.set(n_tries.get() + 1);
        n_tries.get() <= MAX_TRIES
            && read(changed).is_none_or(|byte| line_of(changed, byte) > failed)
    };
    let near = || lines.iter().copied().rev().take(MAX_LINES);
    for (start, line) in near() {
        let signs = signs(start, line);
        let Some((first, c)) = signs.first().copied() else {
            continue;
        };
        // Blanks at the beginning count together.
        let all = start..start + line.len();
        if !helps(&plain(text, all.clone(), " ")) && !helps(&plain(text, all, "  ")) {
            continue;
        }
        let single = signs.iter().skip(usize::from(signs.len() == 1)).take(8);
        let single = single
            .copied()
            .find(|(at, c)| helps(&plain(text, *at..at + c.len_utf8(), " ")));
        let (at, c) = single.unwrap_or((first, c));
        return finding(c, at);
    }
    // Characters on several lines may hide each other: the first of them is to blame.
    n_tries.set(0);
    let end = lines.last().map_or(0, |(start, line)| start + line.len());
    for (start, line) in near() {
        let signs = signs(start, line);
        let Some(first) = signs.first().copied() else {
            continue;
        };
        let all = start..end;
        if helps(&plain(text, all.clone(), " ")) || helps(&plain(text, all, "  ")) {
            let colon = signs.iter().copied().find(|(_, c)| *c == '：');
            let (at, c) = colon.filter(|_| !is_blank(first.1)).unwrap_or(first);
            return finding(c, at);
        }
    }
    None
}

/// Returns the wide characters of a line with their places in the text.
fn signs(start: usize, line: &str) -> Vec<(usize, char)> {
    let signs = line.char_indices().filter(|(_, c)| meant(*c).is_some());
    signs.map(|(i, c)| (start + i, c)).collect()
}

/// Returns the number of the line of a byte, from 0.
pub(crate) fn line_of(text: &str, byte: usize) -> usize {
    let before = text.as_bytes().get(..byte).unwrap_or(text.as_bytes());
    before
        .split(|byte| *byte == b'\n')
        .count()
        .saturating_sub(1)
}

/// Returns the text with the YAML characters in a part of it. A full-width blank is as wide as two others, and may
/// replace one or two.
fn plain(text: &str, range: std::ops::Range<usize>, blank: &str) -> String {
    let mut changed = String::with_capacity(text.len() + 8);
    changed.push_str(&text[..range.start]);
    for c in text[range.clone()].chars() {
        match meant(c) {
            Some((":", _)) => changed.push_str(": "),
            Some(_) if c == '\u{3000}' => changed.push_str(blank),
            Some((sign, _)) => changed.push_str(sign),
            None => changed.push(c),
        }
    }
    changed.push_str(&text[range.end..]);
    changed
}

/// Returns the name of a key without the wide characters in it, and the finding.
pub(crate) fn of_another_keyboard(key: &Scalar) -> Option<(&str, Finding)> {
    let name = key.text.trim_matches(is_blank);
    let name = name.split('：').next().unwrap_or(name).trim_end();
    if name.len() == key.text.len() || !key.plain {
        return None;
    }
    let word = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let (at, c) = key.text.char_indices().find(|(_, c)| meant(*c).is_some())?;
    let found = finding(c, key.span.start + at)?;
    (!name.is_empty() && name.chars().all(word)).then_some((name, found))
}
