//! The parts of a provision's page, in the order in which they are read.

use crate::domain::{Citation, Confidence};
use crate::report::provision::{devices, source, status};
use crate::rules::guidance::{Assessment, Tests};
use crate::rules::page::{AskedOf, Page};
use crate::rules::tables::{ConditionRow, LaterState};

/// One part: a heading, a text, and a list.
pub(super) struct Part {
    pub(super) heading: &'static str,
    pub(super) text: String,
    pub(super) items: Vec<String>,
}

impl Part {
    fn new(heading: &'static str, text: impl Into<String>) -> Self {
        Self {
            heading,
            text: text.into(),
            items: Vec::new(),
        }
    }

    fn with(mut self, items: impl IntoIterator<Item = String>) -> Self {
        self.items.extend(items);
        self
    }
}

pub(super) fn parts(page: &Page<'_>) -> Vec<Part> {
    let mut parts = vec![
        Part::new("Status", format!("{}.", capital(status(page.row.status)))),
        Part::new("Asked for", "").with(page.asked_of.iter().map(asked_of)),
    ];
    if !page.conditions.is_empty() {
        let conditions = page.conditions.iter().map(|row| condition(row));
        parts.push(Part::new("Applies only where", "").with(conditions));
    }
    if let Some(guidance) = page.guidance {
        parts.push(Part::new("What is asked", guidance.asked.as_str()));
    }
    parts.extend(assessment(page));
    let tests = page.guidance.and_then(|row| row.tests.as_ref());
    parts.extend(tests.map(|tests| tested(page, tests)));
    parts.push(Part::new("In the manifest", answer(page)));
    parts.extend(later(page));
    parts.extend(page.note().map(|note| Part::new("Note", note)));
    parts.push(Part::new("Sources", "").with(sources(page)));
    parts
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars
        .next()
        .map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}

fn asked_of(asked: &AskedOf<'_>) -> String {
    let devices = devices(asked.class);
    let Some(level) = asked.level else {
        return format!("{devices}: at no level");
    };
    let conditions: Vec<&str> = asked
        .conditions
        .iter()
        .map(|row| row.text.as_str())
        .collect();
    match &*conditions.join(" and ") {
        "" => format!("{devices}: from Level {level}"),
        when => format!("{devices}: from Level {level}, if {when}"),
    }
}

fn condition(row: &ConditionRow) -> String {
    if row.presumed {
        format!(
            "{} (assumed, unless `product.traits` has `{}`)",
            row.text, row.denied_by
        )
    } else {
        format!(
            "{} (assumed only if `product.traits` has `{}`)",
            row.text, row.stated_by
        )
    }
}

fn assessment(page: &Page<'_>) -> Vec<Part> {
    let Some(assessment) = page.assessment() else {
        let text = "No source that clspack knows says what an assessor looks for here, or which evidence helps.";
        return vec![Part::new("What an assessor looks for", text)];
    };
    let text = match limits(assessment) {
        Some(limits) => format!("{} {limits}", assessment.looked_for),
        None => assessment.looked_for.clone(),
    };
    let evidence = assessment.evidence.iter().cloned();
    vec![
        Part::new("What an assessor looks for", text),
        Part::new("Evidence that helps", "").with(evidence),
    ]
}

/// Returns the limits of guidance for home gateways.
const fn limits(assessment: &Assessment) -> Option<&'static str> {
    match assessment.other_devices {
        Some(Confidence::Inferred) => Some(
            "(Gateway guidance only: the source is for home gateways. That other devices are assessed in the same way is inferred.)",
        ),
        Some(Confidence::Official | Confidence::Secondary) | None => None,
    }
}

fn tested(page: &Page<'_>, tests: &Tests) -> Part {
    let (documents, device) = (list(&tests.documents), list(&tests.device));
    let cases = match (&*documents, &*device) {
        (documents, "") => format!("{documents} examines documents"),
        ("", device) => format!("{device} examines the device"),
        (documents, device) if documents == device => {
            format!("{documents} examines documents and the device")
        }
        (documents, device) => format!("{documents} examines documents, {device} the device"),
    };
    let facts = if page.tables.is_empty() {
        "."
    } else {
        ". For this it asks the manufacturer for:"
    };
    let text = format!("In the test specification of the standard, {cases}{facts}");
    let tables = page.tables.iter();
    let tables = tables.map(|table| format!("{}: {}", table.id, table.lists));
    Part::new("Test cases", text).with(tables)
}

fn list(ids: &[String]) -> String {
    ids.join(" and ")
}

fn answer(page: &Page<'_>) -> String {
    let section = if page.row.is_of_lifecycle() {
        "lifecycle"
    } else {
        "provisions"
    };
    let answer = format!(
        "nswer `{}` under `{section}`, with `support`, `detail` and `evidence`.",
        page.row.id
    );
    if page.asked_of.iter().any(|asked| asked.level.is_some()) {
        format!("A{answer}")
    } else {
        format!("No list of a level has it. You may a{answer}")
    }
}

fn later(page: &Page<'_>) -> Option<Part> {
    let new: Vec<String> = page
        .row
        .later
        .replaced_by
        .iter()
        .map(|id| format!("`{id}`"))
        .collect();
    let text = match (page.row.later.state, &*new.join(", ")) {
        (LaterState::Present, _) => return None,
        (_, "") => "It no longer has this number.".to_owned(),
        (_, new) => format!("It has {new} in its place."),
    };
    Some(Part::new("Later edition of the standard", text))
}

/// Returns the sources, each once. The tables of one publication are one source.
fn sources(page: &Page<'_>) -> Vec<String> {
    let mut titles: Vec<&str> = Vec::new();
    let mut lines = Vec::new();
    let levels = page
        .asked_of
        .iter()
        .filter_map(|asked| asked.source.as_ref());
    let cited: Vec<&Citation> = page.sources.iter().collect();
    for (i, cited) in cited.into_iter().enumerate() {
        if i == 0 || !titles.contains(&cited.title.as_str()) {
            titles.push(&cited.title);
            lines.push(source(cited));
        }
    }
    for cited in levels {
        let line = format!("level: {}", source(cited));
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}
