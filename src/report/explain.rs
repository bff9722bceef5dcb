//! The long text of a code for the screen, and the index of all of them.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::diag::{Code, Explanation, explanation};

/// Returns the long text of a code for the screen.
pub fn text(code: Code) -> String {
    let Some(long) = explanation(code) else {
        return format!("{code} {}\n", code.name());
    };
    format!(
        "{code} {} ({})\n\n{}.\n\nWhy\n{}\n\nExample\n{}\n\nWhat to do\n{}\n",
        code.name(),
        code.severity().as_str(),
        long.title,
        indented(long.why),
        indented(long.example),
        indented(long.fix),
    )
}

/// Returns the long text of a code for programs.
pub fn json(code: Code) -> Value {
    let long = explanation(code);
    let part = |part: fn(&Explanation) -> &'static str| long.as_ref().map(part);
    json!({
        "code": code.number(),
        "name": code.name(),
        "severity": code.severity(),
        "title": part(|long| long.title),
        "why": part(|long| long.why),
        "example": part(|long| long.example),
        "fix": part(|long| long.fix),
    })
}

/// Returns all codes, in the order of their numbers.
pub fn sorted() -> Vec<Code> {
    let mut codes = Code::ALL.to_vec();
    codes.sort_by_key(|code| code.number());
    codes
}

/// Returns a line for each code, for the screen.
pub fn list() -> String {
    let mut list = String::new();
    for code in sorted() {
        let title = explanation(code).map_or("", |long| long.title);
        let severity = code.severity().as_str();
        let _ = writeln!(list, "{code}  {severity:<7}  {title}");
    }
    list
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| format!("  {line}").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Returns the index of all codes, in Markdown.
pub fn index() -> String {
    let mut index = String::from(
        "# Findings\n\nEvery code that `clspack` can report, each with its page; `clspack explain CODE` prints the page.\n\
         An error blocks; an open point (`confirm`) asks; a warning changes nothing. Numbers are never reused.\n\n\
         | Code | Severity | Says |\n|---|---|---|\n",
    );
    for code in sorted() {
        let title = explanation(code).map_or("", |long| long.title);
        let severity = code.severity().as_str();
        let _ = writeln!(
            index,
            "| [{code}](findings/{code}.md) | {severity} | {title} |"
        );
    }
    index
}

/// Returns how the page of a code begins: number, name and severity.
pub fn head(code: Code) -> String {
    let title = explanation(code).map_or("", |long| long.title);
    let severity = code.severity().as_str();
    format!("# {code} {}\n\n**{title}.** ({severity})\n\n", code.name())
}
