//! The documents that the form asks for, the certificates of the labels that it rests on, and the published pages.

use crate::diag::{Code, Place, Severity};
use crate::domain::{EvidenceKind, Exhibit, FieldPath, SignedDeclaration, field};
use crate::gaps::{Context, Item, Kind, State, unread};
use crate::plan::{DocumentNeed, DocumentState, HeldLabel};
use crate::rules::tables::{DocumentKind, Needed, Route};

/// Returns an item for each document.
pub(super) fn items(context: Context<'_>) -> Vec<Item> {
    let plan = context.plan;
    let decides = |held: &&HeldLabel| plan.route == Some(Route::Mra) && held.decides;
    let documents = plan.documents.iter().map(|need| document(context, need));
    let labels = plan.labels.iter().filter(decides);
    let labels = labels.map(|held| certificate(context, held));
    documents.chain(labels).chain(pages(context)).collect()
}

fn item(
    context: Context<'_>,
    id: &str,
    title: &str,
    field: &FieldPath,
    there: Vec<&Exhibit>,
) -> Item {
    let there = context.there(there.into_iter());
    let findings = context.findings(field, &there);
    Item {
        id: id.to_owned(),
        kind: Kind::Document,
        clause: None,
        title: title.to_owned(),
        level: None,
        state: State::Complete,
        condition: None,
        asked: None,
        looked_for: None,
        helps: Vec::new(),
        gateway_only: false,
        answer: None,
        missing: unread(&there).collect(),
        there,
        findings,
    }
}

impl Item {
    /// Settles the state by what is missing and wrong.
    fn settled(mut self, is_there: bool) -> Self {
        let is_wrong = self
            .findings
            .iter()
            .any(|one| one.severity() == Severity::Error);
        self.state = match (is_there, self.missing.is_empty() && !is_wrong) {
            (false, _) => State::Missing,
            (true, true) => State::Complete,
            (true, false) => State::Incomplete,
        };
        self
    }
}

fn document(context: Context<'_>, need: &DocumentNeed) -> Item {
    let application = context.application;
    let laboratory = application.laboratory.as_ref();
    let report = laboratory.and_then(|laboratory| laboratory.report.as_ref());
    let kind = need.kind.parse::<EvidenceKind>().ok();
    let exhibit = kind.and_then(|kind| application.evidence.of(kind).as_ref());
    let (field, there) = match kind {
        Some(kind) => (kind.field(), exhibit),
        None if need.kind == Needed::Laboratory.as_str() => (field!(laboratory), report),
        None if need.kind == DocumentKind::Declaration.as_str() => {
            (SignedDeclaration::field(), None)
        }
        None => (field!(templates), None),
    };
    let mut item = item(
        context,
        need.kind,
        &need.title,
        &field,
        there.into_iter().collect(),
    );
    match need.state {
        DocumentState::Prepared if need.kind == DocumentKind::Declaration.as_str() => {
            item.helps
                .push("clspack makes it; somebody signs it".to_owned());
            item.missing.push("the signed copy".to_owned());
        }
        DocumentState::Prepared => item.helps.push("clspack makes it".to_owned()),
        DocumentState::Missing => item.missing.push(need.title.clone()),
        DocumentState::Signed | DocumentState::There => {}
    }
    item.settled(need.state != DocumentState::Missing)
}

fn certificate(context: Context<'_>, held: &HeldLabel) -> Item {
    let number = held.label.number.as_ref();
    let id = number.map_or_else(
        || held.short.clone(),
        |number| format!("{} {number}", held.short),
    );
    let there = held.label.evidence.iter().collect();
    let mut item = item(
        context,
        &id,
        "the certificate of the label that the form rests on",
        &held.field,
        there,
    );
    if item.there.is_empty() {
        item.missing.push("a copy of the certificate".to_owned());
    }
    let is_there = !item.there.is_empty();
    item.settled(is_there)
}

/// Returns an item for each published page that is missing; those that are there are no evidence.
fn pages(context: Context<'_>) -> Vec<Item> {
    let pages = [
        (
            "support-page",
            "the page that states the end of support",
            field!(product.support.url),
        ),
        (
            "disclosure-policy",
            "the page of the vulnerability disclosure policy",
            field!(product.vulnerability_disclosure),
        ),
    ];
    let missing = pages.into_iter().filter(|(_, _, field)| {
        let mut findings = context.plan.findings.iter();
        findings.any(|one| {
            one.code == Code::PublishedPageMissing && one.place == Place::Field(field.clone())
        })
    });
    let missing = missing.map(|(id, title, field)| {
        let mut item = item(context, id, title, &field, Vec::new());
        item.missing.push("its address".to_owned());
        item.settled(false)
    });
    missing.collect()
}
