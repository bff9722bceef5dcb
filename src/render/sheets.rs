//! The sheets of volumes with pages of evidence: what the volume is, and a sheet before the pages of each file.

use crate::error::{Error, Result};
use crate::plan::Plan;
use crate::render::exhibits::Volume;
use crate::render::fill::Filling;
use crate::render::template::VOLUME;
use crate::render::view::View;
use crate::render::{Declaration, DocumentOptions, Templates, needed_documents};
use crate::rules::tables::DocumentKind;
use crate::typeset::Typesetter;

/// Makes the sheets of the volumes of one pack.
pub struct Sheets<'a> {
    view: View,
    filling: Filling<'a>,
    /// The file name of Supporting Evidence.
    index: String,
}

/// The sheets of a volume.
#[derive(Clone, Debug)]
pub struct Made {
    pub pdf: Vec<u8>,
    /// The first page of each sheet, counted from 0. Those before are of the volume itself.
    pub starts: Vec<usize>,
    pub n_pages: usize,
}

impl<'a> Sheets<'a> {
    /// Prepares them.
    ///
    /// # Errors
    /// The templates are faulty.
    pub fn new(
        plan: &Plan,
        declaration: &Declaration,
        options: &DocumentOptions<'_>,
        templates: &'a Templates,
    ) -> Result<Self> {
        let view = declaration.settled(plan, options.purpose, options.declared_on);
        let filling = Filling::of(&view, plan.on, templates)?;
        let papers = needed_documents(plan, options).into_iter();
        let mut indexes =
            papers.filter(|paper| paper.kind == Some(DocumentKind::SupportingEvidence));
        let path = indexes.next().map(|paper| paper.path).unwrap_or_default();
        Ok(Self {
            view,
            filling,
            index: path.rsplit('/').next().unwrap_or_default().to_owned(),
        })
    }

    /// Makes the sheets of a volume.
    ///
    /// # Errors
    /// The template is faulty, or has too few or too many headings.
    pub fn of(&mut self, volume: &Volume, typesetter: &mut Typesetter) -> Result<Made> {
        let shown = self.view.volume(volume, &self.index);
        let (pdf, headings, n_pages) = self.filling.sheets(&shown, typesetter)?;
        let headings = headings.iter().filter(|heading| heading.level == 1);
        let starts: Vec<usize> = headings.skip(1).map(|heading| heading.page).collect();
        let are_apart = starts.is_sorted_by(|one, next| one < next);
        if starts.len() == volume.sheets.len() && are_apart && starts.first() != Some(&0) {
            Ok(Made {
                pdf,
                starts,
                n_pages,
            })
        } else {
            let message = "write one `h1` for the volume, and one on a page of its own for each of `volume.sheets`";
            Err(Error::Template(format!("{VOLUME}: {message}")))
        }
    }
}
