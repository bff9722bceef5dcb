//! One mistake, one finding: what was said of a field once is not said again in other words.

use std::collections::BTreeSet;

use crate::diag::{Code, Finding, Place, Severity};
use crate::domain::FieldPath;
use crate::plan::{Context, Notes};

/// Drops findings of the plan that only repeat what is wrong with a field already: that it is missing,
/// although it is there and faulty. The first `n_found` findings are those of manifest and evidence.
pub(crate) fn silence(findings: &mut Vec<Finding>, n_found: usize) {
    let said = Said::of(&findings[..n_found]);
    let mut i = 0;
    findings.retain(|finding| {
        i += 1;
        i <= n_found || !(speaks_of_absence(finding.code) && said.holds(finding))
    });
}

/// Codes that follow when a value is not there.
fn speaks_of_absence(code: Code) -> bool {
    matches!(
        code,
        Code::LevelUndecided
            | Code::LabelForOtherModel
            | Code::LabelIncomplete
            | Code::LaboratoryMissing
            | Code::RequiredEvidenceMissing
            | Code::ProvisionUnanswered
            | Code::NotApplicableWithoutReason
            | Code::PublishedPageMissing
            | Code::PublishedPageUnstated
            | Code::AnswerThin
            | Code::ConditionalUnanswered
    )
}

/// The fields that something is wrong with, in order.
#[derive(Default)]
struct Said {
    fields: BTreeSet<FieldPath>,
    /// Those of them that are wrong as a whole, so that nothing below them can be read.
    wholes: BTreeSet<FieldPath>,
}

impl Said {
    fn of(found: &[Finding]) -> Self {
        let mut said = Self::default();
        let manifest = found.iter().filter(|other| {
            other.code.number().starts_with('M') && other.severity() == Severity::Error
        });
        for (code, route) in manifest.filter_map(|other| Some((other.code, route(&other.place)?))) {
            said.fields.insert(route.clone());
            if matches!(code, Code::WrongShape | Code::EmptyField) {
                said.wholes.insert(route.clone());
            }
        }
        said
    }

    /// Returns true if a finding is about such a field, one below it, or one above that is wrong as a whole.
    fn holds(&self, finding: &Finding) -> bool {
        let Some(field) = route(&finding.place) else {
            return false;
        };
        // What is below a field follows it in their order. A manifest that is no table has no fields at all.
        let next = self.fields.range::<FieldPath, _>(field..).next();
        next.is_some_and(|next| next.is_within(field))
            || field.around().any(|table| self.wholes.contains(table))
    }
}

fn route(place: &Place) -> Option<&FieldPath> {
    match place {
        Place::Field(route) | Place::Key(route) => Some(route),
        _ => None,
    }
}

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
