//! `clspack schema`.

use crate::batch::report::schema as batch_schema;
use crate::cli::Exit;
use crate::cli::args::SchemaOf;
use crate::cli::output::Output;
use crate::manifest::schema::manifest_schema;
use crate::report::json::records::{
    BruteForceRecord, CheckRecord, PasswordRecord, PlanRecord, ReadRecord, SupportRecord,
    VerifyRecord,
};
use crate::report::json::schema::Document as _;

pub(crate) fn run(of: SchemaOf, output: &Output) -> Exit {
    output.json(&match of {
        SchemaOf::Manifest => manifest_schema(),
        SchemaOf::Check => CheckRecord::schema(),
        SchemaOf::Batch => batch_schema(),
        SchemaOf::Plan => PlanRecord::schema(),
        SchemaOf::Verify => VerifyRecord::schema(),
        SchemaOf::Read => ReadRecord::schema(),
        SchemaOf::CalcBruteForce => BruteForceRecord::schema(),
        SchemaOf::CalcSupport => SupportRecord::schema(),
        SchemaOf::CalcPassword => PasswordRecord::schema(),
    });
    Exit::Done
}
