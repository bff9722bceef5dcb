//! Whether a picture shows anything. A picture that has one color, is as light as paper, or is transparent, is no
//! signature.

use super::file::File;
use super::filter;
use super::fuel::TANK;
use super::object::{Dict, Object, Stream};
use super::streams;

/// The largest picture that is unpacked to examine it, in bytes.
const MAX_SAMPLES: usize = 16_000_000;

/// Samples at least this light have the color of paper, of 255.
const PALE: u8 = 230;
/// Samples at most this dense are invisible, of 255.
const FAINT: u8 = 16;

/// Samples at least this dense hide what is below, of 255.
const DENSE: u8 = 200;

/// Facts about the samples of a picture, as far as they can be determined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
struct Samples {
    equal: bool,
    /// All have roughly the color of paper.
    pale: bool,
    /// As a mask, they hide the picture.
    faint: bool,
    /// As a mask, they show most of the picture unchanged.
    dense: bool,
}

#[derive(Clone, Copy)]
pub(super) struct Visibility {
    pub(super) blank: bool,
    /// It has colors of its own. A mask paints with the current color.
    pub(super) is_colored: bool,
    pub(super) is_solid: bool,
}

/// Examines a picture. It shows nothing if its samples are equal or as light as paper, or if its mask hides it. A
/// picture with an unsupported filter counts as showing something.
pub(super) fn visibility(file: &File<'_>, picture: &Stream) -> Visibility {
    let has = |key: &str| !file.lookup(&picture.dict, key).is_null();
    let is_colored = has("ColorSpace");
    let is_masked = has("SMask") || has("Mask");
    let plain = Visibility {
        blank: false,
        is_colored,
        is_solid: is_colored && !is_masked,
    };
    if !file.is_close {
        return plain;
    }
    let mask = |key: &str| file.lookup(&picture.dict, key).stream().cloned();
    let of = |stream: &Stream| samples(file, &stream.dict, file.raw(stream));
    let soft = mask("SMask").as_deref().map(of);
    let hard = mask("Mask").as_deref().map(of);
    let shown = of(picture);
    // The mask may have the shape of a pen stroke.
    let has_shape = soft.or(hard).is_some_and(|mask| !mask.equal);
    Visibility {
        blank: soft.is_some_and(|mask| mask.faint) || shown.pale || shown.equal && !has_shape,
        is_solid: plain.is_solid || is_colored && soft.is_some_and(|mask| mask.dense),
        ..plain
    }
}

/// Returns true if an inline picture shows nothing.
pub(super) fn is_blank_inline(file: &File<'_>, dict: &Dict, data: &[u8]) -> bool {
    let shown = samples(file, dict, data);
    shown.pale || shown.equal
}

fn samples(file: &File<'_>, dict: &Dict, packed: &[u8]) -> Samples {
    let size = |long: &str, short: &str| {
        let long = file.lookup(dict, long).size();
        long.or_else(|| file.lookup(dict, short).size())
    };
    let (Some(width), Some(height)) = (size("Width", "W"), size("Height", "H")) else {
        return Samples::default();
    };
    let bits = size("BitsPerComponent", "BPC").unwrap_or(1);
    let n_colors = n_colors(file, dict);
    let Some(row_bits) = width
        .checked_mul(bits)
        .and_then(|bits| bits.checked_mul(n_colors))
    else {
        return Samples::default();
    };
    let Some(n_bytes) = row_bits.div_ceil(8).checked_mul(height) else {
        return Samples::default();
    };
    // The pages that follow need the rest of the fuel.
    let is_much = n_bytes > MAX_SAMPLES || file.fuel.left() < TANK / 2;
    if n_bytes == 0 || is_much {
        return Samples::default();
    }
    let unpacked = filter::unpack(packed, &streams::filters(file, dict), &file.fuel);
    let cost = u64::try_from(n_bytes).unwrap_or(u64::MAX);
    let bytes = unpacked.bytes.get(..n_bytes);
    let Some(bytes) = bytes.filter(|_| unpacked.fault.is_none() && file.fuel.spend(2 * cost))
    else {
        return Samples::default();
    };
    let decode = ["Decode", "D"].map(|key| file.lookup(dict, key));
    let is_plain = bits == 8 && decode.iter().all(Object::is_null);
    let is_light = |byte: &u8| {
        if n_colors == 4 {
            *byte <= 255 - PALE
        } else {
            *byte >= PALE
        }
    };
    let equal = equal(bytes, row_bits, n_colors.saturating_mul(bits));
    Samples {
        equal: equal.is_some(),
        pale: is_plain && is_of_light(file, dict) && bytes.iter().all(is_light),
        dense: is_plain && bytes.iter().filter(|byte| **byte >= DENSE).count() > n_bytes / 2,
        faint: equal == Some(0) || is_plain && bytes.iter().all(|byte| *byte <= FAINT),
    }
}

/// Returns true if large sample values mean light, rather than the index of a color.
fn is_of_light(file: &File<'_>, dict: &Dict) -> bool {
    let space = ["ColorSpace", "CS"].map(|key| file.lookup(dict, key));
    let space = space.into_iter().find(|space| !space.is_null());
    let space = space.unwrap_or_default();
    let first = space.items().first().map(|first| file.get(first));
    let kind = first.unwrap_or(space);
    matches!(
        kind.name().unwrap_or_default(),
        b"DeviceGray"
            | b"G"
            | b"CalGray"
            | b"DeviceRGB"
            | b"RGB"
            | b"CalRGB"
            | b"ICCBased"
            | b"DeviceCMYK"
            | b"CMYK"
    )
}

/// Compares samples of this many bits, in rows that start at a byte. Returns their first byte if all are equal, and 0
/// only if all of them are.
fn equal(bytes: &[u8], row_bits: usize, sample: usize) -> Option<u8> {
    let mut rows = bytes.chunks(row_bits.div_ceil(8).max(1));
    let first: Vec<u8> = bytes.iter().copied().take(sample.div_ceil(8)).collect();
    let first = match (first.as_slice(), sample) {
        // The sample, repeated to fill a byte.
        ([byte, ..], 1 | 2 | 4) => {
            let one = byte >> (8 - sample);
            vec![(0..8 / sample).fold(0, |all, _| all << sample | one)]
        }
        (_, 8..) if sample.is_multiple_of(8) => first,
        _ => return None,
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
    is_equal.then(|| first.iter().fold(0, |all, byte| all | byte))
}

/// Returns how many components a sample has.
fn n_colors(file: &File<'_>, dict: &Dict) -> usize {
    let space = file.lookup(dict, "ColorSpace");
    let space = if space.is_null() {
        file.lookup(dict, "CS")
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
            file.lookup(&profile.dict, "N").size().unwrap_or(1)
        }
        (b"DeviceN", Some(names)) => names.items().len(),
        _ => 1,
    }
}
