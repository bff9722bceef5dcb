//! `clspack schema`.

use clap::ValueEnum;

use crate::batch::report::schema as batch_schema;
use crate::cli::Exit;
use crate::cli::output::Output;
use crate::manifest::schema::manifest_schema;
use crate::report::json::records::{
    CheckRecord, FailureRecord, ListRecord, OutlookDocument, PackRecord, PlanRecord, ReadRecord,
    VerifyRecord,
};
use crate::report::json::schema::Document as _;

/// Which schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// Of the manifest
    Manifest,
    /// Of the result of `check`
    Check,
    /// Of the plan
    Plan,
    /// Of the report of `batch`, `report.json`
    Batch,
    /// Of the result of `verify`
    Verify,
    /// Of the result of `outlook`
    Outlook,
    /// Of the result of `pack`
    Pack,
    /// Of the result of `pack --list`
    List,
    /// Of the result of `read`
    Read,
    /// Of what every command prints if it could not do its work
    Error,
}

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
        SchemaOf::Read => ReadRecord::schema(),
    });
    Exit::Done
}
