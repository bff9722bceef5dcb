//! Ink annotations without an appearance.

use std::rc::Rc;

use super::canvas::{Canvas, Covered};
use super::draw::Painter;
use super::object::{Dict, Object};
use super::place::{self, Area};

/// The effect of ink strokes that each viewer draws from their description.
pub(super) fn covered(
    painter: &Painter<'_, '_>,
    dict: &Rc<Dict>,
    area: Area,
    canvas: &Canvas,
) -> Covered {
    /// The greatest width of a pen, in points.
    const PEN: i64 = 6;
    const LIGHT: i64 = 90;
    let file = painter.file;
    let style = file.lookup(dict, "BS");
    let width = style.dict().map(|style| file.lookup(style, "W"));
    let border = file.lookup(dict, "Border");
    let width = width
        .filter(|width| !width.is_null())
        .or_else(|| border.items().get(2).map(|width| file.get(width)));
    let whole = |object: &Object, times: u8| place::whole(object, times);
    let is_wide = width.is_some_and(|width| whole(&width, 1).is_none_or(|width| width > PEN));
    let (n_letters, _) = canvas.letters(area, &file.fuel);
    let color = file.lookup(dict, "C");
    let parts = color.items();
    let is_light = |part: &Object| {
        let part = whole(&file.get(part), 100).unwrap_or(0);
        if parts.len() == 4 {
            part <= 100 - LIGHT
        } else {
            part >= LIGHT
        }
    };
    let (hides, over) = if is_wide {
        (n_letters, 0)
    } else {
        (0, n_letters)
    };
    Covered {
        hides,
        over,
        pale: !parts.is_empty() && parts.iter().all(is_light),
        ruled: is_of_straight_lines(painter, dict),
        ..Covered::default()
    }
}

/// Returns true if no stroke has more than two points.
fn is_of_straight_lines(painter: &Painter<'_, '_>, dict: &Rc<Dict>) -> bool {
    /// Strokes beyond this number are not examined.
    const STROKES: usize = 1_000;
    let file = painter.file;
    let strokes = file.lookup(dict, "InkList");
    let is_straight = |stroke: &Object| file.get(stroke).items().len() <= 4;
    strokes.items().iter().take(STROKES).all(is_straight)
}
