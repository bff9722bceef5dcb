//! The labels held: what each gives under its arrangement, or why it gives nothing.

use crate::diag::{Code, Finding, Severity};
use crate::domain::{Citation, FieldPath, Label, Level, Scheme, field};
use crate::plan::{Context, Notes, label_checks};
use crate::rules::tables::{Arrangement, ArrangementRow, Recognition};
use crate::rules::{Edition, fits};

/// What the rules say of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The arrangement with its scheme settles what it gives.
    Settled(Recognition),
    /// It ended before the day of submission.
    Expired,
    /// It names other models only, and something else decides.
    OtherModels,
    /// There are errors about it, and something else decides.
    Faulty,
    /// What would settle it cannot be read, or is a day that cannot be.
    Unread,
}

/// A label held, read under the rules.
#[derive(Clone, Debug)]
pub struct HeldLabel {
    /// The route of its field, `labels[0]`.
    pub field: FieldPath,
    /// What the manifest says of it.
    pub label: Label,
    /// The name of its scheme.
    pub name: String,
    /// The name of its scheme in a sentence.
    pub short: String,
    /// What it gives.
    pub outcome: Outcome,
    /// Whether the form and the level of the plan rest on it.
    pub decides: bool,
    /// Whether documents may state it: in force on the day, for this product, and without errors.
    pub stands: bool,
    /// Whether a label that is not recognised has errors, which are not reported since it decides nothing.
    pub(crate) is_faulty: bool,
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
    /// Returns how Singapore recognises it.
    pub const fn recognition(&self) -> Recognition {
        match self.outcome {
            Outcome::Settled(recognition) => recognition,
            Outcome::Expired | Outcome::OtherModels | Outcome::Faulty | Outcome::Unread => {
                Recognition::NotRecognised
            }
        }
    }

    /// Returns its scheme and number, for a sentence.
    pub(crate) fn title(&self) -> String {
        title(&self.short, &self.label)
    }

    /// Returns the level that it gives by mutual recognition.
    pub fn mra_level(&self) -> Option<Level> {
        self.level
            .filter(|_| self.recognition() == Recognition::Mra)
    }

    /// Returns the level that it gives by a simplified application.
    pub fn simplified_level(&self) -> Option<Level> {
        self.level
            .filter(|_| self.recognition() == Recognition::Simplified)
    }
}

fn title(short: &str, label: &Label) -> String {
    let number = label.number.as_ref();
    number.map_or_else(|| short.to_owned(), |number| format!("{short} `{number}`"))
}

/// Reads every label under the rules.
pub(crate) fn recognise(context: Context<'_>, notes: &mut Notes) -> Vec<HeldLabel> {
    let labels = context.application.labels.iter().enumerate();
    labels
        .map(|(i, label)| held(context, label, field!(labels[i]), notes))
        .collect()
}

fn held(context: Context<'_>, label: &Label, field: FieldPath, notes: &mut Notes) -> HeldLabel {
    let Some(scheme) = label.scheme.given() else {
        let why = "its scheme could not be read".to_owned();
        return nothing(label, field, ["unknown scheme"; 2], why, Outcome::Unread);
    };
    let timeline = context.book.arrangements.get(&scheme);
    let Some(edition) = timeline.and_then(|timeline| timeline.in_force_on(context.on)) else {
        return before_arrangement(context, label, scheme, field, notes);
    };
    if !label.in_force_on(context.on) {
        return expired(context, label, edition, field, notes);
    }
    if let Some(issued) = label.issued.given().filter(|issued| *issued > context.on) {
        let message = format!(
            "the label is issued on {issued}, after the day of submission, {}",
            context.on
        );
        let help = "copy the date from the certificate, or submit after it";
        notes.findings.push(Finding::at(
            Code::LabelFromTheFuture,
            field.key("issued"),
            message,
            help,
        ));
        let why = format!("it is issued on {issued}, after {}", context.on);
        // Most likely a slip in the date, so that what the label gives is not settled.
        return nothing(label, field, names(edition), why, Outcome::Unread);
    }
    let category = context.application.product.category.given();
    let mut rows = edition.body.rows.iter();
    if let Some(row) = rows.find(|row| fits(&row.when, label, category)) {
        if row.outcome != Recognition::NotRecognised {
            label_checks::check(context, label, edition, &field, notes);
            return by_row(context, label, edition, row, field, notes);
        }
        let is_faulty = is_faulty(context, label, edition, &field);
        return HeldLabel {
            is_faulty,
            ..by_row(context, label, edition, row, field, notes)
        };
    }
    label_checks::check(context, label, edition, &field, notes);
    let why = "its level, or the product's category, could not be read".to_owned();
    nothing(label, field, names(edition), why, Outcome::Unread)
}

/// Returns true if a label that decides nothing has errors all the same.
fn is_faulty(
    context: Context<'_>,
    label: &Label,
    edition: &Edition<Arrangement>,
    field: &FieldPath,
) -> bool {
    let mut notes = Notes::default();
    label_checks::check(context, label, edition, field, &mut notes);
    let mut findings = notes.findings.iter();
    findings.any(|one| one.severity() == Severity::Error)
}

/// A label that gives nothing.
fn nothing(
    label: &Label,
    field: FieldPath,
    [name, short]: [&str; 2],
    why: String,
    outcome: Outcome,
) -> HeldLabel {
    HeldLabel {
        field,
        label: label.clone(),
        name: name.to_owned(),
        short: short.to_owned(),
        outcome,
        decides: false,
        stands: false,
        is_faulty: false,
        level: None,
        counts_as: None,
        why,
        question: None,
        source: None,
    }
}

fn names(edition: &Edition<Arrangement>) -> [&str; 2] {
    [&edition.body.name, &edition.body.short]
}

fn expired(
    context: Context<'_>,
    label: &Label,
    edition: &Edition<Arrangement>,
    field: FieldPath,
    notes: &mut Notes,
) -> HeldLabel {
    let end = label
        .expires
        .given()
        .map(|expires| expires.to_string())
        .unwrap_or_default();
    let source = context.book.cite_label(edition);
    let message = format!(
        "{} expired on {end}, before the day of submission, {}",
        title(&edition.body.short, label),
        context.on
    );
    let help = "renew the label and write its new dates, or remove it from the manifest";
    let finding = Finding::at(Code::LabelExpired, field.key("expires"), message, help);
    let finding = finding.in_cell("renew the label and write its new dates, or empty its cells");
    notes.findings.push(finding.citing_if(source.clone()));
    let why = format!("it expired on {end}, before {}", context.on);
    HeldLabel {
        source,
        ..nothing(label, field, names(edition), why, Outcome::Expired)
    }
}

/// Makes the finding for a label that Singapore does not recognise. The applicant may have it, so it is a warning.
fn not_recognised(place: FieldPath, why: &str, source: Option<Citation>) -> Finding {
    let message = format!("Singapore does not recognise this label: {why}");
    let help = "keep the label for information; it does not decide the form";
    Finding::at(Code::LabelNotRecognised, place, message, help).citing_if(source)
}

fn before_arrangement(
    context: Context<'_>,
    label: &Label,
    scheme: Scheme,
    field: FieldPath,
    notes: &mut Notes,
) -> HeldLabel {
    let first = context
        .book
        .arrangements
        .get(&scheme)
        .and_then(|timeline| timeline.first());
    let source =
        first.and_then(|edition| Some(context.book.cite(edition, edition.body.rows.first()?)));
    let since = source.as_ref().map_or_else(String::new, |source| {
        format!("; it begins on {}", source.effective_from)
    });
    let why = format!(
        "no arrangement with this scheme is in force on {}{since}",
        context.on
    );
    notes
        .findings
        .push(not_recognised(field.key("scheme"), &why, source.clone()));
    let names = first.map_or([scheme.as_str(); 2], names);
    let outcome = Outcome::Settled(Recognition::NotRecognised);
    let is_future = label
        .issued
        .given()
        .is_some_and(|issued| issued > context.on);
    let is_faulty =
        is_future || first.is_some_and(|edition| is_faulty(context, label, edition, &field));
    HeldLabel {
        is_faulty,
        source,
        ..nothing(label, field, names, why, outcome)
    }
}

fn by_row(
    context: Context<'_>,
    label: &Label,
    edition: &Edition<Arrangement>,
    row: &ArrangementRow,
    field: FieldPath,
    notes: &mut Notes,
) -> HeldLabel {
    let source = context.book.cite(edition, row);
    let grade = label
        .level
        .given()
        .map_or_else(String::new, |level| format!(" `{level}`"));
    let why = match (row.outcome, row.level) {
        (Recognition::Mra, Some(level)) => {
            format!("{}{grade} counts as Level {level}", edition.body.short)
        }
        (Recognition::Simplified, Some(level)) => {
            let counts_as = row
                .counts_as
                .as_ref()
                .map_or_else(String::new, |baseline| format!(", counted as {baseline},"));
            format!(
                "{}{grade}{counts_as} opens a simplified application for Level {level}",
                edition.body.short
            )
        }
        _ => row
            .reason
            .clone()
            .unwrap_or_else(|| "the arrangement does not cover it".to_owned()),
    };
    if row.outcome == Recognition::NotRecognised {
        let place = if row.when.levels.is_some() {
            "level"
        } else {
            "scheme"
        };
        notes
            .findings
            .push(not_recognised(field.key(place), &why, Some(source.clone())));
    }
    HeldLabel {
        field,
        label: label.clone(),
        name: edition.body.name.clone(),
        short: edition.body.short.clone(),
        outcome: Outcome::Settled(row.outcome),
        decides: false,
        stands: false,
        is_faulty: false,
        level: row.level,
        counts_as: row.counts_as.clone(),
        why,
        question: row.question.clone(),
        source: Some(source),
    }
}
