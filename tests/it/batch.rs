//! Many products in one run: through the library where numbers count, through the program where words do.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use clspack::batch::report::{Product, RebuildReason, State, Work};
use clspack::batch::{Inputs, OutputLock, Progress, Settings, Shard, collect, run};
use clspack::diag::Severity;
use clspack::domain::Date;
use clspack::render::Templates;
use clspack::sheet::Mapping;
use clspack::world::{Kind, Os, Walked, World};

use crate::binary;
use crate::support;
use crate::whole::Whole;

struct Silent;

impl Progress for Silent {
    fn look(&self, _: usize) {}
    fn looked(&self) {}
    fn begin(&self, _: usize) {}
    fn done(&self, _: &Product) {}
}

/// A folder of products, each made of the base `mra` with a model and a label of its own.
pub(crate) fn products(models: &[&str]) -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    for model in models {
        add(scratch.path(), model, |text| text);
    }
    scratch
}

pub(crate) fn add(scratch: &Path, model: &str, change: impl Fn(String) -> String) -> PathBuf {
    let folder = scratch.join("in").join(model.replace('/', "_"));
    support::copy(&support::repository("tests/bases/mra"), &folder);
    let manifest = folder.join("manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    // The number of a label has digits, whatever the model.
    let digit = if model.contains(|c: char| c.is_ascii_digit()) {
        ""
    } else {
        "-1"
    };
    let text = text
        .replace(
            "models: [HX-200, HX-200K]",
            &format!("models: [\"{model}\"]"),
        )
        .replace(
            "models: [\"HX-200\", \"HX-200K\"]",
            &format!("models: [\"{model}\"]"),
        )
        .replace(
            "CIC-EXAMPLE-0001",
            &format!("\"CIC-EXAMPLE-{model}{digit}\""),
        );
    let text = change(text);
    // A certificate of its own, and a report of what is said of the laboratory.
    let laboratory = text.lines().find(|line| line.starts_with("laboratory:"));
    let own = [
        ("kisa-certificate", model),
        ("lab-report", laboratory.unwrap_or_default()),
    ];
    for (name, of) in own {
        let file = folder.join("evidence").join(name).with_extension("pdf");
        let mut bytes = fs::read(&file).unwrap();
        bytes.extend(format!("% {of}\n").bytes());
        fs::write(&file, bytes).unwrap();
    }
    fs::write(&manifest, text).unwrap();
    manifest
}

pub(crate) struct Run {
    jobs: usize,
    fresh: bool,
    folders: bool,
    shard: Option<Shard>,
}

pub(crate) const PLAIN: Run = Run {
    jobs: 2,
    fresh: false,
    folders: false,
    shard: None,
};

pub(crate) fn batch(scratch: &Path, how: &Run) -> Whole {
    let out = scratch.join("out");
    let inputs = collect(&[scratch.join("in")], &out, &Mapping::default(), &Os).unwrap();
    worked(&inputs, out, how)
}

pub(crate) fn worked(inputs: &Inputs, out: PathBuf, how: &Run) -> Whole {
    worked_in(inputs, out, how, &Os)
}

pub(crate) fn worked_in(inputs: &Inputs, out: PathBuf, how: &Run, world: &dyn World) -> Whole {
    let settings = Settings {
        book: &support::book(),
        templates: &Templates::built_in().unwrap(),
        on: None,
        out,
        folders: how.folders,
        fresh: how.fresh,
        jobs: how.jobs,
        shard: how.shard,
        inbox: None,
        by_client: false,
    };
    let lock = OutputLock::acquire(&settings.out, settings.shard.is_some(), world).unwrap();
    Whole::of(run(inputs, &settings, &lock, world, &Silent).unwrap())
}

/// What is said of each product.
pub(crate) fn problems_of(report: &Whole) -> Vec<Vec<&str>> {
    report
        .products
        .iter()
        .map(|product| {
            product
                .problems
                .iter()
                .map(|problem| problem.message.as_str())
                // The files of a base that a test no longer names.
                .filter(|message| !message.starts_with("the manifest does not name"))
                .collect()
        })
        .collect()
}

fn works(report: &Whole) -> Vec<Work> {
    report.products.iter().map(|product| product.work).collect()
}

fn packs(scratch: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(scratch.join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    names
}

#[test]
fn good_ones_finish_and_bad_ones_are_listed_apart() {
    let scratch = products(&["A-1", "C-3"]);
    add(scratch.path(), "B-2", |text| {
        text.replace("201912345R", "201912345A")
    });
    let report = batch(scratch.path(), &PLAIN);
    let states: Vec<_> = report
        .products
        .iter()
        .map(|product| product.state)
        .collect();
    assert_eq!(states, [State::ToSign, State::Blocked, State::ToSign]);
    assert_eq!(
        packs(scratch.path()),
        ["A-1_iotmra_2026-12-01.zip", "C-3_iotmra_2026-12-01.zip"]
    );
    let problem = &report.products[1].problems[0];
    assert_eq!(
        (problem.code.as_str(), problem.text.as_str()),
        ("M017", "201912345A")
    );
    assert!(
        problem.place.ends_with("B-2/manifest.yaml:7:8"),
        "{}",
        problem.place
    );
}

#[test]
fn threads_change_neither_order_nor_bytes() {
    let models = ["A-1", "B-2", "C-3", "D-4", "E-5"];
    let (one, many) = (products(&models), products(&models));
    let first = batch(one.path(), &Run { jobs: 1, ..PLAIN });
    let second = batch(many.path(), &Run { jobs: 4, ..PLAIN });
    let hashes = |report: &Whole| -> Vec<_> {
        report
            .products
            .iter()
            .map(|product| (product.index, product.sha256.clone()))
            .collect()
    };
    assert_eq!(hashes(&first), hashes(&second));
}

#[test]
fn only_what_changed_is_made_again() {
    let scratch = products(&["A-1", "B-2", "C-3", "D-4"]);
    assert_eq!(
        works(&batch(scratch.path(), &PLAIN)),
        [Work::Made(RebuildReason::New); 4]
    );
    assert_eq!(works(&batch(scratch.path(), &PLAIN)), [Work::Kept; 4]);
    let inside = scratch.path().join("in");
    let manifest = inside.join("A-1/manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("Home Hub 2", "Home Hub 2 Plus")).unwrap();
    fs::write(
        inside.join("B-2/evidence/sbom.pdf"),
        support::pdf("another"),
    )
    .unwrap();
    let out = scratch.path().join("out");
    fs::write(out.join("C-3_iotmra_2026-12-01.zip"), "altered").unwrap();
    fs::remove_file(out.join("D-4_iotmra_2026-12-01.zip")).unwrap();
    let why = [
        RebuildReason::Manifest,
        RebuildReason::Evidence,
        RebuildReason::Altered,
        RebuildReason::Lost,
    ];
    assert_eq!(works(&batch(scratch.path(), &PLAIN)), why.map(Work::Made));
    assert_eq!(works(&batch(scratch.path(), &PLAIN)), [Work::Kept; 4]);
    let fresh = Run {
        fresh: true,
        ..PLAIN
    };
    assert_eq!(
        works(&batch(scratch.path(), &fresh)),
        [Work::Made(RebuildReason::Asked); 4]
    );
}

#[test]
fn folders_are_kept_and_mended_like_files() {
    let scratch = products(&["A-1", "B-2"]);
    let folders = Run {
        folders: true,
        ..PLAIN
    };
    assert_eq!(
        works(&batch(scratch.path(), &folders)),
        [Work::Made(RebuildReason::New); 2]
    );
    let sheet = scratch
        .path()
        .join("out/B-2_iotmra_2026-12-01/00-upload-sheet.html");
    fs::write(&sheet, "altered").unwrap();
    assert_eq!(
        works(&batch(scratch.path(), &folders)),
        [Work::Kept, Work::Made(RebuildReason::Altered)]
    );
    // What was altered is set aside, since somebody may have meant it.
    let aside = scratch
        .path()
        .join("out/B-2_iotmra_2026-12-01-altered-1/00-upload-sheet.html");
    assert_eq!(fs::read_to_string(aside).unwrap(), "altered");
}

#[test]
fn a_run_that_was_killed_goes_on() {
    let scratch = products(&["A-1", "B-2"]);
    batch(scratch.path(), &PLAIN);
    // Killed after the first pack, in the middle of a line of the journal.
    let journal = scratch.path().join("out/.clspack-batch.jsonl");
    let text = fs::read_to_string(&journal).unwrap();
    let half = text.len() - 40;
    fs::write(&journal, &text[..half]).unwrap();
    let works = works(&batch(scratch.path(), &PLAIN));
    assert_eq!(
        works.iter().filter(|work| **work == Work::Kept).count(),
        1,
        "{works:?}"
    );
    let again = batch(scratch.path(), &PLAIN);
    assert_eq!(super::batch::works(&again), [Work::Kept; 2]);
}

#[test]
fn names_that_collide_keep_both_from_being_made_and_nobody_else() {
    let scratch = products(&["HX-200", "OK-1"]);
    add(scratch.path(), "hx-200", |text| text);
    let report = batch(scratch.path(), &PLAIN);
    let codes: Vec<_> = report
        .products
        .iter()
        .map(|product| {
            product
                .problems
                .iter()
                .map(|problem| problem.code.as_str())
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(codes, [vec!["B001"], vec![], vec!["B001"]]);
    assert_eq!(packs(scratch.path()), ["OK-1_iotmra_2026-12-01.zip"]);
    // One that is blocked by something else is there twice all the same: it would be found after the other was sent.
    let blocked = products(&["HX-200"]);
    let wrong = |text: String| text.replace("201912345R", "201912345A");
    add(blocked.path(), "hx-200", wrong);
    let report = batch(blocked.path(), &PLAIN);
    assert_eq!(report.products[0].problems[0].code, "B001");
    assert!(packs(blocked.path()).is_empty());
    let near = products(&["HX-200", "HX-200K"]);
    assert!(
        works(&batch(near.path(), &PLAIN))
            .iter()
            .all(|work| *work == Work::Made(RebuildReason::New))
    );
}

#[test]
fn what_cannot_be_read_fails_alone_and_circles_are_said() {
    let scratch = products(&["A-1"]);
    let circle = scratch.path().join("in/circle");
    fs::create_dir_all(&circle).unwrap();
    fs::write(circle.join("manifest.yaml"), "extends: manifest.yaml\n").unwrap();
    let report = batch(scratch.path(), &PLAIN);
    let states: Vec<_> = report
        .products
        .iter()
        .map(|product| product.state)
        .collect();
    assert_eq!(states, [State::ToSign, State::Blocked]);
    assert_eq!(report.products[1].problems[0].code, "M033");
}

#[test]
fn a_pack_of_an_earlier_run_is_named() {
    let scratch = products(&["A-1", "B-2"]);
    batch(scratch.path(), &PLAIN);
    fs::remove_dir_all(scratch.path().join("in/B-2")).unwrap();
    let report = batch(scratch.path(), &PLAIN);
    let said: Vec<_> = report
        .findings
        .iter()
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(
        said,
        ["`B-2_iotmra_2026-12-01.zip` is left over from an earlier run; this run did not make it"]
    );
}

#[test]
fn strange_models_make_safe_names() {
    let long = format!("L{}", "0".repeat(50));
    let scratch = products(&[]);
    for model in ["CON", "A/B", "..", &long] {
        let numbered =
            |text: String| text.replace("number: \"CIC-EXAMPLE-", "number: \"CIC-EXAMPLE-1");
        add(scratch.path(), model, numbered);
    }
    batch(scratch.path(), &PLAIN);
    let names = packs(scratch.path());
    assert!(
        names.contains(&"_CON_iotmra_2026-12-01.zip".to_owned())
            || names.contains(&"CON_iotmra_2026-12-01.zip".to_owned()),
        "{names:?}"
    );
    assert!(
        names
            .iter()
            .all(|name| name.chars().count() <= 84 && !name.starts_with("..")),
        "{names:?}"
    );
}

#[test]
fn shards_together_are_the_whole() {
    let models = ["A-1", "B-2", "C-3", "D-4", "E-5"];
    let scratch = products(&models);
    let parts: Vec<Whole> = ["1/2", "2/2"]
        .map(|part| {
            batch(
                scratch.path(),
                &Run {
                    shard: Some(part.parse().unwrap()),
                    ..PLAIN
                },
            )
        })
        .into();
    assert_eq!((parts[0].products.len(), parts[1].products.len()), (3, 2));
    let merged = Whole::merge(parts).unwrap();
    let whole = products(&models);
    let report = batch(whole.path(), &PLAIN);
    let rows = |report: &Whole| -> Vec<_> {
        report
            .products
            .iter()
            .map(|product| {
                (
                    product.index,
                    product.models.clone(),
                    product.sha256.clone(),
                )
            })
            .collect()
    };
    assert_eq!(rows(&merged), rows(&report));
    assert!("0/2".parse::<Shard>().is_err() && "3/2".parse::<Shard>().is_err());
}

#[test]
fn bases_and_packs_are_no_products() {
    let scratch = products(&["A-1"]);
    let family = scratch.path().join("in/family");
    fs::create_dir_all(&family).unwrap();
    fs::write(
        family.join("manifest.yaml"),
        "extends: ../A-1\nvariants:\n  - { variant: white, product: { models: [W-1] }, labels: [] }\n  - { variant: black, product: { models: [K-1] }, labels: [] }\n",
    )
    .unwrap();
    let report = batch(scratch.path(), &PLAIN);
    let sources: Vec<_> = report
        .products
        .iter()
        .map(|product| product.source.rsplit('/').next().unwrap())
        .collect();
    assert_eq!(
        sources,
        [
            "manifest.yaml, variant white",
            "manifest.yaml, variant black"
        ]
    );
    assert_eq!(
        report.products[0].changes,
        ["product.models: [W-1]", "labels: []"]
    );
    // What a pack holds is not found again, even if it lies among the products.
    binary::run(
        scratch.path(),
        &["pack", "in/A-1", "-o", "in/packs", "--dir"],
    )
    .expect(0);
    assert_eq!(batch(scratch.path(), &PLAIN).products.len(), 2);
}

#[test]
fn a_sheet_is_a_batch() {
    let scratch = tempfile::tempdir().unwrap();
    support::copy(
        &support::repository("tests/bases/mra"),
        &scratch.path().join("base"),
    );
    let rows = "extends,Product name,Models,label models,Support until\nbase,Hub One,HX-1,HX-1,2030-06-30\nbase,Hub Two,HX-2;HX-2K,HX-2;HX-2K,30.6.30\n";
    fs::write(scratch.path().join("models.csv"), rows).unwrap();
    let ran = binary::run(
        scratch.path(),
        &["batch", "models.csv", "-o", "out", "--format", "json"],
    )
    .expect(1);
    let report = Whole::read(ran.stdout.as_bytes()).unwrap();
    let states: Vec<_> = report
        .products
        .iter()
        .map(|product| product.state)
        .collect();
    assert_eq!(states, [State::ToSign, State::Blocked]);
    assert_eq!(report.products[0].source, "models.csv, row 2");
    let problem = &report.products[1].problems[0];
    assert_eq!(problem.place, "models.csv, cell E3");
    assert_eq!(problem.text, "30.6.30");
    for face in ["report.json", "report.csv", "report.xlsx", "report.html"] {
        assert!(scratch.path().join("out").join(face).exists(), "{face}");
    }
}

#[test]
fn a_cell_is_complained_of_once_and_an_empty_one_has_a_place() {
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().join("models.csv");
    fs::write(&path, "Brand,Product name,Models\n,Hub,1.23E+11\n").unwrap();
    let out = scratch.path().join("out");
    let inputs = collect(&[path], &out, &Mapping::default(), &Os).unwrap();
    let report = worked(&inputs, out, &PLAIN);
    let problems = &report.products[0].problems;
    let at = |cell: &str| -> Vec<_> {
        let there = problems.iter().filter(|one| one.place.ends_with(cell));
        there
            .map(|one| (one.code.as_str(), one.help.as_str()))
            .collect()
    };
    assert_eq!(
        at("cell C2"),
        [(
            "S008",
            "format the column as text, then type the value again"
        )]
    );
    assert_eq!(at("cell A2"), [("M011", "write the brand on the box")]);
    // What has no column has no cell.
    assert_eq!(at("row 2, product.category").len(), 1);
    assert!(
        !problems.iter().any(|one| one.message.contains("`models`")),
        "{problems:?}"
    );
}

#[test]
fn a_heading_that_is_not_understood_blocks_no_row() {
    let scratch = tempfile::tempdir().unwrap();
    let base = support::repository("tests/bases/mra");
    support::copy(&base, &scratch.path().join("base"));
    let path = scratch.path().join("models.csv");
    let of = |heading: &str| {
        let rows = format!("extends,Models,label models,{heading}\nbase,HX-1,HX-1,2.1\n");
        fs::write(&path, rows).unwrap();
        let inputs = collect(
            std::slice::from_ref(&path),
            &scratch.path().join("out"),
            &Mapping::default(),
            &Os,
        );
        worked(&inputs.unwrap(), scratch.path().join("out"), &PLAIN)
    };
    let report = of("Hardware versoin");
    assert_eq!(report.products[0].state, State::ToSign);
    assert_eq!(report.findings[0].code, "S107");
    assert!(
        report.findings[0]
            .help
            .contains("Hardware versoin: product.hardware_version")
    );
    assert_eq!(of("Hardware version").findings, []);
}

#[test]
fn a_cause_is_written_once_with_the_rows_that_it_concerns() {
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().join("models.csv");
    let mut rows = "Brand,Product name,Models,Category\n".to_owned();
    for (i, category) in ["gizmo", "gizmo", "widget", "gizmo"].iter().enumerate() {
        writeln!(rows, "Example,Hub {i},HX-{i},{category}").unwrap();
    }
    fs::write(&path, rows).unwrap();
    let out = scratch.path().join("out");
    let inputs = collect(&[path], &out, &Mapping::default(), &Os).unwrap();
    let text = worked(&inputs, out, &PLAIN).text(100);
    let count = |what: &str| text.matches(what).count();
    assert_eq!(count("`gizmo` is not a value"), 1, "{text}");
    assert_eq!(count("`widget` is not a value"), 1, "{text}");
    assert_eq!(count("also: rows 3, 5"), 1, "{text}");
    assert!(count("also: rows 3 to 5") > 3, "{text}");
    assert_eq!(
        count("`door-lock`"),
        1,
        "the list of words is there once: {text}"
    );
}

#[test]
fn rows_without_a_model_do_not_share_a_name() {
    let scratch = tempfile::tempdir().unwrap();
    support::copy(
        &support::repository("tests/bases/mra"),
        &scratch.path().join("base"),
    );
    let path = scratch.path().join("models.csv");
    let of = |model: &str| {
        let row = format!("base,{model}\n");
        fs::write(&path, format!("extends,Models\n{row}{row}")).unwrap();
        let out = scratch.path().join("out");
        let inputs = collect(std::slice::from_ref(&path), &out, &Mapping::default(), &Os);
        let report = worked(&inputs.unwrap(), out, &PLAIN);
        let codes = report.products[0].problems.iter();
        codes.map(|one| one.code.clone()).collect::<Vec<_>>()
    };
    assert!(!of("1.23E+11").contains(&"B001".to_owned()));
    assert!(of("HX-1").contains(&"B001".to_owned()));
}

#[test]
fn each_spreadsheet_has_its_own_map_beside_it() {
    let scratch = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = scratch.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    };
    let list = "Marke,Modell,Art\nA,A-1,Tor\n";
    let inputs = [
        write("one/models.csv", list),
        write("two/models.csv", list),
        write("three/models.csv", list),
    ];
    let columns =
        "columns: { Marke: product.brand, Modell: product.models, Art: product.category }\n";
    write(
        "one/models.map.yaml",
        &format!("{columns}constants: {{ product.name: One }}\n"),
    );
    write("one/map.yaml", "columns: { Never: ignore }\n");
    write(
        "two/map.yaml",
        &format!("{columns}constants: {{ product.name: Two }}\n"),
    );
    write("three/map.yaml", "colums: { Marke: product.brand }\n");
    let out = scratch.path().join("out");
    let of = |mapping: &Mapping| collect(&inputs, &out, mapping, &Os).unwrap();
    let found = of(&Mapping::default());
    assert_eq!(found.units.len(), 2);
    assert_eq!(found.findings.len(), 1, "{:?}", found.findings);
    let names: Vec<String> = worked(&found, out.clone(), &PLAIN)
        .products
        .iter()
        .map(|product| product.product.clone())
        .collect();
    assert_eq!(names, ["A One", "A Two"]);
    // A map that is named counts for all.
    let given = Mapping::parse(
        "given.yaml",
        format!("{columns}constants: {{ product.name: All }}\n").as_bytes(),
    );
    let given = of(&given.unwrap());
    assert_eq!((given.units.len(), given.findings.len()), (3, 0));
}

#[test]
fn what_looks_like_a_product_and_is_left_out_is_named() {
    let scratch = products(&["A-1", ".hidden"]);
    let inside = scratch.path().join("in");
    fs::create_dir_all(inside.join("B-2")).unwrap();
    fs::write(inside.join("B-2/Manifest.YAML"), "").unwrap();
    fs::write(inside.join("models.xlsx"), "").unwrap();
    fs::write(inside.join("~$models.xlsx"), "").unwrap();
    let found = |input: &Path| {
        collect(
            &[input.to_path_buf()],
            &scratch.path().join("out"),
            &Mapping::default(),
            &Os,
        )
    };
    let by_folder = found(&inside).unwrap();
    let notes: Vec<_> = by_folder
        .notes
        .iter()
        .map(|(note, _)| note.rsplit('/').next().unwrap())
        .collect();
    assert_eq!(
        notes,
        [
            ".hidden: a hidden folder with a manifest, left out",
            "Manifest.YAML: left out, since it is not named `manifest.yaml`",
            "models.xlsx: a workbook, which is read only if it is named itself"
        ]
    );
    // A pattern means nothing hidden either, and no file that only notes what Excel has open.
    let by_pattern = found(&inside.join("**/manifest.yaml")).unwrap();
    assert_eq!(by_folder.units.len(), 1);
    let names: Vec<_> = by_pattern.units.iter().map(|unit| &unit.name).collect();
    assert!(
        names.len() == 2 && !names.iter().any(|name| name.contains(".hidden")),
        "{names:?}"
    );
    assert!(found(&inside.join("~*.xlsx")).is_err());
}

#[test]
fn parts_of_other_batches_and_missing_parts_are_said() {
    let models = ["A-1", "B-2", "C-3"];
    let scratch = products(&models);
    let part = |scratch: &Path, part: &str| {
        let shard = Some(part.parse().unwrap());
        batch(scratch, &Run { shard, ..PLAIN })
    };
    let first = part(scratch.path(), "1/2");
    let alone = Whole::merge(vec![first.clone()]).unwrap();
    let errors: Vec<_> = alone
        .findings
        .iter()
        .map(|one| (one.severity, one.message.as_str()))
        .collect();
    assert_eq!(
        errors,
        [
            (Severity::Error, "only parts 1 of 2 are here"),
            (Severity::Error, "products are missing: 2")
        ]
    );
    let other = products(&["A-1", "B-2"]);
    let error = Whole::merge(vec![first, part(other.path(), "2/2")]).unwrap_err();
    assert!(error.contains("not parts of one batch"), "{error}");
}

#[test]
fn reports_of_different_runs_become_one() {
    let scratch = tempfile::tempdir().unwrap();
    let root = scratch.path();
    for (run, models) in [("one", ["A-1", "B-2"]), ("two", ["C-3", "B-2"])] {
        for model in models {
            add(root, model, |text| text);
            let from = root.join("in").join(model);
            fs::create_dir_all(root.join(run)).unwrap();
            fs::rename(from, root.join(run).join(model)).unwrap();
        }
        let out = format!("out-{run}");
        binary::run(root, &["batch", run, "-o", &out]).expect(0);
    }
    let merge = |arguments: &[&str]| {
        let arguments = [&["batch", "--merge"], arguments, &["--format", "json"]].concat();
        let ran = binary::run(root, &arguments).expect(0);
        serde_json::from_str::<serde_json::Value>(&ran.stdout).unwrap()
    };
    let merged = merge(&["out-one", "out-two", "-o", "all"]);
    let products = merged["products"].as_array().unwrap();
    let packs: Vec<_> = products
        .iter()
        .map(|one| {
            (
                one["index"].as_u64().unwrap(),
                one["pack"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(packs.len(), 4);
    assert_eq!(packs[2].0, 3);
    assert!(packs[2].1.starts_with("../out-two/B-2"), "{packs:?}");
    let found = merged["findings"].to_string();
    assert!(
        found.contains("product 3 of `out-two/report.json` is also product 2"),
        "{found}"
    );
    assert!(!found.contains("product 4 of"), "{found}");
    // A merged report can be merged again; one that is given twice counts once.
    let again = merge(&["all", "all", "-o", "again"]);
    assert_eq!(again["products"].as_array().unwrap().len(), 4);
}

#[test]
fn packs_of_parts_elsewhere_are_named_from_the_merged_report() {
    let scratch = products(&["A-1", "B-2"]);
    for part in ["1", "2"] {
        let (out, shard) = (format!("parts/{part}"), format!("{part}/2"));
        binary::run(
            scratch.path(),
            &["batch", "in", "-o", &out, "--shard", &shard],
        )
        .expect(0);
    }
    let merge = |out: &str| {
        let arguments = [
            "batch", "--merge", "parts/1", "parts/2", "-o", out, "--format", "json",
        ];
        let ran = binary::run(scratch.path(), &arguments).expect(0);
        let report = Whole::read(ran.stdout.as_bytes()).unwrap();
        let packs = report.products.into_iter();
        packs.filter_map(|one| one.pack).collect::<Vec<_>>()
    };
    assert_eq!(
        merge("parts"),
        ["1/A-1_iotmra_2026-12-01.zip", "2/B-2_iotmra_2026-12-01.zip"]
    );
    assert_eq!(merge("other")[0], "../parts/1/A-1_iotmra_2026-12-01.zip");
    // A merge of nothing makes nothing.
    for wrong in ["nowhere", "in"] {
        let arguments = ["batch", "--merge", "parts/1", wrong, "-o", "new"];
        binary::run(scratch.path(), &arguments).expect(2);
        assert!(!scratch.path().join("new").exists());
    }
    // Inputs beside a merge would be left out in silence.
    let both = ["batch", "in", "--merge", "parts/1", "-o", "other"];
    let ran = binary::run(scratch.path(), &both).expect(2);
    assert!(ran.stderr.contains("cannot be used with"), "{}", ran.stderr);
    assert!(
        scratch
            .path()
            .join("parts")
            .join(&merge("parts")[0])
            .exists()
    );
}

#[test]
fn warnings_can_be_read_and_the_pack_of_what_is_blocked_now_is_not_to_be_sent() {
    let scratch = products(&["A-1"]);
    let manifest = scratch.path().join("in/A-1/manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        text.replace("expires: 2030-06-30", "expires: 2026-12-20"),
    )
    .unwrap();
    let report = batch(scratch.path(), &PLAIN);
    let totals = report.totals();
    let warnings: Vec<_> = totals.warnings().map(|cause| &cause.first).collect();
    assert!(
        !warnings.is_empty() && warnings.iter().all(|one| !one.help.is_empty()),
        "{warnings:?}"
    );
    assert_eq!(report.products[0].n_warnings, warnings.len() as u64);
    assert!(report.text(100).contains(&warnings[0].code));
    fs::write(&manifest, text.replace("201912345R", "201912345A")).unwrap();
    let report = batch(scratch.path(), &PLAIN);
    let note = report.findings.last().unwrap();
    assert!(
        note.message
            .ends_with("its product, 1. Hanbit Home Hub 2, is blocked now"),
        "{note:?}"
    );
    assert!(note.help.starts_with("do not send it"), "{note:?}");
}

#[test]
fn the_program_says_how_it_goes_on() {
    let scratch = products(&["A-1", "B-2"]);
    let ran = binary::run(scratch.path(), &["batch", "in", "-o", "out"]).expect(0);
    assert!(ran.stderr.contains("2 of 2: "), "{}", ran.stderr);
    assert!(
        ran.stdout.contains("2 products: 2 to sign"),
        "{}",
        ran.stdout
    );
    let quiet = binary::run(scratch.path(), &["batch", "in", "-o", "out", "-q"]).expect(0);
    assert_eq!(quiet.stderr, "");
    assert!(quiet.stdout.contains("0 made, 2 kept"), "{}", quiet.stdout);
    let glob = binary::run(
        scratch.path(),
        &["batch", "in/A*", "-o", "out", "--format", "json"],
    )
    .expect(0);
    assert_eq!(
        Whole::read(glob.stdout.as_bytes()).unwrap().products.len(),
        1
    );
    fs::write(scratch.path().join("list.txt"), "# mine\nin/B-2\n\n").unwrap();
    let list = binary::run(
        scratch.path(),
        &["batch", "@list.txt", "-o", "out", "--format", "json"],
    )
    .expect(0);
    assert_eq!(
        Whole::read(list.stdout.as_bytes()).unwrap().products.len(),
        1
    );
    binary::run(scratch.path(), &["batch", "-o", "out"]).expect(2);
    binary::run(scratch.path(), &["batch", "nothing", "-o", "out"]).expect(2);
}

/// The real world, but for a folder that may not be looked into and a file at which the program breaks off.
struct Odd;

impl World for Odd {
    fn today(&self) -> Date {
        Os.today()
    }

    fn variable(&self, name: &str) -> Option<String> {
        Os.variable(name)
    }

    fn kind(&self, path: &Path) -> io::Result<Kind> {
        Os.kind(path)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        Os.real_path(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn io::Read>> {
        assert!(!path.ends_with("defect/evidence/sbom.pdf"), "a defect");
        Os.open(path)
    }

    fn walk(&self, folder: &Path, enter: &dyn Fn(&str) -> bool, visit: &mut dyn FnMut(Walked)) {
        Os.walk(folder, &|path| enter(path) && path != "locked", visit);
        if folder.join("locked").exists() {
            visit(Err((
                folder.join("locked"),
                io::ErrorKind::PermissionDenied.into(),
            )));
        }
    }
}

#[test]
fn a_folder_that_cannot_be_looked_into_keeps_nobody_else() {
    let scratch = products(&["A-1", "locked"]);
    let inside = scratch.path().join("in");
    let found = collect(
        std::slice::from_ref(&inside),
        &scratch.path().join("out"),
        &Mapping::default(),
        &Odd,
    );
    let found = found.unwrap();
    assert_eq!(found.units.len(), 1);
    let faults: Vec<_> = found.faults.iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), 1);
    assert!(faults[0].contains("locked"), "{faults:?}");
}

#[test]
fn a_line_of_a_list_that_leads_nowhere_keeps_nobody_else() {
    let scratch = products(&["A-1"]);
    fs::write(
        scratch.path().join("list.txt"),
        "in/A-1\nin/B-2\n@other.txt\n",
    )
    .unwrap();
    let arguments = ["batch", "@list.txt", "-o", "out", "--format", "json"];
    let ran = binary::run(scratch.path(), &arguments).expect(2);
    let report = Whole::read(ran.stdout.as_bytes()).unwrap();
    assert_eq!(report.products[0].state, State::ToSign);
    let said: Vec<_> = report.findings.iter().map(|one| &one.message).collect();
    assert!(
        said.len() == 2 && said[0].contains("B-2") && said[1].contains("a list itself"),
        "{said:?}"
    );
    // Where nothing is left, it is the command that is wrong.
    fs::write(scratch.path().join("list.txt"), "in/B-2\n").unwrap();
    let ran = binary::run(scratch.path(), &["batch", "@list.txt", "-o", "out"]).expect(2);
    assert!(ran.stderr.contains("B-2"), "{}", ran.stderr);
}

#[test]
fn two_runs_do_not_work_in_one_folder_but_parts_do() {
    let scratch = products(&["A-1", "B-2"]);
    batch(scratch.path(), &PLAIN);
    let lock = fs::File::open(scratch.path().join("out/.clspack-batch.lock")).unwrap();
    lock.lock().unwrap();
    let ran = binary::run(scratch.path(), &["batch", "in", "-o", "out"]).expect(2);
    assert!(
        ran.stderr.contains("another run works in `out`"),
        "{}",
        ran.stderr
    );
    lock.unlock().unwrap();
    lock.lock_shared().unwrap();
    binary::run(
        scratch.path(),
        &["batch", "in", "-o", "out", "--shard", "1/2"],
    )
    .expect(0);
    binary::run(scratch.path(), &["batch", "in", "-o", "out"]).expect(2);
}

#[test]
fn parts_that_begin_at_once_wait_for_each_other() {
    let scratch = products(&["A-1"]);
    std::thread::scope(|scope| {
        for part in 1..=8 {
            let path = scratch.path();
            let shard = format!("{part}/8");
            scope.spawn(move || {
                binary::run(path, &["batch", "in", "-o", "out", "--shard", &shard]).expect(0);
            });
        }
    });
    assert!(scratch.path().join("out/report-8-of-8.json").exists());
}

#[test]
fn what_a_killed_run_left_half_written_is_removed_and_nothing_else() {
    let scratch = products(&["A-1"]);
    batch(scratch.path(), &PLAIN);
    let out = scratch.path().join("out");
    fs::write(out.join(".clspack-aB3dE9"), "half a pack").unwrap();
    fs::create_dir_all(out.join(".clspack-folder/evidence")).unwrap();
    fs::create_dir_all(out.join(".clspack-zzz999/old")).unwrap();
    fs::write(out.join(".clspack-mine"), "somebody's").unwrap();
    batch(scratch.path(), &PLAIN);
    let mut left: Vec<_> = fs::read_dir(&out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('.'))
        .collect();
    left.sort();
    // A pack that was being replaced when the run was killed has no other place.
    assert_eq!(
        left,
        [
            ".clspack-batch.jsonl",
            ".clspack-batch.lock",
            ".clspack-mine",
            ".clspack-zzz999"
        ]
    );
}

#[test]
fn a_defect_that_one_product_meets_is_its_own() {
    let scratch = products(&["A-1", "defect", "C-3"]);
    let out = scratch.path().join("out");
    let inputs = collect(&[scratch.path().join("in")], &out, &Mapping::default(), &Os).unwrap();
    let report = worked_in(&inputs, out, &PLAIN, &Odd);
    let states: Vec<_> = report.products.iter().map(|one| one.state).collect();
    assert_eq!(states, [State::ToSign, State::ToSign, State::Failed]);
    assert!(problems_of(&report)[2][0].contains("clspack crashed"));
}

#[test]
fn a_faulty_page_is_told_before_the_first_pack_is_made() {
    let scratch = products(&["A-1"]);
    let own = scratch.path().join("own");
    fs::create_dir(&own).unwrap();
    let page = fs::read_to_string(support::repository("templates/report.html")).unwrap();
    let wrong = page.replace("{{ product.fee }}", "{{ product.fees }}");
    fs::write(own.join("report.html"), wrong).unwrap();
    let arguments = ["batch", "in", "-o", "out", "--templates", "own"];
    let ran = binary::run(scratch.path(), &arguments).expect(2);
    assert!(ran.stderr.contains("write `fee`"), "{}", ran.stderr);
    assert!(!scratch.path().join("out").exists());
    fs::write(own.join("report.html"), page).unwrap();
    binary::run(scratch.path(), &arguments).expect(0);
}
