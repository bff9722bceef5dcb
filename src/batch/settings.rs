//! The settings that all products of a batch share, and the division of a batch into parts.

use std::path::PathBuf;

use crate::batch::inbox::Inbox;
use crate::batch::report::Product;
use crate::domain::Date;
use crate::render::Templates;
use crate::rules::RuleBook;

pub struct Settings<'a> {
    pub book: &'a RuleBook,
    pub templates: &'a Templates,
    /// The day of the rules; without one, each product has its own.
    pub on: Option<Date>,
    pub out: PathBuf,
    /// Whether packs are folders rather than zip files.
    pub folders: bool,
    /// Whether everything is made again.
    pub fresh: bool,
    /// How many products are worked on in parallel.
    pub jobs: usize,
    pub shard: Option<Shard>,
    /// Signed copies that no manifest names.
    pub inbox: Option<&'a Inbox>,
    /// Whether the report has a part for each client.
    pub by_client: bool,
}

impl Settings<'_> {
    /// Returns true if the product at this position of the input belongs to the part of this run.
    pub(crate) fn works_on(&self, index: usize) -> bool {
        self.shard.is_none_or(|shard| shard.has(index))
    }
}

/// A part of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 1.
    pub number: usize,
    pub of: usize,
}

impl Shard {
    /// Returns true if the product at this position of the input belongs to this part.
    pub(crate) const fn has(self, index: usize) -> bool {
        index % self.of == self.number - 1
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let wrong = || {
            format!("`{text}` is no part of a batch; write the part and their number, such as 2/8")
        };
        let (number, of) = text.split_once('/').ok_or_else(wrong)?;
        let (number, of) = number.parse().ok().zip(of.parse().ok()).ok_or_else(wrong)?;
        let shard = Self { number, of };
        (1 <= number && number <= of)
            .then_some(shard)
            .ok_or_else(wrong)
    }
}

/// Receives the progress of the work.
pub trait Progress: Sync {
    /// This many products will be scanned.
    fn look(&self, n_products: usize);
    fn looked(&self);
    /// This many packs will be made.
    fn begin(&self, n_products: usize);
    /// One was made, or failed.
    fn done(&self, product: &Product);
}
