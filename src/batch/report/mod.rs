//! The report of a batch: one value, shown in five formats (terminal, workbook, CSV, JSON, page). All of them read
//! the same products and the same [`Totals`], so none can show another number. The value is plain data in memory,
//! about 4 kB for each product. Reports of shards are read back from their JSON and merged.

mod blocked;
mod causes;
mod clean;
mod columns;
mod count;
mod csv;
mod decision;
mod html;
mod json;
mod merge;
mod open;
mod product;
mod product_names;
mod read;
mod signed;
mod since;
mod suites;
mod sums;
mod table;
mod text;
mod timeline;
mod totals;
mod unread;
mod worklist;
mod xlsx;

use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

pub use causes::Cause;
pub use decision::{Decision, Way};
pub use json::schema;
pub use product::{Other, Problem, Product, Unread};
pub use signed::{CopyState, SignedFile};
pub use since::{Changed, SinceLastRun};
pub use sums::Sums;
pub use totals::{FormTotal, OtherRoute, Question, Totals};
pub use unread::UnreadFile;

use crate::batch::outcome::whole;
use crate::batch::parcels::Parcel;
use crate::diag::Finding;
use crate::domain::{Date, words};
use crate::error::Error;
use crate::pack::write_fault;
use crate::plan;

/// The name of the format of `report.json`.
pub const SCHEMA: &str = "clspack.batch/1";

/// The largest `report.json` that is read back, in bytes.
pub const MAX_JSON_BYTES: u64 = 256 * 1024 * 1024;

words! {
    /// The state of a product.
    State {
        /// An error in its documents blocks it.
        Blocked = "blocked",
        /// Complete, except for a question that no published source answers.
        Confirm = "confirm",
        /// Settled, except for the signed declaration.
        ToSign = "to-sign",
        /// Signed, and every check ran.
        Ready = "ready",
        /// clspack or the machine failed on it.
        Failed = "failed",
    }
}

words! {
    /// Why a pack was made.
    RebuildReason {
        New = "new",
        /// The manifest or the row changed.
        Manifest = "manifest changed",
        /// A file of evidence changed.
        Evidence = "evidence changed",
        Rules = "rules changed",
        Templates = "templates changed",
        Tool = "tool changed",
        Altered = "pack altered",
        /// The pack was gone.
        Lost = "pack lost",
        Asked = "asked for",
    }
}

/// What was done for a product; in JSON `{ "made": "new" }`, `"kept"` or `"none"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    Made(RebuildReason),
    /// The pack of an earlier run is still right.
    Kept,
    None,
}

#[derive(Clone, Debug)]
pub struct Report {
    /// Name and release of the program.
    pub tool: String,
    /// The day that was asked for; without one, each product has its own.
    pub on: Option<Date>,
    /// Which part of the batch this is, such as `2/8`; nothing for the whole.
    pub shard: Option<String>,
    /// The hash of the list of all products, by which parts of one batch recognise each other.
    pub inputs: Option<String>,
    /// The files of the inbox of signed copies.
    pub signed: Vec<SignedFile>,
    /// Problems of the inputs as a whole: sheets, collisions.
    pub findings: Vec<Problem>,
    /// The products, in the order of the input.
    pub products: Vec<Product>,
    /// The report of each client, where they were asked for; in no file of this report.
    pub parcels: Vec<Parcel>,
}

/// A report with its totals, ready to be shown.
#[derive(Debug)]
pub struct ReportWriter<'r> {
    report: &'r Report,
    totals: Totals,
}

impl Report {
    pub fn new(on: Option<Date>) -> Self {
        Self {
            tool: concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned(),
            on,
            shard: None,
            inputs: None,
            signed: Vec::new(),
            findings: Vec::new(),
            products: Vec::new(),
            parcels: Vec::new(),
        }
    }

    /// Returns the report of a run whose inputs cannot be read because of these findings.
    pub fn refused(on: Option<Date>, findings: &[Finding]) -> Self {
        Self {
            findings: findings.iter().map(whole).collect(),
            ..Self::new(on)
        }
    }
}

impl<'r> ReportWriter<'r> {
    pub fn of(report: &'r Report) -> Self {
        Self {
            totals: report.totals(),
            report,
        }
    }

    pub const fn totals(&self) -> &Totals {
        &self.totals
    }
}

/// Returns the error that a format could not be written; the caller adds the path.
fn unwritten(face: &str) -> impl Fn(io::Error) -> Error + '_ {
    move |cause| write_fault(Path::new(face), cause)
}

impl Work {
    /// Returns the word for what was done, such as `made: new`.
    pub fn words(self) -> String {
        match self {
            Self::Made(why) => format!("made: {why}"),
            Self::Kept => "kept".to_owned(),
            Self::None => "no pack".to_owned(),
        }
    }
}

impl State {
    /// Returns the heading of the products in a state.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::ToSign => "to sign",
            Self::Confirm => "to confirm first",
            Self::Blocked => "blocked",
            Self::Failed => "failed",
        }
    }

    /// The states, from nearly filed to blocked.
    pub const NEAREST_FIRST: [Self; 5] = [
        Self::Ready,
        Self::ToSign,
        Self::Confirm,
        Self::Blocked,
        Self::Failed,
    ];
}

impl From<plan::State> for State {
    fn from(state: plan::State) -> Self {
        match state {
            plan::State::Blocked => Self::Blocked,
            plan::State::Confirm => Self::Confirm,
            plan::State::ToSign => Self::ToSign,
            plan::State::Ready => Self::Ready,
        }
    }
}
