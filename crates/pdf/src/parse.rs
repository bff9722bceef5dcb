//! Values, parsed from tokens.

use std::rc::Rc;

use super::lex::{Lexer, Token, is_regular, is_white};
use super::object::{Dict, Object};

/// How deeply arrays and dictionaries may be nested.
const MAX_DEPTH: usize = 64;
/// How many values an object may have.
const MAX_VALUES: usize = 400_000;

/// Reads values, and counts them.
pub(super) struct Parser<'a> {
    pub(super) lexer: Lexer<'a>,
    pub(super) n_values: usize,
    /// A token was misplaced, so the value may differ from what was written.
    pub(super) is_odd: bool,
}

impl<'a> Parser<'a> {
    pub(super) fn new(lexer: Lexer<'a>) -> Self {
        Self {
            lexer,
            n_values: 0,
            is_odd: false,
        }
    }

    /// Reads the next value; nothing if another token follows.
    pub(super) fn object(&mut self) -> Option<Object> {
        let token = self.lexer.token()?;
        self.value(token, 0)
    }

    /// Completes the value that begins with `token`.
    pub(super) fn value(&mut self, token: Token<'a>, depth: usize) -> Option<Object> {
        self.n_values += 1;
        if depth > MAX_DEPTH || self.n_values > MAX_VALUES {
            self.lexer.fuel.drain();
            return None;
        }
        Some(match token {
            Token::Int(int) => self.reference(int).unwrap_or(Object::Int(int)),
            Token::Real(real) => Object::Real(real),
            Token::Text(text) => Object::Text(text.as_ref().into()),
            Token::Name(name) => Object::Name(name.as_ref().into()),
            Token::Open => self.array(depth),
            Token::DictOpen => Object::Dict(Rc::new(self.dict(depth))),
            Token::Word(word @ (b"true" | b"false")) => Object::Bool(word == b"true"),
            Token::Word(b"null") => Object::Null,
            Token::Word(_) | Token::Close | Token::DictClose => {
                self.is_odd = true;
                return None;
            }
        })
    }

    /// Completes a reference that begins with `int`: `12 0 R`.
    fn reference(&mut self, int: i64) -> Option<Object> {
        let bytes = self.lexer.bytes;
        let number = u32::try_from(int).ok()?;
        let generation = after_white(bytes, self.lexer.at)?;
        let n_digits = digits(bytes, generation);
        let at = after_white(bytes, generation + n_digits)?;
        let ends = bytes.get(at + 1).is_none_or(|byte| !is_regular(*byte));
        if !(1..=5).contains(&n_digits) || bytes.get(at) != Some(&b'R') || !ends {
            return None;
        }
        self.lexer.at = at + 1;
        Some(Object::Ref(number))
    }

    fn array(&mut self, depth: usize) -> Object {
        let mut items = Vec::new();
        while let Some(token) = self.lexer.token() {
            match token {
                Token::Close => break,
                // Damaged: the array has no end. What follows does not belong to it.
                Token::Word(b"endobj" | b"stream") => {
                    self.is_odd = true;
                    break;
                }
                token => items.extend(self.value(token, depth + 1)),
            }
        }
        Object::Array(Rc::new(items))
    }

    /// Reads up to `>>`, or up to `ID` in the short dictionaries before inline pictures.
    pub(super) fn dict(&mut self, depth: usize) -> Dict {
        let mut dict = Dict::default();
        while let Some(token) = self.lexer.token() {
            let key = match token {
                Token::Name(key) => key,
                Token::DictClose | Token::Word(b"ID") => break,
                Token::Word(b"endobj") => {
                    self.is_odd = true;
                    break;
                }
                _ => {
                    self.is_odd = true;
                    continue;
                }
            };
            let before = self.lexer.at;
            let Some(token) = self.lexer.token() else {
                break;
            };
            if token == Token::DictClose {
                self.is_odd = true;
                break;
            }
            if matches!(token, Token::Word(b"endobj" | b"ID")) {
                self.lexer.at = before;
                continue;
            }
            if let Some(value) = self.value(token, depth + 1) {
                dict.0.insert(key.as_ref().into(), value);
            }
        }
        dict
    }
}

/// Returns the end of white space of a reasonable length.
fn after_white(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let n_white = rest
        .iter()
        .take(16)
        .take_while(|byte| is_white(**byte))
        .count();
    (1..16).contains(&n_white).then_some(at + n_white)
}

fn digits(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter()
        .take(6)
        .take_while(|byte| byte.is_ascii_digit())
        .count()
}
