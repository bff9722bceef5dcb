//! What each client is handed: its packs, a report of its own and a covering list, with nothing of another client.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use serde_json::Value;

use crate::batch::{add, products};
use crate::binary::run;
use crate::clients::second;

/// Puts a product into the folder of a client.
fn own(root: &Path, client: &str, model: &str, change: &dyn Fn(String) -> String) {
    let from = add(root, model, change);
    let to = root.join("in/clients").join(client).join(model);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::rename(from.parent().unwrap(), to).unwrap();
}

/// The words of one client that the other must not see.
const HANBIT: [&str; 5] = [
    "hanbit living",
    "201912345r",
    "1 example road",
    "el-26-001",
    "clients/first",
];
const SECOND: [&str; 5] = [
    "second client",
    "201454321n",
    "7 second street",
    "el-26-002",
    "b-1",
];

/// Returns every file below a folder, and every file in the archives among them, with its text in lower case.
fn every_byte(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            files.extend(every_byte(&path));
        } else {
            unpacked(&name, fs::read(&path).unwrap(), &mut files);
        }
    }
    files
}

fn unpacked(name: &str, bytes: Vec<u8>, into: &mut Vec<(String, String)>) {
    if bytes.starts_with(b"PK") {
        let mut zip = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            let inner = format!("{name}/{}", file.name().unwrap());
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            unpacked(&inner, bytes, into);
        }
    } else if bytes.starts_with(b"%PDF") {
        let pdf = clspack::pdf::read_closely(&bytes).map(|pdf| {
            let pages = pdf.pages.iter().map(|page| page.text.clone());
            pages.collect::<String>()
        });
        into.push((
            format!("{name} as text"),
            pdf.unwrap_or_default().to_lowercase(),
        ));
    }
    let text = String::from_utf8_lossy(&bytes).to_lowercase();
    into.push((name.to_owned(), format!("{} {text}", name.to_lowercase())));
}

fn batch(root: &Path, code: i32) -> Value {
    let arguments = [
        "batch",
        "in",
        "-o",
        "out",
        "--by-client",
        "--format",
        "json",
    ];
    let ran = run(root, &arguments).expect(code);
    serde_json::from_str(&ran.stdout).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn nothing_of_another_client_is_handed_over() {
    let scratch = products(&[]);
    let root = scratch.path();
    own(root, "first", "A-1", &|text| text);
    own(root, "first", "A-2", &|text| text);
    own(root, "second", "B-1", &|text| second(&text));
    // A remark stayed behind when the manifest was copied, so that a finding names the first client.
    own(root, "second", "B-2", &|text| {
        second(&text) + "# as for Hanbit Living Pte. Ltd.\n"
    });
    let report = batch(root, 1);
    assert_eq!(report["products"].as_array().unwrap().len(), 4);
    let out = root.join("out/clients");
    assert_eq!(names(&out), ["first", "second"]);
    let faces = [
        "contents.html",
        "report.csv",
        "report.html",
        "report.json",
        "report.xlsx",
    ];
    let first = names(&out.join("first"));
    assert_eq!(first.len(), faces.len() + 2, "{first:?}");
    assert!(
        faces
            .iter()
            .all(|face| first.iter().any(|name| name == face))
    );
    for (client, others) in [("first", SECOND), ("second", HANBIT)] {
        for (name, text) in every_byte(&out.join(client)) {
            for word in others {
                assert!(!text.contains(word), "{client}: {name} has {word}");
            }
        }
    }
    let own: Value =
        serde_json::from_slice(&fs::read(out.join("second/report.json")).unwrap()).unwrap();
    let copied = &own["products"][1];
    let said = copied["problems"].to_string();
    assert!(said.contains("has to settle something first"), "{said}");
    assert!(
        report["products"][3]["problems"]
            .to_string()
            .contains("B002")
    );
    assert_eq!(copied["state"], "blocked");
}

#[test]
fn each_client_has_a_report_of_its_own() {
    let scratch = products(&[]);
    let root = scratch.path();
    own(root, "first", "A-1", &|text| text);
    own(root, "second", "B-1", &|text| second(&text));
    let whole = batch(root, 0);
    assert_eq!(whole["products"][1]["client"], "second");
    for (client, other, path) in [
        ("first", &SECOND[..], "A-1/manifest.yaml"),
        ("second", &HANBIT[..], "B-1/manifest.yaml"),
    ] {
        let folder = root.join("out/clients").join(client);
        let own: Value =
            serde_json::from_slice(&fs::read(folder.join("report.json")).unwrap()).unwrap();
        let product = &own["products"][0];
        assert_eq!(
            (product["index"].as_u64(), product["source"].as_str()),
            (Some(1), Some(path))
        );
        let pack = folder.join(product["pack"].as_str().unwrap());
        run(root, &["verify", pack.to_str().unwrap()]).expect(0);
        for (name, text) in every_byte(&folder) {
            for word in other {
                assert!(!text.contains(word), "{client}: {name} has {word}");
            }
        }
    }
    // A second run replaces its own files; a file that somebody put there stays, and is named.
    fs::write(root.join("out/clients/first/notes.txt"), "mine").unwrap();
    let again = batch(root, 0);
    let said = again["findings"].to_string();
    assert!(said.contains("clients/first/notes.txt"), "{said}");
    assert_eq!(
        fs::read(root.join("out/clients/first/notes.txt")).unwrap(),
        b"mine"
    );
    // A file of the client's that has the name of a report is not replaced.
    let report = root.join("out/clients/first/report.html");
    fs::write(&report, "changed by hand").unwrap();
    batch(root, 0);
    assert!(
        names(&root.join("out/clients/first"))
            .iter()
            .any(|name| name.starts_with("report-altered-"))
    );
}

#[test]
fn clients_without_folders_are_told_apart_by_their_number() {
    let scratch = products(&["A-1"]);
    let root = scratch.path();
    add(root, "B-1", |text| second(&text));
    batch(root, 0);
    assert_eq!(names(&root.join("out/clients")).len(), 2);
}

#[test]
fn a_report_with_the_name_of_another_client_is_withheld() {
    let withheld = |change: &dyn Fn(&Path)| {
        let scratch = products(&[]);
        let root = scratch.path();
        // The first client has two products, so that a copied applicant stays its own.
        own(root, "first", "A-1", &|text| text);
        own(root, "first", "A-2", &|text| text);
        own(root, "second", "B-1", &|text| second(&text));
        change(root);
        let report = batch(root, 1);
        let found = report["findings"].to_string();
        assert!(found.contains("B009"), "{found}");
        names(&root.join("out/clients"))
    };
    let by_file = withheld(&|root| {
        let folder = root.join("in/clients/second");
        fs::rename(folder.join("B-1"), folder.join("as-hanbit-living")).unwrap();
    });
    assert_eq!(by_file, ["first"]);
    let by_applicant = withheld(&|root| own(root, "third", "C-1", &|text| text));
    assert_eq!(by_applicant, ["first", "second"]);
}

/// What was taken out since the last run may be of another client, and is not handed over.
#[test]
fn a_change_that_names_another_client_is_left_out() {
    let scratch = products(&[]);
    let root = scratch.path();
    let name = "name: Home Hub 2";
    own(root, "second", "B-1", &|text| {
        second(&text).replace(name, "name: Hanbit Living Hub")
    });
    let alone = ["batch", "in/clients/second", "-o", "out"];
    run(root, &alone).expect(0);
    own(root, "first", "A-1", &|text| text);
    let manifest = root.join("in/clients/second/B-1/manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    let text = text.replace("name: Hanbit Living Hub", name);
    fs::write(&manifest, text.replace("\"1.10\"", "\"1.11\"")).unwrap();
    let report = batch(root, 0);
    let since = |report: &Value, i: usize| report["products"][i]["since_last_run"].to_string();
    assert!(
        since(&report, 1).contains("Hanbit Living Hub"),
        "{}",
        since(&report, 1)
    );
    let bytes = fs::read(root.join("out/clients/second/report.json")).unwrap();
    let own: Value = serde_json::from_slice(&bytes).unwrap();
    assert!(since(&own, 0).contains("1.11"), "{}", since(&own, 0));
    for (name, text) in every_byte(&root.join("out/clients/second")) {
        assert!(!text.contains("hanbit living"), "{name}");
    }
}

/// Two clients of one short name: for each of them it is its own, for a third one it is foreign.
#[test]
fn a_short_name_of_two_clients_is_withheld_from_a_third() {
    let with_third = |folder: &str| {
        let scratch = products(&[]);
        let root = scratch.path();
        own(root, "first", "A-1", &|text| text);
        own(root, "group", "G-1", &|text| {
            text.replace("Hanbit Living Pte. Ltd.", "Hanbit Living GmbH")
                .replace("201912345R", "201454321N")
                .replace("1 Example Road, #01-01", "7 Second Street")
                .replace("EL-26-001", "EL-26-003")
        });
        own(root, "second", folder, &|text| {
            second(&text)
                .replace("201454321N", "201900000R")
                .replace("7 Second Street", "8 Third Street")
        });
        let report = batch(root, i32::from(folder != "B-1"));
        (
            report["findings"].to_string(),
            names(&root.join("out/clients")),
        )
    };
    let (found, folders) = with_third("as-hanbit-living");
    assert!(found.contains("B009"), "{found}");
    assert_eq!(folders, ["first", "group"]);
    let (found, folders) = with_third("B-1");
    assert!(!found.contains("B009"), "{found}");
    assert_eq!(folders, ["first", "group", "second"]);
}

#[test]
#[cfg(unix)]
fn a_link_in_place_of_a_folder_leads_nowhere() {
    let scratch = products(&[]);
    let root = scratch.path();
    own(root, "first", "A-1", &|text| text);
    fs::create_dir_all(root.join("out")).unwrap();
    fs::create_dir(root.join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", root.join("out/clients")).unwrap();
    run(root, &["batch", "in", "-o", "out", "--by-client"]).expect(2);
    assert_eq!(names(&root.join("elsewhere")), [""; 0]);
}
