//! Exact amounts of money: whole minor units with their currency, never a float.
#![warn(clippy::arithmetic_side_effects)]

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

words! {
    /// A currency in which a fee is stated.
    Currency { Sgd = "SGD" }
}

/// An amount in minor units (cents); in JSON `{ "amount": "12.00", "currency": "SGD" }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Money {
    cents: u64,
    currency: Currency,
}

/// An amount in JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    amount: String,
    currency: Currency,
}

/// The text is not an amount with exactly two decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAmount;

impl Money {
    /// Parses an amount such as `51.00`.
    ///
    /// # Errors
    /// Anything but digits, a point and two digits; an amount of more than twelve digits.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, NotAnAmount> {
        let (whole, cents) = amount.split_once('.').ok_or(NotAnAmount)?;
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if cents.len() != 2 || whole.len() > 10 || !digits(whole) || !digits(cents) {
            return Err(NotAnAmount);
        }
        let number = |text: &str| u64::from_str(text).map_err(|_| NotAnAmount);
        let cents = number(whole)?
            .saturating_mul(100)
            .saturating_add(number(cents)?);
        Ok(Self { cents, currency })
    }

    pub const fn of_cents(cents: u64, currency: Currency) -> Self {
        Self { cents, currency }
    }

    pub const fn cents(self) -> u64 {
        self.cents
    }

    /// Returns the amount as an exact decimal, `2347.00`.
    pub fn amount(self) -> String {
        format!("{}.{:02}", self.cents / 100, self.cents % 100)
    }

    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Returns the amount with thousands separators and without its currency, `2,347.00`.
    pub fn grouped(self) -> String {
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

    /// Returns how much less this amount is than another; zero if it is not less.
    #[must_use]
    pub const fn less_than(self, other: Self) -> Self {
        Self {
            cents: other.cents.saturating_sub(self.cents),
            currency: self.currency,
        }
    }
}

impl From<Money> for Written {
    fn from(money: Money) -> Self {
        Self {
            amount: money.amount(),
            currency: money.currency,
        }
    }
}

impl TryFrom<Written> for Money {
    type Error = String;

    fn try_from(Written { amount, currency }: Written) -> Result<Self, String> {
        let fault = |_| format!("`{amount}` is not an amount such as 2.50");
        Self::parse(&amount, currency).map_err(fault)
    }
}

impl fmt::Display for Money {
    /// Writes the currency and the amount with thousands separators: `SGD 2,347.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{} {}", self.currency, self.grouped()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_cent() {
        let money = |text| Money::parse(text, Currency::Sgd);
        assert_eq!(money("2468.00").unwrap().to_string(), "SGD 2,468.00");
        assert_eq!(money("0.05").unwrap().amount(), "0.05");
        assert_eq!(money("1234567.89").unwrap().to_string(), "SGD 1,234,567.89");
        for wrong in [
            "51", "51.0", "-51.00", "51,00", "51.000", ".50", "", "5e1.00",
        ] {
            assert_eq!(money(wrong), Err(NotAnAmount), "{wrong}");
        }
    }
}
