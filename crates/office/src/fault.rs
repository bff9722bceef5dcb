//! One fault of a Word or PowerPoint template, and its place.

use std::fmt;

use clspack_words::{Advice, shown};

/// A fault: the part, the paragraph if there is one, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    /// The part of the package, such as `word/header1.xml`; the name of the file if the fault concerns all of it.
    pub part: String,
    /// The number of the paragraph in that part, from 1.
    pub paragraph: Option<usize>,
    /// The text of the paragraph, shortened.
    pub text: String,
    pub advice: Advice,
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
    pub(crate) fn of_part(part: &str, advice: impl Into<Advice>) -> Self {
        Self {
            kind: FaultKind::Unusable,
            part: part.to_owned(),
            paragraph: None,
            text: String::new(),
            advice: advice.into(),
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
        write!(f, ": {}", self.advice)
    }
}
