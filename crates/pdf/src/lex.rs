//! The tokens of PDF syntax: in files, in page contents, and in character maps.

use std::borrow::Cow;

use super::fuel::{Fuel, TOKEN};

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Int(i64),
    Real(f64),
    Text(Cow<'a, [u8]>),
    Name(Cow<'a, [u8]>),
    Open,
    Close,
    DictOpen,
    DictClose,
    /// An operator, a keyword, or a misplaced character.
    Word(&'a [u8]),
}

/// Reads one token after the other.
#[derive(Clone, Debug)]
pub(super) struct Lexer<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) at: usize,
    /// How many zero bytes were skipped as white space; they come from damage, not from a producer.
    pub(super) zeros: usize,
    pub(super) fuel: &'a Fuel,
}

pub(super) fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

pub(super) fn is_regular(byte: u8) -> bool {
    !is_white(byte) && !is_delimiter(byte)
}

pub(super) fn hex(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], at: usize, fuel: &'a Fuel) -> Self {
        Self {
            bytes,
            at,
            zeros: 0,
            fuel,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Returns the next token; nothing at the end, or without fuel.
    pub(super) fn token(&mut self) -> Option<Token<'a>> {
        if self.fuel.is_out() {
            return None;
        }
        let start = self.at;
        self.skip();
        let token = self.part();
        let n_read = u64::try_from(self.at.saturating_sub(start)).unwrap_or(u64::MAX);
        let each = if matches!(token, Some(Token::Text(_))) {
            8
        } else {
            3
        };
        self.fuel.spend(TOKEN + each * n_read).then_some(token?)
    }

    fn part(&mut self) -> Option<Token<'a>> {
        let byte = self.peek()?;
        let next = self.bytes.get(self.at + 1).copied();
        Some(match byte {
            b'(' => self.literal(),
            b'<' if next == Some(b'<') => self.take(2, Token::DictOpen),
            b'<' => self.hexadecimal(),
            b'>' if next == Some(b'>') => self.take(2, Token::DictClose),
            b'[' => self.take(1, Token::Open),
            b']' => self.take(1, Token::Close),
            b'/' => self.name(),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
            _ => self.word(),
        })
    }

    fn take(&mut self, n: usize, token: Token<'a>) -> Token<'a> {
        self.at += n;
        token
    }

    /// Skips white space and comments.
    pub(super) fn skip(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                let rest = &self.bytes[self.at..];
                self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
            } else if is_white(byte) {
                self.zeros += usize::from(byte == 0);
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn word(&mut self) -> Token<'a> {
        let start = self.at;
        self.at += 1;
        if is_regular(self.bytes[start]) {
            while self.peek().is_some_and(is_regular) {
                self.at += 1;
            }
        }
        Token::Word(&self.bytes[start..self.at])
    }

    /// Reads a number. Some producers write `--5`, `4.` and `.5`.
    fn number(&mut self) -> Token<'a> {
        let start = self.at;
        let mut point = None;
        let mut value: i64 = 0;
        while let Some(byte) = self.peek() {
            match byte {
                b'0'..=b'9' if value < 100_000_000_000_000_000 => {
                    value = value * 10 + i64::from(byte - b'0');
                }
                // Digits behind the point that no page needs are dropped.
                b'0'..=b'9' if point.is_some() => point = point.map(|at: usize| at + 1),
                b'0'..=b'9' => {}
                b'.' if point.is_none() => point = Some(self.at + 1),
                b'-' | b'+' if value == 0 && point.is_none() => {}
                _ => break,
            }
            self.at += 1;
        }
        let text = &self.bytes[start..self.at];
        let end = self.at;
        // Old producers wrote a minus within numbers; the rest of the number is skipped.
        while self.at > start
            && self
                .peek()
                .is_some_and(|byte| matches!(byte, b'-' | b'0'..=b'9'))
        {
            self.at += 1;
        }
        if !text.iter().any(u8::is_ascii_digit) && text != b"-" && text != b"." {
            return Token::Word(text);
        }
        let value = if text[0] == b'-' { -value } else { value };
        match point {
            None => Token::Int(value),
            Some(point) => Token::Real(scaled(value, end.saturating_sub(point))),
        }
    }

    fn name(&mut self) -> Token<'a> {
        self.at += 1;
        let start = self.at;
        while self.peek().is_some_and(is_regular) {
            self.at += 1;
        }
        let written = &self.bytes[start..self.at];
        if !written.contains(&b'#') {
            return Token::Name(Cow::Borrowed(written));
        }
        let mut name = Vec::with_capacity(written.len());
        let mut rest = written;
        while let Some((&byte, after)) = rest.split_first() {
            let pair = after.first().copied().and_then(hex);
            let pair = pair.zip(after.get(1).copied().and_then(hex));
            if let (b'#', Some((high, low))) = (byte, pair) {
                name.push(high << 4 | low);
                rest = &after[2..];
            } else {
                name.push(byte);
                rest = after;
            }
        }
        Token::Name(Cow::Owned(name))
    }

    fn hexadecimal(&mut self) -> Token<'a> {
        self.at += 1;
        let mut text = Vec::new();
        let mut high = None;
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            if let Some(digit) = hex(byte) {
                match high.take() {
                    None => high = Some(digit),
                    Some(high) => text.push(high << 4 | digit),
                }
            }
        }
        text.extend(high.map(|high| high << 4));
        Token::Text(Cow::Owned(text))
    }

    fn literal(&mut self) -> Token<'a> {
        self.at += 1;
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let end = memchr::memchr3(b'(', b')', b'\\', rest);
        if let Some(plain) =
            end.and_then(|end| rest[end..].starts_with(b")").then_some(&rest[..end]))
        {
            self.at += plain.len() + 1;
            return Token::Text(Cow::Borrowed(plain));
        }
        let mut text = Vec::new();
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        Token::Text(Cow::Owned(text))
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else {
                        break;
                    };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push(u8::try_from(code & 0xff).unwrap_or(0));
            }
            b'\r' if self.peek() == Some(b'\n') => self.at += 1,
            b'\r' | b'\n' => {}
            other => text.push(other),
        }
    }
}

/// Returns `value` with the point moved by this many digits.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "places on a page are fractions; the same division has the same result everywhere"
)]
fn scaled(value: i64, digits: usize) -> f64 {
    const TENS: [f64; 31] = {
        let mut tens = [1.0; 31];
        let mut at = 1;
        while at < tens.len() {
            tens[at] = tens[at - 1] * 10.0;
            at += 1;
        }
        tens
    };
    value as f64 / TENS[digits.min(30)]
}
