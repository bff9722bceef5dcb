//! Geometry on a page: points, boxes, and transformations between coordinate systems.
#![expect(
    clippy::float_arithmetic,
    reason = "places are fractions of points; only whole tenths and thousandths of them leave this file"
)]

use super::file::File;
use super::object::Object;

/// A transformation: `[a b c d e f]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Matrix(pub(super) [f64; 6]);

/// A box whose sides are parallel to those of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) left: f64,
    pub(super) bottom: f64,
    pub(super) right: f64,
    pub(super) top: f64,
}

/// A straight line between two points.
pub(super) type Line = ((f64, f64), (f64, f64));

impl Matrix {
    /// Returns the transformation of one box onto another; nothing if one of them has no size.
    pub(super) fn fitting(one: Area, other: Area) -> Option<Self> {
        let wide = (other.right - other.left) / (one.right - one.left);
        let high = (other.top - other.bottom) / (one.top - one.bottom);
        let is_size = |number: f64| number.is_finite() && number > 0.0;
        (is_size(wide) && is_size(high)).then(|| {
            let (x, y) = (
                other.left - one.left * wide,
                other.bottom - one.bottom * high,
            );
            Self([wide, 0.0, 0.0, high, x, y])
        })
    }

    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) fn of(items: &[Object]) -> Option<Self> {
        let numbers: Vec<f64> = items.iter().filter_map(Object::number).collect();
        numbers.try_into().ok().map(Self)
    }

    /// Returns the transformation that applies this one first, then `after`.
    pub(super) fn then(self, after: Self) -> Self {
        let first = self.0;
        let [xx, xy, yx, yy, dx, dy] = after.0;
        let turned = |x: f64, y: f64| [x * xx + y * yx, x * xy + y * yy];
        let [across, up, shift] = [0, 2, 4].map(|i| turned(first[i], first[i + 1]));
        Self([
            across[0],
            across[1],
            up[0],
            up[1],
            shift[0] + dx,
            shift[1] + dy,
        ])
    }

    pub(super) fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    pub(super) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [xx, xy, yx, yy, dx, dy] = self.0;
        (x * xx + y * yx + dx, x * xy + y * yy + dy)
    }

    /// Returns the largest factor by which a length grows.
    pub(super) fn scale(self) -> f64 {
        let [xx, xy, yx, yy, ..] = self.0;
        let x = xx.abs() + xy.abs();
        let y = yx.abs() + yy.abs();
        if x > y { x } else { y }
    }
}

impl Area {
    pub(super) const NOTHING: Self = Self {
        left: f64::INFINITY,
        bottom: f64::INFINITY,
        right: f64::NEG_INFINITY,
        top: f64::NEG_INFINITY,
    };

    /// Reads a rectangle, given by any two opposite corners.
    pub(super) fn read(file: &File<'_>, object: &Object) -> Option<Self> {
        let numbers: Vec<f64> = object
            .items()
            .iter()
            .take(4)
            .filter_map(|item| file.get(item).number())
            .collect();
        let [x, y, z, w] = numbers[..] else {
            return None;
        };
        let mut area = Self::NOTHING;
        area.add((x, y));
        area.add((z, w));
        Some(area)
    }

    pub(super) fn add(&mut self, (x, y): (f64, f64)) {
        self.left = self.left.min(x);
        self.right = self.right.max(x);
        self.bottom = self.bottom.min(y);
        self.top = self.top.max(y);
    }

    /// Returns the bounding box under a transformation.
    pub(super) fn under(self, matrix: Matrix) -> Self {
        let mut area = Self::NOTHING;
        for (x, y) in self.corners() {
            area.add(matrix.apply(x, y));
        }
        area
    }

    pub(super) fn corners(self) -> [(f64, f64); 4] {
        [
            (self.left, self.bottom),
            (self.right, self.bottom),
            (self.right, self.top),
            (self.left, self.top),
        ]
    }

    pub(super) fn grown(self, by: f64) -> Self {
        Self {
            left: self.left - by,
            bottom: self.bottom - by,
            right: self.right + by,
            top: self.top + by,
        }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        }
    }

    /// Returns true if it is not empty; a line is not.
    pub(super) fn is_some(self) -> bool {
        self.left <= self.right && self.bottom <= self.top
    }

    fn size(self) -> f64 {
        if self.is_some() {
            (self.right - self.left) * (self.top - self.bottom)
        } else {
            0.0
        }
    }

    /// Returns how much of `page` it covers, in thousandths.
    pub(super) fn share(self, page: Self) -> u16 {
        let whole = page.size();
        if whole <= 0.0 {
            return 0;
        }
        let share = whole_number(self.and(page).size() / whole * 1000.0);
        u16::try_from(share.clamp(0, 1000)).unwrap_or(0)
    }

    /// Returns the left, lower, right and upper edge relative to `page`, in hundredths of a point.
    pub(super) fn edges(self, page: Self) -> [i64; 4] {
        [
            whole_number((self.left - page.left) * 100.0),
            whole_number((self.bottom - page.bottom) * 100.0),
            whole_number((self.right - page.left) * 100.0),
            whole_number((self.top - page.bottom) * 100.0),
        ]
    }

    /// Returns how many of `n` letters in a line of text are inside, if the middle of the line is.
    pub(super) fn letters(self, line: Self, n: u32) -> u32 {
        let middle = f64::midpoint(line.bottom, line.top);
        let width = line.right - line.left;
        let both = self.and(line);
        if !both.is_some() || middle < self.bottom || middle > self.top || width <= 0.0 {
            return 0;
        }
        let share = whole_number(f64::from(n) * (both.right - both.left) / width);
        u32::try_from(share.max(0)).unwrap_or(n).min(n)
    }

    /// Returns true if it is a line rather than an area.
    pub(super) fn is_thin(self) -> bool {
        self.top - self.bottom < 3.0 || self.right - self.left < 3.0
    }

    /// Returns true if a stroke of this half width through letters leaves little of them.
    pub(super) fn is_hidden_by(self, half: f64) -> bool {
        4.0 * half >= self.top - self.bottom
    }

    /// Returns the part of a line of text that strokes cross: from the first crossing to the last, as high as the
    /// text. A stroke below the words or at their upper edge crosses none.
    pub(super) fn struck(self, lines: &[Line], half: f64) -> Self {
        let high = self.top - self.bottom;
        let bottom = self.bottom + high * 0.15 - half;
        let top = self.top - high * 0.1 + half;
        let mut struck = Self::NOTHING;
        for ((x, y), (to_x, to_y)) in lines {
            let (low, up) = (y.min(*to_y), y.max(*to_y));
            if up < bottom || low > top {
                continue;
            }
            // The part of the stroke at the height of the letters.
            let at = |height: f64| {
                if up - low < 0.01 {
                    None
                } else {
                    Some(x + (to_x - x) * (height - y) / (to_y - y))
                }
            };
            let first = at(low.max(bottom)).unwrap_or(*x);
            let last = at(up.min(top)).unwrap_or(*to_x);
            struck.add((first - half, self.bottom));
            struck.add((last - half, self.top));
            struck.add((first + half, self.bottom));
            struck.add((last + half, self.top));
        }
        struck
    }

    /// Returns width and height in hundredths of a point.
    pub(super) fn hundredths(self) -> (i64, i64) {
        (
            whole_number((self.right - self.left) * 100.0),
            whole_number((self.top - self.bottom) * 100.0),
        )
    }
}

/// Returns a coordinate in tenths of a point.
///
/// Halves of tenths are common, and a program that writes a file again changes numbers slightly. So the border
/// between two tenths is where numbers are rare.
pub(super) fn tenths(place: f64) -> i64 {
    whole_number(place * 10.0 + 0.137)
}

/// Returns a multiple of a number, without its fraction.
pub(super) fn whole(object: &Object, times: u8) -> Option<i64> {
    Some(whole_number(object.number()? * f64::from(times)))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast saturates, and no page is so large"
)]
fn whole_number(value: f64) -> i64 {
    (value + 0.5).floor() as i64
}
