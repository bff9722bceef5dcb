//! The release program as a new process each time: what a user waits for.
//!
//! `cargo bench --bench cold` prints the middle, the shortest and the longest time of each command, and
//! the most memory that it held (Linux only).
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark talks, reads the clock, and may die"
)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 25;

fn main() {
    let scratch = tempfile::tempdir().unwrap();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let small = examples.join("korean-robot-vacuum/manifest.yaml");
    let large = large_case(&examples, scratch.path());
    println!(
        "{:<34} {:>9} {:>9} {:>9} {:>9}",
        "command", "middle", "shortest", "longest", "memory"
    );
    for (name, manifest) in [
        ("small", &small),
        ("Level 4", &examples.join("level-4-door-lock/manifest.yaml")),
    ] {
        for command in ["check", "plan"] {
            measure(&format!("{command}, {name}"), |_| {
                vec![command.into(), path(manifest)]
            });
        }
    }
    let out = scratch.path().join("out");
    let pack = |manifest: &Path, i: usize| {
        vec![
            "pack".into(),
            path(manifest),
            "-q".into(),
            "-o".into(),
            path(&out.join(i.to_string())),
        ]
    };
    measure("pack, small", |i| pack(&small, i));
    measure("pack, Level 2, 50 provisions", |i| {
        pack(&examples.join("wifi-router-level-2/manifest.yaml"), 100 + i)
    });
    measure("pack, Japanese text", |i| {
        pack(&examples.join("japanese-camera/manifest.yaml"), 200 + i)
    });
    measure("pack, 4 MB of evidence", |i| pack(&large, 300 + i));
}

fn path(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// The small example with 4 MB of evidence more, of bytes that do not compress.
fn large_case(examples: &Path, scratch: &Path) -> std::path::PathBuf {
    let folder = scratch.join("large");
    copy(&examples.join("korean-robot-vacuum"), &folder);
    let mut state = 1_u64;
    let mut noise = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u8::try_from(state >> 56).unwrap()
    };
    // A photograph whose packed data is noise: whole by its structure.
    let photo = std::fs::read(folder.join("evidence/label.jpg")).unwrap();
    let scan = photo
        .windows(2)
        .position(|two| two == [0xff, 0xda])
        .unwrap()
        + 2;
    let length = usize::from(u16::from_be_bytes([photo[scan], photo[scan + 1]]));
    let mut bytes = photo[..scan + length].to_vec();
    bytes.extend((0..4_000_000).map(|_| noise()).map(|byte| byte.min(0xfe)));
    bytes.extend([0xff, 0xd9]);
    std::fs::write(folder.join("evidence/large.jpg"), bytes).unwrap();
    let manifest = folder.join("manifest.yaml");
    let text = std::fs::read_to_string(&manifest).unwrap();
    let label = text
        .lines()
        .find(|line| line.contains("label-photo:"))
        .unwrap();
    std::fs::write(
        &manifest,
        text.replace(
            label,
            &format!("{label}\n  penetration-test: evidence/large.jpg"),
        ),
    )
    .unwrap();
    manifest
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn measure(name: &str, arguments: impl Fn(usize) -> Vec<String>) {
    let mut times: Vec<_> = (0..RUNS)
        .map(|i| {
            let start = Instant::now();
            let status = program(&arguments(i)).status().unwrap();
            assert!(status.success(), "{name}: {status}");
            start.elapsed()
        })
        .collect();
    times.sort();
    let memory = memory(&arguments(RUNS)).map_or_else(
        || "-".to_owned(),
        |kilobytes| format!("{} MB", kilobytes / 1_000),
    );
    println!(
        "{name:<34} {:>9} {:>9} {:>9} {memory:>9}",
        shown(times[RUNS / 2]),
        shown(times[0]),
        shown(times[RUNS - 1])
    );
}

/// Milliseconds with one decimal, in whole numbers.
fn shown(time: Duration) -> String {
    let tenths = time.as_micros() / 100;
    format!("{}.{} ms", tenths / 10, tenths % 10)
}

fn program(arguments: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clspack"));
    command
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// Asks GNU time for the peak of resident memory, in kB, where it is installed.
fn memory(arguments: &[String]) -> Option<u64> {
    let output = Command::new("/usr/bin/time")
        .args(["-f", "%M", env!("CARGO_BIN_EXE_clspack")])
        .args(arguments)
        .stdout(Stdio::null())
        .output()
        .ok()?;
    String::from_utf8(output.stderr)
        .ok()?
        .lines()
        .last()?
        .trim()
        .parse()
        .ok()
}
