//! Finds values that are used as something they are not: a loop over a text, which would print its letters, a
//! text compared with a number, a filter that takes another kind. The engine does all of it without a word, or
//! only says so once a document is made.

mod filters;
mod kind;
mod parse;
mod tokens;
mod typing;

use std::borrow::Cow;

use serde_json::Value;

pub(crate) use kind::names;

use crate::diag::Advice;
use crate::render::kinds::filters::Takes;
use crate::render::kinds::parse::{Expr, Says, What};
use crate::render::kinds::typing::Typing;
use crate::render::names::{Tag, tags};

/// The name of a text made of a list, and of that list beside it. What prints it gets the text; what goes
/// through it gets the list.
pub(crate) const JOINED: (&str, &str) = ("models", "model_list");

/// Where values are printed: a page prints a list with brackets and quotes, an office file line by line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Printing {
    Page,
    Office,
}

/// Returns every value that is used as something else than it is, with its byte.
pub(crate) fn wrong_at(text: &str, view: &Value, printing: Printing) -> Vec<(usize, Advice)> {
    let mut typing = Typing::new(view, printing);
    for (start, inside, is_value) in said(text) {
        if let Some(says) = parse::read(inside, is_value) {
            typing.says(start, inside, &says);
        } else if inside.trim_matches(['-', ' ', '\n']).starts_with("for") {
            typing.unknown_loop();
        }
    }
    typing.faults
}

/// The inside of every tag that says something, with its first byte. The content of `raw` is text.
fn said(text: &str) -> impl Iterator<Item = (usize, &str, bool)> {
    let mut is_raw = false;
    let tags = tags(text).into_iter().filter(|tag| !tag.is_comment);
    tags.filter_map(
        move |Tag {
                  start,
                  end,
                  is_value,
                  ..
              }| {
            let inside = &text[start + 2..end - 2];
            match inside.trim_matches(['-', ' ', '\n']) {
                "raw" if !is_value => is_raw = true,
                "endraw" if !is_value => is_raw = false,
                _ => {}
            }
            (!is_raw).then_some((start + 2, inside, is_value))
        },
    )
}

/// Returns a template in which what goes through a joined text goes through its list.
pub(crate) fn listed(text: &str) -> Cow<'_, str> {
    let tags = said(text).flat_map(|(start, inside, is_value)| {
        let found = joined(inside, is_value).into_iter();
        found.map(move |at| start + at)
    });
    put_in(text, tags.collect())
}

/// The same of the inside of one tag.
pub(crate) fn listed_tag(inside: &str, is_value: bool) -> Cow<'_, str> {
    put_in(inside, joined(inside, is_value))
}

fn put_in(text: &str, mut ends: Vec<usize>) -> Cow<'_, str> {
    if ends.is_empty() {
        return Cow::Borrowed(text);
    }
    ends.sort_unstable();
    let mut out = String::with_capacity(text.len() + ends.len());
    let mut done = 0;
    for end in ends {
        out.push_str(&text[done..end - JOINED.0.len()]);
        out.push_str(JOINED.1);
        done = end;
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Where the names of joined texts end that are used as lists.
fn joined(inside: &str, is_value: bool) -> Vec<usize> {
    let mut found = Vec::new();
    if !inside.contains(JOINED.0) {
        return found;
    }
    match parse::read(inside, is_value) {
        Some(Says::GoesThrough(_, expr)) => {
            as_list(&expr, &mut found);
            in_expression(&expr, &mut found);
        }
        Some(Says::Prints(expr) | Says::Asks(expr)) => in_expression(&expr, &mut found),
        Some(Says::EndsLoop | Says::Else) | None => {}
    }
    found
}

fn as_list(expr: &Expr<'_>, found: &mut Vec<usize>) {
    if let What::Field(_, name) = &expr.what
        && *name == JOINED.0
    {
        found.push(expr.at.end);
    }
}

fn in_expression(expr: &Expr<'_>, found: &mut Vec<usize>) {
    match &expr.what {
        What::Text(_) | What::Number | What::YesNo | What::Nothing | What::Name(_) | What::Call => {
        }
        What::Field(of, _) | What::Test(of, _) | What::Not(of) | What::Minus(of) => {
            in_expression(of, found);
        }
        What::Item(of, index) => {
            as_list(of, found);
            in_expression(of, found);
            in_expression(index, found);
        }
        What::Slice(of) => {
            as_list(of, found);
            in_expression(of, found);
        }
        What::List(items) => {
            for item in items {
                in_expression(item, found);
            }
        }
        What::Filter(of, name, arguments) => {
            if filters::filter(name).is_some_and(|(takes, _)| takes == Takes::List) {
                as_list(of, found);
            }
            in_expression(of, found);
            for (_, item) in arguments {
                in_expression(item, found);
            }
        }
        What::Both(_, left, right) => {
            in_expression(left, found);
            in_expression(right, found);
        }
        What::Choice(asked, yes, no) => {
            for one in [asked, yes, no] {
                in_expression(one, found);
            }
        }
    }
}

#[cfg(test)]
mod tests;
