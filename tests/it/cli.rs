//! The binary as a user meets it: exit codes, where words go, what bad input gets.

use std::fs;

use crate::binary::{run, run_with};
use crate::support;

fn scratch_with(name: &str) -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    support::copy(
        &support::repository("tests/bases").join(name),
        scratch.path(),
    );
    scratch
}

#[test]
fn check_says_everything_on_stdout() {
    let scratch = scratch_with("mra");
    let ran = run(scratch.path(), &["check", "manifest.yaml"]).expect(0);
    assert!(ran.stdout.contains("to-sign"), "{}", ran.stdout);
    assert_eq!(ran.stderr, "");
}

#[test]
fn programs_get_a_document_when_nothing_can_be_planned_or_packed() {
    let json = |folder: &std::path::Path, arguments: &[&str]| {
        let ran = run(folder, arguments).expect(1);
        assert_eq!(ran.stderr, "", "{arguments:?}");
        serde_json::from_str::<serde_json::Value>(&ran.stdout).unwrap()
    };
    let scratch = scratch_with("mra");
    let manifest = scratch.path().join("manifest.yaml");
    let text = std::fs::read_to_string(&manifest).unwrap();
    std::fs::write(&manifest, text.replace("name: Home Hub 2", "name: TBD")).unwrap();
    let pack = ["pack", "manifest.yaml", "-o", "out", "--format", "json"];
    let blocked = json(scratch.path(), &pack);
    assert_eq!(blocked["schema"], "clspack.pack/1");
    assert_eq!(blocked["state"], "blocked");
    assert!(blocked["path"].is_null());
    assert_eq!(blocked["findings"][0]["code"], "M021");

    std::fs::write(&manifest, "a: [").unwrap();
    let unread = json(scratch.path(), &pack);
    assert_eq!(unread["findings"][0]["code"], "M004");
    for command in ["plan", "outlook"] {
        let unread = json(
            scratch.path(),
            &[command, "manifest.yaml", "--format", "json"],
        );
        assert_eq!(unread["schema"], "clspack.check/1");
        assert_eq!(unread["state"], "blocked");
        assert_eq!(unread["findings"][0]["code"], "M004");
    }
}

#[test]
fn json_has_the_names_of_the_contract() {
    let scratch = scratch_with("mra");
    let plan: serde_json::Value = serde_json::from_str(
        &run(
            scratch.path(),
            &["plan", "manifest.yaml", "--format", "json"],
        )
        .expect(0)
        .stdout,
    )
    .unwrap();
    assert_eq!(plan["schema"], "clspack.plan/1");
    for name in [
        "state",
        "on",
        "route",
        "form",
        "form_url",
        "level",
        "simplified",
        "fee",
        "validity",
        "recognised",
        "alternatives",
        "documents",
        "steps",
        "findings",
        "rules",
    ] {
        assert!(plan.get(name).is_some(), "{name}");
    }
    assert_eq!(plan["fee"]["amount"], "51.00");
    assert_eq!(plan["validity"]["limited_by"], "cap");
    let check: serde_json::Value = serde_json::from_str(
        &run(
            scratch.path(),
            &["check", "manifest.yaml", "--format", "json"],
        )
        .expect(0)
        .stdout,
    )
    .unwrap();
    assert_eq!(check["schema"], "clspack.check/1");
    for finding in check["findings"].as_array().unwrap() {
        for name in ["code", "severity", "message", "place", "help", "source"] {
            assert!(finding.get(name).is_some(), "{name}");
        }
    }
}

#[test]
fn a_blocked_plan_is_printed_all_the_same() {
    let scratch = scratch_with("mra");
    let path = scratch.path().join("manifest.yaml");
    let text = fs::read_to_string(&path)
        .unwrap()
        .replace("201912345R", "nonsense");
    fs::write(&path, text).unwrap();
    let ran = run(
        scratch.path(),
        &["plan", "manifest.yaml", "--format", "json"],
    )
    .expect(1);
    let plan: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        (plan["state"].as_str(), plan["form"].as_str()),
        (Some("blocked"), Some("iotmra"))
    );
}

#[test]
fn bad_files_are_named_with_what_to_do() {
    let scratch = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(scratch.path().join(name), bytes).unwrap();
    write("empty.yaml", b"");
    write("comment.yaml", b"# nothing\n");
    write("binary.yaml", &[0, 1, 2, 255]);
    write("utf16.yaml", &[0xff, 0xfe, b's', 0]);
    write("latin1.yaml", b"schema: 1\nname: M\xfcller\n");
    write("list.yaml", b"- a\n- b\n");
    write("broken.yaml", b"schema: [1\n");
    write("tab.yaml", b"applicant:\n\tname: x\n");
    write("deep.yaml", "[".repeat(10_000).as_bytes());
    write("huge.yaml", &vec![b'['; 10_000_000]);
    let line = |i: usize| format!("a{i}: &a{i} [{}]\n", format!("*a{}, ", i - 1).repeat(10));
    let bomb = (1..12).map(line).collect::<Vec<_>>().concat();
    write("bomb.yaml", format!("a0: &a0 x\n{bomb}").as_bytes());
    for (name, code) in [
        ("empty.yaml", "M002"),
        ("comment.yaml", "M002"),
        ("binary.yaml", "M001"),
        ("utf16.yaml", "M001"),
        ("latin1.yaml", "M001"),
        ("list.yaml", "M010"),
        ("broken.yaml", "M004"),
        ("tab.yaml", "M004"),
        ("deep.yaml", "M005"),
        ("huge.yaml", "M003"),
        ("bomb.yaml", "M006"),
    ] {
        let ran = run(scratch.path(), &["check", name]).expect(1);
        assert!(
            ran.stdout.contains(&format!("error[{code}]"))
                && ran.stdout.contains("help: ")
                && ran.stdout.contains(name),
            "{name}:\n{}",
            ran.stdout
        );
        run(scratch.path(), &["pack", name, "-o", "out"]).expect(1);
        assert!(!scratch.path().join("out").exists());
    }
    for (name, words) in [
        ("missing.yaml", "no such file"),
        (".", "has no `manifest.yaml`"),
    ] {
        let ran = run(scratch.path(), &["check", name]).expect(2);
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
    }
}

#[test]
fn marks_and_line_ends_of_windows_are_read() {
    let scratch = scratch_with("gateway");
    let path = scratch.path().join("manifest.yaml");
    let plain = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("\u{feff}{}", plain.replace('\n', "\r\n"))).unwrap();
    let ran = run(scratch.path(), &["check", "manifest.yaml"]).expect(0);
    fs::write(&path, plain).unwrap();
    assert_eq!(
        ran.stdout,
        run(scratch.path(), &["check", "manifest.yaml"])
            .expect(0)
            .stdout
    );
}

#[cfg(unix)]
#[test]
fn a_device_is_no_manifest() {
    let ran = run(&support::repository(""), &["check", "/dev/zero"]).expect(2);
    assert!(ran.stderr.contains("a device or a pipe"), "{}", ran.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_a_fault() {
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_clspack"));
    let status = command
        .args(["rules", "list"])
        .stdout(full)
        .stderr(std::process::Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(2));
}

#[test]
fn colour_is_for_terminals() {
    let scratch = scratch_with("gateway");
    let plain = run(scratch.path(), &["check", "manifest.yaml"])
        .expect(0)
        .stdout;
    let coloured = run(
        scratch.path(),
        &["check", "manifest.yaml", "--color", "always"],
    )
    .expect(0)
    .stdout;
    assert!(!plain.contains('\u{1b}'));
    assert!(coloured.contains('\u{1b}'));
    let asked = run_with(
        scratch.path(),
        &["check", "manifest.yaml", "--color", "auto"],
        &[("NO_COLOR", "1")],
    )
    .expect(0)
    .stdout;
    assert_eq!(asked, plain);
}

#[test]
fn usage_faults_exit_with_two() {
    let here = support::repository("");
    for arguments in [
        &["fly"][..],
        &["check"],
        &["explain", "M999"],
        &["plan", "x.yaml", "--on", "tomorrow"],
        &["rules", "show", "feees"],
    ] {
        let ran = run(&here, arguments).expect(2);
        assert!(
            ran.stderr.starts_with("error: "),
            "{arguments:?}: {}",
            ran.stderr
        );
    }
}

#[test]
fn explain_knows_numbers_and_names() {
    let here = support::repository("");
    let by_number = run(&here, &["explain", "M009"]).expect(0).stdout;
    assert_eq!(
        by_number,
        run(&here, &["explain", "unknown-field"]).expect(0).stdout
    );
    assert!(by_number.contains("What to do"));
}

#[test]
fn init_writes_a_manifest_whose_open_lines_check_names() {
    let scratch = tempfile::tempdir().unwrap();
    let arguments = [
        "init",
        "new",
        "--no-input",
        "--applicant",
        "Hanbit Living: Pte. Ltd.",
        "--uen",
        "201912345R",
        "--brand",
        "Hanbit",
        "--name",
        "Hub",
        "--model",
        "HX-200",
        "--category",
        "smart-home-hub",
        "--label",
        "kisa-cic:basic",
        "--submission",
        "2026-12-01",
        "--support-until",
        "2030-06-30",
    ];
    run(scratch.path(), &arguments).expect(0);
    let ran = run(scratch.path(), &["check", "new"]).expect(1);
    for code in ["M004", "M009", "M010", "M011"] {
        assert!(!ran.stdout.contains(code), "{}", ran.stdout);
    }
    assert!(ran.stdout.contains("M012"), "{}", ran.stdout);
    let plan: serde_json::Value = serde_json::from_str(
        &run(scratch.path(), &["plan", "new", "--format", "json"])
            .expect(1)
            .stdout,
    )
    .unwrap();
    assert_eq!(
        (plan["form"].as_str(), plan["level"].as_u64()),
        (Some("iotmra"), Some(3))
    );
    let again = run(scratch.path(), &arguments).expect(2);
    assert!(
        again.stderr.contains("never writes over"),
        "{}",
        again.stderr
    );
    let wrong = run(
        scratch.path(),
        &[
            "init",
            "other",
            "--no-input",
            "--uen",
            "1",
            "--category",
            "smart-toaster",
        ],
    )
    .expect(2);
    assert!(
        wrong.stderr.contains("Unique Entity Number") && wrong.stderr.contains("smart-toaster"),
        "{}",
        wrong.stderr
    );
}

#[test]
fn rules_of_a_folder_take_the_place_of_the_built_in_ones() {
    let scratch = scratch_with("mra");
    support::copy(&support::repository("rules"), &scratch.path().join("rules"));
    let fees = scratch.path().join("rules/fees/2025-01-01.yaml");
    fs::write(
        &fees,
        fs::read_to_string(&fees)
            .unwrap()
            .replace("\"51.00\"", "unknown"),
    )
    .unwrap();
    let plan: serde_json::Value = serde_json::from_str(
        &run(
            scratch.path(),
            &[
                "plan",
                "manifest.yaml",
                "--rules",
                "rules",
                "--format",
                "json",
            ],
        )
        .expect(0)
        .stdout,
    )
    .unwrap();
    assert_eq!(
        (plan["fee"].is_null(), plan["state"].as_str()),
        (true, Some("confirm"))
    );
    fs::write(&fees, "nonsense: [").unwrap();
    let ran = run(
        scratch.path(),
        &["plan", "manifest.yaml", "--rules", "rules"],
    )
    .expect(2);
    assert!(
        ran.stderr.contains("fees/2025-01-01.yaml") && ran.stderr.contains("rules lint"),
        "{}",
        ran.stderr
    );
    run(scratch.path(), &["rules", "lint", "--rules", "rules"]).expect(1);
}

#[test]
fn a_faulty_template_is_named_with_its_line() {
    let scratch = scratch_with("mra");
    let templates = scratch.path().join("templates");
    fs::create_dir(&templates).unwrap();
    for (text, words) in [
        (
            "<html lang=\"en\">\n<head><title>x</title></head><body><p>{{ product.nmae }}</p></body></html>",
            "declaration.html:2:",
        ),
        (
            "<html lang=\"en\">\n<head><title>x</title></head><body>{% if plan.levle %}<p>x</p>{% endif %}</body></html>",
            "write `level`",
        ),
        (
            "<html lang=\"en\"><head><title>x</title></head><body><blink>x</blink></body></html>",
            "blink",
        ),
        ("{% if plan.level %}", "declaration.html"),
    ] {
        fs::write(templates.join("declaration.html"), text).unwrap();
        let ran = run(
            scratch.path(),
            &[
                "pack",
                "manifest.yaml",
                "-o",
                "out",
                "--templates",
                "templates",
            ],
        )
        .expect(2);
        assert!(ran.stderr.contains(words), "{text}\n{}", ran.stderr);
        assert!(!scratch.path().join("out").exists());
    }
}
