//! Provisions, answers and evidence as a document shows them.

use std::collections::BTreeMap;

use crate::domain::{Application, Described, EvidenceFile, EvidencePath, Exhibit, Support};
use crate::plan::{Applies, HeldLabel, Plan, ProvisionLine};
use crate::render::view::{EvidenceView, MISSING, ProvisionView, ShownView, optional};
use crate::rules::tables::Route;

/// Numbers the files of evidence in the order of their paths. A new revision has the place of the file that it
/// replaces, and so its number.
pub(super) fn evidence(application: &Application, files: &[EvidenceFile]) -> Vec<EvidenceView> {
    let exhibits = application.exhibits();
    let described = Described::all(exhibits.iter().map(|(_, exhibit)| *exhibit));
    let mut ordered: Vec<&EvidenceFile> = files.iter().collect();
    ordered.sort_by_key(|file| (first_revision(&file.path, &described), &file.path));
    let view = |(i, file): (usize, &EvidenceFile)| {
        let known = described.get(&file.path).cloned().unwrap_or_default();
        EvidenceView {
            number: format!("E{}", i + 1),
            path: file.path.to_string(),
            in_pack: file.path.in_pack(),
            pages: String::new(),
            date: optional(known.date),
            owner: known.owners.join(", "),
            expires: optional(known.expires),
            about: String::new(),
            replaces: known
                .replaces
                .iter()
                .map(EvidencePath::as_str)
                .collect::<Vec<_>>()
                .join(", "),
            size: size(file.size),
            sha256: file.sha256.to_string(),
            short: file.sha256.short(),
            shown: ShownView::default(),
            named: None,
        }
    };
    ordered.into_iter().enumerate().map(view).collect()
}

/// Returns the oldest revision of a file that the manifest names.
fn first_revision<'a>(
    path: &'a EvidencePath,
    described: &BTreeMap<&'a EvidencePath, Described<'a>>,
) -> &'a EvidencePath {
    let replaced = described.get(path).and_then(|file| file.replaces.last());
    replaced.unwrap_or(path)
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
        let owner = exhibit.owner.as_ref();
        Some(EvidenceView {
            pages: optional(exhibit.pages.as_ref()),
            owner: owner.unwrap_or(&file.owner).clone(),
            about: optional(exhibit.about.as_ref()),
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
