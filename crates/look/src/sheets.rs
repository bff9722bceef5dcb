//! What a workbook hides, and where it takes data from.

use std::collections::BTreeSet;

use crate::markup::{Piece, Pieces, attributes};
use crate::{HazardKind, InFile, Look, entities};

/// Beyond this column a hidden one only closes the sheet to the right.
const LAST_COLUMN: u32 = 16_000;
/// How many hidden columns are kept of a sheet.
const MOST: usize = 1_000;

/// Returns the value of an attribute, with references resolved.
pub(super) fn value<'t>(tag: &'t str, wanted: &str) -> Option<std::borrow::Cow<'t, str>> {
    let mut found = None;
    attributes(tag, |name, value| {
        if name.rsplit(':').next() == Some(wanted) && found.is_none() {
            found = Some(value);
        }
    });
    found.map(entities::read)
}

fn is_on(tag: &str, wanted: &str) -> bool {
    matches!(value(tag, wanted).as_deref(), Some("1" | "true" | "on"))
}

/// Notes the hidden sheets that a workbook lists.
pub(super) fn workbook(text: &str, look: &mut Look) {
    for piece in Pieces::of(text, false) {
        let Piece::Open("sheet", tag) = piece else {
            continue;
        };
        let name = value(tag, "name").unwrap_or_default();
        let how = match value(tag, "state").as_deref() {
            Some("hidden") => "hidden",
            Some("veryHidden") => "very hidden",
            _ => continue,
        };
        let says = format!("{how} sheet {name}");
        look.warn_of(
            HazardKind::HiddenPart,
            InFile::Part("xl/workbook.xml".to_owned()),
            &says,
        );
    }
}

/// What of a sheet is hidden.
#[derive(Default)]
struct Hidden {
    columns: BTreeSet<u32>,
    rows: Vec<String>,
    n_rows: usize,
    full_columns: BTreeSet<u32>,
    has_filter: bool,
}

/// Notes the hidden rows and columns of a sheet that hold something. Those of a filter or of a folded outline are
/// found by anybody who looks.
pub(super) fn sheet(at: &InFile, text: &str, look: &mut Look) {
    let may_hide = ["hidden=", "width=\"0", "width='0"];
    if !may_hide.iter().any(|words| text.contains(words)) {
        return;
    }
    let mut hidden = Hidden::default();
    let (mut row, mut is_hidden, mut column) = (String::new(), false, 0);
    for piece in Pieces::of(text, false) {
        match piece {
            Piece::Open("sheetPr", tag) => hidden.has_filter |= is_on(tag, "filterMode"),
            Piece::Open("filterColumn", _) => hidden.has_filter = true,
            Piece::Open("col", tag) => hidden.column(tag),
            Piece::Open("row", tag) => {
                is_hidden = is_on(tag, "hidden") && value(tag, "outlineLevel").is_none();
                row = value(tag, "r").unwrap_or_default().into_owned();
            }
            Piece::Open("c", tag) => column = number(&value(tag, "r").unwrap_or_default()),
            Piece::Text(text) if !text.trim().is_empty() => {
                if is_hidden && hidden.rows.last() != Some(&row) {
                    hidden.n_rows += 1;
                    hidden.rows = vec![row.clone()];
                }
                if hidden.columns.contains(&column) {
                    hidden.full_columns.insert(column);
                }
            }
            _ => {}
        }
    }
    hidden.say(at, look);
}

impl Hidden {
    fn column(&mut self, tag: &str) {
        let bound = |name: &str| value(tag, name).and_then(|value| value.parse::<u32>().ok());
        let (Some(from), Some(to)) = (bound("min"), bound("max")) else {
            return;
        };
        // A width below half a letter shows nothing either.
        let is_narrow = value(tag, "width").is_some_and(|width| {
            let part = width
                .strip_prefix('0')
                .map(|rest| rest.trim_start_matches('.'));
            part.is_some_and(|part| part.bytes().next().is_none_or(|b| b < b'5'))
        });
        let is_closed = (is_on(tag, "hidden") || is_narrow) && value(tag, "outlineLevel").is_none();
        if is_closed && to < LAST_COLUMN && self.columns.len() < MOST {
            self.columns.extend((from..=to).take(MOST));
        }
    }

    fn say(&self, at: &InFile, look: &mut Look) {
        if let (Some(row), false) = (self.rows.last(), self.has_filter) {
            let says = match self.n_rows {
                1 => format!("hidden row {row}"),
                n => format!("{n} hidden rows, up to row {row}"),
            };
            look.warn_of(HazardKind::HiddenPart, at.clone(), &says);
        }
        if !self.full_columns.is_empty() {
            let letters: Vec<String> = self
                .full_columns
                .iter()
                .take(5)
                .map(|n| letters(*n))
                .collect();
            let says = format!("hidden column {}", letters.join(", "));
            look.warn_of(HazardKind::HiddenPart, at.clone(), &says);
        }
    }
}

/// Returns the number of the column of a cell, from 1.
fn number(cell: &str) -> u32 {
    let letters = cell.bytes().take_while(u8::is_ascii_uppercase).take(3);
    letters.fold(0, |number, letter| {
        26 * number + u32::from(letter - b'A') + 1
    })
}

fn letters(mut number: u32) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        let letter = u8::try_from((number - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        number = (number - 1) / 26;
    }
    letters.into_iter().collect()
}

/// Notes what a workbook takes from other programs and from databases.
pub(super) fn sources(at: &InFile, text: &str, look: &mut Look) {
    for piece in Pieces::of(text, false) {
        let Piece::Open(name, tag) = piece else {
            continue;
        };
        match name {
            "ddeLink" => {
                let service = value(tag, "ddeService").unwrap_or_default();
                let topic = value(tag, "ddeTopic").unwrap_or_default();
                look.warn_of(
                    HazardKind::Control,
                    at.clone(),
                    &format!("DDE {service} {topic}"),
                );
            }
            "connection" => {
                let name = value(tag, "name").unwrap_or_default();
                // The model of the workbook itself is listed like a source.
                if name != "ThisWorkbookDataModel" {
                    look.warn_of(
                        HazardKind::LinkedContent,
                        at.clone(),
                        &format!("data connection {name}"),
                    );
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut look = Look::default();
        sheet(&InFile::File, text, &mut look);
        look.hazards.into_iter().map(|hazard| hazard.text).collect()
    }

    #[test]
    fn hidden_rows_and_columns_with_content_are_found() {
        let data = "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"C1\"><v>2</v></c></row><row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>3</v></c></row></sheetData>";
        assert_eq!(found(data), ["hidden row 2"]);
        let columns = |of: &str| {
            format!("<cols><col min=\"3\" max=\"4\" {of}/></cols>{data}")
                .replace("<row r=\"2\" hidden=\"1\">", "<row r=\"2\">")
        };
        assert_eq!(found(&columns("hidden=\"1\"")), ["hidden column C"]);
        assert_eq!(found(&columns("width=\"0.01\"")), ["hidden column C"]);
        assert!(found(&columns("width=\"0.9\"")).is_empty());
        assert!(found(&columns("hidden=\"1\" outlineLevel=\"1\"")).is_empty());
        assert!(found(&columns("hidden=\"0\"")).is_empty());
        let filtered =
            format!("{data}<autoFilter ref=\"A1:C2\"><filterColumn colId=\"0\"/></autoFilter>");
        assert!(found(&filtered).is_empty());
        assert!(
            found("<sheetData><row r=\"2\" hidden=\"1\"><c r=\"A2\" s=\"1\"/></row></sheetData>")
                .is_empty()
        );
        assert_eq!((number("AB12"), letters(28)), (28, "AB".to_owned()));
    }
}
