//! The provisions and lifecycle items of the level.

use crate::diag::Severity;
use crate::domain::{Answer, Confidence, FieldPath, Support};
use crate::gaps::{Clause, Context, Item, Kind, State, unread};
use crate::plan::{Applies, ProvisionLine};
use crate::rules::guidance::Assessment;

/// Returns an item for each provision that the level asks for.
pub(super) fn items(context: Context<'_>) -> Vec<Item> {
    let lines = context.plan.provisions.iter();
    let asked = lines.filter(|line| line.level.is_some());
    asked.map(|line| item(context, line)).collect()
}

fn item(context: Context<'_>, line: &ProvisionLine) -> Item {
    let page = context.pages.and_then(|pages| pages.page(&line.id));
    let page = page.as_ref();
    let assessment = page.and_then(|page| page.assessment());
    let hint = || line.hint.iter().cloned().collect();
    let there = context.there(line.evidence.iter());
    let findings = context.findings(&field(context, line), &there);
    let mut item = Item {
        id: line.id.clone(),
        kind: if line.lifecycle {
            Kind::Lifecycle
        } else {
            Kind::Provision
        },
        clause: Some(clause(context, line)),
        title: line.title.clone(),
        level: line.level,
        state: State::Complete,
        condition: condition(&line.applies),
        asked: page
            .and_then(|page| page.guidance)
            .map(|row| row.asked.clone()),
        looked_for: assessment.map(|assessment| assessment.looked_for.clone()),
        helps: assessment.map_or_else(hint, |assessment| assessment.evidence.clone()),
        gateway_only: assessment.is_some_and(is_of_gateways),
        answer: line.support,
        missing: missing(line),
        there,
        findings,
    };
    item.missing.extend(unread(&item.there));
    item.state = state(context, line, &item);
    item
}

/// Returns the field of the answer, as the manifest spells its number.
fn field(context: Context<'_>, line: &ProvisionLine) -> FieldPath {
    let mut answers = context.application.answers();
    let section = if line.lifecycle {
        "lifecycle"
    } else {
        "provisions"
    };
    answers
        .find(|answer| answer.id.as_str() == line.id)
        .map_or_else(
            || FieldPath::of([section.into(), line.id.clone().into()]),
            Answer::field,
        )
}

fn clause(context: Context<'_>, line: &ProvisionLine) -> Clause {
    let title = context
        .pages
        .and_then(|pages| pages.clause_title(&line.clause));
    Clause {
        id: line.clause.clone(),
        title: title.unwrap_or_default().to_owned(),
    }
}

fn is_of_gateways(assessment: &Assessment) -> bool {
    assessment.other_devices == Some(Confidence::Inferred)
}

fn condition(applies: &Applies) -> Option<String> {
    match applies {
        Applies::Always => None,
        Applies::While { conditions, .. } | Applies::Unlikely { conditions } => {
            Some(conditions.clone())
        }
        Applies::Never { condition } => Some(condition.clone()),
    }
}

fn missing(line: &ProvisionLine) -> Vec<String> {
    let needs: &[(&str, bool)] = match (line.support, &line.applies) {
        (None | Some(Support::NotApplicable), Applies::Never { .. }) => &[],
        (None, Applies::Always) => &[("an answer", true)],
        (None, Applies::While { .. } | Applies::Unlikely { .. }) => {
            &[("an answer, or `n/a` with the reason", true)]
        }
        (Some(Support::Yes), _) => &[
            ("how the provision is met", line.detail.is_none()),
            ("evidence", line.evidence.is_empty()),
        ],
        (Some(Support::No), _) => &[("a change of the product, since the answer is `no`", true)],
        (Some(Support::NotApplicable), _) => {
            &[("the reason why it does not apply", line.detail.is_none())]
        }
    };
    let missing = needs.iter().filter(|(_, is_missing)| *is_missing);
    missing.map(|(what, _)| (*what).to_owned()).collect()
}

fn state(context: Context<'_>, line: &ProvisionLine, item: &Item) -> State {
    let is_wrong = item
        .findings
        .iter()
        .any(|one| one.severity() == Severity::Error);
    let is_gap = !item.missing.is_empty() || is_wrong;
    match (line.support, &line.applies) {
        (None, Applies::Never { .. }) => State::NotApplicable,
        (None, _) if context.plan.simplified => State::Open,
        (None, _) => State::Missing,
        (Some(_), _) if is_gap => State::Incomplete,
        (Some(Support::NotApplicable), _) => State::NotApplicable,
        (Some(Support::Yes | Support::No), _) => State::Complete,
    }
}
