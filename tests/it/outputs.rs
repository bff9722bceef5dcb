//! No output takes the place of anything that this program did not make, that is read-only, or that the run reads.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clspack::domain::Date;
use clspack::world::{Identity, Kind, Os, Walked, Watch, World};

use crate::binary::{Ran, run};
use crate::support;

/// A folder with a base and a sheet of one product that extends it.
fn scratch() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    let base = support::repository("tests/bases/mra");
    support::copy(&base, &scratch.path().join("base"));
    fs::write(scratch.path().join("models.csv"), SHEET).unwrap();
    fs::create_dir(scratch.path().join("out")).unwrap();
    scratch
}

const SHEET: &str = "extends,Models,label models\nbase,HX-1,HX-1\n";

/// Returns the names in a folder, hidden files included.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[track_caller]
fn refused(scratch: &Path, arguments: &[&str], words: &str) -> Ran {
    let ran = run(scratch, arguments).expect(2);
    assert!(ran.stderr.contains(words), "{}", ran.stderr);
    assert!(ran.stderr.contains("\nhelp: "), "{}", ran.stderr);
    ran
}

#[test]
fn the_sheet_of_a_batch_is_not_replaced_by_its_report() {
    for name in ["report.csv", "./sub/../report.csv"] {
        let scratch = scratch();
        let path = scratch.path();
        fs::create_dir(path.join("sub")).unwrap();
        fs::rename(path.join("models.csv"), path.join("report.csv")).unwrap();
        let before = names(path);
        refused(path, &["batch", name, "-o", "."], "is an input of this run");
        assert_eq!(fs::read_to_string(path.join("report.csv")).unwrap(), SHEET);
        assert_eq!(names(path), before, "no work was begun");
    }
    let scratch = scratch();
    let path = scratch.path();
    run(path, &["batch", "--template", "report.xlsx"]).expect(0);
    let before = fs::read(path.join("report.xlsx")).unwrap();
    let arguments = ["batch", "report.xlsx", "-o", "."];
    refused(path, &arguments, "is an input of this run (`report.xlsx`)");
    assert_eq!(fs::read(path.join("report.xlsx")).unwrap(), before);
}

#[test]
fn a_report_of_this_program_is_kept_while_it_is_an_input() {
    let scratch = scratch();
    let path = scratch.path();
    run(path, &["batch", "models.csv", "-o", "."]).expect(0);
    run(path, &["batch", "models.csv", "-o", "."]).expect(0);
    refused(
        path,
        &["batch", "report.csv", "-o", "."],
        "is an input of this run",
    );
    refused(path, &["batch", "@report.html", "-o", "."], "");
    refused(
        path,
        &["batch", "--merge", ".", "-o", "."],
        "is an input of this run",
    );
    // A file of evidence is read only when the products are looked at.
    let manifest = path.join("base/manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        text.replace("evidence/sbom.pdf", "evidence/report.json"),
    )
    .unwrap();
    fs::copy(
        path.join("report.json"),
        path.join("base/evidence/report.json"),
    )
    .unwrap();
    fs::copy(
        path.join(".clspack-batch.jsonl"),
        path.join("base/evidence/.clspack-batch.jsonl"),
    )
    .unwrap();
    refused(
        path,
        &["batch", "base", "-o", "base/evidence"],
        "is an input of this run",
    );
    assert!(!path.join("base/evidence/report.html").exists());
}

#[test]
fn files_of_somebody_else_are_not_replaced_by_a_report() {
    for end in ["csv", "html", "json", "xlsx"] {
        let scratch = scratch();
        let path = scratch.path();
        let mine = path.join("out").join(format!("report.{end}"));
        fs::write(&mine, "mine").unwrap();
        refused(
            path,
            &["batch", "models.csv", "-o", "out"],
            "is not as clspack wrote it",
        );
        assert_eq!(fs::read(&mine).unwrap(), b"mine");
        assert_eq!(names(&path.join("out")).len(), 1, "no work was begun");
    }
    // Nor by a merged one, and a file beside it is nobody's business.
    let scratch = scratch();
    let path = scratch.path();
    fs::write(path.join("out/reports.csv"), "mine").unwrap();
    run(
        path,
        &["batch", "models.csv", "-o", "out", "--shard", "1/1"],
    )
    .expect(0);
    fs::write(path.join("out/report.csv"), "mine").unwrap();
    refused(
        path,
        &["batch", "--merge", "out", "-o", "out"],
        "is not as clspack wrote it",
    );
    fs::remove_file(path.join("out/report.csv")).unwrap();
    run(path, &["batch", "--merge", "out", "-o", "out"]).expect(0);
    run(path, &["batch", "--merge", "out", "-o", "out"]).expect(0);
}

#[test]
fn a_report_that_somebody_changed_is_set_aside() {
    let scratch = scratch();
    let path = scratch.path();
    let arguments = ["batch", "models.csv", "-o", "out"];
    run(path, &arguments).expect(0);
    fs::write(path.join("out/report.csv"), "with remarks of mine").unwrap();
    let ran = run(path, &arguments).expect(0);
    assert!(
        ran.stderr.contains("now `out/report-altered-1.csv`"),
        "{}",
        ran.stderr
    );
    let aside = fs::read_to_string(path.join("out/report-altered-1.csv")).unwrap();
    assert_eq!(aside, "with remarks of mine");
    let ran = run(path, &arguments).expect(0);
    assert!(!ran.stderr.contains("altered"), "{}", ran.stderr);
    // A release that noted no reports leaves reports that may be changed, too.
    let journal = path.join("out/.clspack-batch.jsonl");
    let text = fs::read_to_string(&journal).unwrap();
    let packs: Vec<_> = text
        .lines()
        .filter(|line| !line.contains("\"report\""))
        .collect();
    fs::write(&journal, packs.join("\n")).unwrap();
    fs::write(path.join("out/report.html"), "with remarks of mine").unwrap();
    run(path, &arguments).expect(0);
    assert!(path.join("out/report-altered-1.html").exists());
    assert!(!path.join("out/report-altered-2.csv").exists());
}

#[test]
fn an_altered_zip_is_set_aside() {
    let scratch = scratch();
    let path = scratch.path();
    let arguments = ["batch", "models.csv", "-o", "out"];
    run(path, &arguments).expect(0);
    fs::write(path.join("out/HX-1_iotmra_2026-12-01.zip"), "mine").unwrap();
    run(path, &arguments).expect(0);
    let aside = path.join("out/HX-1_iotmra_2026-12-01-altered-1.zip");
    assert_eq!(fs::read(aside).unwrap(), b"mine");
}

#[test]
fn force_replaces_packs_and_nothing_else() {
    let scratch = scratch();
    let path = scratch.path();
    fs::write(path.join("x.zip"), "mine").unwrap();
    let force = ["pack", "base", "-o", "x.zip", "--force"];
    refused(path, &force, "is not as clspack wrote it");
    refused(path, &force[..4], "is not as clspack wrote it");
    assert_eq!(fs::read(path.join("x.zip")).unwrap(), b"mine");
    // An archive of evidence is no pack, either.
    let archive = fs::File::create(path.join("x.zip")).unwrap();
    let mut zip = zip::ZipWriter::new(archive);
    zip.start_file("a/SHA256SUMS", zip::write::SimpleFileOptions::default())
        .unwrap();
    zip.finish().unwrap();
    refused(path, &force, "is not as clspack wrote it");
    fs::remove_file(path.join("x.zip")).unwrap();
    run(path, &force).expect(0);
    run(path, &force).expect(0);
}

#[test]
fn an_input_is_not_replaced_by_the_pack_it_goes_into() {
    let scratch = scratch();
    let path = scratch.path();
    run(path, &["pack", "base", "-o", "x.zip"]).expect(0);
    fs::rename(path.join("x.zip"), path.join("base/evidence/all.zip")).unwrap();
    let manifest = path.join("base/manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        text.replace("evidence/sbom.pdf", "evidence/all.zip"),
    )
    .unwrap();
    let arguments = ["pack", "base", "-o", "base/evidence/all.zip", "--force"];
    refused(
        path,
        &[&arguments[..], &["--draft"]].concat(),
        "is an input of this run",
    );
    // A pack that is a folder, with a manifest in it that is read.
    run(path, &["pack", "base", "-o", "out", "--dir", "--draft"]).expect(0);
    let pack = "out/HX-200_iotmra_2026-12-01_DRAFT";
    let inside = format!("{pack}/record/manifest.yaml");
    let arguments = ["pack", &inside, "-o", "out", "--dir", "--draft", "--force"];
    refused(path, &arguments, "is an input of this run");
    assert!(path.join(inside).exists());
}

#[test]
fn what_is_read_only_is_not_replaced() {
    let scratch = scratch();
    let path = scratch.path();
    let read_only = |name: &str, is: bool| {
        let file = path.join(name);
        let mut rights = fs::metadata(&file).unwrap().permissions();
        #[allow(
            clippy::permissions_set_readonly_false,
            reason = "a file of this test alone"
        )]
        rights.set_readonly(is);
        fs::set_permissions(file, rights).unwrap();
    };
    let change = |to: &str| {
        let manifest = path.join("base/manifest.yaml");
        let text = fs::read_to_string(&manifest).unwrap();
        fs::write(&manifest, text.replace("Home Hub", to)).unwrap();
    };
    run(path, &["pack", "base", "-o", "x.zip"]).expect(0);
    run(path, &["pack", "base", "-o", "out", "--dir"]).expect(0);
    run(path, &["batch", "models.csv", "-o", "out"]).expect(0);
    let inside = "out/HX-200_iotmra_2026-12-01/SHA256SUMS";
    for name in [
        "x.zip",
        inside,
        "out/report.html",
        "out/HX-1_iotmra_2026-12-01.zip",
    ] {
        read_only(name, true);
    }
    change("Large Home Hub");
    refused(
        path,
        &["pack", "base", "-o", "x.zip", "--force"],
        "is read-only",
    );
    refused(
        path,
        &["pack", "base", "-o", "out", "--dir", "--force"],
        "is read-only",
    );
    refused(path, &["batch", "models.csv", "-o", "out"], "is read-only");
    read_only("out/report.html", false);
    let ran = run(path, &["batch", "models.csv", "-o", "out"]).expect(2);
    assert!(ran.stdout.contains("is read-only"), "{}", ran.stdout);
    for name in ["x.zip", inside, "out/HX-1_iotmra_2026-12-01.zip"] {
        read_only(name, false);
    }
    run(path, &["pack", "base", "-o", "x.zip", "--force"]).expect(0);
    run(path, &["pack", "base", "-o", "out", "--dir", "--force"]).expect(0);
    run(path, &["batch", "models.csv", "-o", "out"]).expect(0);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::symlink;

    fn pipe(path: &Path) {
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.unwrap().success());
    }

    #[test]
    fn another_name_of_an_input_is_the_input() {
        let scratch = scratch();
        let path = scratch.path();
        fs::hard_link(path.join("models.csv"), path.join("out/report.csv")).unwrap();
        let arguments = ["batch", "models.csv", "-o", "out"];
        refused(path, &arguments, "is an input of this run (`models.csv`)");
        fs::remove_file(path.join("out/report.csv")).unwrap();
        symlink("../models.csv", path.join("out/report.csv")).unwrap();
        refused(path, &arguments, "is a link, which is never replaced");
        fs::remove_file(path.join("out/report.csv")).unwrap();
        symlink("out", path.join("other")).unwrap();
        run(path, &["batch", "models.csv", "-o", "other"]).expect(0);
        let report = "out/report.csv";
        refused(
            path,
            &["batch", report, "-o", "other"],
            "is an input of this run",
        );
        assert_eq!(fs::read_to_string(path.join("models.csv")).unwrap(), SHEET);
    }

    #[test]
    fn pipes_and_links_are_never_opened_and_never_replaced() {
        let scratch = scratch();
        let path = scratch.path();
        fs::write(path.join("mine"), "mine\n").unwrap();
        let batch = ["batch", "models.csv", "-o", "out"];
        for name in [
            ".clspack-batch.jsonl",
            ".clspack-batch.lock",
            ".clspack-batch-1-of-2.jsonl",
            "report.csv",
        ] {
            let place = path.join("out").join(name);
            pipe(&place);
            refused(path, &batch, &format!("`out/{name}` is a pipe"));
            fs::remove_file(&place).unwrap();
            symlink("../mine", &place).unwrap();
            refused(path, &batch, &format!("`out/{name}` is a link"));
            fs::remove_file(&place).unwrap();
            symlink("nowhere", &place).unwrap();
            refused(path, &batch, &format!("`out/{name}` is a link"));
            fs::remove_file(&place).unwrap();
        }
        assert_eq!(fs::read(path.join("mine")).unwrap(), b"mine\n");
        fs::copy(path.join("mine"), path.join("out/.clspack-batch.jsonl")).unwrap();
        refused(path, &batch, "is not as clspack wrote it");
        fs::remove_file(path.join("out/.clspack-batch.jsonl")).unwrap();
        pipe(&path.join("x.zip"));
        let ran = refused(
            path,
            &["pack", "base", "-o", "x.zip", "--force"],
            "is a pipe",
        );
        assert!(!ran.stderr.contains("--force"), "{}", ran.stderr);
        let ran = refused(path, &["pack", "base", "-o", "x.zip"], "is a pipe");
        assert!(!ran.stderr.contains("--force"), "{}", ran.stderr);
        symlink("nowhere", path.join("y.xlsx")).unwrap();
        let ran = run(path, &["batch", "--template", "y.xlsx"]).expect(2);
        assert!(ran.stderr.contains("exists already"), "{}", ran.stderr);
        assert_eq!(names(&path.join("out")), [""; 0]);
    }
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_cannot_write_on_the_terminal() {
    const EVIL: &str = "e\u{1b}[31mvil\u{202e}";
    let scratch = scratch();
    let path = scratch.path();
    let none = format!("none{EVIL}.yaml");
    support::copy(&path.join("base"), &path.join(EVIL));
    let broken = path.join(EVIL).join("broken.yaml");
    fs::write(&broken, "schema: 1\nfoo: 1\n").unwrap();
    let broken = format!("{EVIL}/broken.yaml");
    let rules = format!("{EVIL}/rules");
    for arguments in [
        &["check", EVIL][..],
        &["check", &broken],
        &["check", &none],
        &["plan", &broken],
        &["outlook", &none],
        &["pack", EVIL, "-o", EVIL],
        &["pack", &broken, "-o", "out"],
        &["pack", EVIL, "-o", "base/manifest.yaml"],
        &["verify", EVIL],
        &["verify", &none],
        &["batch", EVIL, "-o", "out"],
        &["batch", &none, "-o", "out"],
        &["batch", "models.csv", "-o", EVIL],
        &["batch", "--template", &none],
        &["batch", "--merge", EVIL],
        &["init", EVIL, "--no-input"],
        &["init", &none, "--no-input"],
        &["explain", EVIL],
        &["templates", "check", EVIL],
        &["templates", "show", EVIL],
        &["rules", "show", EVIL],
        &["check", "base", "--rules", &rules],
        &["check", "base", "--on", EVIL],
        &["check", "base", EVIL, "--format", EVIL],
    ] {
        let ran = run(path, arguments);
        for text in [&ran.stdout, &ran.stderr] {
            let shows = text.contains(['\u{1b}', '\u{202e}']);
            assert!(!shows, "{arguments:?}:\n{text:?}");
        }
    }
    // Programs get the name as it is.
    let ran = run(path, &["check", &broken, "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert!(
        value
            .to_string()
            .contains(&serde_json::json!(broken).to_string()),
        "{value}"
    );
}

/// A disk on which capitals do not tell names apart.
struct Folding;

impl Folding {
    fn path(path: &Path) -> PathBuf {
        PathBuf::from(path.to_string_lossy().to_lowercase())
    }
}

impl World for Folding {
    fn today(&self) -> Date {
        Os.today()
    }

    fn variable(&self, name: &str) -> Option<String> {
        Os.variable(name)
    }

    fn kind(&self, path: &Path) -> io::Result<Kind> {
        Os.kind(&Self::path(path))
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        Os.real_path(&Self::path(path))
    }

    fn identity(&self, path: &Path) -> io::Result<Identity> {
        self.real_path(path).map(Identity::Path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        Os.open(&Self::path(path))
    }

    fn walk(&self, folder: &Path, enter: &dyn Fn(&str) -> bool, visit: &mut dyn FnMut(Walked)) {
        Os.walk(&Self::path(folder), enter, visit);
    }
}

#[test]
fn capitals_do_not_make_another_file_where_they_do_not_count() {
    let scratch = tempfile::Builder::new()
        .prefix("lower")
        .rand_bytes(0)
        .tempdir_in(tempfile::tempdir().unwrap().keep());
    let scratch = scratch.unwrap();
    let folder = Folding::path(scratch.path());
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("report.xlsx"), "sheet").unwrap();
    let watch = Watch::new(&folder, None, &Folding);
    let report = folder.join("report.xlsx");
    assert_eq!(watch.was_read(&report), None);
    let named = folder.join("Report.XLSX");
    drop(watch.open(&named).unwrap());
    assert_eq!(watch.was_read(&report), Some(named));
}

#[test]
fn what_a_killed_run_left_is_swept_by_the_next_pack() {
    let scratch = scratch();
    let path = scratch.path();
    let out = path.join("out");
    run(path, &["pack", "base", "-o", "out", "--dir"]).expect(0);
    let name = "HX-200_iotmra_2026-12-01";
    // Killed between the two renames.
    let staging = out.join(".clspack-aB3dE9");
    fs::create_dir_all(staging.join("new/upload")).unwrap();
    fs::write(staging.join("place"), name).unwrap();
    fs::rename(out.join(name), staging.join("old")).unwrap();
    // Killed while it wrote.
    fs::write(out.join(".clspack-zzz999"), "half a pack").unwrap();
    fs::write(out.join(".clspack-report"), "mine").unwrap();
    fs::write(out.join(".clspack-mine"), "mine").unwrap();
    // Of a run that lives.
    let living = fs::File::create(out.join(".clspack-living")).unwrap();
    living.lock().unwrap();
    let folder = out.join(".clspack-folder");
    fs::create_dir_all(folder.join("new")).unwrap();
    let place = fs::File::create(folder.join("place")).unwrap();
    place.lock().unwrap();
    // Names that lead elsewhere are not followed.
    let hostile = out.join(".clspack-hostil");
    fs::create_dir_all(hostile.join("old")).unwrap();
    fs::create_dir_all(hostile.join("new")).unwrap();
    fs::write(hostile.join("place"), "../elsewhere").unwrap();
    let ran = run(path, &["pack", "base", "-o", "out", "--dir"]).expect(0);
    assert!(ran.stdout.contains("unchanged"), "{}", ran.stdout);
    assert!(
        ran.stderr.contains("is the earlier pack again"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains(".clspack-hostil"), "{}", ran.stderr);
    let left = [
        ".clspack-folder",
        ".clspack-hostil",
        ".clspack-living",
        ".clspack-mine",
        name,
    ];
    assert_eq!(names(&out), left);
    assert!(!path.join("elsewhere").exists());
    // Once they are gone, the next run sweeps what they left.
    drop((living, place));
    fs::remove_dir_all(hostile).unwrap();
    run(path, &["pack", "base", "-o", "out/x.zip"]).expect(0);
    assert_eq!(names(&out), [".clspack-mine", name, "x.zip"]);
}

#[test]
fn an_old_pack_whose_place_is_taken_is_not_lost() {
    let scratch = scratch();
    let path = scratch.path();
    let out = path.join("out");
    run(path, &["pack", "base", "-o", "out", "--dir"]).expect(0);
    let name = "HX-200_iotmra_2026-12-01";
    let staged = |letters: &str, has_new: bool| {
        let staging = out.join(format!(".clspack-{letters}"));
        support::copy(&out.join(name), &staging.join("old"));
        if has_new {
            fs::create_dir(staging.join("new")).unwrap();
        }
        fs::write(staging.join("place"), name).unwrap();
    };
    // Its new pack is in place; the other's never came to be.
    staged("aaaaaa", false);
    staged("bbbbbb", true);
    let ran = run(path, &["pack", "base", "-o", "out", "--dir"]).expect(0);
    assert!(ran.stderr.contains(".clspack-bbbbbb"), "{}", ran.stderr);
    assert_eq!(names(&out), [".clspack-bbbbbb", name]);
    assert!(out.join(".clspack-bbbbbb/old/SHA256SUMS").exists());
}
