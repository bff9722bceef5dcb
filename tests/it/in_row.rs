//! What a row of a spreadsheet is told: cells and columns, lines of the map, never fields of YAML.

use std::fs;
use std::path::Path;

use clspack::batch::report::Problem;

use crate::binary;
use crate::support;
use crate::whole::Whole;

/// Runs a batch over a sheet with its map, and returns the problems of its rows.
fn problems(scratch: &Path, sheet: &str, map: &str) -> Vec<Problem> {
    fs::write(scratch.join("models.csv"), sheet).unwrap();
    fs::write(scratch.join("models.map.yaml"), map).unwrap();
    let arguments = ["batch", "models.csv", "-o", "out", "--format", "json"];
    let ran = binary::run(scratch, &arguments).expect(1);
    let report = Whole::read(ran.stdout.as_bytes()).unwrap();
    let products = report.products.into_iter();
    products.flat_map(|product| product.problems).collect()
}

fn one<'p>(problems: &'p [Problem], code: &str, part: &str) -> &'p Problem {
    let found = problems
        .iter()
        .find(|one| one.code == code && (one.message.contains(part) || one.place.contains(part)));
    found.unwrap_or_else(|| panic!("no {code} {part}: {problems:#?}"))
}

/// Returns true for a text that tells to write a field of YAML, such as `level:`.
fn has_yaml(help: &str) -> bool {
    let quoted = help.split('`').skip(1).step_by(2);
    let mut names = quoted.filter_map(|text| text.split_once(':'));
    let is_name = |name: &str| {
        let known = |c: char| c.is_ascii_lowercase() || c == '_' || c == '-';
        name.chars().all(known) && !["http", "https"].contains(&name)
    };
    names.any(|(name, _)| is_name(name))
        || ["manifest", "the field", "in quotes"]
            .iter()
            .any(|word| help.contains(word))
}

const COMPLETE: &str = "constants:
  application.submission: 2026-12-01
  applicant: { name: Example Pte. Ltd., uen: 201912345R, address: 1 Example Road, contact: { name: A. Person, email: a@firm.com.sg, phone: '+65 6000 0000' } }
  signatory: { name: 山本太郎, title: 取締役, place: Osaka, date: 2026-11-18 }
  product: { brand: Example, category: smart-home-hub, firmware_version: '1.0', support: { until: 2030-12-31 } }
  labels[0].models: [OTHER-1]
";

#[test]
fn no_help_of_a_row_speaks_of_yaml() {
    let scratch = tempfile::tempdir().unwrap();
    let bare = "Product name,Models,Registration country,Registration number,Level\nHub,A-1,,,\nHub,A-2,SG,1,3\nHub,A-7+A-8,JP,,\n";
    let answers = "Product name,Models,Level,5.1-1,5.1-1 detail,5.2-1,5.2-1 detail,5.5-1,Label 1 scheme,Label 1 number,Label 1 expires\nHub,A-1,3,yes,see attached,n/a,-,n/a,,,\nHub,A-2,1,no,not yet,yes,TBD,,bsi,pending,2020-01-01\nHub,A-3,1,yes,not supported,,,,kisa-cic,X-1,2020-01-01\n";
    let mut n_read = 0;
    for (sheet, map) in [
        (bare, "constants: { product.brand: Example }"),
        (answers, COMPLETE),
    ] {
        for one in problems(scratch.path(), sheet, map) {
            assert!(!has_yaml(&one.help), "{one:#?}");
            assert!(!one.message.contains("the manifest"), "{one:#?}");
            n_read += 1;
        }
    }
    assert!(n_read > 40, "{n_read}");
}

#[test]
fn a_field_without_a_column_is_given_one() {
    let scratch = tempfile::tempdir().unwrap();
    let found = problems(
        scratch.path(),
        "Product name,Models,Brand\nHub,A-1,\n",
        "dates: dmy",
    );
    let category = one(&found, "M011", "`category`");
    assert_eq!(
        category.help,
        "write what kind of product it is, in a column `Category` or as `product.category` under `constants` in the map"
    );
    let applicant = one(&found, "M011", "`applicant`");
    assert_eq!(applicant.message, "`applicant` is missing from the row");
    assert!(
        applicant
            .help
            .contains("in columns such as `Applicant name`"),
        "{applicant:#?}"
    );
    // A near miss: the column is there, and its cell is the place.
    let brand = one(&found, "M011", "cell C2");
    assert_eq!(brand.help, "write the brand on the box");
}

#[test]
fn a_list_of_the_map_has_its_line() {
    let scratch = tempfile::tempdir().unwrap();
    let sheet = "Product name,Models,Label 1 scheme,Label 1 number,Label 1 level,Label 1 issued,Label 1 expires\nHub,A-1,kisa-cic,CIC-1,basic,2026-01-01,2028-12-31\n";
    let found = problems(scratch.path(), sheet, COMPLETE);
    assert_eq!(one(&found, "P004", "").place, "models.map.yaml, line 6");
}

#[test]
fn a_base_keeps_the_words_of_a_manifest() {
    let scratch = tempfile::tempdir().unwrap();
    let base = scratch.path().join("base");
    support::copy(&support::repository("tests/bases/mra"), &base);
    let manifest = base.join("manifest.yaml");
    let text = fs::read_to_string(&manifest).unwrap();
    let text = text.replace("schema: 1", "schema: 1\nunknown_field: 1");
    fs::write(&manifest, text).unwrap();
    let sheet = "extends,Product name,Models,label models,Level\nbase,Hub,HX-1,HX-1,5\n";
    let found = problems(scratch.path(), sheet, "dates: dmy");
    let of_base = one(&found, "M009", "unknown_field");
    assert!(
        of_base.place.starts_with("base/manifest.yaml"),
        "{of_base:#?}"
    );
    assert!(of_base.help.contains("the manifest knows"), "{of_base:#?}");
    assert_eq!(one(&found, "M014", "").place, "models.csv, cell E2");
}
