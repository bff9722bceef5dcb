//! The pages of PDF files: which of them are shown, and copied in pieces that fit into volumes.

use crate::domain::{Application, EvidencePath};
use crate::pdf::{Copied, Source, Uncopied, Unreadable};

/// How many bytes the pages of all files have at most.
const MAX_ALL_BYTES: usize = 40_000_000;

/// Pages of one file that follow each other in a volume.
pub(super) struct Piece {
    /// The place of the file in the evidence.
    pub(super) file: usize,
    /// The pages, counted from 0.
    pub(super) pages: Vec<usize>,
    /// How many pages the file has.
    pub(super) n_all: usize,
    pub(super) copied: Copied,
    /// A piece before has other pages of the file.
    pub(super) is_continued: bool,
}

/// Fills volumes with pieces, in order.
pub(super) struct Filler {
    pub(super) volumes: Vec<Vec<Piece>>,
    /// How many bytes of pages a volume has room for.
    room: usize,
    /// What a sheet before a piece takes of it.
    sheet: usize,
    left: usize,
    n_all: usize,
}

impl Filler {
    pub(super) fn new(room: usize, sheet: usize) -> Self {
        Self {
            volumes: Vec::new(),
            room,
            sheet,
            left: 0,
            n_all: 0,
        }
    }

    /// Copies the pages of a file. Returns why none is copied.
    pub(super) fn take(
        &mut self,
        file: usize,
        bytes: &[u8],
        application: &Application,
        path: &EvidencePath,
    ) -> Result<(), String> {
        let source = Source::open(bytes).map_err(unreadable)?;
        let pages = named(application, path, source.n_pages());
        if pages.is_empty() {
            return Err("none of the pages named exists".to_owned());
        }
        let copied = source.copy(&pages).map_err(uncopied)?;
        if self.n_all + copied.n_bytes() > MAX_ALL_BYTES {
            let most = MAX_ALL_BYTES / 1_000_000;
            return Err(format!("the pages before it have {most} MB already"));
        }
        let n_before = self.n_all;
        let pieces = self.pieces(&source, pages, copied).map_err(uncopied)?;
        self.n_all = n_before;
        for (i, (pages, copied)) in pieces.into_iter().enumerate() {
            self.put(Piece {
                file,
                pages,
                n_all: source.n_pages(),
                copied,
                is_continued: i > 0,
            });
        }
        Ok(())
    }

    /// Cuts what is larger than a volume, between pages.
    fn pieces(
        &self,
        source: &Source<'_>,
        pages: Vec<usize>,
        copied: Copied,
    ) -> Result<Vec<(Vec<usize>, Copied)>, Uncopied> {
        let whole = self.room.saturating_sub(self.sheet);
        if copied.n_bytes() <= whole {
            return Ok(vec![(pages, copied)]);
        }
        // A single page that is too large is a volume of its own.
        let mut guess = copied.n_fitting(whole).max(1);
        // What has to be divided begins in the volume before.
        let left = self.left.saturating_sub(self.sheet);
        let mut room = match copied.n_fitting(left) {
            0 => whole,
            n_pages => {
                guess = n_pages;
                left
            }
        };
        drop(copied);
        let mut pieces = Vec::new();
        let mut rest = pages.as_slice();
        while !rest.is_empty() {
            let (n_pages, piece) = fitting(source, rest, guess, room)?;
            let (piece_of, after) = rest.split_at(n_pages);
            pieces.push((piece_of.to_vec(), piece));
            (guess, rest, room) = (n_pages, after, whole);
        }
        Ok(pieces)
    }

    fn put(&mut self, piece: Piece) {
        let needed = piece.copied.n_bytes() + self.sheet;
        self.n_all += piece.copied.n_bytes();
        if self.volumes.is_empty() || needed > self.left {
            self.volumes.push(Vec::new());
            self.left = self.room;
        }
        self.left = self.left.saturating_sub(needed);
        if let Some(volume) = self.volumes.last_mut() {
            volume.push(piece);
        }
    }
}

/// Copies as many of the pages as fit, `guess` or more or fewer. Copying all of them for each piece would take too long.
fn fitting(
    source: &Source<'_>,
    pages: &[usize],
    guess: usize,
    room: usize,
) -> Result<(usize, Copied), Uncopied> {
    let mut n_pages = guess.min(pages.len());
    let mut copied = source.copy(&pages[..n_pages])?;
    while copied.n_fitting(room) == n_pages && n_pages < pages.len() {
        n_pages = (2 * n_pages).min(pages.len());
        copied = source.copy(&pages[..n_pages])?;
    }
    let n_fitting = copied.n_fitting(room).max(1);
    if n_fitting < n_pages {
        copied = source.copy(&pages[..n_fitting])?;
    }
    Ok((n_fitting, copied))
}

/// Returns the pages to show of a file, counted from 0: those that answers name, or all if it is named without pages.
fn named(application: &Application, path: &EvidencePath, n_all: usize) -> Vec<usize> {
    let paths = application.evidence_paths();
    let n_named = paths.iter().filter(|(_, one)| *one == path).count();
    let exhibits = application.exhibits();
    let parts: Vec<_> = exhibits
        .iter()
        .filter(|(_, exhibit)| exhibit.path == *path)
        .filter_map(|(_, exhibit)| exhibit.pages.as_ref())
        .collect();
    if parts.len() < n_named {
        return (0..n_all).collect();
    }
    let number = |page: &usize| u32::try_from(page + 1).unwrap_or(u32::MAX);
    let is_named = |page: &usize| parts.iter().any(|part| part.include(number(page)));
    (0..n_all).filter(is_named).collect()
}

fn unreadable(why: Unreadable) -> String {
    match why {
        Unreadable::Locked => "it is locked by a password or by rights",
        Unreadable::Broken => "it is damaged",
        Unreadable::Bound => "it is larger when unpacked than a document is",
    }
    .to_owned()
}

fn uncopied(why: Uncopied) -> String {
    match why {
        Uncopied::Damaged => "it is damaged",
        Uncopied::OtherFile => "part of it is in another file",
        Uncopied::Bound => "it is larger when unpacked than a document is",
    }
    .to_owned()
}
