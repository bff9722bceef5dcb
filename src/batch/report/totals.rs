//! What follows from the products of a report, the same for every face.

use std::collections::BTreeMap;

use super::{RebuildReason, State, Sums, UnreadFile};
use crate::domain::{Date, Money};
use crate::rules::tables::Route;

/// Counts and sums of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many products there are.
    pub n_products: usize,
    /// How many are in each state, the nearest to being filed first.
    pub states: Vec<(State, usize)>,
    /// What can be filed, by form and fee.
    pub forms: Vec<FormTotal>,
    /// The fees of what is settled, by the way.
    pub routes: Vec<(Route, usize, Sums)>,
    /// How many products are settled.
    pub n_settled: usize,
    pub settled: Sums,
    /// How many have to be confirmed first.
    pub n_open: usize,
    pub open: Sums,
    /// The fees of all that can be filed.
    pub fees: Sums,
    /// How many can be filed for a fee that no source gives.
    pub n_fee_unknown: usize,
    /// What the other way to the same level would cost, by level, where it costs more.
    pub saved: Vec<OtherWay>,
    /// The same where it would cost less.
    pub dearer: Vec<OtherWay>,
    /// How many packs were made, by reason.
    pub made: Vec<(RebuildReason, usize)>,
    /// How many packs were kept.
    pub n_kept: usize,
    /// How many products have a label that ends within twelve months of their day.
    pub n_ending: usize,
    /// How many warnings there are.
    pub n_warnings: u64,
    /// What no source settles, each question once.
    pub questions: Vec<Question>,
    /// The files that could not be searched.
    pub not_searched: Vec<UnreadFile>,
    /// How many problems block products.
    pub n_failures: usize,
    /// How many problems there are of any gravity, those of the inputs left out.
    pub n_problems: usize,
    /// How many labels would end on each day.
    pub ends: BTreeMap<Date, usize>,
    /// What is worth knowing, each warning once.
    pub warnings: Vec<Warning>,
}

/// A warning, and the products that have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    pub code: String,
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Why, beyond the explanation of the code.
    pub note: String,
    /// The published rule behind it.
    pub source: String,
    /// The products, by their places in the list of the report.
    pub products: Vec<usize>,
}

/// Products that go to one form for one fee.
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

/// What products cost, and what the other way to their level would cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherWay {
    /// The level, the same by both ways.
    pub level: u8,
    pub n: usize,
    pub own: Sums,
    pub other: Sums,
    pub difference: Sums,
}

/// A question, and the products that ask it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub text: String,
    /// The products, by their places in the list of the report.
    pub products: Vec<usize>,
}

impl Totals {
    /// Returns how many packs were made.
    pub fn n_made(&self) -> usize {
        self.made.iter().map(|(_, n)| n).sum()
    }

    /// Returns the sum of what the other ways would cost more.
    pub fn saved_sum(&self) -> Sums {
        let mut sums = Sums::default();
        self.saved
            .iter()
            .for_each(|way| sums.add_all(&way.difference));
        sums
    }

    /// Returns how many products are in a state.
    pub fn in_state(&self, state: State) -> usize {
        let mut found = self.states.iter().filter(|(known, _)| *known == state);
        found.next().map_or(0, |(_, n)| *n)
    }
}
