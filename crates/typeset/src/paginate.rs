//! Page breaks: pieces in, pages out. Pieces that are glued together share a page whenever one page can hold them. A
//! page that starts inside a table starts with the header of the table. Which pieces are glued is decided in
//! `flow.rs`, `keep_with_previous.rs`, `layout.rs` and `table.rs`.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]

use std::collections::BTreeMap;

use super::flow::Piece;
use super::keep_with_previous::bind;
use super::layout::Frame;
use super::page::{Fill, Page, Placed};
use super::style;

pub(super) struct Paginator<'a> {
    frames: &'a [Frame],
    top: f32,
    bottom: f32,
    y: f32,
    pages: Vec<Page>,
    /// The stretch each tinted box covers on the current page.
    open: BTreeMap<usize, (f32, f32)>,
    /// The tinted box that continues from the page before.
    split: Option<usize>,
    /// The current page is still empty, except for a repeated header.
    fresh: bool,
}

/// Breaks pieces into pages with text between `top` and `bottom`.
pub(super) fn paginate(
    mut pieces: Vec<Piece>,
    frames: &[Frame],
    top: f32,
    bottom: f32,
) -> Vec<Page> {
    bind(&mut pieces, bottom - top);
    let mut paginator = Paginator {
        frames,
        top,
        bottom,
        y: top,
        pages: vec![Page::default()],
        open: BTreeMap::new(),
        split: None,
        fresh: true,
    };
    let mut group = Vec::new();
    for piece in pieces {
        let (last, page_break) = (!piece.glue || piece.page_break, piece.page_break);
        group.push(piece);
        if last {
            paginator.group(std::mem::take(&mut group), page_break);
        }
    }
    paginator.group(group, false);
    paginator.close_frames();
    paginator
        .pages
        .pop_if(|page| page.texts.is_empty() && page.fills.is_empty() && page.pictures.is_empty());
    if paginator.pages.is_empty() {
        paginator.pages.push(Page::default());
    }
    paginator.pages
}

impl Paginator<'_> {
    /// Places a group of glued pieces, on a new page if it does not fit on this one. Earlier pages are never revisited:
    /// glue says everything about a break before its place is known, so one pass is enough.
    fn group(&mut self, group: Vec<Piece>, page_break: bool) {
        if !self.fits(&group) && !self.fresh {
            self.next_page(group.first());
        }
        for piece in group {
            // A group taller than a page breaks between any two pieces.
            if !self.fits(std::slice::from_ref(&piece)) && !self.fresh {
                self.next_page(Some(&piece));
            }
            self.place(piece);
        }
        if page_break {
            self.next_page(None);
        }
    }

    fn fits(&self, group: &[Piece]) -> bool {
        let repeat = group
            .first()
            .and_then(|piece| piece.repeat.as_deref())
            .filter(|_| self.fresh);
        let mut y = self.y + repeat.map_or(0.0, |header| header.height);
        for (index, piece) in group.iter().enumerate() {
            let at_top = self.fresh && index == 0;
            y += if at_top { 0.0 } else { piece.before } + piece.height;
        }
        // Rounding adds up over a page. Half a point is less than the white below any line, so nothing is cut.
        y <= self.bottom + 0.5
    }

    fn place(&mut self, piece: Piece) {
        if self.fresh {
            if let Some(header) = piece.repeat.as_deref() {
                self.draw(header.clone());
            }
        } else {
            self.y += piece.before;
        }
        self.draw(piece);
        self.fresh = false;
    }

    fn draw(&mut self, piece: Piece) {
        let (y, height) = (self.y, piece.height);
        if let Some(frame) = piece.frame {
            let bleed = if self.split == Some(frame) {
                style::NOTE_BLEED
            } else {
                0.0
            };
            let covered = self.open.entry(frame).or_insert((y - bleed, y));
            covered.1 = y + height;
        }
        if let Some(page) = self.pages.last_mut() {
            page.fills.extend(piece.fills.into_iter().map(|fill| Fill {
                y: fill.y + y,
                ..fill
            }));
            page.texts.extend(piece.texts.into_iter().map(|mut text| {
                text.y += y;
                text
            }));
            page.pictures
                .extend(piece.pictures.into_iter().map(|picture| Placed {
                    y: picture.y + y,
                    ..picture
                }));
            page.headings.extend(piece.heading.map(|node| (node, y)));
        }
        self.y = y + height;
    }

    /// Ends a page. If a tinted box continues on the next page, it extends a little beyond its text on both sides of
    /// the break.
    fn next_page(&mut self, coming: Option<&Piece>) {
        self.split = coming
            .and_then(|piece| piece.frame)
            .filter(|frame| self.open.contains_key(frame));
        if let Some(covered) = self.split.and_then(|frame| self.open.get_mut(&frame)) {
            covered.1 += style::NOTE_BLEED;
        }
        self.close_frames();
        self.pages.push(Page::default());
        self.y = self.top;
        self.fresh = true;
    }

    /// Draws the tinted boxes of this page behind everything else on it.
    fn close_frames(&mut self) {
        let Some(page) = self.pages.last_mut() else {
            return;
        };
        for (frame, (top, bottom)) in std::mem::take(&mut self.open) {
            let Some(Frame { x, width }) = self.frames.get(frame).copied() else {
                continue;
            };
            let (y, height) = (top, bottom - top);
            let tint = Fill {
                x,
                y,
                width,
                height,
                colour: style::NOTE_TINT,
            };
            let bar = Fill {
                x,
                y,
                width: style::NOTE_BAR,
                height,
                colour: style::ACCENT,
            };
            drop(page.fills.splice(0..0, [tint, bar]));
        }
    }
}
