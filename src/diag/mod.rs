//! Findings: mistakes in the documents of the user. They are collected, and never fail the program.
//!
//! A finding names its place by a field, a cell, a paragraph or a day. Only [`Located`] turns that into file, line and
//! column, with the [`Origins`] that the parser of the manifest recorded.

pub mod code;
mod explain;
mod located;
mod medium;
pub mod place;
pub mod source;

pub use clspack_words::{Advice, nearest};
pub use code::{Code, Severity};
pub use explain::{Explanation, explanation};
pub use located::Located;
pub use medium::{Medium, Told, told};
pub use place::{Cell, Paragraph, Place, Sheet, Span};
pub use source::{Origins, Part, SourceFile};

use crate::domain::Citation;
pub use crate::domain::FieldPath;
use medium::InRow;

/// One mistake or question about the documents of the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub code: Code,
    /// One terse sentence, lower case, no full stop, the user's text in backticks.
    pub message: String,
    pub place: Place,
    /// Further places, each with a few words.
    pub also: Vec<(Place, String)>,
    /// The place in a file of evidence, such as `page 3`; empty if it is not known.
    pub within: Vec<String>,
    /// What to write or do: one imperative sentence, for a manifest in YAML.
    pub help: String,
    /// The same for a field of the page or a cell of a spreadsheet, which have no field names and quotes; `None` if it
    /// is the same.
    pub in_cell: Option<String>,
    /// Why, beyond the explanation of the code.
    pub note: Option<String>,
    /// What differs where the manifest is a row of a spreadsheet.
    pub(crate) row: InRow,
    /// The row of rule data that it follows from.
    pub source: Option<Citation>,
}

impl Finding {
    /// Makes a finding. Every finding says what to do.
    pub fn new(code: Code, place: Place, message: impl Into<Told>, help: impl Into<Told>) -> Self {
        let (message, help) = (message.into(), help.into());
        Self {
            code,
            message: message.manifest,
            place,
            also: Vec::new(),
            within: Vec::new(),
            help: help.manifest,
            in_cell: None,
            note: None,
            row: InRow {
                message: message.row,
                help: help.row,
                note: None,
            },
            source: None,
        }
    }

    /// Makes a finding about a field's value.
    pub fn at(
        code: Code,
        field: impl Into<FieldPath>,
        message: impl Into<Told>,
        help: impl Into<Told>,
    ) -> Self {
        Self::new(code, Place::Field(field.into()), message, help)
    }

    /// Adds the rule that it follows from.
    #[must_use]
    pub fn citing(self, source: Citation) -> Self {
        Self {
            source: Some(source),
            ..self
        }
    }

    /// Adds the rule that it follows from, if there is one.
    #[must_use]
    pub fn citing_if(self, source: Option<Citation>) -> Self {
        Self { source, ..self }
    }

    #[must_use]
    pub fn because(mut self, note: impl Into<Told>) -> Self {
        let note = note.into();
        self.note = Some(note.manifest);
        self.row.note = note.row;
        self
    }

    /// Adds what to write on the page, or if the manifest is a row of a spreadsheet.
    #[must_use]
    pub fn in_cell(mut self, help: impl Into<Told>) -> Self {
        let help = help.into();
        self.in_cell = Some(help.manifest);
        self.row.help = help.row;
        self
    }

    /// Says its message in another way.
    pub fn rephrase(&mut self, change: impl Fn(&str) -> String) {
        self.message = change(&self.message);
        self.row.message = self.row.message.as_deref().map(change);
    }

    /// Gives another help, now that more is known.
    pub fn advise(&mut self, help: impl Into<Told>) {
        let help = help.into();
        self.help = help.manifest;
        self.in_cell = None;
        self.row.help = help.row;
    }

    #[must_use]
    pub fn and_at(mut self, place: Place, words: impl Into<String>) -> Self {
        self.also.push((place, words.into()));
        self
    }

    /// Returns it in one line, where it is a part of another message. Its place needs no manifest.
    pub fn line(&self) -> String {
        let (source, origins) = (SourceFile::default(), Origins::default());
        let place = Located::of(self, &source, &origins);
        format!("{place}: {}; {}", self.message, self.help)
    }

    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Sorts findings by their place in the manifest, and drops duplicates. Findings of one place keep the order in which
/// they were found, which for provisions is the order of the standard.
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
