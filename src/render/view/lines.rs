//! Provisions, answers and evidence as a document shows them.

use crate::domain::{EvidenceFile, Exhibit, Support};
use crate::plan::{Applies, HeldLabel, Plan, ProvisionLine};
use crate::render::view::{EvidenceView, MISSING, ProvisionView, ShownView, optional};
use crate::rules::tables::Route;

/// Numbers the files of evidence.
pub(super) fn evidence(files: &[EvidenceFile]) -> Vec<EvidenceView> {
    let view = |(i, file): (usize, &EvidenceFile)| EvidenceView {
        number: format!("E{}", i + 1),
        path: file.path.to_string(),
        in_pack: file.path.in_pack(),
        pages: String::new(),
        size: size(file.size),
        sha256: file.sha256.to_string(),
        short: file.sha256.short(),
        shown: ShownView::default(),
        named: None,
    };
    files.iter().enumerate().map(view).collect()
}

/// A size for people, in the units of the portal (1 kB is 1,000 bytes).
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// Makes the view of a provision.
pub(super) fn provision(
    line: &ProvisionLine,
    plan: &Plan,
    basis: &[&HeldLabel],
    evidence: &[EvidenceView],
) -> ProvisionView {
    let of = |exhibit: &Exhibit| {
        let mut of_path = evidence.iter();
        let file = of_path.find(|file| file.path == exhibit.path.as_str())?;
        Some(EvidenceView {
            pages: optional(exhibit.pages.as_ref()),
            named: exhibit.pages.clone(),
            ..file.clone()
        })
    };
    let files: Vec<_> = line.evidence.iter().filter_map(of).collect();
    let (answer, given) = answer(line, plan, basis);
    let detail = line.detail.clone().unwrap_or(given);
    ProvisionView {
        id: line.id.clone(),
        clause: line.clause.clone(),
        title: line.title.clone(),
        status: line.status.to_string(),
        answer,
        detail: detail.lines().map(str::to_owned).collect(),
        evidence: files.iter().map(reference).collect(),
        files,
    }
}

/// Returns the number of a file, with the pages to look at.
fn reference(file: &EvidenceView) -> String {
    match file.pages.as_str() {
        "" => file.number.clone(),
        pages => format!("{} (p. {pages})", file.number),
    }
}

/// Returns the answer, and the detail that goes with it where the manifest gives none.
fn answer(line: &ProvisionLine, plan: &Plan, basis: &[&HeldLabel]) -> (String, String) {
    let labels: Vec<_> = basis
        .iter()
        .map(|held| {
            held.label.number.as_ref().map_or_else(
                || held.short.clone(),
                |number| format!("{} {number}", held.short),
            )
        })
        .collect();
    let by_label = labels.join("; ");
    match (line.support, &line.applies) {
        (Some(Support::Yes), _) => ("Yes".to_owned(), String::new()),
        (Some(Support::No), _) => ("No".to_owned(), String::new()),
        (Some(Support::NotApplicable), Applies::Never { condition }) => (
            "N/A".to_owned(),
            format!("The product is declared not to meet the condition: {condition}."),
        ),
        (Some(Support::NotApplicable), _) => ("N/A".to_owned(), String::new()),
        (None, _) if !basis.is_empty() && plan.simplified => (
            "To be confirmed".to_owned(),
            format!("Label held: {by_label}"),
        ),
        (None, _) if !basis.is_empty() && plan.route == Some(Route::Mra) => {
            ("By label".to_owned(), format!("Basis: {by_label}"))
        }
        (None, Applies::Never { condition }) => (
            "N/A".to_owned(),
            format!("The product is declared not to meet the condition: {condition}."),
        ),
        (None, Applies::Unlikely { conditions }) => (
            "N/A".to_owned(),
            format!("The product is not declared to meet the condition: {conditions}."),
        ),
        (None, Applies::Always | Applies::While { .. }) => (MISSING.to_owned(), String::new()),
    }
}
