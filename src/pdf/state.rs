//! What is set while a page is drawn, and what `q` and `Q` save and restore.

use super::font::Shared;
use super::place::{Area, Matrix};

/// The state of graphics and of text.
#[derive(Clone, Debug)]
pub(super) struct State {
    /// How places of the content become places on the page.
    pub(super) matrix: Matrix,
    /// Nothing is drawn outside of it.
    pub(super) clip: Area,
    pub(super) line_width: f64,
    pub(super) font: Option<Shared>,
    pub(super) size: f64,
    pub(super) leading: f64,
    /// The mode of text: 3 and 7 draw nothing.
    pub(super) mode: i64,
    /// Tells the space of colors and the color of what is filled, in a file that is read closely.
    pub(super) space: u64,
    pub(super) color: u64,
    /// What is filled shows through.
    pub(super) is_faint: bool,
    /// What is drawn is mixed with what is below.
    pub(super) is_blended: bool,
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
            mode: 0,
            space: 0,
            color: 0,
            is_faint: false,
            is_blended: false,
        }
    }
}
