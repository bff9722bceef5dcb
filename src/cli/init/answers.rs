//! The answers to the questions of `init`, from flags or from the interview: checked as a manifest checks them.

use crate::cli::args::Init;
use crate::domain::text::shown;
use crate::domain::vocabulary::synonyms::says_nothing;
use crate::domain::{FieldPath, LabelLevel, Scheme, field};
use crate::error::{Error, Result};
use crate::manifest::{self, draft};
use crate::rules::{RuleBook, Timeline};

/// Checks all answers. Returns them in the manifest's own form, and what they were taken for.
///
/// # Errors
/// What is wrong with the answers.
pub(super) fn checked(answers: &Init, book: &RuleBook) -> Result<(draft::Prefilled, Vec<String>)> {
    let mut check = Check::default();
    let mut take = |field: &FieldPath, value: &Option<String>| {
        value.as_ref().map(|text| check.take(field, text))
    };
    let mut given = draft::Prefilled {
        applicant: take(&field!(applicant.name), &answers.applicant),
        uen: take(&field!(applicant.uen), &answers.uen),
        country: take(&field!(applicant.registration.country), &answers.country),
        registration: take(
            &field!(applicant.registration.number),
            &answers.registration,
        ),
        brand: take(&field!(product.brand), &answers.brand),
        name: take(&field!(product.name), &answers.name),
        category: take(&field!(product.category), &answers.category),
        level: take(&field!(application.level), &answers.level),
        submission: take(&field!(application.submission), &answers.submission),
        support_until: take(&field!(product.support.until), &answers.support_until),
        models: Vec::new(),
        labels: Vec::new(),
    };
    for model in &answers.models {
        given
            .models
            .push(check.take(&field!(product.models), model));
    }
    for label in answers.labels.iter().filter(|label| !says_nothing(label)) {
        given.labels.push(check.label(label, book));
    }
    if given.uen.is_some() && (given.country.is_some() || given.registration.is_some()) {
        let fault = "a company has a UEN or a registration abroad; leave out `--uen` or `--country` and `--registration`";
        check.faults.push(fault.to_owned());
    }
    if check.faults.is_empty() {
        Ok((given, check.remarks))
    } else {
        Err(Error::Usage(check.faults.join("\n")))
    }
}

#[derive(Default)]
struct Check {
    faults: Vec<String>,
    remarks: Vec<String>,
}

impl Check {
    fn take(&mut self, field: &FieldPath, text: &str) -> String {
        match manifest::check_value(field, text) {
            Ok(checked) => {
                self.remarks.extend(checked.remark);
                checked.text
            }
            Err(fault) => {
                self.faults.push(fault);
                text.to_owned()
            }
        }
    }

    /// Reads `SCHEME` or `SCHEME:LEVEL`; `KISA CIC Basic` is not read: which part is which is not certain.
    fn label(&mut self, text: &str, book: &RuleBook) -> (String, Option<String>) {
        let (scheme, level) = text
            .split_once([':', '：'])
            .map_or((text, None), |(scheme, level)| (scheme, Some(level)));
        let scheme = self.take(&field!(labels[0].scheme), scheme);
        let level = level.map(|level| self.take(&field!(labels[0].level), level));
        if let (Ok(known), Some(level)) = (scheme.parse::<Scheme>(), &level) {
            let grades = grades(book, known);
            if level
                .parse::<LabelLevel>()
                .is_ok_and(|level| !grades.contains(&level))
            {
                let fault = format!("there is no {scheme} label of the level `{}`", shown(level));
                self.faults.push(fault);
            }
        }
        (scheme, level)
    }
}

/// Returns the grades of a scheme's labels.
pub(super) fn grades(book: &RuleBook, scheme: Scheme) -> &[LabelLevel] {
    let editions = book
        .arrangements
        .get(&scheme)
        .map(Timeline::editions)
        .unwrap_or_default();
    editions
        .last()
        .map(|edition| edition.body.label.levels.as_slice())
        .unwrap_or_default()
}
