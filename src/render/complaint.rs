//! What is wrong with templates, as findings.

use crate::diag::{Advice, Code, Finding, Place};
use crate::error::Error;

/// What to do where a complaint does not say it.
const HELP: &str = "correct it as `docs/templates.md` describes";

/// Returns a finding about a place in a template.
pub(super) fn finding(code: Code, place: Place, advice: impl Into<Advice>) -> Finding {
    let Advice { message, help } = advice.into();
    let help = if help.is_empty() { HELP } else { &help };
    Finding::new(code, place, message, help)
}

/// Returns a finding about a template as a whole.
pub(super) fn whole(template: &str, code: Code, advice: impl Into<Advice>) -> Finding {
    finding(code, Place::File(template.to_owned()), advice)
}

/// Returns a finding about a place in an HTML template.
pub(super) fn at(
    template: &str,
    (line, column): (usize, usize),
    code: Code,
    advice: impl Into<Advice>,
) -> Finding {
    let place = Place::Line {
        file: template.into(),
        line,
        column: Some(column),
    };
    finding(code, place, advice)
}

/// Sorts findings by template, line and column, and drops duplicates.
pub(super) fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_cached_key(|finding| {
        let (file, line, column) = match &finding.place {
            Place::Line { file, line, column } => (file.to_string(), *line, *column),
            Place::File(file) => (file.clone(), 0, None),
            _ => (String::new(), 0, None),
        };
        (file, line, column, finding.code, finding.message.clone())
    });
    findings.dedup();
    findings
}

/// Returns the error of a run whose templates cannot be used.
pub(super) fn unusable(findings: &[Finding]) -> Error {
    let lines: Vec<String> = findings.iter().map(Finding::line).collect();
    Error::Template(lines.join("\n"))
}
