//! Undoes the predictors that producers apply to rows of numbers so that they compress better.

use super::fuel::Fuel;

/// How rows were changed before compression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Predictor {
    /// 1 for none, 2 for differences, 10 and above for the methods of PNG.
    pub(super) kind: i64,
    pub(super) colors: usize,
    pub(super) bits: usize,
    pub(super) columns: usize,
}

impl Default for Predictor {
    fn default() -> Self {
        Self {
            kind: 1,
            colors: 1,
            bits: 8,
            columns: 1,
        }
    }
}

/// Returns the original rows.
pub(super) fn undo(bytes: Vec<u8>, predictor: Predictor, fuel: &Fuel) -> Vec<u8> {
    let pixel = (predictor.colors.saturating_mul(predictor.bits))
        .div_ceil(8)
        .max(1);
    let row = predictor
        .columns
        .saturating_mul(predictor.colors)
        .saturating_mul(predictor.bits)
        .div_ceil(8)
        .clamp(1, 100_000_000);
    if predictor.kind < 2 || !fuel.spend(4 * u64::try_from(bytes.len()).unwrap_or(u64::MAX)) {
        return bytes;
    }
    if predictor.kind == 2 {
        return differences(bytes, row, pixel, predictor.bits);
    }
    png(&bytes, row, pixel)
}

fn differences(mut bytes: Vec<u8>, row: usize, pixel: usize, bits: usize) -> Vec<u8> {
    if bits == 8 {
        for row in bytes.chunks_mut(row) {
            for i in pixel..row.len() {
                row[i] = row[i].wrapping_add(row[i - pixel]);
            }
        }
    }
    bytes
}

fn png(bytes: &[u8], row: usize, pixel: usize) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut above = 0..0;
    for line in bytes.chunks(row + 1) {
        let Some((&kind, line)) = line.split_first() else {
            continue;
        };
        let start = out.len();
        for (i, byte) in line.iter().enumerate() {
            let left = if i >= pixel {
                out[start + i - pixel]
            } else {
                0
            };
            let up = above.start + i;
            let up_left = if i >= pixel && up < above.end {
                out[up - pixel]
            } else {
                0
            };
            let up = if up < above.end { out[up] } else { 0 };
            let guess = match kind {
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => paeth(left, up, up_left),
                _ => 0,
            };
            out.push(byte.wrapping_add(guess));
        }
        above = start..out.len();
    }
    out
}

fn paeth(left: u8, up: u8, up_left: u8) -> u8 {
    let guess = i16::from(left) + i16::from(up) - i16::from(up_left);
    let away = |byte: u8| (guess - i16::from(byte)).abs();
    if away(left) <= away(up) && away(left) <= away(up_left) {
        left
    } else if away(up) <= away(up_left) {
        up
    } else {
        up_left
    }
}
