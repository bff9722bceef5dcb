//! Amounts of money in a report, and sums of them: cents, each currency apart, never a float.
#![warn(clippy::arithmetic_side_effects)]

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::Money;

/// An amount; in JSON `{ "amount": "12.00", "currency": "SGD" }`, as in a plan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Amount {
    /// Minor units.
    pub cents: u64,
    /// The currency, three capital letters.
    pub currency: String,
}

/// An amount as JSON holds it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    amount: String,
    currency: String,
}

impl Amount {
    /// Returns the amount as an exact decimal, `2347.00`.
    pub fn decimal(&self) -> String {
        format!("{}.{:02}", self.cents / 100, self.cents % 100)
    }

    /// Returns the amount with thousands set apart and without its currency, `2,347.00`.
    pub fn grouped(&self) -> String {
        let whole = (self.cents / 100).to_string();
        let mut grouped = String::new();
        for (i, digit) in whole.chars().enumerate() {
            let left = whole.len().saturating_sub(i);
            if i > 0 && left.is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        format!("{grouped}.{:02}", self.cents % 100)
    }

    /// Returns what this amount lacks to another, nothing if it lacks nothing.
    #[must_use]
    pub fn less_than(&self, other: &Self) -> Self {
        Self {
            cents: other.cents.saturating_sub(self.cents),
            currency: self.currency.clone(),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} {}", self.currency, self.grouped()))
    }
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self {
            cents: cents(&money.amount()).unwrap_or(0),
            currency: money.currency().to_string(),
        }
    }
}

impl From<Amount> for Written {
    fn from(amount: Amount) -> Self {
        Self {
            amount: amount.decimal(),
            currency: amount.currency,
        }
    }
}

impl TryFrom<Written> for Amount {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Written { amount, currency } = written;
        if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(format!("`{currency}` is not a currency"));
        }
        match cents(&amount) {
            Some(cents) => Ok(Self { cents, currency }),
            None => Err(format!("`{amount}` is not an amount such as 2.50")),
        }
    }
}

/// Reads digits, a point and two digits.
fn cents(amount: &str) -> Option<u64> {
    let (whole, cents) = amount.split_once('.')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if cents.len() != 2 || whole.len() > 10 || !is_number(whole) || !is_number(cents) {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let cents: u64 = cents.parse().ok()?;
    whole.checked_mul(100)?.checked_add(cents)
}

/// Sums, one for each currency, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<String, u64>);

impl Sums {
    /// Adds an amount.
    pub fn add(&mut self, amount: &Amount) {
        let sum = self.0.entry(amount.currency.clone()).or_default();
        *sum = sum.saturating_add(amount.cents);
    }

    /// Adds other sums.
    pub fn add_all(&mut self, other: &Self) {
        other.amounts().iter().for_each(|amount| self.add(amount));
    }

    /// Returns the sums.
    pub fn amounts(&self) -> Vec<Amount> {
        let amount = |(currency, cents): (&String, &u64)| Amount {
            cents: *cents,
            currency: currency.clone(),
        };
        self.0.iter().map(amount).collect()
    }

    /// Returns true if nothing was added.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Sums {
    /// Writes `SGD 3,105.00`; a dash when nothing was added.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amounts: Vec<_> = self.amounts().iter().map(Amount::to_string).collect();
        f.pad(
            if amounts.is_empty() {
                "-".to_owned()
            } else {
                amounts.join(" + ")
            }
            .as_str(),
        )
    }
}
