//! `clspack gaps`: what the form asks for, what is there, and what is missing.

use std::path::Path;

use crate::case::Case;
use crate::cli::args::{Format, Gaps as Arguments, Options};
use crate::cli::output::Output;
use crate::cli::{Exit, explain, read};
use crate::diag::{Finding, Severity};
use crate::error::{Error, Result};
use crate::gaps::{Gaps, gaps};
use crate::pack::{new_file, there};
use crate::plan::Plan;
use crate::report::gaps as report;
use crate::report::{Counts, json as report_json};
use crate::rules::page::Pages;
use crate::world::World;

pub(crate) fn run(
    arguments: &Arguments,
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<Exit> {
    let out = arguments.out.as_deref();
    let format = output.format();
    if format == Format::Xlsx && out.is_none() {
        let message = "a workbook cannot be printed; name a file with `-o gaps.xlsx`";
        return Err(Error::Usage(message.to_owned()));
    }
    if let Some(out) = out {
        refuse_existing(out)?;
    }
    let case = read::case(&arguments.one, options, world)?;
    let (files, book) = read::rules(options, world)?;
    let guidance = explain::guidance(&files)?;
    let planned = case.plan.as_ref().zip(case.manifest.application.as_ref());
    let Some((plan, application)) = planned else {
        return Ok(unplanned(&case, output));
    };
    let pages = Pages::on(&book, guidance.as_ref(), plan.on);
    let found = gaps(plan, application, &case.evidence.files, pages);
    let bytes = written(&found, plan, &case, arguments, format)?;
    match out {
        Some(out) => {
            new_file(out, &bytes)?;
            output.data(&format!("{}\n", out.display()));
        }
        None if output.is_human() => output.data(&String::from_utf8_lossy(&bytes)),
        None => output.exactly(&String::from_utf8_lossy(&bytes)),
    }
    Ok(exit(&case, output))
}

fn written(
    found: &Gaps,
    plan: &Plan,
    case: &Case,
    arguments: &Arguments,
    format: Format,
) -> Result<Vec<u8>> {
    let by = arguments.by;
    let form = plan.form.as_ref().map(|form| form.id.as_str());
    match format {
        Format::Json => {
            let json = report::json(found, plan, case.manifest.name());
            Ok(format!("{json:#}\n").into_bytes())
        }
        Format::Csv => report::csv(found, by).map_err(Error::Document),
        Format::Xlsx => report::xlsx(found, by).map_err(Error::Document),
        Format::Human | Format::Sarif | Format::Github | Format::Junit => {
            Ok(report::text(found, &case.product(), form, plan.level, by).into_bytes())
        }
    }
}

fn refuse_existing(out: &Path) -> Result<()> {
    if there(out)?.is_none() {
        return Ok(());
    }
    Err(Error::Usage(format!(
        "`{}` exists already, so it is not replaced; choose another name",
        out.display()
    )))
}

/// Gaps are no errors. An error in the manifest itself may hide some.
fn exit(case: &Case, output: &Output) -> Exit {
    let is_of_manifest =
        |one: &&Finding| one.severity() == Severity::Error && one.code.number().starts_with('M');
    let errors: Vec<Finding> = case
        .findings()
        .iter()
        .filter(is_of_manifest)
        .cloned()
        .collect();
    if errors.is_empty() {
        return Exit::Done;
    }
    let counts = Counts::of(&errors);
    let name = case.manifest.name();
    output.message(&format!(
        "the manifest has {counts}; run `clspack check {name}` to see them"
    ));
    Exit::Findings
}

fn unplanned(case: &Case, output: &Output) -> Exit {
    if output.is_json() {
        output.json(&report_json::unplanned(&case.manifest));
    }
    let manifest = &case.manifest;
    output.explain_findings(case.findings(), &manifest.source, &manifest.origins);
    Exit::Findings
}
