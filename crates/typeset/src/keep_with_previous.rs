//! What may not be alone on a page: a signature with nothing above it could be put under any text.
//!
//! A piece marked `with_previous` shares its page with the last two lines, rows or items before it, or with a
//! picture. Exceptions: nothing is before it, a page break is, or one page cannot hold both. Blocks that are kept
//! together only for looks are split for this.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

use super::flow::Piece;

/// How many lines, rows or items must precede the marked piece.
const ENOUGH: usize = 2;

/// Glues each marked piece to the end of the text before it. `room` is the height of a page.
pub(super) fn bind(pieces: &mut [Piece], room: f32) {
    for marked in 1..pieces.len() {
        if pieces[marked].with_previous {
            bind_one(pieces, marked, room);
        }
    }
}

/// Works backwards from the marked piece: adds whole groups of glued pieces until enough text precedes it, as long as
/// all of it fits on a page. If the next group is too tall, only its end is taken. This splits a block that was kept
/// together for looks, which is better than a signature without the text above it.
fn bind_one(pieces: &mut [Piece], marked: usize, room: f32) {
    let end = (marked..pieces.len())
        .find(|&at| may_break(&pieces[at]))
        .unwrap_or(pieces.len() - 1);
    let fits = |start: usize| height(&pieces[start..=end]) <= room;
    let mut start = group_start(pieces, marked);
    while !enough(&pieces[start..marked]) && start > 0 && !pieces[start - 1].page_break {
        let before = group_start(pieces, start - 1);
        if !fits(before) {
            break;
        }
        start = before;
    }
    if !fits(start) || !enough(&pieces[start..marked]) {
        let cut = (1..marked)
            .rev()
            .take_while(|&at| !pieces[at].page_break && fits(at))
            .find(|&at| enough(&pieces[at..marked]) && may_cut(pieces, at));
        if let Some(at) = cut {
            pieces[at - 1].glue = false;
            start = at;
        }
    }
    pieces[start..marked]
        .iter_mut()
        .for_each(|piece| piece.glue = true);
}

fn may_break(piece: &Piece) -> bool {
    !piece.glue || piece.page_break
}

fn group_start(pieces: &[Piece], at: usize) -> usize {
    (0..at)
        .rev()
        .find(|&before| may_break(&pieces[before]))
        .map_or(0, |before| before + 1)
}

/// Returns true if a page may end before this piece although it is glued to the one before: not below a heading or a
/// table header, and not inside another block that may not be alone.
fn may_cut(pieces: &[Piece], at: usize) -> bool {
    let (before, after) = (&pieces[at - 1], &pieces[at]);
    let below_header = after.repeat.is_some() && before.repeat.is_none();
    let marked = pieces[group_start(pieces, at)..at]
        .iter()
        .any(|piece| piece.with_previous);
    !marked && !below_header && before.heading.is_none()
}

fn enough(pieces: &[Piece]) -> bool {
    let texts = pieces
        .iter()
        .filter(|piece| !piece.texts.is_empty() && piece.heading.is_none());
    texts.count() >= ENOUGH || pieces.iter().any(|piece| !piece.pictures.is_empty())
}

/// The height of these pieces at the top of a page, where the space above the first is dropped and its table header
/// repeats.
fn height(pieces: &[Piece]) -> f32 {
    let first = pieces.first();
    let header = first
        .and_then(|piece| piece.repeat.as_deref())
        .map_or(0.0, |header| header.height);
    let sum: f32 = pieces.iter().map(|piece| piece.before + piece.height).sum();
    header + sum - first.map_or(0.0, |piece| piece.before)
}
