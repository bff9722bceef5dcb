//! Provisions as JSON.

use serde_json::{Value, json};

use crate::domain::{Citation, Confidence};
use crate::rules::page::{AskedOf, Page, Pages};
use crate::rules::tables::ConditionRow;

/// Returns everything about one provision, for programs. What no source says is null.
pub fn json(pages: Pages<'_>, page: &Page<'_>) -> Value {
    let row = page.row;
    let tests = page.guidance.and_then(|guidance| guidance.tests.as_ref());
    let assessment = page.assessment().map(|assessment| {
        json!({
            "looked_for": assessment.looked_for,
            "evidence": assessment.evidence,
            "for_other_devices": assessment.other_devices.map(Confidence::as_str),
        })
    });
    json!({
        "id": row.id,
        "title": row.title,
        "clause": { "id": row.clause, "title": pages.clause_title(&row.clause) },
        "status": row.status.as_str(),
        "conditions": page.conditions.iter().map(|row| condition(row)).collect::<Vec<_>>(),
        "asked_of": page.asked_of.iter().map(asked_of).collect::<Vec<_>>(),
        "asked": page.guidance.map(|guidance| guidance.asked.as_str()),
        "assessment": assessment,
        "tests": tests.map(|tests| json!({
            "documents": tests.documents,
            "device": tests.device,
            "tables": page.tables.iter().map(|table| json!({ "id": table.id, "lists": table.lists })).collect::<Vec<_>>(),
        })),
        "later": { "state": row.later.state.as_str(), "replaced_by": row.later.replaced_by },
        "note": page.note(),
        "sources": page.sources,
    })
}

fn condition(row: &ConditionRow) -> Value {
    json!({
        "text": row.text,
        "presumed": row.presumed,
        "stated_by": row.stated_by,
        "denied_by": row.denied_by,
    })
}

fn asked_of(asked: &AskedOf<'_>) -> Value {
    let source: Option<&Citation> = asked.source.as_ref();
    json!({
        "class": asked.class.as_str(),
        "level": asked.level.map(|level| level.to_string()),
        "conditions": asked.conditions.iter().map(|row| condition(row)).collect::<Vec<_>>(),
        "source": source,
    })
}
