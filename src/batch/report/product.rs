//! What became of one product, as plain data.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{State, Work};
use crate::diag::Severity;
use crate::domain::{Date, Money, Unsearched};
use crate::rules::tables::Route;

/// What became of a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Its place in the order of the input, from 1; kept through shards.
    pub index: u64,
    /// Where it comes from: `models.xlsx, sheet Models, row 5`.
    pub source: String,
    pub product: String,
    pub models: Vec<String>,
    pub applicant: String,
    /// Who files for the applicant.
    pub filed_by: Option<String>,
    /// The day for which the rules were read.
    pub on: Date,
    /// How near it is to being filed.
    pub state: State,
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
    pub fee: Option<Money>,
    /// The first day of the label, estimated.
    pub valid_from: Option<Date>,
    /// The last day of the label, estimated.
    pub valid_until: Option<Date>,
    pub questions: Vec<String>,
    /// The evidence that could not be searched for other clients' data.
    #[serde(default)]
    pub not_searched: Vec<Unread>,
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
    pub severity: Severity,
    /// Where it lies: cell, or file, line and column.
    pub place: String,
    /// The text that it is about.
    pub text: String,
    pub message: String,
    pub help: String,
    /// Why, beyond the explanation of the code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The published rule behind it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}

impl Problem {
    /// Returns one that has no code: what the machine could not do, or what is worth saying of the run.
    pub(crate) fn without_code(severity: Severity, place: &str, message: &str, help: &str) -> Self {
        Self {
            code: String::new(),
            severity,
            place: place.to_owned(),
            text: String::new(),
            message: message.to_owned(),
            help: help.to_owned(),
            note: String::new(),
            source: String::new(),
        }
    }
}

/// A file that could not be searched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unread {
    /// Its path in the manifest.
    pub file: String,
    pub reason: Unsearched,
    /// Whether a person looked through it, as the manifest says.
    pub looked_through: bool,
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
    pub fee: Option<Money>,
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

    /// Adds problems that came up beside those of its plan.
    pub(crate) fn warn(&mut self, problems: &[Problem]) {
        let warnings = problems.iter();
        let warnings = warnings.filter(|one| one.severity == Severity::Warning);
        self.n_warnings += warnings.count() as u64;
        self.problems.extend_from_slice(problems);
    }

    /// Adds files that could not be searched, beside those of its plan. What nobody looked through has to be.
    pub(crate) fn leave_unread(&mut self, files: &[Unread]) {
        self.not_searched.extend_from_slice(files);
        let is_open = files.iter().any(|file| !file.looked_through);
        if is_open && matches!(self.state, State::ToSign | State::Ready) {
            self.state = State::Confirm;
        }
    }

    /// Returns true if it can be filed as soon as it is signed.
    pub fn is_settled(&self) -> bool {
        self.can_be_filed() && self.state != State::Confirm
    }

    /// Returns its own fee and that of the other way to the same level, if both are known.
    pub fn compared(&self) -> Option<(Money, Money)> {
        let (fee, other) = (self.fee?, self.other.as_ref()?);
        let other_fee = other.fee?;
        let is_alike = Some(other.level) == self.level && fee.currency() == other_fee.currency();
        (self.can_be_filed() && is_alike).then_some((fee, other_fee))
    }

    /// Returns what keeps it from being filed; nothing if nothing does.
    pub fn failures(&self) -> impl Iterator<Item = Cow<'_, Problem>> {
        let is_held = matches!(self.state, State::Blocked | State::Failed);
        let problems = self.problems.iter().filter(move |_| is_held);
        let errors = problems.filter(|problem| problem.severity == Severity::Error);
        let unexplained = self.unexplained().map(Cow::Owned);
        unexplained.into_iter().chain(errors.map(Cow::Borrowed))
    }

    /// Returns everything that is to be said of it.
    pub fn all_problems(&self) -> impl Iterator<Item = Cow<'_, Problem>> {
        let unexplained = self.unexplained().map(Cow::Owned).into_iter();
        unexplained.chain(self.problems.iter().map(Cow::Borrowed))
    }

    /// Returns what to say of a product that is held up and does not say by what.
    fn unexplained(&self) -> Option<Problem> {
        let is_held = matches!(self.state, State::Blocked | State::Failed);
        let mut problems = self.problems.iter();
        let is_explained = problems.any(|problem| problem.severity == Severity::Error);
        (is_held && !is_explained).then(|| {
            let message = format!("{} without a reason", self.state);
            let help = "run `clspack check` on it alone";
            Problem::without_code(Severity::Error, &self.source, &message, help)
        })
    }

    /// Returns true if its label ends within twelve months of its day.
    pub fn ends_soon(&self) -> bool {
        let year_on = self.on.plus_years(1);
        self.can_be_filed() && self.valid_until.is_some_and(|until| until < year_on)
    }
}
