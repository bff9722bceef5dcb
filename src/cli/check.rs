//! `clspack check`: reports every finding in one run.

use std::path::Path;

use crate::case::{Case, MANIFEST};
use crate::cli::args::{Check, Format, Options};
use crate::cli::output::{Output, failure};
use crate::cli::{Exit, formats, read};
use crate::diag::{Finding, Severity};
use crate::domain::NotSearched;
use crate::domain::text::visible;
use crate::error::{Error, Result};
use crate::pack::INVENTORY;
use crate::plan::{State, Waived};
use crate::report::json::records::{CheckRecord, Checked};
use crate::report::json::schema::Document as _;
use crate::report::suite::{Item, Suite, Suites};
use crate::report::{Counts, json as report_json, not_searched, plan_text, waived};
use crate::rules::RuleBook;
use crate::world::World;
use crate::world::patterns::{Folders, expand};

/// Checks manifests. One that cannot be read at all does not keep the others from being checked.
pub(crate) fn run(
    arguments: &Check,
    options: &Options,
    world: &dyn World,
    output: &Output,
) -> Result<Exit> {
    let fail_on = arguments.fail_on.severity();
    let mut checker = Checker {
        book: read::rule_book(options, world)?,
        of_templates: read::template_findings(options, world)?,
        options,
        world,
        results: Results::new(fail_on, output),
        renderer: None,
    };
    for named in &arguments.manifests {
        match expand(named, Folders::ByFile(MANIFEST), INVENTORY, world) {
            Ok(paths) => paths.iter().for_each(|path| checker.check(path)),
            Err(error) => checker.results.fail(named, &error),
        }
    }
    Ok(checker.results.end(options, world))
}

/// What every manifest is checked with.
struct Checker<'a> {
    book: RuleBook,
    of_templates: Vec<Finding>,
    options: &'a Options,
    world: &'a dyn World,
    results: Results<'a>,
    renderer: read::Renderer,
}

impl Checker<'_> {
    /// Checks a manifest with all its variants.
    fn check(&mut self, path: &Path) {
        let cases = match read::cases(path, &self.book, self.options, self.world) {
            Ok(cases) => cases,
            Err(error) => return self.results.fail(path, &error),
        };
        for mut case in cases {
            case.take_in(self.of_templates.clone());
            match read::settle(&mut case, &mut self.renderer, self.options, self.world) {
                Ok(()) => self.results.add(&case),
                Err(error) => self.results.fail(Path::new(&case.manifest.name()), &error),
            }
        }
    }
}

/// What came of the manifests: shown to people one by one, and to programs in one document at the end.
struct Results<'a> {
    output: &'a Output,
    fail_on: Severity,
    exit: Exit,
    entries: Vec<Checked>,
    suites: Vec<Suite>,
}

impl<'a> Results<'a> {
    const fn new(fail_on: Severity, output: &'a Output) -> Self {
        Self {
            output,
            fail_on,
            exit: Exit::Done,
            entries: Vec::new(),
            suites: Vec::new(),
        }
    }

    fn add(&mut self, case: &Case) {
        let state = state(case);
        let is_wrong = state == State::Blocked || self.is_asked_for(state, case.findings());
        if is_wrong {
            self.exit = self.exit.max(Exit::Findings);
        }
        match self.output.format() {
            Format::Human => {
                verdict(case, self.output);
                if is_wrong && state != State::Blocked {
                    let fail_on = self.fail_on;
                    self.output.message(&format!(
                        "the exit code is 1 because of `--fail-on {fail_on}`"
                    ));
                }
            }
            Format::Json => self.entries.push(report_json::checked(
                &case.manifest,
                case.findings(),
                state,
                files(case),
                waived(case),
            )),
            Format::Sarif | Format::Github | Format::Junit | Format::Csv | Format::Xlsx => {
                self.suites.push(suite(case, state, self.fail_on));
            }
        }
    }

    /// Returns true if `--fail-on` makes something an error that is none.
    fn is_asked_for(&self, state: State, findings: &[Finding]) -> bool {
        let is_open = state == State::Confirm && self.fail_on >= Severity::Confirm;
        let mut findings = findings.iter();
        is_open || findings.any(|finding| finding.severity() <= self.fail_on)
    }

    /// Adds a manifest that could not be checked.
    fn fail(&mut self, path: &Path, error: &Error) {
        self.exit = Exit::Failed;
        let name = path.display().to_string();
        match self.output.format() {
            Format::Human => {}
            Format::Json => self
                .entries
                .push(report_json::unchecked(name.clone(), failure(error))),
            Format::Sarif | Format::Github | Format::Junit | Format::Csv | Format::Xlsx => {
                self.suites.push(Suite {
                    items: vec![Item::failure(&name, error.to_string(), error.help())],
                    file: name.clone(),
                    name,
                    state: String::new(),
                    fails: true,
                });
            }
        }
        self.output.fault(error);
    }

    fn end(self, options: &Options, world: &dyn World) -> Exit {
        match self.output.format() {
            Format::Human => {}
            Format::Json => {
                let manifests = self.entries;
                self.output.json(&CheckRecord { manifests }.written());
            }
            Format::Sarif | Format::Github | Format::Junit | Format::Csv | Format::Xlsx => {
                let suites = Suites {
                    all: self.suites,
                    fail_on: self.fail_on,
                };
                formats::print(suites, options, world, self.output);
            }
        }
        self.exit
    }
}

fn suite(case: &Case, state: State, fail_on: Severity) -> Suite {
    let manifest = &case.manifest;
    let findings = case.findings().iter();
    let item = |finding| Item::of(finding, &manifest.source, &manifest.origins);
    let mut suite = Suite {
        name: manifest.name(),
        file: manifest.source.name.clone(),
        state: state.to_string(),
        fails: state == State::Blocked || (state == State::Confirm && fail_on >= Severity::Confirm),
        items: findings.map(item).collect(),
    };
    suite.explain(explained(case), fail_on);
    suite
}

fn state(case: &Case) -> State {
    case.plan.as_ref().map_or(State::Blocked, |plan| plan.state)
}

fn files(case: &Case) -> &[NotSearched] {
    case.plan.as_ref().map_or(&[], |plan| &plan.not_searched)
}

/// Returns the findings that a person has overruled.
fn waived(case: &Case) -> &[Waived] {
    case.plan.as_ref().map_or(&[], |plan| &plan.waived)
}

fn verdict(case: &Case, output: &Output) {
    let manifest = &case.manifest;
    output.findings(case.findings(), &manifest.source, &manifest.origins);
    output.data(&not_searched::text(files(case)));
    output.data(&waived::text(waived(case)));
    let state = state(case);
    output.data(&format!(
        "{}: {state} ({}); {}\n",
        visible(&manifest.name()),
        explained(case),
        Counts::of(case.findings())
    ));
}

/// Says what the state means.
fn explained(case: &Case) -> &'static str {
    let plan = case.plan.as_ref();
    plan.map_or(plan_text::state(State::Blocked), plan_text::explain)
}
