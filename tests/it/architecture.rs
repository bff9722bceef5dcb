//! Who may import whom, how long a file may be, which crate lives where. The walls around the packages in
//! `crates/` are Cargo's; this table keeps those within `src/`, and what all files have in common.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::repository;

/// What each module may name besides itself. `cli` may name everything, and nobody names it.
const MAY: &[(&str, &[&str])] = &[
    // How a path with control characters is shown.
    ("error", &["domain"]),
    // Why a file was not searched is a word of `look`.
    ("domain", &["look"]),
    ("parallel", &[]),
    ("world", &["domain", "error"]),
    ("diag", &["domain"]),
    ("manifest", &["diag", "domain", "rules"]),
    ("inspect", &["diag", "domain", "look", "sbom", "sensitive"]),
    ("sheet", &["diag", "domain", "error", "manifest"]),
    ("sniff", &["diag", "domain", "look", "pdf"]),
    (
        "gather",
        &[
            "diag", "domain", "error", "inspect", "look", "parallel", "pdf", "sniff", "typeset",
            "world",
        ],
    ),
    ("rules", &["diag", "domain"]),
    ("calc", &["domain", "rules"]),
    ("plan", &["diag", "domain", "rules"]),
    ("gaps", &["diag", "domain", "plan", "rules"]),
    (
        "case",
        &[
            "diag", "domain", "error", "gather", "inspect", "look", "manifest", "pdf", "plan",
            "render", "rules", "signing", "typeset", "world",
        ],
    ),
    (
        "signing",
        &["diag", "domain", "error", "gather", "pdf", "render"],
    ),
    (
        "render",
        &[
            "diag", "domain", "error", "plan", "report", "rules", "typeset",
        ],
    ),
    ("pack", &["diag", "domain", "error", "world"]),
    (
        "assemble",
        &[
            "case", "domain", "error", "exhibits", "manifest", "pack", "plan", "render", "report",
            "typeset", "world",
        ],
    ),
    (
        "exhibits",
        &[
            "case", "domain", "error", "pdf", "plan", "render", "rules", "typeset", "world",
        ],
    ),
    (
        "changes",
        &[
            "assemble", "case", "domain", "inspect", "manifest", "pack", "plan", "render", "world",
        ],
    ),
    (
        // `pdf` reads documents that cannot be made again.
        "audit",
        &[
            "assemble", "case", "diag", "domain", "error", "gather", "manifest", "pack", "pdf",
            "plan", "render", "report", "rules", "typeset", "world",
        ],
    ),
    (
        "batch",
        &[
            "assemble", "case", "changes", "diag", "domain", "error", "gather", "look", "manifest",
            "pack", "parallel", "plan", "render", "report", "rules", "sheet", "signing", "sniff",
            "typeset", "world",
        ],
    ),
    (
        "report",
        &["diag", "domain", "gaps", "manifest", "plan", "rules"],
    ),
    (
        "page",
        &[
            "assemble", "case", "diag", "domain", "error", "manifest", "pack", "parallel", "plan",
            "render", "report", "rules", "typeset", "world",
        ],
    ),
];

/// Crates, and the modules that alone may name them.
const HOMES: &[(&str, &[&str])] = &[
    ("krilla", &["crates/typeset/src/pdf"]),
    ("parley", &["crates/typeset/src/"]),
    (
        "quick_xml",
        &[
            "crates/typeset/src/markup/",
            "crates/office/src/",
            "crates/workbook/src/",
            "crates/look/src/",
            "crates/sbom/src/",
        ],
    ),
    ("tera", &["src/render/", "src/page/", "crates/office/src/"]),
    ("clspack_serve", &["src/page/", "src/cli/serve.rs"]),
    (
        // For reading in the archive reader alone; packs are written by `pack`, whose tests read them with it.
        "zip",
        &[
            "crates/archive/src/",
            "src/pack/zipped.rs",
            "src/pack/quiet.rs",
        ],
    ),
    (
        "clspack_archive",
        &[
            "src/pack/",
            "crates/office/src/package.rs",
            "crates/workbook/src/package.rs",
            "crates/look/src/",
        ],
    ),
    ("encoding_rs", &["crates/look/src/"]),
    (
        "granit_parser",
        &["src/manifest/tree.rs", "src/rules/yaml.rs"],
    ),
    ("annotate_snippets", &["src/report/human.rs"]),
    ("jiff", &["src/domain/date.rs"]),
    (
        "icu_normalizer",
        &["crates/words/src/text.rs", "src/batch/words.rs"],
    ),
    ("walkdir", &["src/world.rs"]),
    ("infer", &["crates/look/src/sniff/kind.rs"]),
    (
        "memchr",
        &[
            "crates/look/src/",
            "crates/pdf/src/",
            "crates/archive/src/",
            "crates/workbook/src/",
        ],
    ),
    (
        "flate2",
        &[
            "crates/pdf/src/",
            "crates/look/src/",
            "crates/archive/src/unpack.rs",
            "src/pack/press.rs",
            "src/pack/zipped.rs",
        ],
    ),
    ("strsim", &["crates/words/src/nearest.rs"]),
    (
        "include_dir",
        &["src/rules/embedded.rs", "src/diag/explain.rs"],
    ),
    ("tempfile", &["src/pack/"]),
    ("dialoguer", &["src/cli/init/ask.rs", "src/cli/batch.rs"]),
    ("indicatif", &["src/cli/progress.rs"]),
    (
        "csv",
        &[
            "src/batch/report/csv.rs",
            "src/report/gaps/table.rs",
            "src/sheet/template.rs",
            "crates/workbook/src/separated.rs",
        ],
    ),
    (
        "rust_xlsxwriter",
        &[
            "src/batch/report/xlsx",
            "src/report/gaps/workbook.rs",
            "src/sheet/",
        ],
    ),
    ("calamine", &["crates/workbook/src/workbook.rs"]),
    ("clspack_workbook", &["src/sheet/"]),
    ("glob", &["src/world/patterns.rs"]),
    ("unicode_width", &["src/batch/report/table.rs"]),
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/"]),
    ("clap_mangen", &["src/cli/manual.rs"]),
];

/// Returns the sources of every package, the product's first.
fn sources() -> Vec<(String, String)> {
    let is_source = |name: &str| Path::new(name).extension().is_some_and(|end| end == "rs");
    let texts = texts(&["src", "crates"]).into_iter();
    texts.filter(|(name, _)| is_source(name)).collect()
}

/// Returns the texts below these folders; what is no text is left out.
fn texts(folders: &[&str]) -> Vec<(String, String)> {
    let mut folders: Vec<PathBuf> = folders.iter().map(|folder| repository(folder)).collect();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(repository(""))
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                if let Ok(text) = fs::read_to_string(&path) {
                    files.push((name, text));
                }
            }
        }
    }
    files.sort();
    files
}

fn module(name: &str) -> &str {
    let rest = name.trim_start_matches("src/");
    rest.split('/').next().unwrap().trim_end_matches(".rs")
}

/// Returns the modules of the product that a line of a file names, by `crate::` or by as many `super::` as lead out of
/// the file's own module. `is_inner`: the line is in a module within the file, such as that of its tests.
fn named<'l>(file: &str, line: &'l str, is_inner: bool) -> impl Iterator<Item = &'l str> {
    let own = file.trim_end_matches(".rs").trim_end_matches("/mod");
    let outside = "super::".repeat(own.matches('/').count() + usize::from(is_inner));
    let after = |of: &str| line.split(of).skip(1).collect::<Vec<_>>();
    let first = |rest: &'l str| {
        let mut words = rest.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.next().unwrap()
    };
    let rests = [after("crate::"), after(&outside)].into_iter().flatten();
    rests.map(first)
}

#[test]
fn modules_import_only_what_stands_before_them() {
    let mut faults = Vec::new();
    let product = sources().into_iter();
    for (name, text) in product.filter(|(name, _)| name.starts_with("src/")) {
        let from = module(&name);
        let Some((_, may)) = MAY.iter().find(|(module, _)| *module == from) else {
            assert!(
                matches!(from, "cli" | "main" | "lib"),
                "{name}: the import table does not know `{from}`"
            );
            continue;
        };
        let inner = text
            .lines()
            .position(|line| line.starts_with("mod ") && line.ends_with('{'));
        for (i, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for to in named(&name, line, inner.is_some_and(|inner| i > inner)) {
                if to != from && !may.contains(&to) && !to.is_empty() {
                    faults.push(format!("{name}:{}: `{from}` may not import `{to}`", i + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_crate_is_named_in_its_home_alone() {
    let mut faults = Vec::new();
    // The tests of a package may make files by whatever makes them.
    let sources = sources().into_iter();
    for (name, text) in
        sources.filter(|(name, _)| name.starts_with("src/") || name.contains("/src/"))
    {
        for (i, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            let away = |homes: &[&str]| !homes.iter().any(|home| name.starts_with(home));
            for (krate, homes) in HOMES.iter().filter(|(_, homes)| away(homes)) {
                let named =
                    line.contains(&format!("{krate}::")) && !line.contains(&format!("_{krate}::"));
                if named {
                    faults.push(format!(
                        "{name}:{}: `{krate}` lives in {}",
                        i + 1,
                        homes.join(", ")
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Reading goes through `world`, which is handed in; these alone reach files themselves, to write outputs and notes.
#[test]
fn files_are_reached_through_the_world() {
    let doors = [
        "src/world",
        "src/pack/",
        "src/batch/lock.rs",
        "src/batch/journal.rs",
    ];
    for (name, text) in sources()
        .iter()
        .filter(|(name, _)| name.starts_with("src/"))
    {
        let is_door = doors.iter().any(|door| name.starts_with(door));
        assert!(is_door || !text.contains("std::fs"), "{name} names std::fs");
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        let names_os = words.any(|word| word == "Os");
        let is_start = matches!(name.as_str(), "src/world.rs" | "src/main.rs");
        assert!(is_start || !names_os, "{name} names the world as it is");
    }
}

#[test]
fn modules_leave_themselves_by_super() {
    let all = |file, line, is_inner| named(file, line, is_inner).collect::<Vec<_>>();
    assert_eq!(
        all("src/plan/mod.rs", "use super::pack::x;", false),
        ["pack"]
    );
    assert_eq!(all("src/case.rs", "    super::pack::x()", false), ["pack"]);
    assert_eq!(
        all("src/plan/fee.rs", "use super::{a, super::pack};", false),
        [""; 0]
    );
    assert_eq!(
        all("src/plan/fee.rs", "use super::super::pack;", false),
        ["pack"]
    );
    assert_eq!(all("src/plan/mod.rs", "    use super::*;", true), [""; 0]);
    assert_eq!(
        all("src/plan/mod.rs", "    use crate::pack;", true),
        ["pack"]
    );
}

#[test]
fn files_are_short_and_open_with_what_they_are_for() {
    for (name, text) in sources() {
        assert!(
            text.lines().count() <= 400,
            "{name} has {} lines",
            text.lines().count()
        );
        assert!(
            text.starts_with("//!"),
            "{name} does not say what it is for"
        );
    }
}

/// The packages in `crates/` can be used for anything: their words are about documents, never about labels.
#[test]
fn the_crates_say_nothing_of_the_scheme() {
    for (name, text) in texts(&["crates"]) {
        let lower = text.to_lowercase();
        for word in ["declaration of conformity", "gobusiness", "cybersecurity"] {
            assert!(!lower.contains(word), "{name} speaks of `{word}`");
        }
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        let named = words.find(|word| matches!(*word, "CLS" | "CSA" | "KISA"));
        assert_eq!(named, None, "{name} names a scheme");
    }
}

/// Returns the values of these keys in the files of a folder of `rules/`.
fn values(folder: &str, keys: &[&str]) -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    for (_, text) in texts(&[folder]) {
        for line in text.lines() {
            let (key, value) = line
                .trim_start_matches([' ', '-'])
                .split_once(": ")
                .unwrap_or_default();
            if keys.contains(&key) {
                values.insert(value.trim_matches('"').to_owned());
            }
        }
    }
    values
}

#[test]
fn no_fee_and_no_form_stands_in_the_code() {
    let fees = values("rules/fees", &["amount"]);
    let forms = values("rules/fees", &["form"]);
    assert_eq!((fees.len(), forms.len()), (5, 5), "{fees:?} {forms:?}");
    let law: Vec<String> = fees
        .into_iter()
        .chain(forms)
        .chain(["csaiot", "csa.gov.sg"].map(str::to_owned))
        .collect();
    for (name, text) in sources() {
        let code = text.split("#[cfg(test)]").next().unwrap();
        for law in &law {
            let mut lines = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            assert!(
                !lines.any(|line| line.contains(law)),
                "{name} holds `{law}`, which belongs in rules/"
            );
        }
    }
}
