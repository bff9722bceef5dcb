//! Findings and plans as JSON: published names, which keep their meaning. These types are copies on
//! purpose, so that the inner types may change.

use serde::Serialize;
use serde_json::{Value, json};

use crate::diag::{Finding, Origins, Place, SourceFile};
use crate::domain::{Citation, FieldPath, NotSearched};
use crate::manifest::Manifest;
use crate::plan::{Alternative, DocumentState, Plan, Waived};
use crate::report::{Counts, not_searched, waived};

/// A finding as programs read it.
#[derive(Serialize)]
struct FindingJson<'a> {
    code: &'static str,
    name: String,
    severity: &'static str,
    message: &'a str,
    place: PlaceJson<'a>,
    help: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    source: Option<&'a Citation>,
}

/// Where a finding lies: always the file, and line, column and text where it lies in the manifest.
#[derive(Serialize)]
struct PlaceJson<'a> {
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<&'a str>,
    field: Option<&'a FieldPath>,
    text: Option<&'a str>,
}

/// Returns findings as JSON.
pub fn findings(findings: &[Finding], source: &SourceFile, origins: &Origins) -> Value {
    json!(
        findings
            .iter()
            .map(|one| finding(one, source, origins))
            .collect::<Vec<_>>()
    )
}

fn finding<'a>(finding: &'a Finding, source: &'a SourceFile, origins: &Origins) -> FindingJson<'a> {
    let span = origins
        .locate(&finding.place)
        .filter(|_| !source.text.is_empty());
    let at = span.map(|span| source.line_and_column(span.start));
    let part = span.map(|span| source.part(span.start));
    let whole = part.map_or(source.name.as_str(), |part| part.name);
    let (file, field) = match &finding.place {
        Place::File(name) => (name.as_str(), None),
        Place::Field(route) | Place::Key(route) => (whole, Some(route)),
        Place::Bytes(_) => (whole, None),
    };
    FindingJson {
        code: finding.code.number(),
        name: finding.code.name(),
        severity: finding.severity().as_str(),
        message: &finding.message,
        place: PlaceJson {
            file,
            line: at.map(|at| at.0),
            column: at.map(|at| at.1),
            cell: part
                .and_then(|part| part.cell)
                .map(|cell| cell.name.as_str()),
            field,
            text: span
                .map(|span| short(source.slice(span)))
                .filter(|text| !text.is_empty()),
        },
        help: &finding.help,
        note: finding.note.as_deref(),
        source: finding.source.as_ref(),
    }
}

/// Returns the beginning of a text: a list of thousands says no more than its first items.
fn short(text: &str) -> &str {
    text.char_indices()
        .nth(200)
        .map_or(text, |(i, _)| &text[..i])
}

/// Returns the result of a check as JSON.
pub fn check(
    manifest: &Manifest,
    all: &[Finding],
    state: &str,
    not_searched: &[NotSearched],
    waived: &[Waived],
) -> Value {
    let mut document = json!({
        "schema": "clspack.check/1",
        "manifest": manifest.name(),
        "state": state,
        "counts": Counts::of(all),
        "not_searched": not_searched::json(not_searched),
        "findings": findings(all, &manifest.source, &manifest.origins),
    });
    waived::add(&mut document, waived);
    document
}

/// Returns the plan of a manifest as JSON.
pub fn plan(plan: &Plan, manifest: &Manifest) -> Value {
    let form = plan.form.as_ref();
    let mut document = json!({
        "schema": "clspack.plan/1",
        "manifest": manifest.name(),
        "state": plan.state,
        "on": plan.on,
        "route": plan.route,
        "form": form.map(|form| &form.id),
        "form_name": form.map(|form| &form.name),
        "form_url": form.and_then(|form| form.url.as_ref()),
        "level": plan.level,
        "simplified": plan.simplified,
        "fee": plan.fee.map(fee),
        "validity": plan.validity.as_ref().map(|validity| json!({
            "from": validity.from, "until": validity.until, "limited_by": validity.limited_by,
            "estimate": true, "cap": validity.cap, "gain_days": validity.gain_days,
        })),
        "recognised": plan.labels.iter().map(|held| json!({
            "label": held.field, "scheme": held.label.scheme.given(), "name": held.name, "number": held.label.number.as_ref(),
            "label_level": held.label.level.given(), "outcome": held.recognition(), "level": held.level,
            "counts_as": held.counts_as, "why": held.why, "source": held.source,
        })).collect::<Vec<_>>(),
        "alternatives": plan.alternatives.iter().map(alternative).collect::<Vec<_>>(),
        "documents": plan.documents.iter().map(|need| json!({
            "kind": need.kind, "title": need.title, "source": need.source,
            "state": match need.state { DocumentState::Prepared => "prepared", DocumentState::Signed => "signed", DocumentState::There => "there", DocumentState::Missing => "missing" },
        })).collect::<Vec<_>>(),
        "steps": plan.steps.iter().map(|step| json!({ "text": step.text, "url": step.url, "contact": step.contact, "source": step.source })).collect::<Vec<_>>(),
        "provisions": plan.provisions.iter().map(|line| json!({
            "id": line.id, "title": line.title, "status": line.status, "level": line.level, "support": line.support,
            "detail": line.detail, "evidence": line.evidence.iter().map(|exhibit| exhibit.path.to_string()).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "outlook": outlook(plan),
        "questions": plan.questions.iter().map(|question| json!({
            "about": question.about, "question": question.text,
            "ask": question.contact.as_ref().map(|contact| &contact.email),
        })).collect::<Vec<_>>(),
        "not_searched": not_searched::json(&plan.not_searched),
        "reasons": plan.reasons.iter().map(|reason| json!({ "about": reason.about, "because": reason.because, "field": reason.field, "source": reason.source })).collect::<Vec<_>>(),
        "findings": findings(&plan.findings, &manifest.source, &manifest.origins),
        "rules": plan.rules.iter().map(|edition| json!({ "edition": edition.path, "effective_from": edition.effective_from, "sha256": edition.sha256 })).collect::<Vec<_>>(),
    });
    waived::add(&mut document, &plan.waived);
    document
}

/// Returns the outlook as JSON.
pub fn outlook(plan: &Plan) -> Value {
    json!(plan.outlook.iter().map(|line| json!({
        "country": line.country, "scheme": line.scheme, "basis": line.basis, "open": line.open, "gives": line.gives, "kind": line.kind,
        "since": line.since, "arrangement": line.arrangement, "pinned": line.pinned, "remark": line.remark, "source": line.source,
    })).collect::<Vec<_>>())
}

fn alternative(other: &Alternative) -> Value {
    json!({
        "route": other.route, "form": other.form.id, "form_url": other.form.url, "level": other.level,
        "fee": other.fee.map(fee), "remark": other.remark,
    })
}

fn fee(fee: crate::domain::Money) -> Value {
    json!({ "amount": fee.amount(), "currency": fee.currency() })
}
