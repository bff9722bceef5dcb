//! `clspack schema`.

use crate::batch::report::schema as batch_schema;
use crate::cli::Exit;
use crate::cli::args::SchemaOf;
use crate::cli::output::Output;
use crate::manifest::schema::manifest_schema;
use crate::report::json::records::{
    CheckRecord, FailureRecord, ListRecord, OutlookDocument, PackRecord, PlanRecord, VerifyRecord,
};
use crate::report::json::schema::Document as _;

pub(crate) fn run(of: SchemaOf, output: &Output) -> Exit {
    output.json(&match of {
        SchemaOf::Manifest => manifest_schema(),
        SchemaOf::Check => CheckRecord::schema(),
        SchemaOf::Batch => batch_schema(),
        SchemaOf::Plan => PlanRecord::schema(),
        SchemaOf::Verify => VerifyRecord::schema(),
        SchemaOf::Outlook => OutlookDocument::schema(),
        SchemaOf::Pack => PackRecord::schema(),
        SchemaOf::List => ListRecord::schema(),
        SchemaOf::Error => FailureRecord::schema(),
    });
    Exit::Done
}
