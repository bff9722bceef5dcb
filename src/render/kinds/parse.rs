//! The expression inside of a tag as a tree. The engine keeps its own to itself, so this one follows the same
//! grammar and order of operators; what it cannot read has no kind, and is left to the engine.

use std::ops::Range;

use crate::render::kinds::tokens::{self, Token};

/// The engine refuses what is larger.
const MOST_NODES: usize = 400;
/// The engine refuses what nests deeper.
const DEEPEST: usize = 40;

/// An expression, with its bytes inside of the tag.
#[derive(Debug)]
pub(super) struct Expr<'t> {
    pub(super) at: Range<usize>,
    pub(super) what: What<'t>,
}

/// What an expression does.
#[derive(Debug)]
pub(super) enum What<'t> {
    Text(&'t str),
    Number,
    YesNo,
    Nothing,
    Name(&'t str),
    Field(Box<Expr<'t>>, &'t str),
    /// `x[…]`: one item of a list, or one field of a group.
    Item(Box<Expr<'t>>, Box<Expr<'t>>),
    /// `x[1:3]`.
    Slice(Box<Expr<'t>>),
    List(Vec<Expr<'t>>),
    Filter(Box<Expr<'t>>, &'t str, Vec<(&'t str, Expr<'t>)>),
    Test(Box<Expr<'t>>, &'t str),
    Not(Box<Expr<'t>>),
    Minus(Box<Expr<'t>>),
    Both(&'t str, Box<Expr<'t>>, Box<Expr<'t>>),
    Choice(Box<Expr<'t>>, Box<Expr<'t>>, Box<Expr<'t>>),
    /// A function, of which nothing is known here but its name.
    Call,
}

/// What a tag says, as far as kinds matter.
#[derive(Debug)]
pub(super) enum Says<'t> {
    Prints(Expr<'t>),
    Asks(Expr<'t>),
    GoesThrough(&'t str, Expr<'t>),
    EndsLoop,
    Else,
}

/// Reads the inside of a tag; `is_value` tells `{{ }}` from `{% %}`.
pub(super) fn read(inside: &str, is_value: bool) -> Option<Says<'_>> {
    let mut tokens = tokens::read(inside)?;
    let is_dash = |token: Option<&(Token<'_>, Range<usize>)>, at: usize| {
        token.is_some_and(|(token, range)| *token == Token::Sign("-") && range.start == at)
    };
    if is_dash(tokens.first(), 0) && !is_value {
        tokens.remove(0);
    }
    if is_dash(tokens.last(), inside.len().saturating_sub(1)) {
        tokens.pop();
    }
    let mut reading = Reading {
        tokens: &tokens,
        next: 0,
        n_nodes: 0,
        depth: 0,
    };
    let says = if is_value {
        // `{{- x }}` trims; a number below zero is written with a space.
        if is_dash(tokens.first(), 0) {
            reading.next = 1;
        }
        Says::Prints(reading.expression(0)?)
    } else {
        match reading.word()? {
            "if" | "elif" => Says::Asks(reading.expression(0)?),
            "for" => {
                let name = reading.word()?;
                reading.take_word("in")?;
                Says::GoesThrough(name, reading.expression(0)?)
            }
            "endfor" => Says::EndsLoop,
            "else" => Says::Else,
            _ => return None,
        }
    };
    (reading.next == tokens.len()).then_some(says)
}

struct Reading<'a, 't> {
    tokens: &'a [(Token<'t>, Range<usize>)],
    next: usize,
    n_nodes: usize,
    depth: usize,
}

/// How tightly an operator binds, left and right.
fn binding(token: Token<'_>) -> Option<(u8, u8)> {
    Some(match token {
        Token::Word("or") => (1, 2),
        Token::Word("and") => (3, 4),
        Token::Word("in" | "is" | "not") => (5, 6),
        Token::Sign("==" | "!=" | "<" | "<=" | ">" | ">=") => (7, 8),
        Token::Sign("+" | "-") => (11, 12),
        Token::Sign("*" | "/" | "%" | "~" | "//") => (13, 14),
        Token::Sign("**") => (16, 15),
        Token::Sign("|") => (17, 18),
        _ => return None,
    })
}

impl<'t> Reading<'_, 't> {
    fn peek(&self) -> Option<Token<'t>> {
        self.tokens.get(self.next).map(|(token, _)| *token)
    }

    fn take(&mut self) -> Option<(Token<'t>, Range<usize>)> {
        let token = self.tokens.get(self.next).cloned();
        self.next += 1;
        token
    }

    fn word(&mut self) -> Option<&'t str> {
        match self.take()?.0 {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }

    fn take_word(&mut self, word: &str) -> Option<()> {
        (self.word()? == word).then_some(())
    }

    fn take_sign(&mut self, sign: &str) -> Option<usize> {
        match self.take()? {
            (Token::Sign(found), range) if found == sign => Some(range.end),
            _ => None,
        }
    }

    fn is_sign(&self, sign: &str) -> bool {
        self.peek() == Some(Token::Sign(sign))
    }

    fn node(&mut self, at: Range<usize>, what: What<'t>) -> Option<Expr<'t>> {
        self.n_nodes += 1;
        (self.n_nodes <= MOST_NODES).then_some(Expr { at, what })
    }

    fn expression(&mut self, least: u8) -> Option<Expr<'t>> {
        self.depth += 1;
        let found = (self.depth <= DEEPEST).then(|| self.operators(least));
        self.depth -= 1;
        found?
    }

    fn operators(&mut self, least: u8) -> Option<Expr<'t>> {
        let mut left = self.operand()?;
        while let Some(token) = self.peek() {
            if matches!(token, Token::Sign("[" | "?[")) {
                left = self.subscript(left)?;
                continue;
            }
            if token == Token::Word("if") && least == 0 {
                left = self.choice(left)?;
                continue;
            }
            let Some((_, right)) = binding(token).filter(|(binds, _)| *binds >= least) else {
                break;
            };
            self.next += 1;
            left = match token {
                Token::Sign("|") => self.filter(left)?,
                Token::Word("is") => self.test(left)?,
                Token::Word("not") => {
                    self.take_word("in")?;
                    self.both("in", left, right)?
                }
                Token::Word(operator) | Token::Sign(operator) => {
                    self.both(operator, left, right)?
                }
                Token::Text(_) | Token::Number => return None,
            };
        }
        Some(left)
    }

    fn both(&mut self, operator: &'t str, left: Expr<'t>, binds: u8) -> Option<Expr<'t>> {
        let right = self.expression(binds)?;
        let at = left.at.start..right.at.end;
        self.node(at, What::Both(operator, Box::new(left), Box::new(right)))
    }

    fn choice(&mut self, yes: Expr<'t>) -> Option<Expr<'t>> {
        self.take_word("if")?;
        let asked = self.expression(0)?;
        self.take_word("else")?;
        let no = self.expression(0)?;
        let at = yes.at.start..no.at.end;
        self.node(
            at,
            What::Choice(Box::new(asked), Box::new(yes), Box::new(no)),
        )
    }

    fn filter(&mut self, of: Expr<'t>) -> Option<Expr<'t>> {
        let name = self.word()?;
        let arguments = self.arguments()?;
        let at = of.at.start..self.end();
        self.node(at, What::Filter(Box::new(of), name, arguments))
    }

    fn test(&mut self, of: Expr<'t>) -> Option<Expr<'t>> {
        if self.peek() == Some(Token::Word("not")) {
            self.next += 1;
        }
        let name = self.word()?;
        self.arguments()?;
        let at = of.at.start..self.end();
        self.node(at, What::Test(Box::new(of), name))
    }

    /// The end of what was read last.
    fn end(&self) -> usize {
        let last = self.next.checked_sub(1).and_then(|i| self.tokens.get(i));
        last.map_or(0, |(_, range)| range.end)
    }

    fn arguments(&mut self) -> Option<Vec<(&'t str, Expr<'t>)>> {
        let mut arguments = Vec::new();
        if !self.is_sign("(") {
            return Some(arguments);
        }
        self.next += 1;
        while !self.is_sign(")") {
            let name = self.word()?;
            self.take_sign("=")?;
            arguments.push((name, self.expression(0)?));
            if !self.is_sign(")") {
                self.take_sign(",")?;
            }
        }
        self.next += 1;
        Some(arguments)
    }

    fn operand(&mut self) -> Option<Expr<'t>> {
        let (token, at) = self.take()?;
        let what = match token {
            Token::Text(text) => What::Text(text),
            Token::Number => What::Number,
            Token::Word("true" | "True" | "false" | "False") => What::YesNo,
            Token::Word("none" | "None" | "null") => What::Nothing,
            Token::Word("not") => {
                let of = self.expression(5)?;
                let at = at.start..of.at.end;
                return self.node(at, What::Not(Box::new(of)));
            }
            Token::Sign("-") => {
                let of = self.expression(20)?;
                let at = at.start..of.at.end;
                return self.node(at, What::Minus(Box::new(of)));
            }
            Token::Sign("(") => {
                let mut inner = self.expression(0)?;
                inner.at = at.start..self.take_sign(")")?;
                return Some(inner);
            }
            Token::Sign("[") => return self.list(at.start),
            Token::Word(_) if self.is_sign("(") => {
                self.arguments()?;
                return self.node(at.start..self.end(), What::Call);
            }
            Token::Word(name) => What::Name(name),
            Token::Sign(_) => return None,
        };
        let left = self.node(at, what)?;
        self.fields(left)
    }

    fn fields(&mut self, mut left: Expr<'t>) -> Option<Expr<'t>> {
        while self.is_sign(".") || self.is_sign("?.") {
            self.next += 1;
            let name = self.word()?;
            let at = left.at.start..self.end();
            left = self.node(at, What::Field(Box::new(left), name))?;
        }
        Some(left)
    }

    fn list(&mut self, from: usize) -> Option<Expr<'t>> {
        let mut items = Vec::new();
        while !self.is_sign("]") {
            items.push(self.expression(0)?);
            if !self.is_sign("]") {
                self.take_sign(",")?;
            }
        }
        let end = self.take_sign("]")?;
        self.node(from..end, What::List(items))
    }

    fn subscript(&mut self, of: Expr<'t>) -> Option<Expr<'t>> {
        self.next += 1;
        let mut index = None;
        let mut is_slice = false;
        while !self.is_sign("]") {
            if self.is_sign(":") {
                self.next += 1;
                is_slice = true;
            } else {
                index = Some(self.expression(0)?);
            }
        }
        let at = of.at.start..self.take_sign("]")?;
        let left = match index {
            Some(index) if !is_slice => self.node(at, What::Item(Box::new(of), Box::new(index)))?,
            _ => self.node(at, What::Slice(Box::new(of)))?,
        };
        self.fields(left)
    }
}
