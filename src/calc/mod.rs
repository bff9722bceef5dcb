//! Calculations that an assessor checks: guessing of passwords, the end of support, the form of a password. Whole
//! numbers only. The limits are data of the guidance, and decide nothing.

mod guessing;
mod password;
mod support;

pub use guessing::{Guessing, Measure, Outcome, guessing};
pub use password::{Checked, Password, Rule};
pub use support::{Support, support};
