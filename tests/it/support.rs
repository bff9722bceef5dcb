//! What tests share: paths of the repository, expected files, the library run on a manifest.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clspack::case::{self, Case};
use clspack::diag::Finding;
use clspack::domain::Date;
use clspack::report::human::{Colour, SourceView};
use clspack::rules::{RuleBook, embedded_files, load};
use clspack::world::Os;

use crate::pen::{INK, PICTURE, Pen};

/// Returns a path of the repository.
pub(crate) fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Returns the rules of the binary.
pub(crate) fn book() -> RuleBook {
    let (book, findings) = load(&embedded_files());
    assert_eq!(findings, []);
    book.unwrap()
}

/// Reads and plans a manifest; its name is shown as `manifest.yaml`, wherever it lies.
pub(crate) fn read(path: &Path, on: Option<Date>) -> Case {
    let mut case = case::read(path, &book(), on, &Os).unwrap();
    let templates = clspack::render::Templates::built_in().unwrap();
    case.settle(&templates, &mut clspack::typeset::Typesetter::new())
        .unwrap();
    "manifest.yaml".clone_into(&mut case.manifest.source.name);
    case
}

/// Returns the short hash of what a manifest's folder declares, and the declaration as PDF.
pub(crate) fn declaration(folder: &Path) -> (String, Vec<u8>) {
    let case = read(&folder.join("manifest.yaml"), None);
    let (plan, application) = (
        case.plan.as_ref().unwrap(),
        case.manifest.application.as_ref().unwrap(),
    );
    let declaration = case.declaration(plan, application);
    let templates = clspack::render::Templates::built_in().unwrap();
    let made = clspack::render::documents(
        &clspack::render::Request {
            plan,
            declaration,
            options: clspack::render::DocumentOptions {
                signed: None,
                own: &std::collections::BTreeMap::new(),
                declared_on: None,
                purpose: clspack::render::Purpose::Final,
            },
            templates: &templates,
            exhibits: &clspack::render::Exhibits::default(),
        },
        &mut clspack::typeset::Typesetter::new(),
    )
    .unwrap();
    let is_declaration = |file: &&clspack::render::Document| file.path.contains("declaration");
    let made = made.files.iter().find(is_declaration).unwrap();
    let declared = declaration.declared(None);
    (declared.hash.short(), made.bytes.clone())
}

/// Returns a finding in one line, as tests of templates show it.
pub(crate) fn line(finding: &Finding) -> String {
    format!("{} [{}]", finding.line(), finding.code)
}

/// Makes a PDF file of one page that says a text.
pub(crate) fn pdf(text: &str) -> Vec<u8> {
    let content = format!("BT /F1 12 Tf 72 720 Td ({text}) Tj ET\n");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}endstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = "%PDF-1.7\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (i, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        writeln!(file, "{} 0 obj\n{object}\nendobj", i + 1).unwrap();
    }
    let at = file.len();
    writeln!(
        file,
        "xref\n0 6\n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{at}\n%%EOF"
    )
    .unwrap();
    file.into_bytes()
}

/// A declaration with ink on its last page.
pub(crate) fn as_signed(pdf: &[u8]) -> Vec<u8> {
    let mut pen = Pen::new(pdf);
    let last = pen.n_pages() - 1;
    pen.annotate(last, INK).write()
}

/// Puts a picture at the head of the last page.
pub(crate) fn with_letterhead(pdf: &[u8]) -> Vec<u8> {
    let mut pen = Pen::new(pdf);
    let last = pen.n_pages() - 1;
    pen.draw(
        last,
        &PICTURE.replace("120 0 0 40 220 110", "90 0 0 25 54 812"),
    )
    .write()
}

/// Returns all findings as a person sees them.
pub(crate) fn findings_text(case: &Case) -> String {
    let page = SourceView::new(&case.manifest.source, &case.manifest.origins, Colour::Off);
    let show = |finding| page.finding(finding);
    case.findings()
        .iter()
        .map(show)
        .collect::<Vec<_>>()
        .join("\n\n")
        + "\n"
}

/// Says whether expected outputs are to be written instead of compared.
pub(crate) fn updates() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// Returns a text of the repository, without the line ends that a checkout on Windows may have.
pub(crate) fn text(path: &Path) -> String {
    std::fs::read_to_string(path)
        .unwrap_or_default()
        .replace("\r\n", "\n")
}

/// Compares a text with the file of what is expected; `UPDATE=1` writes the file instead.
#[track_caller]
pub(crate) fn expect(path: &Path, actual: &str) {
    if updates() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, actual).unwrap();
        return;
    }
    let expected = text(path);
    let same = expected
        .lines()
        .zip(actual.lines())
        .take_while(|(one, other)| one == other);
    let line = same.count() + 1;
    assert!(
        expected == actual,
        "{} differs from line {line} on.\n--- expected\n{expected}\n--- actual\n{actual}\nRun with UPDATE=1 to accept it, then review the change.",
        path.display()
    );
}

/// Returns the folders in a folder of the repository, sorted.
pub(crate) fn folders(path: &str) -> Vec<PathBuf> {
    let mut folders: Vec<_> = std::fs::read_dir(repository(path))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            {
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
    }
}
