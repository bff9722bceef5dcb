//! Packs that somebody tampered with, byte by byte and with the inventory made again: none is intact. Packs
//! that only changed their wrapping are.
#![allow(
    clippy::semicolon_if_nothing_returned,
    reason = "a table of ways to tamper reads better without"
)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clspack::audit::{Audit, audit};
use clspack::diag::Code;
use clspack::domain::Sha256;
use clspack::world::Os;
use serde_json::{Value, json};

use crate::binary::run;
use crate::support;

const DECLARATION: &str = "upload/01-declaration-of-conformity.pdf";
const SHEET: &str = "00-upload-sheet.html";
const PLAN: &str = "record/plan.json";
const PROVENANCE: &str = "record/provenance.json";
const MANIFEST: &str = "record/manifest.yaml";

/// An archive, taken apart.
#[derive(Default)]
struct Zip {
    before: Vec<u8>,
    entries: Vec<Raw>,
    gap: Vec<u8>,
    end: Vec<u8>,
    after: Vec<u8>,
}

/// An entry, taken apart: what is before it, and what the list says of it.
#[derive(Clone, Default)]
struct Raw {
    before: Vec<u8>,
    head: Vec<u8>,
    name: Vec<u8>,
    extra: Vec<u8>,
    data: Vec<u8>,
    behind: Vec<u8>,
    list: Vec<u8>,
    listed: Vec<u8>,
    listed_extra: Vec<u8>,
    comment: Vec<u8>,
    is_hidden: bool,
}

fn get(bytes: &[u8], at: usize, n: usize) -> usize {
    (0..n)
        .rev()
        .fold(0, |sum, i| sum << 8 | usize::from(bytes[at + i]))
}

fn set(bytes: &mut [u8], at: usize, n: usize, value: usize) {
    for i in 0..n {
        bytes[at + i] = u8::try_from(value >> (8 * i) & 0xff).unwrap();
    }
}

impl Zip {
    /// Takes a pack apart that was just written, which has no extra fields.
    fn open(path: &Path) -> Self {
        let bytes = fs::read(path).unwrap();
        let end = bytes.len() - 22;
        let mut zip = Self {
            end: bytes[end..].to_vec(),
            ..Self::default()
        };
        let mut at = get(&bytes, end + 16, 4);
        while at < end {
            let list = bytes[at..at + 46].to_vec();
            let n_name = get(&list, 28, 2);
            let name = bytes[at + 46..at + 46 + n_name].to_vec();
            at += 46 + n_name;
            let header = get(&list, 42, 4);
            let data = header + 30 + n_name;
            zip.entries.push(Raw {
                head: bytes[header..header + 30].to_vec(),
                listed: name.clone(),
                data: bytes[data..data + get(&list, 20, 4)].to_vec(),
                name,
                list,
                ..Raw::default()
            });
        }
        zip
    }

    /// Puts it together; where entries and list begin is written again.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.before.clone();
        let mut list = Vec::new();
        let mut count = 0;
        for entry in &self.entries {
            bytes.extend(&entry.before);
            let mut head = entry.head.clone();
            set(&mut head, 26, 2, entry.name.len());
            set(&mut head, 28, 2, entry.extra.len());
            let mut listed = entry.list.clone();
            set(&mut listed, 28, 2, entry.listed.len());
            set(&mut listed, 30, 2, entry.listed_extra.len());
            set(&mut listed, 32, 2, entry.comment.len());
            set(&mut listed, 42, 4, bytes.len());
            for part in [&head, &entry.name, &entry.extra, &entry.data, &entry.behind] {
                bytes.extend(part);
            }
            if !entry.is_hidden {
                count += 1;
                for part in [&listed, &entry.listed, &entry.listed_extra, &entry.comment] {
                    list.extend(part);
                }
            }
        }
        bytes.extend(&self.gap);
        let mut end = self.end.clone();
        set(&mut end, 8, 2, count);
        set(&mut end, 10, 2, count);
        set(&mut end, 12, 4, list.len());
        set(&mut end, 16, 4, bytes.len());
        for part in [&list, &end, &self.after] {
            bytes.extend(part);
        }
        bytes
    }

    fn entry(&mut self, ending: &str) -> &mut Raw {
        let mut entries = self.entries.iter_mut();
        entries
            .find(|entry| entry.name.ends_with(ending.as_bytes()))
            .unwrap()
    }

    fn declaration(&mut self) -> &mut Raw {
        self.entry(DECLARATION)
    }

    /// Adds a stored entry.
    fn add(&mut self, name: &str, content: &[u8]) -> &mut Raw {
        let mut raw = self.entries[0].clone();
        (raw.name, raw.listed) = (name.as_bytes().to_vec(), name.as_bytes().to_vec());
        raw.data = content.to_vec();
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let sizes = [crc.sum() as usize, content.len(), content.len()];
        for (i, size) in sizes.into_iter().enumerate() {
            set(&mut raw.head, 14 + 4 * i, 4, size);
            set(&mut raw.list, 16 + 4 * i, 4, size);
        }
        // Version 1.0, no flags, stored.
        for (bytes, at) in [(&mut raw.head, 4), (&mut raw.list, 6)] {
            set(bytes, at, 2, 10);
            set(bytes, at + 2, 2, 0);
            set(bytes, at + 4, 2, 0);
        }
        set(&mut raw.list, 4, 1, 10);
        self.entries.push(raw);
        self.entries.last_mut().unwrap()
    }

    fn top(&self) -> String {
        let name = String::from_utf8(self.entries[0].name.clone()).unwrap();
        name.split_once('/').unwrap().0.to_owned()
    }

    /// Gives the folder around the pack another name.
    fn rename_top(&mut self, to: &str) {
        let n = self.top().len();
        for entry in &mut self.entries {
            let name = [to.as_bytes(), &entry.name[n..]].concat();
            (entry.name, entry.listed) = (name.clone(), name);
        }
    }
}

fn base() -> (tempfile::TempDir, PathBuf) {
    let scratch = tempfile::tempdir().unwrap();
    support::copy(
        &support::repository("tests/bases/mra"),
        &scratch.path().join("in"),
    );
    let ran = run(scratch.path(), &["pack", "in", "-o", "out"]).expect(0);
    let path = scratch.path().join(ran.stdout.lines().next().unwrap());
    (scratch, path)
}

fn codes(audit: &Audit) -> Vec<Code> {
    audit
        .verdict
        .findings
        .iter()
        .map(|finding| finding.code)
        .collect()
}

type Tampering = (&'static str, Code, fn(&mut Zip));

const AROUND: &[Tampering] = &[
    ("bytes in front", Code::ArchiveAmbiguous, |zip| {
        zip.before = b"#!/bin/sh\n".to_vec()
    }),
    ("bytes behind", Code::ArchiveAmbiguous, |zip| {
        zip.after = b"x".to_vec()
    }),
    ("a comment", Code::ArchiveAmbiguous, |zip| {
        set(&mut zip.end, 20, 2, 2);
        zip.after = b"hi".to_vec();
    }),
    (
        "a comment that is not there",
        Code::ArchiveAmbiguous,
        |zip| set(&mut zip.end, 20, 2, 2),
    ),
    ("bytes before the list", Code::ArchiveAmbiguous, |zip| {
        zip.gap = b"PK\x03\x04".to_vec()
    }),
    ("bytes between entries", Code::ArchiveAmbiguous, |zip| {
        zip.entries[2].before = vec![0]
    }),
    ("a hidden entry", Code::ArchiveAmbiguous, |zip| {
        let name = format!("{}/{DECLARATION}", zip.top());
        zip.add(&name, b"%PDF-1.7 another").is_hidden = true;
    }),
    ("a part of several", Code::ArchiveAmbiguous, |zip| {
        set(&mut zip.end, 4, 2, 1)
    }),
    (
        "bytes behind the packed stream",
        Code::EntryChanged,
        |zip| {
            let raw = zip.declaration();
            raw.data.extend(b"hidden");
            let size = raw.data.len();
            set(&mut raw.head, 18, 4, size);
            set(&mut raw.list, 20, 4, size);
        },
    ),
];

const HEADERS: &[Tampering] = &[
    (
        "another name in the header",
        Code::ArchiveAmbiguous,
        |zip| {
            zip.declaration().name = b"../../x".to_vec();
        },
    ),
    ("other flags in the header", Code::ArchiveAmbiguous, |zip| {
        set(&mut zip.declaration().head, 6, 2, 8)
    }),
    (
        "another method in the header",
        Code::ArchiveAmbiguous,
        |zip| set(&mut zip.declaration().head, 8, 2, 0),
    ),
    (
        "another time in the header",
        Code::ArchiveAmbiguous,
        |zip| set(&mut zip.declaration().head, 10, 2, 9),
    ),
    (
        "another checksum in the header",
        Code::ArchiveAmbiguous,
        |zip| set(&mut zip.declaration().head, 14, 4, 9),
    ),
    (
        "another size in the header",
        Code::ArchiveAmbiguous,
        |zip| set(&mut zip.declaration().head, 22, 4, 9),
    ),
    ("another checksum in both", Code::EntryChanged, |zip| {
        let raw = zip.declaration();
        set(&mut raw.head, 14, 4, 9);
        set(&mut raw.list, 16, 4, 9);
    }),
    ("encrypted", Code::ArchiveAmbiguous, |zip| {
        let raw = zip.declaration();
        set(&mut raw.head, 6, 2, 1);
        set(&mut raw.list, 8, 2, 1);
    }),
    ("a method of 7-Zip", Code::ArchiveAmbiguous, |zip| {
        let raw = zip.declaration();
        set(&mut raw.head, 8, 2, 14);
        set(&mut raw.list, 10, 2, 14);
    }),
    ("a comment on an entry", Code::ArchiveAmbiguous, |zip| {
        zip.declaration().comment = b"x".to_vec()
    }),
    ("an unknown extra field", Code::ArchiveAmbiguous, |zip| {
        zip.declaration().listed_extra = b"BB\x01\x00x".to_vec();
    }),
    (
        "a second name in an extra field",
        Code::ArchiveAmbiguous,
        |zip| {
            zip.declaration().extra = b"up\x08\x00\x01\0\0\0\0../".to_vec();
        },
    ),
    ("ZIP64 sizes", Code::ArchiveAmbiguous, |zip| {
        zip.declaration().listed_extra = [b"\x01\x00\x08\x00".to_vec(), vec![0; 8]].concat();
    }),
    ("1 GiB and more", Code::EntryTooLarge, |zip| {
        set(&mut zip.declaration().list, 24, 4, (1 << 30) + 1)
    }),
    ("a link", Code::EntryUnsafe, |zip| {
        set(&mut zip.declaration().list, 40, 2, 0o120_777)
    }),
    ("a device", Code::EntryUnsafe, |zip| {
        set(&mut zip.declaration().list, 40, 2, 0o020_666)
    }),
    ("a folder by its mode", Code::EntryUnsafe, |zip| {
        set(&mut zip.declaration().list, 40, 2, 0o040_755)
    }),
    ("rights of its owner", Code::EntryUnsafe, |zip| {
        set(&mut zip.declaration().list, 40, 2, 0o104_755)
    }),
    (
        "sizes behind it without the flag",
        Code::ArchiveAmbiguous,
        |zip| {
            zip.declaration().behind = [b"PK\x07\x08".to_vec(), vec![0; 12]].concat();
        },
    ),
];

const NAMES: &[Tampering] = &[
    ("everything leads out", Code::EntryUnsafe, |zip| {
        zip.rename_top("..")
    }),
    ("a drive", Code::EntryUnsafe, |zip| zip.rename_top("C:")),
    ("a backslash", Code::EntryUnsafe, |zip| {
        zip.rename_top("..\\x")
    }),
    ("a hidden folder", Code::EntryUnsafe, |zip| {
        zip.rename_top(".ssh")
    }),
    ("a device of Windows", Code::EntryUnsafe, |zip| {
        zip.rename_top("CON")
    }),
    ("a colour of the terminal", Code::EntryUnsafe, |zip| {
        zip.rename_top("\u{1b}[31m")
    }),
    ("letters from right to left", Code::EntryUnsafe, |zip| {
        zip.rename_top("x\u{202e}y")
    }),
    ("a blank at the end", Code::EntryUnsafe, |zip| {
        let name = zip.top() + " ";
        zip.rename_top(&name);
    }),
    ("the folder of another form", Code::EntryUnsafe, |zip| {
        zip.rename_top("HX-200_csaiot1_2026-12-01")
    }),
    ("the folder of another product", Code::EntryUnsafe, |zip| {
        zip.rename_top("HX-999_iotmra_2026-12-01");
    }),
    ("a folder that leads out", Code::EntryUnsafe, |zip| {
        drop(zip.add("../", b"").data.clone())
    }),
    ("an empty folder", Code::EntryExtra, |zip| {
        let name = zip.top() + "/empty/";
        let raw = zip.add(&name, b"");
        set(&mut raw.list, 40, 2, 0o040_755);
    }),
    ("the same name twice", Code::EntryUnsafe, |zip| {
        let name = format!("{}/{DECLARATION}", zip.top());
        zip.add(&name, b"%PDF-1.7 another");
    }),
    ("a name in capitals", Code::EntryUnsafe, |zip| {
        let name = format!("{}/{}", zip.top(), DECLARATION.to_uppercase());
        zip.add(&name, b"%PDF-1.7 another");
    }),
    (
        "a file with the name of a folder",
        Code::EntryUnsafe,
        |zip| {
            let name = zip.top() + "/upload";
            zip.add(&name, b"x");
        },
    ),
    ("a program among the uploads", Code::EntryExtra, |zip| {
        let name = zip.top() + "/upload/setup.exe";
        zip.add(&name, b"MZ");
    }),
    ("a program in __MACOSX", Code::EntryUnsafe, |zip| {
        drop(zip.add("__MACOSX/setup.exe", b"MZ").data.clone())
    }),
    ("a second folder", Code::EntryUnsafe, |zip| {
        drop(zip.add("other/x.pdf", b"x").data.clone())
    }),
];

#[test]
fn an_archive_that_was_tampered_with_is_never_intact() {
    let (_scratch, pack) = base();
    assert_eq!(Zip::open(&pack).bytes(), fs::read(&pack).unwrap());
    let path = pack.with_file_name("tampered.zip");
    for (what, code, tamper) in AROUND.iter().chain(HEADERS).chain(NAMES) {
        let mut zip = Zip::open(&pack);
        tamper(&mut zip);
        fs::write(&path, zip.bytes()).unwrap();
        let audit = audit(&path, &Os).unwrap();
        assert!(
            codes(&audit).contains(code),
            "{what}: {:?}",
            audit.verdict.findings
        );
        assert!(!audit.verdict.is_intact(), "{what}");
    }
}

/// A pack as a folder, with its inventory made again after each change.
struct Rebuilt {
    _scratch: tempfile::TempDir,
    folder: PathBuf,
}

impl Rebuilt {
    fn new() -> Self {
        let scratch = tempfile::tempdir().unwrap();
        support::copy(
            &support::repository("tests/bases/mra"),
            &scratch.path().join("in"),
        );
        let ran = run(scratch.path(), &["pack", "in", "-o", "out", "--dir"]).expect(0);
        let folder = scratch.path().join(ran.stdout.lines().next().unwrap());
        Self {
            _scratch: scratch,
            folder,
        }
    }

    fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.folder.join(path)).unwrap()
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.folder.join(path), bytes).unwrap();
    }

    fn replace(&self, path: &str, old: &str, new: &str) {
        let text = String::from_utf8(self.read(path)).unwrap();
        assert!(text.contains(old), "{old}");
        self.write(path, text.replace(old, new));
    }

    fn json(&self, path: &str, change: impl Fn(&mut Value)) {
        let mut value = serde_json::from_slice(&self.read(path)).unwrap();
        change(&mut value);
        self.write(path, format!("{value:#}\n"));
    }

    /// Both records tell one story.
    fn both(&self, change: impl Fn(&mut Value)) {
        self.json(PLAN, &change);
        self.json(PROVENANCE, change);
    }

    fn audit(&self) -> Audit {
        let found = clspack::world::World::files_below(&Os, &self.folder).unwrap();
        let paths = found
            .into_iter()
            .map(|one| one.path)
            .filter(|path| path != "SHA256SUMS");
        let line = |path: String| format!("{}  {path}\n", Sha256::of(&self.read(&path)));
        self.write("SHA256SUMS", paths.map(line).collect::<String>());
        audit(&self.folder, &Os).unwrap()
    }
}

type Rebuilding = (&'static str, Code, fn(&Rebuilt));

const REBUILT: &[Rebuilding] = &[
    ("evidence replaced", Code::RecomputedDiffers, |pack| {
        pack.write("evidence/sbom.pdf", pack.read("evidence/scan.pdf"))
    }),
    ("evidence removed", Code::RecomputedDiffers, |pack| {
        fs::remove_file(pack.folder.join("evidence/sbom.pdf")).unwrap()
    }),
    ("evidence added", Code::RecomputedDiffers, |pack| {
        pack.write("evidence/more.pdf", "x")
    }),
    ("declaration replaced", Code::RecomputedDiffers, |pack| {
        pack.write(DECLARATION, pack.read("01-summary.pdf"))
    }),
    ("declaration removed", Code::RecordUnusable, |pack| {
        fs::remove_file(pack.folder.join(DECLARATION)).unwrap()
    }),
    ("a program to upload", Code::RecomputedDiffers, |pack| {
        pack.write("upload/setup.exe", "MZ")
    }),
    ("a script in the sheet", Code::RecomputedDiffers, |pack| {
        pack.write(
            "00-upload-sheet.html",
            [
                pack.read("00-upload-sheet.html"),
                b"<script></script>".to_vec(),
            ]
            .concat(),
        );
    }),
    ("state ready", Code::RecomputedDiffers, |pack| {
        pack.both(|value| value["state"] = json!("ready"))
    }),
    ("another level", Code::RecomputedDiffers, |pack| {
        pack.both(|value| value["level"] = json!(4))
    }),
    ("another form", Code::RecomputedDiffers, |pack| {
        pack.both(|value| value["form"] = json!("other"))
    }),
    ("another fee", Code::RecomputedDiffers, |pack| {
        pack.json(PLAN, |value| value["fee"]["amount"] = json!("1.00"))
    }),
    ("another day", Code::RecomputedDiffers, |pack| {
        pack.both(|value| value["on"] = json!("2026-12-02"))
    }),
    ("a longer validity", Code::RecomputedDiffers, |pack| {
        pack.json(PLAN, |value| {
            value["validity"]["until"] = json!("2030-01-01")
        })
    }),
    ("findings left out", Code::EntryChanged, |pack| {
        pack.json(PLAN, |value| value["rules"] = json!([]))
    }),
    ("a draft", Code::RecomputedDiffers, |pack| {
        pack.json(PROVENANCE, |value| value["draft"] = json!(true))
    }),
    ("another declared hash", Code::RecomputedDiffers, |pack| {
        pack.json(PROVENANCE, |value| {
            value["declares"] = json!("0".repeat(64))
        });
    }),
    ("another manifest", Code::RecomputedDiffers, |pack| {
        let text = String::from_utf8(pack.read(MANIFEST))
            .unwrap()
            .replace("\"1.10\"", "\"1.11\"");
        pack.write(MANIFEST, &text);
        pack.json(PROVENANCE, |value| {
            value["manifest"]["sha256"] = json!(Sha256::of(text.as_bytes()))
        });
    }),
    ("no plan", Code::RecordUnusable, |pack| {
        fs::remove_file(pack.folder.join(PLAN)).unwrap()
    }),
    ("no provenance", Code::RecordUnusable, |pack| {
        fs::remove_file(pack.folder.join(PROVENANCE)).unwrap()
    }),
    ("no manifest", Code::RecordUnusable, |pack| {
        fs::remove_file(pack.folder.join(MANIFEST)).unwrap()
    }),
    ("a plan that is no JSON", Code::RecordUnusable, |pack| {
        pack.write(PLAN, "{{")
    }),
    ("only the format", Code::RecordUnusable, |pack| {
        pack.write(PROVENANCE, "{\"pack_format\": 1}")
    }),
    ("no tool", Code::RecordUnusable, |pack| {
        pack.json(PROVENANCE, |value| value["tool"] = Value::Null)
    }),
    ("a member more", Code::RecomputedDiffers, |pack| {
        pack.json(PLAN, |value| value["more"] = json!(1))
    }),
];

#[test]
fn a_pack_whose_inventory_was_made_again_is_compared_with_its_manifest() {
    let pack = Rebuilt::new();
    let whole = pack.audit();
    assert_eq!((codes(&whole), whole.not_recomputed), (vec![], vec![]));
    assert_eq!(whole.n_recomputed, whole.verdict.n_entries);
    for (what, code, change) in REBUILT {
        let pack = Rebuilt::new();
        change(&pack);
        let audit = pack.audit();
        assert!(
            codes(&audit).contains(code),
            "{what}: {:?}",
            audit.verdict.findings
        );
        assert!(!audit.verdict.is_intact(), "{what}");
    }
}

#[test]
fn an_inventory_that_was_written_by_others_is_told() {
    let pack = Rebuilt::new();
    let right = String::from_utf8(pack.read("SHA256SUMS")).unwrap();
    let first = right.lines().next().unwrap();
    for (what, text) in [
        ("line ends of Windows", right.replace('\n', "\r\n")),
        (
            "another order",
            right.lines().rev().collect::<Vec<_>>().join("\n") + "\n",
        ),
        (
            "capitals",
            right.replace(&first[..64], &first[..64].to_uppercase()),
        ),
        ("a line twice", format!("{first}\n{right}")),
        (
            "a line for itself",
            format!("{right}{}  SHA256SUMS\n", "0".repeat(64)),
        ),
        ("no end", right.trim_end().to_owned()),
        ("an empty line", format!("{right}\n")),
        (
            "a path that leads out",
            format!("{}  ../x\n{right}", "0".repeat(64)),
        ),
    ] {
        pack.write("SHA256SUMS", text);
        let audit = audit(&pack.folder, &Os).unwrap();
        assert!(
            codes(&audit).contains(&Code::InventoryIrregular),
            "{what}: {:?}",
            audit.verdict.findings
        );
    }
    pack.write("SHA256SUMS", right);
    assert_eq!(codes(&audit(&pack.folder, &Os).unwrap()), []);
}

#[test]
fn what_cannot_be_computed_again_is_listed_and_no_fault() {
    for (what, told, change) in [
        (
            "another release",
            "clspack 0.0.9 made the pack",
            json!({ "tool": { "name": "clspack", "version": "0.0.9" } }),
        ),
        (
            "an earlier format",
            "(pack format 1) made the pack",
            json!({ "pack_format": 1 }),
        ),
        (
            "other templates",
            "templates or fonts",
            json!({ "templates": {
            "declaration.html": { "version": "9", "sha256": "0".repeat(64) },
        } }),
        ),
    ] {
        let pack = Rebuilt::new();
        pack.json(PROVENANCE, |value| {
            for (name, member) in change.as_object().unwrap() {
                value[name] = member.clone();
            }
        });
        let audit = pack.audit();
        assert_eq!(codes(&audit), [Code::PackNotRecomputed], "{what}");
        assert!(audit.verdict.is_intact(), "{what}");
        assert!(
            audit.not_recomputed.join(" ").contains(told),
            "{what}: {:?}",
            audit.not_recomputed
        );
    }
    let pack = Rebuilt::new();
    pack.both(|value| value["rules"][0]["sha256"] = json!("0".repeat(64)));
    let audit = pack.audit();
    assert!(audit.verdict.is_intact());
    assert!(
        audit
            .not_recomputed
            .join(" ")
            .contains("does not have the rules")
    );
}

type Change = (&'static str, fn(&Rebuilt));

/// A pack that says of itself that this release cannot make it again.
const BEYOND: &[Change] = &[
    ("another release", |pack| {
        pack.json(PROVENANCE, |value| {
            value["tool"]["version"] = json!("0.0.9")
        });
    }),
    ("other templates", |pack| {
        pack.json(PROVENANCE, |value| {
            value["templates"]["declaration.html"]["sha256"] = json!("0".repeat(64));
        });
    }),
    ("other rules", |pack| {
        pack.both(|value| value["rules"][0]["sha256"] = json!("0".repeat(64)))
    }),
];

/// What is wrong whatever a pack says of the release, rules and templates that made it.
const LASTING: &[Change] = &[
    ("evidence removed", |pack| {
        fs::remove_file(pack.folder.join("evidence/sbom.pdf")).unwrap()
    }),
    ("evidence added", |pack| {
        pack.write("evidence/more.pdf", "x")
    }),
    ("a program to upload", |pack| {
        pack.write("upload/setup.exe", "MZ")
    }),
    ("a program beside the declaration", |pack| {
        pack.write("upload/01-declaration-of-conformity.exe", "MZ")
    }),
    ("a program among the records", |pack| {
        pack.write("record/plan.exe", "MZ")
    }),
    ("a folder more", |pack| {
        fs::create_dir(pack.folder.join("more")).unwrap();
        pack.write("more/x.pdf", "x");
    }),
    ("a manifest that is none", |pack| {
        pack.write(MANIFEST, "a: b\n");
        pack.json(PROVENANCE, |value| {
            value["manifest"]["sha256"] = json!(Sha256::of(b"a: b\n"))
        });
    }),
];

#[test]
fn what_depends_on_no_release_is_a_finding_whatever_the_pack_says_of_itself() {
    for (beyond, change) in BEYOND {
        for (what, tamper) in LASTING {
            let pack = Rebuilt::new();
            change(&pack);
            tamper(&pack);
            let audit = pack.audit();
            assert!(
                codes(&audit).contains(&Code::RecomputedDiffers),
                "{beyond}, {what}: {:?}",
                audit.verdict.findings
            );
        }
        // A near miss: another sentence in the sheet, which only the inventory speaks for, and that is said.
        let pack = Rebuilt::new();
        change(&pack);
        pack.replace(
            SHEET,
            "This sheet attests nothing",
            "This sheet attests all",
        );
        let audit = pack.audit();
        assert_eq!(codes(&audit), [Code::PackNotRecomputed], "{beyond}");
        assert!(audit.is_only_listed, "{beyond}");
        let ran = run(&pack.folder, &["verify", "."]).expect(0);
        let says = "intact as listed, not recomputed in full;";
        assert!(ran.stdout.contains(says), "{beyond}: {}", ran.stdout);
        let ran = run(&pack.folder, &["verify", ".", "--format", "json"]).expect(0);
        let said: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(said["recomputed_in_full"], json!(false), "{beyond}");
    }
    let whole = Rebuilt::new();
    assert!(!whole.audit().is_only_listed);
    let ran = run(&whole.folder, &["verify", ".", "--format", "json"]).expect(0);
    let said: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(said["recomputed_in_full"], json!(true));
}

/// What a pack may not say of itself, whatever made it.
const CONTRADICTIONS: &[Change] = &[
    ("another form in the sheet", |pack| {
        pack.replace(SHEET, "(iotmra)</td>", "(csaiot3)</td>")
    }),
    ("another level in the sheet", |pack| {
        pack.replace(SHEET, "<th>Level</th><td>3", "<th>Level</th><td>4")
    }),
    ("another day in the sheet", |pack| {
        pack.replace(SHEET, "2026-12-01</p>", "2026-12-02</p>")
    }),
    ("another content in the sheet", |pack| {
        pack.replace(SHEET, "Content declared: ", "Content declared: 0")
    }),
    ("another declaration", |pack| {
        pack.write(DECLARATION, support::pdf("another"))
    }),
    ("no declaration", |pack| {
        pack.write(DECLARATION, "%PDF-1.4 another")
    }),
    ("another summary", |pack| {
        pack.write("01-summary.pdf", support::pdf("another"))
    }),
];

#[test]
fn a_pack_that_cannot_be_computed_again_must_not_contradict_itself() {
    for (what, tamper) in CONTRADICTIONS {
        for beyond in [0, 2] {
            let pack = Rebuilt::new();
            BEYOND[beyond].1(&pack);
            tamper(&pack);
            let audit = pack.audit();
            let is_told = codes(&audit).contains(&Code::RecordsContradict);
            assert!(is_told, "{what}: {:?}", audit.verdict.findings);
            assert!(!audit.verdict.is_intact(), "{what}");
        }
    }
}

#[test]
fn what_follows_from_the_rules_is_computed_for_a_pack_of_another_release() {
    for (name, value) in [
        ("level", json!(4)),
        ("route", json!("laboratory")),
        ("declares", json!("0".repeat(64))),
    ] {
        let pack = Rebuilt::new();
        BEYOND[0].1(&pack);
        pack.both(|record| {
            if record.get(name).is_some() {
                record[name] = value.clone();
            }
        });
        let audit = pack.audit();
        let is_told = codes(&audit).contains(&Code::RecomputedDiffers);
        assert!(is_told, "{name}: {:?}", audit.verdict.findings);
    }
    let pack = Rebuilt::new();
    BEYOND[0].1(&pack);
    pack.json(PLAN, |plan| plan["fee"]["amount"] = json!("1.00"));
    let audit = pack.audit();
    assert!(codes(&audit).contains(&Code::RecomputedDiffers));
}

/// Zips a pack again as another program would.
fn zipped(
    pack: &Path,
    to: &Path,
    name: impl Fn(&str) -> String,
    folders: bool,
    more: &[(&str, &[u8])],
) {
    let mut archive = zip::ZipArchive::new(fs::File::open(pack).unwrap()).unwrap();
    let mut writer = zip::ZipWriter::new(fs::File::create(to).unwrap());
    let time = zip::DateTime::from_date_and_time(2026, 11, 27, 9, 30, 0).unwrap();
    let options = zip::write::FileOptions::<()>::DEFAULT.last_modified_time(time);
    for i in (0..archive.len()).rev() {
        let mut entry = archive.by_index(i).unwrap();
        let mut bytes = Vec::new();
        std::io::copy(&mut entry, &mut bytes).unwrap();
        let name = name(&entry.name().unwrap());
        if let Some((folder, _)) = name.rsplit_once('/').filter(|_| folders) {
            // A folder that is there already is refused by the writer.
            let _ = writer.add_directory(folder, options);
        }
        writer.start_file(name, options).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    for (name, bytes) in more {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap();
}

#[test]
fn a_pack_that_only_changed_its_wrapping_is_intact_and_told() {
    let (scratch, pack) = base();
    let again = scratch.path().join("again.zip");
    let keep = |name: &str| name.to_owned();
    let without = |name: &str| name.split_once('/').unwrap().1.to_owned();
    let macos: [(&str, &[u8]); 3] = [
        (".DS_Store", b"x"),
        ("Thumbs.db", b"x"),
        ("__MACOSX/._x", b"x"),
    ];
    let told = || {
        let audit = audit(&again, &Os).unwrap();
        assert_eq!(
            codes(&audit),
            [Code::PackRewrapped],
            "{:?}",
            audit.verdict.findings
        );
        assert_eq!(audit.n_recomputed, audit.verdict.n_entries);
        audit.verdict.findings[0].message.clone()
    };
    zipped(&pack, &again, keep, true, &[]);
    assert!(told().contains("entries for folders"));
    let ran = run(scratch.path(), &["verify", "again.zip"]).expect(0);
    assert!(
        ran.stdout
            .contains("again.zip: intact, zipped again by another program;"),
        "{}",
        ran.stdout
    );
    zipped(&pack, &again, keep, false, &macos);
    assert!(told().contains("`.DS_Store`") && told().contains("`__MACOSX`"));
    zipped(&pack, &again, without, false, &[]);
    assert!(told().contains("without the folder"));
    // A near miss: the same, and a folder that leads out.
    let mut zip = Zip::open(&pack);
    zip.add("../", b"");
    fs::write(&again, zip.bytes()).unwrap();
    assert_eq!(codes(&audit(&again, &Os).unwrap()), [Code::EntryUnsafe]);
}

#[test]
fn names_whose_letters_are_taken_apart_are_the_same_names() {
    let scratch = tempfile::tempdir().unwrap();
    let input = scratch.path().join("in");
    support::copy(&support::repository("tests/bases/mra"), &input);
    fs::rename(
        input.join("evidence/sbom.pdf"),
        input.join("evidence/pr\u{fc}fung.pdf"),
    )
    .unwrap();
    let manifest = input.join("manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(
        &manifest,
        text.replace("evidence/sbom.pdf", "evidence/pr\u{fc}fung.pdf"),
    )
    .unwrap();
    let ran = run(scratch.path(), &["pack", "in", "-o", "out"]).expect(0);
    let pack = scratch.path().join(ran.stdout.lines().next().unwrap());
    assert_eq!(codes(&audit(&pack, &Os).unwrap()), []);
    let again = scratch.path().join("again.zip");
    let apart = |name: &str| name.replace('\u{fc}', "u\u{308}");
    zipped(&pack, &again, apart, false, &[]);
    assert_eq!(codes(&audit(&again, &Os).unwrap()), [Code::PackRewrapped]);
    // So does an old code page of Windows, in which one byte is one letter.
    let mut old = Zip::open(&pack);
    let raw = old.entry("fung.pdf");
    let stored = String::from_utf8(raw.name.clone()).unwrap();
    let (before, behind) = stored.split_once('\u{fc}').unwrap();
    raw.name = [before.as_bytes(), &[0x81], behind.as_bytes()].concat();
    raw.listed = raw.name.clone();
    set(&mut raw.head, 6, 2, 0);
    set(&mut raw.list, 8, 2, 0);
    fs::write(&again, old.bytes()).unwrap();
    assert_eq!(codes(&audit(&again, &Os).unwrap()), [Code::PackRewrapped]);
    // A near miss: the same bytes with the claim to be UTF-8.
    let raw = old.entry("fung.pdf");
    set(&mut raw.head, 6, 2, 1 << 11);
    set(&mut raw.list, 8, 2, 1 << 11);
    fs::write(&again, old.bytes()).unwrap();
    assert!(codes(&audit(&again, &Os).unwrap()).contains(&Code::EntryUnsafe));
    // Both forms in one archive are two files on one system and one on another.
    let mut both = Zip::open(&pack);
    let name = format!("{}/evidence/pru\u{308}fung.pdf", both.top());
    both.add(&name, b"x");
    fs::write(&again, both.bytes()).unwrap();
    assert!(codes(&audit(&again, &Os).unwrap()).contains(&Code::EntryUnsafe));
}

#[test]
fn hostile_archives_are_refused_before_they_are_unpacked() {
    let (_scratch, pack) = base();
    let path = pack.with_file_name("hostile.zip");
    // A thousand names of one entry.
    let mut zip = Zip::open(&pack);
    let name = zip.top() + "/evidence/x.pdf";
    zip.add(&name, b"x");
    let bytes = {
        let one = zip.entries.pop().unwrap();
        let mut bytes = zip.bytes();
        let end = bytes.len() - 22;
        let list = get(&bytes, end + 16, 4);
        let first = bytes[list..list + 46].to_vec();
        let mut more = Vec::new();
        for i in 0..1000 {
            let mut listed = one.list.clone();
            let name = format!("{}/evidence/{i}.pdf", zip.top());
            set(&mut listed, 28, 2, name.len());
            set(&mut listed, 42, 4, get(&first, 42, 4));
            more.extend(listed);
            more.extend(name.as_bytes());
        }
        let n_more = more.len();
        bytes.splice(end..end, more);
        let end = bytes.len() - 22;
        let (count, size) = (get(&bytes, end + 10, 2), get(&bytes, end + 12, 4));
        set(&mut bytes, end + 8, 2, count + 1000);
        set(&mut bytes, end + 10, 2, count + 1000);
        set(&mut bytes, end + 12, 4, size + n_more);
        bytes
    };
    fs::write(&path, bytes).unwrap();
    let overlapping = audit(&path, &Os).unwrap();
    assert!(
        codes(&overlapping).contains(&Code::ArchiveAmbiguous),
        "{:?}",
        overlapping.verdict.findings
    );
    // Tens of thousands of entries, each of them wrong: linear, and the findings are counted.
    let mut zip = Zip::open(&pack);
    for i in 0..20_000 {
        let name = format!("{}/more/{i}", zip.top());
        zip.add(&name, b"x");
    }
    fs::write(&path, zip.bytes()).unwrap();
    let many = audit(&path, &Os).unwrap();
    assert!(
        many.verdict.findings.len() < 100,
        "{}",
        many.verdict.findings.len()
    );
    let text = format!("{:?}", many.verdict.findings);
    assert!(
        text.contains("19950 more files have this finding"),
        "{}",
        &text[..2000]
    );
    // A gigabyte that is stated to be more than all may have.
    let mut zip = Zip::open(&pack);
    for entry in &mut zip.entries[..5] {
        set(&mut entry.head, 22, 4, 1 << 30);
        set(&mut entry.list, 24, 4, 1 << 30);
        set(&mut entry.head, 8, 2, 8);
        set(&mut entry.list, 10, 2, 8);
    }
    fs::write(&path, zip.bytes()).unwrap();
    assert_eq!(codes(&audit(&path, &Os).unwrap()), [Code::PackTooLarge]);
}

#[test]
fn files_with_names_in_an_old_code_page_count_before_they_are_unpacked() {
    let (_scratch, pack) = base();
    let path = pack.with_file_name("hostile.zip");
    for (n_files, expected) in [(5, true), (0, false)] {
        let mut zip = Zip::open(&pack);
        let inventory = zip.entries.pop().unwrap();
        let mut lines = String::from_utf8(unpacked(&inventory)).unwrap();
        let top = zip.top();
        for i in 0..n_files {
            let raw = zip.add("x", b"x");
            raw.name = [top.as_bytes(), b"/evidence/", &[b'0' + i, 0xe9], b".pdf"].concat();
            raw.listed = raw.name.clone();
            for (bytes, at) in [(&mut raw.head, 8), (&mut raw.list, 10)] {
                set(bytes, at, 2, 8);
            }
            set(&mut raw.head, 22, 4, 1 << 30);
            set(&mut raw.list, 24, 4, 1 << 30);
            lines.extend(["0".repeat(64), format!("  evidence/{i}\u{e9}.pdf\n")]);
        }
        zip.add(&format!("{top}/SHA256SUMS"), lines.as_bytes());
        fs::write(&path, zip.bytes()).unwrap();
        let found = codes(&audit(&path, &Os).unwrap());
        assert_eq!(found.contains(&Code::PackTooLarge), expected, "{found:?}");
        assert!(!found.contains(&Code::EntryChanged), "{found:?}");
    }
}

/// The content of an entry.
fn unpacked(entry: &Raw) -> Vec<u8> {
    let mut bytes = Vec::new();
    if get(&entry.list, 10, 2) == 0 {
        return entry.data.clone();
    }
    std::io::copy(
        &mut flate2::read::DeflateDecoder::new(entry.data.as_slice()),
        &mut bytes,
    )
    .unwrap();
    bytes
}

#[test]
fn only_documents_of_other_templates_are_left_out() {
    let pack = Rebuilt::new();
    pack.json(PROVENANCE, |value| {
        value["templates"]["summary.html"]["sha256"] = json!("0".repeat(64));
    });
    let audit = pack.audit();
    assert_eq!(codes(&audit), [Code::PackNotRecomputed]);
    let said = audit.not_recomputed.join("\n");
    assert!(said.contains("01-summary.pdf"), "{said}");
    assert!(!said.contains("declaration"), "{said}");
    pack.write(DECLARATION, pack.read("01-summary.pdf"));
    assert!(codes(&pack.audit()).contains(&Code::RecomputedDiffers));
}
