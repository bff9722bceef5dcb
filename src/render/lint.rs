//! Finds every fault of a set of templates, with its place in the template, before a document is made.
//!
//! A template is looked at twice: as it stands, with its tags blanked out, so that an unknown element or
//! an unclosed one is named where it was written; and filled with invented values, full and empty.

use std::collections::BTreeMap;

use serde_json::Value;
use tera::ErrorKind;

use crate::diag::nearest::nearest;
use crate::diag::{Code, Severity, SourceFile};
use crate::render::blanks;
use crate::render::kinds::{self, Printing};
use crate::render::names::{self, tags};
use crate::render::template::{BUILT_IN, REPORT, engine};
use crate::render::{Pictures, Templates};
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

/// The templates that stay HTML; all others become PDF.
const PAGES: &[&str] = &["upload-sheet.html", REPORT];

/// Returns what is wrong with these templates as they are written, without filling them.
pub fn as_written(own: &BTreeMap<String, String>) -> Vec<TemplateFault> {
    let mut all = Templates::built_in_texts();
    all.extend(own.clone());
    let faults = own.iter().flat_map(|(name, text)| alone(name, text, &all));
    faults.collect()
}

/// Returns every fault of these templates; those of the binary stand behind them.
pub fn lint(own: &BTreeMap<String, String>, pictures: &Pictures) -> Vec<TemplateFault> {
    let mut all = Templates::built_in_texts();
    all.extend(own.clone());
    let mut faults = as_written(own);
    if faults.iter().all(TemplateFault::is_warning) {
        match Templates::with(own.clone()) {
            Ok(templates) => {
                let made = papers(own, &all).flat_map(|name| filled(name, &templates, pictures));
                faults.extend(made);
            }
            Err(error) => faults.push(located(&error.to_string())),
        }
    }
    faults.sort();
    faults.dedup();
    faults
}

fn whole(template: &str, message: String) -> TemplateFault {
    TemplateFault {
        template: template.to_owned(),
        line: 1,
        column: 1,
        code: Code::TemplateUnusable,
        message,
    }
}

/// The papers that one of these templates takes part in.
fn papers<'a>(
    own: &'a BTreeMap<String, String>,
    all: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = &'a str> {
    let takes_part = |text: &String| {
        own.keys()
            .any(|name| text.contains(&format!("include \"{name}\"")))
    };
    let of_paper = move |(name, text): &(&String, &String)| {
        is_paper(name) && (own.contains_key(*name) || takes_part(text))
    };
    all.iter().filter(of_paper).map(|(name, _)| name.as_str())
}

fn is_paper(name: &str) -> bool {
    BUILT_IN
        .iter()
        .any(|(known, text)| *known == name && text.contains("<html"))
}

/// Looks at a template as it stands.
fn alone(name: &str, text: &str, all: &BTreeMap<String, String>) -> Vec<TemplateFault> {
    let at = |(line, column): (usize, usize), message: String| TemplateFault {
        template: name.to_owned(),
        line,
        column,
        code: Code::TemplateUnusable,
        message,
    };
    let mut faults = Vec::new();
    let takes_part = is_paper(name)
        || all
            .values()
            .any(|text| text.contains(&format!("include \"{name}\"")));
    if !takes_part {
        let near = nearest(name, BUILT_IN.iter().map(|(name, _)| *name))
            .map_or_else(String::new, |near| format!("; the nearest is `{near}`"));
        faults.push(whole(
            name,
            format!("no document is made from `{name}`{near}"),
        ));
    }
    if let Some((place, message)) = unclosed(text) {
        faults.push(at(place, message));
        return faults;
    }
    if let Some(fault) = refused(name, text) {
        faults.push(fault);
        return faults;
    }
    faults.extend(missing_includes(text, all).map(|(place, message)| at(place, message)));
    let sample = Templates::sample(name);
    let unknown = names::unknown(text, &sample).into_iter();
    faults.extend(unknown.map(|fault| at((fault.line, fault.column), fault.message)));
    let wrong = names::placed(text, kinds::wrong_at(text, &sample, Printing::Page));
    faults.extend(wrong.into_iter().map(|fault| TemplateFault {
        code: Code::TemplateKindDiffers,
        ..at((fault.line, fault.column), fault.message)
    }));
    if is_paper(name) && !PAGES.contains(&name) {
        faults.extend(unfilled(text).map(|(place, message)| at(place, message)));
        faults.extend(worth_a_look(name, text));
    }
    faults
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

/// Takes the place out of a report of the engine: `error: what`, then ` --> name:line:column`.
fn located(report: &str) -> TemplateFault {
    let first = report.lines().next().unwrap_or_default();
    let message = first
        .rsplit_once("error: ")
        .map_or(first, |(_, message)| message);
    let place = report
        .split_once("--> ")
        .and_then(|(_, rest)| rest.lines().next());
    let mut parts = place.unwrap_or_default().rsplitn(3, ':');
    let mut number = || parts.next().and_then(|part| part.trim().parse().ok());
    let (column, line) = (number().unwrap_or(1), number().unwrap_or(1));
    TemplateFault {
        template: parts.next().unwrap_or("templates").to_owned(),
        line,
        column,
        code: Code::TemplateUnusable,
        message: message.to_owned(),
    }
}

/// What the engine says of a template alone; that it includes others which are not there is said elsewhere.
fn refused(name: &str, text: &str) -> Option<TemplateFault> {
    let mut engine = engine();
    let error = engine.add_raw_template(name, text).err()?;
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return None;
    };
    let span = report.span();
    let what = text.get(span.range.clone()).unwrap_or_default();
    let what = what.lines().next().unwrap_or_default().trim();
    Some(TemplateFault {
        template: name.to_owned(),
        line: span.start_line,
        column: span.start_col + 1,
        code: Code::TemplateUnusable,
        message: format!("{}: `{what}`", report.message()),
    })
}

/// Returns the innermost `for` or `if` without its end; the engine would only name the end of the file.
fn unclosed(text: &str) -> Option<((usize, usize), String)> {
    let source = SourceFile::new("", text);
    let mut open: Vec<(usize, &str)> = Vec::new();
    for tag in tags(text)
        .into_iter()
        .filter(|tag| !tag.is_value && !tag.is_comment)
    {
        let inside = text[tag.start + 2..tag.end - 2].trim_matches(['-', ' ', '\n']);
        let word = inside.split_whitespace().next().unwrap_or_default();
        match word {
            "for" | "if" => open.push((tag.start, word)),
            "endfor" | "endif" if open.last().is_some_and(|(_, open)| word.ends_with(open)) => {
                open.pop();
            }
            _ => {}
        }
    }
    let (at, word) = open.pop()?;
    let message = format!("`{{% {word} %}}` is never closed; write `{{% end{word} %}}`");
    Some((source.line_and_column(at), message))
}

fn missing_includes<'a>(
    text: &'a str,
    all: &'a BTreeMap<String, String>,
) -> impl Iterator<Item = ((usize, usize), String)> + 'a {
    const MARK: &str = "include \"";
    let source = SourceFile::new("", text);
    text.match_indices(MARK).filter_map(move |(at, _)| {
        let start = at + MARK.len();
        let (name, _) = text[start..].split_once('"')?;
        let message = format!("there is no template `{name}`");
        (!all.contains_key(name)).then(|| (source.line_and_column(start), message))
    })
}

/// Faults of the markup, found with every tag blanked out. Where a tag stands in an attribute, only the
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
        let html = match templates.fill_value(name, &value) {
            Ok(html) => html,
            Err(error) => {
                faults.push(whole(name, error.to_string()));
                continue;
            }
        };
        if PAGES.contains(&name) {
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
