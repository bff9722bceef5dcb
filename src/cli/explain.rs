//! `clspack explain`: a finding, a provision, or the provisions of a clause.

use serde_json::{Value, json};

use crate::cli::args::Options;
use crate::cli::output::Output;
use crate::cli::{Exit, read};
use crate::diag::nearest::nearest;
use crate::diag::{Code, Finding};
use crate::error::{Error, Result};
use crate::report::{explain, provision};
use crate::rules::guidance::Guidance;
use crate::rules::page::{Named, Pages};
use crate::rules::{RuleFiles, read_guidance};
use crate::world::World;

/// Explains what a text names; without one, lists all codes and provisions.
pub(crate) fn run(
    named: Option<&str>,
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<Exit> {
    if let Some(code) = named.and_then(|named| Code::find(named.trim())) {
        if output.is_json() {
            print(&[explain::json(code)], &[], output);
        } else {
            output.data(&explain::text(code));
        }
        return Ok(Exit::Done);
    }
    let (files, book) = read::rules(options, world)?;
    let guidance = guidance(&files)?;
    let on = options.on.unwrap_or_else(|| world.today());
    let pages = Pages::on(&book, guidance.as_ref(), on)
        .ok_or_else(|| Error::Rules("there are no provisions".to_owned()))?;
    match named {
        None => all(pages, output),
        Some(text) => one(text, pages, output)?,
    }
    Ok(Exit::Done)
}

pub(crate) fn guidance(files: &RuleFiles) -> Result<Option<Guidance>> {
    let (guidance, findings) = read_guidance(files);
    match findings.first() {
        None => Ok(guidance),
        Some(Finding { message, .. }) => Err(Error::Rules(message.clone())),
    }
}

fn all(pages: Pages<'_>, output: &Output) {
    if output.is_json() {
        let codes: Vec<_> = explain::sorted().into_iter().map(explain::json).collect();
        let ids: Vec<_> = pages.ids().collect();
        print(&codes, &as_json(&ids, pages), output);
        return;
    }
    output.data(&explain::list());
    output.data("");
    output.data(&provision::list(pages, None));
    output
        .message("`clspack explain M009` explains a finding, `clspack explain 5.2-1` a provision");
}

fn one(text: &str, pages: Pages<'_>, output: &Output) -> Result<()> {
    let (ids, is_clause) = match pages.named(text) {
        Named::Provision(id) => (vec![id], false),
        Named::Clause(ids) => (ids, true),
        Named::Later(id) => return Err(Error::Usage(later(text, id))),
        Named::Nothing => return Err(Error::Usage(unknown(text, pages))),
    };
    if output.is_json() {
        print(&[], &as_json(&ids, pages), output);
    } else if is_clause {
        output.data(&provision::list(pages, Some(&ids)));
    } else {
        for page in ids.iter().filter_map(|id| pages.page(id)) {
            output.data(&provision::text(&page));
        }
    }
    Ok(())
}

/// Returns provisions for programs.
fn as_json(ids: &[&str], pages: Pages<'_>) -> Vec<Value> {
    let all = ids.iter().filter_map(|id| pages.page(id));
    all.map(|page| provision::json(pages, &page)).collect()
}

fn print(findings: &[Value], provisions: &[Value], output: &Output) {
    let mut explained =
        json!({ "schema": "clspack.explain/1", "findings": findings, "provisions": provisions });
    // What is asked for alone can be read without looking into the lists.
    if let ([Value::Object(one)], []) | ([], [Value::Object(one)]) = (findings, provisions) {
        for (name, value) in one {
            explained[name] = value.clone();
        }
    }
    output.json(&explained);
}

fn later(text: &str, id: &str) -> String {
    format!(
        "`{text}` is a number of the later edition of the standard, which the scheme's documents do not use; see `{id}`"
    )
}

fn unknown(text: &str, pages: Pages<'_>) -> String {
    let mut names: Vec<String> = Code::ALL
        .iter()
        .flat_map(|code| [code.number().to_owned(), code.name()])
        .collect();
    let clauses = pages.clauses();
    names.extend(clauses.iter().map(|(clause, _)| (*clause).to_owned()));
    let clause = text.rsplit_once(['-', '.']).map(|(clause, _)| clause);
    if let Some(clause) = clause.filter(|clause| names.iter().any(|name| name == clause)) {
        return format!(
            "clause {clause} has no provision `{text}`; `clspack explain {clause}` lists them"
        );
    }
    names.extend(pages.ids().map(str::to_owned));
    let near = nearest(text, names.iter().map(String::as_str))
        .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    format!("there is no finding, provision or clause `{text}`{near}; `clspack explain` lists all")
}
