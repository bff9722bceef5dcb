//! Where a finding is, as editors count: lines and columns from 1, columns in characters.

use serde::{Deserialize, Serialize};

use crate::diag::{Located, Origins, Place, SourceFile};
use crate::report::json::schema::shaped;

shaped! {
    /// A place in a file. Line and column are missing where a finding concerns the whole file.
    #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Location {
        /// The file
        pub file: String,
        /// The sheet of a workbook
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sheet: Option<String>,
        /// The first line; the row, where it is a cell
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub line: Option<usize>,
        /// The first column
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub column: Option<usize>,
        /// The last line
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub end_line: Option<usize>,
        /// The column after the last character
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub end_column: Option<usize>,
        /// The cell
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub cell: Option<String>,
        /// The part of a Word or PowerPoint file
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub part: Option<String>,
        /// The paragraph of that part
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub paragraph: Option<usize>,
        /// The field of the manifest
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub field: Option<String>,
    }
}

impl Location {
    /// Returns where a place is in a manifest.
    pub fn of(place: &Place, source: &SourceFile, origins: &Origins) -> Self {
        let at = Located::at(place, source, origins);
        let file = match (at.sheet, place) {
            (Some(sheet), _) => sheet.file.to_string(),
            // A day that no field states is about the whole manifest.
            (None, Place::Day(_)) => source.name.clone(),
            (None, _) => at.file.into_owned(),
        };
        Self {
            file,
            sheet: at
                .sheet
                .and_then(|sheet| Some(sheet.name.as_ref()?.to_string())),
            line: at.line,
            column: at.column,
            end_line: at.end_line,
            end_column: at.end_column,
            cell: at.cell,
            part: at.part.map(str::to_owned),
            paragraph: at.paragraph,
            field: at.field.map(ToString::to_string),
        }
    }

    /// Returns a place that is a whole file.
    pub fn whole(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            ..Self::default()
        }
    }
}
