//! Which labels the form and the level rest on. What is wrong with such a label blocks; the same finding about another
//! label is a warning, and the label stays on record.

use std::collections::BTreeSet;

use crate::diag::{Code, Finding, Place, Severity};
use crate::domain::lookalike::read_hastily;
use crate::domain::{FieldPath, Label, Level, List};
use crate::plan::route::Chosen;
use crate::plan::{Context, HeldLabel, Outcome, complete};
use crate::rules::fits;
use crate::rules::tables::{ArrangementRow, DeviceClass, Recognition, Route};

/// Sets labels aside that name other models only, where something else decides: a label for this product, or the level
/// applied for with a complete standard application. Otherwise the label is most likely meant for this product, so it
/// stays and blocks.
pub(crate) fn set_aside(context: Context<'_>, class: DeviceClass, labels: &mut [HeldLabel]) {
    let models = &context.application.product.models;
    let is_other = |held: &HeldLabel| names_others_only(&held.label, models);
    if !labels
        .iter()
        .any(|held| held.level.is_some() && is_other(held))
    {
        return;
    }
    let own = |level: fn(&HeldLabel) -> Option<Level>| {
        let mut own = labels.iter().filter(|held| !is_other(held));
        own.any(|held| level(held).is_some())
    };
    let is_settled = own(HeldLabel::mra_level) || complete::is_complete(context, class);
    let by_mra = is_settled || labels.iter().any(|held| held.mra_level().is_some());
    let is_idle_simplified = by_mra || own(HeldLabel::simplified_level);
    for held in labels.iter_mut().filter(|held| is_other(held)) {
        let is_aside = match held.recognition() {
            Recognition::Mra => is_settled,
            Recognition::Simplified => is_idle_simplified,
            Recognition::NotRecognised => false,
        };
        if is_aside {
            held.outcome = Outcome::OtherModels;
            held.level = None;
            held.why = format!("it is for {}", held.label.models.join(", "));
        }
    }
}

/// Returns true if no model of the product is on the label, not even one that somebody may have misspelt.
fn names_others_only(label: &Label, models: &List<String>) -> bool {
    let named: BTreeSet<String> = label.models.iter().map(|name| read_hastily(name)).collect();
    let is_named = |model: &String| named.contains(&read_hastily(model));
    !named.is_empty()
        && !label.models.is_faulty()
        && !models.is_faulty()
        && !models.is_empty()
        && !models.iter().any(is_named)
}

/// Returns the level by mutual recognition. A label without errors that gives the level applied for is enough; otherwise
/// the highest counts, so that an error in the label that gives most is never passed over.
pub(crate) fn level_by_mra(
    context: Context<'_>,
    labels: &[HeldLabel],
    findings: &[Finding],
) -> Option<Level> {
    let sound = labels.iter().filter(|held| is_sound(held, findings));
    let sound = sound.filter_map(HeldLabel::mra_level).max();
    let wanted = context.application.request.level.given();
    let enough = sound.filter(|given| wanted.is_some_and(|wanted| wanted <= *given));
    enough.or_else(|| labels.iter().filter_map(HeldLabel::mra_level).max())
}

fn is_sound(held: &HeldLabel, findings: &[Finding]) -> bool {
    let is_error = |one: &&Finding| one.severity() == Severity::Error;
    !findings
        .iter()
        .filter(is_error)
        .any(|one| is_within(&one.place, &held.field))
}

/// Marks the labels that give the level by the route. Where some of them have no errors, only those decide.
pub(crate) fn mark(chosen: &Chosen, labels: &mut [HeldLabel], findings: &[Finding]) {
    let gives = |held: &HeldLabel| {
        let given = match chosen.route {
            Some(Route::Mra) => held.mra_level(),
            Some(Route::Standard) if chosen.simplified => held.simplified_level(),
            Some(Route::Standard | Route::None) | None => None,
        };
        given.is_some() && given == chosen.level
    };
    let any_sound = labels
        .iter()
        .any(|held| gives(held) && is_sound(held, findings));
    for held in labels {
        held.decides = gives(held) && (!any_sound || is_sound(held, findings));
        if !held.decides && held.level.is_some() && !is_sound(held, findings) {
            held.outcome = Outcome::Faulty;
            held.level = None;
            "errors about it leave open what it gives".clone_into(&mut held.why);
        }
    }
}

/// Marks the labels that documents may state and that count elsewhere: in force on the day, for this product, and without
/// errors.
pub(crate) fn mark_standing(context: Context<'_>, labels: &mut [HeldLabel], findings: &[Finding]) {
    let models = &context.application.product.models;
    for held in labels {
        held.stands = matches!(held.outcome, Outcome::Settled(_))
            && !held.is_faulty
            && held.label.in_force_on(context.on)
            && !names_others_only(&held.label, models)
            && is_sound(held, findings);
    }
}

/// Turns errors about labels that do not decide into warnings. While the route is open every label may decide.
pub(crate) fn relax(
    context: Context<'_>,
    chosen: &Chosen,
    labels: &[HeldLabel],
    findings: &mut [Finding],
) {
    if !matches!(chosen.route, Some(Route::Mra | Route::Standard)) {
        return;
    }
    let is_needed = |held: &&HeldLabel| held.decides || may_decide(context, chosen, held);
    let (needed, others): (Vec<&HeldLabel>, Vec<&HeldLabel>) = labels.iter().partition(is_needed);
    let basis = basis(chosen, labels);
    for finding in findings {
        let is_of_needed = needed.iter().any(|held| concerns(finding, &held.field));
        let of_other = others.iter().find(|held| concerns(finding, &held.field));
        if let Some(held) = of_other.filter(|_| !is_of_needed) {
            soften(finding, held, &basis);
        }
    }
}

/// Returns true if a label that cannot be read, or that only its date keeps from counting, could change the route or
/// raise the level.
fn may_decide(context: Context<'_>, chosen: &Chosen, held: &HeldLabel) -> bool {
    let is_late = held.outcome == Outcome::Expired;
    if !is_late && held.outcome != Outcome::Unread {
        return false;
    }
    let Some((mra, any)) = could_give(context, &held.label) else {
        return true;
    };
    match (context.application.request.level.given(), chosen.route) {
        (None, Some(Route::Standard)) => any > chosen.level || mra >= chosen.level,
        (None, _) => mra > chosen.level,
        (Some(wanted), Some(Route::Standard)) => !is_late && mra >= Some(wanted),
        (Some(_), _) => false,
    }
}

/// Returns true if a label that cannot be read may open a way that is not open without it.
pub(crate) fn may_open(context: Context<'_>, held: &HeldLabel) -> bool {
    if held.outcome != Outcome::Unread {
        return false;
    }
    let Some((mra, any)) = could_give(context, &held.label) else {
        return true;
    };
    match context.application.request.level.given() {
        None => any.is_some(),
        Some(wanted) => mra >= Some(wanted) || any == Some(wanted),
    }
}

/// Returns the level that a label could give by mutual recognition, and in any way; nothing if its scheme is unknown.
/// Where the grade or the category could not be read, every row may be the one.
fn could_give(context: Context<'_>, label: &Label) -> Option<(Option<Level>, Option<Level>)> {
    let scheme = label.scheme.given()?;
    let timeline = context.book.arrangements.get(&scheme);
    let edition = timeline.and_then(|timeline| timeline.in_force_on(context.on));
    let rows = || edition.into_iter().flat_map(|edition| &edition.body.rows);
    let category = context.application.product.category.given();
    let fitting = rows().find(|row| fits(&row.when, label, category));
    let may_be = |row: &&ArrangementRow| fitting.is_none_or(|one| std::ptr::eq(one, *row));
    let best = |wanted: fn(Recognition) -> bool| {
        let rows = rows().filter(may_be).filter(|row| wanted(row.outcome));
        rows.filter_map(|row| row.level).max()
    };
    Some((
        best(|outcome| outcome == Recognition::Mra),
        best(|outcome| outcome != Recognition::NotRecognised),
    ))
}

/// Returns what form and level rest on, for a sentence.
fn basis(chosen: &Chosen, labels: &[HeldLabel]) -> String {
    let Some(held) = labels.iter().find(|held| held.decides) else {
        let level = chosen.level.map(|level| format!(" `level: {level}`"));
        return format!("form and level rest on{}", level.unwrap_or_default());
    };
    format!("form and level rest on {}", held.title())
}

fn concerns(finding: &Finding, label: &FieldPath) -> bool {
    let mut places = finding
        .also
        .iter()
        .map(|(place, _)| place)
        .chain([&finding.place]);
    places.any(|place| is_within(place, label))
}

fn is_within(place: &Place, label: &FieldPath) -> bool {
    match place {
        Place::Field(field) | Place::Key(field) => field.is_within(label),
        _ => false,
    }
}

/// Makes a warning of an error about a label. Errors about the file of a certificate, or about texts that may not be in
/// any file, stay: they are not about the label.
fn soften(finding: &mut Finding, of: &HeldLabel, basis: &str) {
    let Some(code) = warning(finding.code) else {
        return;
    };
    let would = format!("{basis}, so this does not block; {} would", finding.code);
    match code {
        Code::OtherLabelFaulty => finding
            .advise("correct the entry if it is a slip; otherwise keep the label for information"),
        Code::OtherCertificateDiffers => finding
            .advise("compare the certificate with the entry, and correct the one that is wrong"),
        _ => {}
    }
    finding.rephrase(|message| naming(of, message));
    let before = finding.note_told();
    let before = before.filter(|_| code != Code::OtherLabelFaulty);
    let note = match before {
        Some(old) => old.followed_by(&format!("; {would}").into()),
        None => would.into(),
    };
    *finding = Finding {
        code,
        ..finding.clone().because(note)
    };
}

/// Returns a message that names its label, so that it is understood without its place.
fn naming(held: &HeldLabel, message: &str) -> String {
    let title = if held.label.number.is_given() {
        held.title()
    } else {
        format!("{} (`{}`)", held.title(), held.field)
    };
    if message.starts_with(&title) {
        return message.to_owned();
    }
    format!("{title}: {message}")
}

/// Returns the code of the warning for an error about a label.
const fn warning(code: Code) -> Option<Code> {
    Some(match code {
        Code::LabelExpired
        | Code::LabelForOtherModel
        | Code::LabelIncomplete
        | Code::LabelTermImpossible
        | Code::LabelFromTheFuture => Code::OtherLabelFaulty,
        Code::PaperForOtherModel
        | Code::PaperForOtherBrand
        | Code::LabelNumberDiffers
        | Code::LabelGradeDiffers
        | Code::LabelDateDiffers
        | Code::VersionDiffers
        | Code::ReportDiffers
        | Code::VerdictNegative
        | Code::PaperOfOtherKind => Code::OtherCertificateDiffers,
        Code::EmptyField
        | Code::UnknownWord
        | Code::NotADate
        | Code::Placeholder
        | Code::SeveralInOne
        | Code::ImpossibleDates
        | Code::LookAlikeLetter
        | Code::LabelNumberRepeated
        | Code::SignedTooEarly
        | Code::NumberForText
        | Code::NumberForDate
        | Code::TimeOfDay
        | Code::BooleanForText
        | Code::DateForText => Code::OtherLabelUnclear,
        _ => return None,
    })
}
