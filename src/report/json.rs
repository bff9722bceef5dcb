//! Findings and plans as JSON.

pub(crate) mod records;
pub(crate) mod schema;

use serde_json::{Value, json};

use crate::diag::{Finding, Located, Origins, SourceFile};
use crate::domain::{NotSearched, Sha256};
use crate::manifest::Manifest;
use crate::plan::{
    Alternative, DocumentNeed, EditionUsed, HeldLabel, OutlookLine, Plan, ProvisionLine, Question,
    Reason, State, Step, ValidityEstimate, Waived,
};
use crate::report::{CheckState, Counts};
use records::{
    AlternativeRecord, CheckRecord, Checked, CheckedRecord, DocumentRecord, EditionRecord,
    EntryRecord, FailureRecord, FindingRecord, LabelRecord, ListRecord, NotSearchedRecord,
    OutlookDocument, OutlookRecord, PackRecord, PlaceRecord, PlanRecord, ProvisionRecord,
    QuestionRecord, ReadRecord, ReasonRecord, StepRecord, ValidityRecord, VerifyRecord,
    WaivedRecord,
};
use schema::Document;

/// Returns the schema of each document that programs read, by its name.
pub fn schemas() -> [(&'static str, Value); 8] {
    fn named<T: Document>() -> (&'static str, Value) {
        (T::NAME, T::schema())
    }
    [
        named::<CheckRecord>(),
        named::<PlanRecord<'_>>(),
        named::<VerifyRecord>(),
        named::<OutlookDocument<'_>>(),
        named::<PackRecord<'_>>(),
        named::<ListRecord<'_>>(),
        named::<FailureRecord>(),
        named::<ReadRecord<'_>>(),
    ]
}

/// Returns findings as JSON.
pub fn findings(findings: &[Finding], source: &SourceFile, origins: &Origins) -> Value {
    json!(records_of(findings, source, origins))
}

pub(crate) fn records_of<'a>(
    findings: &'a [Finding],
    source: &'a SourceFile,
    origins: &Origins,
) -> Vec<FindingRecord<'a>> {
    let findings = findings.iter();
    findings.map(|one| finding(one, source, origins)).collect()
}

fn finding<'a>(
    finding: &'a Finding,
    source: &'a SourceFile,
    origins: &Origins,
) -> FindingRecord<'a> {
    let at = Located::of(finding, source, origins);
    FindingRecord {
        code: finding.code.number(),
        name: finding.code.name(),
        severity: finding.severity(),
        message: &finding.message,
        place: PlaceRecord {
            file: at.file,
            line: at.line,
            column: at.column,
            end_line: at.end_line,
            end_column: at.end_column,
            cell: at.cell,
            part: at.part,
            paragraph: at.paragraph,
            field: at.field.map(ToString::to_string),
            text: Some(short(at.text)).filter(|text| !text.is_empty()),
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

/// Returns the entry of a manifest that was checked.
pub(crate) fn checked(
    manifest: &Manifest,
    all: &[Finding],
    state: State,
    files: &[NotSearched],
    waivers: &[Waived],
) -> Checked {
    Checked::of(&CheckedRecord {
        manifest: manifest.name(),
        state: state.into(),
        failure: None,
        counts: Counts::of(all),
        not_searched: not_searched(files),
        findings: records_of(all, &manifest.source, &manifest.origins),
        waived: waived(waivers),
    })
}

/// Returns the entry of a manifest that could not be checked.
pub(crate) fn unchecked(name: String, failure: FailureRecord) -> Checked {
    Checked::of(&CheckedRecord {
        manifest: name,
        state: CheckState::Failed,
        failure: Some(failure),
        counts: Counts {
            errors: 1,
            ..Counts::default()
        },
        not_searched: Vec::new(),
        findings: Vec::new(),
        waived: None,
    })
}

/// Returns the document that is printed in place of the plan of a manifest that cannot be read.
pub fn unplanned(manifest: &Manifest) -> Value {
    let entry = checked(manifest, &manifest.findings, State::Blocked, &[], &[]);
    let manifests = vec![entry];
    CheckRecord { manifests }.written()
}

fn not_searched(files: &[NotSearched]) -> Vec<NotSearchedRecord<'_>> {
    files.iter().map(not_searched_file).collect()
}

fn not_searched_file(of: &NotSearched) -> NotSearchedRecord<'_> {
    NotSearchedRecord {
        file: of.path.as_str(),
        reason: of.reason,
        why: of.reason.says(),
        looked_through: of.looked_through,
    }
}

/// A document without waivers has no such list, as it was before there were any.
fn waived(all: &[Waived]) -> Option<Vec<WaivedRecord<'_>>> {
    (!all.is_empty()).then(|| all.iter().map(overruled).collect())
}

fn overruled(of: &Waived) -> WaivedRecord<'_> {
    WaivedRecord {
        code: of.finding.code.number(),
        name: of.finding.code.name(),
        message: &of.finding.message,
        place: of.place.clone(),
        reason: &of.reason,
        by: &of.by,
        until: of.until,
    }
}

/// Returns the plan of a manifest as JSON.
pub fn plan(plan: &Plan, manifest: &Manifest) -> Value {
    let form = plan.form.as_ref();
    let record = PlanRecord {
        manifest: manifest.name(),
        state: plan.state,
        on: plan.on,
        route: plan.route,
        form: form.map(|form| form.id.as_str()),
        form_name: form.map(|form| form.name.as_str()),
        form_url: form.and_then(|form| form.url.as_deref()),
        level: plan.level,
        simplified: plan.simplified,
        fee: plan.fee,
        validity: plan.validity.as_ref().map(validity),
        recognised: plan.labels.iter().map(label).collect(),
        alternatives: plan.alternatives.iter().map(alternative).collect(),
        documents: plan.documents.iter().map(document).collect(),
        steps: plan.steps.iter().map(|one| step(one, plan)).collect(),
        provisions: plan.provisions.iter().map(provision).collect(),
        outlook: plan.outlook.iter().map(outlook_line).collect(),
        questions: plan.questions.iter().map(question).collect(),
        not_searched: not_searched(&plan.not_searched),
        reasons: plan.reasons.iter().map(reason).collect(),
        findings: records_of(&plan.findings, &manifest.source, &manifest.origins),
        rules: plan.rules.iter().map(edition).collect(),
        waived: waived(&plan.waived),
    };
    record.written()
}

/// Returns the outlook of a manifest as JSON.
pub fn outlook(plan: &Plan, manifest: &Manifest) -> Value {
    let record = OutlookDocument {
        manifest: manifest.name(),
        on: plan.on,
        level: plan.level,
        outlook: plan.outlook.iter().map(outlook_line).collect(),
    };
    record.written()
}

/// Returns the document of a pack that was not written, and why.
pub fn unpacked(manifest: &Manifest, found: &[Finding], state: State, why: &str) -> Value {
    let record = PackRecord {
        path: None,
        state,
        draft: false,
        manifest: Some(manifest.name()),
        why: Some(why),
        findings: Some(records_of(found, &manifest.source, &manifest.origins)),
    };
    record.written()
}

/// Returns the document of a pack that was written.
pub fn packed(path: String, state: State, draft: bool) -> Value {
    let record = PackRecord {
        path: Some(path),
        state,
        draft,
        manifest: None,
        why: None,
        findings: None,
    };
    record.written()
}

/// Returns the files that a pack would have, each with size, hash and path.
pub fn listed(state: State, entries: &[(u64, Sha256, String)]) -> Value {
    let entries = entries.iter().map(|one| {
        let (size, sha256, path) = (one.0, one.1, one.2.as_str());
        EntryRecord { path, size, sha256 }
    });
    let entries = entries.collect();
    ListRecord { state, entries }.written()
}

fn validity(of: &ValidityEstimate) -> ValidityRecord {
    ValidityRecord {
        from: of.from,
        until: of.until,
        limited_by: of.limited_by,
        estimate: true,
        cap: of.cap,
        gain_days: of.gain_days,
    }
}

fn label(of: &HeldLabel) -> LabelRecord<'_> {
    LabelRecord {
        label: of.field.to_string(),
        scheme: of.label.scheme.given(),
        name: &of.name,
        number: of.label.number.as_deref(),
        label_level: of.label.level.given(),
        outcome: of.recognition(),
        decides: of.decides,
        level: of.level,
        counts_as: of.counts_as.as_deref(),
        why: &of.why,
        source: of.source.as_ref(),
    }
}

fn alternative(of: &Alternative) -> AlternativeRecord<'_> {
    AlternativeRecord {
        route: of.route,
        form: &of.form.id,
        form_url: of.form.url.as_deref(),
        level: of.level,
        fee: of.fee,
        remark: &of.remark,
    }
}

fn document(of: &DocumentNeed) -> DocumentRecord<'_> {
    DocumentRecord {
        kind: of.kind,
        title: &of.title,
        state: of.state,
        source: of.source.as_ref(),
    }
}

fn step<'a>(of: &'a Step, plan: &Plan) -> StepRecord<'a> {
    StepRecord {
        text: &of.text,
        done: plan.is_done(of),
        url: of.url.as_deref(),
        contact: of.contact.as_deref(),
        source: &of.source,
    }
}

fn provision(of: &ProvisionLine) -> ProvisionRecord<'_> {
    ProvisionRecord {
        id: &of.id,
        title: &of.title,
        status: of.status,
        level: of.level,
        support: of.support,
        detail: of.detail.as_deref(),
        evidence: of
            .evidence
            .iter()
            .map(|exhibit| exhibit.path.as_str())
            .collect(),
    }
}

fn outlook_line(of: &OutlookLine) -> OutlookRecord<'_> {
    OutlookRecord {
        country: &of.country,
        scheme: &of.scheme,
        basis: &of.basis,
        open: of.open,
        held: of.held,
        gives: &of.gives,
        kind: of.kind,
        since: of.since,
        arrangement: &of.arrangement,
        pinned: of.pinned.as_deref(),
        remark: of.remark.as_deref(),
        source: &of.source,
    }
}

fn question(of: &Question) -> QuestionRecord<'_> {
    QuestionRecord {
        about: of.about,
        question: &of.text,
        ask: of.contact.as_ref().map(|contact| contact.email.as_str()),
    }
}

fn reason(of: &Reason) -> ReasonRecord<'_> {
    ReasonRecord {
        about: of.about,
        because: &of.because,
        field: of.field.as_ref().map(ToString::to_string),
        source: of.source.as_ref(),
    }
}

fn edition(of: &EditionUsed) -> EditionRecord<'_> {
    EditionRecord {
        edition: &of.path,
        effective_from: of.effective_from,
        sha256: of.sha256,
    }
}
