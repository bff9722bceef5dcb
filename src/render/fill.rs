//! Makes the documents of one pack from a view that is converted for the engine once.

use std::fmt::Write as _;

use crate::domain::Date;
use crate::error::{Error, Result};
use crate::render::complaint::unusable;
use crate::render::template::{VOLUME, Values};
use crate::render::view::VolumeView;
use crate::render::{OfficeTemplate, Pictures, Templates, View};
use crate::typeset::block::Document;
use crate::typeset::fonts::covers;
use crate::typeset::{Heading, PdfError, Typesetter, markup};

/// The most that a template may fill to, in bytes; a document of thousands of pages is a slip of a loop.
const MAX_HTML: usize = 8_000_000;

/// The program that a document names as its maker.
const PRODUCER: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// Why a template did not become PDF.
pub(super) enum Unset {
    /// One of the pictures that it was given cannot be shown. It may be left out.
    Picture {
        name: String,
        reason: String,
    },
    Fault(Error),
}

impl From<Error> for Unset {
    fn from(error: Error) -> Self {
        Self::Fault(error)
    }
}

impl From<Unset> for Error {
    fn from(unset: Unset) -> Self {
        match unset {
            Unset::Picture { name, reason } => {
                Self::Document(format!("the picture `{name}` {reason}"))
            }
            Unset::Fault(error) => error,
        }
    }
}

/// A view with the templates that it fills.
pub(super) struct Filling<'a> {
    templates: &'a Templates,
    values: Values,
    /// The hash of the declared content, which identifies a document.
    hash: String,
    is_draft: bool,
    on: Date,
}

impl<'a> Filling<'a> {
    pub(super) fn of(view: &View, on: Date, templates: &'a Templates) -> Result<Self> {
        Ok(Self {
            templates,
            values: Values::of(view)?,
            hash: view.declares.hash.clone(),
            is_draft: view.draft,
            on,
        })
    }

    /// Fills a template of the applicant's own.
    pub(super) fn office(&mut self, own: &OfficeTemplate) -> Result<Vec<u8>> {
        let filled = own.fill_checked(self.values.of_office(), self.is_draft);
        filled.map_err(|found| unusable(&found))
    }

    /// Fills the list of files to upload. It comes last, since it contains their sizes.
    pub(super) fn upload_sheet(&mut self, view: &View) -> Result<String> {
        self.values.set("uploads", &view.uploads);
        self.values.set("limit", &view.limit);
        self.templates.fill("upload-sheet.html", &mut self.values)
    }

    /// Fills a template that becomes PDF and may show these pictures.
    pub(super) fn pdf(
        &mut self,
        template: &str,
        pictures: &Pictures,
        typesetter: &mut Typesetter,
    ) -> std::result::Result<Vec<u8>, Unset> {
        let document = self.document(template, pictures)?;
        let made = typesetter.pdf(&document);
        made.map_err(|error| unset(template, pictures, error))
    }

    /// Fills the sheets of a volume; returns the pages of their headings, too.
    pub(super) fn sheets(
        &mut self,
        volume: &VolumeView,
        typesetter: &mut Typesetter,
    ) -> Result<(Vec<u8>, Vec<Heading>, usize)> {
        self.values.set("volume", volume);
        let pictures = Pictures::new();
        let document = self.document(VOLUME, &pictures)?;
        let made = typesetter.pdf_with_headings(&document);
        Ok(made.map_err(|error| unset(VOLUME, &pictures, error))?)
    }

    fn document(&mut self, template: &str, pictures: &Pictures) -> Result<Document> {
        let mut html = self.templates.fill(template, &mut self.values)?;
        if self.is_draft {
            html = with_glyphs(&html);
        }
        if html.len() > MAX_HTML {
            let largest = MAX_HTML / 1_000_000;
            let message = format!("{template}: filled, it is larger than {largest} MB");
            return Err(Error::Template(message));
        }
        let mut document = markup::parse_asked(&html).map_err(|faults| {
            let placed = faults.iter().map(|fault| {
                let markup::Fault {
                    line,
                    column,
                    advice,
                } = fault;
                format!("{template}, once filled, line {line} column {column}: {advice}")
            });
            Error::Template(placed.collect::<Vec<_>>().join("\n"))
        })?;
        document.pictures.clone_from(self.templates.pictures());
        document.pictures.extend(pictures.clone());
        document.meta.date = date(self.on);
        document.meta.producer = Some(PRODUCER.to_owned());
        document.meta.identifier = format!("{template} {}", self.hash);
        document.meta.draft = self.is_draft.then(|| "DRAFT".to_owned());
        Ok(document)
    }
}

fn unset(template: &str, pictures: &Pictures, error: PdfError) -> Unset {
    match error {
        PdfError::Picture { name, reason } if pictures.contains_key(&name) => {
            Unset::Picture { name, reason }
        }
        PdfError::Picture { .. } => Error::Template(format!("{template}: {error}")).into(),
        _ => Error::Document(format!("{template}: {error}")).into(),
    }
}

/// Writes characters that no font can draw by their numbers. A draft shows what is wrong with it; a final document
/// is never made from such a text.
fn with_glyphs(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if covers(c) {
            shown.push(c);
        } else {
            let _ = write!(shown, "[U+{:04X}]", u32::from(c));
        }
    }
    shown
}

fn date(day: Date) -> Option<(u16, u8, u8)> {
    let (year, month, day) = day.parts();
    Some((
        u16::try_from(year).ok()?,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
    ))
}
