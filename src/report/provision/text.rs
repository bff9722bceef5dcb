//! Provisions as text for the screen.

use std::fmt::Write as _;

use crate::report::lines::filled;
use crate::report::provision::{level, parts};
use crate::rules::page::{Page, Pages};
use crate::rules::tables::DeviceClass;

/// Returns everything about one provision.
pub fn text(page: &Page<'_>) -> String {
    let mut text = format!("{} {}\n", page.row.id, page.row.title);
    for part in parts::parts(page) {
        let _ = write!(text, "\n{}\n", part.heading);
        if !part.text.is_empty() {
            text.push_str(&filled(&part.text, "  ", "  "));
        }
        for item in &part.items {
            text.push_str(&filled(item, "  - ", "    "));
        }
    }
    text
}

/// What the columns of the table mean.
const LEGEND: &str = "\nLevel: the lowest level that asks for it; Gateway: the same for home gateways. M: mandatory, R: recommended, C: under\na condition.\n";

/// Returns a table of provisions, under the heading of each clause. With `only`, those of one clause.
pub fn list(pages: Pages<'_>, only: Option<&[&str]>) -> String {
    let mut text = row(["Provision", "Level", "Gateway", "Status", "Subject"]);
    for (clause, ids) in pages.clauses() {
        if only.is_some_and(|only| only != ids) {
            continue;
        }
        let title = pages.clause_title(clause).unwrap_or_default();
        let _ = writeln!(text, "\n{clause} {title}");
        for page in ids.iter().filter_map(|id| pages.page(id)) {
            text.push_str(&line(&page));
        }
    }
    text + LEGEND
}

fn line(page: &Page<'_>) -> String {
    let [generic, gateway] =
        [DeviceClass::Generic, DeviceClass::HomeGateway].map(|class| level(page, class));
    let status = page.row.status.as_str();
    row([&page.row.id, &generic, &gateway, status, &page.row.title])
}

fn row([id, generic, gateway, status, title]: [&str; 5]) -> String {
    format!("{id:10} {generic:6} {gateway:8} {status:7} {title}\n")
}
