//! Where a finding is: a value that is compared and sorted, and becomes words only where it is shown.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::domain::{Date, FieldPath};

/// Where a finding is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A field of the manifest; if it is missing, the table that lacks it.
    Field(FieldPath),
    /// The name of a field, rather than its value.
    Key(FieldPath),
    /// A span of the manifest.
    Span(Span),
    /// A sheet of a spreadsheet.
    Sheet(Sheet),
    /// A cell of a sheet.
    Cell(Cell),
    /// A line of a file other than the manifest, from 1.
    Line {
        /// The file, as the user wrote it.
        file: Arc<str>,
        line: usize,
        /// The column in characters, from 1; nothing for a line as a whole.
        column: Option<usize>,
    },
    /// A paragraph of a Word or PowerPoint file.
    Paragraph(Paragraph),
    /// The day for which the rules are read, if no field states it.
    Day(Date),
    /// The file as a whole.
    File(String),
}

impl Place {
    /// Returns it without the folders of its file, which differ between machines.
    #[must_use]
    pub fn without_folders(self) -> Self {
        match self {
            Self::File(name) => Self::File(file_name(&name).to_owned()),
            Self::Line { file, line, column } => Self::Line {
                file: file_name(&file).into(),
                line,
                column,
            },
            Self::Paragraph(paragraph) => Self::Paragraph(Paragraph {
                file: file_name(&paragraph.file).into(),
                ..paragraph
            }),
            Self::Sheet(sheet) => Self::Sheet(sheet.without_folders()),
            Self::Cell(cell) => Self::Cell(Cell {
                sheet: cell.sheet.without_folders(),
                ..cell
            }),
            Self::Field(_) | Self::Key(_) | Self::Span(_) | Self::Day(_) => self,
        }
    }
}

/// Returns the last part of a path of any system.
pub fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A sheet of a spreadsheet: its file, as the user wrote it, and its name. A CSV file has no name.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sheet {
    pub file: Arc<str>,
    /// The name on its tab.
    pub name: Option<Arc<str>>,
}

impl Sheet {
    fn without_folders(self) -> Self {
        Self {
            file: file_name(&self.file).into(),
            ..self
        }
    }
}

impl fmt::Display for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{}, sheet {name}", self.file),
            None => f.write_str(&self.file),
        }
    }
}

/// A cell of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    pub sheet: Sheet,
    /// Its row, from 0.
    pub row: u32,
    /// Its column, from 0.
    pub column: u32,
}

impl Cell {
    /// Returns its name, `C5`.
    pub fn name(&self) -> String {
        address(self.row, self.column)
    }
}

/// Returns the address of a cell as a spreadsheet shows it, `C5`.
pub fn address(row: u32, column: u32) -> String {
    format!("{}{}", letters(column), row.saturating_add(1))
}

/// Returns the letters of a column.
pub fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column;
    loop {
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        match (left / 26).checked_sub(1) {
            Some(next) => left = next,
            None => return letters.iter().rev().collect(),
        }
    }
}

/// A paragraph of a Word or PowerPoint file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Paragraph {
    /// The file, as the user wrote it.
    pub file: Arc<str>,
    /// The part of the file, `word/header1.xml`.
    pub part: Arc<str>,
    /// The number of the paragraph in that part, from 1; nothing for the part as a whole.
    pub number: Option<usize>,
    /// The text of the paragraph, shortened.
    pub text: Arc<str>,
}

/// A run of bytes, end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The place of something implied, such as a table of a row of a sheet.
    pub const NOWHERE: Self = Self {
        start: usize::MAX,
        end: usize::MAX,
    };

    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}
