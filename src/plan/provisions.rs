//! The provisions of the level, each with its answer, and what is wrong with the answers.

use crate::diag::nearest::nearest;
use crate::diag::{Code, Finding, Place};
use crate::domain::{Answer, Exhibit, Level, Support};
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
    let given = Given::read(context, catalogue, notes);
    let n_before = notes.findings.len();
    let strict = way == Route::Standard && !chosen.simplified;
    let mut lines = Vec::new();
    for row in &catalogue.body.rows {
        let asks = |asked: &&LevelRow| {
            asked.level <= level && asked.provisions.iter().any(|id| id.as_str() == row.id)
        };
        let asked = table.body.rows.iter().find(asks);
        let answer = given
            .answers
            .iter()
            .find(|answer| answer.id.as_str() == row.id)
            .copied();
        if asked.is_none() && answer.is_none() {
            continue;
        }
        let line = line(row, asked, answer, &conditions);
        if let Some(asked) = asked.filter(|_| answer.is_some() || !given.meant.contains(&row.id)) {
            let found = provision_checks::asked(&line, answer, strict);
            notes
                .findings
                .extend(found.map(|finding| finding.citing(context.book.cite(table, asked))));
        } else {
            notes
                .findings
                .extend(provision_checks::beyond(&line, answer));
        }
        lines.push(line);
    }
    provision_checks::none_answered(&lines, level, &mut notes.findings, n_before);
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
        later_conditional: row.later_conditional,
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

/// The answers that name a provision.
struct Given<'a> {
    answers: Vec<&'a Answer>,
    /// Provisions that a misspelt number was most likely meant for; they are not also unanswered.
    meant: Vec<String>,
}

impl<'a> Given<'a> {
    /// Reads the answers; unknown and repeated numbers are findings.
    fn read(context: Context<'a>, catalogue: &Edition<Provisions>, notes: &mut Notes) -> Self {
        let mut given = Self {
            answers: Vec::new(),
            meant: Vec::new(),
        };
        let application = context.application;
        for answer in application.answers() {
            let place = Place::Key(answer.field());
            if let Some(first) = given.answers.iter().find(|first| first.id == answer.id) {
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
            } else if catalogue
                .body
                .rows
                .iter()
                .any(|row| row.id == answer.id.as_str())
            {
                given.answers.push(answer);
            } else {
                let (finding, meant) = unknown(context, catalogue, answer, place);
                notes.findings.push(finding);
                given.meant.extend(meant);
            }
        }
        given
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
        || "remove it; `clspack rules show provisions` lists the numbers".to_owned(),
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
