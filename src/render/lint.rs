//! Finds every fault of a set of templates, with its place in the template, before a document is made.
//!
//! A template is looked at twice: as it is written, with its tags blanked out, so that an unknown element or
//! an unclosed one is named where it was written; and filled with invented values, full and empty.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diag::nearest::nearest;
use crate::diag::{Code, Severity, SourceFile};
use crate::render::blanks;
use crate::render::includes::{self, Texts};
use crate::render::kinds::{self, Printing};
use crate::render::names::{self, tags};
use crate::render::syntax::{cannot_be_read, located};
use crate::render::template::BUILT_IN;
use crate::render::{Pictures, Templates, view};
use crate::typeset::block::Document;
use crate::typeset::{Typesetter, markup};

/// A fault of a template.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct TemplateFault {
    /// The template.
    pub template: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// Its code.
    #[serde(serialize_with = "number")]
    pub code: Code,
    /// What is wrong, and what to write.
    pub message: String,
}

impl TemplateFault {
    /// Returns true if the template can be used all the same.
    pub fn is_warning(&self) -> bool {
        self.code.severity() == Severity::Warning
    }
}

impl std::fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            template,
            line,
            column,
            code,
            message,
        } = self;
        write!(f, "{template}, line {line} column {column}: {message}")?;
        said(*code, f)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the serialiser hands a reference over"
)]
fn number<S: serde::Serializer>(code: &Code, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(code.number())
}

/// Writes the code behind a message, where it is another than that of any fault, so that it can be explained.
pub(crate) fn said(code: Code, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    match code {
        Code::TemplateUnusable => Ok(()),
        code if code.severity() == Severity::Warning => write!(f, " [warning {code}]"),
        code => write!(f, " [{code}]"),
    }
}

/// The warning about a declaration that cannot be distinguished from one with other content.
pub(crate) const WITHOUT_HASH: &str = "the declaration does not say what it declares, so a signed copy will need `signed_for`; write `Content declared: {{ declares.short }}` near the signature";

/// Returns what is wrong with these templates as they are written, without filling them.
pub fn as_written(own: &Texts) -> Vec<TemplateFault> {
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
    faults.sort();
    faults.dedup();
    faults
}

/// Returns every fault of these templates. The built-in ones are used where one of them is not replaced.
pub fn lint(own: &Texts, pictures: &Pictures) -> Vec<TemplateFault> {
    let mut faults = as_written(own);
    if faults.iter().all(TemplateFault::is_warning) {
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
    faults.sort();
    faults.dedup();
    faults
}

pub(super) fn whole(template: &str, message: String) -> TemplateFault {
    TemplateFault {
        template: template.to_owned(),
        line: 1,
        column: 1,
        code: Code::TemplateUnusable,
        message,
    }
}

pub(super) fn at(name: &str, (line, column): (usize, usize), message: String) -> TemplateFault {
    TemplateFault {
        line,
        column,
        ..whole(name, message)
    }
}

fn unneeded(name: &str) -> TemplateFault {
    let near = nearest(name, BUILT_IN.iter().map(|(name, _)| *name))
        .map_or_else(String::new, |near| format!("; the nearest is `{near}`"));
    whole(name, format!("no document is made from `{name}`{near}"))
}

/// Checks a template as it is written, apart from names and kinds.
fn alone(name: &str, text: &str, all: &Texts) -> Vec<TemplateFault> {
    let mut found: Vec<_> = missing_includes(text, all).collect();
    let mut faults = Vec::new();
    if includes::is_pdf(name) {
        found.extend(unfilled(text));
        faults.extend(worth_a_look(name, text));
    } else if is_printed(name, all) {
        found.extend(undrawable(text));
    }
    faults.extend(
        found
            .into_iter()
            .map(|(place, message)| at(name, place, message)),
    );
    faults
}

/// Returns the names that a document does not have, and values that are used as something that they are not.
fn misused(name: &str, text: &str, sample: &Value) -> Vec<TemplateFault> {
    let of_code = |code, found: Vec<names::Unknown>| {
        found.into_iter().map(move |fault| TemplateFault {
            code,
            ..at(name, (fault.line, fault.column), fault.message)
        })
    };
    let unknown = of_code(Code::TemplateUnusable, names::unknown(text, sample));
    let wrong = names::placed(text, kinds::wrong_at(text, sample, Printing::Page));
    unknown
        .chain(of_code(Code::TemplateKindDiffers, wrong))
        .collect()
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
fn undrawable(text: &str) -> Vec<((usize, usize), String)> {
    let blank = " ".repeat(blanks::TAG.len_utf8());
    let printed = blanks::visible(text).replace(blanks::TAG, &blank);
    let printed = printed.replace('\u{1}', " ");
    let source = SourceFile::new("", text);
    let found = markup::without_glyph(&printed).into_iter();
    found
        .map(|(byte, message)| (source.line_and_column(byte), message))
        .collect()
}

/// What may be meant, and what a paper does without.
fn worth_a_look(name: &str, text: &str) -> Vec<TemplateFault> {
    let source = SourceFile::new("", text);
    let blanks = blanks::find(&blanks::visible(text), &blanks::Names::known());
    let mut found: Vec<TemplateFault> = blanks
        .into_iter()
        .map(|blank| {
            let (line, column) = source.line_and_column(blank.at);
            TemplateFault {
                line,
                column,
                code: blank.code,
                ..whole(name, blank.message)
            }
        })
        .collect();
    let mut warn = |code, message: &str| {
        found.push(TemplateFault {
            code,
            ..whole(name, message.to_owned())
        });
    };
    if name == "declaration.html" && !text.contains("declares.short") {
        warn(Code::TemplateWithoutHash, WITHOUT_HASH);
    }
    if !text.contains("<meta name=\"template\" content=\"") {
        warn(
            Code::TemplateWithoutVersion,
            "the template declares no version; write `<meta name=\"template\" content=\"NAME 1\"/>` into its head",
        );
    }
    found
}

fn missing_includes<'a>(
    text: &'a str,
    all: &'a Texts,
) -> impl Iterator<Item = ((usize, usize), String)> + 'a {
    let source = SourceFile::new("", text);
    let included = includes::included(text).into_iter();
    included.filter_map(move |(byte, name)| {
        let message = format!("there is no template `{name}`");
        (!all.contains_key(name)).then(|| (source.line_and_column(byte), message))
    })
}

/// Faults of the markup, found with every tag blanked out. Where a tag is in an attribute, only the
/// filled template can tell.
fn unfilled(text: &str) -> impl Iterator<Item = ((usize, usize), String)> {
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
        (!is_open).then_some(((fault.line, fault.column), fault.message))
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

/// Fills a paper with invented values and with none.
fn filled(name: &str, templates: &Templates, pictures: &Pictures) -> Vec<TemplateFault> {
    let full = Templates::sample(name);
    let mut bare = full.clone();
    empty(&mut bare);
    let mut faults = Vec::new();
    for (what, value) in [("filled", full), ("filled with nothing", bare)] {
        let html = match templates.fill_page(name, value) {
            Ok(html) => html,
            Err(error) => {
                faults.push(whole(name, error.to_string()));
                continue;
            }
        };
        if !includes::is_pdf(name) {
            continue;
        }
        let found = match markup::parse(&html) {
            Ok(document) => {
                faults.extend(set(document, pictures).map(|message| whole(name, message)));
                continue;
            }
            Err(found) => found,
        };
        faults.extend(found.into_iter().map(|fault| {
            let line = html.lines().nth(fault.line - 1).unwrap_or_default().trim();
            let line: String = line.chars().take(80).collect();
            whole(
                name,
                format!("{what}, it reads `{line}`: {}", fault.message),
            )
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
