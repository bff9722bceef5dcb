//! The source of a fact, and how reliable it is.

use crate::domain::Date;

words! {
    /// How reliable a row of rule data is. Only `official` and `secondary` rows may block.
    Confidence { Official = "official", Secondary = "secondary", Inferred = "inferred" }
}

/// The source of a row of rule data, complete enough to print beside a decision.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Citation {
    /// The row: edition file and row id.
    pub rule: String,
    pub title: String,
    pub publisher: String,
    /// The place in the publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The day from which the edition of the row is in force.
    pub effective_from: Date,
    /// The day on which the publication was read.
    pub retrieved: Date,
    /// The day on which the row was last compared with it.
    pub confirmed: Date,
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
