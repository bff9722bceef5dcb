//! The page asked as a browser asks it: what it shows is what the commands say, and a change touches its field alone.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};

use clspack::page::{OPEN, Page};
use clspack::render::Templates;
use clspack::report::json;
use clspack::world::Os;
use clspack_serve::Server;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{book, copy, repository};

const SCREENS: [&str; 12] = [
    "route",
    "company",
    "product",
    "labels",
    "support",
    "answers",
    "evidence",
    "check",
    "documents",
    "sign",
    "file",
    "hand-over",
];

/// A page of a folder, which runs until the tests end.
struct Local {
    folder: TempDir,
    server: &'static Server,
}

/// What came back: the status, and the body.
struct Back(u16, Vec<u8>);

impl Back {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.1).unwrap()
    }

    fn error(&self) -> String {
        self.json()["error"].as_str().unwrap().to_owned()
    }
}

impl Local {
    /// Serves a folder with copies of these examples.
    fn with(examples: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for example in examples {
            let from = repository(&format!("examples/{example}"));
            copy(&from, &folder.path().join(example));
        }
        let templates = Templates::built_in().unwrap();
        let page = Page::new(folder.path().to_owned(), book(), templates, None, &Os).unwrap();
        let page: &'static Page<'static> = Box::leak(Box::new(page));
        let server: &'static Server = Box::leak(Box::new(Server::open(0, OPEN).unwrap()));
        std::thread::spawn(move || server.run(&|request| page.answer(request, &|| ())));
        Self { folder, server }
    }

    fn manifest(&self, app: &str) -> PathBuf {
        self.folder.path().join(app).join("manifest.yaml")
    }

    fn ask(&self, method: &str, target: &str, body: &[u8]) -> Back {
        let host = self.server.address();
        let host = host.trim_start_matches("http://").trim_end_matches('/');
        let secret = self.server.secret();
        let mut stream = TcpStream::connect(host).unwrap();
        let head = format!(
            "{method} {target} HTTP/1.1\r\nHost: {host}\r\nX-Secret: {secret}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap();
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Back(status, answer[end + 4..].to_vec())
    }

    fn get(&self, target: &str) -> Back {
        self.ask("GET", target, b"")
    }

    fn screen(&self, app: &str, name: &str) -> Value {
        self.get(&format!("/screen?app={app}&name={name}&lang=en"))
            .json()
    }

    fn set(&self, app: &str, stamp: &str, path: &str, value: Value) -> Back {
        let change = json!({ "app": app, "stamp": stamp, "path": path, "value": value });
        self.ask("POST", "/set", change.to_string().as_bytes())
    }
}

#[test]
fn every_screen_of_every_example_says_what_the_commands_say() {
    let examples = [
        "blocked",
        "german-camera",
        "japanese-camera",
        "korean-robot-vacuum",
        "level-4-door-lock",
        "wifi-router-level-2",
    ];
    let page = Local::with(&examples);
    for example in examples {
        let case = crate::support::read(&page.manifest(example), None);
        let plan = case.plan.as_ref().unwrap();
        for name in SCREENS {
            let shown = page.screen(example, name);
            let card = shown["card"].as_str().unwrap();
            assert!(card.contains(plan.state.as_str()), "{example} {name}");
            let form = plan.form.as_ref().map_or("–", |form| form.id.as_str());
            assert!(card.contains(form), "{example} {name}: {card}");
            if let Some(fee) = plan.fee {
                assert!(card.contains(&fee.to_string()), "{example} {name}: {card}");
            }
        }
        let check = page.screen(example, "check");
        let check = check["html"].as_str().unwrap();
        for finding in &plan.findings {
            assert!(
                check.contains(finding.code.number()),
                "{example}: {}",
                finding.message
            );
        }
        let n_shown = check.matches("<li class=\"finding ").count();
        assert_eq!(n_shown, plan.findings.len(), "{example}");
    }
}

#[test]
fn the_pack_of_the_page_has_the_bytes_of_the_command() {
    let page = Local::with(&["korean-robot-vacuum"]);
    let Back(status, bytes) = page.get("/pack?app=korean-robot-vacuum");
    assert_eq!(status, 200);
    let pins = fs::read_to_string(repository("tests/packs.sha256")).unwrap();
    let hash = clspack::domain::Sha256::of(&bytes).to_string();
    assert!(pins.contains(&hash), "{hash}");
    let blocked = Local::with(&["blocked"]);
    assert_eq!(blocked.get("/pack?app=blocked").0, 422);
    assert!(!blocked.folder.path().join("packs").exists());
}

#[test]
fn a_change_touches_its_field_alone_and_can_be_undone() {
    let page = Local::with(&["korean-robot-vacuum"]);
    let (app, path) = ("korean-robot-vacuum", page.manifest("korean-robot-vacuum"));
    let before = fs::read_to_string(&path).unwrap();
    let stamp = page.screen(app, "company")["stamp"]
        .as_str()
        .unwrap()
        .to_owned();
    let back = page.set(app, &stamp, "signatory.title", json!("Head of Compliance"));
    assert_eq!(back.0, 200);
    let after = fs::read_to_string(&path).unwrap();
    let changed: Vec<_> = before
        .lines()
        .zip(after.lines())
        .filter(|(a, b)| a != b)
        .collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(changed[0].1.contains("Head of Compliance"));
    assert_eq!(page.screen(app, "company")["can_undo"], json!(true));
    let undone = page.ask("POST", &format!("/undo?app={app}"), b"");
    assert_eq!(undone.0, 200);
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    assert_eq!(page.ask("POST", &format!("/undo?app={app}"), b"").0, 409);
}

#[test]
fn what_was_changed_outside_is_not_written_over() {
    let page = Local::with(&["korean-robot-vacuum"]);
    let (app, path) = ("korean-robot-vacuum", page.manifest("korean-robot-vacuum"));
    let stamp = page.screen(app, "company")["stamp"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut text = fs::read_to_string(&path).unwrap();
    text.push_str("# by hand\n");
    fs::write(&path, &text).unwrap();
    let back = page.set(app, &stamp, "signatory.title", json!("Another"));
    assert_eq!(back.0, 409);
    assert!(back.error().contains("changed outside"));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn what_cannot_be_changed_alone_is_refused_and_stays() {
    let page = Local::with(&["korean-robot-vacuum"]);
    let (app, path) = ("korean-robot-vacuum", page.manifest("korean-robot-vacuum"));
    for bytes in [
        &b"schema: 1\nproduct: &p { name: A }\napplicant: *p\n"[..],
        b"schema: 1\n\xff: 1\n",
    ] {
        fs::write(&path, bytes).unwrap();
        let stamp = page.screen(app, "company")["stamp"]
            .as_str()
            .unwrap()
            .to_owned();
        let back = page.set(app, &stamp, "applicant.name", json!("B"));
        assert_eq!(back.0, 422);
        assert!(back.error().contains("by hand"));
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn a_new_application_comes_to_its_form_by_three_answers() {
    let page = Local::with(&[]);
    let back = page.ask("POST", "/new", br#"{ "name": "Smart Hub 3" }"#);
    assert_eq!(back.json(), json!({ "app": "Smart-Hub-3" }));
    let app = "Smart-Hub-3";
    for (path, value) in [
        ("product.category", "smart-home-hub"),
        ("labels[0].scheme", "kisa-cic"),
        ("labels[0].level", "basic"),
    ] {
        let stamp = page.screen(app, "route")["stamp"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_eq!(page.set(app, &stamp, path, json!(value)).0, 200);
    }
    let card = page.screen(app, "route");
    let card = card["card"].as_str().unwrap();
    assert!(
        card.contains("iotmra") && card.contains("SGD 51.00"),
        "{card}"
    );
    let again = page.ask("POST", "/new", br#"{ "name": "Smart Hub 3" }"#);
    assert_eq!(again.0, 422);
}

#[test]
fn a_dropped_file_is_kept_under_a_safe_name_and_replaces_nothing() {
    let page = Local::with(&["korean-robot-vacuum"]);
    let app = "korean-robot-vacuum";
    let drop_file = |name: &str, bytes: &[u8]| {
        let stamp = page.screen(app, "evidence")["stamp"]
            .as_str()
            .unwrap()
            .to_owned();
        let target = format!("/file?app={app}&stamp={stamp}&field=evidence.sbom&name={name}");
        page.ask("POST", &target, bytes).0
    };
    let named = || {
        let text = fs::read_to_string(page.manifest(app)).unwrap();
        let line = text
            .lines()
            .find(|line| line.contains("sbom:"))
            .unwrap()
            .to_owned();
        line.trim().to_owned()
    };
    assert_eq!(drop_file("..%2F..%2Fsbom%20%E8%A9%A6.json", b"{}"), 200);
    assert_eq!(named(), "sbom: evidence/sbom-試.json");
    assert_eq!(drop_file("sbom%20%E8%A9%A6.json", b"[]"), 200);
    assert_eq!(named(), "sbom: evidence/sbom-試-2.json");
    assert_eq!(drop_file("sbom%20%E8%A9%A6.json", b"{}"), 200);
    assert_eq!(named(), "sbom: evidence/sbom-試.json");
    let kept = page.folder.path().join(app).join("evidence/sbom-試.json");
    assert_eq!(fs::read(kept).unwrap(), b"{}");
}

#[test]
fn nothing_outside_of_the_folder_is_reached() {
    let page = Local::with(&["korean-robot-vacuum"]);
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("manifest.yaml"), "schema: 1\n").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path(), page.folder.path().join("linked")).unwrap();
    for app in [
        "..",
        "../..",
        "linked",
        "/etc",
        "a/../../b",
        "",
        "nothing",
        ".git",
    ] {
        let back = page.get(&format!("/screen?app={app}&name=route"));
        assert_eq!(back.0, 404, "{app}");
    }
    for path in [
        "../../etc/passwd",
        "evidence/label.jpg",
        "record/plan.json",
        "nothing.pdf",
    ] {
        let target = format!("/document?app=korean-robot-vacuum&path={path}");
        assert_eq!(page.get(&target).0, 404, "{path}");
    }
}

#[test]
fn texts_of_the_manifest_are_texts_in_the_page() {
    let page = Local::with(&["korean-robot-vacuum"]);
    let app = "korean-robot-vacuum";
    let hostile = "<img src=x onerror=alert(1)>\"'`<code>";
    for path in [
        "product.brand",
        "product.category",
        "signatory.name",
        "labels[0].number",
    ] {
        let stamp = page.screen(app, "route")["stamp"]
            .as_str()
            .unwrap()
            .to_owned();
        assert_eq!(page.set(app, &stamp, path, json!(hostile)).0, 200);
    }
    for name in SCREENS {
        let shown = page.screen(app, name);
        for part in ["html", "card", "steps"] {
            let html = shown[part].as_str().unwrap();
            assert!(!html.contains("<img"), "{name} {part}: {html}");
        }
    }
}

#[test]
fn the_plan_of_the_page_is_that_of_the_command() {
    let page = Local::with(&["german-camera"]);
    let case = crate::support::read(&page.manifest("german-camera"), None);
    let plan = json::plan(case.plan.as_ref().unwrap(), &case.manifest);
    let route = page.screen("german-camera", "route");
    let html = route["html"].as_str().unwrap();
    for reason in plan["reasons"].as_array().unwrap() {
        let because = reason["because"].as_str().unwrap();
        assert!(html.contains(&because.replace('`', "")), "{because}");
    }
    assert!(Path::new(&page.manifest("german-camera")).exists());
}
