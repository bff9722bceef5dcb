//! What the rules of the day do not say: asked about, or blocking where a check needed it.

use crate::diag::{Code, Finding};
use crate::plan::{Context, Notes};

/// Says once what the rules of the day do not say. What could not be checked for it blocks: a check that
/// did not run is no pass.
pub(crate) fn rules_unknown(context: Context<'_>, notes: &mut Notes) {
    let help = "write the day on which the application will be submitted; `clspack rules list` shows when each rule begins";
    if let Some(what) = listed(&notes.unchecked) {
        let message = format!(
            "the rules do not say {what} on {}, so that was not checked",
            context.on
        );
        notes.findings.push(Finding::new(
            Code::RulesUnchecked,
            context.day(),
            message,
            help,
        ));
    }
    if let Some(what) = listed(&notes.unknown) {
        let message = format!("the rules do not say {what} on {}", context.on);
        notes.findings.push(Finding::new(
            Code::RulesUnknown,
            context.day(),
            message,
            help,
        ));
        let question = format!("The published sources do not say {what} on {}.", context.on);
        notes.ask("rules", question, context.book.sources.contacts.first());
    }
}

/// Returns the words as a list of a sentence; nothing for none.
fn listed(words: &[&str]) -> Option<String> {
    match words.split_last()? {
        (last, []) => Some((*last).to_owned()),
        (last, rest) => Some(format!("{} and {last}", rest.join(", "))),
    }
}
