//! `clspack rules list|show|lint`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::json;

use crate::cli::args::{Options, RulesCommand};
use crate::cli::output::Output;
use crate::cli::{Exit, read};
use crate::diag::nearest::nearest;
use crate::diag::{Origins, SourceFile};
use crate::error::{Error, Result};
use crate::report::{Counts, json as report_json};
use crate::rules::show::{EditionLine, RowLine, editions};
use crate::rules::{RuleBook, lint};
use crate::world::World;

/// Shows or checks the rules.
pub(crate) fn run(
    what: RulesCommand,
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<Exit> {
    match what {
        RulesCommand::List => list(options, world, output),
        RulesCommand::Show { instrument } => show(&instrument, options, world, output),
        RulesCommand::Lint => lint_rules(options, world, output),
    }
}

fn list(options: &Options, world: &dyn World, output: &Output) -> Result<Exit> {
    let (files, book) = read::rules(options, world)?;
    let on = options.on.unwrap_or_else(|| world.today());
    let lines = editions(&book, &files);
    if output.is_json() {
        let editions: Vec<_> = lines
            .iter()
            .map(|line| edition_json(line, line.in_force_on(on)))
            .collect();
        output.json(&json!({ "schema": "clspack.rules/1", "on": on, "editions": editions }));
        return Ok(Exit::Done);
    }
    let mut text = format!("Editions of the rules; * in force on {on}\n\n");
    for line in &lines {
        let mark = if line.in_force_on(on) { "*" } else { " " };
        let until = line
            .until
            .map_or_else(|| "open".to_owned(), |until| until.to_string());
        let _ = writeln!(
            text,
            "{mark} {:<26} {} to {until:<10}  rows: {:<4} {}",
            line.instrument,
            line.effective_from,
            line.rows.len(),
            line.sha256.short()
        );
    }
    output.data(&text);
    Ok(Exit::Done)
}

fn show(instrument: &str, options: &Options, world: &dyn World, output: &Output) -> Result<Exit> {
    let (files, book) = read::rules(options, world)?;
    if instrument == "traits" {
        output.data(&traits(&book));
        return Ok(Exit::Done);
    }
    let all = editions(&book, &files);
    let wanted = instrument.trim_matches('/');
    let chosen = |line: &&EditionLine| {
        line.instrument == wanted
            || line.instrument.starts_with(&format!("{wanted}/"))
            || line.path == wanted
    };
    let lines: Vec<_> = all
        .iter()
        .filter(chosen)
        .filter(|line| options.on.is_none_or(|on| line.in_force_on(on)))
        .collect();
    if lines.is_empty() {
        let near = nearest(wanted, all.iter().map(|line| line.instrument.as_str()))
            .map_or_else(String::new, |near| format!("; the nearest is `{near}`"));
        return Err(Error::Usage(format!(
            "there is no instrument `{instrument}`{near}; `clspack rules list` names them"
        )));
    }
    if output.is_json() {
        output.json(&json!({ "schema": "clspack.rules/1", "editions": lines.iter().map(|line| edition_json(line, line.in_force_on(options.on.unwrap_or_else(|| world.today())))).collect::<Vec<_>>() }));
        return Ok(Exit::Done);
    }
    for line in lines {
        let mut text = format!("{}  (from {})\n", line.path, line.effective_from);
        for row in &line.rows {
            let _ = writeln!(text, "  {}", row.id);
            for (name, value) in &row.says {
                let value = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                let _ = writeln!(text, "    {name}: {value}");
            }
            let _ = writeln!(
                text,
                "    source: {}, read {}",
                row.source, row.source.retrieved
            );
            if let Some(note) = &row.note {
                let _ = writeln!(text, "    note: {note}");
            }
        }
        output.data(&format!("{text}\n"));
    }
    Ok(Exit::Done)
}

/// Lists the traits that a manifest can state, on which conditional provisions depend.
fn traits(book: &RuleBook) -> String {
    let mut text = String::from("Traits: write them in `product.traits`\n\n");
    let mut shown = BTreeSet::new();
    for edition in book.provisions.editions() {
        for row in &edition.body.conditions {
            // Two conditions may ask for one pair of traits, each from its side. A person writes one trait of the pair.
            let pair = [row.stated_by.as_str(), row.denied_by.as_str()];
            if !shown.insert(BTreeSet::from(pair)) {
                continue;
            }
            let assumed = if row.presumed {
                &row.stated_by
            } else {
                &row.denied_by
            };
            let _ = writeln!(
                text,
                "  {:<26} {}\n  {:<26} the contrary; if you write neither, `{assumed}` is assumed",
                row.stated_by, row.text, row.denied_by
            );
        }
    }
    text
}

fn lint_rules(options: &Options, world: &dyn World, output: &Output) -> Result<Exit> {
    let findings = lint::lint(&read::rule_files(options, world)?);
    if output.is_json() {
        output.json(&json!({ "schema": "clspack.lint/1", "findings": report_json::findings(&findings, &SourceFile::default(), &Origins::default()) }));
    } else {
        output.findings(&findings, &SourceFile::default(), &Origins::default());
        output.data(&format!("rules: {}\n", Counts::of(&findings)));
    }
    Ok(if findings.is_empty() {
        Exit::Done
    } else {
        Exit::Findings
    })
}

fn edition_json(line: &EditionLine, in_force: bool) -> serde_json::Value {
    let row = |row: &RowLine| json!({ "id": row.id, "says": row.says, "source": row.source, "note": row.note });
    let rows: Vec<_> = line.rows.iter().map(row).collect();
    json!({
        "instrument": line.instrument, "path": line.path, "effective_from": line.effective_from, "until": line.until,
        "in_force": in_force, "sha256": line.sha256, "rows": rows,
    })
}
