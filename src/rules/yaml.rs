//! Rule files, which are YAML, as JSON, so that one decoder reads them and their copy in the binary. Each value is on a
//! line of its own there: the line that the decoder reports leads back to the line of the YAML.

use granit_parser::{Event, Parser, ScalarStyle, Tag};
use serde::de::DeserializeOwned;

/// Tables of rules nest four deep.
const MAX_DEPTH: usize = 24;

/// Why a text is not what it should be, and its line there, from 1.
pub(super) struct Unreadable {
    pub(super) line: usize,
    pub(super) message: String,
}

/// Decodes YAML.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    let json = Json::of(text)?;
    serde_json::from_str(&json.text).map_err(|error| json.unreadable(&error))
}

/// A list or table that is being written.
enum Open {
    List { n: usize },
    Table { n: usize, line: usize },
}

#[derive(Default)]
struct Json {
    text: String,
    /// The line of the YAML for each line of the JSON.
    lines: Vec<usize>,
    open: Vec<Open>,
}

impl Json {
    fn of(text: &str) -> Result<Self, Unreadable> {
        let options = granit_parser::options! {
            emit_comments: false,
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
        };
        let mut json = Self::default();
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, span) = event.map_err(|error| Unreadable {
                line: error.marker().line(),
                message: format!("the file is not YAML: {}", error.info()),
            })?;
            let line = span.start.line();
            json.event(event, line).map_err(|message| Unreadable {
                line,
                message: message.to_owned(),
            })?;
        }
        if json.text.is_empty() {
            let message = "the file is empty".to_owned();
            return Err(Unreadable { line: 1, message });
        }
        Ok(json)
    }

    fn event(&mut self, event: Event<'_>, line: usize) -> Result<(), &'static str> {
        match event {
            Event::Scalar(text, style, _, tag) => {
                let is_text = untagged(tag.as_deref())? || style != ScalarStyle::Plain;
                let is_key = self.begin(line);
                let value = if is_text || is_key {
                    None
                } else {
                    plain(&text)
                };
                let value = value.unwrap_or_else(|| serde_json::Value::from(&*text));
                self.text.push_str(&value.to_string());
            }
            Event::SequenceStart(_, _, tag) => {
                self.start('[', line, tag.as_deref())?;
                self.open.push(Open::List { n: 0 });
            }
            Event::MappingStart(_, _, tag) => {
                self.start('{', line, tag.as_deref())?;
                self.open.push(Open::Table { n: 0, line });
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(line),
            Event::Alias(_) => return Err("an alias is not read here: write the value out"),
            Event::DocumentStart(..) if !self.text.is_empty() => {
                return Err("a second YAML document begins here");
            }
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, bracket: char, line: usize, tag: Option<&Tag>) -> Result<(), &'static str> {
        untagged(tag)?;
        if self.begin(line) {
            return Err("a list or table cannot be the name of a field");
        }
        self.text.push(bracket);
        Ok(())
    }

    /// Begins a line of the JSON for a value, after what separates it from the one before. Returns true for the name of
    /// a field.
    fn begin(&mut self, line: usize) -> bool {
        let (before, is_key) = match self.open.last_mut() {
            None => ("", false),
            Some(Open::List { n }) => (
                if std::mem::replace(n, 1) == 0 {
                    ""
                } else {
                    ","
                },
                false,
            ),
            Some(Open::Table { n, .. }) => {
                *n += 1;
                match *n {
                    1 => ("", true),
                    n if n % 2 == 1 => (",", true),
                    _ => (":", false),
                }
            }
        };
        self.text.push_str(before);
        self.line(line);
        is_key
    }

    /// Ends a list or a table. What a table lacks is reported where it begins, since its end may be far below.
    fn end(&mut self, line: usize) {
        let (bracket, line) = match self.open.pop() {
            Some(Open::Table { line, .. }) => ('}', line),
            _ => (']', line),
        };
        self.line(line);
        self.text.push(bracket);
    }

    fn line(&mut self, line: usize) {
        if !self.lines.is_empty() {
            self.text.push('\n');
        }
        self.lines.push(line);
    }

    fn unreadable(&self, error: &serde_json::Error) -> Unreadable {
        let line = error.line().checked_sub(1).and_then(|i| self.lines.get(i));
        let message = error.to_string();
        // The place in the JSON means nothing to a person.
        let message = message
            .rsplit_once(" at line ")
            .map_or("", |(text, _)| text);
        Unreadable {
            line: line.copied().unwrap_or(1),
            message: message.to_owned(),
        }
    }
}

/// Refuses tags. Returns true for the one that says that a value is a text.
fn untagged(tag: Option<&Tag>) -> Result<bool, &'static str> {
    match tag {
        None => Ok(false),
        Some(tag) if tag.to_string().ends_with(":str") => Ok(true),
        Some(_) => Err("a tag has no meaning here: remove it"),
    }
}

/// Returns what a plain scalar is besides a text: nothing, a truth value or a whole number.
fn plain(text: &str) -> Option<serde_json::Value> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Some(serde_json::Value::Null),
        "true" | "True" | "TRUE" => Some(true.into()),
        "false" | "False" | "FALSE" => Some(false.into()),
        _ => {
            let number: i64 = text.parse().ok()?;
            (number.to_string() == text).then(|| number.into())
        }
    }
}
