//! What the answers of `init` lead to, by the same plan that `check` makes.

use crate::diag::{Code, Finding, Place};
use crate::domain::Date;
use crate::manifest::{self, draft};
use crate::plan::{Plan, plan};
use crate::rules::RuleBook;
use crate::rules::tables::Route;
use crate::world::World;

/// What is known before the manifest is complete.
pub(super) struct Outcome {
    /// Form, level and fee, or why there is none yet.
    pub(super) text: String,
    /// What the form asks for beyond what every application needs.
    pub(super) asks: draft::Asks,
}

/// Plans the manifest as far as the answers go.
pub(super) fn of(
    given: &draft::Prefilled,
    book: &RuleBook,
    on: Option<Date>,
    world: &dyn World,
) -> Outcome {
    let text = draft::text(given, book, &draft::Asks::default());
    let manifest = manifest::parse("manifest.yaml", text.into_bytes());
    let Some(application) = &manifest.application else {
        return Outcome {
            text: String::new(),
            asks: draft::Asks::default(),
        };
    };
    let named = on.or(application.request.submission.given());
    let on = named.unwrap_or_else(|| world.today());
    let plan = plan(application, &[], book, on, manifest.findings);
    Outcome {
        text: said(&plan),
        asks: asks(&plan),
    }
}

fn asks(plan: &Plan) -> draft::Asks {
    let asked = |finding: &Finding| match (&finding.place, finding.code) {
        (
            Place::Field(field),
            Code::LaboratoryMissing
            | Code::RequiredEvidenceMissing
            | Code::PublishedPageMissing
            | Code::PublishedPageUnstated,
        ) => Some(field.clone()),
        _ => None,
    };
    let is_strict = plan.route == Some(Route::Standard) && !plan.simplified;
    let provisions = plan
        .provisions
        .iter()
        .filter(|line| is_strict && line.level.is_some());
    draft::Asks {
        fields: plan.findings.iter().filter_map(asked).collect(),
        provisions: provisions
            .map(|line| draft::Asked {
                id: line.id.clone(),
                title: line.title.clone(),
                is_lifecycle: line.lifecycle,
            })
            .collect(),
    }
}

/// Returns form, level and fee in a sentence, and other ways.
fn said(plan: &Plan) -> String {
    let fee = |fee: Option<crate::domain::Money>| {
        fee.map_or_else(
            || "a fee that no source gives".to_owned(),
            |fee| fee.to_string(),
        )
    };
    let mut lines = Vec::new();
    match (&plan.form, plan.level) {
        (Some(form), Some(level)) => lines.push(format!(
            "by the rules of {}: form {} ({}) gives Level {level} for {}",
            plan.on,
            form.id,
            form.name,
            fee(plan.fee)
        )),
        _ => lines.push(format!("no form yet: {}", why(plan))),
    }
    for other in &plan.alternatives {
        let (id, level) = (&other.form.id, other.level);
        lines.push(format!(
            "another way: form {id} gives Level {level} for {}",
            fee(other.fee)
        ));
    }
    lines.join("\n")
}

/// Returns why there is no form.
fn why(plan: &Plan) -> String {
    const DECIDE: &[Code] = &[
        Code::OtherScheme,
        Code::LevelUndecided,
        Code::ScopeUnsettled,
        Code::SeeOtherAuthority,
    ];
    let decides = |finding: &&Finding| DECIDE.contains(&finding.code);
    plan.findings.iter().find(decides).map_or_else(
        || "category, level or label is not known".to_owned(),
        |finding| format!("{}; {}", finding.message, finding.help),
    )
}
