//! The arguments of `clspack calc`; the comments are its help texts.

use clap::{Args, Subcommand};

use crate::cli::args::date;
use crate::cli::calc::seconds;
use crate::domain::Date;

/// What to calculate.
#[derive(Debug, Subcommand)]
pub enum CalcCommand {
    /// How long guessing a password takes, or how likely it is (provision 5.1-5)
    BruteForce(BruteForce),
    /// How long a label may last with an end of support (provision 5.3-13)
    Support {
        /// The last day of support
        #[arg(long, value_name = "DATE", value_parser = date)]
        until: Date,
    },
    /// Whether a password, read from standard input, has the form that routers need (provision 5.1-1)
    Password {
        /// The user whom it is for
        #[arg(long, value_name = "NAME")]
        user: Option<String>,
    },
}

/// How long guessing a password takes, or how likely it is
#[derive(Clone, Debug, Args)]
pub struct BruteForce {
    /// How many characters there are to choose from, such as 10 for digits or 62 for letters and digits
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub alphabet: u32,
    /// How many characters a password has
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub length: u32,
    /// How many attempts may fail before the login waits or the address is blocked
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub attempts: u64,
    /// How long the login waits then, such as 30s, 15m, 2h or 1d
    #[arg(long, value_name = "TIME", value_parser = seconds, required_unless_present = "addresses")]
    pub lockout: Option<u64>,
    /// How many addresses an attacker has, if an address is blocked for good instead
    #[arg(long, value_name = "N", conflicts_with = "lockout", value_parser = clap::value_parser!(u64).range(1..))]
    pub addresses: Option<u64>,
}
