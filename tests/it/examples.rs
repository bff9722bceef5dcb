//! Each example leads where its folder says.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use clspack::audit::audit;
use clspack::domain::Sha256;
use clspack::world::Os;
use serde_json::Value;

use crate::binary::run;
use crate::support::{expect, repository, text, updates};

#[track_caller]
fn plan(name: &str, code: i32) -> Value {
    let ran = run(&repository("examples"), &["plan", name, "--format", "json"]).expect(code);
    serde_json::from_str(&ran.stdout).unwrap()
}

#[track_caller]
fn leads_to(name: &str, state: &str, form: &str, level: u64, fee: &str, simplified: bool) {
    let plan = plan(name, 0);
    let found = (
        plan["state"].as_str(),
        plan["form"].as_str(),
        plan["level"].as_u64(),
        plan["fee"]["amount"].as_str(),
        plan["simplified"].as_bool(),
    );
    assert_eq!(
        found,
        (
            Some(state),
            Some(form),
            Some(level),
            Some(fee),
            Some(simplified)
        )
    );
    let out = tempfile::tempdir().unwrap();
    let to = out.path().to_str().unwrap();
    let ran = run(&repository("examples"), &["pack", name, "-o", to]).expect(0);
    let pack = std::path::PathBuf::from(ran.stdout.lines().next().unwrap());
    let audit = audit(&pack, &Os).unwrap();
    assert_eq!(audit.verdict.findings, []);
    assert_eq!(audit.not_recomputed, [] as [String; 0]);
    assert_eq!(audit.n_recomputed, audit.verdict.n_entries);
    let again = out.path().join("again");
    run(
        &repository("examples"),
        &[
            "pack",
            &format!("{name}/manifest.yaml"),
            "-o",
            again.to_str().unwrap(),
        ],
    )
    .expect(0);
    let hash = |path: &std::path::Path| Sha256::of(&std::fs::read(path).unwrap());
    assert_eq!(hash(&pack), hash(&again.join(pack.file_name().unwrap())));
}

const PACKED: [&str; 5] = [
    "german-camera",
    "japanese-camera",
    "korean-robot-vacuum",
    "level-4-door-lock",
    "wifi-router-level-2",
];

/// The hash of each entry of each pack, as `pack --list` prints it: what changed is named.
#[test]
fn entries_have_the_bytes_that_they_had() {
    let mut changed = Vec::new();
    for name in PACKED {
        let listed = run(&repository("examples"), &["pack", name, "--list"])
            .expect(0)
            .stdout;
        let path = repository("tests/packs").join(format!("{name}.txt"));
        if updates() {
            expect(&path, &listed);
        }
        let expected = text(&path);
        let lines = |of: &str, without: &str| -> BTreeSet<String> {
            let new = of
                .lines()
                .filter(|line| !without.lines().any(|other| other == *line));
            new.map(|line| format!("{name}: {}", line.rsplit("  ").next().unwrap()))
                .collect()
        };
        changed.extend(&lines(&listed, &expected) | &lines(&expected, &listed));
    }
    assert!(
        changed.is_empty(),
        "entries with other bytes than in tests/packs, which UPDATE=1 writes:\n{}",
        changed.join("\n")
    );
}

/// The hashes of all packs in one file: a change of one byte is a visible line, on every system.
#[test]
fn packs_have_the_bytes_that_they_had() {
    let mut lines = String::new();
    for name in PACKED {
        let out = tempfile::tempdir().unwrap();
        let ran = run(
            &repository("examples"),
            &["pack", name, "-o", out.path().to_str().unwrap()],
        )
        .expect(0);
        let pack = std::path::PathBuf::from(ran.stdout.lines().next().unwrap());
        let name = pack.file_name().unwrap().to_str().unwrap();
        let hash = Sha256::of(&std::fs::read(&pack).unwrap());
        writeln!(lines, "{hash}  {name}").unwrap();
    }
    expect(&repository("tests/packs.sha256"), &lines);
}

#[test]
fn korean_robot_vacuum() {
    leads_to(
        "korean-robot-vacuum",
        "to-sign",
        "iotmra",
        3,
        "51.00",
        false,
    );
}

#[test]
fn german_camera() {
    leads_to("german-camera", "to-sign", "iotmra", 2, "51.00", false);
}

#[test]
fn japanese_camera() {
    leads_to("japanese-camera", "confirm", "csaiot1", 1, "57.00", true);
    let plan = plan("japanese-camera", 0);
    assert_eq!(plan["questions"][0]["ask"], "cls_iot@csa.gov.sg");
}

#[test]
fn wifi_router_level_2() {
    leads_to(
        "wifi-router-level-2",
        "to-sign",
        "csaiot2",
        2,
        "142.00",
        false,
    );
}

#[test]
fn level_4_door_lock() {
    leads_to(
        "level-4-door-lock",
        "to-sign",
        "csaiot4",
        4,
        "2347.00",
        false,
    );
}

#[test]
fn blocked() {
    let plan = plan("blocked", 1);
    assert_eq!(plan["state"], "blocked");
    let errors = plan["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .count();
    assert!(errors >= 8, "{errors}");
    let out = tempfile::tempdir().unwrap();
    run(
        &repository("examples"),
        &["pack", "blocked", "-o", out.path().to_str().unwrap()],
    )
    .expect(1);
    assert_eq!(std::fs::read_dir(out.path()).unwrap().count(), 0);
}

#[test]
fn a_summary_is_one_page_and_a_letter_goes_with_an_open_question() {
    for name in [
        "korean-robot-vacuum",
        "german-camera",
        "japanese-camera",
        "wifi-router-level-2",
        "level-4-door-lock",
        "blocked",
    ] {
        let scratch = tempfile::tempdir().unwrap();
        let from = repository("examples").join(name).display().to_string();
        let out = scratch.path().display().to_string();
        let code = i32::from(name == "blocked");
        let ran = run(
            scratch.path(),
            &["pack", &from, "-o", &out, "--dir", "--draft"],
        )
        .expect(code);
        let pack = std::path::PathBuf::from(ran.stdout.lines().next().unwrap());
        let summary = std::fs::read(pack.join("01-summary.pdf")).unwrap();
        assert_eq!(clspack::pdf::n_pages(summary), Ok(1), "{name}");
        let asks = pack.join("02-letter-to-csa.pdf").exists();
        assert_eq!(asks, name == "japanese-camera", "{name}");
    }
}
