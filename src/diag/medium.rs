//! Findings in the words of what the user has before them: a manifest has fields, a spreadsheet has cells and columns.

use crate::diag::Finding;

/// What a manifest is called where the application is a row of a sheet. The first that fits counts.
const WORDS: &[(&str, &str)] = &[
    (
        "the folder of the manifest or sheet",
        "the folder of the sheet",
    ),
    ("the manifest's folder", "the folder of the sheet"),
    ("the manifest", "the row"),
    ("this manifest", "this row"),
    ("its manifest", "its row"),
    ("remove the field", "empty the cell"),
    (", in quotes if it looks like a number", ""),
];

/// What to write where a field has its own column.
const COLUMNS: &[(&str, &str)] = &[
    (
        "under `confirmed`",
        "in a column `Confirmed`, or as `confirmed` under `constants` in the map",
    ),
    (
        "write `signed_for: ",
        "write in a column `Declaration signed for` the hash `",
    ),
];

impl Finding {
    /// Returns the finding in the words of a spreadsheet, for an application that is a row.
    #[must_use]
    pub fn in_row(&self) -> Self {
        let mut help = reworded(self.in_cell.as_deref().unwrap_or(&self.help));
        for (field, column) in COLUMNS {
            help = help.replace(field, column);
        }
        Self {
            message: reworded(&self.message),
            help,
            note: self.note.as_deref().map(reworded),
            ..self.clone()
        }
    }
}

/// Changes the words of a sentence, but not what it quotes between backticks.
fn reworded(text: &str) -> String {
    let mut parts: Vec<String> = text.split('`').map(str::to_owned).collect();
    for part in parts.iter_mut().step_by(2) {
        for (from, to) in WORDS {
            *part = part.replace(from, to);
        }
    }
    parts.join("`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Place};

    fn in_row(message: &str, help: &str) -> (String, String) {
        let place = Place::File(String::new());
        let finding = Finding::new(Code::EmptyField, place, message, help).in_row();
        (finding.message, finding.help)
    }

    #[test]
    fn a_row_is_no_manifest() {
        let (message, help) = in_row(
            "the report is for `the manifest`, but the manifest has `1.0`",
            "put it below the manifest's folder, or remove the field",
        );
        assert_eq!(
            message,
            "the report is for `the manifest`, but the row has `1.0`"
        );
        assert_eq!(
            help,
            "put it below the folder of the sheet, or empty the cell"
        );
        let (_, help) = in_row("", "list it under `confirmed`");
        assert!(
            help.starts_with("list it in a column `Confirmed`"),
            "{help}"
        );
    }
}
