//! A provision explained: the same parts as text for the screen, as Markdown for `docs/provisions` and as JSON.

mod data;
mod markdown;
mod parts;
mod text;

pub use data::json;
pub use markdown::{clause, index};
pub use text::{list, text};

use crate::domain::{Citation, Level};
use crate::rules::page::Page;
use crate::rules::tables::{DeviceClass, Status};

/// Returns the status of a provision in words.
const fn status(status: Status) -> &'static str {
    match status {
        Status::M => "mandatory",
        Status::R => "recommended",
        Status::MC => "mandatory under a condition",
        Status::RC => "recommended under a condition",
    }
}

const fn devices(class: DeviceClass) -> &'static str {
    match class {
        DeviceClass::Generic => "devices in general",
        DeviceClass::HomeGateway => "home gateways",
    }
}

/// Returns the lowest level that asks a class for the provision, or a hyphen.
fn level(page: &Page<'_>, class: DeviceClass) -> String {
    let mut all = page.asked_of.iter();
    let level = all.find(|asked| asked.class == class);
    level
        .and_then(|asked| asked.level)
        .map_or_else(|| "-".to_owned(), |level: Level| level.to_string())
}

/// Returns a source with its place, how reliable it is, and when it was read.
fn source(cited: &Citation) -> String {
    let place = cited.place.iter().map(|place| format!(", {place}"));
    let place: String = place.collect();
    format!(
        "{}{place} ({}, compared on {})",
        cited.title, cited.confidence, cited.confirmed
    )
}
