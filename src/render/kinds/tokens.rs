//! The words and signs inside of a tag, with their bytes.

use std::ops::Range;

/// One word or sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A name, or a word of the language.
    Word(&'t str),
    /// A text in quotes, without them.
    Text(&'t str),
    /// A number.
    Number,
    /// Any other sign, of one or two characters.
    Sign(&'t str),
}

/// Signs of two characters, which are looked for first.
const LONG: &[&str] = &["//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];

/// Reads the inside of a tag; nothing where the engine would refuse it anyway.
pub(super) fn read(inside: &str) -> Option<Vec<(Token<'_>, Range<usize>)>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = inside[at..].chars().next() {
        let rest = &inside[at..];
        let (token, length) = match c {
            c if c.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            '"' | '\'' | '`' => quoted(rest, c)?,
            c if c.is_ascii_digit() => (Token::Number, number(rest)),
            c if c.is_ascii_alphabetic() || c == '_' => {
                let length = rest
                    .bytes()
                    .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
                    .count();
                (Token::Word(&rest[..length]), length)
            }
            c if c.is_ascii() => {
                let long = LONG.iter().find(|long| rest.starts_with(**long));
                let length = long.map_or(1, |long| long.len());
                (Token::Sign(&rest[..length]), length)
            }
            _ => return None,
        };
        tokens.push((token, at..at + length));
        at += length;
    }
    Some(tokens)
}

fn quoted(rest: &str, quote: char) -> Option<(Token<'_>, usize)> {
    let mut is_escaped = false;
    let end = rest[1..].find(|c| {
        let ends = c == quote && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    })?;
    Some((Token::Text(&rest[1..=end]), end + 2))
}

fn number(rest: &str) -> usize {
    let mut has_point = false;
    rest.bytes()
        .take_while(|byte| {
            let is_point = *byte == b'.' && !has_point;
            has_point |= is_point;
            is_point || byte.is_ascii_digit()
        })
        .count()
}
