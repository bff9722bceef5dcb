//! The totals of a report, the same for every format.

use std::collections::BTreeMap;

use super::{Cause, RebuildReason, State, Sums, UnreadFile};
use crate::diag::Severity;
use crate::domain::{Date, Money};
use crate::rules::tables::Route;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub n_products: usize,
    /// How many are in each state, those nearest to being filed first.
    pub states: Vec<(State, usize)>,
    /// The products that can be filed, by form and fee.
    pub forms: Vec<FormTotal>,
    /// The fees of settled products, by route.
    pub routes: Vec<(Route, usize, Sums)>,
    pub n_settled: usize,
    pub settled: Sums,
    /// How many have to be confirmed first.
    pub n_open: usize,
    pub open: Sums,
    /// The fees of all that can be filed.
    pub fees: Sums,
    /// How many can be filed for a fee that no source gives.
    pub n_fee_unknown: usize,
    /// What the other route to the same level would cost, by level, where it costs more.
    pub saved: Vec<OtherRoute>,
    /// The same where it would cost less.
    pub dearer: Vec<OtherRoute>,
    /// How many packs were made, by reason.
    pub made: Vec<(RebuildReason, usize)>,
    pub n_kept: usize,
    /// How many products have a label that ends within twelve months of their day.
    pub n_ending: usize,
    pub n_warnings: u64,
    /// Questions that no published source answers, each once.
    pub questions: Vec<Question>,
    pub not_searched: Vec<UnreadFile>,
    pub n_failures: usize,
    /// How many problems there are of any severity, except those of the inputs.
    pub n_problems: usize,
    pub ends: BTreeMap<Date, usize>,
    /// The problems of products, each once: first what blocks, then the rest.
    pub causes: Vec<Cause>,
}

/// Products with the same form and fee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormTotal {
    /// The id of the form; nothing while it is unknown.
    pub form: Option<String>,
    pub name: Option<String>,
    /// Whether a point has to be confirmed first.
    pub is_open: bool,
    /// The fee of each, if a source gives one.
    pub fee: Option<Money>,
    pub n: usize,
    pub sum: Sums,
}

/// The fees of products, and the fees of the other route to their level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherRoute {
    /// The level, the same by both routes.
    pub level: u8,
    pub n: usize,
    pub own: Sums,
    pub other: Sums,
    pub difference: Sums,
}

/// A question, and the products that it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub text: String,
    /// The products, by their places in the list of the report.
    pub products: Vec<usize>,
}

impl Totals {
    pub fn n_made(&self) -> usize {
        self.made.iter().map(|(_, n)| n).sum()
    }

    /// Returns what keeps products from being filed.
    pub fn failures(&self) -> impl Iterator<Item = &Cause> {
        self.causes.iter().filter(|cause| cause.blocks)
    }

    /// Returns what is worth knowing.
    pub fn warnings(&self) -> impl Iterator<Item = &Cause> {
        let causes = self.causes.iter();
        causes.filter(|cause| cause.first.severity == Severity::Warning)
    }

    /// Returns how much more the other routes would cost.
    pub fn saved_sum(&self) -> Sums {
        let mut sums = Sums::default();
        self.saved
            .iter()
            .for_each(|route| sums.add_all(&route.difference));
        sums
    }

    pub fn in_state(&self, state: State) -> usize {
        let mut found = self.states.iter().filter(|(known, _)| *known == state);
        found.next().map_or(0, |(_, n)| *n)
    }
}
