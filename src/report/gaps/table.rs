//! Gaps as a table: one row for each item, or for each item of an owner.

use csv::{Terminator, WriterBuilder};

use crate::gaps::{Gaps, Item};
use crate::report::gaps::{By, file, groups};

/// A column of the table: its heading and its width in a workbook.
pub(super) const COLUMNS: [(&str, u16); 14] = [
    ("Owner", 20),
    ("Clause", 22),
    ("Item", 12),
    ("Subject", 28),
    ("State", 14),
    ("Missing", 34),
    ("Evidence that is there", 40),
    ("Evidence that helps", 44),
    ("What is asked", 50),
    ("What an assessor looks for", 50),
    ("Gateway guidance only", 12),
    ("Applies if", 30),
    ("Answer", 9),
    ("Findings", 44),
];

/// Returns the rows of the table.
pub(super) fn rows(gaps: &Gaps, by: By) -> Vec<[String; COLUMNS.len()]> {
    let groups = groups(gaps, by).into_iter();
    let rows = groups.flat_map(|group| {
        let owner = group.owner;
        group.items.into_iter().map(move |item| row(item, owner))
    });
    rows.collect()
}

fn row(item: &Item, owner: Option<&str>) -> [String; COLUMNS.len()] {
    let owner = owner.map_or_else(|| item.owners().join("; "), str::to_owned);
    let clause = item
        .clause
        .as_ref()
        .map(|clause| format!("{} {}", clause.id, clause.title));
    let findings = item
        .findings
        .iter()
        .map(|one| format!("{}: {}", one.code, one.message));
    let is_guided = item.looked_for.is_some();
    let gateway = match (is_guided, item.gateway_only) {
        (false, _) => "",
        (true, true) => "yes",
        (true, false) => "no",
    };
    [
        owner,
        clause.unwrap_or_else(|| "Documents of the form".to_owned()),
        item.id.clone(),
        item.title.clone(),
        item.state.to_string(),
        item.missing.join("\n"),
        item.there.iter().map(file).collect::<Vec<_>>().join("\n"),
        item.helps.join("\n"),
        item.asked.clone().unwrap_or_default(),
        item.looked_for.clone().unwrap_or_default(),
        gateway.to_owned(),
        item.condition.clone().unwrap_or_default(),
        item.answer
            .map(|answer| answer.to_string())
            .unwrap_or_default(),
        findings.collect::<Vec<_>>().join("\n"),
    ]
}

/// Returns the table as CSV, which spreadsheet programs read as UTF-8 by its first mark.
///
/// # Errors
/// It does not fit into memory.
pub fn csv(gaps: &Gaps, by: By) -> Result<Vec<u8>, String> {
    let fault = |error: csv::Error| error.to_string();
    let out = "\u{feff}".as_bytes().to_vec();
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out);
    let heads = COLUMNS.iter().map(|(name, _)| *name);
    writer.write_record(heads).map_err(fault)?;
    for row in rows(gaps, by) {
        writer
            .write_record(row.iter().map(|cell| harmless(cell)))
            .map_err(fault)?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}

/// Keeps a spreadsheet program from running a text as a formula.
fn harmless(text: &str) -> String {
    let text = text.replace('\t', " ");
    if text
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
    {
        format!("'{text}")
    } else {
        text
    }
}
