//! How a text is written as a YAML value.

use crate::manifest::tree::{Node, parse};

/// Returns a value for one line, quoted as the value before it was, or if it must be.
pub(super) fn inline(text: &str, before: Option<&str>) -> String {
    let quotes = before.and_then(|before| before.chars().next());
    let is_simple = !text.chars().any(char::is_control);
    match quotes {
        Some('\'') if is_simple => format!("'{}'", text.replace('\'', "''")),
        Some('"') => quoted(text),
        _ if is_simple && is_plain(text) => text.to_owned(),
        _ => quoted(text),
    }
}

/// Returns a value of several lines for a block, or else of one line. `indent` is that of its lines.
pub(super) fn block(text: &str, before: Option<&str>, indent: usize, line_end: &str) -> String {
    let is_fit = text.contains('\n')
        && !text.starts_with([' ', '\t', '\n'])
        && !text.ends_with([' ', '\t', '\n'])
        && !text.chars().any(|c| c.is_control() && c != '\n');
    if !is_fit || before.is_some_and(|before| before.starts_with('"')) {
        return inline(text, before);
    }
    let mut out = String::from("|-");
    for line in text.split('\n') {
        out.push_str(line_end);
        if !line.is_empty() {
            out.extend(std::iter::repeat_n(' ', indent));
            out.push_str(line);
        }
    }
    out
}

/// Returns a name of a field or the number of a provision.
pub(super) fn key(name: &str) -> String {
    if is_plain(name) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// Whether every program reads it as this text without quotes, also between brackets.
fn is_plain(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-', '.']);
    // `5.1-1` and days are no numbers to anybody; `1e-5` is one.
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-._:".contains(c))
        && !digits.replace("e-", "").contains('-');
    let is_word = |word: &str| text.eq_ignore_ascii_case(word);
    let is_typed = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];
    let has_sign = text.contains([',', '[', ']', '{', '}', '#', ':']) || text.contains(is_hidden);
    if text.is_empty() || is_number || has_sign || is_typed.into_iter().any(is_word) {
        return false;
    }
    match parse(&format!("a: {text}\n")) {
        Ok((Node::Map(entries, _), faults)) => match entries.as_slice() {
            [(_, Node::Scalar(value))] => faults.is_empty() && value.plain && value.text == text,
            _ => false,
        },
        _ => false,
    }
}

/// JSON's quotation is YAML's too, but for signs that other programs read as the end of a line, or refuse.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for c in serde_json::Value::from(text).to_string().chars() {
        if is_hidden(c) {
            out.extend([format!("\\u{:04x}", u32::from(c))]);
        } else {
            out.push(c);
        }
    }
    out
}

const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}'
    )
}
