//! File names whose letters are stored decomposed, as macOS does, while the manifest has them composed, or the
//! other way round.

use std::path::Path;

use crate::{edit, support};

const COMPOSED: &str = "evidence/Pr\u{fc}fbericht.pdf";
const DECOMPOSED: &str = "evidence/Pru\u{308}fbericht.pdf";

/// Returns the codes of the findings, and the names of the evidence in the pack.
fn packed(on_disk: &str, named: &str) -> (Vec<String>, Vec<String>) {
    let product = tempfile::tempdir().unwrap();
    let text = format!(
        "Base: `mra`\n```diff\n-  binary-scan: evidence/scan.pdf\n+  binary-scan: {named}\n```\n- `evidence/scan.pdf` is missing\n- `{on_disk}` is a page that says `new`\n"
    );
    edit::apply(&text, Path::new(""), product.path());
    let case = support::read(&product.path().join("manifest.yaml"), None);
    let codes = case.findings().iter().map(|one| one.code.to_string());
    let files = case.evidence.files.iter();
    // What is packed is opened by the name that the disk gives it.
    assert!(
        files
            .clone()
            .all(|file| case.folders.join(&file.path).is_file())
    );
    let paths = files.map(|file| file.path.in_pack());
    (codes.collect(), paths.collect())
}

#[test]
fn a_name_is_found_in_both_forms_and_packed_in_one() {
    let expected = packed(COMPOSED, COMPOSED);
    assert_eq!(expected.0, Vec::<String>::new());
    assert!(expected.1.contains(&COMPOSED.to_owned()), "{expected:?}");
    for (on_disk, named) in [
        (DECOMPOSED, COMPOSED),
        (COMPOSED, DECOMPOSED),
        (DECOMPOSED, DECOMPOSED),
    ] {
        assert_eq!(packed(on_disk, named), expected, "{on_disk} {named}");
    }
}

#[test]
fn a_folder_may_be_stored_decomposed_too() {
    let (codes, _) = packed("evidence/5.1-1/u\u{308}.pdf", "evidence/5.1-1/\u{fc}.pdf");
    assert_eq!(codes, Vec::<String>::new());
}
