//! What an officer sees of the evidence: pictures in Supporting Evidence, pages of PDF files in volumes, and the names
//! of the rest.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clspack::audit::audit;
use clspack::domain::Sha256;
use clspack::pdf::{Pdf, read};
use clspack::world::Os;

use crate::binary::run;
use crate::support;

/// The largest upload that the rules know of.
const LIMIT: u64 = 2_000_000;

/// Packs a base after a change to its folder, with these options, and returns the folder of the pack.
fn packed(
    base: &str,
    options: &[&str],
    code: i32,
    change: impl FnOnce(&Path),
) -> (tempfile::TempDir, PathBuf) {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("in");
    support::copy(&support::repository(base), &folder);
    change(&folder);
    let arguments = ["pack", "in", "-o", "out", "--dir"];
    let ran = run(scratch.path(), &[&arguments, options].concat()).expect(code);
    let path = scratch.path().join(ran.stdout.lines().next().unwrap());
    (scratch, path)
}

fn uploads(pack: &Path) -> Vec<String> {
    let files = fs::read_dir(pack.join("upload")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

fn upload(pack: &Path, name: &str) -> Pdf {
    let pdf = read(fs::read(pack.join("upload").join(name)).unwrap()).unwrap();
    assert!(!pdf.is_repaired, "{name}");
    pdf
}

/// The words of a document, on one line.
fn words(pdf: &Pdf) -> String {
    let pages = pdf.pages.iter().map(|page| page.words.as_str());
    let words = pages.collect::<Vec<_>>().join(" ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn index(pack: &Path) -> String {
    let uploads = uploads(pack);
    let mut names = uploads.iter();
    let name = names.find(|name| name.contains("supporting-evidence"));
    words(&upload(pack, name.unwrap()))
}

fn give(folder: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    fs::write(folder.join(path), bytes).unwrap();
}

/// Returns the codes of what is found when the pack is made again.
fn codes(pack: &Path) -> Vec<&'static str> {
    let audit = audit(pack, &Os).unwrap();
    assert_eq!(audit.not_recomputed, [""; 0]);
    let findings = audit.verdict.findings.iter();
    findings.map(|finding| finding.code.number()).collect()
}

fn file(name: &str) -> Vec<u8> {
    fs::read(support::repository("tests/findings/files").join(name)).unwrap()
}

fn edit(folder: &Path, from: &str, to: &str) {
    let path = folder.join("manifest.yaml");
    let text = support::text(&path);
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// A PDF file whose pages each show a number and a picture of so many bytes that no program can make smaller.
fn heavy(n_pages: usize, n_bytes: usize) -> Vec<u8> {
    let mut seed = 1_u64;
    let mut noise = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        seed.to_be_bytes()[0]
    };
    let mut objects: Vec<Vec<u8>> = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        Vec::new(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    let mut kids = String::new();
    for page in 1..=n_pages {
        let first = objects.len() + 1;
        let _ = write!(kids, "{first} 0 R ");
        objects.push(
            format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F 3 0 R>>/XObject<</I {} 0 R>>>>>>",
                first + 1,
                first + 2
            )
            .into_bytes(),
        );
        let content =
            format!("BT /F 12 Tf 72 720 Td (heavy page {page}) Tj ET 9 0 0 9 72 600 cm /I Do");
        objects.push(
            format!("<</Length {}>>stream\n{content}\nendstream", content.len()).into_bytes(),
        );
        let mut picture = format!(
            "<</Type/XObject/Subtype/Image/Width {n_bytes}/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length {n_bytes}>>stream\n"
        )
        .into_bytes();
        picture.extend((0..n_bytes).map(|_| noise()));
        picture.extend_from_slice(b"\nendstream");
        objects.push(picture);
    }
    objects[1] = format!("<</Type/Pages/Count {n_pages}/Kids[{kids}]>>").into_bytes();
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = String::new();
    for (i, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", bytes.len());
        bytes.extend_from_slice(format!("{} 0 obj\n", i + 1).as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let start = bytes.len();
    let n_objects = objects.len() + 1;
    let end = format!(
        "xref\n0 {n_objects}\n0000000000 65535 f \n{table}trailer\n<</Size {n_objects}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    );
    bytes.extend_from_slice(end.as_bytes());
    bytes
}

#[test]
fn the_volume_has_every_page_of_every_pdf_file() {
    let (_scratch, pack) = packed("examples/wifi-router-level-2", &[], 0, |_| {});
    let volume = upload(&pack, "03-evidence-pages.pdf");
    let first = &volume.pages[0].words;
    assert!(first.contains("neither PDF/A nor PDF/UA"), "{first}");
    let files = fs::read_dir(pack.join("evidence"))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let folders = files.filter(|path| path.is_dir());
    let mut n_seen = 0;
    for path in folders.flat_map(|folder| {
        fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
    }) {
        if path.extension().is_none_or(|extension| extension != "pdf") {
            continue;
        }
        for page in read(fs::read(&path).unwrap()).unwrap().pages {
            n_seen += 1;
            let same = volume
                .pages
                .iter()
                .any(|one| one.words == page.words && one.size == page.size);
            assert!(same, "{}", path.display());
        }
    }
    assert!(n_seen > 30, "{n_seen}");
    assert_eq!(codes(&pack), [""; 0]);
}

#[test]
fn the_index_says_where_each_file_is() {
    let (_scratch, pack) = packed("examples/level-4-door-lock", &[], 0, |_| {});
    let index = index(&pack);
    for line in [
        "E1 evidence/5.1-1/authentication-overview.pdf page 4 of 03-evidence-pages.pdf",
        "E3 evidence/5.1-4/change-pin.png shown below",
        "E3 · evidence/5.1-4/change-pin.png · SHA-256 ",
        "E22 evidence/6-2/consent-and-withdrawal.png shown under 6-2",
        "by name only: it is neither a picture in PNG or JPEG nor a PDF file",
        "Annex: hashes of all files",
    ] {
        assert!(index.contains(line), "`{line}` in {index}");
    }
    let sheet = support::text(&pack.join("00-upload-sheet.html"));
    assert!(sheet.contains("03-evidence-pages.pdf"));
    assert!(sheet.contains("unconfirmed: no published source says"));
}

#[test]
fn only_named_pages_are_copied() {
    let (_scratch, pack) = packed("tests/bases/level-1", &[], 0, |folder| {
        give(folder, "evidence/disclosure.pdf", heavy(6, 10));
        edit(
            folder,
            "evidence: [evidence/disclosure.pdf]",
            "evidence: [{ file: evidence/disclosure.pdf, pages: \"2-3, 6\" }]",
        );
    });
    let volume = upload(&pack, "03-evidence-pages.pdf");
    let words = words(&volume);
    let pages: Vec<usize> = (1..=6)
        .filter(|page| words.contains(&format!("heavy page {page}")))
        .collect();
    assert_eq!(pages, [2, 3, 6]);
    assert!(words.contains("pages 2–3, 6 of 6"), "{words}");
    let bytes = fs::read(pack.join("upload/03-evidence-pages.pdf")).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("/S/D/St 2>>") && text.contains("/S/D/St 6>>"));
}

#[test]
fn a_locked_or_damaged_file_is_never_half_copied() {
    let (_scratch, pack) = packed("tests/bases/level-1", &["--draft"], 1, |folder| {
        give(folder, "evidence/login.pdf", file("locked.pdf"));
        give(folder, "evidence/passwords.pdf", file("cut-update.pdf"));
        give(folder, "evidence/support.pdf", b"no PDF file");
        give(folder, "evidence/label.jpg", &file("plain.jpg")[..300]);
    });
    assert_eq!(
        uploads(&pack),
        [
            "01-declaration-of-conformity.pdf",
            "02-supporting-evidence.pdf",
            "03-evidence-pages-DRAFT.pdf"
        ]
    );
    let index = index(&pack);
    for line in [
        "login.pdf by name only: it is locked by a password or by rights",
        "passwords.pdf by name only: it is damaged",
        "support.pdf by name only: it is damaged",
        "label.jpg by name only: it ",
    ] {
        assert!(index.contains(line), "`{line}` in {index}");
    }
}

#[test]
fn volumes_are_divided_at_the_upload_limit() {
    let (_scratch, pack) = packed("tests/bases/level-1", &[], 0, |folder| {
        give(folder, "evidence/login.pdf", heavy(5, 700_000));
        give(folder, "evidence/passwords.pdf", heavy(1, 900_000));
    });
    let names = uploads(&pack);
    let volumes: Vec<_> = names
        .iter()
        .filter(|name| name.starts_with("03-"))
        .collect();
    assert_eq!(volumes.len(), 3, "{names:?}");
    let mut all = String::new();
    for (i, name) in volumes.iter().enumerate() {
        assert_eq!(**name, format!("03-evidence-pages-{}-of-3.pdf", i + 1));
        let size = fs::metadata(pack.join("upload").join(name)).unwrap().len();
        assert!(size <= LIMIT, "{name}: {size}");
        all += &words(&upload(&pack, name));
    }
    for page in 1..=5 {
        assert!(all.contains(&format!("heavy page {page}")), "{page}");
    }
    assert!(all.contains("continued"), "{all}");
    let index = index(&pack);
    assert!(
        index.contains("of 03-evidence-pages-1-of-3.pdf; page"),
        "{index}"
    );
    assert_eq!(codes(&pack), [""; 0]);
}

#[test]
fn a_form_without_supporting_evidence_has_no_volume() {
    let (_scratch, pack) = packed("tests/bases/mra", &[], 0, |_| {});
    assert_eq!(uploads(&pack), ["01-declaration-of-conformity.pdf"]);
}

#[test]
fn another_page_in_a_volume_is_found_by_verify() {
    let (_scratch, pack) = packed("tests/bases/level-1", &[], 0, |_| {});
    let path = pack.join("upload/03-evidence-pages.pdf");
    let mut bytes = fs::read(&path).unwrap();
    let before = Sha256::of(&bytes);
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    fs::write(&path, &bytes).unwrap();
    // Whoever changes the inventory, too, still cannot change what the evidence gives.
    let sums = pack.join("SHA256SUMS");
    let text = support::text(&sums).replace(&before.to_string(), &Sha256::of(&bytes).to_string());
    fs::write(&sums, text).unwrap();
    let codes = codes(&pack);
    assert!(codes.contains(&"K011"), "{codes:?}");
}
