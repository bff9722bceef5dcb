//! Findings as `JUnit` XML, which most build servers show: a suite for each manifest or product, a test for its state and
//! for each finding. What does not fail the run is a skipped test.

use std::fmt::Write as _;

use crate::diag::Severity;
use crate::report::suite::{Item, Suite, Suites, slashed};

/// How many tests there are.
#[derive(Clone, Copy, Default)]
struct Numbers {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

/// What came of a test.
enum Outcome {
    Passed,
    /// The user's documents are wrong.
    Failed,
    /// The machine failed.
    Broken,
    Skipped,
}

/// Returns everything as one document.
pub fn text(suites: &Suites) -> String {
    let mut body = String::new();
    let mut all = Numbers::default();
    for suite in &suites.all {
        let (text, numbers) = suite_text(suite, suites);
        body.push_str(&text);
        all = all.with(numbers);
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"clspack\"{}>\n{body}</testsuites>\n",
        all.attributes()
    )
}

fn suite_text(suite: &Suite, suites: &Suites) -> (String, Numbers) {
    let mut body = String::new();
    let mut numbers = Numbers::default();
    let class = escaped(&suite.name);
    let mut test =
        |name: &str, place: &str, outcome: &Outcome, kind: &str, message: &str, text: &str| {
            numbers = numbers.with(outcome.numbers());
            let element = outcome.element(kind, message, text);
            let _ = writeln!(
                body,
                "    <testcase classname=\"{class}\" name=\"{}\"{place}>{element}</testcase>",
                escaped(name),
            );
        };
    if !suite.state.is_empty() {
        let name = format!("state is {}", suite.state);
        let outcome = if suite.fails {
            Outcome::Failed
        } else {
            Outcome::Passed
        };
        test(&name, "", &outcome, "state", &name, "");
    }
    for item in &suite.items {
        let outcome = match (item.code, item.severity) {
            (None, Severity::Error) => Outcome::Broken,
            (_, severity) if suites.fails(severity) => Outcome::Failed,
            _ => Outcome::Skipped,
        };
        let name = format!("{}: {}", item.title(), item.message);
        test(
            &name,
            &place(item),
            &outcome,
            &item.title(),
            &item.message,
            &item.text(),
        );
    }
    let name = escaped(&suite.name);
    let element = format!(
        "  <testsuite name=\"{name}\"{}>\n{body}  </testsuite>\n",
        numbers.attributes()
    );
    (element, numbers)
}

fn place(item: &Item) -> String {
    let location = &item.location;
    let mut place = String::new();
    if !location.file.is_empty() {
        let file = slashed(&location.file, str::to_owned);
        let _ = write!(place, " file=\"{}\"", escaped(&file));
    }
    if let Some(line) = location.line {
        let _ = write!(place, " line=\"{line}\"");
    }
    place
}

impl Outcome {
    fn numbers(&self) -> Numbers {
        let n = |is: bool| usize::from(is);
        Numbers {
            tests: 1,
            failures: n(matches!(self, Self::Failed)),
            errors: n(matches!(self, Self::Broken)),
            skipped: n(matches!(self, Self::Skipped)),
        }
    }

    fn element(&self, kind: &str, message: &str, text: &str) -> String {
        let (kind, message, text) = (escaped(kind), escaped(message), escaped(text));
        match self {
            Self::Passed => String::new(),
            Self::Failed => {
                format!("<failure type=\"{kind}\" message=\"{message}\">{text}</failure>")
            }
            Self::Broken => format!("<error type=\"{kind}\" message=\"{message}\">{text}</error>"),
            Self::Skipped => format!("<skipped message=\"{message}\">{text}</skipped>"),
        }
    }
}

impl Numbers {
    const fn with(self, other: Self) -> Self {
        Self {
            tests: self.tests + other.tests,
            failures: self.failures + other.failures,
            errors: self.errors + other.errors,
            skipped: self.skipped + other.skipped,
        }
    }

    fn attributes(self) -> String {
        let Self {
            tests,
            failures,
            errors,
            skipped,
        } = self;
        format!(
            " tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" skipped=\"{skipped}\""
        )
    }
}

/// Escapes a text for content and attributes. XML cannot contain most control characters, however they are written.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\r' | '\t' => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_within_their_elements() {
        assert_eq!(
            escaped("a <b> \"&\"\n\u{1b}[31m"),
            "a &lt;b&gt; &quot;&amp;&quot;&#10;\u{fffd}[31m"
        );
    }
}
