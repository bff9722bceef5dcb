//! What the tool says: findings and plans as text for people and as JSON for programs.

pub mod explain;
pub mod gaps;
pub mod github;
pub mod human;
pub mod json;
pub mod junit;
mod lines;
pub mod location;
pub mod not_searched;
pub mod plan_text;
pub mod provision;
pub mod sarif;
pub mod suite;
pub mod waived;

use crate::diag::{Finding, Severity};
use crate::domain::words;
use crate::plan::State;

words! {
    /// What came of reading a pack back.
    Wholeness { Intact = "intact", Broken = "broken", Failed = "failed" }
}

words! {
    /// What came of checking a manifest: the state of its plan, or that it could not be checked.
    CheckState {
        Blocked = "blocked",
        Confirm = "confirm",
        ToSign = "to-sign",
        Ready = "ready",
        Failed = "failed",
    }
}

impl From<State> for CheckState {
    fn from(state: State) -> Self {
        match state {
            State::Blocked => Self::Blocked,
            State::Confirm => Self::Confirm,
            State::ToSign => Self::ToSign,
            State::Ready => Self::Ready,
        }
    }
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Open points.
    pub confirms: usize,
    /// Warnings.
    pub warnings: usize,
}

impl Counts {
    /// Counts findings.
    pub fn of(findings: &[Finding]) -> Self {
        let count = |severity| {
            findings
                .iter()
                .filter(|finding| finding.severity() == severity)
                .count()
        };
        Self {
            errors: count(Severity::Error),
            confirms: count(Severity::Confirm),
            warnings: count(Severity::Warning),
        }
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = |n: usize, one: &str, many: &str| {
            if n == 1 {
                format!("1 {one}")
            } else {
                format!("{n} {many}")
            }
        };
        if *self == Self::default() {
            return f.write_str("no findings");
        }
        write!(
            f,
            "{}, {}, {}",
            number(self.errors, "error", "errors"),
            number(self.confirms, "open point", "open points"),
            number(self.warnings, "warning", "warnings")
        )
    }
}
