//! `clspack check`: reports every finding in one run.

use std::path::PathBuf;

use serde_json::json;

use crate::case::Case;
use crate::cli::args::Options;
use crate::cli::output::Output;
use crate::cli::{Exit, read};
use crate::domain::NotSearched;
use crate::domain::text::visible;
use crate::error::Result;
use crate::plan::{State, Waived};
use crate::report::{Counts, json as report_json, not_searched, plan_text, waived};
use crate::world::World;

/// Checks manifests. One that cannot be read at all does not keep the others from being checked.
pub(crate) fn run(
    manifests: &[PathBuf],
    options: &Options,
    world: &dyn World,
    output: &mut Output,
) -> Result<Exit> {
    let book = read::rule_book(options, world)?;
    let of_templates = read::template_findings(options, world)?;
    let mut exit = Exit::Done;
    let mut results = Vec::new();
    let mut renderer = None;
    for path in manifests {
        let mut cases = match read::cases(path, &book, options, world) {
            Ok(cases) => cases,
            Err(error) => {
                output.fault(&error);
                exit = Exit::Failed;
                continue;
            }
        };
        for case in &mut cases {
            case.take_in(of_templates.clone());
            if let Err(error) = read::settle(case, &mut renderer, options, world) {
                output.fault(&error);
                exit = Exit::Failed;
                continue;
            }
            let state = state(case);
            if state == State::Blocked && exit == Exit::Done {
                exit = Exit::Findings;
            }
            if output.is_json() {
                results.push(report_json::check(
                    &case.manifest,
                    case.findings(),
                    state,
                    files(case),
                    waived(case),
                ));
            } else {
                verdict(case, output);
            }
        }
    }
    if output.is_json() {
        match results.as_slice() {
            [one] if manifests.len() == 1 => output.json(one),
            all => output.json(&json!({ "schema": "clspack.checks/1", "manifests": all })),
        }
    }
    Ok(exit)
}

fn state(case: &Case) -> State {
    case.plan.as_ref().map_or(State::Blocked, |plan| plan.state)
}

fn files(case: &Case) -> &[NotSearched] {
    case.plan.as_ref().map_or(&[], |plan| &plan.not_searched)
}

/// Returns the findings that a person has overruled.
fn waived(case: &Case) -> &[Waived] {
    case.plan.as_ref().map_or(&[], |plan| &plan.waived)
}

fn verdict(case: &Case, output: &Output) {
    let manifest = &case.manifest;
    output.findings(case.findings(), &manifest.source, &manifest.origins);
    output.data(&not_searched::text(files(case)));
    output.data(&waived::text(waived(case)));
    let state = state(case);
    let explained = case
        .plan
        .as_ref()
        .map_or(plan_text::state(state), plan_text::explain);
    output.data(&format!(
        "{}: {state} ({explained}); {}\n",
        visible(&manifest.name()),
        Counts::of(case.findings())
    ));
}
