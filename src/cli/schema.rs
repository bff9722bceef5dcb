//! `clspack schema`.

use crate::cli::Exit;
use crate::cli::args::SchemaOf;
use crate::cli::output::Output;
use crate::manifest::schema::manifest_schema;

/// The schema of the plan; a test compares it with the plans of the examples.
const PLAN_SCHEMA: &str = include_str!("../../schemas/plan.schema.json");

pub(crate) fn run(of: SchemaOf, output: &Output) -> Exit {
    match of {
        SchemaOf::Manifest => output.json(&manifest_schema()),
        SchemaOf::Plan => output.data(PLAN_SCHEMA),
    }
    Exit::Done
}
