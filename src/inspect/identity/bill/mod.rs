//! Judges bills of materials and lists of components.

mod compare;
mod judge;

use crate::diag::Finding;
use crate::domain::Application;
use crate::inspect::identity::text::Text;
use crate::inspect::{Paper, role};

pub(super) use crate::sbom::{Bill, read};

/// Checks the bill of materials, and compares the binary scan with it.
pub(super) fn findings(
    application: &Application,
    papers: &[(&Paper<'_>, &Text<'_>)],
) -> Vec<Finding> {
    let of = |wanted: &str| {
        papers.iter().find_map(|(paper, _)| {
            let field = paper.fields.iter().find(|field| role(field) == wanted)?;
            Some((*paper, field.as_str(), paper.facts.words.bill.as_deref()?))
        })
    };
    let sbom = of("evidence.sbom").filter(|(_, _, bill)| !bill.components.is_empty());
    let Some((paper, field, bill)) = sbom else {
        return Vec::new();
    };
    let mut findings = judge::findings(application, paper, field, bill);
    if let Some((scan, scan_field, listed)) = of("evidence.binary-scan") {
        findings.extend(compare::finding((paper, bill), (scan, scan_field, listed)));
    }
    findings
}
