//! Findings in the words of what the user has before them: a manifest has fields, a spreadsheet has cells and columns.
//!
//! A finding is made in the words of both where they differ. Nothing changes a finished sentence.

use std::fmt;

use crate::diag::Finding;

/// What an application is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A file in YAML.
    Manifest,
    /// A row of a spreadsheet.
    Row,
}

impl Medium {
    /// Returns what the application is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Manifest => "the manifest",
            Self::Row => "the row",
        }
    }

    /// Returns what it is called where another could be meant.
    pub const fn this(self) -> &'static str {
        match self {
            Self::Manifest => "this manifest",
            Self::Row => "this row",
        }
    }

    /// Returns the folder from which paths count.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Manifest => "the manifest's folder",
            Self::Row => "the folder of the sheet",
        }
    }

    /// Returns where a person lists a text that is right as it is.
    pub const fn confirmed(self) -> &'static str {
        match self {
            Self::Manifest => "under `confirmed`",
            Self::Row => "in a column `Confirmed`, or as `confirmed` under `constants` in the map",
        }
    }

    /// Returns how to leave a field out.
    pub const fn remove_field(self) -> &'static str {
        match self {
            Self::Manifest => "remove the field",
            Self::Row => "empty the cell",
        }
    }

    /// Returns what to write to state which content was signed.
    pub fn signed_for(self, hash: &str) -> String {
        match self {
            Self::Manifest => format!("`signed_for: {hash}`"),
            Self::Row => format!("in a column `Declaration signed for` the hash `{hash}`"),
        }
    }
}

impl fmt::Display for Medium {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A sentence for a manifest, and the same for a row if it differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub manifest: String,
    pub row: Option<String>,
}

/// Says a sentence for each medium.
pub fn told(say: impl Fn(Medium) -> String) -> Told {
    let manifest = say(Medium::Manifest);
    let row = Some(say(Medium::Row)).filter(|row| *row != manifest);
    Told { manifest, row }
}

impl Told {
    /// Changes both sentences in the same way.
    #[must_use]
    pub fn map(self, change: impl Fn(String) -> String) -> Self {
        Self {
            manifest: change(self.manifest),
            row: self.row.map(change),
        }
    }

    /// Adds the rest of the sentence.
    #[must_use]
    pub fn followed_by(self, rest: &Self) -> Self {
        let row = (self.row.is_some() || rest.row.is_some()).then(|| {
            let begins = self.row.as_deref().unwrap_or(&self.manifest);
            format!("{begins}{}", rest.row.as_deref().unwrap_or(&rest.manifest))
        });
        Self {
            manifest: self.manifest + &rest.manifest,
            row,
        }
    }
}

impl From<String> for Told {
    fn from(manifest: String) -> Self {
        Self {
            manifest,
            row: None,
        }
    }
}

impl From<&str> for Told {
    fn from(manifest: &str) -> Self {
        manifest.to_owned().into()
    }
}

/// What a finding says about a row, where it differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct InRow {
    pub(crate) message: Option<String>,
    pub(crate) help: Option<String>,
    pub(crate) note: Option<String>,
}

impl Finding {
    /// Returns the note for each medium.
    pub(crate) fn note_told(&self) -> Option<Told> {
        self.note.clone().map(|manifest| Told {
            manifest,
            row: self.row.note.clone(),
        })
    }

    /// Returns the finding in the words of a spreadsheet, for an application that is a row.
    #[must_use]
    pub fn in_row(&self) -> Self {
        let mut one = self.clone();
        let InRow {
            message,
            help,
            note,
        } = std::mem::take(&mut one.row);
        one.message = message.unwrap_or(one.message);
        one.help = help.or_else(|| one.in_cell.take()).unwrap_or(one.help);
        one.note = note.or(one.note);
        one
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Place};

    fn finding() -> Finding {
        Finding::new(
            Code::EmptyField,
            Place::File(String::new()),
            told(|m| format!("the report is for `the manifest`, but {m} has `1.0`")),
            told(|m| format!("put it below {}, or {}", m.folder(), m.remove_field())),
        )
    }

    #[test]
    fn a_row_is_no_manifest() {
        let manifest = finding().because(told(|m| format!("{m} has another")));
        let row = manifest.in_row();
        assert_eq!(
            manifest.message,
            "the report is for `the manifest`, but the manifest has `1.0`"
        );
        assert_eq!(
            row.message,
            "the report is for `the manifest`, but the row has `1.0`"
        );
        assert_eq!(
            row.help,
            "put it below the folder of the sheet, or empty the cell"
        );
        assert_eq!(row.note.as_deref(), Some("the row has another"));
        assert_eq!(row.in_row(), row);
    }

    #[test]
    fn a_cell_has_its_own_help() {
        let row = finding().in_cell("empty the cells of the label").in_row();
        assert_eq!(row.help, "empty the cells of the label");
        let mut missing = finding().in_cell("write it");
        missing.advise(told(|m| format!("list it {}", m.confirmed())));
        assert_eq!(missing.help, "list it under `confirmed`");
        let row = missing.in_row();
        assert!(row.help.starts_with("list it in a column"), "{}", row.help);
        assert_eq!(
            finding().because("the same").in_row().note.as_deref(),
            Some("the same")
        );
    }

    #[test]
    fn sentences_are_joined_for_each_medium() {
        let whole =
            Told::from("write it").followed_by(&told(|m| format!(", or {}", m.remove_field())));
        assert_eq!(whole.manifest, "write it, or remove the field");
        assert_eq!(whole.row.as_deref(), Some("write it, or empty the cell"));
        assert_eq!(Told::from("a").followed_by(&"b".into()), "ab".into());
    }
}
