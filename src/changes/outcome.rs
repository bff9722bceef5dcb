//! Compares what was decided: two plans as packs record them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Change, Place, What};

/// Returns what is decided differently.
pub(super) fn compare(old: &Value, new: &Value) -> Vec<Change> {
    let of_plan = |what, read: &dyn Fn(&Value) -> Option<String>| {
        Change::between(what, Place::Whole, read(old), read(new))
    };
    let single = [
        of_plan(What::State, &|plan| text(&plan["state"])),
        of_plan(What::Route, &|plan| text(&plan["route"])),
        of_plan(What::Form, &|plan| text(&plan["form"])),
        of_plan(What::Level, &|plan| text(&plan["level"])),
        of_plan(What::Fee, &|plan| fee(&plan["fee"])),
        of_plan(What::ValidFrom, &|plan| text(&plan["validity"]["from"])),
        of_plan(What::ValidUntil, &|plan| text(&plan["validity"]["until"])),
        of_plan(What::Day, &|plan| text(&plan["on"])),
    ];
    let mut found: Vec<Change> = single.into_iter().flatten().collect();
    found.extend(named(What::Label, labels(old), &labels(new)));
    // Another form asks for other documents, which says nothing more.
    let is_other_form = text(&old["form"]) != text(&new["form"]);
    let of_new = documents(new);
    let changed = named(What::Document, documents(old), &of_new);
    found.extend(changed.filter(|document| {
        let is_kept = document.old.is_some() && document.new.is_some();
        is_kept || !is_other_form
    }));
    found.extend(questions(old, new));
    found
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn fee(value: &Value) -> Option<String> {
    let amount = text(&value["amount"])?;
    let currency = text(&value["currency"]).unwrap_or_default();
    Some(format!("{currency} {amount}"))
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Returns what each label gives, by its number, or by the name of its scheme.
fn labels(plan: &Value) -> BTreeMap<String, String> {
    let labels = items(&plan["recognised"]).filter_map(|label| {
        let name = text(&label["number"]).or_else(|| text(&label["name"]))?;
        let level = text(&label["level"]).map(|level| format!(", Level {level}"));
        let outcome = text(&label["outcome"])? + &level.unwrap_or_default();
        Some((name, outcome))
    });
    labels.collect()
}

fn documents(plan: &Value) -> BTreeMap<String, String> {
    let documents = items(&plan["documents"]);
    documents
        .filter_map(|document| Some((text(&document["title"])?, text(&document["state"])?)))
        .collect()
}

/// Compares values by name, those of the old state first.
fn named(
    what: What,
    old: BTreeMap<String, String>,
    new: &BTreeMap<String, String>,
) -> impl Iterator<Item = Change> + use<'_> {
    let added = new.iter().filter(|(name, _)| !old.contains_key(*name));
    let added: Vec<_> = added
        .map(|(name, value)| (name.clone(), None, Some(value.clone())))
        .collect();
    let kept = old.into_iter().map(|(name, value)| {
        let now = new.get(&name).cloned();
        (name, Some(value), now)
    });
    kept.chain(added)
        .filter_map(move |(name, old, new)| Change::between(what, Place::Name(name), old, new))
}

fn questions(old: &Value, new: &Value) -> Vec<Change> {
    let of = |plan: &Value| -> Vec<String> {
        let questions = items(&plan["questions"]);
        questions.filter_map(|one| text(&one["question"])).collect()
    };
    let (before, now) = (of(old), of(new));
    let change = |old, new| Change {
        what: What::Question,
        place: Place::Whole,
        old,
        new,
    };
    let settled = before.iter().filter(|question| !now.contains(question));
    let settled = settled.map(|question| change(Some(question.clone()), None));
    let asked = now.iter().filter(|question| !before.contains(question));
    let asked = asked.map(|question| change(None, Some(question.clone())));
    settled.chain(asked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(old: &Value, new: &Value) -> Vec<String> {
        compare(old, new).iter().map(Change::words).collect()
    }

    #[test]
    fn what_is_decided_differently_is_said() {
        let old = json!({
            "state": "to-sign", "route": "mra", "form": "a", "level": 3, "on": "2026-12-01",
            "fee": { "amount": "12.00", "currency": "SGD" },
            "validity": { "from": "2026-12-01", "until": "2029-12-01" },
            "recognised": [{ "name": "Scheme", "number": "N-1", "outcome": "mra", "level": 3 }],
            "documents": [{ "title": "Declaration", "state": "prepared" }],
            "questions": [{ "question": "Which?" }, { "question": "When?" }],
        });
        assert_eq!(of(&old, &old), [""; 0]);
        let mut new = old.clone();
        new["documents"][0]["state"] = "signed".into();
        new["validity"]["until"] = "2028-12-01".into();
        new["questions"] = json!([{ "question": "When?" }, { "question": "Who?" }]);
        new["recognised"][0]["level"] = 2.into();
        assert_eq!(
            of(&old, &new),
            [
                "last day of the label changed from 2029-12-01 to 2028-12-01",
                "what the label N-1 gives changed from mra, Level 3 to mra, Level 2",
                "document Declaration changed from prepared to signed",
                "question settled: Which?",
                "new question: Who?",
            ]
        );
        let none = json!({ "state": "blocked", "documents": [], "on": "2026-12-01" });
        let words = of(&old, &none);
        assert_eq!(words[3], "level changed from 3 to none");
        assert_eq!(words[4], "fee changed from SGD 12.00 to none");
        // The form that is gone took its documents with it.
        assert!(
            words.iter().all(|one| !one.starts_with("document")),
            "{words:?}"
        );
    }
}
