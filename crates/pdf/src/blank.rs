//! Whether a picture shows anything: one of a single color, or one that is transparent, is no signature.

use super::file::File;
use super::filter;
use super::fuel::TANK;
use super::object::{Dict, Object, Stream};
use super::streams;

/// The largest picture that is unpacked to be looked at, in bytes.
const MAX_SAMPLES: usize = 16_000_000;

/// How the samples of a picture are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Samples {
    /// All are zero.
    Zero,
    /// All are equal.
    Equal,
    /// They differ, or cannot be told.
    Differ,
}

/// Returns true if all samples of a picture are equal, or its mask lets nothing of it show. A picture in a filter that
/// is not read here is taken for one that shows something.
pub(super) fn is_blank(file: &File<'_>, picture: &Stream) -> bool {
    let mask = ["SMask", "Mask"]
        .map(|key| file.look(&picture.dict, key))
        .into_iter()
        .find_map(|mask| mask.stream().cloned());
    let is_soft = file.look(&picture.dict, "SMask").stream().is_some();
    let of = |stream: &Stream| samples(file, &stream.dict, file.raw(stream));
    match mask.as_deref().map(of) {
        Some(Samples::Zero) if is_soft => true,
        // The mask has the shape of a pen stroke.
        Some(Samples::Differ) => false,
        _ => of(picture) != Samples::Differ,
    }
}

/// Returns true if all samples of a picture within a content are equal.
pub(super) fn is_blank_inline(file: &File<'_>, dict: &Dict, data: &[u8]) -> bool {
    samples(file, dict, data) != Samples::Differ
}

fn samples(file: &File<'_>, dict: &Dict, packed: &[u8]) -> Samples {
    let size = |long: &str, short: &str| {
        let long = file.look(dict, long).size();
        long.or_else(|| file.look(dict, short).size())
    };
    let (Some(width), Some(height)) = (size("Width", "W"), size("Height", "H")) else {
        return Samples::Differ;
    };
    let bits = size("BitsPerComponent", "BPC").unwrap_or(1);
    let n_colors = n_colors(file, dict);
    let Some(row_bits) = width
        .checked_mul(bits)
        .and_then(|bits| bits.checked_mul(n_colors))
    else {
        return Samples::Differ;
    };
    let Some(n_bytes) = row_bits.div_ceil(8).checked_mul(height) else {
        return Samples::Differ;
    };
    // What is left has to do for the pages that follow.
    let is_much = n_bytes > MAX_SAMPLES || file.fuel.left() < TANK / 2;
    if n_bytes == 0 || is_much {
        return Samples::Differ;
    }
    let unpacked = filter::unpack(packed, &streams::filters(file, dict), &file.fuel);
    let cost = u64::try_from(n_bytes).unwrap_or(u64::MAX);
    let bytes = unpacked.bytes.get(..n_bytes);
    let Some(bytes) = bytes.filter(|_| unpacked.fault.is_none() && file.fuel.spend(2 * cost))
    else {
        return Samples::Differ;
    };
    compared(bytes, row_bits, n_colors.saturating_mul(bits))
}

/// Compares samples of so many bits, in rows that begin with a byte.
fn compared(bytes: &[u8], row_bits: usize, sample: usize) -> Samples {
    let mut rows = bytes.chunks(row_bits.div_ceil(8).max(1));
    let first: Vec<u8> = bytes.iter().copied().take(sample.div_ceil(8)).collect();
    let first = match (first.as_slice(), sample) {
        // The sample, repeated to fill a byte.
        ([byte, ..], 1 | 2 | 4) => {
            let one = byte >> (8 - sample);
            vec![(0..8 / sample).fold(0, |all, _| all << sample | one)]
        }
        (_, 8..) if sample.is_multiple_of(8) => first,
        _ => return Samples::Differ,
    };
    let (whole, rest) = (row_bits / 8, row_bits % 8);
    let last = 0xff_u8.checked_shl(8 - u32::try_from(rest).unwrap_or(0));
    let last = if rest == 0 { 0 } else { last.unwrap_or(0) };
    let is_equal = rows.all(|row| {
        let (full, end) = row.split_at(whole.min(row.len()));
        let mut pixels = full.chunks(first.len());
        pixels.all(|pixel| first.starts_with(pixel))
            && end.iter().all(|byte| (byte ^ first[0]) & last == 0)
    });
    match is_equal {
        true if first.iter().all(|byte| *byte == 0) => Samples::Zero,
        true => Samples::Equal,
        false => Samples::Differ,
    }
}

/// Returns how many numbers a sample has.
fn n_colors(file: &File<'_>, dict: &Dict) -> usize {
    let space = file.look(dict, "ColorSpace");
    let space = if space.is_null() {
        file.look(dict, "CS")
    } else {
        space
    };
    let parameter = space.items().get(1).map(|one| file.get(one));
    let kind = match space.items().first() {
        Some(kind) => file.get(kind),
        None => space.clone(),
    };
    match (kind.name().unwrap_or_default(), parameter) {
        (b"DeviceRGB" | b"RGB" | b"CalRGB" | b"Lab", _) => 3,
        (b"DeviceCMYK" | b"CMYK", _) => 4,
        (b"ICCBased", Some(Object::Stream(profile))) => {
            file.look(&profile.dict, "N").size().unwrap_or(1)
        }
        (b"DeviceN", Some(names)) => names.items().len(),
        _ => 1,
    }
}
