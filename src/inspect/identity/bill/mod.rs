//! Judges bills of materials and lists of components.

mod compare;
mod judge;

use crate::diag::Finding;
use crate::domain::{Application, EvidenceKind, Role};
use crate::inspect::Paper;
use crate::inspect::identity::text::Text;

pub(super) use crate::sbom::{Bill, read};

/// Checks the bill of materials, and compares the binary scan with it.
pub(super) fn findings(
    application: &Application,
    papers: &[(&Paper<'_>, &Text<'_>)],
) -> Vec<Finding> {
    let of = |kind: EvidenceKind| {
        papers.iter().find_map(|(paper, _)| {
            let field = paper.field_of(Role::Evidence(kind))?;
            Some((*paper, field, paper.facts.words.bill.as_deref()?))
        })
    };
    let sbom = of(EvidenceKind::Sbom).filter(|(_, _, bill)| !bill.components.is_empty());
    let Some((paper, field, bill)) = sbom else {
        return Vec::new();
    };
    let mut findings = judge::findings(application, paper, field, bill);
    if let Some((scan, scan_field, listed)) = of(EvidenceKind::BinaryScan) {
        findings.extend(compare::finding((paper, bill), (scan, scan_field, listed)));
    }
    findings
}
