//! Findings as workflow commands of GitHub Actions, which shows them beside the lines of a pull request.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::diag::Severity;
use crate::domain::text::{visible, visible_lines};
use crate::report::suite::{Item, Suites, slashed};

/// Returns a command for each item, a line each. What several products share is shown once.
pub fn text(suites: &Suites) -> String {
    let mut seen = BTreeSet::new();
    let items = suites.all.iter().flat_map(|suite| &suite.items);
    let commands = items.map(command);
    commands
        .filter(|command| seen.insert(command.clone()))
        .collect()
}

fn command(item: &Item) -> String {
    let name = match item.severity {
        Severity::Error => "error",
        Severity::Confirm | Severity::Warning => "warning",
    };
    let location = &item.location;
    let mut properties = String::new();
    let mut add = |name: &str, value: &str| {
        let comma = if properties.is_empty() { ' ' } else { ',' };
        let _ = write!(properties, "{comma}{name}={}", property(value));
    };
    if !location.file.is_empty() {
        add("file", &slashed(&location.file, str::to_owned));
    }
    if let Some(line) = location.line {
        add("line", &line.to_string());
        // GitHub refuses columns of a stretch of several lines. Those of a cell count within it.
        let is_of_line = location.end_line == Some(line) && location.cell.is_none();
        let columns = location.column.zip(location.end_column);
        match columns.filter(|_| is_of_line) {
            Some((from, to)) => {
                add("col", &from.to_string());
                add("endColumn", &to.to_string());
            }
            None => add("endLine", &location.end_line.unwrap_or(line).to_string()),
        }
    }
    add("title", &item.title());
    format!("::{name}{properties}::{}\n", data(&item.text()))
}

/// A line break would end the command, and what follows could be another. Of line breaks, only `\n` is left by
/// `visible_lines`.
fn data(text: &str) -> String {
    visible_lines(text).replace('%', "%25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&visible(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::suite::Suite;

    #[test]
    fn texts_cannot_end_a_command() {
        let mut item = Item::failure("a,b:c.yaml", "100 %\r\n::error::x".to_owned(), None);
        item.location.line = Some(3);
        item.location.end_line = Some(4);
        let suite = Suite {
            name: String::new(),
            file: String::new(),
            state: String::new(),
            fails: false,
            items: vec![item],
        };
        let suites = Suites {
            all: vec![suite],
            fail_on: Severity::Error,
        };
        assert_eq!(
            text(&suites),
            "::error file=a%2Cb%3Ac.yaml,line=3,endLine=4,title=failure::100 %25\\u{d}%0A::error::x\n"
        );
    }
}
