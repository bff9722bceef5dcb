//! Whether the standard application of the level applied for is complete, so that no label has to decide.

use crate::diag::Severity;
use crate::plan::route::{self, Chosen};
use crate::plan::{Context, Notes, answers, provisions, requirements};
use crate::rules::tables::{DeviceClass, Route};

/// Returns true if a level is applied for and its standard form lacks no answer and no document.
pub(crate) fn is_complete(context: Context<'_>, class: DeviceClass) -> bool {
    let Some(level) = context.application.request.level.given() else {
        return false;
    };
    let chosen = Chosen {
        route: Some(Route::Standard),
        form: route::form(context, Route::Standard, level),
        level: Some(level),
        simplified: false,
        class,
    };
    let mut notes = Notes::default();
    let texts = answers::faults(context.application);
    provisions::lines(context, &chosen, &texts, &mut notes);
    requirements::documents(context, &chosen, &mut notes);
    let mut findings = notes.findings.iter();
    chosen.form.is_some() && findings.all(|one| one.severity() != Severity::Error)
}
