//! The chosen: an application and the rules in force on a day become a plan.
//!
//! Everything that depends on a rule is decided here, each outcome with its reasons; nothing after
//! this module looks at a rule. Pure: no file, no clock.

mod answers;
mod complete;
mod deciding;
mod exhibits;
mod fee;
mod label_checks;
mod labels;
mod limits;
mod mentioned;
mod mentioned_company;
mod mentions;
mod outlook;
mod provision_checks;
mod provisions;
mod requirements;
mod route;
mod steps;
mod traits;
mod undecided;
mod unsaid;
mod validity;
mod waivers;

pub use labels::{HeldLabel, Outcome};
pub use outlook::OutlookLine;
pub use provisions::{Applies, ProvisionLine};
pub use requirements::{DocumentNeed, DocumentState};
pub use steps::Step;
pub use validity::{LimitedBy, ValidityEstimate};
pub use waivers::Waived;

use crate::diag::{Finding, Place, Severity};
use crate::domain::{
    Application, Citation, Date, EvidenceFile, FieldPath, Level, Money, NotSearched, Sha256, field,
    words,
};
use crate::rules::tables::{DocumentKind, Route};
use crate::rules::{Contact, RuleBook, in_force_on};

words! {
    /// How near an application is to being filed; the lowest that applies.
    State {
        /// There is an error.
        Blocked = "blocked",
        /// Complete, but no published source settles some point, or a person has to look through a file.
        Confirm = "confirm",
        /// Settled; only the signed declaration is missing.
        ToSign = "to-sign",
        /// Signed, and every check ran.
        Ready = "ready",
    }
}

/// A form of the portal, as far as it is known.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its id on the portal.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it is filled in.
    pub url: Option<String>,
    /// The documents that it asks for.
    pub documents: Vec<DocumentKind>,
    /// Whom to ask about it.
    pub contact: Option<Contact>,
    /// The row behind it.
    pub source: Citation,
}

/// Why an outcome is what it is.
#[derive(Clone, Debug)]
pub struct Reason {
    /// The outcome: `route`, `form`, `level`, `fee`, `validity` …
    pub about: &'static str,
    /// Why, in a sentence.
    pub because: String,
    /// The field of the manifest that decided.
    pub field: Option<FieldPath>,
    /// The row of rule data that decided.
    pub source: Option<Citation>,
}

/// A point that no published source settles.
#[derive(Clone, Debug)]
pub struct Question {
    /// What it is about: the outcome's name.
    pub about: &'static str,
    /// The question, ready to be put.
    pub text: String,
    /// Whom to ask.
    pub contact: Option<Contact>,
}

/// How much a portal takes.
#[derive(Clone, Debug)]
pub struct UploadLimit {
    /// The most, in bytes.
    pub bytes: u64,
    /// For each of what.
    pub per: String,
    /// The source that states it.
    pub source: Citation,
}

/// Another way to a label.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// The way.
    pub route: Route,
    /// The form.
    pub form: Form,
    /// The level that it gives.
    pub level: Level,
    /// Its fee, if a source gives one.
    pub fee: Option<Money>,
    /// What is different about it.
    pub remark: String,
}

/// An edition of the rules that was in force.
#[derive(Clone, Debug)]
pub struct EditionUsed {
    /// Its path below `rules/`.
    pub path: String,
    /// The day from which it is in force.
    pub effective_from: Date,
    /// The hash of the file.
    pub sha256: Sha256,
}

/// What has to be filed, and why.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How near it is to being filed.
    pub state: State,
    /// The day for which the rules were read, which is also the assumed day of issue.
    pub on: Date,
    /// The way; `None` when it cannot be decided.
    pub route: Option<Route>,
    /// The form; `None` when there is none or it cannot be decided.
    pub form: Option<Form>,
    /// The level that the label will show.
    pub level: Option<Level>,
    /// Whether the simplified application for Japanese or British products may apply.
    pub simplified: bool,
    /// The fee; `None` when no source gives one.
    pub fee: Option<Money>,
    /// How long the label may last.
    pub validity: Option<ValidityEstimate>,
    /// The labels held, each with what it gives or why it gives nothing.
    pub labels: Vec<HeldLabel>,
    /// Other ways.
    pub alternatives: Vec<Alternative>,
    /// What the form asks for, and whether it is there.
    pub documents: Vec<DocumentNeed>,
    /// The way through the portal.
    pub steps: Vec<Step>,
    /// The provisions of the level with their answers.
    pub provisions: Vec<ProvisionLine>,
    /// How much the portal takes, as far as it is known.
    pub limit: Option<UploadLimit>,
    /// What the label opens elsewhere.
    pub outlook: Vec<OutlookLine>,
    /// What no source settles.
    pub questions: Vec<Question>,
    /// The evidence that could not be searched for other clients' data.
    pub not_searched: Vec<NotSearched>,
    /// Why.
    pub reasons: Vec<Reason>,
    /// Everything that is wrong, manifest and evidence included.
    pub findings: Vec<Finding>,
    /// Findings that do not count, since a person overruled them.
    pub waived: Vec<Waived>,
    /// The editions in force.
    pub rules: Vec<EditionUsed>,
}

impl Plan {
    /// Returns true if the declaration is signed for what it declares now.
    pub fn is_signed(&self) -> bool {
        self.documents
            .iter()
            .any(|need| need.state == DocumentState::Signed)
    }

    /// Returns the files that a person still has to look through.
    pub fn to_look_through(&self) -> impl Iterator<Item = &NotSearched> {
        self.not_searched.iter().filter(|file| !file.looked_through)
    }

    /// Takes in what was found of the signed declaration: nothing if it matches what is declared.
    pub fn settle(&mut self, found: Option<Finding>) {
        let signature = match found {
            Some(_) => Signature::Missing,
            None => Signature::There,
        };
        if signature == Signature::There {
            let declaration =
                |need: &&mut DocumentNeed| need.kind == DocumentKind::Declaration.as_str();
            self.documents
                .iter_mut()
                .filter(declaration)
                .for_each(|need| need.state = DocumentState::Signed);
        }
        self.findings.extend(found);
        self.state = state(&self.findings, signature);
    }

    /// Takes in what was found outside of the manifest, such as in a template.
    pub fn take_in(&mut self, found: impl IntoIterator<Item = Finding>) {
        self.findings.extend(found);
        let signature = if self.is_signed() {
            Signature::There
        } else {
            Signature::Missing
        };
        self.state = state(&self.findings, signature);
    }

    /// Returns true if a label is what the route and the level rest on.
    pub fn counts(&self, held: &HeldLabel) -> bool {
        held.decides
    }
}

/// What a plan is made from.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) application: &'a Application,
    pub(crate) files: &'a [EvidenceFile],
    pub(crate) book: &'a RuleBook,
    pub(crate) on: Date,
}

impl Context<'_> {
    /// Returns the place of the day for which the rules are read: the manifest's, unless it was given.
    pub(crate) fn day(&self) -> Place {
        if self.application.request.submission.given() == Some(self.on) {
            Place::Field(field!(application.submission))
        } else {
            Place::Day(self.on)
        }
    }
}

/// What comes up while planning.
#[derive(Default)]
pub(crate) struct Notes {
    pub(crate) findings: Vec<Finding>,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) questions: Vec<Question>,
    /// What the rules of the day do not say, so that the plan asks.
    pub(crate) unknown: Vec<&'static str>,
    /// What they do not say, so that a check could not run.
    pub(crate) unchecked: Vec<&'static str>,
}

impl Notes {
    pub(crate) fn reason(
        &mut self,
        about: &'static str,
        because: impl Into<String>,
        field: Option<FieldPath>,
        source: Option<Citation>,
    ) {
        self.reasons.push(Reason {
            about,
            because: because.into(),
            field,
            source,
        });
    }

    pub(crate) fn ask(
        &mut self,
        about: &'static str,
        text: impl Into<String>,
        contact: Option<&Contact>,
    ) {
        self.questions.push(Question {
            about,
            text: text.into(),
            contact: contact.cloned(),
        });
    }
}

/// Plans an application. `found` are the findings of the manifest and the evidence.
pub fn plan(
    application: &Application,
    files: &[EvidenceFile],
    book: &RuleBook,
    on: Date,
    found: Vec<Finding>,
) -> Plan {
    let context = Context {
        application,
        files,
        book,
        on,
    };
    let mut notes = Notes {
        findings: found,
        ..Notes::default()
    };
    let mut labels = labels::recognise(context, &mut notes);
    let scope = route::scope(context, &mut notes);
    deciding::set_aside(context, scope.class, &mut labels);
    let chosen = route::choose(context, &mut labels, &scope, &mut notes);
    let fee = chosen
        .form
        .as_ref()
        .and_then(|form| fee::of_form(context, &form.id, &mut notes));
    let is_taken = chosen.route != Some(Route::None);
    let validity = is_taken
        .then(|| validity::estimate(context, &mut notes))
        .flatten();
    label_checks::ends_soon(context, &labels, validity.as_ref(), &mut notes);
    let texts = answers::faults(application);
    let provisions = provisions::lines(context, &chosen, &texts, &mut notes);
    answers::check(context, texts, &mut notes);
    let documents = requirements::documents(context, &chosen, &mut notes);
    limits::check(context, &mut notes);
    exhibits::check(context, &mut notes);
    unsaid::rules_unknown(context, &mut notes);
    let steps = steps::steps(context, &chosen, &mut notes);
    deciding::mark_standing(context, &mut labels, &notes.findings);
    deciding::relax(context, &chosen, &labels, &mut notes.findings);
    Plan {
        state: state(&notes.findings, Signature::Missing),
        on,
        route: chosen.route,
        level: chosen.level,
        simplified: chosen.simplified,
        fee,
        validity,
        alternatives: route::alternatives(context, &chosen, &labels),
        outlook: outlook::lines(context, chosen.level, &labels),
        form: chosen.form,
        labels,
        documents,
        limit: limits::upload(context),
        steps,
        provisions,
        questions: notes.questions,
        not_searched: Vec::new(),
        reasons: notes.reasons,
        findings: notes.findings,
        waived: Vec::new(),
        rules: editions_used(book, on),
    }
}

/// Whether the declaration is signed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Signature {
    Missing,
    There,
}

/// The state that the findings and the signature leave.
fn state(findings: &[Finding], signature: Signature) -> State {
    match (findings.iter().map(Finding::severity).min(), signature) {
        (Some(Severity::Error), _) => State::Blocked,
        (Some(Severity::Confirm), _) => State::Confirm,
        (Some(Severity::Warning) | None, Signature::Missing) => State::ToSign,
        (Some(Severity::Warning) | None, Signature::There) => State::Ready,
    }
}

fn editions_used(book: &RuleBook, on: Date) -> Vec<EditionUsed> {
    let in_force = book
        .timelines()
        .into_iter()
        .filter_map(|timeline| in_force_on(&timeline, on));
    let mut editions: Vec<_> = in_force
        .map(|edition| EditionUsed {
            path: edition.path.to_owned(),
            effective_from: edition.body.effective_from(),
            sha256: edition.sha256,
        })
        .collect();
    editions.sort_by(|one, other| one.path.cmp(&other.path));
    editions
}
