//! What became of a batch: one value, shown in five ways.
//!
//! Every face (terminal, workbook, CSV, JSON, page) reads the same products and the same [`Totals`], so
//! none of them can say another number. The value is plain data: reports of shards are read back from
//! their JSON and merged.

mod amount;
mod clean;
mod columns;
mod csv;
mod html;
mod json;
mod merge;
mod table;
mod text;
mod timeline;
mod totals;
mod xlsx;

use serde::{Deserialize, Serialize};

pub use amount::{Amount, Sums};
pub use totals::{Failure, FormTotal, OtherWay, Question, Totals, Warning};

use crate::domain::{Date, words};
use crate::plan;
use crate::rules::tables::Route;

/// The name of the format of `report.json`.
pub const SCHEMA: &str = "clspack.batch/1";

/// The largest `report.json` that is read back, in bytes.
pub const MAX_JSON_BYTES: usize = 256 * 1024 * 1024;

words! {
    /// What became of a product.
    State {
        /// An error in its documents stands in the way.
        Blocked = "blocked",
        /// Complete, but no published source settles some point.
        Confirm = "confirm",
        /// Settled; only the signed declaration is missing.
        ToSign = "to-sign",
        /// Signed, and every check ran.
        Ready = "ready",
        /// The machine could not do its work.
        Failed = "failed",
    }
}

words! {
    /// Why a pack was made.
    Why {
        /// There was none.
        New = "new",
        /// The manifest, or the row, is another.
        Manifest = "manifest changed",
        /// A file of evidence is another.
        Evidence = "evidence changed",
        /// The rules are others.
        Rules = "rules changed",
        /// The templates are others.
        Templates = "templates changed",
        /// The program is another.
        Tool = "tool changed",
        /// Somebody altered the pack.
        Altered = "pack altered",
        /// The pack was no longer there.
        Lost = "pack lost",
        /// The user asked for it.
        Asked = "asked for",
    }
}

words! {
    /// How grave a problem is.
    Gravity {
        /// It blocks.
        Error = "error",
        /// It asks.
        Confirm = "confirm",
        /// It changes nothing.
        Warning = "warning",
    }
}

/// What was done for a product; in JSON `{ "made": "new" }`, `"kept"` or `"none"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// A pack was made.
    Made(Why),
    /// The pack of an earlier run still stands.
    Kept,
    /// There is no pack.
    None,
}

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The name of the format: [`SCHEMA`].
    pub schema: String,
    /// Name and release of the program.
    pub tool: String,
    /// The day that was asked for; without one, each product has its own.
    pub on: Option<Date>,
    /// The part of the batch that this is, `2/8`; nothing for the whole.
    pub shard: Option<String>,
    /// The hash of the list of all products of the batch, by which parts of one batch know each other.
    #[serde(default)]
    pub inputs: Option<String>,
    /// Problems of the inputs as a whole: sheets, collisions.
    pub findings: Vec<Problem>,
    /// The products, in the order of the input.
    pub products: Vec<Product>,
}

/// What became of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Its place in the order of the input, from 1; kept through shards.
    pub index: u64,
    /// Where it comes from: `models.xlsx, sheet Models, row 5`.
    pub source: String,
    /// What it is called.
    pub product: String,
    /// Its models.
    pub models: Vec<String>,
    /// Who applies.
    pub applicant: String,
    /// Who files for the applicant.
    pub filed_by: Option<String>,
    /// The day for which the rules were read.
    pub on: Date,
    /// How near it is to being filed.
    pub state: State,
    /// The way.
    pub route: Option<Route>,
    /// The id of the form.
    pub form: Option<String>,
    /// The name of the form.
    pub form_name: Option<String>,
    /// The level that the label will show.
    pub level: Option<u8>,
    /// Whether the simplified application may apply.
    pub simplified: bool,
    /// The fee, if a source gives one.
    pub fee: Option<Amount>,
    /// The first day of the label, estimated.
    pub valid_from: Option<Date>,
    /// The last day of the label, estimated.
    pub valid_until: Option<Date>,
    /// What no source settles.
    pub questions: Vec<String>,
    /// What is wrong with it, open, or worth knowing.
    pub problems: Vec<Problem>,
    /// How many warnings it has.
    pub n_warnings: u64,
    /// The other way to a label.
    pub other: Option<Other>,
    /// The pack, below the output folder, `/` between the parts.
    pub pack: Option<String>,
    /// The hash of the pack.
    pub sha256: Option<String>,
    /// What was done.
    pub work: Work,
    /// What a variant changes against its base: `product.name: Home Hub 2 White`.
    pub changes: Vec<String>,
}

/// A problem, as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// Its code; empty for a note of the report itself.
    pub code: String,
    /// How grave it is.
    pub severity: Gravity,
    /// Where it lies: cell, or file, line and column.
    pub place: String,
    /// The text that it is about.
    pub text: String,
    /// What is wrong.
    pub message: String,
    /// What to write.
    pub help: String,
}

/// Another way to a label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Other {
    /// The id of its form.
    pub form: String,
    /// The level that it gives.
    pub level: u8,
    /// Its fee, if a source gives one.
    pub fee: Option<Amount>,
}

impl Report {
    /// Returns a report without products.
    pub fn new(on: Option<Date>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            tool: concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned(),
            on,
            shard: None,
            inputs: None,
            findings: Vec::new(),
            products: Vec::new(),
        }
    }
}

impl Product {
    /// Returns true if there is something to file: a form may be sent, now or after a question is settled.
    pub fn can_be_filed(&self) -> bool {
        let is_planned = match self.state {
            State::Blocked | State::Failed => false,
            State::Confirm | State::ToSign | State::Ready => true,
        };
        is_planned && self.route != Some(Route::None)
    }

    /// Returns true if it can be filed as soon as it is signed.
    pub fn is_settled(&self) -> bool {
        self.can_be_filed() && self.state != State::Confirm
    }

    /// Returns its own fee and that of the other way to the same level, if both are known.
    pub fn compared(&self) -> Option<(&Amount, &Amount)> {
        let (fee, other) = (self.fee.as_ref()?, self.other.as_ref()?);
        let other_fee = other.fee.as_ref()?;
        let is_alike = Some(other.level) == self.level && fee.currency == other_fee.currency;
        (self.can_be_filed() && is_alike).then_some((fee, other_fee))
    }
}

impl Work {
    /// Says what was done, `made: new`.
    pub fn words(self) -> String {
        match self {
            Self::Made(why) => format!("made: {why}"),
            Self::Kept => "kept".to_owned(),
            Self::None => "no pack".to_owned(),
        }
    }
}

impl State {
    /// Says what the state means for a number of products.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::ToSign => "to sign",
            Self::Confirm => "to confirm first",
            Self::Blocked => "blocked",
            Self::Failed => "failed",
        }
    }

    /// The states, from the nearest to being filed to the farthest.
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

impl From<crate::diag::Severity> for Gravity {
    fn from(severity: crate::diag::Severity) -> Self {
        match severity {
            crate::diag::Severity::Error => Self::Error,
            crate::diag::Severity::Confirm => Self::Confirm,
            crate::diag::Severity::Warning => Self::Warning,
        }
    }
}
