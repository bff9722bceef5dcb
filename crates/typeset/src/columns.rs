//! How wide the columns of a table are. Widths in percent keep their proportions. The other columns share the rest by
//! the amount of text in them; none becomes narrower than its longest common word while there is room.
#![expect(
    clippy::float_arithmetic,
    reason = "lengths on paper are fractions of points"
)]
#![expect(
    clippy::cast_precision_loss,
    reason = "column and character counts are small"
)]

use super::block::{Cell, Column, runs};
use super::layout::Area;
use super::style;

/// Words longer than this may be broken; addresses and digests always are.
const LONGEST_WORD: usize = 18;
/// The width of a common letter, in parts of the size.
const LETTER: f32 = 0.62;

/// What a column would like.
#[derive(Clone, Copy)]
struct Wish {
    /// Share of the room, once it is decided.
    width: Option<f32>,
    /// Room for its longest word.
    least: f32,
    /// How much text it holds.
    weight: f32,
}

pub(super) fn column_areas(
    columns: &[Column],
    header: &[Cell],
    rows: &[Vec<Cell>],
    area: Area,
) -> Vec<Area> {
    let wish = |(index, column): (usize, &Column)| {
        let (least, weight) = measure(index, header, rows);
        let width = column.width.map(|percent| area.width * percent / 100.0);
        Wish {
            width,
            least,
            weight,
        }
    };
    let mut wishes: Vec<Wish> = columns.iter().enumerate().map(wish).collect();
    share(&mut wishes, area.width);
    let total: f32 = wishes
        .iter()
        .filter_map(|wish| wish.width)
        .sum::<f32>()
        .max(1.0);
    let mut x = area.x;
    let areas = wishes.iter().map(|wish| {
        let width = wish.width.unwrap_or(0.0) * area.width / total;
        let column = Area {
            x,
            width,
            body: style::CELL,
            ..area
        };
        x += width;
        column
    });
    areas.collect()
}

/// Gives every column without a width its part of what is left. Columns whose
/// part would be too narrow take what they need, and the others share again.
fn share(wishes: &mut [Wish], room: f32) {
    loop {
        let left = (room - wishes.iter().filter_map(|wish| wish.width).sum::<f32>()).max(0.0);
        let open = || wishes.iter().filter(|wish| wish.width.is_none());
        let (weight, least) = open().fold((0.0, 0.0), |(weight, least), wish| {
            (weight + wish.weight, least + wish.least)
        });
        if weight <= 0.0 {
            return;
        }
        let part = |wish: &Wish| left * wish.weight / weight;
        // Without room for every longest word, all are treated alike.
        let narrow = |wish: &Wish| wish.width.is_none() && least < left && part(wish) < wish.least;
        if let Some(found) = wishes.iter().position(narrow) {
            wishes[found].width = Some(wishes[found].least);
            continue;
        }
        for wish in wishes.iter_mut().filter(|wish| wish.width.is_none()) {
            wish.width = Some(left * wish.weight / weight);
        }
        return;
    }
}

/// Room for the longest word of a column, and the average length of its
/// texts within limits that keep every column readable.
fn measure(index: usize, header: &[Cell], rows: &[Vec<Cell>]) -> (f32, f32) {
    let cells = header
        .get(index)
        .into_iter()
        .chain(rows.iter().filter_map(|row| row.get(index)));
    let (mut longest, mut sum, mut count) = (0, 0, 0);
    for cell in cells {
        count += 1;
        for run in runs(&cell.blocks) {
            sum += run.text.chars().count();
            let words = run.text.split_whitespace().map(|word| word.chars().count());
            longest = longest.max(
                words
                    .filter(|&length| length <= LONGEST_WORD)
                    .max()
                    .unwrap_or(0),
            );
        }
    }
    let least = longest as f32 * LETTER * style::CELL.size + 2.0 * style::CELL_HORIZONTAL;
    let average = sum as f32 / (count as f32).max(1.0);
    (least, average.clamp(8.0, 60.0))
}
