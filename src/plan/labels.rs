//! The labels held: what each gives under its arrangement, or why it gives nothing.

use crate::diag::{Code, Finding};
use crate::domain::{Citation, Label, Level, Scheme};
use crate::plan::{Context, Notes, ValidityEstimate};
use crate::rules::Edition;
use crate::rules::tables::{Arrangement, ArrangementRow, LabelField, OverMax, Recognition};

/// A label held, read under the rules.
#[derive(Clone, Debug)]
pub struct HeldLabel {
    /// The route of its field, `labels[0]`.
    pub field: String,
    /// What the manifest says of it.
    pub label: Label,
    /// The name of its scheme.
    pub name: String,
    /// What it gives.
    pub outcome: Recognition,
    /// The level that it gives.
    pub level: Option<Level>,
    /// The baseline that its grade is brought down to.
    pub counts_as: Option<String>,
    /// Why it gives this.
    pub why: String,
    /// What to put to CSA about it.
    pub question: Option<String>,
    /// The row behind it.
    pub source: Option<Citation>,
}

impl HeldLabel {
    /// Returns the level that it gives by mutual recognition.
    pub fn mra_level(&self) -> Option<Level> {
        self.level.filter(|_| self.outcome == Recognition::Mra)
    }

    /// Returns the level that it gives by a simplified application.
    pub fn simplified_level(&self) -> Option<Level> {
        self.level.filter(|_| self.outcome == Recognition::Simplified)
    }
}

/// Reads every label under the rules.
pub(crate) fn recognise(context: Context<'_>, notes: &mut Notes) -> Vec<HeldLabel> {
    let labels = context.application.labels.iter().enumerate();
    labels.map(|(i, label)| held(context, label, format!("labels[{i}]"), notes)).collect()
}

fn held(context: Context<'_>, label: &Label, field: String, notes: &mut Notes) -> HeldLabel {
    let nothing = |name: String, why: String, source| HeldLabel {
        field: field.clone(), label: label.clone(), name, outcome: Recognition::NotRecognised, level: None, counts_as: None, why, question: None, source,
    };
    let Some(scheme) = label.scheme else {
        return nothing("unknown scheme".to_owned(), "its scheme could not be read".to_owned(), None);
    };
    let Some(edition) = context.book.arrangements.get(&scheme).and_then(|timeline| timeline.in_force_on(context.on)) else {
        return before_arrangement(context, scheme, &field, nothing, notes);
    };
    check(context, label, edition, &field, notes);
    let name = edition.body.name.clone();
    if let Some(expires) = label.expires.filter(|expires| *expires < context.on) {
        let why = format!("it ended on {expires}, before {}", context.on);
        let message = format!("the label ended on {expires}, before the day of submission, {}", context.on);
        let cite = edition.body.rows.first().map(|row| context.book.cite(edition, row));
        let finding = Finding::at(Code::LabelExpired, format!("{field}.expires"), message, "renew the label and write its new dates, or remove it from the manifest");
        notes.findings.push(cite.clone().map_or(finding.clone(), |cite| finding.citing(cite)));
        return nothing(name, why, cite);
    }
    match edition.body.rows.iter().find(|row| crate::rules::fits(&row.when, label, context.application.product.category)) {
        None => nothing(name, "its level, or the product's category, could not be read".to_owned(), None),
        Some(row) => by_row(context, label, edition, row, field, notes),
    }
}

fn before_arrangement(context: Context<'_>, scheme: Scheme, field: &str, nothing: impl Fn(String, String, Option<Citation>) -> HeldLabel, notes: &mut Notes) -> HeldLabel {
    let first = context.book.arrangements.get(&scheme).and_then(|timeline| timeline.first());
    let source = first.and_then(|edition| Some(context.book.cite(edition, edition.body.rows.first()?)));
    let since = source.as_ref().map_or_else(String::new, |source| format!("; it begins on {}", source.effective_from));
    let why = format!("no arrangement with this scheme is in force on {}{since}", context.on);
    let name = first.map_or_else(|| scheme.to_string(), |edition| edition.body.name.clone());
    let finding = Finding::at(Code::LabelNotRecognised, format!("{field}.scheme"), format!("the label gives nothing here: {why}"), "keep it if it is held all the same; it does not decide the form");
    notes.findings.push(source.clone().map_or(finding.clone(), |source| finding.citing(source)));
    nothing(name, why, source)
}

fn by_row(context: Context<'_>, label: &Label, edition: &Edition<Arrangement>, row: &ArrangementRow, field: String, notes: &mut Notes) -> HeldLabel {
    let source = context.book.cite(edition, row);
    let grade = label.level.map_or_else(String::new, |level| format!(" `{level}`"));
    let why = match (row.outcome, row.level) {
        (Recognition::Mra, Some(level)) => format!("{}{grade} counts as Level {level}", edition.body.short),
        (Recognition::Simplified, Some(level)) => {
            let counts_as = row.counts_as.as_ref().map_or_else(String::new, |baseline| format!(", counted as {baseline},"));
            format!("{}{grade}{counts_as} opens a simplified application for Level {level}", edition.body.short)
        }
        _ => row.reason.clone().unwrap_or_else(|| "the arrangement does not cover it".to_owned()),
    };
    if row.outcome == Recognition::NotRecognised {
        let place = if row.when.levels.is_some() { format!("{field}.level") } else { format!("{field}.scheme") };
        let finding = Finding::at(Code::LabelNotRecognised, place, format!("the label gives nothing here: {why}"), "keep it if it is held all the same; it does not decide the form");
        notes.findings.push(finding.citing(source.clone()));
    }
    HeldLabel {
        field, label: label.clone(), name: edition.body.name.clone(), outcome: row.outcome, level: row.level,
        counts_as: row.counts_as.clone(), why, question: row.question.clone(), source: Some(source),
    }
}

/// Checks the label against what its scheme's labels look like and against the product.
fn check(context: Context<'_>, label: &Label, edition: &Edition<Arrangement>, field: &str, notes: &mut Notes) {
    let cite = context.book.cite_label(edition);
    let mut found = Vec::new();
    missing_fields(label, edition, field, &mut found);
    term(label, edition, field, &mut found);
    number_form(label, edition, field, &mut found);
    review(context, label, edition, field, &mut found);
    if let Some(issued) = label.issued.filter(|issued| *issued > context.on) {
        let message = format!("the label is issued on {issued}, after the day of submission, {}", context.on);
        found.push(Finding::at(Code::LabelFromTheFuture, format!("{field}.issued"), message, "copy the date from the certificate, or submit after it"));
    }
    let found = found.into_iter().map(|finding| cite.clone().map_or(finding.clone(), |cite| finding.citing(cite)));
    notes.findings.extend(found);
    matches_product(context, label, field, notes);
}

fn missing_fields(label: &Label, edition: &Edition<Arrangement>, field: &str, found: &mut Vec<Finding>) {
    for needed in &edition.body.label.needs {
        let there = match needed {
            LabelField::Level => label.level.is_some(),
            LabelField::Number => label.number.is_some(),
            LabelField::Issued => label.issued.is_some(),
            LabelField::Expires => label.expires.is_some(),
            LabelField::Models => !label.models.is_empty(),
            LabelField::Evidence => !label.evidence.is_empty(),
        };
        if !there {
            let message = format!("`{needed}` is missing from a label of the scheme {}", edition.body.short);
            found.push(Finding::at(Code::LabelIncomplete, format!("{field}.{needed}"), message, format!("write `{needed}:` as the certificate states it")));
        }
    }
    if let Some(level) = label.level.filter(|level| !edition.body.label.levels.contains(level)) {
        let message = format!("`{level}` is not a level of the scheme {}", edition.body.short);
        let known = &edition.body.label.levels;
        let help = if known.is_empty() { "remove `level`; this scheme has none".to_owned() } else { format!("write {}", crate::diag::nearest::one_of(known.iter().map(|level| level.as_str()))) };
        found.push(Finding::at(Code::LabelIncomplete, format!("{field}.level"), message, help));
    }
}

fn term(label: &Label, edition: &Edition<Arrangement>, field: &str, found: &mut Vec<Finding>) {
    let form = &edition.body.label;
    let Some(((issued, expires), max)) = label.issued.zip(label.expires).zip(form.max_years) else { return };
    if expires <= issued.plus_years(max) {
        return;
    }
    let message = format!("the label runs from {issued} to {expires}; labels of this scheme run {max} years at the most");
    let code = match form.over_max {
        Some(OverMax::Impossible) => Code::LabelTermImpossible,
        Some(OverMax::Unusual) | None => Code::LabelTermUnusual,
    };
    found.push(Finding::at(code, format!("{field}.expires"), message, "compare both dates with the certificate"));
}

fn number_form(label: &Label, edition: &Edition<Arrangement>, field: &str, found: &mut Vec<Finding>) {
    let Some((number, form)) = label.number.as_ref().zip(edition.body.label.number_form.as_ref()) else { return };
    let digits = number.strip_prefix(&form.prefix).unwrap_or_default();
    if digits.len() != form.digits || !digits.bytes().all(|b| b.is_ascii_digit()) {
        let message = format!("`{number}` does not look like a number of this scheme");
        found.push(Finding::at(Code::LabelNumberUnusual, format!("{field}.number"), message, format!("compare it with the label; the numbers seen are `{}` and {} digits", form.prefix, form.digits)));
    }
}

fn review(context: Context<'_>, label: &Label, edition: &Edition<Arrangement>, field: &str, found: &mut Vec<Finding>) {
    let Some((every, note)) = edition.body.label.reviewed_every_days.zip(edition.body.label.review_note.as_ref()) else { return };
    let message = match label.reviewed {
        None => "the day of the last annual review is not stated".to_owned(),
        Some(day) if day.days_until(context.on) > every => format!("the last annual review, {day}, lies more than a year back"),
        Some(_) => return,
    };
    found.push(Finding::at(Code::LabelReviewUnknown, format!("{field}.reviewed"), message, "write `reviewed:` and the day of the last annual review").because(note.clone()));
}

/// The label must name the product's models; it should name its firmware. No page says so in words,
/// but a label for another product is not a label for this one.
fn matches_product(context: Context<'_>, label: &Label, field: &str, notes: &mut Notes) {
    let product = &context.application.product;
    if !label.models.is_empty() {
        for (i, model) in product.models.iter().enumerate().filter(|(_, model)| !label.models.contains(model)) {
            let alike = label.models.iter().find(|other| crate::domain::product::plain_model(other) == crate::domain::product::plain_model(model));
            let (message, help) = alike.map_or_else(
                || (format!("the label does not name the model `{model}`"), "apply only for models that the label names, or have the label extended".to_owned()),
                |other| (format!("the product says `{model}`, the label says `{other}`"), "spell the model in one way, as on the type label".to_owned()),
            );
            let finding = Finding::at(Code::LabelForOtherModel, format!("{field}.models"), message, help);
            notes.findings.push(finding.and_at(crate::diag::Place::Field(format!("product.models[{i}]")), "the product's model"));
        }
    }
    if let Some((ours, theirs)) = product.firmware_version.as_ref().zip(label.firmware_version.as_ref()).filter(|(ours, theirs)| ours != theirs) {
        let message = format!("the label was issued for firmware `{theirs}`, the product has `{ours}`");
        notes.findings.push(Finding::at(Code::LabelForOtherFirmware, format!("{field}.firmware_version"), message, "ask the owner of that scheme whether the label still stands for the product's firmware"));
    }
}

/// Warns of labels that end within a year, or before the label applied for would.
pub(crate) fn ends_soon(context: Context<'_>, labels: &[HeldLabel], validity: Option<&ValidityEstimate>, notes: &mut Notes) {
    for held in labels.iter().filter(|held| held.outcome != Recognition::NotRecognised) {
        let Some(expires) = held.label.expires else { continue };
        let days = context.on.days_until(expires);
        let before_ours = validity.filter(|validity| expires < validity.until);
        let message = match (days <= 365, before_ours) {
            (true, _) => format!("the label ends on {expires}, {days} days after submission"),
            (false, Some(validity)) => format!("the label ends on {expires}, before the label applied for would, on {}", validity.until),
            (false, None) => continue,
        };
        let finding = Finding::at(Code::LabelEndsSoon, format!("{}.expires", held.field), message, "plan its renewal; whether its end shortens the label here is published nowhere");
        notes.findings.push(held.source.clone().map_or(finding.clone(), |source| finding.citing(source)));
    }
}
