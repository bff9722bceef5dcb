//! What the form asks for, what is there, and what is missing.

use crate::diag::{Code, Finding};
use crate::domain::{Citation, EvidenceKind, Field, Level, field, words};
use crate::plan::route::Chosen;
use crate::plan::{Context, Notes};
use crate::rules::tables::{DocumentKind, Needed, RequirementRow};

words! {
    /// Whether something that the form needs is there.
    DocumentState {
        /// Made by the tool; the declaration is to be signed.
        Prepared = "prepared",
        /// Signed, and taken in.
        Signed = "signed",
        /// Named by the manifest.
        There = "there",
        /// Not named by the manifest.
        Missing = "missing",
    }
}

/// Something that the form needs.
#[derive(Clone, Debug)]
pub struct DocumentNeed {
    /// The word for it: a document's kind or the manifest's field.
    pub kind: &'static str,
    /// The same for people.
    pub title: String,
    /// Whether it is there.
    pub state: DocumentState,
    /// Why it is needed.
    pub source: Option<Citation>,
}

impl DocumentKind {
    /// Returns the title of the document.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Declaration => "Declaration of Conformity",
            Self::SupportingEvidence => "Supporting Evidence",
        }
    }
}

/// Returns the documents of the form and what else it needs; what is missing is a finding.
pub(crate) fn documents(
    context: Context<'_>,
    chosen: &Chosen,
    notes: &mut Notes,
) -> Vec<DocumentNeed> {
    let Some(form) = &chosen.form else {
        return Vec::new();
    };
    dated_in_time(context, notes);
    let need = |kind: &DocumentKind| DocumentNeed {
        kind: kind.as_str(),
        title: kind.title().to_owned(),
        state: DocumentState::Prepared,
        source: Some(form.source.clone()),
    };
    let mut documents: Vec<_> = form.documents.iter().map(need).collect();
    // No page says what the simplified application needs; the open question covers it.
    documents.extend(needs(context, chosen, notes));
    documents
}

fn needs(context: Context<'_>, chosen: &Chosen, notes: &mut Notes) -> Vec<DocumentNeed> {
    let Some((route, level)) = chosen.route.zip(chosen.level) else {
        return Vec::new();
    };
    let Some(edition) = context.book.requirements.in_force_on(context.on) else {
        notes
            .unchecked
            .push("what a form needed besides its papers");
        return Vec::new();
    };
    let mut needs = Vec::new();
    for row in edition
        .body
        .rows
        .iter()
        .filter(|row| row.levels.contains(&level))
    {
        let source = context.book.cite(edition, row);
        let is_asked = row.routes.contains(&route) && !chosen.simplified;
        let there = there(context, row.needs);
        if there.is_missing() {
            let missing = missing(row, level, is_asked);
            notes
                .findings
                .extend(missing.map(|finding| finding.citing(source.clone())));
        }
        if is_asked && !is_page(row.needs) {
            let state = if there.is_given() {
                DocumentState::There
            } else {
                DocumentState::Missing
            };
            needs.push(DocumentNeed {
                kind: row.needs.as_str(),
                title: row.what.clone(),
                state,
                source: Some(source),
            });
        }
    }
    needs
}

/// Returns what to say of something that is not there. Pages are worth stating by any way.
fn missing(row: &RequirementRow, level: Level, is_asked: bool) -> Option<Finding> {
    let otherwise = row
        .otherwise
        .as_ref()
        .map_or_else(String::new, |why| format!("; {why}"));
    let address = "write its address";
    let (code, field, help, in_cell) = match row.needs {
        Needed::Laboratory => {
            let help = "write `laboratory:` with name, reference and date of its report";
            (
                Code::LaboratoryMissing,
                field!(laboratory),
                help.to_owned(),
                "write name, reference and date of its report",
            )
        }
        Needed::Sbom | Needed::BinaryScan | Needed::PenetrationTest => {
            let help = format!(
                "write `{}:` under `evidence:` and the path of the file",
                row.needs
            );
            (
                Code::RequiredEvidenceMissing,
                field!(evidence).key(row.needs.as_str()),
                help,
                "write the path of the file",
            )
        }
        Needed::SupportPage => (
            Code::PublishedPageMissing,
            field!(product.support.url),
            address.to_owned(),
            address,
        ),
        Needed::DisclosurePolicy => (
            Code::PublishedPageMissing,
            field!(product.vulnerability_disclosure),
            address.to_owned(),
            address,
        ),
    };
    if is_asked {
        let message = format!(
            "Level {level} by the standard form needs {}{otherwise}",
            row.what
        );
        return Some(Finding::at(code, field, message, help).in_cell(in_cell));
    }
    let message = format!("{} is not stated{otherwise}", row.what);
    is_page(row.needs).then(|| Finding::at(Code::PublishedPageUnstated, field, message, help))
}

const fn is_page(needed: Needed) -> bool {
    matches!(needed, Needed::SupportPage | Needed::DisclosurePolicy)
}

fn there(context: Context<'_>, needed: Needed) -> Field<()> {
    let application = context.application;
    let file = |kind| application.evidence.of(kind).state();
    match needed {
        Needed::Laboratory => application.laboratory.state(),
        Needed::Sbom => file(EvidenceKind::Sbom),
        Needed::BinaryScan => file(EvidenceKind::BinaryScan),
        Needed::PenetrationTest => file(EvidenceKind::PenetrationTest),
        Needed::SupportPage => application.product.support.url.state(),
        Needed::DisclosurePolicy => application.product.vulnerability_disclosure.state(),
    }
}

fn dated_in_time(context: Context<'_>, notes: &mut Notes) {
    let report = context
        .application
        .laboratory
        .as_ref()
        .and_then(|laboratory| laboratory.date.given());
    let dates = [
        (field!(laboratory.date), report, "the laboratory's report"),
        (
            field!(signatory.date),
            context.application.signatory.date.given(),
            "the declaration",
        ),
    ];
    for (field, date, what) in dates {
        if let Some(date) = date.filter(|date| *date > context.on) {
            let message = format!(
                "{what} is dated {date}, after the day of submission, {}",
                context.on
            );
            notes.findings.push(Finding::at(
                Code::DatedAfterSubmission,
                field,
                message,
                "correct the date, or submit later: `application.submission`",
            ));
        }
    }
}
