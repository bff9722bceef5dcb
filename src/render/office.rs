//! Templates of Word and PowerPoint, with our names, filters and codes. `clspack-office` fills them.

use std::borrow::Cow;
use std::sync::Arc;

use clspack_office::{Blank, Fault, FaultKind, Language, Template};
use serde_json::Value;
use tera::{Context, Tera};

use crate::diag::{Advice, Code, Finding, Paragraph, Place};
use crate::domain::Sha256;
use crate::render::blanks::{self, Names};
use crate::render::complaint::{finding, whole};
use crate::render::kinds::{self, Printing};
use crate::render::lint::without_hash;
use crate::render::{date, link, names};

/// A Word or PowerPoint template. Findings about it name the file as the user wrote it.
#[derive(Debug)]
pub struct OfficeTemplate {
    template: Template,
    /// The name that the pack records.
    name: String,
    sha256: Sha256,
}

impl OfficeTemplate {
    /// Opens a template.
    ///
    /// # Errors
    /// Why it is refused: it is no Word or PowerPoint file, it is encrypted or damaged, it holds macros,
    /// links to something outside or what no document needs.
    pub fn open(file: &str, bytes: Vec<u8>) -> Result<Self, Vec<Finding>> {
        let ours = Arc::new(Ours {
            names: Names::known(),
        });
        let template = Template::open(file, bytes, ours);
        let template = template.map_err(|faults| findings(file, faults))?;
        let sha256 = Sha256::of(template.bytes());
        Ok(Self {
            template,
            name: file.to_owned(),
            sha256,
        })
    }

    /// Exchanges the name that the pack records, which should have no folders of a machine.
    #[must_use]
    pub fn recorded_as(self, name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..self
        }
    }

    /// Returns the name that the pack records.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the hash of the file.
    pub const fn sha256(&self) -> Sha256 {
        self.sha256
    }

    /// The end of the name that the filled file has.
    pub fn extension(&self) -> &'static str {
        self.template.extension()
    }

    /// Returns every fault of the text: names that the view does not have, tags that do not fit together, blanks
    /// that nothing fills.
    pub fn check(&self, view: &Value) -> Vec<Finding> {
        findings(self.template.name(), self.template.check(view))
    }

    /// Returns what may be meant. Of a declaration also what a signed copy needs.
    pub fn warnings(&self, is_declaration: bool) -> Vec<Finding> {
        let file = self.template.name();
        let mut warnings = findings(file, self.template.warnings().to_vec());
        if is_declaration && !self.names("declares.short") {
            warnings.push(whole(file, Code::TemplateWithoutHash, without_hash()));
        }
        if is_declaration && !self.template.numbers_pages() {
            let advice = Advice::new(
                "no header or footer says “Page 1 of 3”, so a signed copy may lack pages unseen",
                "put the fields PAGE and NUMPAGES into the footer",
            );
            warnings.push(whole(file, Code::TemplateWithoutPages, advice));
        }
        warnings
    }

    /// Returns whether a field of this path, `declares.short`, is printed somewhere.
    pub fn names(&self, path: &str) -> bool {
        self.template.names(path)
    }

    /// Fills the template. The filled file is read again, as strictly as a template.
    ///
    /// # Errors
    /// What [`check`](Self::check) finds, a value that the template cannot do with, or a tag that is left.
    pub fn fill(&self, view: &Value) -> Result<Vec<u8>, Vec<Finding>> {
        let filled = self.template.fill(view);
        filled.map_err(|faults| findings(self.template.name(), faults))
    }

    /// Fills the template, and marks every page or slide as that of a draft.
    ///
    /// # Errors
    /// As [`fill`](Self::fill).
    pub fn fill_draft(&self, view: &Value) -> Result<Vec<u8>, Vec<Finding>> {
        let filled = self.template.fill_draft(view);
        filled.map_err(|faults| findings(self.template.name(), faults))
    }

    /// Fills the template, which was checked when it was opened.
    pub(crate) fn fill_checked(
        &self,
        values: &Context,
        is_draft: bool,
    ) -> Result<Vec<u8>, Vec<Finding>> {
        let filled = if is_draft {
            self.template.fill_checked_draft(values)
        } else {
            self.template.fill_checked(values)
        };
        filled.map_err(|faults| findings(self.template.name(), faults))
    }
}

/// Returns what is wrong with a file as findings.
fn findings(file: &str, faults: Vec<Fault>) -> Vec<Finding> {
    let of = |fault: Fault| {
        let code = match fault.kind {
            FaultKind::Unusable => Code::TemplateUnusable,
            FaultKind::WrongKind => Code::TemplateKindDiffers,
            FaultKind::Placeholder => Code::TemplatePlaceholder,
            FaultKind::UnderReview => Code::TemplateUnderReview,
        };
        // What is about the whole file has its name for a part.
        if fault.part == file {
            return whole(file, code, fault.advice);
        }
        let place = Place::Paragraph(Paragraph {
            file: file.into(),
            part: fault.part.into(),
            number: fault.paragraph,
            text: fault.text.into(),
        });
        finding(code, place, fault.advice)
    };
    faults.into_iter().map(of).collect()
}

/// What we add to the language of templates: the same as in HTML templates.
#[derive(Debug)]
struct Ours {
    names: Names,
}

impl Language for Ours {
    fn unknown_names(&self, tags: &str, values: &Value) -> Vec<(usize, Advice)> {
        names::unknown_at(tags, values)
    }

    fn wrong_kinds(&self, tags: &str, values: &Value) -> Vec<(usize, Advice)> {
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
            advice: blank.advice,
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
