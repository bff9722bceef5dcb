//! What must hold of a label held: the fields, the term, the number of its scheme's labels, and that
//! it is a label for this product.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Finding, Place};
use crate::domain::lookalike::read_hastily;
use crate::domain::product::plain_model;
use crate::domain::{Date, FieldPath, Label, field};
use crate::plan::{Context, HeldLabel, Notes, ValidityEstimate};
use crate::rules::Edition;
use crate::rules::tables::{Arrangement, LabelField, OverMax, Recognition};

/// How many models that a label does not name are reported one by one.
const MAX_MODELS: usize = 50;

/// Checks the label against what its scheme's labels look like and against the product.
pub(crate) fn check(
    context: Context<'_>,
    label: &Label,
    edition: &Edition<Arrangement>,
    field: &FieldPath,
    notes: &mut Notes,
) {
    let cite = context.book.cite_label(edition);
    let mut found = Vec::new();
    missing_fields(label, edition, field, &mut found);
    term(label, edition, field, &mut found);
    review(context, label, edition, field, &mut found);
    let found = found
        .into_iter()
        .map(|finding| finding.citing_if(cite.clone()));
    notes.findings.extend(found);
    // What numbers look like is seen on labels; the source of the term does not say it.
    number_form(label, edition, field, &mut notes.findings);
    matches_product(context, label, field, notes);
}

fn missing_fields(
    label: &Label,
    edition: &Edition<Arrangement>,
    field: &FieldPath,
    found: &mut Vec<Finding>,
) {
    for needed in &edition.body.label.needs {
        let is_missing = match needed {
            LabelField::Level => label.level.is_missing(),
            LabelField::Number => label.number.is_missing(),
            LabelField::Issued => label.issued.is_missing(),
            LabelField::Expires => label.expires.is_missing(),
            LabelField::Models => label.models.is_missing(),
            LabelField::Evidence => label.evidence.is_missing(),
        };
        if is_missing {
            let message = format!(
                "this label has no `{needed}`, which every {} has",
                edition.body.short
            );
            let help = format!("write `{needed}:` as the certificate states it");
            let finding = Finding::at(
                Code::LabelIncomplete,
                field.key(needed.as_str()),
                message,
                help,
            );
            let finding = finding.in_cell("write it as the certificate states it");
            found.push(finding.because("without it the label cannot be checked, and a check that did not run counts as failed"));
        }
    }
    if let Some(level) = label
        .level
        .given()
        .filter(|level| !edition.body.label.levels.contains(level))
    {
        let message = format!("there is no {} of the level `{level}`", edition.body.short);
        let known = &edition.body.label.levels;
        let known = known.iter().map(|level| level.as_str());
        let (help, in_cell) = if known.len() == 0 {
            let none = "this scheme has none";
            (
                format!("remove `level`; {none}"),
                format!("empty the cell; {none}"),
            )
        } else {
            let help = format!("write {}", crate::diag::nearest::one_of(known));
            (help.clone(), help)
        };
        let finding = Finding::at(Code::LabelIncomplete, field.key("level"), message, help);
        found.push(finding.in_cell(in_cell));
    }
}

fn term(
    label: &Label,
    edition: &Edition<Arrangement>,
    field: &FieldPath,
    found: &mut Vec<Finding>,
) {
    let form = &edition.body.label;
    let Some(((issued, expires), max)) = label.term().zip(form.max_years) else {
        return;
    };
    if expires <= issued.plus_years(max) {
        return;
    }
    let message = format!(
        "the label is valid from {issued} to {expires}; labels of this scheme are valid for {max} years at most"
    );
    let code = match form.over_max {
        Some(OverMax::Impossible) => Code::LabelTermImpossible,
        Some(OverMax::Unusual) | None => Code::LabelTermUnusual,
    };
    found.push(Finding::at(
        code,
        field.key("expires"),
        message,
        "compare both dates with the certificate",
    ));
}

fn number_form(
    label: &Label,
    edition: &Edition<Arrangement>,
    field: &FieldPath,
    found: &mut Vec<Finding>,
) {
    let Some((number, form)) = label
        .number
        .as_ref()
        .zip(edition.body.label.number_form.as_ref())
    else {
        return;
    };
    let digits = number.strip_prefix(&form.prefix).unwrap_or_default();
    if digits.len() != form.digits || !digits.bytes().all(|b| b.is_ascii_digit()) {
        // The place shows the number; without it, many products with such numbers are one line of a report.
        let message = "the number does not look like one of this scheme";
        found.push(Finding::at(
            Code::LabelNumberUnusual,
            field.key("number"),
            message,
            format!(
                "compare it with the label; the numbers seen are `{}` and {} digits",
                form.prefix, form.digits
            ),
        ));
    }
}

fn review(
    context: Context<'_>,
    label: &Label,
    edition: &Edition<Arrangement>,
    field: &FieldPath,
    found: &mut Vec<Finding>,
) {
    let Some((every, note)) = edition
        .body
        .label
        .reviewed_every_days
        .zip(edition.body.label.review_note.as_ref())
    else {
        return;
    };
    let say = |message: String, help: &str| {
        let place = field.key("reviewed");
        Finding::at(Code::LabelReviewUnknown, place, message, help).because(note.clone())
    };
    found.extend(match label.reviewed.given() {
        None => {
            let message = "the label has no day of its last annual review".to_owned();
            let help = "write `reviewed:` and the day of the last annual review";
            Some(say(message, help).in_cell("write the day of the last annual review"))
        }
        Some(day) if day.days_until(context.on) > every => {
            let message =
                format!("the last annual review, {day}, was more than a year before submission");
            Some(say(
                message,
                "have the label reviewed, and write the new day",
            ))
        }
        Some(_) => None,
    });
}

/// The label must name the product's models; it should name its firmware. No page says so in words,
/// but a label for another product is not a label for this one. A model that could not be read may be any.
fn matches_product(context: Context<'_>, label: &Label, field: &FieldPath, notes: &mut Notes) {
    let product = &context.application.product;
    let named: BTreeSet<&str> = label.models.iter().map(String::as_str).collect();
    let mut spelt: BTreeMap<String, usize> = BTreeMap::new();
    for (i, model) in label.models.iter().enumerate() {
        spelt.entry(read_hastily(model)).or_insert(i);
    }
    let mut seen = BTreeSet::new();
    let mut n_found = 0;
    for (i, model) in product
        .models
        .iter()
        .enumerate()
        .filter(|_| !named.is_empty() && !label.models.is_faulty())
    {
        // One model spelt in two ways by the product itself is reported elsewhere.
        let is_new = seen.insert(plain_model(model));
        if !is_new || named.contains(model.as_str()) {
            continue;
        }
        n_found += 1;
        if n_found > MAX_MODELS {
            let message = format!(
                "the label does not name `{model}` and perhaps further models of the product"
            );
            let help = "apply only for models that the label names, or have the label extended";
            let place = field.key("models");
            notes
                .findings
                .push(Finding::at(Code::LabelForOtherModel, place, message, help));
            break;
        }
        let alike = spelt.get(&read_hastily(model)).copied();
        let finding = other_model(label, field, model, alike);
        notes.findings.push(finding.and_at(
            Place::Field(field!(product.models[i])),
            "the product's model",
        ));
    }
    let firmware = product
        .firmware_version
        .as_ref()
        .zip(label.firmware_version.as_ref());
    if let Some((ours, theirs)) = firmware.filter(|(ours, theirs)| ours != theirs) {
        let message =
            format!("the label was issued for firmware `{theirs}`, the product has `{ours}`");
        let help =
            "ask the owner of that scheme whether the label still covers the product's firmware";
        notes.findings.push(Finding::at(
            Code::LabelForOtherFirmware,
            field.key("firmware_version"),
            message,
            help,
        ));
    }
}

fn other_model(label: &Label, field: &FieldPath, model: &str, alike: Option<usize>) -> Finding {
    if let Some((i, other)) = alike.and_then(|i| Some((i, label.models.get(i)?))) {
        let message = format!("the product says `{model}`, the label says `{other}`");
        let help = "spell the model in one way, as on the type label";
        return Finding::at(
            Code::LabelForOtherModel,
            field.key("models").index(i),
            message,
            help,
        );
    }
    let message = format!("the label does not name the model `{model}`");
    let help = "apply only for models that the label names, or have the label extended";
    Finding::at(Code::LabelForOtherModel, field.key("models"), message, help)
}

/// Warns of labels that end within a year, or before the label applied for would.
pub(crate) fn ends_soon(
    context: Context<'_>,
    labels: &[HeldLabel],
    validity: Option<&ValidityEstimate>,
    notes: &mut Notes,
) {
    for held in labels
        .iter()
        .filter(|held| held.recognition() != Recognition::NotRecognised)
    {
        let is_term = held.label.reversed_term().is_none();
        let Some(expires) = held.label.expires.given().filter(|_| is_term) else {
            continue;
        };
        let days = context.on.days_until(expires);
        let before_ours = validity.filter(|validity| expires < validity.until);
        let when = match (days <= 365, before_ours) {
            (true, _) if days == 0 => "the day of submission".to_owned(),
            (true, _) if days == 1 => "a day after submission".to_owned(),
            (true, _) => format!("{days} days after submission"),
            (false, Some(validity)) => {
                let gap = gap(expires, validity.until);
                format!(
                    "{gap} before the Singapore label would ({})",
                    validity.until
                )
            }
            (false, None) => continue,
        };
        // Its number would keep a batch from showing the products with such a label together.
        let is_only = labels
            .iter()
            .filter(|other| other.short == held.short)
            .count()
            == 1;
        let title = if is_only {
            held.short.clone()
        } else {
            held.title()
        };
        let message = format!("{title} expires on {expires}, {when}");
        let finding = Finding::at(
            Code::LabelEndsSoon,
            held.field.key("expires"),
            message,
            "plan to renew it; CSA has not published whether the Singapore label ends early when the foreign label expires",
        );
        notes.findings.push(finding);
    }
}

/// Returns how long it is from one day to a later one, in whole months where there is one.
fn gap(from: Date, to: Date) -> String {
    let month = |day: Date| {
        let (year, month, _) = day.parts();
        i64::from(year) * 12 + i64::from(month)
    };
    let is_short = to.parts().2 < from.parts().2;
    let (count, what) = match month(to) - month(from) - i64::from(is_short) {
        ..=0 => (from.days_until(to), "day"),
        months => (months, "month"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
