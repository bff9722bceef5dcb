//! `clspack read`: what certificates say, as the manifest writes it.

use std::fs;

use serde_json::Value;

use crate::binary::run;
use crate::support::repository;

/// Returns what is proposed for a certificate, `field: value` by line.
fn proposed(file: &str) -> Vec<String> {
    let ran = run(&repository("."), &["read", file, "--format", "json"]).expect(0);
    let read: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(read["schema"], "clspack.read/1");
    let claims = read["files"][0]["proposed"].as_array().unwrap();
    for claim in claims {
        assert_eq!(claim["page"], 1, "{claim}");
        assert!(!claim["excerpt"].as_str().unwrap().is_empty(), "{claim}");
    }
    let line = |claim: &Value| {
        let text = |name: &str| claim[name].as_str().unwrap().to_owned();
        format!("{}: {}", text("field"), text("value"))
    };
    claims.iter().map(line).collect()
}

#[test]
fn the_examples_say_what_their_manifests_say() {
    for (file, expected) in [
        (
            "korean-robot-vacuum/evidence/kisa-cic-certificate.pdf",
            "scheme: kisa-cic, level: standard, number: CIC-EXAMPLE-0014, issued: 2024-12-17, expires: 2027-12-16, \
             models: VR7MD97716G, firmware_version: A-VRB-241101",
        ),
        (
            "german-camera/evidence/bsi-it-security-label.pdf",
            "scheme: bsi, number: sik-00042, issued: 2025-11-03, expires: 2027-11-02, models: WB-K300, \
             firmware_version: 4.7.0, holder: Wächterblick Kameratechnik GmbH",
        ),
        (
            "japanese-camera/evidence/jc-star-label.pdf",
            "scheme: jc-star, level: star-1, number: JCSTAR-EXAMPLE-0007, issued: 2026-06-15, expires: 2028-06-14, \
             models: RC-110, firmware_version: 2.3.1",
        ),
    ] {
        let found = proposed(&format!("examples/{file}"));
        assert_eq!(found.join(", "), expected, "{file}");
    }
}

#[test]
fn the_yaml_can_be_copied_and_doubts_are_comments() {
    let scratch = tempfile::tempdir().unwrap();
    let page = "<html><body><h1>KISA CIC certificate</h1><table><tr><td>Grade</td><td>Basic</td></tr>\
        <tr><td>Certificate number</td><td>CIC-B-2025-0417</td></tr><tr><td>Issued</td><td>07/01/2025</td></tr>\
        <tr><td>Model</td><td>HX-200</td></tr></table></body></html>";
    fs::write(scratch.path().join("label.html"), page).unwrap();
    fs::write(scratch.path().join("label.png"), [0x89, b'P', b'N', b'G']).unwrap();
    let ran = run(scratch.path(), &["read", "label.html"]).expect(0);
    let lines: Vec<&str> = ran.stdout.lines().map(str::trim).collect();
    for line in [
        "labels:",
        "number: \"CIC-B-2025-0417\"            # Certificate number | CIC-B-2025-0417",
        "# issued: 2 readings, keep one:",
        "evidence: [\"label.html\"]             # the path counts from the folder of the manifest",
        "# not found: expires, firmware_version, holder",
    ] {
        assert!(lines.contains(&line), "{line}\n{}", ran.stdout);
    }
    let ran = run(scratch.path(), &["read", "label.html", "label.png"]).expect(1);
    let last = "# label.png: no fields found: no text in it names a label (pictures have no text)";
    assert!(ran.stdout.contains(last), "{}", ran.stdout);
    run(scratch.path(), &["read", "missing.pdf"]).expect(2);
}
