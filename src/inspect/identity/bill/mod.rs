//! Bills of materials and lists of components, in CycloneDX, SPDX, JSON and CSV, in one small form.

mod compare;
mod cyclonedx;
mod judge;
mod list;
mod markup;
mod spdx;
mod tags;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diag::Finding;
use crate::domain::{Application, Date, EvidenceKind, Role};
use crate::inspect::Paper;
use crate::inspect::identity::text::Text;

/// The largest file that is read, in bytes.
const MAX_BYTES: usize = 8_000_000;
/// The most components that are kept.
const MAX_COMPONENTS: usize = 50_000;
/// The most of a text that is kept, in bytes.
const MAX_TEXT: usize = 200;

/// Which format it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    CycloneDx,
    Spdx,
    /// A list in a format that only one tool writes.
    List,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Component {
    pub(super) name: String,
    pub(super) version: Option<String>,
    pub(super) has_licence: bool,
    /// Group and package URL, which distinguish components of one name.
    pub(super) id: String,
}

/// The components and references of one file.
#[derive(Clone, Debug)]
pub(super) struct Bill {
    pub(super) format: Format,
    /// The version of the format.
    pub(super) spec: String,
    /// The product that it describes.
    pub(super) subject: Option<Component>,
    pub(super) components: Vec<Component>,
    /// The day on which it was made.
    pub(super) made: Option<Date>,
    /// References to what it does not list; the first few.
    pub(super) unresolved: BTreeSet<String>,
    /// Identifiers that it gives twice; the first few.
    pub(super) repeated: BTreeSet<String>,
    /// True if it has more components than are kept.
    pub(super) is_cut: bool,
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
    pub(super) fn weight(&self) -> usize {
        let texts = self
            .components
            .iter()
            .map(|one| one.name.len() + one.id.len() + 120);
        texts.sum()
    }
}

/// The identifiers of a bill, and the references to them.
#[derive(Debug, Default)]
struct References {
    known: BTreeSet<String>,
    named: BTreeSet<String>,
    repeated: BTreeSet<String>,
}

impl References {
    fn define(&mut self, id: &str) {
        if !self.known.insert(short(id)) && self.repeated.len() < 5 {
            self.repeated.insert(short(id));
        }
    }

    fn name(&mut self, id: &str) {
        self.named.insert(short(id));
    }

    fn settle(self, bill: &mut Bill) {
        let unresolved = self.named.difference(&self.known).take(5).cloned();
        bill.unresolved = unresolved.collect();
        bill.repeated = self.repeated;
    }
}

/// Reads a bill of materials or a list; `None` for other files.
pub(super) fn read(bytes: &[u8], extension: &str) -> Option<Bill> {
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

/// Checks the bill of materials, and compares the binary scan with it.
pub(super) fn findings(
    application: &Application,
    papers: &[(&Paper<'_>, &Text<'_>)],
) -> Vec<Finding> {
    let of = |kind: EvidenceKind| {
        papers.iter().find_map(|(paper, _)| {
            let field = paper.field_of(Role::Evidence(kind))?;
            Some((*paper, field, paper.facts.words.bill.as_deref()?))
        })
    };
    let sbom = of(EvidenceKind::Sbom).filter(|(_, _, bill)| !bill.components.is_empty());
    let Some((paper, field, bill)) = sbom else {
        return Vec::new();
    };
    let mut findings = judge::findings(application, paper, field, bill);
    if let Some((scan, scan_field, listed)) = of(EvidenceKind::BinaryScan) {
        findings.extend(compare::finding((paper, bill), (scan, scan_field, listed)));
    }
    findings
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

/// Reads the day of a time: `2026-09-04T02:10:00Z`.
fn day(time: &str) -> Option<Date> {
    time.trim().get(..10)?.parse().ok()
}
