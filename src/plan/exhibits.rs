//! Evidence that is too old for the application, or dated later than it.

use std::collections::BTreeSet;

use crate::diag::{Code, Finding, Place};
use crate::domain::{Date, EvidenceKind, EvidencePath, Exhibit, FieldPath, Role, field};
use crate::plan::{Context, Notes};

/// How many files a message names.
const NAMED: usize = 3;

/// Checks the days of the evidence, each file once.
pub(crate) fn check(context: Context<'_>, notes: &mut Notes) {
    let exhibits = context.application.exhibits();
    let mut expired = BTreeSet::new();
    let mut early = BTreeSet::new();
    for (field, exhibit) in &exhibits {
        let finding = is_expired(context, field, exhibit);
        let finding = finding.filter(|_| expired.insert(&exhibit.path));
        notes.findings.extend(finding);
        let finding = is_of_the_future(context, field, exhibit);
        let finding = finding.filter(|_| early.insert(&exhibit.path));
        notes.findings.extend(finding);
    }
    notes.findings.extend(older(context, &exhibits));
}

fn is_expired(context: Context<'_>, field: &FieldPath, exhibit: &Exhibit) -> Option<Finding> {
    let expires = exhibit.expires.filter(|expires| *expires < context.on)?;
    // Of days in the wrong order, which has a finding, either may be the wrong one.
    if exhibit.date.is_some_and(|date| date > expires) {
        return None;
    }
    let message = format!(
        "`{}` expired on {expires}, before the day of submission, {}",
        exhibit.path, context.on
    );
    let help = "put in a newer file and name the old one under `replaces`, or correct `expires`";
    let place = field.key("expires");
    Some(Finding::at(Code::EvidenceExpired, place, message, help))
}

fn is_of_the_future(context: Context<'_>, field: &FieldPath, exhibit: &Exhibit) -> Option<Finding> {
    let date = exhibit.date.filter(|date| *date > context.on)?;
    let message = format!(
        "`{}` is dated {date}, after the day of submission, {}",
        exhibit.path, context.on
    );
    let help = "correct the date, or submit later: `application.submission`";
    let place = field.key("date");
    Some(Finding::at(
        Code::DatedAfterSubmission,
        place,
        message,
        help,
    ))
}

/// Returns one finding about all files that are older than what they are evidence of: in a folder of old files, one
/// for each would hide the rest.
fn older(context: Context<'_>, exhibits: &[(FieldPath, &Exhibit)]) -> Option<Finding> {
    let (day, place, what) = day_of_product(context)?;
    let mut seen: BTreeSet<&EvidencePath> = BTreeSet::new();
    let dated = exhibits
        .iter()
        .filter(|(field, _)| depends_on_product(field));
    let old = dated.filter_map(|(field, exhibit)| {
        let date = exhibit.date.filter(|date| *date < day)?;
        seen.insert(&exhibit.path)
            .then(|| (field.key("date"), &exhibit.path, date))
    });
    let old: Vec<(FieldPath, &EvidencePath, Date)> = old.collect();
    let (first, path, date) = old.first()?;
    let (message, help) = match old.len() {
        1 => (
            format!("`{path}` is dated {date}, before {what} of {day}"),
            "check that it still describes this firmware, or put in a newer file",
        ),
        n => (
            format!(
                "{n} files of evidence are dated before {what} of {day}: {}",
                listed(&old)
            ),
            "check that they still describe this firmware, or put in newer files",
        ),
    };
    let finding = Finding::at(Code::EvidenceOlder, first, message, help);
    Some(finding.and_at(place, "the later day"))
}

/// Returns the day of the firmware, or else of the laboratory's report.
fn day_of_product(context: Context<'_>) -> Option<(Date, Place, &'static str)> {
    let application = context.application;
    let firmware = application.product.firmware_date.given();
    let laboratory = application.laboratory.as_ref();
    let report = laboratory.and_then(|laboratory| laboratory.date.given());
    let firmware = firmware.map(|day| (day, field!(product.firmware_date), "the firmware"));
    let report = report.map(|day| (day, field!(laboratory.date), "the laboratory's report"));
    let (day, field, what) = firmware.or(report)?;
    Some((day, Place::Field(field), what))
}

/// Certificates, the laboratory's report and the photograph of the type label have reasons to be older.
fn depends_on_product(field: &FieldPath) -> bool {
    match Role::of(field) {
        Role::Answer => true,
        Role::Evidence(kind) => kind != EvidenceKind::LabelPhoto,
        Role::Label | Role::Report | Role::Other => false,
    }
}

fn listed(old: &[(FieldPath, &EvidencePath, Date)]) -> String {
    let named = old.iter().take(NAMED);
    let named: Vec<String> = named
        .map(|(_, path, date)| format!("`{path}` ({date})"))
        .collect();
    match old.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        n => format!("{} and {n} more", named.join(", ")),
    }
}
