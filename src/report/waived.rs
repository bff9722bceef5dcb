//! The list of waived findings, for people.

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
