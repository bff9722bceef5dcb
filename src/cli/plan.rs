//! `clspack plan` and `clspack outlook`.

use crate::case::Case;
use crate::cli::Exit;
use crate::cli::args::{One, Options};
use crate::cli::output::Output;
use crate::cli::read;
use crate::error::Result;
use crate::plan::{Plan, State};
use crate::report::{Counts, json as report_json, plan_text};
use crate::world::World;

/// Prints the plan, even if errors block it.
pub(crate) fn run(
    one: &One,
    options: &Options,
    world: &dyn World,
    output: &mut Output,
) -> Result<Exit> {
    let mut case = read::case(one, options, world)?;
    case.take_in(read::template_findings(options, world)?);
    Ok(show(&case, output, |plan| {
        if output.is_json() {
            format!("{:#}\n", report_json::plan(plan, &case.manifest))
        } else {
            plan_text::text(plan, &case.product())
        }
    }))
}

/// Prints how other countries recognise the labels.
pub(crate) fn outlook(
    one: &One,
    options: &Options,
    world: &dyn World,
    output: &mut Output,
) -> Result<Exit> {
    let case = read::case(one, options, world)?;
    Ok(show(&case, output, |plan| {
        if output.is_json() {
            format!("{:#}\n", report_json::outlook(plan, &case.manifest))
        } else {
            plan_text::outlook(plan)
        }
    }))
}

/// The most findings that are printed below a plan. More would push the plan off the screen.
const SHOWN: usize = 5;

/// Prints the findings, or how many there are and which command shows them.
fn findings(case: &Case, output: &Output) {
    let (found, manifest) = (case.findings(), &case.manifest);
    if found.len() <= SHOWN || case.plan.is_none() {
        return output.explain_findings(found, &manifest.source, &manifest.origins);
    }
    let counts = Counts::of(found);
    let name = manifest.name();
    output.message(&format!("{counts}; run `clspack check {name}` to see them"));
}

fn show(case: &Case, output: &Output, text: impl Fn(&Plan) -> String) -> Exit {
    match &case.plan {
        Some(plan) => output.data(&text(plan)),
        // Programs get their document on the same stream, even after an error.
        None if output.is_json() => {
            output.json(&report_json::unplanned(&case.manifest));
        }
        None => {}
    }
    if !output.is_json() {
        findings(case, output);
    }
    let blocked = case
        .plan
        .as_ref()
        .is_none_or(|plan| plan.state == State::Blocked);
    if blocked { Exit::Findings } else { Exit::Done }
}
