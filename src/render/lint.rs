//! Finds every fault of a set of templates, with its place in the template, before a document is made.
//!
//! A template is looked at twice: as it is written, with its tags blanked out, so that an unknown element or
//! an unclosed one is named where it was written; and filled with invented values, full and empty.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diag::nearest::nearest;
use crate::diag::{Advice, Code, Finding, Severity, SourceFile};
use crate::render::blanks;
use crate::render::complaint::{at, in_order, whole};
use crate::render::includes::{self, Texts};
use crate::render::kinds::{self, Printing};
use crate::render::names::{self, tags};
use crate::render::syntax::{cannot_be_read, located};
use crate::render::template::BUILT_IN;
use crate::render::{Pictures, Templates, view};
use crate::typeset::block::Document;
use crate::typeset::{Typesetter, markup};

/// The warning about a declaration that cannot be distinguished from one with other content.
pub(crate) fn without_hash() -> Advice {
    Advice::new(
        "the declaration does not say what it declares, so a signed copy will need `signed_for`",
        "write `Content declared: {{ declares.short }}` near the signature",
    )
}

/// Returns what is wrong with these templates as they are written, without filling them.
pub fn as_written(own: &Texts) -> Vec<Finding> {
    let mut all = Templates::built_in_texts();
    all.extend(own.clone());
    let documents = includes::documents(own, &all);
    let taken_in = |name: &&str| includes::taken_in(name, &all[*name], &all);
    let used: BTreeSet<&str> = documents.iter().flat_map(taken_in).collect();
    let unused = own.keys().map(String::as_str);
    let unused: Vec<&str> = unused.filter(|name| !used.contains(name)).collect();
    let mut faults: Vec<_> = unused.iter().map(|name| unneeded(name)).collect();
    let mut unreadable = BTreeSet::new();
    for (name, text) in own {
        if let Some(fault) = cannot_be_read(name, text) {
            faults.push(fault);
            unreadable.insert(name.as_str());
        } else {
            faults.extend(alone(name, text, &all));
        }
    }
    for document in documents.iter().chain(&unused) {
        let sample = Templates::sample(document);
        let names = taken_in(document).into_iter();
        let names = names.filter(|name| !unreadable.contains(name));
        faults.extend(names.flat_map(|name| misused(name, &all[name], &sample)));
    }
    in_order(faults)
}

/// Returns every fault of these templates. The built-in ones are used where one of them is not replaced.
pub fn lint(own: &Texts, pictures: &Pictures) -> Vec<Finding> {
    let mut faults = as_written(own);
    if faults.iter().all(is_warning) {
        match Templates::with(own.clone()) {
            Ok(templates) => {
                let mut all = Templates::built_in_texts();
                all.extend(own.clone());
                let made = includes::documents(own, &all).into_iter();
                faults.extend(made.flat_map(|name| filled(name, &templates, pictures)));
            }
            Err(error) => faults.push(located(&error.to_string())),
        }
    }
    in_order(faults)
}

fn unneeded(name: &str) -> Finding {
    let near = nearest(name, BUILT_IN.iter().map(|(name, _)| *name));
    let help = near.map_or_else(
        || "name it after one that `clspack templates list` shows, or include it in one".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    let message = format!("no document is made from `{name}`");
    whole(name, Code::TemplateUnusable, Advice::new(message, help))
}

/// Returns true if the template can be used all the same.
pub(super) fn is_warning(finding: &Finding) -> bool {
    finding.severity() == Severity::Warning
}

/// Checks a template as it is written, apart from names and kinds.
fn alone(name: &str, text: &str, all: &Texts) -> Vec<Finding> {
    let mut found: Vec<_> = missing_includes(text, all).collect();
    let mut faults = Vec::new();
    if includes::is_pdf(name) {
        found.extend(unfilled(text));
        faults.extend(worth_a_look(name, text));
    } else if is_printed(name, all) {
        found.extend(undrawable(text));
    }
    let unusable =
        |(place, advice): ((usize, usize), Advice)| at(name, place, Code::TemplateUnusable, advice);
    faults.extend(found.into_iter().map(unusable));
    faults
}

/// Returns the names that a document does not have, and values that are used as something that they are not.
fn misused(name: &str, text: &str, sample: &Value) -> Vec<Finding> {
    let source = SourceFile::new("", text);
    let of_code = |code, found: Vec<(usize, Advice)>| {
        let finding =
            |(byte, advice): (usize, Advice)| at(name, source.line_and_column(byte), code, advice);
        found.into_iter().map(finding).collect::<Vec<_>>()
    };
    let mut found = of_code(Code::TemplateUnusable, names::unknown_at(text, sample));
    let wrong = kinds::wrong_at(text, sample, Printing::Page);
    found.extend(of_code(Code::TemplateKindDiffers, wrong));
    found
}

/// Whether the text of a template is part of the body of a PDF document. That of a `style` is only for browsers.
fn is_printed(name: &str, all: &Texts) -> bool {
    let documents = all.iter().filter(|(name, _)| includes::is_pdf(name));
    let mut bodies = documents.map(|(document, text)| {
        let body = text
            .split_once("</head>")
            .map_or(text.as_str(), |(_, body)| body);
        includes::taken_in(document, body, all)
    });
    bodies.any(|taken_in| taken_in.contains(name))
}

/// Returns the characters of a part of a document that no font draws. Of a whole document, the markup's check tells.
fn undrawable(text: &str) -> Vec<((usize, usize), Advice)> {
    let blank = " ".repeat(blanks::TAG.len_utf8());
    let printed = blanks::visible(text).replace(blanks::TAG, &blank);
    let printed = printed.replace('\u{1}', " ");
    let source = SourceFile::new("", text);
    let found = markup::without_glyph(&printed).into_iter();
    found
        .map(|(byte, advice)| (source.line_and_column(byte), advice))
        .collect()
}

/// What may be meant, and what a document does without.
fn worth_a_look(name: &str, text: &str) -> Vec<Finding> {
    let source = SourceFile::new("", text);
    let blanks = blanks::find(&blanks::visible(text), &blanks::Names::known()).into_iter();
    let blank = |blank: blanks::Blank| {
        let place = source.line_and_column(blank.at);
        at(name, place, blank.code, blank.advice)
    };
    let mut found: Vec<Finding> = blanks.map(blank).collect();
    if name == "declaration.html" && !text.contains("declares.short") {
        found.push(whole(name, Code::TemplateWithoutHash, without_hash()));
    }
    if !text.contains("<meta name=\"template\" content=\"") {
        let advice = Advice::new(
            "the template declares no version",
            "write `<meta name=\"template\" content=\"NAME 1\"/>` into its head",
        );
        found.push(whole(name, Code::TemplateWithoutVersion, advice));
    }
    found
}

fn missing_includes<'a>(
    text: &'a str,
    all: &'a Texts,
) -> impl Iterator<Item = ((usize, usize), Advice)> + 'a {
    let source = SourceFile::new("", text);
    let included = includes::included(text).into_iter();
    included.filter_map(move |(byte, name)| {
        let message = format!("there is no template `{name}`");
        let advice = Advice::new(message, "add it to the folder, or remove the `include`");
        (!all.contains_key(name)).then(|| (source.line_and_column(byte), advice))
    })
}

/// Faults of the markup, found with every tag blanked out. Where a tag is in an attribute, only the
/// filled template can tell.
fn unfilled(text: &str) -> impl Iterator<Item = ((usize, usize), Advice)> {
    let faults = markup::parse(&blanked(text)).err().unwrap_or_default();
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    faults.into_iter().filter_map(move |fault| {
        let line = lines.get(fault.line - 1).map_or("", String::as_str);
        let rest: String = line.chars().skip(fault.column - 1).collect();
        let element = rest
            .split_once('>')
            .map_or(rest.as_str(), |(element, _)| element);
        let is_open =
            element.starts_with('<') && (element.contains("{{") || element.contains("{%"));
        (!is_open).then_some(((fault.line, fault.column), fault.advice))
    })
}

/// The text with a letter for each value and a space for each other tag, character by character.
fn blanked(text: &str) -> String {
    let mut blank = String::with_capacity(text.len());
    let mut done = 0;
    for tag in tags(text) {
        blank.push_str(&text[done..tag.start]);
        let fill = if tag.is_value { 'x' } else { ' ' };
        let inside = text[tag.start..tag.end].chars();
        blank.extend(inside.map(|c| if c == '\n' { c } else { fill }));
        done = tag.end;
    }
    blank.push_str(&text[done..]);
    blank
}

/// Fills a document with invented values and with none.
fn filled(name: &str, templates: &Templates, pictures: &Pictures) -> Vec<Finding> {
    let full = Templates::sample(name);
    let mut bare = full.clone();
    empty(&mut bare);
    let unusable = |advice: Advice| whole(name, Code::TemplateUnusable, advice);
    let mut faults = Vec::new();
    for (what, value) in [("filled", full), ("filled with nothing", bare)] {
        let html = match templates.fill_page(name, value) {
            Ok(html) => html,
            Err(error) => {
                faults.push(unusable(error.to_string().into()));
                continue;
            }
        };
        if !includes::is_pdf(name) {
            continue;
        }
        let found = match markup::parse(&html) {
            Ok(document) => {
                faults.extend(set(document, pictures).map(|message| unusable(message.into())));
                continue;
            }
            Err(found) => found,
        };
        faults.extend(found.into_iter().map(|fault| {
            let line = html.lines().nth(fault.line - 1).unwrap_or_default().trim();
            let line: String = line.chars().take(80).collect();
            let message = format!("{what}, it reads `{line}`: {}", fault.advice.message);
            unusable(Advice::new(message, fault.advice.help))
        }));
    }
    faults
}

/// Returns why a document cannot be typeset, such as a picture that is not there.
fn set(mut document: Document, pictures: &Pictures) -> Option<String> {
    document.pictures.clone_from(pictures);
    document.pictures.extend(view::sample_pictures());
    document.meta.date = Some((2026, 1, 1));
    Typesetter::new()
        .pdf(&document)
        .err()
        .map(|error| error.to_string())
}

/// Empties every list, and every text that may be missing.
fn empty(value: &mut Value) {
    match value {
        Value::Array(items) => items.clear(),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                if name == "laboratory" {
                    *value = Value::Null;
                }
                empty(value);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
