//! One manifest with forty mistakes of forty kinds gives forty findings, all at once, none twice.

use std::collections::BTreeSet;

use clspack::diag::{Code, Severity};

use crate::support;

#[test]
fn forty_mistakes_give_forty_findings() {
    let folder = support::repository("tests/bases/forty");
    let case = support::read(&folder.join("manifest.yaml"), None);
    support::expect(&folder.join("expect.txt"), &support::findings_text(&case));

    let findings = case.findings();
    assert!(
        findings
            .iter()
            .all(|one| one.severity() == Severity::Error || one.code == Code::OtherLabelFaulty),
        "one of them is no error"
    );
    assert_eq!(findings.len(), 40);
    let places: BTreeSet<_> = findings
        .iter()
        .map(|finding| (finding.code, &finding.place))
        .collect();
    assert_eq!(places.len(), 40, "one of them is said twice");
    // The labels do not decide, so their errors are warnings of one code; the note names the code that each would have.
    let kinds = findings.iter().map(|finding| {
        let would_be = finding.code == Code::OtherLabelFaulty;
        (finding.code, finding.note.as_ref().filter(|_| would_be))
    });
    let kinds: BTreeSet<_> = kinds.collect();
    assert_eq!(kinds.len(), 40, "two of them are of one kind");
}
