//! The provisions of the level, each with its answer, and what is wrong with the answers.

use crate::diag::nearest::nearest;
use crate::diag::{Code, Finding, Place};
use crate::domain::{Answer, Citation, EvidencePath, Level, Support};
use crate::plan::route::Decision;
use crate::plan::traits::{Conditions, Holds};
use crate::plan::{Context, HeldLabel, Notes, route};
use crate::rules::Edition;
use crate::rules::tables::{LevelRow, ProvisionRow, Provisions, Recognition, Route, Status};

/// Whether a provision applies to the product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applies {
    /// It does, and cannot be inapplicable.
    Always,
    /// It does, as far as the traits say; `stated` when they say so outright.
    While {
        /// The conditions, for people.
        conditions: String,
        /// The traits state every one.
        stated: bool,
    },
    /// No trait says that it does; an answer is asked for, not required.
    Unlikely {
        /// The conditions, for people.
        conditions: String,
    },
    /// A trait says that it does not.
    Never {
        /// The condition that does not hold, for people.
        condition: String,
    },
}

/// A provision with its answer.
#[derive(Clone, Debug)]
pub struct ProvisionLine {
    /// Its number.
    pub id: String,
    /// The clause it belongs to.
    pub clause: String,
    /// What it is about.
    pub title: String,
    /// Its status in the standard.
    pub status: Status,
    /// The lowest level that asks for it; `None` when only the manifest brings it up.
    pub level: Option<Level>,
    /// Whether it applies.
    pub applies: Applies,
    /// The answer.
    pub support: Option<Support>,
    /// How it is met, or why it is not applicable.
    pub detail: Option<String>,
    /// The files that show it.
    pub evidence: Vec<EvidencePath>,
    /// What evidence is looked for.
    pub hint: Option<String>,
    /// Belongs to the lifecycle rather than to the device.
    pub lifecycle: bool,
}

/// Returns the provisions of the level, and those answered beyond it, in the order of the standard.
pub(crate) fn lines(
    context: Context<'_>,
    decision: &Decision,
    labels: &[HeldLabel],
    notes: &mut Notes,
) -> Vec<ProvisionLine> {
    let Some((level, way)) = decision.level.zip(decision.route) else {
        return Vec::new();
    };
    let table = context
        .book
        .levels
        .get(&decision.class)
        .and_then(|timeline| timeline.in_force_on(context.on));
    let (Some(catalogue), Some(table)) = (context.book.provisions.in_force_on(context.on), table)
    else {
        route::rules_unknown(context, "which provisions a level asked for", notes);
        return Vec::new();
    };
    let conditions = Conditions::read(context, &catalogue.body, notes);
    let answers = answers(context, catalogue, notes);
    let strict = way == Route::Standard && !decision.simplified;
    let basis = labels
        .iter()
        .any(|held| held.outcome != Recognition::NotRecognised);
    let mut lines = Vec::new();
    for row in &catalogue.body.rows {
        let asked = table.body.rows.iter().find(|asked| {
            asked.level <= level && asked.provisions.iter().any(|id| id.as_str() == row.id)
        });
        let answer = answers
            .iter()
            .find(|answer| answer.id.as_str() == row.id)
            .copied();
        if asked.is_none() && answer.is_none() {
            continue;
        }
        let line = line(row, asked, answer, &conditions);
        let source = asked.map(|asked| context.book.cite(table, asked));
        if asked.is_some() {
            check_asked(&line, answer, strict, basis, source, notes);
        } else {
            check_beyond(&line, answer, notes);
        }
        lines.push(line);
    }
    lines
}

fn line(
    row: &ProvisionRow,
    asked: Option<&LevelRow>,
    answer: Option<&Answer>,
    conditions: &Conditions<'_>,
) -> ProvisionLine {
    let ids = asked
        .and_then(|asked| asked.conditions.as_ref())
        .unwrap_or(&row.conditions);
    ProvisionLine {
        id: row.id.clone(),
        clause: row.clause.clone(),
        title: row.title.clone(),
        status: row.status,
        level: asked.map(|asked| asked.level),
        applies: applies(ids.iter(), conditions),
        support: answer.and_then(|answer| answer.support),
        detail: answer.and_then(|answer| answer.detail.clone()),
        evidence: answer
            .map(|answer| answer.evidence.clone())
            .unwrap_or_default(),
        hint: row.evidence.clone(),
        lifecycle: row.id.starts_with("CK-"),
    }
}

fn applies<'a>(ids: impl Iterator<Item = &'a String>, conditions: &Conditions<'_>) -> Applies {
    let found: Vec<_> = ids.filter_map(|id| conditions.of(id)).collect();
    let texts = || {
        found
            .iter()
            .map(|(row, _)| row.text.as_str())
            .collect::<Vec<_>>()
            .join(" and ")
    };
    if found.is_empty() {
        return Applies::Always;
    }
    if let Some((row, _)) = found.iter().find(|(_, holds)| *holds == Holds::Denied) {
        return Applies::Never {
            condition: row.text.clone(),
        };
    }
    if found.iter().any(|(_, holds)| *holds == Holds::Unlikely) {
        return Applies::Unlikely {
            conditions: texts(),
        };
    }
    Applies::While {
        conditions: texts(),
        stated: found.iter().all(|(_, holds)| *holds == Holds::Stated),
    }
}

/// Returns the answers that name a provision; unknown and repeated ones are findings.
fn answers<'a>(
    context: Context<'a>,
    catalogue: &Edition<Provisions>,
    notes: &mut Notes,
) -> Vec<&'a Answer> {
    let mut answers: Vec<&Answer> = Vec::new();
    let sections = [
        ("provisions", &context.application.provisions),
        ("lifecycle", &context.application.lifecycle),
    ];
    for (section, answer) in sections
        .into_iter()
        .flat_map(|(section, answers)| answers.iter().map(move |answer| (section, answer)))
    {
        let place = Place::Key(format!("{section}.{}", answer.written));
        if let Some(first) = answers.iter().find(|first| first.id == answer.id) {
            let message = format!(
                "`{}` and `{}` are one provision, answered twice",
                first.written, answer.written
            );
            notes.findings.push(Finding::new(
                Code::ProvisionAnsweredTwice,
                place,
                message,
                "keep one answer",
            ));
        } else if catalogue
            .body
            .rows
            .iter()
            .any(|row| row.id == answer.id.as_str())
        {
            answers.push(answer);
        } else {
            notes
                .findings
                .push(unknown(context, catalogue, answer, place));
        }
    }
    answers
}

fn unknown(
    context: Context<'_>,
    catalogue: &Edition<Provisions>,
    answer: &Answer,
    place: Place,
) -> Finding {
    let id = answer.id.as_str();
    let earlier = catalogue
        .body
        .rows
        .iter()
        .find(|row| row.later.replaced_by.iter().any(|later| later == id));
    let message = format!(
        "`{}` is not a provision that the rules know",
        answer.written
    );
    if let Some(row) = earlier {
        let note = format!(
            "`{id}` is a number of a later edition of the standard; the scheme's papers use `{}`",
            row.id
        );
        return Finding::new(
            Code::UnknownProvision,
            place,
            message,
            format!("write `{}`", row.id),
        )
        .because(note)
        .citing(context.book.cite(catalogue, row));
    }
    let near = nearest(id, catalogue.body.rows.iter().map(|row| row.id.as_str()));
    let help = near.map_or_else(
        || "remove it; `clspack rules show provisions` lists the numbers".to_owned(),
        |near| format!("write the number of the provision that is meant; `{near}` is the nearest"),
    );
    Finding::new(Code::UnknownProvision, place, message, help)
}

/// Checks the answer to a provision that the level asks for.
fn check_asked(
    line: &ProvisionLine,
    answer: Option<&Answer>,
    strict: bool,
    basis: bool,
    source: Option<Citation>,
    notes: &mut Notes,
) {
    let field = place_of(line, answer);
    let finding = match (answer, line.support) {
        (None, _) => unanswered(line, strict, &field),
        // The answer is there but its word could not be read, which is said already.
        (Some(_), None) => None,
        (Some(_), Some(Support::Yes)) => thin(line, strict && !basis, &field),
        (Some(_), Some(Support::No)) => Some(Finding::at(
            Code::ProvisionNotMet,
            format!("{field}.support"),
            format!(
                "`{}` is asked for at this level, and answered `no`",
                line.id
            ),
            if line.level == Some(Level::ALL[0]) {
                "meet the provision before you apply"
            } else {
                "meet the provision before you apply, or apply for a lower level"
            },
        )),
        (Some(_), Some(Support::NotApplicable)) => not_applicable(line, &field),
    };
    notes
        .findings
        .extend(finding.map(|finding| finding.citing_if(source)));
}

fn place_of(line: &ProvisionLine, answer: Option<&Answer>) -> String {
    let section = if line.lifecycle {
        "lifecycle"
    } else {
        "provisions"
    };
    format!(
        "{section}.{}",
        answer.map_or(&line.id, |answer| &answer.written)
    )
}

fn unanswered(line: &ProvisionLine, strict: bool, field: &str) -> Option<Finding> {
    if !strict {
        return None;
    }
    let message = format!("`{}` is not answered: {}", line.id, line.title);
    let write = format!(
        "write `{}: {{ support: yes, detail: …, evidence: […] }}`",
        line.id
    );
    match &line.applies {
        Applies::Always => Some(Finding::at(Code::ProvisionUnanswered, field, message, write)),
        Applies::While { conditions, .. } => Some(Finding::at(Code::ProvisionUnanswered, field, message, format!("{write}, or `support: n/a` with the reason")).because(format!("it applies where {conditions}"))),
        Applies::Unlikely { conditions } => Some(Finding::at(Code::ConditionalUnanswered, field, message, format!("{write}, or `support: n/a` with the reason")).because(format!("it applies where {conditions}; no trait says so, so the declaration gives it as not applicable"))),
        Applies::Never { .. } => None,
    }
}

fn thin(line: &ProvisionLine, strict: bool, field: &str) -> Option<Finding> {
    let missing = match (line.detail.is_some(), line.evidence.is_empty()) {
        (true, false) => return None,
        (false, true) => "neither says how it is met nor names evidence",
        (false, false) => "does not say how it is met",
        (true, true) => "names no evidence",
    };
    let hint = line
        .hint
        .as_deref()
        .map_or_else(String::new, |hint| format!("; looked for: {hint}"));
    strict.then(|| {
        Finding::at(
            Code::AnswerThin,
            field,
            format!("the answer to `{}` {missing}", line.id),
            format!("add `detail` and `evidence`{hint}"),
        )
    })
}

fn not_applicable(line: &ProvisionLine, field: &str) -> Option<Finding> {
    let place = format!("{field}.support");
    match &line.applies {
        Applies::Always => Some(Finding::at(
            Code::NotApplicableNotAllowed,
            place,
            format!(
                "`{}` cannot be answered `n/a`: its status, {}, has no condition",
                line.id, line.status
            ),
            "answer `yes` and say how it is met; where nothing of the kind exists in the product, say so in `detail`",
        )),
        Applies::While {
            conditions,
            stated: true,
        } => Some(
            Finding::at(
                Code::NotApplicableContradicted,
                place,
                format!(
                    "`{}` is answered `n/a`, but the traits say that {conditions}",
                    line.id
                ),
                "answer the provision, or correct `product.traits`",
            )
            .and_also("product.traits", "the traits"),
        ),
        Applies::While { .. } | Applies::Unlikely { .. } if line.detail.is_none() => {
            Some(Finding::at(
                Code::NotApplicableWithoutReason,
                place,
                format!("`{}` is answered `n/a` without a reason", line.id),
                "add `detail:` and why it does not apply to the product",
            ))
        }
        Applies::While { .. } | Applies::Unlikely { .. } | Applies::Never { .. } => None,
    }
}

impl Finding {
    fn and_also(self, field: &str, words: &str) -> Self {
        self.and_at(Place::Field(field.to_owned()), words)
    }
}

/// A provision that the level does not ask for may be unmet, with a reason.
fn check_beyond(line: &ProvisionLine, answer: Option<&Answer>, notes: &mut Notes) {
    if matches!(line.support, Some(Support::No | Support::NotApplicable)) && line.detail.is_none() {
        let message = format!(
            "`{}` is not asked for at this level; it is answered without a reason",
            line.id
        );
        notes.findings.push(Finding::at(
            Code::AnswerThin,
            place_of(line, answer),
            message,
            "add `detail:` and the reason, or remove the answer",
        ));
    }
}
