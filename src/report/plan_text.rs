//! A plan as text for people: what to file first, then why, then the way.

use std::fmt::Write as _;

use crate::diag::{Code, Severity};
use crate::domain::Citation;
use crate::plan::{
    Alternative, DocumentNeed, DocumentState, HeldLabel, LimitedBy, Plan, Question, Reason, State,
    Step,
};
use crate::report::{not_searched, waived};
use crate::rules::tables::{Recognition, Route};

/// Returns the plan as text. `product` is what the product is called.
pub fn text(plan: &Plan, product: &str) -> String {
    let mut out = format!("Plan for {product}, on {}\n\n", plan.on);
    for (name, value) in head(plan) {
        line(&mut out, name, &value);
    }
    let mut sources = Sources::default();
    section(
        &mut out,
        "Why",
        plan.reasons
            .iter()
            .map(|one| reason(one, &mut sources))
            .collect(),
    );
    section(
        &mut out,
        "Open questions",
        plan.questions.iter().map(question).collect(),
    );
    section(
        &mut out,
        not_searched::TITLE,
        plan.not_searched.iter().map(not_searched::line).collect(),
    );
    section(
        &mut out,
        waived::TITLE,
        plan.waived.iter().map(waived::line).collect(),
    );
    section(
        &mut out,
        "Other ways",
        plan.alternatives.iter().map(alternative).collect(),
    );
    section(
        &mut out,
        "Labels of other schemes",
        plan.labels
            .iter()
            .map(|one| label(one, &mut sources))
            .collect(),
    );
    section(
        &mut out,
        "Documents",
        plan.documents.iter().map(document).collect(),
    );
    section(
        &mut out,
        "Steps",
        plan.to_do().enumerate().map(step).collect(),
    );
    out.push('\n');
    out.push_str(&outlook(plan));
    let numbered = |(i, source): (usize, &&Citation)| format!("[{}] {source}", i + 1);
    section(
        &mut out,
        "Sources",
        sources.0.iter().enumerate().map(numbered).collect(),
    );
    out
}

fn reason<'p>(reason: &'p Reason, sources: &mut Sources<'p>) -> String {
    let text = format!("{:<11}{}", reason.about, reason.because);
    sources.mark(&text, reason.source.as_ref())
}

fn question(question: &Question) -> String {
    let whom = question
        .contact
        .as_ref()
        .map_or_else(String::new, |contact| {
            format!("\n    ask {} <{}>", contact.name, contact.email)
        });
    format!("{}{whom}", question.text)
}

fn alternative(other: &Alternative) -> String {
    let fee = other.fee.map_or_else(
        || "a fee that no source gives".to_owned(),
        |fee| fee.to_string(),
    );
    format!(
        "form {} gives Level {} for {fee}: {}",
        other.form.id, other.level, other.remark
    )
}

fn label<'p>(held: &'p HeldLabel, sources: &mut Sources<'p>) -> String {
    let mark = if held.recognition() == Recognition::NotRecognised {
        "gives nothing"
    } else {
        "counts"
    };
    let number = held.label.number.as_deref().unwrap_or("without number");
    sources.mark(
        &format!("{} {number}: {mark}; {}", held.short, held.why),
        held.source.as_ref(),
    )
}

fn document(need: &DocumentNeed) -> String {
    let state = match need.state {
        DocumentState::Prepared => "prepared by this tool",
        DocumentState::Signed => "signed",
        DocumentState::There => "there",
        DocumentState::Missing => "missing",
    };
    format!("{}: {state}", need.title)
}

fn step((i, step): (usize, &Step)) -> String {
    let tail: Vec<_> = step
        .url
        .iter()
        .chain(&step.contact)
        .map(|text| format!("\n    {text}"))
        .collect();
    format!("{}. {}{}", i + 1, step.text, tail.concat())
}

/// The sources of a text, each once, in the order in which they are first named.
#[derive(Default)]
struct Sources<'p>(Vec<&'p Citation>);

impl<'p> Sources<'p> {
    /// Returns the text with the number of its source.
    fn mark(&mut self, text: &str, source: Option<&'p Citation>) -> String {
        let Some(source) = source else {
            return text.to_owned();
        };
        let known = self.0.iter().position(|known| *known == source);
        let number = known.unwrap_or_else(|| {
            self.0.push(source);
            self.0.len() - 1
        });
        format!("{text} [{}]", number + 1)
    }
}

/// Returns the outlook as text.
pub fn outlook(plan: &Plan) -> String {
    let mut out = String::from("Outlook: what the labels give in other countries\n");
    if plan.outlook.is_empty() {
        out.push_str("  nothing, as long as no level is decided\n");
    }
    for line in &plan.outlook {
        let mark = match (line.held, line.open) {
            (true, _) => "held  ",
            (false, true) => "open  ",
            (false, false) => "closed",
        };
        let _ = write!(
            out,
            "  {mark}  {:<18} {} ({}), by {}, since {}",
            line.country, line.gives, line.kind, line.basis, line.since
        );
        for more in line
            .pinned
            .iter()
            .map(|pinned| format!("pinned to {pinned}"))
            .chain(line.remark.clone())
        {
            let _ = write!(out, "\n          {more}");
        }
        let _ = writeln!(
            out,
            "\n          {}, {}",
            line.arrangement, line.source.confidence
        );
    }
    out
}

fn head(plan: &Plan) -> Vec<(&'static str, String)> {
    let unknown = || "unknown".to_owned();
    let form = plan.form.as_ref();
    vec![
        ("state", format!("{} ({})", plan.state, explain(plan))),
        (
            "route",
            plan.route
                .map_or_else(unknown, |route| format!("{route} ({})", self::route(route))),
        ),
        (
            "form",
            form.map_or_else(
                || "none".to_owned(),
                |form| format!("{}, {}", form.id, form.name),
            ),
        ),
        (
            "link",
            form.and_then(|form| form.url.clone())
                .unwrap_or_else(unknown),
        ),
        (
            "level",
            plan.level.map_or_else(unknown, |level| {
                if plan.simplified {
                    format!("{level} (simplified application, to be confirmed)")
                } else {
                    level.to_string()
                }
            }),
        ),
        ("fee", plan.fee.map_or_else(unknown, |fee| fee.to_string())),
        (
            "validity",
            plan.validity.as_ref().map_or_else(unknown, |validity| {
                let limit = match validity.limited_by {
                    LimitedBy::Cap => "the longest term".to_owned(),
                    LimitedBy::Support => format!(
                        "ends with the support; support until {} would gain {} days",
                        validity.cap, validity.gain_days
                    ),
                };
                format!(
                    "{} to {} (estimate; {limit})",
                    validity.from, validity.until
                )
            }),
        ),
    ]
}

/// Says what the state of a plan means; where no form applies there is nothing to complete.
pub fn explain(plan: &Plan) -> &'static str {
    match (plan.state, &plan.form) {
        (State::Confirm | State::ToSign | State::Ready, None) => {
            "no form is known for this product; a question is open"
        }
        (State::Confirm, Some(_)) => confirm(plan),
        (state, _) => self::state(state),
    }
}

/// Says what there is to confirm.
fn confirm(plan: &Plan) -> &'static str {
    let is_open = plan
        .findings
        .iter()
        .any(|one| one.severity() == Severity::Confirm && one.code != Code::EvidenceNotSearched);
    match (is_open, plan.to_look_through().next()) {
        (_, None) => state(State::Confirm),
        (false, Some(_)) => {
            "complete; a person has to look through files that could not be searched"
        }
        (true, Some(_)) => {
            "complete except for a question that no published source answers, and files that a person has to look through"
        }
    }
}

/// Says what a state means.
pub fn state(state: State) -> &'static str {
    match state {
        State::Blocked => "correct the errors first",
        State::Confirm => "complete except for a question that no published source answers",
        State::ToSign => "complete; the declaration must be signed",
        State::Ready => "complete and signed",
    }
}

fn route(route: Route) -> &'static str {
    match route {
        Route::Mra => "mutual recognition of a label held",
        Route::Standard => "the standard form of the level",
        Route::None => "no form of this scheme",
    }
}

fn line(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "  {name:<10}{value}");
}

fn section(out: &mut String, title: &str, items: Vec<String>) {
    if !items.is_empty() {
        let _ = writeln!(out, "\n{title}");
        for item in items {
            let _ = writeln!(out, "  {item}");
        }
    }
}
