//! Templates that the engine cannot read, with the place where it stops.

use tera::ErrorKind;

use crate::diag::{Advice, Code, Finding, SourceFile};
use crate::render::complaint::at;
use crate::render::names::tags;
use crate::render::template::engine;

/// Returns why a template cannot be read, if it cannot.
pub(super) fn cannot_be_read(name: &str, text: &str) -> Option<Finding> {
    let unclosed = unclosed(text);
    let unclosed = unclosed.map(|(place, advice)| at(name, place, Code::TemplateUnusable, advice));
    unclosed.or_else(|| refused(name, text))
}

/// Takes the place out of a report of the engine: `error: what`, then ` --> name:line:column`.
pub(super) fn located(report: &str) -> Finding {
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
    let template = parts.next().unwrap_or("templates");
    at(template, (line, column), Code::TemplateUnusable, message)
}

/// Returns why the engine refuses a template alone. Missing templates that it includes are reported elsewhere.
fn refused(name: &str, text: &str) -> Option<Finding> {
    let mut engine = engine();
    let error = engine.add_raw_template(name, text).err()?;
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = error.kind() else {
        return None;
    };
    let span = report.span();
    let what = text.get(span.range.clone()).unwrap_or_default();
    let what = what.lines().next().unwrap_or_default().trim();
    let place = (span.start_line, span.start_col + 1);
    let message = format!("{}: `{what}`", report.message());
    Some(at(name, place, Code::TemplateUnusable, message))
}

/// Returns the innermost `for` or `if` without its end; the engine would only name the end of the file.
fn unclosed(text: &str) -> Option<((usize, usize), Advice)> {
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
    let advice = Advice::new(
        format!("`{{% {word} %}}` is never closed"),
        format!("write `{{% end{word} %}}`"),
    );
    Some((source.line_and_column(at), advice))
}
