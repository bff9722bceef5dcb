//! Why a document could not be typeset, for the person who wrote it: every message names what is wrong and how to fix
//! it.

use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PdfError {
    /// The document has no title.
    NoTitle,
    /// The document names no language.
    NoLanguage,
    /// The document has no date, or one that is not in the calendar.
    NoDate,
    /// No embedded font draws this character.
    MissingGlyph {
        character: char,
        /// Some of the text around it.
        context: String,
    },
    /// A page number outside the page header and footer.
    FieldInBody,
    /// Something other than up to three paragraphs or pictures in the page header or footer.
    RunningHead(&'static str),
    /// A table row with more or fewer cells than the table has columns.
    UnevenRow {
        /// The number of the row, from 1; 0 is the header row.
        row: usize,
        cells: usize,
        columns: usize,
    },
    /// A picture that is not there or cannot be shown.
    Picture {
        /// The name that the document gives it.
        name: String,
        /// What is wrong with it; printed after its name.
        reason: String,
    },
    /// The page header and footer leave no room for text.
    NoRoom,
    /// The finished file breaks a rule of PDF/A-2a or PDF/UA-1.
    NotConforming(Vec<String>),
    Writer(String),
}

impl fmt::Display for PdfError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTitle => write!(out, "the document has no title; accessible PDFs need one"),
            Self::NoLanguage => write!(out, "the document names no language, such as \"en\""),
            Self::NoDate => write!(
                out,
                "the document has no valid date; archival PDFs need one"
            ),
            Self::MissingGlyph { character, context } => write!(
                out,
                "the embedded fonts cannot draw \"{}\" (U+{:04X}) in \"{context}\"; \
                 write it in Latin, Greek, Cyrillic, Arabic, Hebrew, Thai, Chinese, Japanese or Korean script",
                character.escape_debug(),
                u32::from(*character)
            ),
            Self::FieldInBody => {
                write!(
                    out,
                    "page numbers are allowed only in the page header and footer"
                )
            }
            Self::RunningHead(which) => {
                write!(
                    out,
                    "the page {which} takes only one to three paragraphs or pictures"
                )
            }
            Self::UnevenRow {
                row: 0,
                cells,
                columns,
            } => {
                write!(
                    out,
                    "a table header has {cells} cells where the table has {columns} columns"
                )
            }
            Self::UnevenRow {
                row,
                cells,
                columns,
            } => {
                write!(
                    out,
                    "table row {row} has {cells} cells where the table has {columns} columns"
                )
            }
            Self::Picture { name, reason } => write!(out, "the picture \"{name}\" {reason}"),
            Self::NoRoom => write!(out, "the page header and footer leave no room for the text"),
            Self::NotConforming(reasons) => write!(
                out,
                "the PDF would not conform to PDF/A-2a and PDF/UA-1: {}",
                reasons.join("; ")
            ),
            Self::Writer(reason) => write!(out, "the PDF could not be written: {reason}"),
        }
    }
}

impl std::error::Error for PdfError {}

impl PdfError {
    /// A picture that cannot be shown, and why.
    pub fn picture(name: &str, reason: impl Into<String>) -> Self {
        Self::Picture {
            name: name.to_owned(),
            reason: reason.into(),
        }
    }

    /// A missing glyph with up to twelve characters on either side of it.
    pub fn missing_glyph(character: char, position: usize, text: &str) -> Self {
        let before: Vec<char> = text
            .get(..position)
            .unwrap_or("")
            .chars()
            .rev()
            .take(12)
            .collect();
        let after = text.get(position..).unwrap_or("").chars().take(13);
        let context = before.into_iter().rev().chain(after).collect::<String>();
        Self::MissingGlyph {
            character,
            context: context.replace('\n', " "),
        }
    }
}
