//! The arguments of `clspack gaps`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::One;
use crate::report::gaps::By;

/// Show what the form asks for, what is there, and what is missing
#[derive(Clone, Debug, Args)]
pub struct Gaps {
    /// Which product.
    #[command(flatten)]
    pub one: One,
    /// Order the items by clause, or by who answers for the evidence
    #[arg(long, value_parser = by, value_name = "clause|owner", default_value = "clause")]
    pub by: By,
    /// Write a new file instead of printing; a workbook (`--format xlsx`) needs it
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

fn by(text: &str) -> Result<By, String> {
    text.parse()
        .map_err(|_| "write `clause` or `owner`".to_owned())
}
