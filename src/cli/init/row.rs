//! The answers of `init` as one row of a sheet: a column for what is known and for what is asked for.

use crate::domain::{FieldPath, field};
use crate::manifest::draft::{Asks, Prefilled, label_fields};
use crate::rules::RuleBook;

/// Returns the fields of the row, in the order of the columns; what is not known yet is empty.
pub(super) fn fields(given: &Prefilled, book: &RuleBook, asks: &Asks) -> Vec<(FieldPath, String)> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut row = vec![
        (field!(product.brand), text(&given.brand)),
        (field!(product.name), text(&given.name)),
        (field!(product.models), given.models.join("; ")),
        (field!(product.category), text(&given.category)),
        (field!(product.firmware_version), String::new()),
        (field!(product.support.until), text(&given.support_until)),
        (field!(application.level), text(&given.level)),
        (field!(application.submission), text(&given.submission)),
        (field!(applicant.name), text(&given.applicant)),
    ];
    if given.is_abroad() {
        row.push((field!(applicant.registration.country), text(&given.country)));
        row.push((
            field!(applicant.registration.number),
            text(&given.registration),
        ));
    } else {
        row.push((field!(applicant.uen), text(&given.uen)));
    }
    let open = [
        field!(applicant.address),
        field!(applicant.contact.name),
        field!(applicant.contact.email),
    ];
    row.extend(open.into_iter().map(|field| (field, String::new())));
    for (i, (scheme, level)) in given.labels.iter().enumerate() {
        row.push((field!(labels[i].scheme), scheme.clone()));
        for (name, _) in label_fields(scheme, book) {
            let value = level.clone().filter(|_| name == "level");
            row.push((field!(labels[i]).key(name), value.unwrap_or_default()));
        }
    }
    row.extend(asks.fields.iter().flat_map(asked));
    for asked in &asks.provisions {
        let answer = asked.field();
        row.push((answer.key("support"), String::new()));
        row.push((answer.key("detail"), String::new()));
        row.push((answer.key("evidence"), String::new()));
    }
    row.push((field!(signatory.name), String::new()));
    row.push((field!(signatory.title), String::new()));
    row
}

fn asked(field: &FieldPath) -> Vec<(FieldPath, String)> {
    let is_laboratory = *field == field!(laboratory);
    let fields = if is_laboratory {
        vec![
            field!(laboratory.name),
            field!(laboratory.reference),
            field!(laboratory.date),
            field!(laboratory.report),
        ]
    } else {
        vec![field.clone()]
    };
    fields
        .into_iter()
        .map(|field| (field, String::new()))
        .collect()
}
