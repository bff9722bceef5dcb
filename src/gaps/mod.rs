//! What the form of a plan asks for, what is there, and what is missing: for each provision and lifecycle item that the
//! route asks for, and for each document. Decides nothing: plan and findings are decided already.

mod documents;
mod provisions;

use crate::diag::{Code, Finding, Place};
use crate::domain::{Application, EvidenceFile, Exhibit, FieldPath, Level, Support, words};
use crate::plan::Plan;
use crate::rules::page::Pages;
use crate::rules::tables::Route;

words! {
    /// What an item is.
    Kind {
        Provision = "provision",
        Lifecycle = "lifecycle",
        Document = "document",
    }
}

words! {
    /// How much of an item is there.
    State {
        /// Nothing is missing.
        Complete = "complete",
        /// Something is there, and something is missing or wrong.
        Incomplete = "incomplete",
        /// Nothing is there.
        Missing = "missing",
        /// It does not apply to the product.
        NotApplicable = "not-applicable",
        /// No published source says whether the form asks for it.
        Open = "open",
    }
}

/// Everything that the form asks for.
#[derive(Clone, Debug)]
pub struct Gaps {
    /// What the route asks for, in a sentence.
    pub route: String,
    /// The items, in the order of the form.
    pub items: Vec<Item>,
}

/// One thing that the form asks for.
#[derive(Clone, Debug)]
pub struct Item {
    /// The number of a provision, or the word for a document.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// The clause, which documents do not have.
    pub clause: Option<Clause>,
    /// What it is about.
    pub title: String,
    /// The lowest level that asks for it, if a level does.
    pub level: Option<Level>,
    /// How much of it is there.
    pub state: State,
    /// The condition under which it applies.
    pub condition: Option<String>,
    /// What is asked, in our own words.
    pub asked: Option<String>,
    /// What an assessor looks for.
    pub looked_for: Option<String>,
    /// The evidence that helps.
    pub helps: Vec<String>,
    /// Whether the last two come from guidance for home gateways only.
    pub gateway_only: bool,
    /// The answer in the manifest.
    pub answer: Option<Support>,
    /// The evidence in the manifest.
    pub there: Vec<There>,
    /// What is missing, each as the object of "add".
    pub missing: Vec<String>,
    /// What else is wrong with it.
    pub findings: Vec<Finding>,
}

/// A clause of the standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its number.
    pub id: String,
    /// Its subject.
    pub title: String,
}

/// A file of evidence that the manifest names.
#[derive(Clone, Debug)]
pub struct There {
    /// What the manifest states about it.
    pub exhibit: Exhibit,
    /// Whether it could be read.
    pub is_read: bool,
}

/// What gaps are found in.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) application: &'a Application,
    pub(crate) files: &'a [EvidenceFile],
    pub(crate) pages: Option<Pages<'a>>,
}

/// Finds the gaps of a plan. `files` are the files of evidence that could be read.
pub fn gaps(
    plan: &Plan,
    application: &Application,
    files: &[EvidenceFile],
    pages: Option<Pages<'_>>,
) -> Gaps {
    let context = Context {
        plan,
        application,
        files,
        pages,
    };
    let mut items = documents::items(context);
    if asks_provisions(plan) {
        items.extend(provisions::items(context));
    }
    Gaps {
        route: route(plan),
        items,
    }
}

/// By mutual recognition, the label covers the provisions.
fn asks_provisions(plan: &Plan) -> bool {
    plan.route == Some(Route::Standard)
}

fn route(plan: &Plan) -> String {
    let n_answered = plan
        .provisions
        .iter()
        .filter(|line| line.support.is_some())
        .count();
    let answered = match n_answered {
        0 => String::new(),
        n => format!(" (the manifest answers {n} all the same)"),
    };
    match (plan.route, plan.simplified) {
        (None, _) => "It is not decided which form applies, so nothing is known of what it asks for".to_owned(),
        (Some(Route::None), _) => "No form takes this product, so nothing is asked for".to_owned(),
        (Some(Route::Mra), _) => format!(
            "By mutual recognition the foreign label covers the provisions: the form asks for none of them one by one{answered}"
        ),
        (Some(Route::Standard), true) => "No published source says what the simplified application asks for; the provisions of the level are listed as open".to_owned(),
        (Some(Route::Standard), false) => "The form asks for every provision of the level one by one, with evidence".to_owned(),
    }
}

impl Item {
    /// Returns everybody who answers for its evidence, each once.
    pub fn owners(&self) -> Vec<&str> {
        let mut owners = Vec::new();
        for there in &self.there {
            let owner = there.exhibit.owner.as_deref();
            owners.extend(owner.filter(|owner| !owners.contains(owner)));
        }
        owners
    }

    /// Returns true if somebody has something to do.
    pub const fn is_gap(&self) -> bool {
        matches!(self.state, State::Incomplete | State::Missing)
    }
}

impl Context<'_> {
    /// Returns files with what all places that name them state about them.
    pub(crate) fn there<'e>(&self, exhibits: impl Iterator<Item = &'e Exhibit>) -> Vec<There> {
        let all = self.application.exhibits();
        let there = exhibits.map(|exhibit| {
            let mut same = all.iter().filter(|(_, other)| other.path == exhibit.path);
            let date = same.clone().find_map(|(_, other)| other.date);
            let expires = same.clone().find_map(|(_, other)| other.expires);
            let owner = same.find_map(|(_, other)| other.owner.clone());
            There {
                exhibit: Exhibit {
                    date: exhibit.date.or(date),
                    expires: exhibit.expires.or(expires),
                    owner: exhibit.owner.clone().or(owner),
                    ..exhibit.clone()
                },
                is_read: self.files.iter().any(|file| file.path == exhibit.path),
            }
        });
        there.collect()
    }

    /// Returns the findings about a field, its parts, and its evidence wherever that is named, except those that only
    /// say that something is missing.
    pub(crate) fn findings(&self, field: &FieldPath, there: &[There]) -> Vec<Finding> {
        let named = self.application.exhibits();
        let is_of_file = |place: &FieldPath| {
            let mut named = named.iter().filter(|(field, _)| place.is_within(field));
            named.any(|(_, exhibit)| there.iter().any(|one| one.exhibit.path == exhibit.path))
        };
        let findings = self
            .plan
            .findings
            .iter()
            .filter(|finding| match &finding.place {
                Place::Field(place) | Place::Key(place) => {
                    !says_what_is_missing(finding.code)
                        && (place.is_within(field) || is_of_file(place))
                }
                _ => false,
            });
        findings.cloned().collect()
    }
}

/// Returns what is missing of the files that the manifest names.
pub(crate) fn unread(there: &[There]) -> impl Iterator<Item = String> {
    let unread = there.iter().filter(|one| !one.is_read);
    unread.map(|one| {
        format!(
            "the file `{}`, which cannot be used as it is",
            one.exhibit.path
        )
    })
}

/// Returns true for a finding that only says that something is missing, which the item says itself.
const fn says_what_is_missing(code: Code) -> bool {
    matches!(
        code,
        Code::ProvisionUnanswered
            | Code::ConditionalUnanswered
            | Code::ProvisionNotMet
            | Code::NotApplicableWithoutReason
            | Code::RequiredEvidenceMissing
            | Code::LaboratoryMissing
            | Code::PublishedPageMissing
    )
}
