//! Which added marks are below others that were drawn later, such as a signature under a white box.

use std::collections::BTreeSet;

use crate::pdf::{Mark, MarkKind, Page};
use crate::signing::marks::is_box;

/// How many covering marks are examined.
const MANY: usize = 64;

/// Returns the marks of which later additions hide at least half. Marks are identified by their address in memory.
pub(super) fn hidden(page: &Page, added: &[&Mark]) -> BTreeSet<*const Mark> {
    let is_added: BTreeSet<*const Mark> =
        added.iter().map(|mark| std::ptr::from_ref(*mark)).collect();
    let mut hidden = BTreeSet::new();
    let mut later: Vec<&Mark> = Vec::new();
    let drawn = page.marks.iter().rev();
    for mark in drawn.filter(|mark| is_added.contains(&std::ptr::from_ref(*mark))) {
        let n_hidden = later.iter().map(|over| both(mark.bounds, over.bounds));
        let n_hidden = n_hidden.fold(0, i64::saturating_add);
        if later.len() >= MANY || n_hidden >= both(mark.bounds, mark.bounds) / 2 && n_hidden > 0 {
            hidden.insert(std::ptr::from_ref(mark));
        }
        if hides(mark) && later.len() < MANY {
            later.push(mark);
        }
    }
    hidden
}

/// Returns true for an opaque picture, box or white stroke. A drawing may be a signature itself.
fn hides(mark: &Mark) -> bool {
    match &mark.kind {
        MarkKind::Path { segments, filled } => {
            mark.solid && (mark.pale || is_box(mark, *segments, *filled))
        }
        // A white picture may have a mask that shows all of it.
        MarkKind::Image => mark.solid || mark.blank || mark.pale,
        MarkKind::Stamp { .. } | MarkKind::Field { .. } => mark.solid,
        MarkKind::Note { subtype, .. } => {
            let shows_through = matches!(
                subtype.as_str(),
                "Link" | "Popup" | "Highlight" | "Underline" | "Squiggly" | "Text"
            );
            mark.solid && (mark.drawn || !shows_through)
        }
        MarkKind::Ink => mark.solid && mark.pale,
        MarkKind::Letters | MarkKind::EmptySignatureField | MarkKind::SignatureField => false,
    }
}

/// Returns the size of the part that two areas have in common; a line is one point wide.
fn both(one: [i64; 4], other: [i64; 4]) -> i64 {
    const POINT: i64 = 100;
    let grown = |[left, lower, right, upper]: [i64; 4]| {
        [
            left,
            lower,
            right.max(left + POINT),
            upper.max(lower + POINT),
        ]
    };
    let (one, other) = (grown(one), grown(other));
    let wide = one[2].min(other[2]) - one[0].max(other[0]);
    let high = one[3].min(other[3]) - one[1].max(other[1]);
    wide.max(0).saturating_mul(high.max(0))
}
