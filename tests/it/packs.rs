//! Packs: the same bytes always, whole or not at all, and nothing wrong passes `verify`.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use clspack::diag::Code;
use clspack::domain::{Date, Sha256};
use clspack::pack::verify::verify;
use clspack::world::Os;

use crate::binary::{run, run_with};
use crate::support;

/// A copy of a base in a folder of its own.
fn base(name: &str) -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    support::copy(
        &support::repository("tests/bases").join(name),
        &scratch.path().join("in"),
    );
    scratch
}

fn packed(name: &str) -> (tempfile::TempDir, PathBuf) {
    let scratch = base(name);
    let ran = run(scratch.path(), &["pack", "in", "-o", "out"]).expect(0);
    let path = scratch.path().join(ran.stdout.lines().next().unwrap());
    (scratch, path)
}

fn as_folder(name: &str) -> (tempfile::TempDir, PathBuf) {
    let scratch = base(name);
    let ran = run(scratch.path(), &["pack", "in", "-o", "out", "--dir"]).expect(0);
    let path = scratch.path().join(ran.stdout.lines().next().unwrap());
    (scratch, path)
}

fn hash(path: &Path) -> Sha256 {
    Sha256::of(&fs::read(path).unwrap())
}

fn codes(pack: &Path) -> Vec<Code> {
    let mut codes: Vec<_> = verify(pack, &Os)
        .unwrap()
        .findings
        .iter()
        .map(|finding| finding.code)
        .collect();
    codes.sort_unstable();
    codes
}

/// Rewrites a pack's zip; `change` sees each entry's name and bytes, and may drop it.
fn rewrite(
    pack: &Path,
    mut change: impl FnMut(&str, Vec<u8>) -> Option<(String, Vec<u8>)>,
    more: &[(&str, &[u8])],
) -> PathBuf {
    let mut archive = zip::ZipArchive::new(fs::File::open(pack).unwrap()).unwrap();
    let path = pack.with_file_name("changed.zip");
    let mut writer = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let options = zip::write::FileOptions::<()>::DEFAULT;
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        let name = entry.name().unwrap().into_owned();
        if let Some((name, bytes)) = change(&name, bytes) {
            writer.start_file(name, options).unwrap();
            writer.write_all(&bytes).unwrap();
        }
    }
    for (name, bytes) in more {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
    path
}

#[test]
fn same_input_gives_the_same_bytes() {
    let (_first, one) = packed("mra");
    let (second, other) = packed("mra");
    assert_eq!(hash(&one), hash(&other));
    for file in ["manifest.yaml", "evidence/label.jpg"] {
        let path = second.path().join("in").join(file);
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        fs::write(&path, bytes).unwrap();
    }
    let ran = run_with(
        second.path(),
        &["pack", "in/manifest.yaml", "-o", "again"],
        &[
            ("TZ", "America/Adak"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("LANG", "ja_JP.UTF-8"),
        ],
    )
    .expect(0);
    assert_eq!(
        hash(&second.path().join(ran.stdout.lines().next().unwrap())),
        hash(&one)
    );
    let inside = second.path().join("in");
    let ran = run(&inside, &["pack", "manifest.yaml", "-o", "../third"]).expect(0);
    assert_eq!(
        hash(&inside.join(ran.stdout.lines().next().unwrap())),
        hash(&one)
    );
}

#[test]
fn the_folder_holds_what_the_zip_holds() {
    let (_one, zip) = packed("level-1");
    let (_other, folder) = as_folder("level-1");
    let mut archive = zip::ZipArchive::new(fs::File::open(&zip).unwrap()).unwrap();
    let prefix = format!("{}/", folder.file_name().unwrap().to_str().unwrap());
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        let name = entry.name().unwrap().into_owned();
        assert_eq!(
            Sha256::of(&bytes),
            hash(&folder.join(name.strip_prefix(&prefix).unwrap())),
            "{name}"
        );
    }
    assert_eq!(codes(&zip), []);
    assert_eq!(codes(&folder), []);
}

#[test]
fn the_list_is_what_would_be_written() {
    let (scratch, folder) = as_folder("level-1");
    let listed = run(scratch.path(), &["pack", "in", "--list"])
        .expect(0)
        .stdout;
    let mut lines = 0;
    for line in listed.lines() {
        let mut words = line.split_whitespace();
        let (sha256, size, path) = (
            words.next().unwrap(),
            words.next().unwrap(),
            words.next().unwrap(),
        );
        assert_eq!(hash(&folder.join(path)).to_string(), sha256);
        assert_eq!(
            fs::metadata(folder.join(path)).unwrap().len().to_string(),
            size
        );
        lines += 1;
    }
    assert_eq!(
        lines,
        clspack::world::World::files_below(&Os, &folder)
            .unwrap()
            .len()
    );
}

#[test]
fn names_and_layout_are_those_of_the_contract() {
    let (_scratch, folder) = as_folder("level-1");
    for path in [
        "00-upload-sheet.html",
        "upload/01-declaration-of-conformity.pdf",
        "upload/02-supporting-evidence.pdf",
        "record/plan.json",
        "record/manifest.yaml",
        "record/provenance.json",
        "SHA256SUMS",
    ] {
        assert!(folder.join(path).is_file(), "{path}");
    }
    let name = folder.file_name().unwrap().to_str().unwrap();
    assert!(name.ends_with("_csaiot1_2026-12-01"), "{name}");
}

#[test]
fn what_blocks_writes_nothing_and_a_draft_says_so() {
    let scratch = base("mra");
    let manifest = scratch.path().join("in/manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("201912345R", "201912345A")).unwrap();
    let ran = run(scratch.path(), &["pack", "in", "-o", "out"]).expect(1);
    assert!(ran.stderr.contains("nothing was written"), "{}", ran.stderr);
    assert!(!scratch.path().join("out").exists());
    let ran = run(
        scratch.path(),
        &["pack", "in", "-o", "out", "--draft", "--dir"],
    )
    .expect(1);
    let folder = scratch.path().join(ran.stdout.lines().next().unwrap());
    assert!(
        folder
            .file_name()
            .unwrap()
            .to_str()
            .unwrap()
            .ends_with("_DRAFT")
    );
    assert!(
        fs::read_to_string(folder.join("00-upload-sheet.html"))
            .unwrap()
            .contains("Draft.")
    );
}

#[test]
fn an_output_that_is_there_is_kept() {
    let (scratch, path) = packed("mra");
    let again = run(scratch.path(), &["pack", "in", "-o", "out"]).expect(0);
    assert!(again.stdout.contains("unchanged"), "{}", again.stdout);
    let manifest = scratch.path().join("in/manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("Home Hub 2", "Home Hub 3")).unwrap();
    let before = hash(&path);
    let ran = run(scratch.path(), &["pack", "in", "-o", "out"]).expect(2);
    assert!(
        ran.stderr.contains("exists already") && ran.stderr.contains("--force"),
        "{}",
        ran.stderr
    );
    assert_eq!(hash(&path), before);
    run(scratch.path(), &["pack", "in", "-o", "out", "--force"]).expect(0);
    assert_ne!(hash(&path), before);
    assert_eq!(codes(&path), []);
    let names: Vec<_> = fs::read_dir(scratch.path().join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 1, "nothing else is left behind: {names:?}");
}

#[test]
fn a_folder_that_is_there_is_replaced_only_when_it_is_a_pack() {
    let (scratch, folder) = as_folder("mra");
    let force = ["pack", "in", "-o", "out", "--dir", "--force"];
    fs::write(folder.join("upload/01-signed.pdf"), "mine").unwrap();
    let ran = run(scratch.path(), &force).expect(2);
    assert!(ran.stderr.contains("not of the pack"), "{}", ran.stderr);
    assert!(folder.join("upload/01-signed.pdf").exists());
    fs::remove_file(folder.join("upload/01-signed.pdf")).unwrap();
    // What was changed is not called a file that is not of the pack.
    let summary = fs::read(folder.join("01-summary.pdf")).unwrap();
    fs::write(folder.join("01-summary.pdf"), "mine").unwrap();
    let ran = run(scratch.path(), &force).expect(2);
    let says = "exists already and is not as clspack wrote it";
    assert!(ran.stderr.contains(says), "{}", ran.stderr);
    fs::write(folder.join("01-summary.pdf"), summary).unwrap();
    fs::remove_file(folder.join("evidence/label.jpg")).unwrap();
    run(scratch.path(), &["pack", "in", "-o", "out", "--dir"]).expect(2);
    run(scratch.path(), &force).expect(0);
    assert_eq!(codes(&folder), []);
    fs::remove_dir_all(&folder).unwrap();
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("thesis.txt"), "mine").unwrap();
    run(scratch.path(), &force).expect(2);
    assert!(folder.join("thesis.txt").exists());
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing() {
    let scratch = base("mra");
    fs::write(scratch.path().join("file"), "").unwrap();
    let ran = run(scratch.path(), &["pack", "in", "-o", "file/out"]).expect(2);
    assert!(
        ran.stderr.starts_with("error: cannot write")
            || ran.stderr.contains("\nerror: cannot write"),
        "{}",
        ran.stderr
    );
    let names: Vec<_> = fs::read_dir(scratch.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_below_a_device_cannot_be_made() {
    let scratch = base("mra");
    let ran = run(scratch.path(), &["pack", "in", "-o", "/dev/full/out"]).expect(2);
    assert!(ran.stderr.contains("cannot write"), "{}", ran.stderr);
}

#[test]
fn the_inputs_are_never_changed() {
    let scratch = base("mra");
    let input = scratch.path().join("in");
    let state = || {
        clspack::world::World::files_below(&Os, &input)
            .unwrap()
            .into_iter()
            .map(|found| (hash(&input.join(&found.path)), found.path))
            .collect::<Vec<_>>()
    };
    let before = state();
    run(scratch.path(), &["pack", "in", "-o", "in"]).expect(0);
    let after: Vec<_> = state()
        .into_iter()
        .filter(|(_, path)| path.contains('/') || path == "manifest.yaml")
        .collect();
    assert_eq!(before, after);
}

#[test]
fn verify_finds_a_changed_entry() {
    let (_scratch, pack) = packed("mra");
    let changed = rewrite(
        &pack,
        |name, mut bytes| {
            if name.ends_with("label.jpg") {
                bytes[3] ^= 1;
            }
            Some((name.to_owned(), bytes))
        },
        &[],
    );
    assert_eq!(codes(&changed), [Code::EntryChanged]);
    let (_scratch, folder) = as_folder("mra");
    fs::write(folder.join("record/plan.json"), "{}").unwrap();
    assert_eq!(codes(&folder), [Code::EntryChanged]);
}

#[test]
fn verify_finds_a_missing_entry() {
    let (_scratch, pack) = packed("mra");
    let changed = rewrite(
        &pack,
        |name, bytes| (!name.ends_with("label.jpg")).then(|| (name.to_owned(), bytes)),
        &[],
    );
    assert_eq!(codes(&changed), [Code::EntryMissing]);
}

#[test]
fn verify_finds_an_extra_entry() {
    let (_scratch, pack) = packed("mra");
    let keep = |name: &str, bytes| Some((name.to_owned(), bytes));
    assert_eq!(
        codes(&rewrite(&pack, keep, &[("beside.txt", b"x")])),
        [Code::EntryExtra]
    );
    let (_scratch, folder) = as_folder("mra");
    fs::write(folder.join("evidence/extra.pdf"), "x").unwrap();
    assert_eq!(codes(&folder), [Code::EntryExtra]);
}

#[test]
fn verify_finds_a_path_that_climbs_out() {
    let (_scratch, pack) = packed("mra");
    let keep = |name: &str, bytes| Some((name.to_owned(), bytes));
    let changed = rewrite(&pack, keep, &[("../../etc/cron.d/x", b"x")]);
    assert_eq!(codes(&changed), [Code::EntryUnsafe]);
    let text = verify(&changed, &Os)
        .unwrap()
        .findings
        .iter()
        .map(|finding| finding.message.clone())
        .collect::<Vec<_>>()
        .join(" ");
    assert!(text.contains("leads out"), "{text}");
}

#[test]
fn verify_finds_what_lies_beside_the_folder() {
    let (_scratch, pack) = packed("mra");
    let keep = |name: &str, bytes| Some((name.to_owned(), bytes));
    let more: [(&str, &[u8]); 2] = [("SHA256SUMS", b"other"), ("evidence/label.jpg", b"other")];
    assert_eq!(
        codes(&rewrite(&pack, keep, &more)),
        [Code::EntryUnsafe, Code::EntryUnsafe]
    );
    let mut bytes = fs::read(&pack).unwrap();
    bytes.splice(0..0, *b"#!/bin/sh ");
    let path = pack.with_file_name("before.zip");
    fs::write(&path, bytes).unwrap();
    assert!(
        codes(&path).contains(&Code::ArchiveAmbiguous),
        "{:?}",
        codes(&path)
    );
}

#[test]
fn verify_finds_another_manifest() {
    let (_scratch, folder) = as_folder("mra");
    let path = folder.join("record/manifest.yaml");
    fs::write(&path, "schema: 1\n").unwrap();
    let sums = fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    let old = sums
        .lines()
        .find(|line| line.ends_with("manifest.yaml"))
        .unwrap();
    let new = format!("{}  record/manifest.yaml", hash(&path));
    fs::write(folder.join("SHA256SUMS"), sums.replace(old, &new)).unwrap();
    assert_eq!(codes(&folder), [Code::EntryChanged]);
}

#[test]
fn evidence_may_be_called_like_the_inventory() {
    let scratch = base("mra");
    let input = scratch.path().join("in");
    fs::write(input.join("evidence/SHA256SUMS"), "of somebody else\n").unwrap();
    let manifest = input.join("manifest.yaml");
    let text = fs::read_to_string(&manifest)
        .unwrap()
        .replace("sbom: evidence/sbom.pdf", "sbom: evidence/SHA256SUMS");
    fs::write(&manifest, text).unwrap();
    let ran = run(scratch.path(), &["pack", "in", "-o", "out"]).expect(0);
    assert_eq!(
        codes(&scratch.path().join(ran.stdout.lines().next().unwrap())),
        []
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_pack() {
    let scratch = tempfile::tempdir().unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(scratch.path().join("pipe"))
        .status();
    if made.is_ok_and(|status| status.success()) {
        let ran = run(scratch.path(), &["verify", "pipe"]).expect(1);
        assert!(ran.stdout.contains("K001"), "{}", ran.stdout);
    }
}

#[test]
fn entries_have_the_day_of_the_plan() {
    let (_scratch, path) = packed("mra");
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    for i in 0..archive.len() {
        let when = archive.by_index(i).unwrap().last_modified().unwrap();
        let day = (when.year(), when.month(), when.day());
        assert_eq!((day, when.hour(), when.minute()), ((2026, 12, 1), 0, 0));
    }
}

#[test]
fn a_pack_is_checked_like_the_project_that_it_was_made_from() {
    let (scratch, path) = as_folder("mra");
    let zip = run(scratch.path(), &["pack", "in", "-o", "zip"]).expect(0);
    let zip = scratch.path().join(zip.stdout.lines().next().unwrap());
    let project = run(scratch.path(), &["check", "in"]).expect(0).stdout;
    let project = project.rsplit_once("manifest.yaml: ").unwrap().1;
    let record = path.join("record/manifest.yaml");
    for pack in [&path, &zip, &record] {
        let ran = run(scratch.path(), &["check", pack.to_str().unwrap()]).expect(0);
        let state = ran.stdout.rsplit_once("manifest.yaml: ").unwrap().1;
        assert_eq!(state, project, "{}", ran.stdout);
    }
    let ran = run(scratch.path(), &["plan", zip.to_str().unwrap()]).expect(0);
    assert!(ran.stdout.contains("iotmra"), "{}", ran.stdout);
}

#[test]
fn a_pack_that_changed_is_checked_with_what_changed() {
    let (scratch, path) = as_folder("mra");
    let file = path.join("evidence/label.jpg");
    let mut bytes = fs::read(&file).unwrap();
    bytes.push(0);
    fs::write(file, bytes).unwrap();
    let ran = run(scratch.path(), &["check", path.to_str().unwrap()]).expect(1);
    assert!(ran.stdout.contains("error[K002]"), "{}", ran.stdout);
    // A file that is no pack at all is a fault of the call, not of a document.
    fs::write(scratch.path().join("x.zip"), "no archive").unwrap();
    let ran = run(scratch.path(), &["check", "x.zip"]).expect(2);
    assert!(
        ran.stderr.contains("clspack verify x.zip"),
        "{}",
        ran.stderr
    );
}

#[test]
fn verify_refuses_another_format() {
    let (_scratch, folder) = as_folder("mra");
    let path = folder.join("record/provenance.json");
    let text = fs::read_to_string(&path)
        .unwrap()
        .replace("\"pack_format\": 2", "\"pack_format\": 3");
    fs::write(&path, &text).unwrap();
    let sums = fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    let old = sums
        .lines()
        .find(|line| line.ends_with("provenance.json"))
        .unwrap();
    let new = format!("{}  record/provenance.json", Sha256::of(text.as_bytes()));
    fs::write(folder.join("SHA256SUMS"), sums.replace(old, &new)).unwrap();
    assert_eq!(codes(&folder), [Code::OtherPackFormat]);
}

#[test]
fn verify_refuses_what_is_no_pack() {
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().join("x.zip");
    for bytes in [&b""[..], b"PK\x03\x04 broken", b"not a zip at all"] {
        fs::write(&path, bytes).unwrap();
        assert_eq!(codes(&path), [Code::NotAPack], "{bytes:?}");
    }
    assert_eq!(codes(scratch.path()), [Code::NotAPack]);
    let (_scratch, pack) = packed("mra");
    let bytes = fs::read(&pack).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(codes(&path), [Code::NotAPack]);
    let ran = run(scratch.path(), &["verify", "no-such.zip"]).expect(2);
    assert!(ran.stderr.contains("no such file"), "{}", ran.stderr);
}

#[test]
fn verify_stops_at_a_bomb() {
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().join("bomb.zip");
    let mut writer = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    let options =
        zip::write::FileOptions::<()>::DEFAULT.compression_method(zip::CompressionMethod::Deflated);
    writer.start_file("p/bomb.bin", options).unwrap();
    let zeros = vec![0; 1024 * 1024];
    for _ in 0..=1024 {
        writer.write_all(&zeros).unwrap();
    }
    writer.start_file("p/SHA256SUMS", options).unwrap();
    writer
        .write_all(format!("{}  bomb.bin\n", Sha256::of(b"")).as_bytes())
        .unwrap();
    writer.finish().unwrap();
    assert_eq!(codes(&path), [Code::EntryTooLarge]);
}

#[cfg(unix)]
#[test]
fn verify_refuses_links() {
    let (_scratch, folder) = as_folder("mra");
    let victim = folder.join("evidence/label.jpg");
    fs::remove_file(&victim).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", &victim).unwrap();
    assert_eq!(codes(&folder), [Code::EntryUnsafe]);
}

#[test]
fn verify_refuses_two_entries_of_one_name() {
    let (_scratch, pack) = packed("mra");
    let mut bytes = fs::read(&pack).unwrap();
    // Two names of the same length: one is overwritten with the other in the archive's list.
    let (one, other) = (b"evidence/scan.pdf", b"evidence/sbom.pdf");
    let found: Vec<usize> = (0..bytes.len() - one.len())
        .filter(|&i| &bytes[i..i + one.len()] == one)
        .collect();
    let both = !found.is_empty() && bytes.windows(other.len()).any(|window| window == other);
    assert!(both, "the base has no two files with names of one length");
    for i in found {
        bytes[i..i + one.len()].copy_from_slice(other);
    }
    let path = pack.with_file_name("twice.zip");
    fs::write(&path, bytes).unwrap();
    assert!(
        codes(&path).contains(&Code::EntryUnsafe),
        "{:?}",
        codes(&path)
    );
}

#[test]
fn threads_do_not_change_a_pack() {
    use clspack::pack::{Content, Entry, EntryPath, IfThere, Pack, Target, write};
    let scratch = tempfile::tempdir().unwrap();
    let text = |n: usize| (0..n).flat_map(|i| format!("line {i}\n").into_bytes());
    // A generator of numbers; its high bytes do not repeat.
    let noise = |n: usize| {
        let mut state = 1_u64;
        let next = move |_| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            state.to_be_bytes()[0]
        };
        (0..n).map(next)
    };
    let files: [(&str, Vec<u8>); 4] = [
        ("long.txt", text(700_000).collect()),
        ("noise.bin", noise(2_500_000).collect()),
        ("photo.jpg", vec![7; 3_000_000]),
        ("short.txt", b"x".to_vec()),
    ];
    let entries = files.iter().map(|(name, bytes)| {
        let from = scratch.path().join(name);
        fs::write(&from, bytes).unwrap();
        let (size, sha256) = (bytes.len() as u64, Sha256::of(bytes));
        Entry {
            path: EntryPath::made_safe(&format!("evidence/{name}")),
            content: Content::File { from, size, sha256 },
        }
    });
    let pack = Pack::new("p", Date::new(2026, 12, 1).unwrap(), entries.collect());
    let hashes: Vec<Sha256> = [1, 2, 8]
        .map(|threads| {
            let path = scratch.path().join(format!("{threads}.zip"));
            let target = Target::Zip(path.clone());
            write(&pack, &target, IfThere::Refuse, threads, &Os).unwrap();
            hash(&path)
        })
        .to_vec();
    assert!(hashes.iter().all(|one| *one == hashes[0]), "{hashes:?}");
    let zip = fs::File::open(scratch.path().join("8.zip")).unwrap();
    let mut archive = zip::ZipArchive::new(zip).unwrap();
    for (name, bytes) in &files {
        let mut entry = archive.by_name(&format!("p/evidence/{name}")).unwrap();
        let mut read = Vec::new();
        entry.read_to_end(&mut read).unwrap();
        assert!(read == *bytes, "{name}");
        let is_stored = entry.compression() == zip::CompressionMethod::Stored;
        assert_eq!(is_stored, *name != "long.txt", "{name}");
    }
}

#[test]
fn evidence_that_changes_before_it_is_packed_leaves_nothing() {
    use clspack::pack::{Content, Entry, EntryPath, IfThere, Pack, Target, write};
    let scratch = tempfile::tempdir().unwrap();
    let from = scratch.path().join("scan.pdf");
    fs::write(&from, "as it is now").unwrap();
    let content = Content::File {
        from,
        size: 12,
        sha256: Sha256::of(b"as it was checked"),
    };
    let path = EntryPath::made_safe("evidence/scan.pdf");
    let pack = Pack::new(
        "changed",
        Date::new(2026, 12, 1).unwrap(),
        vec![Entry { path, content }],
    );
    let out = scratch.path().join("out");
    for target in [
        Target::Zip(out.join("x.zip")),
        Target::Folder(out.join("x")),
    ] {
        let error = write(&pack, &target, IfThere::Refuse, 2, &Os).unwrap_err();
        assert!(
            matches!(error, clspack::error::Error::Changed(_)),
            "{error}"
        );
        assert_eq!(fs::read_dir(&out).unwrap().count(), 0);
    }
}

#[test]
fn a_signed_pack_is_ready_and_holds_what_was_signed() {
    let scratch = base("mra");
    let folder = scratch.path().join("in");
    let (_, pdf) = support::declaration(&folder);
    fs::write(folder.join("evidence/signed.pdf"), support::as_signed(&pdf)).unwrap();
    let manifest = folder.join("manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        text + "declaration: { signed: evidence/signed.pdf }\n",
    )
    .unwrap();
    let ran = run(scratch.path(), &["pack", "in", "-o", "out", "--dir"]).expect(0);
    assert!(ran.stdout.contains("\nready\n"), "{}", ran.stdout);
    let pack = scratch.path().join(ran.stdout.lines().next().unwrap());
    let upload = pack.join("upload/01-declaration-of-conformity.pdf");
    assert_eq!(fs::read(upload).unwrap(), support::as_signed(&pdf));
    let prepared = pack.join("record/declaration-of-conformity-as-prepared.pdf");
    assert_eq!(fs::read(prepared).unwrap(), pdf);
    assert!(!pack.join("evidence/signed.pdf").exists());
    let sheet = fs::read_to_string(pack.join("00-upload-sheet.html")).unwrap();
    assert!(sheet.contains("signed, for the content"));
    assert_eq!(codes(&pack), []);
}

#[test]
fn a_plan_of_another_story_is_found() {
    let (_scratch, pack) = as_folder("mra");
    let plan = pack.join("record/plan.json");
    let text = fs::read_to_string(&plan)
        .unwrap()
        .replace("\"state\": \"to-sign\"", "\"state\": \"ready\"");
    fs::write(&plan, &text).unwrap();
    let sums = pack.join("SHA256SUMS");
    let inventory: String = fs::read_to_string(&sums)
        .unwrap()
        .lines()
        .map(|line| match line.split_once("  record/plan.json") {
            Some(_) => format!("{}  record/plan.json\n", hash(&plan)),
            None => format!("{line}\n"),
        })
        .collect();
    fs::write(&sums, inventory).unwrap();
    assert_eq!(codes(&pack), [Code::EntryChanged]);
}

/// A copy of a base whose manifest names a Word template for the declaration.
fn with_word(xml: &str) -> tempfile::TempDir {
    let scratch = base("mra");
    let folder = scratch.path().join("in");
    fs::write(
        folder.join("own.docx"),
        crate::office::Parts::word(&[("document".to_owned(), xml.to_owned())]).zip(),
    )
    .unwrap();
    let manifest = folder.join("manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text + "templates: { declaration: own.docx }\n").unwrap();
    scratch
}

fn word_codes(scratch: &tempfile::TempDir) -> Vec<Code> {
    let case = support::read(&scratch.path().join("in/manifest.yaml"), None);
    case.findings().iter().map(|finding| finding.code).collect()
}

#[test]
fn a_word_template_of_the_manifest_makes_the_declaration() {
    let scratch = with_word(
        "<w:p><w:r><w:t>{{ product.title }}, content {{ declares.short }}</w:t></w:r></w:p>",
    );
    assert_eq!(word_codes(&scratch), [Code::TemplateWithoutPages]);
    let ran = run(scratch.path(), &["pack", "in", "-o", "out", "--dir"]).expect(0);
    let pack = scratch.path().join(ran.stdout.lines().next().unwrap());
    let filled = fs::File::open(pack.join("upload/01-declaration-of-conformity.docx")).unwrap();
    let mut xml = String::new();
    let mut archive = zip::ZipArchive::new(filled).unwrap();
    archive
        .by_name("word/document.xml")
        .unwrap()
        .read_to_string(&mut xml)
        .unwrap();
    assert!(xml.contains("Hanbit Home Hub 2, content "), "{xml}");
    let made = fs::read_to_string(pack.join("record/provenance.json")).unwrap();
    assert!(made.contains("own.docx"), "{made}");
    // So does a draft, which says so in its name.
    let ran = run(
        scratch.path(),
        &["pack", "in", "-o", "out", "--dir", "--draft"],
    )
    .expect(0);
    let draft = scratch.path().join(ran.stdout.lines().next().unwrap());
    assert!(
        draft
            .join("upload/01-declaration-of-conformity-DRAFT.docx")
            .exists()
    );
    // The template is not in the pack; all that does not depend on its text comes out again.
    for pack in [pack, draft] {
        let audit = clspack::audit::audit(&pack, &Os).unwrap();
        let codes: Vec<Code> = audit.verdict.findings.iter().map(|one| one.code).collect();
        assert_eq!(codes, [Code::PackNotRecomputed], "{}", pack.display());
        assert!(audit.verdict.is_intact());
        let said = audit.not_recomputed.join("\n");
        assert!(
            said.contains("made from a template of the applicant's own"),
            "{said}"
        );
    }
}

#[test]
fn a_signed_pack_comes_out_again() {
    let scratch = tempfile::tempdir().unwrap();
    let signed = support::repository("tests/signed/by-acrobat");
    support::copy(&signed, &scratch.path().join("in"));
    let ran = run(scratch.path(), &["pack", "in", "-o", "out"]).expect(0);
    assert!(ran.stdout.ends_with("ready\n"), "{}", ran.stdout);
    let pack = scratch.path().join(ran.stdout.lines().next().unwrap());
    let audit = clspack::audit::audit(&pack, &Os).unwrap();
    assert_eq!(audit.verdict.findings, []);
    assert_eq!(audit.n_recomputed, audit.verdict.n_entries);
}

#[test]
fn a_faulty_word_template_blocks_and_one_without_the_hash_warns() {
    let faulty = with_word(
        "<w:p><w:r><w:t>{{ product.titel }}, content {{ declares.short }}</w:t></w:r></w:p>",
    );
    assert_eq!(word_codes(&faulty), [Code::TemplateUnusable]);
    let silent = with_word("<w:p><w:r><w:t>{{ product.title }}</w:t></w:r></w:p>");
    assert_eq!(
        word_codes(&silent),
        [Code::TemplateWithoutHash, Code::TemplateWithoutPages]
    );
}

/// The findings of a base whose signed declaration is this file.
fn signed_with(bytes: &[u8]) -> Vec<Code> {
    let scratch = base("mra");
    let folder = scratch.path().join("in");
    fs::write(folder.join("evidence/signed.pdf"), bytes).unwrap();
    let manifest = folder.join("manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        text + "declaration: { signed: evidence/signed.pdf }\n",
    )
    .unwrap();
    word_codes(&scratch)
}

#[test]
fn other_papers_and_drafts_are_no_declaration() {
    let scratch = base("mra");
    let paper = |arguments: &[&str], path: &str| {
        let ran = run(scratch.path(), arguments).expect(0);
        let pack = scratch.path().join(ran.stdout.lines().next().unwrap());
        support::as_signed(&fs::read(pack.join(path)).unwrap())
    };
    let declaration = "upload/01-declaration-of-conformity.pdf";
    let draft = paper(
        &["pack", "in", "-o", "draft", "--dir", "--draft"],
        declaration,
    );
    assert_eq!(signed_with(&draft), [Code::SignedCopyUnusable]);
    let right = paper(&["pack", "in", "-o", "out", "--dir"], declaration);
    assert_eq!(signed_with(&right), []);
}
