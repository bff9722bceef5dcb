//! The routes that are open where nothing says which level is wanted: a label gives none, has expired, or there is no
//! label. Each is an alternative with its level and fee, so that a person can decide.

use crate::domain::{Level, Scheme};
use crate::plan::route::form;
use crate::plan::{Alternative, Context, HeldLabel, Outcome, fee};
use crate::rules::fits;
use crate::rules::tables::{Recognition, Route};

/// Returns the renewal of each expired label that would give a level, and the standard form of each level.
pub(crate) fn routes(context: Context<'_>, labels: &[HeldLabel]) -> Vec<Alternative> {
    let request = &context.application.request;
    if request.level.is_given() || request.level.is_faulty() {
        return Vec::new();
    }
    let renewed = labels
        .iter()
        .filter_map(|held| renewed(context, held))
        .filter_map(|(level, remark)| alternative(context, Route::Mra, level, remark));
    let remark = "every provision of the level is answered one by one";
    let standard = Level::ALL
        .iter()
        .filter_map(|level| alternative(context, Route::Standard, *level, remark.to_owned()));
    renewed.chain(standard).collect()
}

/// Returns the level that an expired label would give again by mutual recognition.
fn renewed(context: Context<'_>, held: &HeldLabel) -> Option<(Level, String)> {
    let scheme: Scheme = held
        .label
        .scheme
        .given()
        .filter(|_| held.outcome == Outcome::Expired)?;
    let timeline = context.book.arrangements.get(&scheme)?;
    let edition = timeline.in_force_on(context.on)?;
    let category = context.application.product.category.given();
    let mut rows = edition.body.rows.iter();
    let row = rows.find(|row| fits(&row.when, &held.label, category))?;
    let level = row.level.filter(|_| row.outcome == Recognition::Mra)?;
    let remark = format!("once the {} is renewed", edition.body.short);
    Some((level, remark))
}

fn alternative(
    context: Context<'_>,
    route: Route,
    level: Level,
    remark: String,
) -> Option<Alternative> {
    let form = form(context, route, level)?;
    let fee = fee::amount(context, &form.id).map(|(fee, _)| fee);
    Some(Alternative {
        route,
        form,
        level,
        fee,
        remark,
    })
}
