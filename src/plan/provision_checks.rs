//! What is wrong with the answers to provisions.

use crate::diag::{Code, Finding, Place};
use crate::domain::answers::{gives_no_reason, only_affirms, only_refers};
use crate::domain::text::shown;
use crate::domain::{Answer, FieldPath, Level, List, Support, field};
use crate::plan::provisions::{Applies, ProvisionLine};

/// Checks the answer to a provision that the level asks for. A text that is judged already is
/// not reported as thin too.
pub(crate) fn asked(
    line: &ProvisionLine,
    answer: &Answer,
    strict: bool,
    is_judged: bool,
) -> Option<Finding> {
    let field = answer.field();
    match (line.support?, &line.applies) {
        (Support::Yes, _) | (Support::NotApplicable, Applies::Never { .. }) if is_judged => None,
        (Support::Yes, _) => empty(line, &field).or_else(|| thin(line, answer).filter(|_| strict)),
        (Support::No, _) => Some(not_met(line, &field)),
        (Support::NotApplicable, _) => not_applicable(line, answer, &field)
            .filter(|finding| !is_judged || finding.code != Code::AnswerThin),
    }
}

/// Says that a provision is not answered.
pub(crate) fn unanswered(line: &ProvisionLine) -> Option<Finding> {
    let section = if line.lifecycle {
        "lifecycle"
    } else {
        "provisions"
    };
    let field = FieldPath::of([section.into(), line.id.clone().into()]);
    let message = format!("`{}` is not answered ({})", line.id, line.title);
    let write = format!(
        "write `{}: {{ support: yes, detail: …, evidence: […] }}`",
        line.id
    );
    let or = format!("{write}, or `support: n/a` with the reason");
    let (code, help, note) = match &line.applies {
        Applies::Always => (Code::ProvisionUnanswered, write, None),
        Applies::While { conditions, .. } => (
            Code::ProvisionUnanswered,
            or,
            Some(format!("it applies where {conditions}")),
        ),
        Applies::Unlikely { conditions } => {
            let note = format!(
                "it applies where {conditions}; no trait says so, so the declaration gives it as not applicable"
            );
            (Code::ConditionalUnanswered, or, Some(note))
        }
        Applies::Never { .. } => return None,
    };
    let finding = Finding::at(code, field, message, help)
        .in_cell("write `yes`, `no` or `n/a`, with a text and a file of evidence beside it");
    Some(match note {
        Some(note) => finding.because(note),
        None => finding,
    })
}

/// Says in one finding what would be dozens: that not one provision is answered. Where an answer cannot be read, it
/// says nothing. `unanswered` are the findings of the single provisions.
pub(crate) fn none_answered(
    provisions: &List<Answer>,
    lines: &[ProvisionLine],
    level: Level,
    unanswered: Vec<Finding>,
) -> Vec<Finding> {
    let answered = lines.iter().any(|line| line.support.is_some());
    if unanswered.len() < 2 || answered {
        return unanswered;
    }
    if provisions.is_faulty() || provisions.iter().any(Answer::is_faulty) {
        return Vec::new();
    }
    let source = unanswered.first().and_then(|one| one.source.clone());
    let asked = lines.iter().filter(|line| line.level.is_some());
    let ids: Vec<_> = asked.map(|line| line.id.as_str()).collect();
    let n_asked = ids.len();
    let message = format!("none of the {n_asked} provisions of Level {level} is answered");
    let help = "write each under `provisions:` (or `lifecycle:`), such as `5.1-1: { support: yes, detail: …, evidence: […] }`";
    let finding = Finding::at(Code::ProvisionUnanswered, field!(provisions), message, help);
    let finding = finding.in_cell(
        "answer each in columns such as `5.1-1`, `5.1-1 detail` and `5.1-1 evidence`, or in a second sheet `Answers`",
    );
    vec![finding.because(ids.join(", ")).citing_if(source)]
}

fn not_met(line: &ProvisionLine, field: &FieldPath) -> Finding {
    let help = if line.level == Some(Level::ALL[0]) {
        "meet the provision before you apply"
    } else {
        "meet the provision before you apply, or apply for a lower level"
    };
    let message = format!("this level asks for `{}`, but the answer is `no`", line.id);
    Finding::at(Code::ProvisionNotMet, field.key("support"), message, help)
}

/// A text that only repeats the answer is worse than none: it looks like one.
fn empty(line: &ProvisionLine, field: &FieldPath) -> Option<Finding> {
    let text = line.detail.as_deref()?;
    let is_empty = only_affirms(text) || only_refers(text);
    is_empty.then(|| {
        let message = format!(
            "the answer to `{}` says `{}`, which does not say how it is met",
            line.id,
            shown(text.trim())
        );
        let help = format!("write how the provision is met{}", hint(line));
        Finding::at(Code::AnswerThin, field.key("detail"), message, help)
    })
}

fn hint(line: &ProvisionLine) -> String {
    line.hint
        .as_deref()
        .map_or_else(String::new, |hint| format!("; looked for: {hint}"))
}

fn thin(line: &ProvisionLine, answer: &Answer) -> Option<Finding> {
    if answer.is_faulty() {
        return None;
    }
    let (lack, add) = match (line.detail.is_some(), line.evidence.is_empty()) {
        (true, false) => return None,
        (false, true) => (
            "neither says how it is met nor names evidence",
            "`detail` and `evidence`",
        ),
        (false, false) => ("does not say how it is met", "`detail`"),
        (true, true) => ("names no evidence", "`evidence`"),
    };
    let hint = hint(line);
    let message = format!("the answer to `{}` {lack}", line.id);
    Some(Finding::at(
        Code::AnswerThin,
        answer.field(),
        message,
        format!("add {add}{hint}"),
    ))
}

fn not_applicable(line: &ProvisionLine, answer: &Answer, field: &FieldPath) -> Option<Finding> {
    let place = field.key("support");
    match &line.applies {
        Applies::Always => {
            let message = format!(
                "`{}` cannot be answered `n/a`: it applies to every product (status {})",
                line.id, line.status
            );
            let help = if line.later_conditional {
                "answer it; a later edition of the standard knows a condition, so ask CSA if nothing of the kind exists in the product"
            } else {
                "answer it and say how it is met"
            };
            Some(Finding::at(
                Code::NotApplicableNotAllowed,
                place,
                message,
                help,
            ))
        }
        Applies::While {
            conditions,
            stated: true,
        } => {
            let message = format!(
                "`{}` is answered `n/a`, but the traits say that {conditions}",
                line.id
            );
            let finding = Finding::at(
                Code::NotApplicableContradicted,
                place,
                message,
                "answer the provision, or correct `product.traits`",
            );
            Some(finding.and_at(Place::Field(field!(product.traits)), "the traits"))
        }
        Applies::While { .. } | Applies::Unlikely { .. } if answer.detail.is_missing() => {
            Some(lacks_reason(line, place))
        }
        Applies::While { .. } | Applies::Unlikely { .. } => no_reason(line, field),
        Applies::Never { .. } => empty_beside_a_trait(line, field),
    }
}

/// A text that is no reason is an error; one that refers to a reason elsewhere is only a warning.
fn no_reason(line: &ProvisionLine, field: &FieldPath) -> Option<Finding> {
    let text = line.detail.as_deref()?;
    if !is_no_reason(text) {
        let help = "write why it does not apply to the product";
        return only_refers(text).then(|| without_reason(line, field, text, help));
    }
    let message = format!(
        "`{}` is answered `n/a`, but `{}` is not a reason",
        line.id,
        shown(text.trim())
    );
    let help = "write in a sentence why it does not apply to the product";
    let code = Code::NotApplicableWithoutReason;
    Some(Finding::at(code, field.key("detail"), message, help))
}

fn lacks_reason(line: &ProvisionLine, place: FieldPath) -> Finding {
    let message = format!("`{}` is answered `n/a` without a reason", line.id);
    let help = "add `detail:` and why it does not apply to the product";
    let column = format!(
        "write in the column `{} detail` why it does not apply to the product",
        line.id
    );
    Finding::at(Code::NotApplicableWithoutReason, place, message, help).in_cell(column)
}

/// A trait is the reason; a text beside it should not be empty.
fn empty_beside_a_trait(line: &ProvisionLine, field: &FieldPath) -> Option<Finding> {
    let text = line.detail.as_deref()?;
    let help = "write why it does not apply to the product, or remove `detail`";
    let is_empty = is_no_reason(text) || only_refers(text);
    is_empty.then(|| without_reason(line, field, text, help))
}

fn without_reason(line: &ProvisionLine, field: &FieldPath, text: &str, help: &str) -> Finding {
    let message = format!(
        "the answer to `{}` says `{}`, which gives no reason",
        line.id,
        shown(text.trim())
    );
    let in_cell = "write why it does not apply to the product, or empty the cell";
    let finding = Finding::at(Code::AnswerThin, field.key("detail"), message, help);
    finding.in_cell(in_cell)
}

/// What says that it does apply is a contradiction, which is reported elsewhere.
fn is_no_reason(text: &str) -> bool {
    gives_no_reason(text) && !only_affirms(text)
}

/// A provision that the level does not ask for may be unmet, with a reason.
pub(crate) fn beyond(line: &ProvisionLine, answer: &Answer, is_judged: bool) -> Option<Finding> {
    let unmet = matches!(line.support, Some(Support::No | Support::NotApplicable));
    if is_judged || !unmet || !answer.detail.is_missing() || answer.is_faulty() {
        return None;
    }
    let message = format!(
        "`{}` is not asked for at this level; it is answered without a reason",
        line.id
    );
    let help = "add `detail:` and the reason, or remove the answer";
    let column = format!(
        "write the reason in the column `{} detail`, or empty the cell",
        line.id
    );
    Some(Finding::at(Code::AnswerThin, answer.field(), message, help).in_cell(column))
}
