//! Bills of materials and lists of components, in CycloneDX, SPDX, JSON and CSV, in one small form.

mod cyclonedx;
mod list;
mod markup;
mod references;
mod spdx;
mod tags;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde_json::Value;

/// The largest file that is read, in bytes.
const MAX_BYTES: usize = 8_000_000;
/// The most components that are kept.
const MAX_COMPONENTS: usize = 50_000;
/// The most of a text that is kept, in bytes.
const MAX_TEXT: usize = 200;

/// Which format it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// CycloneDX, in JSON or XML.
    CycloneDx,
    /// SPDX, in JSON or as tags and values.
    Spdx,
    /// A list in a format that only one tool writes.
    List,
}

/// A piece of software.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Component {
    /// Its name; empty if it has none.
    pub name: String,
    /// Its version.
    pub version: Option<String>,
    /// Whether it names a licence.
    pub has_licence: bool,
    /// Group and package URL, which distinguish components of one name.
    pub id: String,
}

/// The components and references of one file.
#[derive(Clone, Debug)]
pub struct Bill {
    /// Its format.
    pub format: Format,
    /// The version of the format.
    pub spec: String,
    /// The product that it describes.
    pub subject: Option<Component>,
    /// The components, in the order of the file.
    pub components: Vec<Component>,
    /// The day on which it was made, as it is written: `2026-09-04`.
    pub made: Option<String>,
    /// References to what it does not list; the first few.
    pub unresolved: BTreeSet<String>,
    /// Identifiers that it gives twice; the first few.
    pub repeated: BTreeSet<String>,
    /// True if it has more components than are kept.
    pub is_cut: bool,
}

impl Bill {
    fn new(format: Format, spec: &str) -> Self {
        Self {
            format,
            spec: short(spec),
            subject: None,
            components: Vec::new(),
            made: None,
            unresolved: BTreeSet::new(),
            repeated: BTreeSet::new(),
            is_cut: false,
        }
    }

    fn add(&mut self, component: Component) {
        if self.components.len() < MAX_COMPONENTS {
            self.components.push(component);
        } else {
            self.is_cut = true;
        }
    }

    /// Returns about how many bytes of memory it takes.
    pub fn weight(&self) -> usize {
        let texts = self
            .components
            .iter()
            .map(|one| one.name.len() + one.id.len() + 120);
        texts.sum()
    }
}

/// Reads a bill of materials or a list; `None` for other files. `extension` is that of the file, in lower case: only
/// files of text are taken for tables.
pub fn read(bytes: &[u8], extension: &str) -> Option<Bill> {
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .ok()
        .filter(|_| bytes.len() <= MAX_BYTES)?;
    match text.trim_start().chars().next()? {
        '{' | '[' => of_json(&serde_json::from_str(text).ok()?),
        '<' => markup::read(text),
        _ if text.contains("SPDXVersion:") => Some(tags::read(text)),
        _ if matches!(extension, "csv" | "tsv" | "txt") => list::of_table(text),
        _ => None,
    }
}

fn of_json(value: &Value) -> Option<Bill> {
    if value.get("bomFormat").is_some()
        || value
            .get("specVersion")
            .is_some_and(|_| value.get("components").is_some())
    {
        return Some(cyclonedx::read(value));
    }
    if value.get("spdxVersion").is_some() {
        return Some(spdx::read(value));
    }
    match value.get("@graph") {
        Some(Value::Array(elements)) => Some(spdx::of_graph(elements)),
        _ => list::of_json(value),
    }
}

/// Returns the beginning of a text.
fn short(text: &str) -> String {
    let text = text.trim();
    text[..text.floor_char_boundary(MAX_TEXT)].to_owned()
}

/// Returns the text of a field, if it says something.
fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    let text = value.get(name)?.as_str()?.trim();
    let says_nothing = matches!(
        text.to_ascii_uppercase().as_str(),
        "" | "NOASSERTION" | "NONE" | "UNKNOWN" | "N/A"
    );
    (!says_nothing).then_some(text)
}

/// Returns the elements of a list.
fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Returns the day of a time: `2026-09-04T02:10:00Z`.
fn day(time: &str) -> Option<String> {
    time.trim().get(..10).map(str::to_owned)
}

/// The README's example is a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
