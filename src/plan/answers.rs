//! What is wrong with the texts of the answers themselves, at any level.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Code, Finding, Place};
use crate::domain::answers::{Elsewhere, denies, elsewhere, only_affirms};
use crate::domain::phrases::Prose;
use crate::domain::pointing;
use crate::domain::text::shown;
use crate::domain::{Answer, Application, EvidenceKind, Field, FieldPath, ProvisionId, Support};
use crate::plan::{Context, Notes, mentions};

/// From how many letters on a text under several provisions is asked about; shorter ones are words.
const MIN_LETTERS: usize = 12;

/// What is wrong with texts that contradict their answer or point nowhere, by the answer's key. Such a text
/// is not reported as thin too.
pub(crate) type Faults<'a> = BTreeMap<(&'static str, &'a str), Finding>;

/// Returns what is wrong with each text.
pub(crate) fn faults(application: &Application) -> Faults<'_> {
    let sections = [&application.provisions, &application.lifecycle];
    let answers = sections
        .iter()
        .flat_map(|answers| answers.iter().enumerate());
    answers
        .filter_map(|(i, answer)| {
            let text = answer.detail.as_ref()?;
            let prose = Prose::of(text);
            let found = contradicts(answer, text, &prose)
                .or_else(|| points_nowhere(application, answer, (text, &prose), i == 0));
            Some((answer.key(), found?))
        })
        .collect()
}

/// Checks every answer; `faults` are those of the single texts.
pub(crate) fn check(context: Context<'_>, faults: Faults<'_>, notes: &mut Notes) {
    let application = context.application;
    notes.findings.extend(faults.into_values());
    repeated(application.answers(), notes);
    mentions::check(application, notes);
}

/// Returns the route of an answer's text.
pub(crate) fn detail_of(answer: &Answer) -> FieldPath {
    answer.field().key("detail")
}

fn contradicts(answer: &Answer, text: &str, prose: &Prose) -> Option<Finding> {
    let support = answer.support.given()?;
    let (message, help) = match support {
        Support::Yes => (
            format!(
                "`{}` is answered `yes`, but its text says `{}`",
                answer.written,
                shown(denies(text, prose)?)
            ),
            "say how the provision is met now, or change the answer",
        ),
        Support::No | Support::NotApplicable if only_affirms(text) => (
            format!(
                "`{}` is answered `{}`, but its text says `{}`",
                answer.written,
                support,
                shown(text.trim())
            ),
            "change the answer to `yes` and say how the provision is met, or give the reason",
        ),
        Support::No | Support::NotApplicable => return None,
    };
    Some(Finding::at(
        Code::AnswerContradicts,
        detail_of(answer),
        message,
        help,
    ))
}

fn points_nowhere(
    application: &Application,
    answer: &Answer,
    (text, prose): (&str, &Prose),
    is_first: bool,
) -> Option<Finding> {
    let no_file = answer.evidence.is_empty();
    let (lack, help) = match elsewhere(text, prose)? {
        Elsewhere::Attached if no_file => (
            "names no evidence".to_owned(),
            "add `evidence:` and the file, and say in the text what it shows",
        ),
        Elsewhere::Document if no_file && pointing::sends(prose) && !has_documents(application) => {
            (
                "names no evidence".to_owned(),
                "write how the provision is met, and add `evidence:` and the file",
            )
        }
        Elsewhere::AlsoAttached if no_file && !has_documents(application) => (
            "names no evidence".to_owned(),
            "add `evidence:` and the file",
        ),
        Elsewhere::Answer => (
            unanswered(application, answer, prose)?,
            "write how the provision is met",
        ),
        Elsewhere::Above if is_first => (
            "is the first answer".to_owned(),
            "write how the provision is met",
        ),
        Elsewhere::Discussed => (
            "refers to a conversation that the officer does not know".to_owned(),
            "write what was discussed",
        ),
        _ => return None,
    };
    let message = format!(
        "the answer to `{}` says `{}`, but {lack}",
        answer.written,
        shown(text.trim())
    );
    let column = format!("name the file in the column `{} evidence`", answer.written);
    let finding = Finding::at(Code::AnswerPointsNowhere, detail_of(answer), message, help);
    Some(if help.starts_with("add `evidence:`") {
        finding.in_cell(column)
    } else {
        finding
    })
}

/// Returns true if the application has a document to which a text may refer. A photograph of the label is none.
fn has_documents(application: &Application) -> bool {
    let mut of_product = application.evidence.given();
    let laboratory = application.laboratory.as_ref();
    of_product.any(|(kind, _)| kind != EvidenceKind::LabelPhoto)
        || laboratory.is_some_and(|laboratory| !laboratory.report.is_missing())
}

/// Says why none of the answers that a text names can be read instead of it.
fn unanswered(application: &Application, answer: &Answer, prose: &Prose) -> Option<String> {
    let named: Vec<&str> = pointing::answers(prose).collect();
    let is_of = |other: &Answer, id: &str| other.id.as_str().eq_ignore_ascii_case(&clause_six(id));
    let (own, others): (Vec<_>, Vec<_>) = named.into_iter().partition(|id| is_of(answer, id));
    let Some(first) = others.first() else {
        return (!own.is_empty()).then(|| "that is the answer itself".to_owned());
    };
    let has_answer = |id: &&str| application.answers().any(|other| is_of(other, id));
    let written = first.to_uppercase();
    (!others.iter().any(has_answer)).then(|| format!("`{written}` has no answer"))
}

/// Returns the number of a provision as the answers have it: CSA writes 6.1 for 6-1.
fn clause_six(id: &str) -> String {
    let id = id.to_uppercase();
    id.parse::<ProvisionId>()
        .map_or(id, |id| id.as_str().to_owned())
}

/// One text under many provisions answers none of them. What belongs together may share a text: parts of one
/// clause, and what does not apply for one reason.
fn repeated<'a>(answers: impl Iterator<Item = &'a Answer>, notes: &mut Notes) {
    let mut same: BTreeMap<String, Vec<&Answer>> = BTreeMap::new();
    for answer in answers {
        let Some(text) = answer.detail.as_ref() else {
            continue;
        };
        let letters = text.chars().filter(|c| c.is_alphanumeric());
        let plain: String = letters.flat_map(char::to_lowercase).collect();
        // A character of Chinese, Japanese or Korean says as much as several letters.
        let weight: usize = plain
            .chars()
            .map(|c| if c.is_ascii() { 1 } else { 2 })
            .sum();
        if weight >= MIN_LETTERS {
            same.entry(plain).or_default().push(answer);
        }
    }
    for answers in same.into_values().filter(|answers| is_suspicious(answers)) {
        let (Some(first), Some(second)) = (answers.first(), answers.get(1)) else {
            continue;
        };
        let ids: Vec<String> = answers
            .iter()
            .take(4)
            .map(|answer| format!("`{}`", answer.written))
            .collect();
        let more = match answers.len() - ids.len() {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        let message = format!(
            "one text answers {} provisions: {}{more}",
            answers.len(),
            ids.join(", ")
        );
        let help = "say for each how it is met";
        let finding = Finding::at(Code::AnswerRepeated, detail_of(second), message, help);
        notes
            .findings
            .push(finding.and_at(Place::Field(detail_of(first)), "the first of them"));
    }
}

fn is_suspicious(answers: &[&Answer]) -> bool {
    let clauses: BTreeSet<&str> = answers.iter().map(|answer| clause(answer)).collect();
    let applies = answers
        .iter()
        .any(|answer| answer.support == Field::Given(Support::Yes));
    match (applies, clauses.len()) {
        // Updates, keys and personal data have clauses of many parts.
        (true, 1) => answers.len() >= 4,
        (true, _) => answers.len() >= 3,
        // "The product has no account" is the reason for many.
        (false, n) => answers.len() >= 6 && n >= 5,
    }
}

/// Returns the clause of a provision, `5.3` of `5.3-10`.
fn clause(answer: &Answer) -> &str {
    let id = answer.id.as_str();
    id.rsplit_once('-').map_or(id, |(clause, _)| clause)
}
