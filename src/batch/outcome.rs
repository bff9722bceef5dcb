//! What became of one product, as the report holds it.

use crate::batch::report::{Amount, Gravity, Other, Problem, Product, State, Work};
use crate::case::Case;
use crate::diag::{Finding, Origins, Place, Severity, SourceFile};
use crate::domain::{Application, Date, Level};
use crate::error::Error;
use crate::manifest::Manifest;
use crate::plan::Plan;

/// Returns what is known of a product before anything is made.
pub(crate) fn product(index: usize, name: &str, case: &Case, today: Date) -> Product {
    let manifest = &case.manifest;
    let plan = case.plan.as_ref();
    let application = manifest.application.as_ref();
    let form = plan.and_then(|plan| plan.form.as_ref());
    let validity = plan.and_then(|plan| plan.validity.as_ref());
    let findings = case.findings();
    Product {
        index: index as u64 + 1,
        source: name.to_owned(),
        product: application
            .and_then(|application| application.product.title())
            .unwrap_or_else(|| name.to_owned()),
        models: application
            .map(|application| application.product.models.clone())
            .unwrap_or_default(),
        applicant: application
            .and_then(|application| application.applicant.name.clone())
            .unwrap_or_default(),
        filed_by: application.and_then(filer),
        on: plan.map_or(today, |plan| plan.on),
        state: plan.map_or(State::Blocked, |plan| plan.state.into()),
        route: plan.and_then(|plan| plan.route),
        form: form.map(|form| form.id.clone()),
        form_name: form.map(|form| form.name.clone()),
        level: plan.and_then(|plan| plan.level).map(Level::number),
        simplified: plan.is_some_and(|plan| plan.simplified),
        fee: plan.and_then(|plan| plan.fee).map(Amount::from),
        valid_from: validity.map(|validity| validity.from),
        valid_until: validity.map(|validity| validity.until),
        questions: plan.map(questions).unwrap_or_default(),
        problems: problems(findings, manifest),
        n_warnings: findings
            .iter()
            .filter(|one| one.severity() == Severity::Warning)
            .count() as u64,
        other: plan.and_then(other),
        pack: None,
        sha256: None,
        work: Work::None,
        changes: manifest.changes.clone(),
    }
}

fn filer(application: &Application) -> Option<String> {
    application.applicant.filed_by.as_ref()?.name.clone()
}

fn questions(plan: &Plan) -> Vec<String> {
    plan.questions
        .iter()
        .map(|question| question.text.clone())
        .collect()
}

/// The other way to the same level, else the first other way.
fn other(plan: &Plan) -> Option<Other> {
    let same_level = plan
        .alternatives
        .iter()
        .find(|other| Some(other.level) == plan.level);
    let other = same_level.or_else(|| plan.alternatives.first())?;
    Some(Other {
        form: other.form.id.clone(),
        level: other.level.number(),
        fee: other.fee.map(Amount::from),
    })
}

/// Returns what blocks or asks; warnings are counted only.
fn problems(findings: &[Finding], manifest: &Manifest) -> Vec<Problem> {
    let grave = findings
        .iter()
        .filter(|one| one.severity() != Severity::Warning);
    grave
        .map(|finding| problem(finding, &manifest.source, &manifest.origins))
        .collect()
}

/// Returns a finding as a problem of the report.
pub(crate) fn problem(finding: &Finding, source: &SourceFile, origins: &Origins) -> Problem {
    let span = origins
        .locate(&finding.place)
        .filter(|_| !source.text.is_empty());
    let part = span.map(|span| source.part(span.start));
    let place = match (&finding.place, span, part) {
        (Place::File(name), _, _) => name.clone(),
        (_, Some(span), Some(part)) => part.cell.map_or_else(
            || {
                let (line, column) = source.line_and_column(span.start);
                format!("{}:{line}:{column}", part.name)
            },
            |cell| format!("{}, cell {}", part.name, cell.name),
        ),
        (Place::Field(route) | Place::Key(route), ..) => format!("{}, {route}", source.name),
        (Place::Bytes(_), ..) => source.name.clone(),
    };
    let text = span.map(|span| source.slice(span)).unwrap_or_default();
    Problem {
        code: finding.code.number().to_owned(),
        severity: Gravity::from(finding.severity()),
        place,
        text: text.chars().take(200).collect(),
        message: finding.message.clone(),
        help: finding.help.clone(),
    }
}

/// Returns something that is worth saying.
pub(crate) fn note(text: &str) -> Problem {
    Problem {
        code: String::new(),
        severity: Gravity::Warning,
        place: String::new(),
        text: String::new(),
        message: text.to_owned(),
        help: String::new(),
    }
}

/// Returns what the machine could not do as a problem of the report.
pub(crate) fn fault(error: &Error, name: &str) -> Problem {
    Problem {
        code: String::new(),
        severity: Gravity::Error,
        place: name.to_owned(),
        text: String::new(),
        message: error.to_string(),
        help: match error {
            Error::Exists(_) | Error::Foreign(_) => {
                "move it away, or choose another output folder with `-o`".to_owned()
            }
            _ => error.help().unwrap_or_default(),
        },
    }
}

/// Returns a product that could not even be looked at.
pub(crate) fn failed(index: usize, name: &str, error: &Error, today: Date) -> Product {
    Product {
        state: State::Failed,
        problems: vec![fault(error, name)],
        ..product(index, name, &Case::default(), today)
    }
}
