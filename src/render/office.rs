//! Templates of Word and PowerPoint, with our names, filters and codes. `clspack-office` fills them.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use clspack_office::{Blank, Fault, FaultKind, Language, Template};
use serde_json::Value;
use tera::{Context, Tera};

use crate::diag::Code;
use crate::domain::Sha256;
use crate::render::blanks::{self, Names};
use crate::render::kinds::{self, Printing};
use crate::render::lint::{WITHOUT_HASH, said};
use crate::render::{date, link, names};

/// A Word or PowerPoint template, and the hash of its file.
#[derive(Debug)]
pub struct OfficeTemplate(Template, Sha256);

impl OfficeTemplate {
    /// Opens a template.
    ///
    /// # Errors
    /// Why it is refused: it is no Word or PowerPoint file, it is encrypted or damaged, it holds macros,
    /// links to something outside or what no document needs.
    pub fn open(name: &str, bytes: Vec<u8>) -> Result<Self, Vec<OfficeFault>> {
        let ours = Arc::new(Ours {
            names: Names::known(),
        });
        let template = Template::open(name, bytes, ours).map_err(coded)?;
        let sha256 = Sha256::of(template.bytes());
        Ok(Self(template, sha256))
    }

    /// Returns the name under which it was opened.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// Returns the hash of the file.
    pub const fn sha256(&self) -> Sha256 {
        self.1
    }

    /// The end of the name that the filled file has.
    pub fn extension(&self) -> &'static str {
        self.0.extension()
    }

    /// Returns every fault of the text: names that the view does not have, tags that do not fit together, blanks
    /// that nothing fills.
    pub fn check(&self, view: &Value) -> Vec<OfficeFault> {
        coded(self.0.check(view))
    }

    /// Returns what may be meant. Of a declaration also what a signed copy needs.
    pub fn warnings(&self, is_declaration: bool) -> Vec<OfficeFault> {
        let mut warnings = coded(self.0.warnings().to_vec());
        let mut warn = |code, message: &str| {
            warnings.push(OfficeFault {
                code,
                part: self.name().to_owned(),
                paragraph: None,
                text: String::new(),
                message: message.to_owned(),
            });
        };
        if is_declaration && !self.names("declares.short") {
            warn(Code::TemplateWithoutHash, WITHOUT_HASH);
        }
        if is_declaration && !self.0.numbers_pages() {
            warn(
                Code::TemplateWithoutPages,
                "no header or footer says “Page 1 of 3”, so a signed copy may lack pages unseen; put the fields PAGE and NUMPAGES into the footer",
            );
        }
        warnings
    }

    /// Returns whether a field of this path, `declares.short`, is printed somewhere.
    pub fn names(&self, path: &str) -> bool {
        self.0.names(path)
    }

    /// Fills the template. The filled file is read again, as strictly as a template.
    ///
    /// # Errors
    /// What [`check`](Self::check) finds, a value that the template cannot do with, or a tag that is left.
    pub fn fill(&self, view: &Value) -> Result<Vec<u8>, Vec<OfficeFault>> {
        self.0.fill(view).map_err(coded)
    }

    /// Fills the template, and marks every page or slide as that of a draft.
    ///
    /// # Errors
    /// As [`fill`](Self::fill).
    pub fn fill_draft(&self, view: &Value) -> Result<Vec<u8>, Vec<OfficeFault>> {
        self.0.fill_draft(view).map_err(coded)
    }

    /// Fills the template, which was checked when it was opened.
    pub(crate) fn fill_checked(
        &self,
        values: &Context,
        is_draft: bool,
    ) -> Result<Vec<u8>, Vec<OfficeFault>> {
        let filled = if is_draft {
            self.0.fill_checked_draft(values)
        } else {
            self.0.fill_checked(values)
        };
        filled.map_err(coded)
    }
}

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

impl fmt::Display for OfficeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = Fault {
            kind: FaultKind::Unusable,
            part: self.part.clone(),
            paragraph: self.paragraph,
            text: self.text.clone(),
            message: self.message.clone(),
        };
        plain.fmt(f)?;
        said(self.code, f)
    }
}

fn coded(faults: Vec<Fault>) -> Vec<OfficeFault> {
    let coded = |fault: Fault| OfficeFault {
        code: match fault.kind {
            FaultKind::Unusable => Code::TemplateUnusable,
            FaultKind::WrongKind => Code::TemplateKindDiffers,
            FaultKind::Placeholder => Code::TemplatePlaceholder,
            FaultKind::UnderReview => Code::TemplateUnderReview,
        },
        part: fault.part,
        paragraph: fault.paragraph,
        text: fault.text,
        message: fault.message,
    };
    faults.into_iter().map(coded).collect()
}

/// What we add to the language of templates: the same as in HTML templates.
#[derive(Debug)]
struct Ours {
    names: Names,
}

impl Language for Ours {
    fn unknown_names(&self, tags: &str, values: &Value) -> Vec<(usize, String)> {
        names::unknown_at(tags, values)
    }

    fn wrong_kinds(&self, tags: &str, values: &Value) -> Vec<(usize, String)> {
        kinds::wrong_at(tags, values, Printing::Office)
    }

    fn names_in<'t>(&self, inside: &'t str) -> Vec<&'t str> {
        names::named(inside)
    }

    fn rewritten<'t>(&self, inside: &'t str, prints: bool) -> Cow<'t, str> {
        kinds::listed_tag(inside, prints)
    }

    fn blanks(&self, text: &str) -> Vec<Blank> {
        let found = blanks::find(text, &self.names).into_iter();
        let blank = |blank: blanks::Blank| Blank {
            is_certain: blank.code == Code::TemplateUnusable,
            message: blank.message,
        };
        found.map(blank).collect()
    }

    fn prepare(&self, engine: &mut Tera) {
        engine.register_filter("date", date::date);
        engine.register_filter("link", link::link);
    }

    fn recipient(&self) -> &'static str {
        "CSA"
    }
}
