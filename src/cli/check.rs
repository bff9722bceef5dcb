//! `clspack check`: every finding at once.

use std::path::PathBuf;

use serde_json::json;

use crate::case;
use crate::cli::args::Options;
use crate::cli::output::Output;
use crate::cli::{Exit, read};
use crate::error::Result;
use crate::plan::State;
use crate::report::{Counts, json as report_json, plan_text};
use crate::world::World;

/// Checks manifests. One that cannot be read at all does not keep the others from being checked.
pub(crate) fn run(
    manifests: &[PathBuf],
    options: &Options,
    world: &dyn World,
    output: &mut Output,
) -> Result<Exit> {
    let book = read::rule_book(options, world)?;
    let mut exit = Exit::Done;
    let mut results = Vec::new();
    for path in manifests {
        let case = match case::read(path, &book, options.on, world) {
            Ok(case) => case,
            Err(error) => {
                output.fault(&error);
                exit = Exit::Failed;
                continue;
            }
        };
        let state = case.plan.as_ref().map_or(State::Blocked, |plan| plan.state);
        if state == State::Blocked && exit == Exit::Done {
            exit = Exit::Findings;
        }
        if output.is_json() {
            results.push(report_json::check(
                &case.manifest,
                case.findings(),
                state.as_str(),
            ));
        } else {
            output.findings(
                case.findings(),
                &case.manifest.source,
                &case.manifest.origins,
            );
            output.data(&format!(
                "{}: {state} ({}); {}\n",
                case.manifest.source.name,
                case.plan
                    .as_ref()
                    .map_or(plan_text::state(state), plan_text::explain),
                Counts::of(case.findings())
            ));
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
