//! Marks that were added to every page in the same place: a logo, a footer, a stamp with the page number.

use std::collections::BTreeSet;

use crate::pdf::{Mark, MarkKind, Pdf};
use crate::signing::compare::Compared;
use crate::signing::marks::MUCH;

pub(super) struct Repeated<'p> {
    /// The same content in the same place.
    same: BTreeSet<(&'p MarkKind, u64)>,
    /// The places where every page has an added picture, which may differ in a number.
    pictures: BTreeSet<[i64; 4]>,
}

impl<'p> Repeated<'p> {
    /// Finds them; a copy with one page has none.
    pub(super) fn of(copy: &'p Pdf, pages: &[Compared<'p>]) -> Self {
        let is_one = copy.pages.len() < 2;
        let same = copy.pages.iter().map(|page| {
            let marks = page.marks.iter().map(|mark| (&mark.kind, mark.hash));
            marks.collect::<BTreeSet<_>>()
        });
        let pictures = pages.iter().map(|page| {
            let pictures = page
                .added
                .iter()
                .filter(|mark| mark.kind == MarkKind::Image);
            pictures.map(|mark| rounded(mark.bounds)).collect()
        });
        Self {
            same: all(same).filter(|_| !is_one).unwrap_or_default(),
            pictures: all(pictures).filter(|_| !is_one).unwrap_or_default(),
        }
    }

    pub(super) fn has(&self, mark: &Mark) -> bool {
        let is_of_logo = matches!(
            mark.kind,
            MarkKind::Image | MarkKind::Path { .. } | MarkKind::Ink | MarkKind::Stamp { .. }
        );
        let is_picture = mark.kind == MarkKind::Image;
        is_of_logo
            && mark.covers <= MUCH
            && (self.same.contains(&(&mark.kind, mark.hash))
                || is_picture && self.pictures.contains(&rounded(mark.bounds)))
    }
}

/// Returns the common elements of all sets.
fn all<T: Ord + Clone>(mut sets: impl Iterator<Item = BTreeSet<T>>) -> Option<BTreeSet<T>> {
    let first = sets.next()?;
    Some(sets.fold(first, |all, set| all.intersection(&set).cloned().collect()))
}

/// Returns edges in whole points.
fn rounded(bounds: [i64; 4]) -> [i64; 4] {
    bounds.map(|edge| (edge + 50).div_euclid(100))
}
