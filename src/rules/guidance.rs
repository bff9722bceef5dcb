//! Guidance on provisions: what each asks, what an assessor looks for, and which evidence helps. Nothing is decided by
//! it, so it is no instrument and no part of the rule book: no plan cites it, and no pack records it.

use serde::Deserialize;

use crate::domain::{Confidence, Date};
use crate::rules::row::{Row, SourceRef, row};

/// The path of the guidance below `rules/`.
pub const GUIDANCE: &str = "guidance/provisions.yaml";

row! {
    /// A clause, the heading above its provisions.
    ClauseRow {
        /// Its subject, in our own words.
        title: String,
    }
}
row! {
    /// A table in which a laboratory asks for facts.
    TableRow {
        /// What it lists, in our own words.
        lists: String,
    }
}
row! {
    /// The guidance on one provision.
    GuidanceRow {
        /// What the provision asks for, in our own words.
        asked: String,
        /// What an assessor does with it, if a source says so.
        assessment: Option<Assessment>,
        /// How a laboratory tests it, if the test specification covers it.
        tests: Option<Tests>,
    }
}

/// How a provision is assessed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// What an assessor looks for.
    pub looked_for: String,
    /// What the manufacturer can hand in.
    pub evidence: Vec<String>,
    source: SourceRef,
    confidence: Confidence,
    /// The form of passwords, where a source asks for one.
    pub passwords: Option<PasswordForm>,
    /// What guessing a password must at least take, where a source says so.
    pub guessing: Option<GuessingLimits>,
    /// The confidence that the same counts for other devices, if the source is about one class of devices and the
    /// provision is not.
    pub other_devices: Option<Confidence>,
    confirmed: Date,
}

/// A rule on the form of passwords.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordForm {
    pub least_length: usize,
    /// How many of four kinds of character: lower case, upper case, digits, others.
    pub least_kinds: usize,
    /// No character comes twice in a row.
    pub no_repeats: bool,
    /// It is not the name of the user.
    pub not_user_name: bool,
}

/// What guessing must take.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuessingLimits {
    /// Days, where failed attempts delay the next.
    pub least_days: u32,
    /// The chance of success is below this, where addresses are blocked.
    pub below_percent: u32,
}

impl Assessment {
    /// Returns the publication, and the place in it.
    pub fn place(&self) -> (&str, Option<&str>) {
        (&self.source.publication, self.source.place.as_deref())
    }
}

/// The test cases of a provision.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tests {
    /// The cases that examine documents.
    pub documents: Vec<String>,
    /// The cases that examine the device.
    pub device: Vec<String>,
    /// The tables that they start from.
    pub tables: Vec<String>,
}

/// The guidance on all provisions.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guidance {
    pub(crate) schema: u8,
    /// The day of its last change.
    pub written: Date,
    pub clauses: Vec<ClauseRow>,
    pub tables: Vec<TableRow>,
    pub rows: Vec<GuidanceRow>,
}

impl Guidance {
    pub fn row(&self, id: &str) -> Option<&GuidanceRow> {
        self.rows.iter().find(|row| row.id == id)
    }

    pub fn clause(&self, id: &str) -> Option<&ClauseRow> {
        self.clauses.iter().find(|clause| clause.id == id)
    }

    pub fn table(&self, id: &str) -> Option<&TableRow> {
        self.tables.iter().find(|table| table.id == id)
    }
}

/// The assessment of a provision as a row with a source of its own.
#[derive(Clone, Copy)]
pub(crate) struct Assessed<'g> {
    id: &'g str,
    assessment: &'g Assessment,
}

impl GuidanceRow {
    pub(crate) fn assessed(&self) -> Option<Assessed<'_>> {
        let assessment = self.assessment.as_ref()?;
        Some(Assessed {
            id: &self.id,
            assessment,
        })
    }
}

impl Row for Assessed<'_> {
    fn id(&self) -> &str {
        self.id
    }
    fn source(&self) -> &SourceRef {
        &self.assessment.source
    }
    fn confidence(&self) -> Confidence {
        self.assessment.confidence
    }
    fn confirmed(&self) -> Date {
        self.assessment.confirmed
    }
    fn note(&self) -> Option<&str> {
        None
    }
}
