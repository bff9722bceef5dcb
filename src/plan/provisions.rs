//! The provisions of the level, each with its answer, and what is wrong with the answers.

use std::collections::BTreeMap;

use crate::diag::nearest::nearest;
use crate::diag::{Code, Finding, Place};
use crate::domain::{Answer, Application, Exhibit, Field, Level, Support};
use crate::plan::answers::Faults;
use crate::plan::route::Chosen;
use crate::plan::traits::{Conditions, Holds};
use crate::plan::{Context, Notes, provision_checks};
use crate::rules::Edition;
use crate::rules::tables::{LevelRow, ProvisionRow, Provisions, Route, Status};

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
    pub evidence: Vec<Exhibit>,
    /// What evidence is looked for.
    pub hint: Option<String>,
    /// A later edition of the standard makes it depend on a condition.
    pub later_conditional: bool,
    /// Belongs to the lifecycle rather than to the device.
    pub lifecycle: bool,
}

/// Returns the provisions of the level, and those answered beyond it, in the order of the standard.
pub(crate) fn lines(
    context: Context<'_>,
    chosen: &Chosen,
    texts: &Faults<'_>,
    notes: &mut Notes,
) -> Vec<ProvisionLine> {
    let Some((level, way)) = chosen.level.zip(chosen.route) else {
        return Vec::new();
    };
    let table = context
        .book
        .levels
        .get(&chosen.class)
        .and_then(|timeline| timeline.in_force_on(context.on));
    let (Some(catalogue), Some(table)) = (context.book.provisions.in_force_on(context.on), table)
    else {
        notes.unchecked.push("which provisions a level asked for");
        return Vec::new();
    };
    let conditions = Conditions::read(context, &catalogue.body, notes);
    let given = AnswerIndex::read(context, catalogue, notes);
    let strict = way == Route::Standard && !chosen.simplified;
    let mut lines = Vec::new();
    let mut unanswered = Vec::new();
    for row in &catalogue.body.rows {
        let asks = |asked: &&LevelRow| {
            asked.level <= level && asked.provisions.iter().any(|id| id.as_str() == row.id)
        };
        let asked = table.body.rows.iter().find(asks);
        let answer = given.to(row);
        if asked.is_none() && !answer.is_given() {
            continue;
        }
        let line = line(row, asked, answer.given(), &conditions);
        let is_judged = |answer: &Answer| texts.contains_key(&answer.key());
        let found = match (asked, answer) {
            (Some(_), Field::Missing) if strict => provision_checks::unanswered(&line),
            (Some(_), Field::Given(answer)) => {
                provision_checks::asked(&line, answer, strict, is_judged(answer))
            }
            (None, Field::Given(answer)) => {
                provision_checks::beyond(&line, answer, is_judged(answer))
            }
            (_, Field::Missing | Field::Faulty) => None,
        };
        let source = asked.map(|asked| context.book.cite(table, asked));
        let found = found.map(|finding| finding.citing_if(source));
        if answer.is_missing() {
            unanswered.extend(found);
        } else {
            notes.findings.extend(found);
        }
        lines.push(line);
    }
    let provisions = &context.application.provisions;
    let unanswered = provision_checks::none_answered(provisions, &lines, level, unanswered);
    notes.findings.extend(unanswered);
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
        support: answer.and_then(|answer| answer.support.given()),
        detail: answer.and_then(|answer| answer.detail.as_ref().cloned()),
        evidence: answer
            .map(|answer| answer.evidence.to_vec())
            .unwrap_or_default(),
        hint: row.evidence.clone(),
        later_conditional: row.later_conditional,
        lifecycle: row.is_of_lifecycle(),
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

/// The answers that name a provision, by its number; faulty where a misspelt number was most likely meant for it.
struct AnswerIndex<'a> {
    application: &'a Application,
    answers: BTreeMap<String, Field<&'a Answer>>,
}

impl<'a> AnswerIndex<'a> {
    /// Reads the answers; unknown and repeated numbers are findings.
    fn read(context: Context<'a>, catalogue: &Edition<Provisions>, notes: &mut Notes) -> Self {
        let application = context.application;
        let mut given = Self {
            application,
            answers: BTreeMap::new(),
        };
        for answer in application.answers() {
            let place = Place::Key(answer.field());
            let id = answer.id.as_str();
            if let Some(Field::Given(first)) = given.answers.get(id) {
                let message = format!(
                    "`{}` and `{}` are one provision, answered twice",
                    first.written, answer.written
                );
                let finding = Finding::new(
                    Code::ProvisionAnsweredTwice,
                    place,
                    message,
                    "keep one answer",
                );
                notes.findings.push(finding);
            } else if catalogue.body.rows.iter().any(|row| row.id == id) {
                given.answers.insert(id.to_owned(), Field::Given(answer));
            } else {
                let (finding, meant) = unknown(context, catalogue, answer, place);
                notes.findings.push(finding);
                for id in meant {
                    given.answers.entry(id).or_insert(Field::Faulty);
                }
            }
        }
        given
    }

    /// Returns the answer to a provision. Where its section cannot be read, it may be anything.
    fn to(&self, row: &ProvisionRow) -> Field<&'a Answer> {
        let section = if row.is_of_lifecycle() {
            &self.application.lifecycle
        } else {
            &self.application.provisions
        };
        let found = self.answers.get(&row.id).copied().unwrap_or_default();
        if found.is_missing() && section.is_faulty() {
            return Field::Faulty;
        }
        found
    }
}

fn unknown(
    context: Context<'_>,
    catalogue: &Edition<Provisions>,
    answer: &Answer,
    place: Place,
) -> (Finding, Vec<String>) {
    let id = answer.id.as_str();
    let rows = catalogue.body.rows.iter();
    let earlier: Vec<&ProvisionRow> = rows
        .filter(|row| row.later.replaced_by.iter().any(|later| later == id))
        .collect();
    let message = format!(
        "`{}` is not a provision that the rules know",
        answer.written
    );
    if let Some(first) = earlier.first().copied() {
        let ids: Vec<String> = earlier.iter().map(|row| row.id.clone()).collect();
        let shown: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
        let note = format!(
            "`{id}` is a number of a later edition of the standard; the scheme's documents use {}",
            shown.join(" and ")
        );
        let finding = Finding::new(Code::UnknownProvision, place, message, in_earlier(&earlier))
            .because(note)
            .citing(context.book.cite(catalogue, first));
        return (finding, ids);
    }
    let near = nearest(id, catalogue.body.rows.iter().map(|row| row.id.as_str()));
    let help = near.map_or_else(
        || "remove it; `clspack explain` lists the numbers".to_owned(),
        |near| format!("write the number of the provision that is meant; `{near}` is the nearest"),
    );
    let finding = Finding::new(Code::UnknownProvision, place, message, help);
    (finding, near.map(str::to_owned).into_iter().collect())
}

/// Returns what to write for a number of the later edition. Where that edition split a provision, its parts
/// share one answer; where it joined several, each has its own.
fn in_earlier(earlier: &[&ProvisionRow]) -> String {
    let listed = |ids: &[String]| {
        let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
        ids.join(" and ")
    };
    match earlier {
        [one] if one.later.replaced_by.len() > 1 => format!(
            "answer `{}` once, with what {} say together",
            one.id,
            listed(&one.later.replaced_by)
        ),
        [one] => format!("write `{}`", one.id),
        several => {
            let ids: Vec<String> = several.iter().map(|row| row.id.clone()).collect();
            format!("answer {} in its place, each once", listed(&ids))
        }
    }
}
