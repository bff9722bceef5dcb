//! Checks the order of the days of a manifest.

use crate::diag::{Code, Finding, Place};
use crate::domain::{Application, Date, field};

/// A promise of more years of support is asked about.
const LONG_YEARS: i16 = 30;

/// A promise of more years of support is refused.
const ENDLESS_YEARS: i16 = 100;

/// Checks the order of days.
pub(crate) fn check(application: &Application, findings: &mut Vec<Finding>) {
    signed_after_what_it_cites(application, findings);
    reviewed_while_valid(application, findings);
    support(application, findings);
}

/// The declaration cites the laboratory's report and each label with its day, so it was not signed before.
fn signed_after_what_it_cites(application: &Application, findings: &mut Vec<Finding>) {
    let Some(signed) = application.signatory.date.given() else {
        return;
    };
    let laboratory = application.laboratory.as_ref();
    let report = laboratory.and_then(|laboratory| laboratory.date.given());
    let report = report.map(|day| (field!(laboratory.date), day, "the laboratory’s report"));
    let labels = application.labels.iter().enumerate();
    let labels = labels.filter(|(_, label)| label.reversed_term().is_none());
    let labels = labels.filter_map(|(i, label)| {
        Some((field!(labels[i].issued), label.issued.given()?, "a label"))
    });
    let cited = report.into_iter().chain(labels);
    for (field, day, what) in
        cited.filter(|(_, day, _)| is_in_time(application, *day) && *day > signed)
    {
        let message = format!("the declaration is dated {signed}, but cites {what} of {day}");
        let help = "correct the wrong day, or have the declaration signed again";
        let finding = Finding::at(Code::SignedTooEarly, field!(signatory.date), message, help);
        findings.push(finding.and_at(Place::Field(field), "the later day"));
    }
}

/// A date after the submission is wrong anyway, and the plan reports it.
fn is_in_time(application: &Application, day: Date) -> bool {
    let submission = application.request.submission.given();
    submission.is_none_or(|submission| day <= submission)
}

fn reviewed_while_valid(application: &Application, findings: &mut Vec<Finding>) {
    for (i, label) in application.labels.iter().enumerate() {
        let Some(reviewed) = label.reviewed.given() else {
            continue;
        };
        let issued = label
            .issued
            .given()
            .filter(|issued| is_in_time(application, *issued));
        let before = issued.filter(|issued| reviewed < *issued);
        let after = label.expires.given().filter(|expires| reviewed > *expires);
        let (other, day, order) = match (before, after) {
            (Some(day), _) => ("issued", day, "before the day of issue"),
            (None, Some(day)) => ("expires", day, "after the expiry date"),
            (None, None) => continue,
        };
        let message = format!("the label was reviewed on {reviewed}, {order}, {day}");
        let help = "copy the days from the certificate and from the last review";
        let finding = Finding::at(
            Code::ImpossibleDates,
            field!(labels[i].reviewed),
            message,
            help,
        );
        findings.push(finding.and_at(Place::Field(field!(labels[i]).key(other)), "the other day"));
    }
}

fn support(application: &Application, findings: &mut Vec<Finding>) {
    let Some((until, submission)) = application
        .product
        .support
        .until
        .given()
        .zip(application.request.submission.given())
    else {
        return;
    };
    let years = until.parts().0.saturating_sub(submission.parts().0);
    let field = field!(product.support.until);
    if years > ENDLESS_YEARS {
        let message = format!("nobody can promise support until {until}");
        let help = "write the last day on which security updates are promised, as published";
        findings.push(Finding::at(Code::SupportEndless, field, message, help));
    } else if years > LONG_YEARS {
        let message = format!("support until {until} lasts for {years} years");
        let help = "compare the year with the published page";
        findings.push(Finding::at(Code::SupportVeryLong, field, message, help));
    }
}
