//! What is generated is up to date, what the README shows is what happens, and the schemas say what
//! the parser takes.

use clspack::batch;
use clspack::diag::Code;
use clspack::manifest::schema::manifest_schema;
use clspack::report::{explain, json};
use clspack::rules::read_yaml;
use serde_json::Value;

use crate::binary::run;
use crate::support::{self, expect, repository};

#[test]
fn the_index_of_findings_is_up_to_date() {
    expect(&repository("docs/diagnostics.md"), &explain::index());
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let folder = repository("docs/findings");
    for code in Code::ALL {
        let page = std::fs::read_to_string(folder.join(format!("{code}.md"))).unwrap();
        let head = explain::head(*code);
        assert!(page.starts_with(&head), "{code}.md begins with {head}");
    }
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), Code::ALL.len());
}

#[test]
fn the_schemas_are_up_to_date() {
    let all = json::schemas().into_iter();
    let others = [
        ("manifest", manifest_schema()),
        ("batch", batch::report::schema()),
    ];
    for (name, schema) in all.chain(others) {
        let path = repository("schemas").join(format!("{name}.schema.json"));
        expect(&path, &format!("{schema:#}\n"));
    }
}

#[test]
fn the_hashes_of_the_fonts_are_right() {
    let files = clspack::typeset::fonts::files();
    for (name, hash) in clspack::typeset::fonts::hashes() {
        let (_, bytes) = files.iter().find(|(file, _)| *file == name).unwrap();
        assert_eq!(
            clspack::domain::Sha256::of(bytes).to_string(),
            hash,
            "{name}"
        );
    }
    assert_eq!(files.len(), clspack::typeset::fonts::hashes().count());
}

/// Every command in a fenced block of the README that begins with `$ ` is run in a copy of the
/// examples; lines that follow are its output, and `…` stands for lines left out.
#[test]
fn the_readme_shows_what_happens() {
    let readme = std::fs::read_to_string(repository("README.md")).unwrap();
    let scratch = tempfile::tempdir().unwrap();
    support::copy(&repository("examples"), &scratch.path().join("examples"));
    let mut n_run = 0;
    for block in readme
        .split("```")
        .skip(1)
        .step_by(2)
        .filter(|block| block.starts_with("console\n"))
    {
        for shown in block.split("\n$ ").skip(1) {
            let (command, output) = shown.split_once('\n').unwrap_or((shown, ""));
            let words: Vec<&str> = command.split_whitespace().collect();
            let arguments = match words[..] {
                ["clspack", ref rest @ ..] | ["cargo", "run", "--release", "--", ref rest @ ..] => {
                    rest
                }
                ["cargo", "test", "--release"] => continue,
                _ => panic!("the README shows `{command}`, which no test runs"),
            };
            let ran = run(scratch.path(), arguments);
            assert_ne!(ran.code, 2, "{command}\n{}", ran.stderr);
            let all = format!("{}{}", ran.stdout, ran.stderr);
            for line in output
                .lines()
                .filter(|line| !line.trim().is_empty() && line.trim() != "…")
            {
                assert!(
                    all.contains(line.trim_end()),
                    "`{command}` does not print `{line}`, but\n{all}"
                );
            }
            n_run += 1;
        }
    }
    assert!(n_run >= 5, "the README shows {n_run} commands");
}

fn schema_at<'s>(schema: &'s Value, name: &str) -> Option<&'s Value> {
    schema.get("properties")?.get(name).or_else(|| {
        schema
            .get("additionalProperties")
            .filter(|more| more.is_object())
    })
}

/// Walks JSON by a schema: names, required names, words and types.
fn faults(value: &Value, schema: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(options) = schema.get("anyOf").and_then(Value::as_array) {
        let fits = |option: &Value| {
            let mut inner = Vec::new();
            self::faults(value, option, at, &mut inner);
            inner.is_empty()
        };
        if !options.iter().any(fits) {
            faults.push(format!("{at}: fits none"));
        }
        return;
    }
    let types: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() || number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let number = is == "integer" && types.contains(&"number");
    if !(types.is_empty() || types.contains(&is) || number) {
        faults.push(format!("{at}: is {is}, not {types:?}"));
    }
    if schema
        .get("enum")
        .and_then(Value::as_array)
        .is_some_and(|words| !words.contains(value))
        || schema.get("const").is_some_and(|word| word != value)
    {
        faults.push(format!("{at}: {value} is not allowed"));
    }
    for name in schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        if value.is_object() && value.get(name).is_none() {
            faults.push(format!("{at}: lacks {name}"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        match schema_at(schema, name) {
            Some(schema) => self::faults(inner, schema, &format!("{at}.{name}"), faults),
            None if schema.get("additionalProperties") == Some(&Value::Bool(false)) => {
                faults.push(format!("{at}: {name} is not known"));
            }
            None => {}
        }
    }
    for (i, inner) in value.as_array().into_iter().flatten().enumerate() {
        if let Some(items) = schema.get("items") {
            self::faults(inner, items, &format!("{at}[{i}]"), faults);
        }
    }
}

#[track_caller]
fn fits(value: &Value, schema: &Value) {
    let mut found = Vec::new();
    faults(value, schema, "", &mut found);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Returns the schema of a document as the program prints it.
fn printed(name: &str) -> Value {
    let ran = run(&repository(""), &["schema", name]).expect(0);
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn what_programs_read_fits_its_schema() {
    let here = repository("");
    let schemas = ["check", "plan", "verify"].map(|name| (name, printed(name)));
    let scratch = tempfile::tempdir().unwrap();
    let pack = scratch.path().join("pack.zip");
    for entry in std::fs::read_dir(repository("examples"))
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.path().join("manifest.yaml").is_file())
    {
        let example = entry.path();
        for (name, schema) in &schemas {
            let input = if *name == "verify" { &pack } else { &example };
            if *name == "verify" {
                let made = [
                    "pack",
                    example.to_str().unwrap(),
                    "-o",
                    pack.to_str().unwrap(),
                    "--force",
                ];
                if run(&here, &made).code != 0 {
                    continue;
                }
            }
            let ran = run(&here, &[name, input.to_str().unwrap(), "--format", "json"]);
            fits(&serde_json::from_str(&ran.stdout).unwrap(), schema);
        }
    }
    assert!(pack.exists(), "no pack was verified");
    for arguments in [
        &["check", "examples/*/manifest.yaml", "nope.yaml"][..],
        &["check", "nope.yaml"],
        &["verify", pack.to_str().unwrap(), "nope.zip"],
    ] {
        let ran = run(&here, &[arguments, &["--format", "json"]].concat()).expect(2);
        let schema = &schemas.iter().find(|(name, _)| *name == arguments[0]);
        fits(
            &serde_json::from_str(&ran.stdout).unwrap(),
            &schema.unwrap().1,
        );
    }
    let wrong: Value = serde_json::json!({ "schema": "clspack.plan/1", "colour": "red" });
    let mut found = Vec::new();
    faults(&wrong, &schemas[1].1, "", &mut found);
    assert!(found.len() > 10, "the schema refuses nothing: {found:?}");
}

#[test]
fn a_report_fits_its_schema() {
    let scratch = tempfile::tempdir().unwrap();
    support::copy(&repository("examples"), &scratch.path().join("examples"));
    // A row with a cell that is wrong, one that cannot be made, and a second run that keeps packs.
    let rows = "extends,Models,Category\nexamples/german-camera,X-1,hub\n";
    std::fs::write(scratch.path().join("a.csv"), rows).unwrap();
    let schema = printed("batch");
    assert_eq!(schema["$id"], "urn:clspack:schema:batch:1");
    for _ in 0..2 {
        let arguments = [
            "batch", "examples", "a.csv", "-o", "out", "--format", "json",
        ];
        let ran = run(scratch.path(), &arguments).expect(1);
        let report: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(report["products"].as_array().unwrap().len(), 7);
        fits(&report, &schema);
    }
}

#[test]
fn the_examples_fit_the_schema_of_the_manifest() {
    let schema = manifest_schema();
    let mut n_read = 0;
    for entry in std::fs::read_dir(repository("examples"))
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.path().join("manifest.yaml").is_file())
    {
        if entry.file_name() == "blocked" {
            continue;
        }
        let text = std::fs::read_to_string(entry.path().join("manifest.yaml")).unwrap();
        // The reader resolves `no` and `yes` as YAML 1.2 does: as texts.
        let value: Value = read_yaml(text.as_bytes());
        fits(&value, &schema);
        n_read += 1;
    }
    assert_eq!(n_read, 5);
}

#[test]
fn what_the_parser_takes_fits_the_schema_of_the_manifest() {
    let schema = manifest_schema();
    let base = repository("tests/bases/mra");
    let text = std::fs::read_to_string(base.join("manifest.yaml")).unwrap();
    let scratch = tempfile::tempdir().unwrap();
    for (own, other) in [
        ("category: smart-home-hub", "category: スマートハブ"),
        ("category: smart-home-hub", "category: Smart Home Hub"),
        ("level: 3", "level: 第3級"),
        ("submission: 2026-12-01", "submission: 1 December 2026"),
        ("support: n/a", "support: not applicable"),
        ("traits: [telemetry, remote-access]", "traits: telemetry"),
        ("  5.1-2:", "  ５．１－２:"),
    ] {
        assert!(text.contains(own), "{own}");
        let changed = text.replace(own, other);
        let value: Value = read_yaml(changed.as_bytes());
        fits(&value, &schema);
        let folder = scratch.path().join("product");
        support::copy(&base, &folder);
        std::fs::write(folder.join("manifest.yaml"), changed).unwrap();
        let ran = run(&folder, &["check", ".", "--format", "json"]).expect(0);
        assert!(
            !ran.stdout.contains("\"error\","),
            "{other}: {}",
            ran.stdout
        );
    }
    // A near miss: a field that does not exist is none in the schema either.
    let value: Value = read_yaml(text.replace("category:", "kategorie:").as_bytes());
    let mut found = Vec::new();
    faults(&value, &schema, "", &mut found);
    assert_eq!(found, [".product: kategorie is not known"]);
}

/// The page about several machines: its commands for GNU parallel, word for word where that is installed,
/// else part by part.
#[test]
fn the_page_about_scale_shows_what_happens() {
    let page = std::fs::read_to_string(repository("docs/scale.md")).unwrap();
    let command = "parallel clspack batch products -o out --shard {}/4 --jobs 1 -q ::: 1 2 3 4";
    assert!(page.contains(command) && page.contains("clspack batch --merge out -o out"));
    let scratch = tempfile::tempdir().unwrap();
    for name in ["german-camera", "korean-robot-vacuum", "japanese-camera"] {
        let to = scratch.path().join("products").join(name);
        support::copy(&repository("examples").join(name), &to);
    }
    let words = command.replace("clspack", env!("CARGO_BIN_EXE_clspack"));
    let words: Vec<&str> = words.split(' ').collect();
    let parallel = std::process::Command::new(words[0])
        .args(&words[1..])
        .current_dir(scratch.path())
        .env("PARALLEL_HOME", scratch.path())
        .output();
    if !parallel.is_ok_and(|output| output.status.success()) {
        for part in ["1/4", "2/4", "3/4", "4/4"] {
            let arguments = ["batch", "products", "-o", "out", "--shard", part, "-q"];
            run(scratch.path(), &arguments).expect(0);
        }
    }
    let ran = run(scratch.path(), &["batch", "--merge", "out", "-o", "out"]).expect(0);
    assert!(
        ran.stdout
            .contains("3 products: 2 to sign, 1 to confirm first"),
        "{}",
        ran.stdout
    );
    assert!(scratch.path().join("out/report.html").exists());
}
