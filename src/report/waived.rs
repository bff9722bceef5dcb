//! The list of waived findings, for people and for programs.

use serde_json::{Value, json};

use crate::plan::Waived;

/// What the list is called.
pub const TITLE: &str = "Waived";

/// Says one finding, and who overruled it.
pub fn line(waived: &Waived) -> String {
    format!(
        "{} at {}: {} (waived by {} until {}: {})",
        waived.finding.code,
        waived.place,
        waived.finding.message,
        waived.by,
        waived.until,
        waived.reason
    )
}

/// Returns the list as text, with its title; nothing if nothing is waived.
pub fn text(all: &[Waived]) -> String {
    if all.is_empty() {
        return String::new();
    }
    let lines = all.iter().map(|waived| format!("  {}\n", line(waived)));
    format!("{TITLE}\n{}", lines.collect::<String>())
}

/// Adds the list to a document for programs. One without waivers has no such name, as it was before there were any.
pub(crate) fn add(document: &mut Value, all: &[Waived]) {
    let one = |waived: &Waived| {
        json!({
            "code": waived.finding.code.number(), "name": waived.finding.code.name(), "message": waived.finding.message,
            "place": waived.place, "reason": waived.reason, "by": waived.by, "until": waived.until,
        })
    };
    if !all.is_empty() {
        document["waived"] = json!(all.iter().map(one).collect::<Vec<_>>());
    }
}
