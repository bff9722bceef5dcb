//! What programs see: one JSON shape, places with an end, formats of other programs, exit codes, patterns, completions
//! and manual pages.

use std::fs;
use std::path::Path;

use clspack::rules::read_yaml;
use serde_json::Value;

use crate::binary::run;
use crate::support::{self, repository};

/// Copies the examples into a folder of their own.
fn examples() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    support::copy(&repository("examples"), &scratch.path().join("examples"));
    scratch
}

#[track_caller]
fn json(folder: &Path, arguments: &[&str], exit: i32) -> Value {
    let arguments = [arguments, &["--format", "json"]].concat();
    let ran = run(folder, &arguments).expect(exit);
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn check_has_one_shape_for_one_and_many() {
    let scratch = examples();
    let [one, other] = ["examples/german-camera", "examples/blocked"];
    let alone = json(scratch.path(), &["check", one], 0);
    let both = json(scratch.path(), &["check", one, other], 1);
    assert_eq!(alone["manifests"].as_array().unwrap().len(), 1);
    assert_eq!(both["manifests"].as_array().unwrap().len(), 2);
    assert_eq!(alone["manifests"][0], both["manifests"][0]);
    for document in [&alone, &both] {
        assert_eq!(document["schema"], "clspack.check/1");
    }
    // The members of a document of one manifest stay where they were.
    for (name, value) in alone["manifests"][0].as_object().unwrap() {
        assert_eq!(&alone[name], value, "{name}");
        assert!(both.get(name).is_none(), "{name}");
    }
}

#[test]
fn what_cannot_be_read_has_an_entry_with_its_reason() {
    let scratch = examples();
    let missing = json(scratch.path(), &["check", "nope.yaml"], 2);
    let entry = &missing["manifests"][0];
    assert_eq!(entry["manifest"], "nope.yaml");
    assert_eq!(entry["state"], "failed");
    assert_eq!(entry["counts"]["errors"], 1);
    let why = "cannot read `nope.yaml`: there is no such file or folder";
    assert_eq!(entry["failure"]["message"], why);
    let both = ["check", "nope.yaml", "examples/german-camera"];
    let both = json(scratch.path(), &both, 2);
    assert_eq!(both["manifests"][0], *entry);
    assert_eq!(both["manifests"][1]["state"], "to-sign");
    let folder = json(scratch.path(), &["check", "examples"], 2);
    let message = folder["manifests"][0]["failure"]["message"].as_str();
    assert!(message.unwrap().contains("has no `manifest.yaml`"));

    let packs = json(scratch.path(), &["verify", "nope.zip"], 2);
    assert_eq!(packs["packs"][0]["verdict"], "failed");
    assert!(packs["packs"][0]["failure"]["message"].is_string());
    for command in ["plan", "pack", "outlook"] {
        let error = json(scratch.path(), &[command, "nope.yaml"], 2);
        assert_eq!(error["schema"], "clspack.error/1");
        assert_eq!(error["message"], why);
        assert_eq!(error["help"], "check the spelling of the path");
    }
}

#[test]
fn a_faulty_map_is_reported_to_programs_too() {
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("map.yaml"), "columns: { A: nothing }\n").unwrap();
    fs::write(scratch.path().join("a.csv"), "A\nx\n").unwrap();
    let batch = ["batch", "a.csv", "--map", "map.yaml", "-o", "out"];
    let report = json(scratch.path(), &batch, 1);
    assert_eq!(report["schema"], "clspack.batch/1");
    assert_eq!(report["findings"][0]["at"]["file"], "map.yaml");
    assert_eq!(report["products"], serde_json::json!([]));
    assert!(!scratch.path().join("out").exists());
}

#[test]
fn places_have_an_end() {
    let scratch = tempfile::tempdir().unwrap();
    support::copy(&repository("tests/bases/mra"), scratch.path());
    let path = scratch.path().join("manifest.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.replace("name: Home Hub 2", "name: |\n    株式会社 TBD\n    TBD");
    assert!(text.contains("株式会社"));
    fs::write(&path, text).unwrap();
    let check = json(scratch.path(), &["check", "manifest.yaml"], 1);
    let findings = check["findings"].as_array().unwrap();
    let mut places = findings.iter().map(|finding| &finding["place"]);
    let name = places.find(|place| place["field"] == "product.name");
    let name = name.unwrap_or_else(|| panic!("{check:#}"));
    let number = |name_of: &str| name[name_of].as_u64().unwrap();
    assert_eq!(number("end_line"), number("line") + 1, "{name:#}");
    assert_eq!(number("end_column"), 8, "{name:#}");
}

#[test]
fn places_of_a_report_are_values() {
    let scratch = examples();
    let rows = "extends,Models,Remarks\nexamples/german-camera,X-1,\n";
    fs::write(scratch.path().join("a, b.csv"), rows).unwrap();
    let report = json(scratch.path(), &["batch", "a, b.csv", "-o", "out"], 1);
    let heading = serde_json::json!({ "file": "a, b.csv", "line": 1, "end_line": 1, "cell": "C1" });
    assert_eq!(report["findings"][0]["at"], heading);
    let problems = report["products"][0]["problems"].as_array().unwrap();
    let ends = problems.iter().find(|problem| problem["code"] == "P202");
    let at = &ends.unwrap()["at"];
    assert_eq!(at["file"], "examples/german-camera/manifest.yaml");
    assert_eq!((&at["column"], &at["end_column"]), (&14.into(), &24.into()));
    assert_eq!(at["field"], "labels[0].expires");
}

#[test]
fn explain_writes_json_and_lists_codes() {
    let here = repository("");
    let page = json(&here, &["explain", "unknown-field"], 0);
    assert_eq!(page["code"], "M009");
    for part in ["name", "severity", "title", "why", "example", "fix"] {
        assert!(page[part].is_string(), "{part}");
    }
    let all = json(&here, &["explain"], 0);
    let n_codes = clspack::diag::Code::ALL.len();
    assert_eq!(all["findings"].as_array().unwrap().len(), n_codes);
    let listed = run(&here, &["explain"]).expect(0).stdout;
    assert!(listed.lines().count() > n_codes);
    assert!(listed.contains("M009  error    The manifest has no field"));
    let wrong = run(&here, &["explain", "M999"]).expect(2);
    assert!(!wrong.stderr.contains("docs/"), "{}", wrong.stderr);
}

#[test]
fn sarif_has_rules_and_relative_places() {
    let scratch = examples();
    fs::rename(
        scratch.path().join("examples/blocked"),
        scratch.path().join("examples/b 50%"),
    )
    .unwrap();
    let check = ["check", "examples/b 50%", "nope.yaml", "--format", "sarif"];
    let ran = run(scratch.path(), &check).expect(2);
    let log: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let of_run = &log["runs"][0];
    assert_eq!(of_run["columnKind"], "unicodeCodePoints");
    let invocation = &of_run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let failure = &invocation["toolExecutionNotifications"][0];
    assert!(
        failure["message"]["text"]
            .as_str()
            .unwrap()
            .contains("nope.yaml")
    );
    let rules = of_run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = of_run["results"].as_array().unwrap();
    assert_eq!(results.len(), 14);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(rules[index]["help"]["markdown"].is_string());
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"],
            "examples/b%2050%25/manifest.yaml"
        );
        assert!(place["region"]["startLine"].as_u64() >= Some(1));
    }
    let unknown = results.iter().find(|result| result["ruleId"] == "M009");
    let region = &unknown.unwrap()["locations"][0]["physicalLocation"]["region"];
    let expected =
        serde_json::json!({ "startLine": 22, "startColumn": 3, "endLine": 22, "endColumn": 19 });
    assert_eq!(region, &expected);
}

#[test]
fn github_gets_commands_at_the_right_places() {
    let scratch = examples();
    let check = ["check", "examples/blocked", "--format", "github"];
    let shown = run(scratch.path(), &check).expect(1).stdout;
    let unknown = "::error file=examples/blocked/manifest.yaml,line=22,col=3,endColumn=19,title=M009 unknown-field::\
                   unknown field `firmwear_version`%0Anote: `product` has no such field%0A\
                   help: a similar field exists: write `firmware_version`\n";
    assert!(shown.contains(unknown), "{shown}");
    assert_eq!(shown.lines().count(), 14);
    assert!(
        shown
            .lines()
            .all(|line| line.starts_with("::error ") || line.starts_with("::warning "))
    );
    // Nothing wrong, nothing shown.
    let check = ["check", "examples/level-4-door-lock", "--format", "github"];
    assert_eq!(run(scratch.path(), &check).expect(0).stdout, "");
    // A cell is on the line of its row, and what two rows share is shown once.
    let rows = "extends,Models,A%B\nexamples/german-camera,X-1,\nexamples/german-camera,X-2,\n";
    fs::write(scratch.path().join("a,b.csv"), rows).unwrap();
    let batch = ["batch", "a,b.csv", "-o", "out", "-q", "--format", "github"];
    let shown = run(scratch.path(), &batch).expect(1).stdout;
    let heading = "file=a%2Cb.csv,line=1,endLine=1,title=S107 columns-left-out::cell C1: no field is called `A%25B`";
    assert_eq!(shown.matches(heading).count(), 1, "{shown}");
    assert_eq!(shown.matches("title=P202 ").count(), 1, "{shown}");
    assert_eq!(shown.matches("title=P004 ").count(), 2, "{shown}");
}

/// The elements of a document and their attributes, in order; panics if it is not well-formed.
fn elements(xml: &str) -> Vec<(String, Vec<(String, String)>)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut elements = Vec::new();
    loop {
        let event = reader.read_event().unwrap();
        if let Event::Start(start) = &event {
            let attributes = start.attributes().map(|one| {
                let one = one.unwrap();
                let value = one.value.to_string();
                (one.key.as_ref().to_owned(), value)
            });
            let attributes = attributes.collect();
            let name = start.name().as_ref().to_owned();
            elements.push((name, attributes));
        }
        if matches!(event, Event::Eof) {
            return elements;
        }
    }
}

#[test]
fn junit_has_a_suite_for_each_manifest() {
    let scratch = examples();
    let check = [
        "check",
        "examples/*/manifest.yaml",
        "nope.yaml",
        "--format",
        "junit",
    ];
    let count = |arguments: &[&str]| {
        let elements = elements(&run(scratch.path(), arguments).expect(2).stdout);
        let count = |name: &str| elements.iter().filter(|(found, _)| found == name).count();
        let all = &elements[0].1;
        let stated = |name: &str| {
            let attribute = all.iter().find(|(found, _)| found == name);
            attribute.unwrap().1.parse::<usize>().unwrap()
        };
        assert_eq!(stated("tests"), count("testcase"));
        assert_eq!(stated("failures"), count("failure"));
        assert_eq!(stated("errors"), count("error"));
        assert_eq!(stated("skipped"), count("skipped"));
        ["testsuite", "failure", "error", "skipped"].map(count)
    };
    let arguments = ["check", "examples/*/manifest.yaml"];
    let document = json(scratch.path(), &arguments, 1);
    let entries = document["manifests"].as_array().unwrap();
    let sum = |name: &str| -> usize {
        let counts = entries.iter().map(|entry| entry["counts"][name].as_u64());
        usize::try_from(counts.map(Option::unwrap).sum::<u64>()).unwrap()
    };
    let [errors, confirms, warnings] = ["errors", "confirms", "warnings"].map(sum);
    let state = |state: &str| {
        entries
            .iter()
            .filter(|entry| entry["state"] == state)
            .count()
    };
    let (n_blocked, n_open) = (state("blocked"), state("confirm"));
    assert!(
        [errors, confirms, warnings, n_blocked, n_open]
            .iter()
            .all(|n| *n > 0)
    );
    // A state that fails the run is a failure of its own.
    let failures = errors + n_blocked;
    assert_eq!(count(&check), [7, failures, 1, confirms + warnings]);
    let strict = [&check[..], &["--fail-on", "confirm"]].concat();
    let failures = failures + confirms + n_open;
    assert_eq!(count(&strict), [7, failures, 1, warnings]);
    let strict = [&check[..], &["--fail-on", "warning"]].concat();
    assert_eq!(count(&strict), [7, failures + warnings, 1, 0]);
}

#[test]
fn other_commands_refuse_these_formats() {
    let ran = run(&repository(""), &["plan", "x.yaml", "--format", "junit"]).expect(2);
    assert_eq!(ran.stdout, "");
    assert!(
        ran.stderr
            .contains("only `check` and `batch` write the format `junit`")
    );
    // What keeps a command from its work is in the document too.
    let failed = ["check", "x.yaml", "--rules", "nope", "--format", "junit"];
    let ran = run(&repository(""), &failed).expect(2);
    assert_eq!(elements(&ran.stdout).last().unwrap().0, "error");
}

#[test]
fn open_points_and_warnings_fail_a_run_that_asks_for_it() {
    let scratch = examples();
    // A manifest, and the exit codes for errors, open points and warnings.
    for (example, codes) in [
        ("level-4-door-lock", [0, 0, 0]),
        ("german-camera", [0, 0, 1]),
        ("japanese-camera", [0, 1, 1]),
        ("blocked", [1, 1, 1]),
    ] {
        let path = format!("examples/{example}");
        for (severity, code) in ["error", "confirm", "warning"].into_iter().zip(codes) {
            for format in ["human", "json", "sarif", "github", "junit"] {
                let options = ["--fail-on", severity, "--format", format];
                run(scratch.path(), &[&["check", &path], &options[..]].concat()).expect(code);
            }
            let batch = ["batch", &path, "-o", example, "-q", "--fail-on", severity];
            run(scratch.path(), &batch).expect(code);
        }
    }
    let strict = ["check", "examples/german-camera", "--fail-on", "warning"];
    let ran = run(scratch.path(), &strict).expect(1);
    assert_eq!(
        ran.stderr,
        "the exit code is 1 because of `--fail-on warning`\n"
    );
    let failed = ["check", "nope.yaml", "--fail-on", "warning"];
    run(scratch.path(), &failed).expect(2);
}

#[test]
fn check_expands_patterns() {
    let scratch = examples();
    let checked = |arguments: &[&str], exit: i32| {
        let arguments = [&["check"], arguments].concat();
        let document = json(scratch.path(), &arguments, exit);
        let entries = document["manifests"].as_array().unwrap().iter();
        let names = entries.map(|entry| entry["manifest"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    let all = [
        "examples/blocked/manifest.yaml",
        "examples/german-camera/manifest.yaml",
        "examples/japanese-camera/manifest.yaml",
        "examples/korean-robot-vacuum/manifest.yaml",
        "examples/level-4-door-lock/manifest.yaml",
        "examples/wifi-router-level-2/manifest.yaml",
    ];
    assert_eq!(checked(&["examples/*/manifest.yaml"], 1), all);
    assert_eq!(checked(&["**/manifest.yaml"], 1), all);
    // A folder matches by its manifest; with a slash at the end no file does.
    assert_eq!(checked(&["examples/*/"], 1), all);
    assert_eq!(checked(&["examples/[jk]*"], 0), all[2..4]);
    // Packs have manifests that are no products, and hidden folders are somebody else's.
    let pack = ["pack", "examples/german-camera", "-o", "out", "--dir"];
    run(scratch.path(), &pack).expect(0);
    support::copy(
        &scratch.path().join("examples/german-camera"),
        &scratch.path().join(".hidden/german-camera"),
    );
    assert_eq!(checked(&["**/manifest.yaml"], 1), all);
    assert_eq!(
        checked(&[".hidden/*"], 0),
        [".hidden/german-camera/manifest.yaml"]
    );
    // The name of a file wins.
    let from = scratch.path().join("examples/german-camera");
    support::copy(&from, &scratch.path().join("examples/[jk]x"));
    support::copy(&from, &scratch.path().join("examples/jx"));
    assert_eq!(
        checked(&["examples/[jk]x"], 0),
        ["examples/[jk]x/manifest.yaml"]
    );
    assert_eq!(
        checked(&["examples/[j]x"], 0),
        ["examples/jx/manifest.yaml"]
    );
    for nothing in ["examples/*/manifest.yml", "nowhere/*"] {
        let ran = run(scratch.path(), &["check", nothing]).expect(2);
        let message = format!("error: the pattern `{nothing}` matches no file\n");
        assert!(ran.stderr.starts_with(&message), "{}", ran.stderr);
        let folder = nothing.split_inclusive('/').next().unwrap();
        let help = format!("help: look for the files in `{folder}`");
        assert!(ran.stderr.contains(&help), "{}", ran.stderr);
    }
    let ran = run(scratch.path(), &["check", "examples/[a"]).expect(2);
    assert!(ran.stderr.contains("cannot be read"), "{}", ran.stderr);
}

#[test]
fn plan_and_verify_expand_patterns() {
    let scratch = examples();
    let plan = json(scratch.path(), &["plan", "examples/german*"], 0);
    assert_eq!(plan["manifest"], "examples/german-camera/manifest.yaml");
    let many = run(scratch.path(), &["plan", "examples/*-camera"]).expect(2);
    assert!(
        many.stderr.contains("matches 2 files; name one manifest"),
        "{}",
        many.stderr
    );
    run(
        scratch.path(),
        &["pack", "examples/german-camera", "-o", "out"],
    )
    .expect(0);
    run(
        scratch.path(),
        &["pack", "examples/japanese-camera", "-o", "out", "--dir"],
    )
    .expect(0);
    let verified = |pattern: &str, exit: i32| {
        let document = json(scratch.path(), &["verify", pattern], exit);
        let packs = document["packs"].as_array().unwrap().iter();
        let kind = |pack: &Value| pack["pack"].as_str().unwrap().contains(".zip");
        packs.map(kind).collect::<Vec<_>>()
    };
    assert_eq!(verified("out/*.zip", 0), [true]);
    assert_eq!(verified("out/*/", 0), [false]);
    assert_eq!(verified("**/*_2026-12-01*", 0), [false, true]);
    let broken = scratch.path().join("out/broken.zip");
    fs::write(broken, "no zip").unwrap();
    assert_eq!(verified("out/*.zip", 1), [true, true]);
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let here = repository("");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = run(&here, &["completions", shell]).expect(0).stdout;
        for word in ["verify", "fail-on"] {
            assert!(script.contains(word), "{shell} lacks {word}");
        }
    }
    let page = run(&here, &["man"]).expect(0).stdout;
    assert!(page.contains(".TH clspack 1"), "{page}");
    // Options that the short help leaves out are in the pages.
    assert!(page.contains("Use the rules in this folder"), "{page}");
    let scratch = tempfile::tempdir().unwrap();
    run(scratch.path(), &["man", "--dir", "man"]).expect(0);
    let mut pages: Vec<_> = fs::read_dir(scratch.path().join("man")).unwrap().collect();
    assert!(pages.len() > 15, "{} pages", pages.len());
    let page = pages.remove(0).unwrap().path();
    fs::write(&page, "mine").unwrap();
    run(scratch.path(), &["man", "--dir", "man"]).expect(2);
    assert_eq!(fs::read_to_string(&page).unwrap(), "mine");
}

#[test]
fn short_help_leaves_out_what_is_rarely_used() {
    let here = repository("");
    let short = run(&here, &["check", "-h"]).expect(0).stdout;
    let long = run(&here, &["check", "--help"]).expect(0).stdout;
    for option in ["--rules", "--templates", "--color"] {
        assert!(!short.contains(option) && long.contains(option), "{option}");
    }
    assert!(short.contains("Options of every command:"), "{short}");
}

/// The commands of the page for programs, and the hook.
#[test]
fn the_page_for_programs_shows_what_happens() {
    let page = support::text(&repository("docs/machines.md"));
    let scratch = examples();
    run(
        scratch.path(),
        &["pack", "examples/german-camera", "-o", "out"],
    )
    .expect(0);
    let mut n_run = 0;
    for block in page.split("```sh\n").skip(1) {
        let block = block.split("```").next().unwrap();
        for line in block.lines() {
            let command = line.split(" > ").next().unwrap().replace('"', "");
            let words: Vec<&str> = command.split(' ').skip(1).collect();
            assert_ne!(run(scratch.path(), &words).code, 2, "{line}");
            n_run += 1;
        }
    }
    assert_eq!(n_run, 4);
    let hooks: Value = read_yaml(support::text(&repository(".pre-commit-hooks.yaml")).as_bytes());
    let hook = &hooks[0];
    let words = hook["entry"].as_str().unwrap().split(' ').skip(1);
    let arguments = hook["args"].as_array().unwrap().iter();
    let words: Vec<&str> = words.chain(arguments.filter_map(Value::as_str)).collect();
    assert_eq!(run(scratch.path(), &words).code, 1);
    assert!(page.contains(hook["id"].as_str().unwrap()));
}
