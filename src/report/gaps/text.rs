//! Gaps as text for the screen: everything about what has a gap, one line about the rest.

use std::fmt::Write as _;

use crate::domain::Level;
use crate::gaps::{Gaps, Item, Kind, State};
use crate::report::gaps::{By, count, file, groups, state};
use crate::report::lines::filled;

/// Where the text of a line begins.
const INDENT: &str = "             ";

/// Returns the gaps of a product.
pub fn text(
    gaps: &Gaps,
    product: &str,
    form: Option<&str>,
    level: Option<Level>,
    by: By,
) -> String {
    let mut text = format!("{product}\n");
    if let Some((form, level)) = form.zip(level) {
        let _ = writeln!(text, "Form {form}, Level {level}");
    }
    text.push_str(&filled(&format!("{}.", gaps.route), "", ""));
    let _ = writeln!(text, "{}", counts(gaps));
    for group in groups(gaps, by) {
        let _ = writeln!(text, "\n{}", group.heading);
        for item in group.items {
            text.push_str(&one(item));
        }
    }
    text
}

fn counts(gaps: &Gaps) -> String {
    let states = [
        (State::Complete, "complete"),
        (State::Incomplete, "incomplete"),
        (State::Missing, "missing"),
        (State::NotApplicable, "not applicable"),
        (State::Open, "open"),
    ];
    let counts = states
        .into_iter()
        .map(|(state, name)| (count(gaps, state), name));
    let counts = counts
        .filter(|(n, _)| *n > 0)
        .map(|(n, name)| format!("{n} {name}"));
    match gaps.items.len() {
        0 => String::new(),
        n => format!("{n} items: {}", counts.collect::<Vec<_>>().join(", ")),
    }
}

fn one(item: &Item) -> String {
    let files = match item.there.len() {
        0 => String::new(),
        1 => ", 1 file".to_owned(),
        n => format!(", {n} files"),
    };
    // The word for a document only repeats its title; a certificate is known by its number.
    let is_word = item.kind == Kind::Document && !item.id.contains(' ');
    let name = if is_word {
        String::new()
    } else {
        format!("{} ", item.id)
    };
    let head = format!("{name}{}: {}{files}", item.title, state(item.state));
    let mut text = filled(&head, "  ", "    ");
    if item.is_gap() {
        details(item, &mut text);
    }
    text
}

fn details(item: &Item, text: &mut String) {
    let mut line = |name: &str, said: &str| {
        text.push_str(&filled(said, &format!("    {name:9}"), INDENT));
    };
    if let Some(asked) = &item.asked {
        line("asked", asked);
    }
    if let Some(condition) = &item.condition {
        line("if", condition);
    }
    let limit = if item.gateway_only {
        " (gateway guidance only)"
    } else {
        ""
    };
    if let Some(looked_for) = &item.looked_for {
        line("assessed", &format!("{looked_for}{limit}"));
    }
    for help in &item.helps {
        line("helps", &format!("{help}{limit}"));
    }
    if let Some(answer) = item.answer {
        line("answer", answer.as_str());
    }
    for there in &item.there {
        line("there", &file(there));
    }
    for missing in &item.missing {
        line("missing", missing);
    }
    for finding in &item.findings {
        line(finding.code.number(), &finding.message);
    }
}
