//! Where in a file something is.

use std::fmt;

/// A place in a file, as precise as its type allows.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum InFile {
    /// Somewhere in it: the type has no pages or lines, or they were not counted.
    #[default]
    File,
    /// A page, counted from 1.
    Page(usize),
    /// A line, counted from 1.
    Line(usize),
    /// A part of an office file, of a mail or of an archive, by its name.
    Part(String),
    /// Title, author and other properties.
    Properties,
}

impl fmt::Display for InFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => f.write_str("somewhere in it"),
            Self::Page(page) => write!(f, "page {page}"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Part(name) => match (place(name), name.rsplit('/').next()) {
                (Some((says, true)), Some(file)) => write!(f, "{says}, `{file}`"),
                (Some((says, _)), _) => f.write_str(says),
                (None, _) => write!(f, "in its part `{name}`"),
            },
            Self::Properties => f.write_str("in its properties"),
        }
    }
}

/// Returns what Word, Excel and PowerPoint call a part, and whether a file may have several of the kind.
fn place(part: &str) -> Option<(&'static str, bool)> {
    const PLACES: &[(&str, &str, bool)] = &[
        ("word/document", "in its text", false),
        ("word/header", "in a header", false),
        ("word/footer", "in a footer", false),
        ("word/comments", "in its comments", false),
        ("word/footnotes", "in its footnotes", false),
        ("word/endnotes", "in its endnotes", false),
        ("word/settings", "in its settings", false),
        ("xl/workbook.", "in the workbook", false),
        ("xl/sharedstrings", "in a cell", false),
        ("xl/worksheets/sheet", "on a sheet", true),
        ("xl/comments", "in a comment on a cell", false),
        ("ppt/slides/slide", "on a slide", true),
        (
            "ppt/notesslides/notesslide",
            "in the notes of a slide",
            true,
        ),
        ("ppt/comments/", "in a comment", false),
    ];
    let lower = part.to_ascii_lowercase();
    let place = PLACES.iter().find(|(start, ..)| lower.starts_with(start));
    place.map(|(_, says, is_one_of_many)| (*says, *is_one_of_many))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_as_their_programs_do() {
        let says = |part: &str| InFile::Part(part.to_owned()).to_string();
        assert_eq!(says("word/header1.xml"), "in a header");
        assert_eq!(says("xl/worksheets/sheet2.xml"), "on a sheet, `sheet2.xml`");
        assert_eq!(says("r.exe"), "in its part `r.exe`");
    }
}
