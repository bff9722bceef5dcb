//! The entry of one product in the report, as plain data.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{Decision, SinceLastRun, State, Work};
use crate::diag::Severity;
use crate::domain::{Date, Money, Unsearched};
use crate::report::json::schema::shaped;
use crate::report::location::Location;
use crate::rules::tables::Route;

shaped! {
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Product {
        /// Its position in the input, from 1; the same in all shards.
        pub index: u64,
        /// Its place in the input: `models.xlsx, sheet Models, row 5`.
        pub source: String,
        /// Its sheet, if it is a row.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sheet: Option<String>,
        /// The number of its row.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub row: Option<u64>,
        pub product: String,
        pub models: Vec<String>,
        pub applicant: String,
        /// Who files for the applicant.
        pub filed_by: Option<String>,
        /// The day of the rules.
        pub on: Date,
        pub state: State,
        pub route: Option<Route>,
        pub form: Option<String>,
        pub form_name: Option<String>,
        /// Where the form is filled in.
        #[serde(default)]
        pub form_url: Option<String>,
        /// The level on the label.
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
        /// Findings, open questions and warnings.
        pub problems: Vec<Problem>,
        pub n_warnings: u64,
        /// The other route to a label.
        pub other: Option<Other>,
        /// The pack, below the output folder, `/` between the parts.
        pub pack: Option<String>,
        /// The hash of the pack.
        pub sha256: Option<String>,
        pub work: Work,
        /// The files of the pack that are uploaded.
        #[serde(default)]
        pub uploads: Vec<String>,
        /// The client that it belongs to, by the name of the folder that is handed over.
        #[serde(default)]
        pub client: Option<String>,
        /// What a person has to decide first.
        #[serde(default)]
        pub decision: Option<Decision>,
        /// What a variant or a row changes in its base: `product.name: Home Hub 2 White`.
        pub changes: Vec<String>,
        /// What changed since the pack of the last run was made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub since_last_run: Option<SinceLastRun>,
    }
}

shaped! {
    /// A problem, in the words that people read.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Problem {
        /// Its code; empty for a note of the report itself.
        pub code: String,
        pub severity: Severity,
        /// The place: cell, or file, line and column.
        pub place: String,
        /// The place for programs.
        #[serde(default)]
        pub at: Location,
        /// The text in question.
        pub text: String,
        pub message: String,
        pub help: String,
        /// Why it matters, beyond the explanation of the code.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub note: String,
        /// The published rule behind it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub source: String,
    }
}

impl Problem {
    /// Returns a problem without a code: a machine error, or a note about the run.
    pub(crate) fn without_code(severity: Severity, place: &str, message: &str, help: &str) -> Self {
        Self {
            code: String::new(),
            severity,
            place: place.to_owned(),
            at: Location::whole(place),
            text: String::new(),
            message: message.to_owned(),
            help: help.to_owned(),
            note: String::new(),
            source: String::new(),
        }
    }
}

shaped! {
    /// A file that could not be searched.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Unread {
        /// Its path in the manifest.
        pub file: String,
        pub reason: Unsearched,
        /// Whether a person looked through it, according to the manifest.
        pub looked_through: bool,
    }
}

shaped! {
    /// Another route to a label.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Other {
        pub form: String,
        pub level: u8,
        /// Its fee, if a source gives one.
        pub fee: Option<Money>,
    }
}

impl Product {
    /// Returns true if it can be filed, now or after a question is settled.
    pub fn can_be_filed(&self) -> bool {
        let is_planned = match self.state {
            State::Blocked | State::Failed => false,
            State::Confirm | State::ToSign | State::Ready => true,
        };
        is_planned && self.route != Some(Route::None)
    }

    /// Adds problems that are not in its plan.
    pub(crate) fn warn(&mut self, problems: &[Problem]) {
        let warnings = problems.iter();
        let warnings = warnings.filter(|one| one.severity == Severity::Warning);
        self.n_warnings += warnings.count() as u64;
        self.problems.extend_from_slice(problems);
    }

    /// Adds files that could not be searched and are not in its plan. Files that nobody looked through change its
    /// state.
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

    /// Returns its fee and the fee of the other route to the same level, if both are known.
    pub fn compared(&self) -> Option<(Money, Money)> {
        let (fee, other) = (self.fee?, self.other.as_ref()?);
        let other_fee = other.fee?;
        let is_alike = Some(other.level) == self.level && fee.currency() == other_fee.currency();
        (self.can_be_filed() && is_alike).then_some((fee, other_fee))
    }

    /// Returns true if something keeps it from being filed.
    pub(super) const fn is_held(&self) -> bool {
        matches!(self.state, State::Blocked | State::Failed)
    }

    /// Returns the problems that keep it from being filed.
    pub fn failures(&self) -> impl Iterator<Item = Cow<'_, Problem>> {
        let is_held = self.is_held();
        let problems = self.problems.iter().filter(move |_| is_held);
        let errors = problems.filter(|problem| problem.severity == Severity::Error);
        let unexplained = self.unexplained().map(Cow::Owned);
        unexplained.into_iter().chain(errors.map(Cow::Borrowed))
    }

    pub fn all_problems(&self) -> impl Iterator<Item = Cow<'_, Problem>> {
        let unexplained = self.unexplained().map(Cow::Owned).into_iter();
        unexplained.chain(self.problems.iter().map(Cow::Borrowed))
    }

    /// Returns a problem for a product that is blocked without a finding of its own.
    fn unexplained(&self) -> Option<Problem> {
        let mut problems = self.problems.iter();
        let is_explained = problems.any(|problem| problem.severity == Severity::Error);
        (self.is_held() && !is_explained).then(|| {
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
