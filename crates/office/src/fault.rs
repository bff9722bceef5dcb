//! One fault of a Word or PowerPoint template, and its place.

use std::fmt;

use clspack_words::shown;

/// A fault: the part, the paragraph if there is one, and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    /// The part of the package, such as `word/header1.xml`; the name of the file if the fault concerns all of it.
    pub part: String,
    /// The number of the paragraph in that part, from 1.
    pub paragraph: Option<usize>,
    /// The text of the paragraph, shortened.
    pub text: String,
    /// What is wrong, and how to fix it.
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// The template cannot be used.
    Unusable,
    /// A value is used as another kind of value. The template cannot be used.
    WrongKind,
    /// A blank may be left that nothing fills. The template can be used.
    Placeholder,
    /// The file has comments or tracked changes. The template can be used.
    UnderReview,
}

impl Fault {
    /// A fault of a whole part or file.
    pub(crate) fn of_part(part: &str, message: impl Into<String>) -> Self {
        Self {
            kind: FaultKind::Unusable,
            part: part.to_owned(),
            paragraph: None,
            text: String::new(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.part)?;
        if let Some(number) = self.paragraph {
            write!(f, ", paragraph {number}")?;
        }
        if !self.text.is_empty() {
            write!(f, " “{}”", shown(&self.text))?;
        }
        write!(f, ": {}", self.message)
    }
}
