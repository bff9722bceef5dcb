//! Checks the names of companies and products: letters that look like others, models and numbers that are nearly or
//! exactly the same, one company in two roles.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Finding, Place, told};
use crate::domain::product::plain_model;
use crate::domain::text::{composed, shown};
use crate::domain::{Application, FieldPath, field, lookalike};

pub(crate) fn check(
    application: &Application,
    confirmed: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) {
    look_alikes(application, confirmed, findings);
    models_that_look_alike(application, confirmed, findings);
    label_numbers(application, findings);
    parties(application, findings);
}

/// Returns the models and numbers that officers compare character by character, each with its field.
fn codes<'a>(application: &'a Application) -> Vec<(FieldPath, &'a str)> {
    let product = &application.product;
    let mut codes = Vec::new();
    let mut add = |field: FieldPath, text: Option<&'a String>| {
        codes.extend(text.map(|text| (field, text.as_str())));
    };
    for (i, model) in product.models.iter().enumerate() {
        add(field!(product.models[i]), Some(model));
    }
    add(
        field!(product.hardware_version),
        product.hardware_version.as_ref(),
    );
    add(
        field!(product.firmware_version),
        product.firmware_version.as_ref(),
    );
    for (i, app) in product.companion_apps.iter().enumerate() {
        add(
            field!(product.companion_apps[i].version),
            app.version.as_ref(),
        );
    }
    for (i, label) in application.labels.iter().enumerate() {
        add(field!(labels[i].number), label.number.as_ref());
        add(
            field!(labels[i].firmware_version),
            label.firmware_version.as_ref(),
        );
        for (j, model) in label.models.iter().enumerate() {
            add(field!(labels[i].models[j]), Some(model));
        }
    }
    let laboratory = application.laboratory.as_ref();
    add(
        field!(laboratory.reference),
        laboratory.and_then(|laboratory| laboratory.reference.as_ref()),
    );
    let abroad = application.applicant.abroad();
    if let Some(number) = abroad.and_then(|abroad| abroad.number.as_ref()) {
        // The register of a country may use the country's alphabet.
        let latin = number.chars().any(|c| c.is_ascii_alphabetic());
        add(
            field!(applicant.registration.number),
            Some(number).filter(|_| latin),
        );
    }
    codes
}

fn names(application: &Application) -> Vec<(FieldPath, &str)> {
    let (product, applicant) = (&application.product, &application.applicant);
    let laboratory = application.laboratory.as_ref();
    let filer = applicant.filed_by.as_ref();
    let names = [
        (field!(product.brand), product.brand.as_ref()),
        (field!(product.name), product.name.as_ref()),
        (field!(applicant.name), applicant.name.as_ref()),
        (
            field!(applicant.filed_by.name),
            filer.and_then(|filer| filer.name.as_ref()),
        ),
        (
            field!(laboratory.name),
            laboratory.and_then(|laboratory| laboratory.name.as_ref()),
        ),
        (field!(signatory.name), application.signatory.name.as_ref()),
        (field!(applicant.name_latin), applicant.name_latin.as_ref()),
        (
            field!(applicant.contact.name_latin),
            applicant.contact.name_latin.as_ref(),
        ),
        (
            field!(signatory.name_latin),
            application.signatory.name_latin.as_ref(),
        ),
    ];
    let there = names.into_iter();
    there
        .filter_map(|(field, text)| Some((field, text?.as_str())))
        .collect()
}

fn look_alikes(
    application: &Application,
    confirmed: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) {
    let codes = codes(application);
    let in_codes = codes
        .iter()
        .map(|(field, text)| (field, *text, lookalike::in_code(text)));
    let names = names(application);
    let in_names = names
        .iter()
        .map(|(field, text)| (field, *text, lookalike::in_name(text)));
    for (field, text, found) in in_codes.chain(in_names) {
        let Some(found) = found.filter(|_| !confirmed.contains(text)) else {
            continue;
        };
        let message = format!("`{}` {}", shown(text), found.says());
        let help = told(|m| {
            format!(
                "type it with Latin letters; if the letter is meant, list the text {}",
                m.confirmed()
            )
        });
        findings.push(Finding::at(Code::LookAlikeLetter, field, message, help));
    }
    for (i, model) in application.product.models.iter().enumerate() {
        if lookalike::is_wide(model) && !confirmed.contains(model) {
            let message = format!("`{}` is written in full-width characters", shown(model));
            let help = told(|m| {
                format!(
                    "type it in half-width characters, or list it {} if the type label shows it so",
                    m.confirmed()
                )
            });
            let field = field!(product.models[i]);
            findings.push(Finding::at(Code::ModelDoubtful, field, message, help));
        }
    }
}

/// A model of a label with a look-alike letter is compared with no other until it is corrected.
pub(crate) fn doubt_models(application: &mut Application, confirmed: &BTreeSet<String>) {
    for label in application.labels.iter_mut() {
        let is_odd =
            |model: &String| !confirmed.contains(model) && lookalike::in_code(model).is_some();
        if label.models.iter().any(is_odd) {
            label.models.doubt();
        }
    }
}

/// Two models that differ by O and 0, or by I, l and 1, are most likely one of which one is misspelt.
fn models_that_look_alike(
    application: &Application,
    confirmed: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) {
    let mut seen: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let models = &application.product.models;
    for (i, model) in models.iter().enumerate() {
        let (plain, hasty) = (plain_model(model), lookalike::read_hastily(model));
        let Some((first, other)) = seen.get(&hasty) else {
            seen.insert(hasty, (i, plain));
            continue;
        };
        // Two spellings of one model and letters of another alphabet have findings of their own.
        let is_said = *other == plain || lookalike::in_code(model).is_some();
        if is_said || confirmed.contains(model) {
            continue;
        }
        let message = format!(
            "`{}` and `{}` differ only by characters that look alike, such as O and 0",
            shown(model),
            shown(&models[*first])
        );
        let help = told(|m| {
            format!(
                "compare both with the type labels; keep one, or list this one {}",
                m.confirmed()
            )
        });
        let place = Place::Field(field!(product.models[first]));
        let finding = Finding::at(
            Code::ModelDoubtful,
            field!(product.models[i]),
            message,
            help,
        );
        findings.push(finding.and_at(place, "the other"));
    }
}

fn label_numbers(application: &Application, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (i, label) in application.labels.iter().enumerate() {
        let Some(number) = label.number.as_ref() else {
            continue;
        };
        let Some(first) = seen.get(&plain_model(number)) else {
            seen.insert(plain_model(number), i);
            continue;
        };
        let message = format!("two labels have the number `{}`", shown(number));
        let help = "copy each number from its certificate; a label for several models is one entry that lists them all";
        let place = Place::Field(field!(labels[first].number));
        let finding = Finding::at(
            Code::LabelNumberRepeated,
            field!(labels[i].number),
            message,
            help,
        );
        findings.push(finding.and_at(place, "the same number"));
    }
}

/// Checks that the applicant is neither the laboratory nor the company that files for it.
fn parties(application: &Application, findings: &mut Vec<Finding>) {
    let applicant = &application.applicant;
    let Some(name) = applicant.name.as_deref().map(plain_name) else {
        return;
    };
    let laboratory = application.laboratory.as_ref();
    let laboratory = laboratory.and_then(|laboratory| laboratory.name.as_deref());
    if let Some(text) = laboratory.filter(|text| plain_name(text) == name) {
        let message = format!("the applicant `{}` is also the laboratory", shown(text));
        let help = "write the name of the independent laboratory that made the report";
        let finding = Finding::at(
            Code::LaboratoryNotIndependent,
            field!(laboratory.name),
            message,
            help,
        );
        findings.push(finding.and_at(Place::Field(field!(applicant.name)), "the applicant"));
    }
    let Some(filer) = applicant.filed_by.as_ref() else {
        return;
    };
    let same_name = filer
        .name
        .as_deref()
        .is_some_and(|filer| plain_name(filer) == name);
    let same_number = filer.uen.is_given() && filer.uen == applicant.uen;
    if same_name || same_number {
        let what = if same_number { "number" } else { "name" };
        let message = format!("`filed_by` has the {what} of the applicant");
        let help =
            "remove `filed_by` if the applicant files for itself; otherwise write the consultancy";
        let finding = Finding::at(
            Code::FilerIsApplicant,
            field!(applicant.filed_by),
            message,
            help,
        );
        findings.push(finding.and_at(Place::Field(field!(applicant.name)), "the applicant"));
    }
}

/// Returns a name without what varies between spellings: case, blanks, points and forms of Unicode.
fn plain_name(name: &str) -> String {
    plain_model(&composed(name))
}
