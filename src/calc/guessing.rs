//! How long it takes to guess a password, and how likely it is, by the formulas of the assessment.

/// What keeps people from trying passwords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// After so many failed attempts the login waits for so many seconds.
    Delay { attempts: u64, seconds: u64 },
    /// After so many failed attempts an address is blocked for good; an attacker has so many addresses.
    Block { attempts: u64, addresses: u64 },
}

/// The result for one password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guessing {
    /// How many passwords there are.
    pub passwords: u128,
    /// Whether there are more than can be counted here.
    pub is_least: bool,
    pub of: Outcome,
}

/// What an attacker reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// How many attempts fit into 24 hours, and how many whole days half of the passwords take.
    Days { per_day: u128, days: u128 },
    /// How many attempts there are in all.
    Attempts(u128),
}

const SECONDS_OF_A_DAY: u64 = 86_400;

/// Calculates what guessing takes for a password of `length` characters out of `alphabet`.
pub fn guessing(alphabet: u32, length: u32, measure: Measure) -> Guessing {
    let passwords = u128::from(alphabet).checked_pow(length);
    let is_least = passwords.is_none();
    let passwords = passwords.unwrap_or(u128::MAX);
    let of = match measure {
        Measure::Delay { attempts, seconds } => {
            // A day may begin right before the end of a wait, so a part of one counts as a whole.
            let waits = SECONDS_OF_A_DAY.div_ceil(seconds.max(1));
            let per_day = u128::from(attempts) * u128::from(waits);
            let days = passwords / (per_day.max(1) * 2);
            Outcome::Days { per_day, days }
        }
        Measure::Block {
            attempts,
            addresses,
        } => Outcome::Attempts(u128::from(attempts) * u128::from(addresses)),
    };
    Guessing {
        passwords,
        is_least,
        of,
    }
}

impl Guessing {
    /// Returns true if guessing takes at least so many days, or succeeds in less than so many percent.
    pub fn is_enough(&self, least_days: u32, below_percent: u32) -> bool {
        match self.of {
            Outcome::Days { days, .. } => days >= u128::from(least_days),
            Outcome::Attempts(attempts) => {
                let chance = attempts.saturating_mul(100);
                chance < self.passwords.saturating_mul(u128::from(below_percent))
            }
        }
    }

    /// Returns the chance of success in percent with six decimals, rounded up: a chance is never shown as none.
    pub fn percent(attempts: u128, passwords: u128) -> String {
        const DECIMALS: u128 = 1_000_000;
        let all = passwords.max(1);
        let parts = attempts.saturating_mul(100 * DECIMALS).div_ceil(all);
        let parts = parts.min(100 * DECIMALS);
        let text = format!("{}.{:06}", parts / DECIMALS, parts % DECIMALS);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_formulas_of_the_assessment_are_used() {
        let delay = |attempts, seconds| Measure::Delay { attempts, seconds };
        for (alphabet, length, measure, days) in [
            // Six digits, five attempts in fifteen minutes: 480 a day.
            (10, 6, delay(5, 900), 1_041),
            (10, 4, delay(5, 900), 10),
            (10, 4, delay(1, 86_400), 5_000),
            (62, 10, delay(3, 60), 97_141_130_308_835),
        ] {
            let found = guessing(alphabet, length, measure);
            let Outcome::Days {
                days: found_days, ..
            } = found.of
            else {
                panic!("{found:?}");
            };
            assert_eq!(found_days, days, "{alphabet} {length} {measure:?}");
            assert_eq!(found.is_enough(100, 1), days >= 100);
        }
        let block = |addresses| Measure::Block {
            attempts: 5,
            addresses,
        };
        assert!(guessing(10, 6, block(1_000)).is_enough(100, 1));
        // One percent is not below one percent.
        assert!(!guessing(10, 6, block(2_000)).is_enough(100, 1));
        assert_eq!(Guessing::percent(10_000, 1_000_000), "1");
        assert_eq!(Guessing::percent(5_000, 1_000_000), "0.5");
        assert_eq!(Guessing::percent(1, u128::MAX), "0.000001");
    }

    #[test]
    fn more_passwords_than_can_be_counted_are_the_most() {
        let found = guessing(
            95,
            40,
            Measure::Delay {
                attempts: 5,
                seconds: 1,
            },
        );
        assert!(found.is_least && found.is_enough(100, 1));
        let never = guessing(
            0,
            0,
            Measure::Delay {
                attempts: 0,
                seconds: 0,
            },
        );
        assert!(!never.is_enough(100, 1));
    }
}
