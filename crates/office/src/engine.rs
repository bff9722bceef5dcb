//! Runs the template engine on XML. Tags are marked with a character that XML does not allow, so no byte of a
//! document is mistaken for a tag, and a value is always text.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::fmt::Write as _;
use std::io;

use serde_json::Value;
use tera::{Context, Delimiters, Kwargs, State, Tera, TeraResult};

use crate::Language;
use crate::package::LARGEST_PART;
use crate::tree::is_xml;

/// Replace `{` and `}` of values in a filled part until it is certain that no tag is left over.
const BRACES: [(char, &str); 2] = [('\u{3}', "{"), ('\u{4}', "}")];
/// Surround the number of a line break.
const BREAK: [char; 2] = ['\u{5}', '\u{6}'];
/// Is replaced by a number that is unique in the document.
pub(super) const FRESH: char = '\u{7}';
/// Well above the numbers that office programs assign.
const FIRST_FRESH: usize = 1_000_000_000;
/// The filter that every value passes through.
const FILTER: &str = "text_of_office";
const PART: &str = "part";

pub(super) fn print(inside: &str, (before, after): (bool, bool), line_break: usize) -> String {
    let (before, after) = (dash(before), dash(after));
    format!("\u{1}{{{before} ({inside}) | {FILTER}(n={line_break}) {after}}}\u{1}")
}

/// Writes a field to be checked, without the characters around it that print it.
pub(super) fn print_as_is(inside: &str) -> String {
    format!("\u{1}{{ {inside} }}\u{1}")
}

/// Writes a tag of a block.
pub(super) fn block(inside: &str, (before, after): (bool, bool)) -> String {
    let (before, after) = (dash(before), dash(after));
    format!("\u{1}%{before} {inside} {after}%\u{1}")
}

fn dash(trims: bool) -> &'static str {
    if trims { "-" } else { "" }
}

/// An error of the engine, and its byte in the template.
pub(super) struct EngineFault {
    pub(super) at: usize,
    pub(super) message: String,
}

/// Fills the template of an engine. Braces of values, line breaks and fresh numbers are marks that [`finish`] replaces.
pub(super) fn fill(engine: &Tera, values: &Context) -> Result<String, EngineFault> {
    let mut out = Bounded::default();
    match engine.render_to(PART, values, &mut out) {
        _ if out.is_full => Err(EngineFault {
            at: 0,
            message: "its repetitions fill more than a document can hold".to_owned(),
        }),
        Ok(()) => Ok(String::from_utf8_lossy(&out.bytes).into_owned()),
        Err(error) => Err(fault(&error)),
    }
}

/// Accepts as much as a part may hold, and no more.
#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
    is_full: bool,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_full = self.bytes.len() + bytes.len() > LARGEST_PART;
        if self.is_full {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Loads a template into an engine of its own, unless something is wrong with it as a whole.
pub(super) fn load(template: &str, language: &dyn Language) -> Result<Tera, EngineFault> {
    let loaded = engine(language).and_then(|mut engine| {
        engine.add_raw_template(PART, template)?;
        Ok(engine)
    });
    loaded.map_err(|error| fault(&error))
}

/// Takes values in as the engine has them.
pub(super) fn values(view: &Value) -> Result<Context, EngineFault> {
    Context::from_serialize(view).map_err(|error| fault(&error))
}

/// Replaces the marks in a filled part.
pub(super) fn finish(filled: &str, breaks: &[String]) -> String {
    let mut out = String::with_capacity(filled.len());
    let mut n_fresh = FIRST_FRESH;
    let mut rest = filled;
    while let Some(at) = rest.find(|c| c == BREAK[0] || c == FRESH) {
        out.push_str(&rest[..at]);
        let is_break = rest[at..].starts_with(BREAK[0]);
        rest = &rest[at + 1..];
        if is_break {
            let (number, after) = rest.split_once(BREAK[1]).unwrap_or((rest, ""));
            let number: Option<usize> = number.parse().ok();
            out.push_str(
                number
                    .and_then(|n| breaks.get(n))
                    .map_or(" ", String::as_str),
            );
            rest = after;
        } else {
            let _ = write!(out, "{n_fresh}");
            n_fresh += 1;
        }
    }
    out.push_str(rest);
    out
}

/// A filled part as XML of the same length, in which braces of values are replaced.
pub(super) fn without_marks(filled: &str) -> String {
    filled.replace(BRACES.map(|(mark, _)| mark), "|")
}

/// Puts the braces of values back.
pub(super) fn with_braces(filled: &str) -> String {
    BRACES
        .iter()
        .fold(filled.to_owned(), |text, (mark, brace)| {
            text.replace(*mark, brace)
        })
}

/// Checks tags one by one, so that every fault gets its place, not only the first.
pub(super) struct Checker {
    engine: Option<Tera>,
    known: BTreeMap<String, Option<String>>,
}

impl Checker {
    pub(super) fn new(language: &dyn Language) -> Self {
        Self {
            engine: engine(language).ok(),
            known: BTreeMap::new(),
        }
    }

    /// Returns what is wrong with a template of one tag.
    pub(super) fn check(&mut self, template: String) -> Option<String> {
        if let Some(known) = self.known.get(&template) {
            return known.clone();
        }
        let engine = self.engine.as_mut()?;
        let found = engine.add_raw_template(PART, &template);
        let found = found.err().map(|error| fault(&error).message);
        self.known.insert(template, found.clone());
        found
    }
}

fn engine(language: &dyn Language) -> TeraResult<Tera> {
    let mut engine = Tera::new();
    engine.set_delimiters(Delimiters {
        block_start: "\u{1}%".into(),
        block_end: "%\u{1}".into(),
        variable_start: "\u{1}{".into(),
        variable_end: "}\u{1}".into(),
        comment_start: "\u{1}#".into(),
        comment_end: "#\u{1}".into(),
    })?;
    engine.autoescape_on(Vec::<&str>::new());
    engine.register_filter(FILTER, text);
    language.prepare(&mut engine);
    Ok(engine)
}

/// A value as text in XML: a list line by line, nothing for a missing value.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands a filter's arguments over"
)]
fn text(value: tera::Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<tera::Value> {
    let line_break = kwargs.must_get::<usize>("n")?;
    let items = value.as_array().unwrap_or(std::slice::from_ref(&value));
    if items.iter().any(|item| item.is_map() || item.is_array()) {
        let message = "this is a group of fields, which cannot be printed: name one of them, or go through them with `for`";
        return Err(tera::Error::message(message));
    }
    let lines = items.iter().map(plain).collect::<Vec<_>>().join("\n");
    let mut out = String::with_capacity(lines.len());
    let mut chars = lines.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '{' => out.push(BRACES[0].0),
            '}' => out.push(BRACES[1].0),
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "{}{line_break}{}", BREAK[0], BREAK[1]);
            }
            c if is_xml(c) => out.push(c),
            _ => {}
        }
    }
    Ok(tera::Value::safe_string(&out))
}

fn plain(value: &tera::Value) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None if value.is_none() || value.is_undefined() => String::new(),
        None => value.to_string(),
    }
}

fn fault(error: &tera::Error) -> EngineFault {
    let (at, mut message) = match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            (report.span().range.start, report.message().to_owned())
        }
        kind => (0, kind.to_string()),
    };
    let mut cause = error.source();
    while let Some(inner) = cause {
        message = format!("{message}: {inner}");
        cause = inner.source();
    }
    EngineFault {
        at,
        message: readable(&message),
    }
}

/// The first line of the engine's message, without marks and drawing.
fn readable(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let plain = line.replace('\u{1}', "").replace(" of Tera", "");
    let plain = plain.strip_prefix("error: ").unwrap_or(&plain);
    plain.trim().trim_end_matches('.').to_owned()
}
