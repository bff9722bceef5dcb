//! The way through the portal, and what else an applicant of this product should know.

use crate::diag::{Code, Finding};
use crate::domain::{Citation, field};
use crate::plan::route::Chosen;
use crate::plan::{Context, DocumentState, Notes, Plan};
use crate::rules::tables::{Needed, Route, StepWhen};

/// A step on the way.
#[derive(Clone, Debug)]
pub struct Step {
    /// The row's name.
    pub id: String,
    /// What to do.
    pub text: String,
    /// Where.
    pub url: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// The source that states it.
    pub source: Citation,
}

impl Plan {
    /// Returns the steps that are still to do.
    pub fn to_do(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| !self.is_done(step))
    }

    /// Returns true for a step that is done: a signed declaration is not signed again, and a report that is there is
    /// not asked for.
    pub fn is_done(&self, step: &Step) -> bool {
        match step.id.as_str() {
            "sign" => self.is_signed(),
            "laboratory" | "laboratory-review" => {
                let mut needs = self.documents.iter();
                needs.any(|need| {
                    need.kind == Needed::Laboratory.as_str() && need.state == DocumentState::There
                })
            }
            _ => false,
        }
    }
}

/// Returns the steps, in order; those that every check should say are findings too.
pub(crate) fn steps(context: Context<'_>, chosen: &Chosen, notes: &mut Notes) -> Vec<Step> {
    let Some(edition) = context.book.steps.in_force_on(context.on) else {
        return Vec::new();
    };
    if matches!(chosen.route, None | Some(Route::None)) {
        return Vec::new();
    }
    let mut steps = Vec::new();
    for row in edition
        .body
        .rows
        .iter()
        .filter(|row| fits(context, &row.when, chosen, !notes.questions.is_empty()))
    {
        let source = context.book.cite(edition, row);
        if let Some(message) = &row.finding {
            let finding = Finding::at(
                Code::SeeOtherAuthority,
                field!(product.category),
                message.as_str(),
                "register it there too",
            );
            notes.findings.push(finding.citing(source.clone()));
        }
        let contact = row
            .contact
            .as_ref()
            .and_then(|id| context.book.contact(id))
            .map(|contact| contact.email.clone());
        let url = row
            .url
            .clone()
            .or_else(|| chosen.form.as_ref().filter(|_| row.at_form)?.url.clone());
        steps.push(Step {
            id: row.id.clone(),
            text: row.text.clone(),
            url,
            contact,
            source,
        });
    }
    steps
}

fn fits(context: Context<'_>, when: &StepWhen, chosen: &Chosen, open_question: bool) -> bool {
    fn within<T: PartialEq>(set: Option<&Vec<T>>, value: Option<T>) -> bool {
        set.is_none_or(|set| value.is_some_and(|value| set.contains(&value)))
    }
    let applicant = &context.application.applicant;
    let abroad = applicant.abroad().is_some();
    within(when.routes.as_ref(), chosen.route)
        && within(when.levels.as_ref(), chosen.level)
        && within(when.classes.as_ref(), Some(chosen.class))
        && when
            .simplified
            .is_none_or(|simplified| simplified == chosen.simplified)
        && when.abroad.is_none_or(|wanted| wanted == abroad)
        && when
            .filed_by
            .is_none_or(|wanted| wanted == applicant.filed_by.is_given())
        && when
            .open_question
            .is_none_or(|wanted| wanted == open_question)
}
