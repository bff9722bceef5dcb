//! Checks between fields of a manifest that need no rules.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Finding, Origins, Place};
use crate::domain::product::plain_model;
use crate::domain::text::composed;
use crate::domain::{Application, field};
use crate::manifest::{addresses, days, exhibits, identity, latin};

/// Runs every check. `confirmed` are the texts that a person confirmed.
pub(crate) fn run(
    application: &mut Application,
    origins: &Origins,
    confirmed: &BTreeSet<String>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    one_registration(origins, &mut findings);
    registered_in_the_past(application, &mut findings);
    models_differ(application, &mut findings);
    labels_end_after_they_begin(application, &mut findings);
    days::check(application, &mut findings);
    exhibits::check(application, &mut findings);
    latin::check(application, &mut findings);
    identity::check(application, confirmed, &mut findings);
    findings.extend(addresses::check(application, confirmed));
    identity::doubt_models(application, confirmed);
    findings
}

fn one_registration(origins: &Origins, findings: &mut Vec<Finding>) {
    let has = |name: &'static str| origins.has(&field!(applicant).key(name));
    if !origins.has(&field!(applicant)) || has("uen") != has("registration") {
        return;
    }
    let help = "write `uen` for a company registered in Singapore, or `registration` with country and number for one abroad";
    let finding = if has("uen") {
        Finding::new(
            Code::IdentityUnclear,
            Place::Key(field!(applicant.registration)),
            "the applicant is registered both in Singapore and abroad",
            "keep `uen` if the company in Singapore applies, `registration` if the one abroad does",
        )
        .and_at(Place::Key(field!(applicant.uen)), "the other")
        .in_cell("keep the UEN if the company in Singapore applies, country and number if the one abroad does")
    } else {
        Finding::at(
            Code::IdentityUnclear,
            field!(applicant.uen),
            "the applicant has no registration number",
            help,
        )
        .in_cell("write the UEN of a company registered in Singapore, or in columns `Registration country` and `Registration number` those of one abroad")
    };
    findings.push(finding);
}

fn registered_in_the_past(application: &Application, findings: &mut Vec<Finding>) {
    let Some(uen) = application.applicant.uen.as_ref() else {
        return;
    };
    let Some((year, submission)) = uen.year().zip(application.request.submission.given()) else {
        return;
    };
    if year > submission.parts().0 || year < 1800 {
        let message = format!("`{uen}` says that the company was registered in {year}");
        findings.push(Finding::at(
            Code::MalformedUen,
            field!(applicant.uen),
            message,
            "compare the first four digits with the company's registration",
        ));
    }
}

fn models_differ(application: &Application, findings: &mut Vec<Finding>) {
    let models = &application.product.models;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (i, model) in models.iter().enumerate() {
        // Two spellings of one model differ by case, spaces, hyphens and other separators, or by the form in
        // which a letter with its mark is stored.
        let plain = plain_model(&composed(model));
        let Some(first) = seen.get(&plain).copied() else {
            seen.insert(plain, i);
            continue;
        };
        let message = format!("`{model}` is the model `{}` again", models[first]);
        let help = "keep one, spelt as on the type label";
        let finding = Finding::at(
            Code::RepeatedModel,
            field!(product.models[i]),
            message,
            help,
        );
        findings.push(finding.and_at(
            Place::Field(field!(product.models[first])),
            "the same model",
        ));
    }
}

fn labels_end_after_they_begin(application: &Application, findings: &mut Vec<Finding>) {
    for (i, label) in application.labels.iter().enumerate() {
        if let Some((issued, expires)) = label.reversed_term() {
            let message = format!(
                "the label expires on {expires}, which is not after its day of issue, {issued}"
            );
            let finding = Finding::at(
                Code::ImpossibleDates,
                field!(labels[i].expires),
                message,
                "copy both dates from the certificate",
            );
            findings.push(finding.and_at(Place::Field(field!(labels[i].issued)), "issued here"));
        }
    }
}
