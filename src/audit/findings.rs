//! Compares the recorded findings of a plan with those that are found again.
//!
//! Places are ignored: a manifest from a spreadsheet or on a base is recorded as one file, so its findings have other
//! lines. Some findings are about things outside the pack, such as the cells of a spreadsheet.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::diag::{Code, Finding, Place, Severity};
use crate::domain::text::shown;
use crate::plan::State;
use crate::render::Purpose;

/// The result of comparing findings.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// The recorded findings in their order, unless there are far more than were found again.
    pub(super) recorded: Option<Vec<Finding>>,
    pub(super) differences: Vec<String>,
    /// How many of the recorded findings are about things outside the pack.
    pub(super) n_outside: usize,
}

impl Compared {
    /// Returns the state that follows from the recorded findings, given the state that was computed again.
    pub(super) fn state(&self, again: State) -> State {
        if self.n_outside == 0 {
            return again;
        }
        match self.recorded.iter().flatten().map(Finding::severity).min() {
            Some(Severity::Error) => State::Blocked,
            Some(Severity::Confirm) => State::Confirm,
            Some(Severity::Warning) | None => again,
        }
    }
}

/// How many recorded findings may be about things outside the pack.
const MOST_OUTSIDE: usize = 500;

/// Compares findings. `recorded` and `again` are lists as a plan has them.
pub(super) fn compare(recorded: &Value, again: &Value, purpose: Purpose) -> Compared {
    let mut compared = Compared::default();
    let count = |list: &Value| list.as_array().map_or(0, Vec::len);
    if count(recorded) > count(again) + MOST_OUTSIDE {
        let message = format!(
            "it has {} findings, and manifest and evidence give {}",
            count(recorded),
            count(again)
        );
        compared.differences.push(message);
        return compared;
    }
    compared.recorded = Some(Vec::new());
    let mut counts: BTreeMap<String, (i64, &Value)> = BTreeMap::new();
    for (list, step) in [(recorded, 1), (again, -1)] {
        for finding in list.as_array().into_iter().flatten() {
            counts.entry(key(finding)).or_insert((0, finding)).0 += step;
        }
    }
    for finding in recorded.as_array().into_iter().flatten() {
        compared
            .recorded
            .get_or_insert_default()
            .extend(read(finding));
    }
    for (count, finding) in counts.values() {
        let is_known = match count {
            0 => continue,
            1.. => is_outside(finding, purpose),
            ..0 => purpose == Purpose::Draft && has_another(recorded, finding),
        };
        let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
        let (code, message) = (text("code"), text("message"));
        match (is_known, count) {
            (true, _) => compared.n_outside += 1,
            (false, 1..) => compared.differences.push(format!(
                "it has the finding {code} `{}`, which manifest and evidence do not give",
                shown(&message)
            )),
            (false, _) => compared.differences.push(format!(
                "it lacks the finding {code} `{}`, which manifest and evidence give",
                shown(&message)
            )),
        }
    }
    compared
}

/// Returns the recorded findings that block or are open, and that were not found again: they are about things outside a
/// draft. Those of the rules depend on the day, and were asked about again.
pub(super) fn outside(recorded: &Value, again: &Value, record: &str) -> Vec<Finding> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let found: BTreeSet<String> = list(again)
        .iter()
        .map(|one| one["code"].to_string())
        .collect();
    let recorded = list(recorded);
    let missing = recorded
        .iter()
        .filter(|one| !found.contains(&one["code"].to_string()))
        .filter_map(read);
    missing
        .filter(|one| one.severity() != Severity::Warning && !one.code.number().starts_with('P'))
        .take(MOST_OUTSIDE)
        .map(|one| Finding {
            place: Place::File(record.to_owned()),
            ..one.because("the draft's record says this; it was not checked again")
        })
        .collect()
}

/// A finding without its place.
fn key(finding: &Value) -> String {
    let names = ["code", "severity", "message", "help", "note", "source"];
    names.map(|name| finding[name].to_string()).join("\n")
}

/// Reads a recorded finding; nothing if its code is unknown.
fn read(finding: &Value) -> Option<Finding> {
    let text = |name: &str| finding[name].as_str().map(str::to_owned);
    let code = Code::find(finding["code"].as_str()?)?;
    let place = Place::File(String::new());
    let read = Finding::new(code, place, text("message")?, text("help")?);
    Some(Finding {
        note: text("note"),
        ..read
    })
}

/// Returns true if a recorded finding may be about something outside the pack. Warnings block nothing; errors are
/// packed only in drafts.
fn is_outside(finding: &Value, purpose: Purpose) -> bool {
    let Some(read) = read(finding) else {
        return false;
    };
    let stated = finding["severity"].as_str();
    let is_stated = stated == Some(read.severity().as_str());
    is_stated && (read.severity() == Severity::Warning || purpose == Purpose::Draft)
}

/// Returns true if the record has another finding about the same field: a file that could not be taken is missing in
/// the pack.
fn has_another(recorded: &Value, finding: &Value) -> bool {
    let is_missing = finding["code"].as_str() == Some(Code::EvidenceMissing.number());
    let field = &finding["place"]["field"];
    let mut all = recorded.as_array().into_iter().flatten();
    is_missing && !field.is_null() && all.any(|one| one["place"]["field"] == *field)
}
