//! The stations in one process: `cargo bench --bench warm`.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a benchmark may die and reads files"
)]

use std::path::Path;

use clspack::render::{Having, OwnTemplates, Purpose, Request, Templates, documents};
use clspack::rules::{RuleBook, embedded_files, load};
use clspack::world::Os;
use divan::Bencher;

fn main() {
    divan::main();
}

fn book() -> RuleBook {
    load(&embedded_files()).0.unwrap()
}

fn example(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples")
        .join(name)
        .join("manifest.yaml")
}

const EXAMPLES: &[&str] = &[
    "korean-robot-vacuum",
    "wifi-router-level-2",
    "level-4-door-lock",
];

#[divan::bench]
fn rules_load() -> usize {
    book().timelines().len()
}

#[divan::bench(args = EXAMPLES)]
fn manifest_parse(bencher: Bencher<'_, '_>, name: &str) {
    let bytes = std::fs::read(example(name)).unwrap();
    bencher.bench_local(|| {
        clspack::manifest::parse("manifest.yaml", bytes.clone())
            .findings
            .len()
    });
}

#[divan::bench(args = EXAMPLES)]
fn case_with_evidence(bencher: Bencher<'_, '_>, name: &str) {
    let book = book();
    bencher.bench_local(|| {
        clspack::case::read(&example(name), &book, None, &Os)
            .unwrap()
            .findings()
            .len()
    });
}

#[divan::bench(args = EXAMPLES)]
fn documents_of_a_plan(bencher: Bencher<'_, '_>, name: &str) {
    let case = clspack::case::read(&example(name), &book(), None, &Os).unwrap();
    let (plan, application) = (
        case.plan.as_ref().unwrap(),
        case.manifest.application.as_ref().unwrap(),
    );
    let templates = Templates::built_in().unwrap();
    bencher.bench_local(|| {
        documents(
            &Request {
                plan,
                application,
                files: &case.evidence.files,
                having: Having {
                    signed: None,
                    own: &OwnTemplates::new(),
                    declared_on: None,
                    purpose: Purpose::Final,
                },
                templates: &templates,
            },
            &mut clspack::typeset::Typesetter::new(),
        )
        .unwrap()
        .files
        .len()
    });
}
