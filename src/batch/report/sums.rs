//! Sums of money, by currency.
#![warn(clippy::arithmetic_side_effects)]

use std::collections::BTreeMap;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::domain::{Currency, Money};

/// Sums, one for each currency, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<Currency, u64>);

impl Sums {
    pub fn add(&mut self, amount: Money) {
        let sum = self.0.entry(amount.currency()).or_default();
        *sum = sum.saturating_add(amount.cents());
    }

    pub fn add_all(&mut self, other: &Self) {
        other.amounts().for_each(|amount| self.add(amount));
    }

    pub fn amounts(&self) -> impl Iterator<Item = Money> + '_ {
        let sums = self.0.iter();
        sums.map(|(currency, cents)| Money::of_cents(*cents, *currency))
    }
}

impl Serialize for Sums {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.amounts())
    }
}

impl fmt::Display for Sums {
    /// Writes `SGD 3,105.00`; a dash if nothing was added.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amounts: Vec<_> = self.amounts().map(|amount| amount.to_string()).collect();
        if amounts.is_empty() {
            return f.pad("-");
        }
        f.pad(&amounts.join(" + "))
    }
}
