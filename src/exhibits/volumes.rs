//! Volumes with the pages of PDF files, each file behind a sheet that says what it is.

use crate::domain::EvidenceFile;
use crate::error::{Error, Result};
use crate::pdf::{About, Bookmark, Label, Numbering, PageObject, Source, Volume as Writer};
use crate::plan::{Plan, ProvisionLine};
use crate::render::{self, Document, Run, Sheet, Sheets, Volume};
use crate::typeset::Typesetter;

use super::pages::Piece;
use super::{in_order, number};

/// How often the sheets of a volume are set again because the numbers on them moved a page.
const MAX_ROUNDS: usize = 6;
/// The program that a volume names as its maker.
const PRODUCER: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// What a volume is made from.
pub(super) struct Making<'a, 'b> {
    pub(super) sheets: &'a mut Sheets<'b>,
    pub(super) typesetter: &'a mut Typesetter,
    pub(super) files: &'a [EvidenceFile],
    pub(super) plan: &'a Plan,
    pub(super) title: &'a str,
}

/// A volume that was made, and where each of its pieces is.
pub(super) struct Made {
    pub(super) document: Document,
    pub(super) runs: Vec<(String, Run)>,
}

/// Makes a volume of these pieces.
pub(super) fn make(
    path: &str,
    (part, n_parts): (usize, usize),
    pieces: &[Piece],
    making: &mut Making<'_, '_>,
) -> Result<Made> {
    let mut volume = Volume {
        name: path.rsplit('/').next().unwrap_or(path).to_owned(),
        part,
        n_parts,
        sheets: pieces.iter().map(sheet).collect(),
    };
    let (sheets, n_sheets) = settle(&mut volume, pieces, making)?;
    let source = Source::open(&sheets.pdf).map_err(|_| unusable(path))?;
    let all: Vec<usize> = (0..source.n_pages()).collect();
    let copied = source.copy(&all).map_err(|_| unusable(path))?;
    let mut writer = Writer::new();
    let of_sheets = writer.add(&copied);
    let mut about = about(&volume, making);
    let (own, rest) = of_sheets.split_at(n_sheets[0].min(of_sheets.len()));
    let mut rest = rest;
    let mut starts = Vec::new();
    show(&mut writer, own);
    for ((piece, sheet), n_sheets) in pieces.iter().zip(&volume.sheets).zip(&n_sheets[1..]) {
        let (own, after) = rest.split_at((*n_sheets).min(rest.len()));
        rest = after;
        starts.push((piece.file, writer.n_pages()));
        about.labels.push(Label {
            page: writer.n_pages(),
            prefix: sheet.number.clone(),
            numbering: Numbering::None,
        });
        show(&mut writer, own);
        let pages: Vec<PageObject> = writer.add(&piece.copied);
        label(&mut about, sheet, writer.n_pages());
        show(&mut writer, &pages);
    }
    about.bookmarks.extend(bookmarks(&starts, making));
    let runs = volume.sheets.iter().map(|sheet| {
        let run = Run {
            volume: volume.name.clone(),
            first: sheet.first,
            pages: sheet.pages.clone(),
        };
        (sheet.number.clone(), run)
    });
    Ok(Made {
        runs: runs.collect(),
        document: Document {
            path: path.to_owned(),
            bytes: writer.finish(&about),
        },
    })
}

fn show(writer: &mut Writer, pages: &[PageObject]) {
    for page in pages {
        writer.show(*page);
    }
}

fn unusable(path: &str) -> Error {
    Error::Document(format!("{path}: its sheets cannot be read"))
}

fn sheet(piece: &Piece) -> Sheet {
    let pages = piece.pages.iter();
    Sheet {
        number: number(piece.file),
        pages: pages
            .map(|page| u32::try_from(page + 1).unwrap_or(u32::MAX))
            .collect(),
        n_all: piece.n_all,
        first: 1,
        is_continued: piece.is_continued,
        n_notes_left: piece.copied.n_notes_left,
    }
}

/// Sets the sheets until the numbers of pages on them are right. Returns how many pages the beginning and each sheet
/// have, too.
fn settle(
    volume: &mut Volume,
    pieces: &[Piece],
    making: &mut Making<'_, '_>,
) -> Result<(render::MadeSheets, Vec<usize>)> {
    let mut n_sheets = vec![1; pieces.len() + 1];
    // About how long the list of contents is; a wrong guess costs another round.
    n_sheets[0] += pieces.len().saturating_sub(20).div_ceil(30);
    for _ in 0..MAX_ROUNDS {
        let mut page = n_sheets[0];
        for ((sheet, piece), n_sheets) in volume.sheets.iter_mut().zip(pieces).zip(&n_sheets[1..]) {
            sheet.first = page + n_sheets + 1;
            page += n_sheets + piece.pages.len();
        }
        let made = making.sheets.of(volume, making.typesetter)?;
        let mut ends = made.starts.iter().skip(1).copied().collect::<Vec<_>>();
        ends.push(made.n_pages);
        let first = made.starts.first().copied().unwrap_or(made.n_pages);
        let lengths = made.starts.iter().zip(ends).map(|(start, end)| end - start);
        let found: Vec<usize> = std::iter::once(first).chain(lengths).collect();
        if found == n_sheets {
            return Ok((made, n_sheets));
        }
        n_sheets = found;
    }
    Err(Error::Document(format!(
        "{}: its numbers of pages do not settle",
        volume.name
    )))
}

fn about(volume: &Volume, making: &Making<'_, '_>) -> About {
    let (year, month, day) = making.plan.on.parts();
    let part = if volume.n_parts == 1 {
        String::new()
    } else {
        format!(", part {} of {}", volume.part, volume.n_parts)
    };
    About {
        title: format!("Evidence pages{part} – {}", making.title),
        producer: PRODUCER.to_owned(),
        language: "en".to_owned(),
        date: (
            u16::try_from(year).unwrap_or_default(),
            u8::try_from(month).unwrap_or_default(),
            u8::try_from(day).unwrap_or_default(),
        ),
        bookmarks: vec![Bookmark {
            title: "Contents".to_owned(),
            page: 0,
            inside: Vec::new(),
        }],
        labels: vec![Label {
            page: 0,
            prefix: String::new(),
            numbering: Numbering::Roman,
        }],
    }
}

/// Returns a bookmark for each provision, with those of its files; files that no provision names are last. `starts` has
/// the files, each with the page of its sheet.
fn bookmarks(starts: &[(usize, usize)], making: &Making<'_, '_>) -> Vec<Bookmark> {
    let path = |file: usize| &making.files[file].path;
    let names = |line: &ProvisionLine, file: usize| {
        let mut exhibits = line.evidence.iter();
        exhibits.any(|exhibit| exhibit.path == *path(file))
    };
    let of_level: Vec<_> = in_order(making.plan).collect();
    let group = |title: String, is_inside: &dyn Fn(usize) -> bool| {
        let inside = starts.iter().filter(|(file, _)| is_inside(*file));
        let inside: Vec<_> = inside
            .map(|(file, page)| Bookmark {
                title: format!("{} {}", number(*file), path(*file)),
                page: *page,
                inside: Vec::new(),
            })
            .collect();
        let page = inside.first()?.page;
        Some(Bookmark {
            title,
            page,
            inside,
        })
    };
    let provisions = of_level.iter().filter_map(|line| {
        let title = format!("{} {}", line.id, line.title);
        group(title, &|file| names(line, file))
    });
    let others = group("Other evidence".to_owned(), &|file| {
        !of_level.iter().any(|line| names(line, file))
    });
    provisions.chain(others).collect()
}

/// Adds labels with the numbers that the pages have in their file.
fn label(about: &mut About, sheet: &Sheet, first: usize) {
    for (i, page) in sheet.pages.iter().enumerate() {
        let follows = i > 0 && sheet.pages[i - 1] + 1 == *page;
        if !follows {
            about.labels.push(Label {
                page: first + i,
                prefix: format!("{}-", sheet.number),
                numbering: Numbering::From(*page),
            });
        }
    }
}
