//! The stations in one process: `cargo bench --bench warm` prints the middle and the shortest time of each.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark talks, reads files and the clock, and may die"
)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clspack::render::{
    DocumentOptions, Exhibits, OwnTemplates, Purpose, Request, Templates, documents,
};
use clspack::rules::{RuleBook, embedded_files, load};
use clspack::typeset::Typesetter;
use clspack::world::Os;

const RUNS: usize = 100;

const EXAMPLES: &[&str] = &[
    "korean-robot-vacuum",
    "wifi-router-level-2",
    "level-4-door-lock",
];

fn main() {
    measure("rules", || book().timelines().len());
    let book = book();
    for name in EXAMPLES {
        let path = example(name);
        let bytes = std::fs::read(&path).unwrap();
        measure(&format!("manifest, {name}"), || {
            let manifest = clspack::manifest::parse("manifest.yaml", bytes.clone());
            manifest.findings.len()
        });
        measure(&format!("case with evidence, {name}"), || {
            let case = clspack::case::read(&path, &book, None, &Os).unwrap();
            case.findings().len()
        });
        documents_of_a_plan(name, &book);
    }
}

fn documents_of_a_plan(name: &str, book: &RuleBook) {
    let case = clspack::case::read(&example(name), book, None, &Os).unwrap();
    let templates = Templates::built_in().unwrap();
    let own = OwnTemplates::new();
    let plan = case.plan.as_ref().unwrap();
    let application = case.manifest.application.as_ref().unwrap();
    let request = Request {
        plan,
        declaration: case.declaration(plan, application),
        options: DocumentOptions {
            signed: None,
            own: &own,
            declared_on: None,
            purpose: Purpose::Final,
        },
        templates: &templates,
        exhibits: &Exhibits::default(),
    };
    measure(&format!("documents, {name}"), || {
        let documents = documents(&request, &mut Typesetter::new()).unwrap();
        documents.files.len()
    });
}

fn book() -> RuleBook {
    load(&embedded_files()).0.unwrap()
}

fn example(name: &str) -> PathBuf {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    examples.join(name).join("manifest.yaml")
}

fn measure(name: &str, mut work: impl FnMut() -> usize) {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "{name:<44} {:>8} µs {:>8} µs",
        times[RUNS / 2].as_micros(),
        times[0].as_micros()
    );
}
