//! One thing that is wrong with a Word or PowerPoint template, and where.

use std::fmt;

use crate::diag::Code;
use crate::domain::text::shown;
use crate::render::lint::said;

/// What is wrong with a template: the part, the paragraph where there is one, and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeFault {
    /// Its code: an error keeps the template from being used, a warning does not.
    pub code: Code,
    /// The part of the package, `word/header1.xml`; the name of the file where it is about the whole.
    pub part: String,
    /// The number of the paragraph in that part, from 1.
    pub paragraph: Option<usize>,
    /// The text of the paragraph, shortened.
    pub text: String,
    /// What is wrong, and what to do about it.
    pub message: String,
}

impl OfficeFault {
    /// A fault of a whole part or file.
    pub(super) fn of_part(part: &str, message: impl Into<String>) -> Self {
        Self {
            code: Code::TemplateUnusable,
            part: part.to_owned(),
            paragraph: None,
            text: String::new(),
            message: message.into(),
        }
    }
}

impl fmt::Display for OfficeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.part)?;
        if let Some(number) = self.paragraph {
            write!(f, ", paragraph {number}")?;
        }
        if !self.text.is_empty() {
            write!(f, " “{}”", shown(&self.text))?;
        }
        write!(f, ": {}", self.message)?;
        said(self.code, f)
    }
}
