//! Gaps as JSON.

use serde_json::{Value, json};

use crate::diag::Severity;
use crate::domain::{Date, EvidencePath, Level, Support};
use crate::gaps::{Gaps, Item, Kind, State, There};
use crate::plan::Plan;
use crate::report::gaps::count;
use crate::report::json::schema::{Document, Shaped, records};
use crate::rules::tables::Route;

impl Shaped for State {
    fn shape() -> Value {
        json!({ "enum": Self::ALL })
    }
}

impl Shaped for Kind {
    fn shape() -> Value {
        json!({ "enum": Self::ALL })
    }
}

impl Document for GapsRecord<'_> {
    const NAME: &'static str = "gaps";
    const ABOUT: &'static str = "What the form asks for, what is there, and what is missing.";
}

records! {
    GapsRecord<'a> {
        manifest: String = "the manifest as it was named",
        on: Date = "the day for which the rules were read",
        route: Option<Route> = "null when it cannot be decided",
        form: Option<&'a str> = "the form's id on the portal",
        level: Option<Level> = "the level that the label will show",
        simplified: bool = "the simplified application for Japanese or British products may apply",
        asks: &'a str = "what the route asks for, in a sentence",
        counts: GapCounts,
        items: Vec<GapRecord<'a>> = "what the form asks for, in its order",
    }

    GapCounts {
        complete: usize,
        incomplete: usize,
        missing: usize,
        not_applicable: usize,
        open: usize = "no published source says whether the form asks for them",
    }

    GapRecord<'a> {
        id: &'a str = "the number of a provision, or the word for a document",
        kind: Kind,
        clause: Option<&'a str> = "the number of the clause; documents have none",
        clause_title: Option<&'a str>,
        title: &'a str,
        level: Option<Level> = "the lowest level that asks for it",
        state: State,
        condition: Option<&'a str> = "the condition under which it applies",
        asked: Option<&'a str> = "what is asked, in our own words",
        looked_for: Option<&'a str> = "what an assessor looks for",
        helps: Vec<&'a str> = "the evidence that helps",
        gateway_only: bool = "`looked_for` and `helps` come from guidance for home gateways only",
        answer: Option<Support> = "the answer in the manifest",
        owners: Vec<&'a str> = "who answers for its evidence",
        evidence: Vec<GapFileRecord<'a>> = "the evidence in the manifest",
        missing: Vec<&'a str> = "what is missing, each as the object of \"add\"",
        findings: Vec<GapFindingRecord<'a>> = "what else is wrong with it",
    }

    GapFileRecord<'a> {
        file: &'a str,
        readable: bool,
        pages: Option<String>,
        date: Option<Date> = "the day that the document shows",
        owner: Option<&'a str>,
        expires: Option<Date> = "the last day on which it is recent enough",
        about: Option<&'a str>,
        replaces: Vec<&'a str> = "the files of which it is a new revision, the newest first",
    }

    GapFindingRecord<'a> {
        code: &'a str,
        severity: Severity,
        message: &'a str,
        help: &'a str,
    }
}

/// Returns the gaps as JSON.
pub fn json(gaps: &Gaps, plan: &Plan, manifest: String) -> Value {
    let record = GapsRecord {
        manifest,
        on: plan.on,
        route: plan.route,
        form: plan.form.as_ref().map(|form| form.id.as_str()),
        level: plan.level,
        simplified: plan.simplified,
        asks: &gaps.route,
        counts: GapCounts {
            complete: count(gaps, State::Complete),
            incomplete: count(gaps, State::Incomplete),
            missing: count(gaps, State::Missing),
            not_applicable: count(gaps, State::NotApplicable),
            open: count(gaps, State::Open),
        },
        items: gaps.items.iter().map(one).collect(),
    };
    record.written()
}

fn one(item: &Item) -> GapRecord<'_> {
    let clause = item.clause.as_ref();
    let findings = item.findings.iter().map(|one| GapFindingRecord {
        code: one.code.number(),
        severity: one.severity(),
        message: &one.message,
        help: &one.help,
    });
    GapRecord {
        id: &item.id,
        kind: item.kind,
        clause: clause.map(|clause| clause.id.as_str()),
        clause_title: clause.map(|clause| clause.title.as_str()),
        title: &item.title,
        level: item.level,
        state: item.state,
        condition: item.condition.as_deref(),
        asked: item.asked.as_deref(),
        looked_for: item.looked_for.as_deref(),
        helps: item.helps.iter().map(String::as_str).collect(),
        gateway_only: item.gateway_only,
        answer: item.answer,
        owners: item.owners(),
        evidence: item.there.iter().map(file).collect(),
        missing: item.missing.iter().map(String::as_str).collect(),
        findings: findings.collect(),
    }
}

fn file(there: &There) -> GapFileRecord<'_> {
    let exhibit = &there.exhibit;
    GapFileRecord {
        file: exhibit.path.as_str(),
        readable: there.is_read,
        pages: exhibit.pages.as_ref().map(ToString::to_string),
        date: exhibit.date,
        owner: exhibit.owner.as_deref(),
        expires: exhibit.expires,
        about: exhibit.about.as_deref(),
        replaces: exhibit.replaces.iter().map(EvidencePath::as_str).collect(),
    }
}
