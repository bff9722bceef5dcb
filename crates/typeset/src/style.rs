//! The look of the page: every size, colour and distance, in points. No other file contains a number that a designer
//! would want to change. The page is a quiet form: one family, one accent, thin rules.

/// A colour as red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Colour(pub u8, pub u8, pub u8);

pub(super) const INK: Colour = Colour(0x1c, 0x1f, 0x23);
/// Labels, fine print, headers and footers; 6:1 against white.
pub(super) const MUTED: Colour = Colour(0x56, 0x5e, 0x68);
/// Headings and the bar of a note.
pub(super) const ACCENT: Colour = Colour(0x1f, 0x3a, 0x5f);
pub(super) const LINK: Colour = Colour(0x1d, 0x4f, 0x91);
pub(super) const HAIRLINE: Colour = Colour(0xc6, 0xcc, 0xd3);
/// The background of a table header.
pub(super) const HEADER_TINT: Colour = Colour(0xe9, 0xec, 0xf0);
/// The background of a note.
pub(super) const NOTE_TINT: Colour = Colour(0xf3, 0xf6, 0xf9);
pub(super) const DRAFT: Colour = Colour(0xed, 0xef, 0xf2);

pub(super) const PAGE_WIDTH: f32 = 595.276;
pub(super) const PAGE_HEIGHT: f32 = 841.89;
/// From one corner of a page to the opposite one. A constant, as are the next two: computed, their last bits would
/// depend on the system's mathematical library, and so would the bytes of a draft.
pub(super) const PAGE_DIAGONAL: f32 = 1_031.083_1;
/// The cosine and the sine of the angle by which the draft mark is turned, from the lower left corner to the upper right.
pub(super) const DRAFT_TURN: (f32, f32) = (0.577_330_77, -0.816_510_4);
pub(super) const MARGIN: f32 = 54.0;
pub(super) const TEXT_WIDTH: f32 = PAGE_WIDTH - MARGIN - MARGIN;
/// Top of the page header.
pub(super) const HEADER_TOP: f32 = 34.0;
/// Bottom of the page footer, from the bottom edge.
pub(super) const FOOTER_BOTTOM: f32 = 34.0;
/// Between the page header or footer and its rule.
pub(super) const HEAD_PADDING: f32 = 5.0;
/// Between the rule of the header or footer and the text.
pub(super) const HEAD_GAP: f32 = 16.0;
/// Margin above or below the text when there is no header or footer.
pub(super) const BARE_MARGIN: f32 = 56.0;

pub(super) const RULE: f32 = 0.5;
/// Distance from the baseline to the line under a link.
pub(super) const UNDERLINE: f32 = 1.4;
/// Thickness of the line under a link.
pub(super) const UNDERLINE_WIDTH: f32 = 0.4;

/// Ascent and descent of Noto Sans in parts of the size. Every line takes
/// these, for any mix of fonts, so that baselines stay on their grid.
pub(super) const ASCENT: f32 = 1.069;
/// See [`ASCENT`].
pub(super) const DESCENT: f32 = 0.293;

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TextStyle {
    /// Size in points.
    pub size: f32,
    /// Distance from baseline to baseline.
    pub leading: f32,
    /// Colour, unless a run is a link.
    pub colour: Colour,
    pub bold: bool,
}

const fn style(size: f32, leading: f32, colour: Colour, bold: bool) -> TextStyle {
    TextStyle {
        size,
        leading,
        colour,
        bold,
    }
}

pub(super) const BODY: TextStyle = style(9.5, 13.5, INK, false);
pub(super) const SMALL: TextStyle = style(8.0, 11.0, MUTED, false);
pub(super) const LEAD: TextStyle = style(11.0, 16.0, MUTED, false);
pub(super) const RUNNING_HEAD: TextStyle = style(7.5, 10.0, MUTED, false);
pub(super) const CELL: TextStyle = style(8.5, 11.5, INK, false);
pub(super) const CELL_HEADER: TextStyle = style(8.0, 11.0, ACCENT, true);
/// Labels of key and value tables.
pub(super) const LABEL: TextStyle = style(9.0, 12.5, MUTED, false);
/// Values of key and value tables.
pub(super) const VALUE: TextStyle = style(9.0, 12.5, INK, false);

pub(super) const fn heading(level: u8) -> TextStyle {
    match level {
        1 => style(18.0, 24.0, ACCENT, true),
        2 => style(12.0, 16.0, ACCENT, true),
        _ => style(10.0, 13.5, ACCENT, true),
    }
}

pub(super) const fn heading_before(level: u8) -> f32 {
    match level {
        1 => 24.0,
        2 => 22.0,
        _ => 14.0,
    }
}

pub(super) const fn heading_after(level: u8) -> f32 {
    match level {
        1 => 6.0,
        2 => 7.0,
        _ => 4.0,
    }
}

/// The side of a pixel in a picture without a width: 150 to the inch.
pub(super) const PIXEL: f32 = 72.0 / 150.0;
/// A picture that is shown to be read is at most this high.
pub(super) const READING_HEIGHT: f32 = 368.0;
/// A picture in the page header or footer is at most this high.
pub(super) const HEAD_TALLEST: f32 = 30.0;
pub(super) const PARAGRAPH_GAP: f32 = 7.0;
/// Space around tables, notes and rules.
pub(super) const BLOCK_GAP: f32 = 10.0;
pub(super) const ITEM_GAP: f32 = 3.0;
pub(super) const LIST_INDENT: f32 = 16.0;
pub(super) const LIST_LABEL: f32 = 3.0;
/// Between the number of an item and its text.
pub(super) const LIST_NUMBER_GAP: f32 = 5.0;
/// Space above and below the text of a table cell.
pub(super) const CELL_VERTICAL: f32 = 3.5;
/// Space left and right of the text of a table cell.
pub(super) const CELL_HORIZONTAL: f32 = 5.0;
/// Share of the label column of a key and value table.
pub(super) const LABEL_SHARE: f32 = 0.28;
/// Least height of a row to be filled in by hand.
pub(super) const FILL_IN_HEIGHT: f32 = 30.0;
/// Space between the edge of a note and its text.
pub(super) const NOTE_PADDING: f32 = 9.0;
/// How far a note reaches beyond its text where a page break splits it.
pub(super) const NOTE_BLEED: f32 = 5.0;
/// Width of the bar at the left of a note.
pub(super) const NOTE_BAR: f32 = 2.5;
/// The part of a page a note may fill and still be kept in one piece.
pub(super) const NOTE_KEEP_SHARE: f32 = 0.5;
/// A run in small print, in parts of the size around it.
pub(super) const SMALL_RUN: f32 = 0.86;
/// The stroke that makes a face bolder if it has no bold version, as a fraction of the size.
pub(super) const EMBOLDEN: f32 = 0.028;
/// The draft mark fills this part of the page's diagonal.
pub(super) const DRAFT_SHARE: f32 = 0.72;
/// The draft mark is never larger than this.
pub(super) const DRAFT_LARGEST: f32 = 170.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_draft_mark_goes_from_corner_to_corner() {
        let is_near = |left: f32, right: f32| (left - right).abs() < right * 1e-6;
        let (cosine, sine) = DRAFT_TURN;
        assert!(is_near(PAGE_DIAGONAL * cosine, PAGE_WIDTH));
        assert!(is_near(PAGE_DIAGONAL * -sine, PAGE_HEIGHT));
    }
}
