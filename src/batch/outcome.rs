//! Turns the result of one product into its entry in the report.

use crate::batch::in_row;
use crate::batch::inputs::{Source, Unit};
use crate::batch::report::{Decision, Other, Problem, Product, State, Unread, Way, Work};
use crate::case::Case;
use crate::diag::{Finding, Located, Origins, Severity, SourceFile};
use crate::domain::{Application, Date, Level};
use crate::error::Error;
use crate::manifest::Manifest;
use crate::plan::{HeldLabel, Plan};
use crate::render::{self, DocumentOptions, Purpose};
use crate::report::location::Location;

/// Returns the entry of a product before anything is made.
pub(crate) fn product(index: usize, unit: &Unit, case: &Case, today: Date) -> Product {
    let mut product = planned(index, &unit.name, case, today);
    product.problems = problems(unit, case);
    if let Source::Row(row) = &unit.source {
        product.sheet = Some(row.sheet());
        product.row = Some(row.number().into());
    }
    if !unit.findings.is_empty() {
        product.state = State::Blocked;
    }
    product
}

fn planned(index: usize, name: &str, case: &Case, today: Date) -> Product {
    let manifest = &case.manifest;
    let plan = case.plan.as_ref();
    let application = manifest.application.as_ref();
    let form = plan.and_then(|plan| plan.form.as_ref());
    let validity = plan.and_then(|plan| plan.validity.as_ref());
    let findings = case.findings();
    Product {
        index: index as u64 + 1,
        source: name.to_owned(),
        sheet: None,
        row: None,
        product: application
            .and_then(|application| application.product.title())
            .unwrap_or_else(|| name.to_owned()),
        models: application
            .map(|application| application.product.models.to_vec())
            .unwrap_or_default(),
        applicant: application
            .and_then(|application| application.applicant.name.clone().given())
            .unwrap_or_default(),
        filed_by: application.and_then(filer),
        on: plan.map_or(today, |plan| plan.on),
        state: plan.map_or(State::Blocked, |plan| plan.state.into()),
        route: plan.and_then(|plan| plan.route),
        form: form.map(|form| form.id.clone()),
        form_name: form.map(|form| form.name.clone()),
        form_url: form.and_then(|form| form.url.clone()),
        level: plan.and_then(|plan| plan.level).map(Level::number),
        simplified: plan.is_some_and(|plan| plan.simplified),
        fee: plan.and_then(|plan| plan.fee),
        valid_from: validity.map(|validity| validity.from),
        valid_until: validity.map(|validity| validity.until),
        questions: plan.map(questions).unwrap_or_default(),
        not_searched: plan.map(not_searched).unwrap_or_default(),
        problems: Vec::new(),
        n_warnings: findings
            .iter()
            .filter(|one| one.severity() == Severity::Warning)
            .count() as u64,
        other: plan.and_then(other_route),
        pack: None,
        sha256: None,
        work: Work::None,
        uploads: plan.map(|plan| uploads(plan, case)).unwrap_or_default(),
        client: None,
        decision: plan.and_then(decision),
        changes: manifest.changes.clone(),
        since_last_run: None,
    }
}

fn filer(application: &Application) -> Option<String> {
    application
        .applicant
        .filed_by
        .as_ref()?
        .name
        .clone()
        .given()
}

fn questions(plan: &Plan) -> Vec<String> {
    plan.questions
        .iter()
        .map(|question| question.text.clone())
        .collect()
}

fn not_searched(plan: &Plan) -> Vec<Unread> {
    let files = plan.not_searched.iter();
    files
        .map(|file| Unread {
            file: file.path.to_string(),
            reason: file.reason,
            looked_through: file.looked_through,
        })
        .collect()
}

/// The files that the form asks for, by their paths in the pack.
fn uploads(plan: &Plan, case: &Case) -> Vec<String> {
    let options = DocumentOptions {
        signed: case.signed(),
        own: &case.own,
        declared_on: None,
        purpose: Purpose::Final,
    };
    let needed = render::needed_documents(plan, &options).into_iter();
    needed
        .filter_map(|needed| needed.upload.map(|(_, path)| path))
        .collect()
}

/// What a person has to decide where no level is applied for and no label gives one.
fn decision(plan: &Plan) -> Option<Decision> {
    if plan.route.is_some() || plan.alternatives.is_empty() {
        return None;
    }
    let mut why: Vec<String> = plan.labels.iter().map(reason).collect();
    if why.is_empty() {
        why.push("there is no label, and no level is applied for".to_owned());
    }
    let ways = plan.alternatives.iter().map(|other| Way {
        route: other.route,
        form: other.form.id.clone(),
        form_name: other.form.name.clone(),
        level: other.level.number(),
        fee: other.fee,
        remark: other.remark.clone(),
    });
    Some(Decision {
        why,
        ways: ways.collect(),
    })
}

/// Says what a label gives, with its scheme and grade.
fn reason(held: &HeldLabel) -> String {
    let grade = held.label.level.given();
    let grade = grade.map_or_else(String::new, |grade| format!(" {grade}"));
    format!("{}{grade}: {}", held.short, held.why)
}

/// The other route to the same level, or else the first other route.
fn other_route(plan: &Plan) -> Option<Other> {
    plan.route?;
    let same_level = plan
        .alternatives
        .iter()
        .find(|other| Some(other.level) == plan.level);
    let other = same_level.or_else(|| plan.alternatives.first())?;
    Some(Other {
        form: other.form.id.clone(),
        level: other.level.number(),
        fee: other.fee,
    })
}

fn problems(unit: &Unit, case: &Case) -> Vec<Problem> {
    // A row whose fields are in the wrong columns does not describe its product.
    let is_broken = matches!(&unit.source, Source::Row(row) if row.is_broken());
    let findings = case.findings().iter().filter(|_| !is_broken);
    let of_manifest = findings.filter_map(|finding| of_unit(finding, unit, &case.manifest));
    let of_row = unit.findings.iter().map(whole);
    of_row.chain(of_manifest).collect()
}

/// Returns a finding as a problem of a product.
pub(crate) fn of_unit(finding: &Finding, unit: &Unit, manifest: &Manifest) -> Option<Problem> {
    match &unit.source {
        Source::Row(row) => in_row::problem(finding, row, manifest),
        Source::Manifest { .. } => Some(problem(finding, &manifest.source, &manifest.origins)),
    }
}

pub(crate) fn whole(finding: &Finding) -> Problem {
    problem(finding, &SourceFile::default(), &Origins::default())
}

pub(crate) fn problem(finding: &Finding, source: &SourceFile, origins: &Origins) -> Problem {
    let at = Located::of(finding, source, origins);
    Problem {
        code: finding.code.number().to_owned(),
        severity: finding.severity(),
        place: at.to_string(),
        at: Location::of(&finding.place, source, origins),
        text: at.text.chars().take(200).collect(),
        message: finding.message.clone(),
        help: finding.help.clone(),
        note: finding.note.clone().unwrap_or_default(),
        source: finding
            .source
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
    }
}

/// Returns a note, with what to do.
pub(crate) fn note(text: &str, help: &str) -> Problem {
    Problem::without_code(Severity::Warning, "", text, help)
}

/// Returns a machine error as a problem of the report.
pub(crate) fn fault(error: &Error, name: &str) -> Problem {
    let help = match error {
        Error::Exists(_) | Error::Foreign(_) => {
            "move it away, or choose another output folder with `-o`".to_owned()
        }
        Error::Kept { .. } => error
            .help()
            .unwrap_or_default()
            .replace("another output with", "another output folder with"),
        _ => error.help().unwrap_or_default(),
    };
    Problem::without_code(Severity::Error, name, &error.to_string(), &help)
}

/// Returns the entry of a product that could not be scanned.
pub(crate) fn failed(index: usize, name: &str, error: &Error, today: Date) -> Product {
    Product {
        state: State::Failed,
        problems: vec![fault(error, name)],
        ..planned(index, name, &Case::default(), today)
    }
}
