//! Where a fact is published, and how far it can be trusted.

use crate::domain::Date;

words! {
    /// How far a row of rule data can be trusted. Only `official` and `secondary` rows may block.
    Confidence { Official = "official", Secondary = "secondary", Inferred = "inferred" }
}

/// The source of one row of rule data, complete enough to be printed beside what it decided.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Citation {
    /// The row: edition file and row id.
    pub rule: String,
    /// The publication's title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// The place in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Its address, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The day from which the row's edition is in force.
    pub effective_from: Date,
    /// The day on which the publication was read.
    pub retrieved: Date,
    /// The day on which the row was last compared with it.
    pub confirmed: Date,
    /// How far it can be trusted.
    pub confidence: Confidence,
}

impl std::fmt::Display for Citation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.title)?;
        if let Some(place) = &self.place {
            write!(f, ", {place}")?;
        }
        write!(
            f,
            " ({}; {}; rule of {}; confirmed {})",
            self.publisher, self.confidence, self.effective_from, self.confirmed
        )
    }
}
