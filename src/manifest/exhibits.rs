//! Places that name one file of evidence and say different things of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Finding, Place};
use crate::domain::{Application, Date, EvidencePath, Exhibit, FieldPath, field};

type Named<'a> = (FieldPath, &'a Exhibit);

/// Checks what the manifest states about files.
pub(crate) fn check(application: &Application, findings: &mut Vec<Finding>) {
    let exhibits = application.exhibits();
    for (field, exhibit) in &exhibits {
        findings.extend(reversed(field, exhibit));
    }
    one_day(&exhibits, "date", "is dated", |one| one.date, findings);
    one_day(
        &exhibits,
        "expires",
        "expires on",
        |one| one.expires,
        findings,
    );
    findings.extend(report_and_laboratory(application));
    replaced(&exhibits, findings);
}

fn reversed(field: &FieldPath, exhibit: &Exhibit) -> Option<Finding> {
    let (date, expires) = exhibit.date.zip(exhibit.expires)?;
    (expires < date).then(|| {
        let message = format!(
            "`{}` expires on {expires}, before its date, {date}",
            exhibit.path
        );
        let help = "correct the day that is wrong";
        let place = field.key("expires");
        let finding = Finding::at(Code::ImpossibleDates, place, message, help);
        finding.and_at(Place::Field(field.key("date")), "its date")
    })
}

/// Reports each place that gives a file another day than the first place does.
fn one_day(
    exhibits: &[Named<'_>],
    name: &'static str,
    verb: &str,
    day_of: fn(&Exhibit) -> Option<Date>,
    findings: &mut Vec<Finding>,
) {
    let mut first: BTreeMap<&EvidencePath, (Date, FieldPath)> = BTreeMap::new();
    for (field, exhibit) in exhibits {
        let Some(day) = day_of(exhibit) else { continue };
        let place = field.key(name);
        let (known, at) = first.entry(&exhibit.path).or_insert((day, place.clone()));
        if *known != day {
            let message = format!(
                "`{}` {verb} {day} here, and {known} elsewhere",
                exhibit.path
            );
            let help = "write the same day in both places, or in one of them only";
            let finding = Finding::at(Code::EvidenceDescribedTwice, place, message, help);
            findings.push(finding.and_at(Place::Field(at.clone()), "the other day"));
        }
    }
}

/// The laboratory's report has its date beside it, so that most manifests do not repeat it.
fn report_and_laboratory(application: &Application) -> Option<Finding> {
    let laboratory = application.laboratory.as_ref()?;
    let report = laboratory.report.as_ref()?;
    let (date, day) = report.date.zip(laboratory.date.given())?;
    (date != day).then(|| {
        let message = format!(
            "`{}` is dated {date} here, and {day} elsewhere",
            report.path
        );
        let help = "correct the day that is wrong, or remove `date` here";
        let place = field!(laboratory.report.date);
        let finding = Finding::at(Code::EvidenceDescribedTwice, place, message, help);
        finding.and_at(Place::Field(field!(laboratory.date)), "the other day")
    })
}

/// Reports files under `replaces` that cannot have been replaced.
fn replaced(exhibits: &[Named<'_>], findings: &mut Vec<Finding>) {
    let named: BTreeSet<&EvidencePath> = exhibits.iter().map(|(_, one)| &one.path).collect();
    let mut revisions: BTreeMap<&EvidencePath, (&EvidencePath, FieldPath)> = BTreeMap::new();
    for (field, exhibit) in exhibits {
        let path = &exhibit.path;
        for (i, old) in exhibit.replaces.iter().enumerate() {
            let place = field.key("replaces").index(i);
            let (by, first) = revisions.entry(old).or_insert((path, place.clone()));
            let unclear = |message: String, help: &str| {
                Finding::at(Code::ReplacementUnclear, &place, message, help)
            };
            if old == path {
                let message = format!("`{path}` replaces itself");
                let help = "write the path of the earlier file, or remove `replaces` if the name is still the same";
                findings.push(unclear(message, help));
            } else if named.contains(old) {
                let message =
                    format!("`{path}` replaces `{old}`, which is still named as evidence");
                let help = "name the new file wherever the old one is named, or remove `replaces`";
                findings.push(unclear(message, help));
            } else if *by != path {
                let message = format!("`{path}` replaces `{old}`, and so does `{by}`");
                let help = "remove `replaces` from the file that is not its new revision";
                let finding = unclear(message, help);
                findings.push(finding.and_at(Place::Field(first.clone()), "the other file"));
            }
        }
    }
}
