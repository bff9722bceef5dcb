//! Which form: scope first, then the labels held, then the level wanted.

use crate::diag::{Code, Finding};
use crate::domain::{Category, Citation, Level, field};
use crate::plan::{
    Alternative, Context, Form, HeldLabel, Notes, Outcome, deciding, fee, undecided,
};
use crate::rules::tables::{DeviceClass, Route, ScopeOutcome, ScopeRow};

/// What the scheme says about the product's category.
pub(crate) struct ScopeFound {
    /// The scheme takes it, or nothing says that it does not.
    pub(crate) taken: bool,
    /// Which provisions it answers.
    pub(crate) class: DeviceClass,
}

/// The way, the form and the level.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    pub(crate) route: Option<Route>,
    pub(crate) form: Option<Form>,
    pub(crate) level: Option<Level>,
    pub(crate) simplified: bool,
    pub(crate) class: DeviceClass,
}

/// Looks up the product's category.
pub(crate) fn scope(context: Context<'_>, notes: &mut Notes) -> ScopeFound {
    let taken = |class| ScopeFound { taken: true, class };
    let Some(category) = context.application.product.category.given() else {
        return taken(DeviceClass::Generic);
    };
    let Some(edition) = context.book.scope.in_force_on(context.on) else {
        notes.unchecked.push("which products the scheme took");
        return taken(DeviceClass::Generic);
    };
    let mut rows = edition.body.rows.iter();
    let Some(row) = rows.find(|row| row.categories.contains(&category)) else {
        return taken(DeviceClass::Generic);
    };
    let source = context.book.cite(edition, row);
    match row.outcome {
        ScopeOutcome::In => {
            let because = format!("the scheme takes products of the category `{category}`");
            notes.reason(
                "scope",
                because,
                Some(field!(product.category)),
                Some(source),
            );
            taken(row.class.unwrap_or(DeviceClass::Generic))
        }
        ScopeOutcome::OtherScheme | ScopeOutcome::Out => {
            out_of_scope(context, row, category, source, notes);
            ScopeFound {
                taken: false,
                class: DeviceClass::Generic,
            }
        }
    }
}

/// An official source names the other scheme; that a category is out is inferred, so that is asked.
fn out_of_scope(
    context: Context<'_>,
    row: &ScopeRow,
    category: Category,
    source: Citation,
    notes: &mut Notes,
) {
    let contact = row.contact.as_ref().and_then(|id| context.book.contact(id));
    let whom = contact.map_or_else(String::new, |contact| format!(" ({})", contact.email));
    let (code, message, help) = if let Some(scheme) = &row.scheme {
        let message = format!("a product of the category `{category}` belongs to {scheme}");
        let help = format!(
            "apply with the forms of {scheme}{whom}; change `category` if the product is not such a device"
        );
        (Code::OtherScheme, message, help)
    } else {
        notes.ask("scope", row.question.clone().unwrap_or_default(), contact);
        let help = format!(
            "ask CSA before you go on{whom}; change `category` if another one fits the product"
        );
        (
            Code::ScopeUnsettled,
            row.reason.clone().unwrap_or_default(),
            help,
        )
    };
    notes.reason(
        "route",
        format!("{message}; no form of this scheme is for it"),
        Some(field!(product.category)),
        Some(source.clone()),
    );
    notes
        .findings
        .push(Finding::at(code, field!(product.category), message, help).citing(source));
}

/// Chooses way, level and form.
pub(crate) fn choose(
    context: Context<'_>,
    labels: &mut [HeldLabel],
    scope: &ScopeFound,
    notes: &mut Notes,
) -> Chosen {
    let undecided = Chosen {
        route: None,
        form: None,
        level: None,
        simplified: false,
        class: scope.class,
    };
    if !scope.taken {
        return Chosen {
            route: Some(Route::None),
            ..undecided
        };
    }
    let by_mra = deciding::level_by_mra(context, labels, &notes.findings);
    // A level that could not be read may be any, and a label that could not be read may be the one that decides.
    let is_open = by_mra.is_none() && is_unread(context, labels);
    if is_open || context.application.request.level.is_faulty() {
        return undecided;
    }
    let wanted = context.application.request.level.given();
    let by_simplified = labels.iter().filter_map(HeldLabel::simplified_level).max();
    let (route, level, simplified) = match (wanted, by_mra, by_simplified) {
        (None, Some(given), _) => (Route::Mra, given, false),
        (Some(wanted), Some(given), _) if wanted <= given => (Route::Mra, given, false),
        (Some(wanted), Some(_), _) => (Route::Standard, wanted, false),
        (None, None, Some(given)) => (Route::Standard, given, true),
        (Some(wanted), None, given) => (Route::Standard, wanted, given == Some(wanted)),
        (None, None, None) => {
            level_undecided(labels, notes);
            return undecided;
        }
    };
    let chosen = Chosen {
        route: Some(route),
        form: self::form(context, route, level),
        level: Some(level),
        simplified,
        class: scope.class,
    };
    deciding::mark(&chosen, labels, &notes.findings);
    explain(context, labels, route, level, simplified, notes);
    match &chosen.form {
        Some(form) => notes.reason(
            "form",
            format!("`{}` is the form of this way and level", form.id),
            None,
            Some(form.source.clone()),
        ),
        None => notes.unknown.push("which form there was"),
    }
    chosen
}

/// Returns true if a label that cannot be read may be the one that decides.
fn is_unread(context: Context<'_>, labels: &[HeldLabel]) -> bool {
    let mut labels = labels.iter();
    context.application.labels.is_faulty() || labels.any(|held| deciding::may_open(context, held))
}

/// Asks for a level; where a label expired, its renewal may give one.
fn level_undecided(labels: &[HeldLabel], notes: &mut Notes) {
    if labels.iter().any(|held| held.outcome == Outcome::Expired) {
        return;
    }
    let message = if labels.is_empty() {
        "no level is applied for, and there is no label that sets one"
    } else {
        "no level is applied for, and none of the labels sets one"
    };
    let finding = Finding::at(
        Code::LevelUndecided,
        field!(application.level),
        message,
        "write `level:` and the level applied for, 1 to 4",
    );
    let in_cell = "write the level applied for, 1 to 4";
    notes.findings.push(finding.in_cell(in_cell));
}

fn explain(
    context: Context<'_>,
    labels: &[HeldLabel],
    route: Route,
    level: Level,
    simplified: bool,
    notes: &mut Notes,
) {
    let wanted = context.application.request.level.given();
    for held in labels {
        notes.reason(
            "recognised",
            held.why.clone(),
            Some(held.field.clone()),
            held.source.clone(),
        );
    }
    let best = labels.iter().find(|held| held.decides);
    match (route, best) {
        (Route::Mra, Some(held)) => {
            notes.reason(
                "route",
                format!("{}, and the form for mutual recognition takes it", held.why),
                Some(held.field.clone()),
                held.source.clone(),
            );
            notes.reason(
                "level",
                "the arrangement sets the level",
                Some(held.field.clone()),
                held.source.clone(),
            );
            let given = labels.iter().filter_map(HeldLabel::mra_level);
            if given.clone().count() > 1 && given.max() == Some(level) {
                // No page says so.
                notes.reason(
                    "level",
                    "of several labels the highest counts, as we read it",
                    Some(held.field.clone()),
                    None,
                );
            }
            level_above_wanted(held, level, wanted, notes);
        }
        (Route::Standard, Some(held)) if simplified => simplified_question(context, held, notes),
        _ => {
            let why = standard_because(labels, level);
            notes.reason(
                "route",
                why,
                wanted.map(|_| field!(application.level)),
                None,
            );
            notes.reason(
                "level",
                format!("Level {level} is applied for"),
                wanted.map(|_| field!(application.level)),
                None,
            );
        }
    }
}

/// The label will show more than was asked for, which the applicant should know.
fn level_above_wanted(held: &HeldLabel, level: Level, wanted: Option<Level>, notes: &mut Notes) {
    let Some(wanted) = wanted.filter(|wanted| *wanted < level) else {
        return;
    };
    let message =
        format!("`level` is {wanted}, but by mutual recognition the label will show Level {level}");
    let write = format!("write `level: {level}`, or leave `level` out");
    let finding = Finding::at(
        Code::LevelAboveWanted,
        field!(application.level),
        message,
        write,
    );
    let finding = finding.in_cell(format!("write {level}, or empty the cell"));
    notes.findings.push(finding.citing_if(held.source.clone()));
}

fn standard_because(labels: &[HeldLabel], level: Level) -> String {
    match labels.iter().filter_map(HeldLabel::mra_level).max() {
        Some(given) => format!(
            "Level {level} is applied for and the labels give Level {given}, so the standard form of Level {level} applies"
        ),
        None if labels.iter().any(|held| held.simplified_level().is_some()) => format!(
            "the labels allow a simplified application at a lower level only, so the standard form of Level {level} applies"
        ),
        None => format!(
            "there is no label that the form for mutual recognition takes, so the standard form of Level {level} applies"
        ),
    }
}

fn simplified_question(context: Context<'_>, held: &HeldLabel, notes: &mut Notes) {
    notes.reason(
        "route",
        format!(
            "{}; it is not on the list of the form for mutual recognition",
            held.why
        ),
        Some(held.field.clone()),
        held.source.clone(),
    );
    notes.reason(
        "level",
        "the common baseline of both schemes sets the level",
        Some(held.field.clone()),
        held.source.clone(),
    );
    let contact = held
        .level
        .and_then(|level| form(context, Route::Standard, level))
        .and_then(|form| form.contact);
    let question = held.question.clone().unwrap_or_default();
    let whom = contact
        .as_ref()
        .map_or("CSA", |contact| &contact.email)
        .to_owned();
    let finding = Finding::at(
        Code::SimplifiedApplication,
        held.field.key("scheme"),
        format!("{}, but no page says how it is made", held.why),
        format!("ask {whom} before you submit: {question}"),
    );
    notes.findings.push(finding.citing_if(held.source.clone()));
    notes.ask("simplified", question, contact.as_ref());
}

/// Returns the form for a way and a level.
pub(crate) fn form(context: Context<'_>, route: Route, level: Level) -> Option<Form> {
    let edition = context.book.forms.in_force_on(context.on)?;
    let row = edition
        .body
        .rows
        .iter()
        .find(|row| row.route == route && row.levels.contains(&level))?;
    Some(Form {
        id: row.id.clone(),
        name: row.name.clone(),
        url: row.url.as_option().cloned(),
        documents: row.documents.clone(),
        contact: context.book.contact(&row.contact).cloned(),
        source: context.book.cite(edition, row),
    })
}

/// Returns the other ways: the standard form beside the one for mutual recognition, and the reverse.
pub(crate) fn alternatives(
    context: Context<'_>,
    chosen: &Chosen,
    labels: &[HeldLabel],
) -> Vec<Alternative> {
    let by_mra = labels.iter().filter_map(HeldLabel::mra_level).max();
    let other = |route, level, remark: &str| {
        let form = form(context, route, level)?;
        let fee = fee::amount(context, &form.id).map(|(fee, _)| fee);
        Some(Alternative {
            route,
            level,
            fee,
            form,
            remark: remark.to_owned(),
        })
    };
    match (chosen.route, chosen.level, by_mra) {
        (Some(Route::Mra), Some(level), _) => {
            let remark = "every provision of the level is answered one by one";
            let wanted = context.application.request.level.given();
            let wanted = wanted.filter(|wanted| *wanted != level);
            let levels = wanted.into_iter().chain([level]);
            levels
                .filter_map(|level| other(Route::Standard, level, remark))
                .collect()
        }
        (Some(Route::Standard), Some(_), Some(given)) => other(
            Route::Mra,
            given,
            "by the labels, at the level that they give",
        )
        .into_iter()
        .collect(),
        (None, None, _) if !is_unread(context, labels) => undecided::routes(context, labels),
        _ => Vec::new(),
    }
}
