//! What is set while a page is drawn, and what `q` and `Q` save and restore.

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
    /// How places of the content become places on the page.
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
    /// Tells the space of colors and the color of what is filled, in a file that is read closely.
    pub(super) space: u64,
    pub(super) color: u64,
    /// The same for what is stroked.
    pub(super) pen_space: u64,
    pub(super) pen: u64,
    /// Areas and strokes have the color of paper, as far as that shows.
    pub(super) is_pale: bool,
    pub(super) has_pale_pen: bool,
    /// The color of what is filled is that of paper for sure, or black.
    pub(super) is_white: bool,
    pub(super) is_black: bool,
    /// What is filled can hardly be seen, and what is stroked.
    pub(super) is_gone: bool,
    pub(super) has_no_ink: bool,
    /// What is filled shows through.
    pub(super) is_faint: bool,
    /// What is drawn leaves what is below as dark as it is.
    pub(super) is_blended: bool,
    /// What is drawn makes nothing darker, and cannot be seen on paper.
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
            // Until a color is set, everything is black.
            is_black: true,
            is_gone: false,
            has_no_ink: false,
            is_faint: false,
            is_blended: false,
            is_lightened: false,
        }
    }
}
