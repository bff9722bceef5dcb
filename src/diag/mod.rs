//! What is wrong with the user's documents: data, collected, never a failure of the program.
//!
//! A finding names its place by a field, a cell or a day; only [`Located`] turns it into file, line and column,
//! through the [`Origins`] that the manifest's parser leaves behind.

pub mod code;
mod explain;
mod located;
pub mod place;
pub mod source;

pub use clspack_words::nearest;
pub use code::{Code, Severity};
pub use explain::{Explanation, explanation};
pub use located::Located;
pub use place::{Cell, Place, Sheet, Span};
pub use source::{Origins, Part, SourceFile};

use crate::domain::Citation;
pub use crate::domain::FieldPath;

/// What the user writes an application in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A manifest.
    Yaml,
    /// A cell of a spreadsheet.
    Cell,
}

/// One complaint about the user's documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which kind of complaint.
    pub code: Code,
    /// One terse sentence, lower case, no full stop, the user's text in backticks.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// Further places, each with a few words.
    pub also: Vec<(Place, String)>,
    /// Where in a file of evidence it is, such as `page 3`; empty if that is not known.
    pub within: Vec<String>,
    /// What to write or do: one imperative sentence, for a manifest in YAML.
    pub help: String,
    /// The same for a cell of a spreadsheet, where no field is named and nothing is quoted; nothing if it is no other.
    pub in_cell: Option<String>,
    /// Why, beyond the code's own explanation.
    pub note: Option<String>,
    /// The row of rule data behind it.
    pub source: Option<Citation>,
}

impl Finding {
    /// Makes a finding; every one says what to do about it.
    pub fn new(
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            message: message.into(),
            place,
            also: Vec::new(),
            within: Vec::new(),
            help: help.into(),
            in_cell: None,
            note: None,
            source: None,
        }
    }

    /// Makes a finding about a field's value.
    pub fn at(
        code: Code,
        field: impl Into<FieldPath>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self::new(code, Place::Field(field.into()), message, help)
    }

    /// Adds the rule behind it.
    #[must_use]
    pub fn citing(self, source: Citation) -> Self {
        Self {
            source: Some(source),
            ..self
        }
    }

    /// Adds the rule behind it, where there is one.
    #[must_use]
    pub fn citing_if(self, source: Option<Citation>) -> Self {
        Self { source, ..self }
    }

    /// Adds why.
    #[must_use]
    pub fn because(self, note: impl Into<String>) -> Self {
        Self {
            note: Some(note.into()),
            ..self
        }
    }

    /// Adds what to write where the manifest is a row of a spreadsheet.
    #[must_use]
    pub fn in_cell(self, help: impl Into<String>) -> Self {
        Self {
            in_cell: Some(help.into()),
            ..self
        }
    }

    /// Returns what to write or do, in the words of what the user has before them.
    pub fn help_in(&self, medium: Medium) -> &str {
        let in_cell = self.in_cell.as_deref();
        in_cell
            .filter(|_| medium == Medium::Cell)
            .unwrap_or(&self.help)
    }

    /// Adds a further place.
    #[must_use]
    pub fn and_at(mut self, place: Place, words: impl Into<String>) -> Self {
        self.also.push((place, words.into()));
        self
    }

    /// Returns how grave it is.
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Sorts findings by their places in the manifest, and drops what is reported twice. What is in one
/// place keeps the order in which it was found, which for provisions is that of the standard.
pub fn sort(findings: &mut Vec<Finding>, origins: &Origins) {
    let start = |finding: &Finding| {
        origins
            .locate(&finding.place)
            .map_or(usize::MAX, |span| span.start)
    };
    findings.sort_by_cached_key(|finding| (start(finding), finding.severity(), finding.code));
    let mut seen = std::collections::BTreeSet::new();
    findings.retain(|one| seen.insert((one.code, one.place.clone(), one.message.clone())));
}
