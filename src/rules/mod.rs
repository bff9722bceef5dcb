//! The law as data: editions in force on a day, each with its sources. Decisions are made in `plan`. The rule files
//! are in `rules/` and part of the binary; a folder of the same shape can replace them.

mod embedded;
pub mod guidance;
pub mod lint;
mod lint_guidance;
mod lint_references;
mod load;
pub mod page;
mod provision_tables;
pub mod row;
pub mod show;
pub mod tables;
mod words;
mod yaml;

use std::collections::BTreeMap;

pub use embedded::{as_json, files as embedded_files};
pub use load::{guidance as read_guidance, load, raw as read_yaml};

use crate::domain::{Category, Citation, Date, Label, Scheme, Sha256};
use row::{Row, SourceRef, Stated};
use serde::Deserialize;
use tables::{
    Arrangement, DeviceClass, Fees, Forms, LabelWhen, LevelTable, Outlook, Provisions,
    Requirements, Scope, Steps, Uploads, Validity,
};

/// Rule files by their path below `rules/`, with `/` between the parts.
pub type RuleFiles = BTreeMap<String, Vec<u8>>;

/// The common part of all editions.
pub trait Body {
    fn schema(&self) -> u8;
    fn effective_from(&self) -> Date;
    fn rows(&self) -> Vec<&dyn Row>;
}

/// One edition: a file that is in force from its day until the day of the next one.
#[derive(Clone, Debug)]
pub struct Edition<T> {
    /// Its path below `rules/`.
    pub path: String,
    /// The hash of the file.
    pub sha256: Sha256,
    pub body: T,
}

#[derive(Clone, Debug)]
pub struct Timeline<T>(Vec<Edition<T>>);

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Body> Timeline<T> {
    fn insert(&mut self, edition: Edition<T>) {
        self.0.push(edition);
        self.0.sort_by_key(|edition| edition.body.effective_from());
    }

    /// Returns the edition in force on a day: the latest that begins on or before it.
    pub fn in_force_on(&self, day: Date) -> Option<&Edition<T>> {
        self.0
            .iter()
            .rev()
            .find(|edition| edition.body.effective_from() <= day)
    }

    pub fn first(&self) -> Option<&Edition<T>> {
        self.0.first()
    }

    pub fn editions(&self) -> &[Edition<T>] {
        &self.0
    }
}

/// A publication that rows cite.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    pub id: String,
    pub title: String,
    pub publisher: String,
    /// Its version, or the commit of the repository that publishes it.
    pub version: Option<String>,
    pub published: Stated<Date>,
    pub url: Stated<String>,
    /// The day on which we read it.
    pub retrieved: Date,
}

row::row! {
    Contact {
        /// The name of the desk.
        name: String,
        email: String,
        url: Stated<String>,
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    pub(crate) schema: u8,
    /// After how many days without a comparison a row is called stale.
    pub compare_after_days: i64,
    pub publications: Vec<Publication>,
    pub contacts: Vec<Contact>,
}

/// Every edition of every instrument.
#[derive(Clone, Debug)]
pub struct RuleBook {
    pub sources: Sources,
    /// Arrangements, by the scheme of the label.
    pub arrangements: BTreeMap<Scheme, Timeline<Arrangement>>,
    /// Recognition in other countries, by the scheme there.
    pub outlook: BTreeMap<Scheme, Timeline<Outlook>>,
    /// Required provisions, by class of device.
    pub levels: BTreeMap<DeviceClass, Timeline<LevelTable>>,
    pub forms: Timeline<Forms>,
    pub fees: Timeline<Fees>,
    pub validity: Timeline<Validity>,
    pub scope: Timeline<Scope>,
    /// Requirements of forms besides their documents.
    pub requirements: Timeline<Requirements>,
    /// The steps in the portal.
    pub steps: Timeline<Steps>,
    pub uploads: Timeline<Uploads>,
    pub provisions: Timeline<Provisions>,
}

/// An edition of any instrument.
#[derive(Clone, Copy)]
pub struct AnyEdition<'a> {
    /// Its path below `rules/`.
    pub path: &'a str,
    /// The hash of the file.
    pub sha256: Sha256,
    pub body: &'a dyn Body,
}

/// Returns the edition of a timeline (oldest first) that is in force on a day.
pub fn in_force_on<'a>(editions: &[AnyEdition<'a>], day: Date) -> Option<AnyEdition<'a>> {
    editions
        .iter()
        .rev()
        .find(|edition| edition.body.effective_from() <= day)
        .copied()
}

impl RuleBook {
    /// Returns the editions of every instrument, one list for each timeline, oldest first.
    pub fn timelines(&self) -> Vec<Vec<AnyEdition<'_>>> {
        fn any<T: Body>(timeline: &Timeline<T>) -> Vec<AnyEdition<'_>> {
            timeline
                .0
                .iter()
                .map(|edition| AnyEdition {
                    path: &edition.path,
                    sha256: edition.sha256,
                    body: &edition.body,
                })
                .collect()
        }
        let mut timelines: Vec<_> = self.arrangements.values().map(any).collect();
        timelines.extend(self.outlook.values().map(any));
        timelines.extend(self.levels.values().map(any));
        timelines.extend([
            any(&self.forms),
            any(&self.fees),
            any(&self.validity),
            any(&self.scope),
        ]);
        timelines.extend([
            any(&self.requirements),
            any(&self.steps),
            any(&self.uploads),
            any(&self.provisions),
        ]);
        timelines
    }

    /// Returns the citation of a row of any edition.
    pub fn cite_any(&self, edition: AnyEdition<'_>, row: &dyn Row) -> Citation {
        self.cite_at(
            edition.path,
            edition.body.effective_from(),
            row.id(),
            row.source(),
            row,
        )
    }

    pub fn cite<T: Body>(&self, edition: &Edition<T>, row: &dyn Row) -> Citation {
        self.cite_at(
            &edition.path,
            edition.body.effective_from(),
            row.id(),
            row.source(),
            row,
        )
    }

    /// Returns the citation for the form of a label, if the arrangement cites a source for it.
    pub fn cite_label(&self, edition: &Edition<Arrangement>) -> Option<Citation> {
        let form = &edition.body.label;
        let (source, row) = (form.source.as_ref()?, edition.body.rows.first()?);
        let cited = self.cite_at(
            &edition.path,
            edition.body.effective_from,
            "label",
            source,
            row,
        );
        Some(Citation {
            confidence: form.confidence.unwrap_or(cited.confidence),
            confirmed: form.confirmed.unwrap_or(cited.confirmed),
            ..cited
        })
    }

    pub fn contact(&self, id: &str) -> Option<&Contact> {
        self.sources
            .contacts
            .iter()
            .find(|contact| contact.id == id)
    }

    pub fn publication(&self, id: &str) -> Option<&Publication> {
        self.sources
            .publications
            .iter()
            .find(|publication| publication.id == id)
    }

    fn cite_at(
        &self,
        path: &str,
        effective_from: Date,
        id: &str,
        source: &SourceRef,
        row: &dyn Row,
    ) -> Citation {
        let publication = self.publication(&source.publication);
        Citation {
            rule: format!("{path}#{id}"),
            title: publication.map_or_else(
                || source.publication.clone(),
                |publication| publication.title.clone(),
            ),
            publisher: publication.map_or_else(
                || "unknown".to_owned(),
                |publication| publication.publisher.clone(),
            ),
            place: source.place.clone(),
            url: publication.and_then(|publication| publication.url.as_option().cloned()),
            effective_from,
            retrieved: publication.map_or(row.confirmed(), |publication| publication.retrieved),
            confirmed: row.confirmed(),
            confidence: row.confidence(),
        }
    }
}

/// Returns true if a row of an arrangement applies to the label.
pub fn fits(when: &LabelWhen, label: &Label, category: Option<Category>) -> bool {
    fn within<T: PartialEq>(set: Option<&Vec<T>>, value: Option<T>) -> bool {
        set.is_none_or(|set| value.is_some_and(|value| set.contains(&value)))
    }
    fn outside<T: PartialEq>(set: Option<&Vec<T>>, value: Option<&T>) -> bool {
        set.is_none_or(|set| value.is_none_or(|value| !set.contains(value)))
    }
    within(when.levels.as_ref(), label.level.given())
        && within(when.categories.as_ref(), category)
        && (when.categories_not.is_none() || category.is_some())
        && outside(when.categories_not.as_ref(), category.as_ref())
        && within(when.label_categories.as_ref(), label.category.given())
        && outside(when.label_categories_not.as_ref(), label.category.as_ref())
}
