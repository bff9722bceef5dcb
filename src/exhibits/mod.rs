//! Shows the evidence to an officer: pictures in Supporting Evidence itself, pages of PDF files in volumes beside it,
//! since a document that conforms to PDF/A cannot hold pages of others, and the rest by name.
//!
//! Files are read once more, one at a time, and have to be what they were when they were checked. What is locked,
//! damaged or too large is shown by name, never half.

mod pages;
mod pictures;
mod volumes;

use std::collections::BTreeMap;

use crate::case::Case;
use crate::domain::{Application, EvidenceFile, Sha256};
use crate::error::{Error, Result};
use crate::pdf;
use crate::plan::{Plan, ProvisionLine};
use crate::render::{
    Document, DocumentOptions, Exhibits, Run, Sheets, Shown, Templates, volume_path,
};
use crate::rules::tables::DocumentKind;
use crate::typeset::Typesetter;
use crate::world::{self, World};

use pages::Filler;
use pictures::Album;
use volumes::{Made, Making};

/// How often the pages are divided again because a volume became larger than it may be.
const MAX_DIVISIONS: usize = 4;
/// What the beginning of a volume takes, and each sheet in it, about, in bytes.
const BEGINNING: usize = 50_000;
const SHEET: usize = 2_500;

/// What the evidence is shown with.
#[derive(Clone, Copy)]
pub struct Showing<'a> {
    pub case: &'a Case,
    pub plan: &'a Plan,
    pub application: &'a Application,
    pub options: &'a DocumentOptions<'a>,
    pub templates: &'a Templates,
    pub world: &'a dyn World,
}

/// Decides how each file of evidence is shown, takes what is shown of it, and makes the volumes. A form that asks for
/// no Supporting Evidence shows nothing.
///
/// # Errors
/// A file cannot be read, or changed since it was checked; a template is faulty.
pub fn prepare(
    showing: &Showing<'_>,
    typesetter: &mut Typesetter,
) -> Result<(Exhibits, Vec<Document>)> {
    if !showing.plan.asks_for(DocumentKind::SupportingEvidence) {
        return Ok((Exhibits::default(), Vec::new()));
    }
    let (mut exhibits, papers) = pictures_and_names(showing)?;
    let volumes = divided(showing, &papers, &mut exhibits, typesetter)?;
    let mut runs: BTreeMap<String, Vec<Run>> = BTreeMap::new();
    let mut documents = Vec::new();
    for Made {
        document,
        runs: found,
    } in volumes
    {
        for (number, run) in found {
            runs.entry(number).or_default().push(run);
        }
        let size = document.bytes.len() as u64;
        exhibits.volumes.push((document.path.clone(), size));
        documents.push(document);
    }
    let shown = runs.into_iter();
    exhibits
        .shown
        .extend(shown.map(|(number, runs)| (number, Shown::Pages(runs))));
    Ok((exhibits, documents))
}

/// Returns the number by which an officer finds a file.
fn number(file: usize) -> String {
    format!("E{}", file + 1)
}

/// Takes the pictures. Returns the places of the PDF files, too, in the order in which they are shown.
fn pictures_and_names(showing: &Showing<'_>) -> Result<(Exhibits, Vec<usize>)> {
    let mut exhibits = Exhibits::default();
    let mut album = Album::default();
    let mut papers = Vec::new();
    for place in places(showing) {
        let file = &showing.case.evidence.files[place];
        let shown = match file.path.extension().as_str() {
            "png" | "jpg" | "jpeg" => match bytes(showing, file, pictures::MAX_BYTES)? {
                Some(bytes) => album.take(&number(place), bytes),
                None => Shown::ByName(pictures::too_large()),
            },
            "pdf" => {
                papers.push(place);
                continue;
            }
            _ => Shown::ByName("it is neither a picture in PNG or JPEG nor a PDF file".to_owned()),
        };
        exhibits.shown.insert(number(place), shown);
    }
    exhibits.pictures = album.pictures;
    Ok((exhibits, papers))
}

/// Returns the provisions of the level as Supporting Evidence has them.
fn in_order(plan: &Plan) -> impl Iterator<Item = &ProvisionLine> {
    let of_level = |lifecycle: bool| {
        let lines = plan.provisions.iter();
        lines.filter(move |line| line.level.is_some() && line.lifecycle == lifecycle)
    };
    of_level(false).chain(of_level(true))
}

/// Returns the places of all files: first those of the provisions in their order, then the others.
fn places(showing: &Showing<'_>) -> Vec<usize> {
    let files = &showing.case.evidence.files;
    let named = in_order(showing.plan).flat_map(|line| &line.evidence);
    let mut places: Vec<usize> = named
        .filter_map(|exhibit| files.iter().position(|file| file.path == exhibit.path))
        .collect();
    places.extend(0..files.len());
    let mut seen = vec![false; files.len()];
    places.retain(|place| !std::mem::replace(&mut seen[*place], true));
    places
}

/// Makes volumes that are no larger than what the portal takes, where a page is not larger itself.
fn divided(
    showing: &Showing<'_>,
    papers: &[usize],
    exhibits: &mut Exhibits,
    typesetter: &mut Typesetter,
) -> Result<Vec<Made>> {
    let limit = showing.plan.limit.as_ref();
    let limit = limit.and_then(|limit| usize::try_from(limit.bytes).ok());
    let limit = limit.unwrap_or(usize::MAX);
    let mut room = limit.saturating_sub(BEGINNING);
    let mut made = Vec::new();
    for _ in 0..MAX_DIVISIONS {
        let mut filler = Filler::new(room, SHEET);
        for place in papers {
            let file = &showing.case.evidence.files[*place];
            let taken = match bytes(showing, file, pdf::MAX_BYTES)? {
                Some(bytes) => filler.take(*place, &bytes, showing.application, &file.path),
                None => Err(format!(
                    "it is larger than {} MB",
                    pdf::MAX_BYTES / 1_000_000
                )),
            };
            if let Err(why) = taken {
                exhibits.shown.insert(number(*place), Shown::ByName(why));
            }
        }
        if filler.volumes.is_empty() {
            return Ok(Vec::new());
        }
        made = volumes(showing, &filler, typesetter)?;
        let sizes = made.iter().zip(&filler.volumes).map(|(made, pieces)| {
            let n_pages: usize = pieces.iter().map(|piece| piece.pages.len()).sum();
            (made.document.bytes.len(), n_pages)
        });
        // A single page cannot be divided.
        let over = sizes.filter(|(size, n_pages)| *size > limit && *n_pages > 1);
        let Some((size, _)) = over.max() else {
            break;
        };
        room = room.saturating_sub(size - limit + SHEET);
    }
    Ok(made)
}

fn volumes(
    showing: &Showing<'_>,
    filler: &Filler,
    typesetter: &mut Typesetter,
) -> Result<Vec<Made>> {
    let Showing {
        case,
        plan,
        application,
        options,
        templates,
        ..
    } = *showing;
    let files = &case.evidence.files;
    let title = case.product();
    let mut making = Making {
        sheets: &mut Sheets::new(
            plan,
            case.declaration(plan, application),
            options,
            templates,
        )?,
        typesetter,
        files,
        title: &title,
        plan,
    };
    let n_parts = filler.volumes.len();
    let volumes = filler.volumes.iter().enumerate();
    let make = |(i, pieces): (usize, &Vec<pages::Piece>)| {
        let path = volume_path(plan, options.purpose, i + 1, n_parts);
        volumes::make(&path, (i + 1, n_parts), pieces, &mut making)
    };
    volumes.map(make).collect()
}

/// Reads a file again; nothing if it is larger than this.
fn bytes(showing: &Showing<'_>, file: &EvidenceFile, most: u64) -> Result<Option<Vec<u8>>> {
    if file.size > most {
        return Ok(None);
    }
    let path = showing.case.folders.join(&file.path);
    let changed = || Error::Changed(path.display().to_string());
    let bytes = world::read(showing.world, &path, most)?.ok_or_else(changed)?;
    if Sha256::of(&bytes) == file.sha256 {
        Ok(Some(bytes))
    } else {
        Err(changed())
    }
}
