//! The graphics state while a page is drawn, which `q` and `Q` save and restore.

use super::font::Shared;
use super::place::{Area, Matrix};
use super::words::Spacing;

/// The state of graphics and of text.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "what a page sets, it sets one by one"
)]
pub(super) struct State {
    /// From coordinates of the content to the page.
    pub(super) matrix: Matrix,
    /// Nothing is drawn outside of it.
    pub(super) clip: Area,
    pub(super) line_width: f64,
    pub(super) font: Option<Shared>,
    pub(super) size: f64,
    pub(super) leading: f64,
    pub(super) spacing: Spacing,
    /// The mode of text: 3 and 7 draw nothing.
    pub(super) mode: i64,
    /// Hashes of the color space and the fill color, in a file that is read closely.
    pub(super) space: u64,
    pub(super) color: u64,
    /// The same for the stroke color.
    pub(super) pen_space: u64,
    pub(super) pen: u64,
    /// Areas and strokes have the color of paper, as far as that is known.
    pub(super) is_pale: bool,
    pub(super) has_pale_pen: bool,
    /// The fill color is certainly that of paper, or black.
    pub(super) is_white: bool,
    pub(super) is_black: bool,
    /// Fills, or strokes, are almost invisible.
    pub(super) is_gone: bool,
    pub(super) has_no_ink: bool,
    /// Fills are transparent.
    pub(super) is_faint: bool,
    /// Drawings do not lighten what is below.
    pub(super) is_blended: bool,
    /// Drawings darken nothing, and are invisible on paper.
    pub(super) is_lightened: bool,
}

impl State {
    pub(super) fn new(matrix: Matrix, clip: Area) -> Self {
        Self {
            matrix,
            clip,
            line_width: 1.0,
            font: None,
            size: 1.0,
            leading: 0.0,
            spacing: Spacing::NONE,
            mode: 0,
            space: 0,
            color: 0,
            pen_space: 0,
            pen: 0,
            is_pale: false,
            has_pale_pen: false,
            is_white: false,
            // Without a color, everything is black.
            is_black: true,
            is_gone: false,
            has_no_ink: false,
            is_faint: false,
            is_blended: false,
            is_lightened: false,
        }
    }
}
