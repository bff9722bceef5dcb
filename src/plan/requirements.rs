//! What the form asks for, what is there, and what is missing.

use crate::diag::{Code, Finding};
use crate::domain::{Citation, EvidenceKind};
use crate::plan::route::Decision;
use crate::plan::{Context, Notes};
use crate::rules::tables::{DocumentKind, Needed, Route};

/// Whether something that the form needs is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentState {
    /// Made by the tool; the declaration is to be signed.
    Prepared,
    /// Named by the manifest.
    There,
    /// Not named by the manifest.
    Missing,
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
    /// Returns the title of the paper.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Declaration => "Declaration of Conformity",
            Self::SupportingEvidence => "Supporting Evidence",
        }
    }
}

/// Returns the papers of the form and what else it needs; what is missing is a finding.
pub(crate) fn documents(
    context: Context<'_>,
    decision: &Decision,
    notes: &mut Notes,
) -> Vec<DocumentNeed> {
    let Some(form) = &decision.form else {
        return Vec::new();
    };
    published_pages(context, decision, notes);
    dated_in_time(context, notes);
    let paper = |kind: &DocumentKind| DocumentNeed {
        kind: kind.as_str(),
        title: kind.title().to_owned(),
        state: DocumentState::Prepared,
        source: Some(form.source.clone()),
    };
    let mut documents: Vec<_> = form.documents.iter().map(paper).collect();
    // No page says what the simplified application needs; the open question covers it.
    if !decision.simplified {
        documents.extend(needs(context, decision, notes));
    }
    documents
}

fn needs(context: Context<'_>, decision: &Decision, notes: &mut Notes) -> Vec<DocumentNeed> {
    let (Some(edition), Some((route, level))) = (
        context.book.requirements.in_force_on(context.on),
        decision.route.zip(decision.level),
    ) else {
        return Vec::new();
    };
    let mut needs = Vec::new();
    for row in edition
        .body
        .rows
        .iter()
        .filter(|row| row.routes.contains(&route) && row.levels.contains(&level))
    {
        let source = context.book.cite(edition, row);
        let there = is_there(context, row.needs);
        if !there {
            let otherwise = row
                .otherwise
                .as_ref()
                .map_or_else(String::new, |why| format!("; {why}"));
            let (code, field) = match row.needs {
                Needed::Laboratory => (Code::LaboratoryMissing, "laboratory".to_owned()),
                other => (Code::RequiredEvidenceMissing, format!("evidence.{other}")),
            };
            let help = match row.needs {
                Needed::Laboratory => {
                    "write `laboratory:` with name, reference and date of its report".to_owned()
                }
                other => format!("write `{other}:` under `evidence:` and the path of the file"),
            };
            notes.findings.push(
                Finding::at(
                    code,
                    field,
                    format!(
                        "Level {level} by the standard form needs {}{otherwise}",
                        row.what
                    ),
                    help,
                )
                .citing(source.clone()),
            );
        }
        let state = if there {
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
    needs
}

fn is_there(context: Context<'_>, needed: Needed) -> bool {
    let has = |kind| context.application.evidence_of(kind).is_some();
    match needed {
        Needed::Laboratory => context.application.laboratory.is_some(),
        Needed::Sbom => has(EvidenceKind::Sbom),
        Needed::BinaryScan => has(EvidenceKind::BinaryScan),
        Needed::PenetrationTest => has(EvidenceKind::PenetrationTest),
    }
}

/// The pages on support and on vulnerabilities are what two provisions of the first level are about.
fn published_pages(context: Context<'_>, decision: &Decision, notes: &mut Notes) {
    let product = &context.application.product;
    let pages = [
        (
            "product.support.url",
            &product.support_url,
            "the page that publishes the end of support",
        ),
        (
            "product.vulnerability_disclosure",
            &product.vulnerability_disclosure,
            "the page of the vulnerability disclosure policy",
        ),
    ];
    let strict = decision.route == Some(Route::Standard) && !decision.simplified;
    let code = if strict {
        Code::PublishedPageMissing
    } else {
        Code::PublishedPageUnstated
    };
    for (field, _, what) in pages.into_iter().filter(|(_, page, _)| page.is_none()) {
        notes.findings.push(Finding::at(
            code,
            field,
            format!("{what} is not stated"),
            "write its address; an officer opens the page and compares it with the declaration",
        ));
    }
}

fn dated_in_time(context: Context<'_>, notes: &mut Notes) {
    let report = context
        .application
        .laboratory
        .as_ref()
        .and_then(|laboratory| laboratory.date);
    let dates = [
        ("laboratory.date", report, "the laboratory's report"),
        (
            "signatory.date",
            context.application.signatory.date,
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
