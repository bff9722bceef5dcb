//! Places for people: file, line and column, or cell. Terminal, JSON and reports all use this.

use std::borrow::Cow;
use std::fmt;

use crate::diag::Finding;
use crate::diag::place::{Place, Sheet, Span};
use crate::diag::source::{Origins, SourceFile};
use crate::domain::FieldPath;
use crate::domain::text::shown;

/// A place with the file, line, column or cell that a person sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Located<'a> {
    /// The file, or the sheet of a file.
    pub file: Cow<'a, str>,
    /// The line, from 1; for a cell its row.
    pub line: Option<usize>,
    /// The column in characters, from 1; `None` for a whole line.
    pub column: Option<usize>,
    /// The last line; for a cell its row.
    pub end_line: Option<usize>,
    /// The column after the last character.
    pub end_column: Option<usize>,
    pub sheet: Option<&'a Sheet>,
    pub cell: Option<String>,
    /// The part of a Word or PowerPoint file.
    pub part: Option<&'a str>,
    /// The number of the paragraph in that part, from 1.
    pub paragraph: Option<usize>,
    pub field: Option<&'a FieldPath>,
    /// The text there.
    pub text: &'a str,
}

impl<'a> Located<'a> {
    /// Locates a finding.
    pub fn of(finding: &'a Finding, source: &'a SourceFile, origins: &Origins) -> Self {
        Self::at(&finding.place, source, origins)
    }

    /// Locates a place of a finding.
    pub fn at(place: &'a Place, source: &'a SourceFile, origins: &Origins) -> Self {
        let span = origins.locate(place).filter(|_| !source.text.is_empty());
        let field = match place {
            Place::Field(field) | Place::Key(field) => Some(field),
            _ => None,
        };
        Self {
            field,
            ..span.map_or_else(
                || Self::whole(place, source),
                |span| Self::within(source, span),
            )
        }
    }

    /// Locates a span of a manifest, which may be joined from files and cells.
    pub fn within(source: &'a SourceFile, span: Span) -> Self {
        let place = source.part(span.start).place;
        let (line, column) = source.line_and_column(span.start);
        let (end_line, end_column) = source.end_of(span);
        let (line, column, end_line, end_column) = match place {
            Some(Place::Line { line, .. }) => (*line, None, *line, None),
            Some(Place::Cell(_)) => (line, Some(column), line, Some(end_column)),
            _ => (line, Some(column), end_line, Some(end_column)),
        };
        Self {
            line: Some(line),
            column,
            end_line: Some(end_line),
            end_column,
            text: source.slice(span),
            ..place.map_or_else(
                || Self::file(&source.name),
                |place| Self::whole(place, source),
            )
        }
    }

    /// Locates a place outside of the text of a manifest.
    fn whole(place: &'a Place, source: &'a SourceFile) -> Self {
        match place {
            Place::Field(_) | Place::Key(_) | Place::Span(_) => Self::file(&source.name),
            Place::File(name) => Self::file(name),
            Place::Day(day) => Self::named(format!("the day {day}")),
            Place::Sheet(sheet) => Self::sheet(sheet),
            Place::Cell(cell) => Self {
                cell: Some(cell.name()),
                ..Self::sheet(&cell.sheet).on_line(cell.row as usize + 1)
            },
            Place::Line { file, line, column } => Self {
                column: *column,
                ..Self::file(file).on_line(*line)
            },
            Place::Paragraph(paragraph) => Self {
                part: Some(&paragraph.part),
                paragraph: paragraph.number,
                text: &paragraph.text,
                ..Self::file(&paragraph.file)
            },
        }
    }

    fn file(name: &'a str) -> Self {
        Self {
            file: Cow::Borrowed(name),
            ..Self::default()
        }
    }

    fn sheet(sheet: &'a Sheet) -> Self {
        Self {
            sheet: Some(sheet),
            ..Self::named(sheet.to_string())
        }
    }

    const fn on_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self.end_line = Some(line);
        self
    }

    fn named(name: String) -> Self {
        Self {
            file: Cow::Owned(name),
            ..Self::default()
        }
    }

    /// Writes the part, and the paragraph with its text: Word shows no numbers of paragraphs, so people search for it.
    fn in_part(&self, part: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, ", {part}")?;
        if let Some(number) = self.paragraph {
            write!(f, ", paragraph {number}")?;
        }
        if !self.text.is_empty() {
            write!(f, " “{}”", shown(self.text))?;
        }
        Ok(())
    }
}

impl fmt::Display for Located<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(part) = self.part {
            return self.in_part(part, f);
        }
        match (&self.cell, self.line, self.column, self.field) {
            (Some(cell), ..) => write!(f, ", cell {cell}"),
            (None, Some(line), Some(column), _) => write!(f, ":{line}:{column}"),
            (None, Some(line), None, _) => write!(f, ", line {line}"),
            (None, None, _, Some(field)) => write!(f, ", {field}"),
            (None, None, _, None) => Ok(()),
        }
    }
}
