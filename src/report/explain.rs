//! The long text of a code, for the screen and for `docs/diagnostics.md`.

use std::fmt::Write as _;

use crate::diag::{Code, explanation};

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

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| format!("  {line}").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Returns the page of all codes, in Markdown.
pub fn page() -> String {
    let mut page = String::from(
        "# Findings\n\nEvery code that `clspack` can report, written from the same text as `clspack explain CODE`.\n\
         An error blocks; an open point (`confirm`) asks; a warning changes nothing. Numbers are never reused.\n",
    );
    let mut codes = Code::ALL.to_vec();
    codes.sort_by_key(|code| code.number());
    for code in codes {
        let Some(long) = explanation(code) else {
            continue;
        };
        let _ = write!(
            page,
            "\n## {code} {}\n\n**{}.** ({})\n\n{}\n\n```text\n{}\n```\n\n{}\n",
            code.name(),
            long.title,
            code.severity().as_str(),
            long.why,
            long.example,
            long.fix,
        );
    }
    page
}
