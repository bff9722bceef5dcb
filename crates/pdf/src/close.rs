//! Hashes that tell how a page looks, for a file that is compared with another.

use super::MarkKind;
use super::canvas::{Covered, Hash};
use super::draw::Run;
use super::file::File;
use super::object::{Dict, Object};
use super::place::{Area, tenths};
use super::streams;

/// How deeply the parts of a font may be nested.
const MAX_DEPTH: usize = 10;
/// How many lines of text are kept of a page.
pub(super) const MAX_LINES: usize = 100_000;
/// Entries that lead back, or describe the compression of a stream.
const IDLE: &[&[u8]] = &[b"DecodeParms", b"Filter", b"Length", b"P", b"Parent"];

/// Reads every object, so that any damage is noted: another reader may fail where this one succeeds.
pub(super) fn every_object(file: &File<'_>) {
    for number in file.entries.keys() {
        file.numbered(*number);
        if file.fuel.is_out() {
            return;
        }
    }
}

/// Returns the hash of a dictionary with everything that it refers to.
pub(super) fn graph(file: &File<'_>, dict: &Dict) -> u64 {
    entries(file, Hash::default(), dict, 0).value()
}

fn object(file: &File<'_>, hash: Hash, written: &Object, depth: usize) -> Hash {
    if depth > MAX_DEPTH || !file.fuel.spend(100) {
        return hash;
    }
    let value = file.get(written);
    match &value {
        Object::Null | Object::Bool(_) | Object::Ref(_) => hash.and(b"."),
        Object::Int(_) | Object::Real(_) => numbers(hash, std::slice::from_ref(&value)),
        Object::Text(bytes) | Object::Name(bytes) => hash.and(bytes).and(b"."),
        Object::Array(items) => {
            let all = items.iter();
            all.fold(hash.and(b"["), |hash, item| {
                object(file, hash, item, depth + 1)
            })
        }
        Object::Dict(dict) => entries(file, hash, dict, depth),
        Object::Stream(stream) => {
            let hash = entries(file, hash, &stream.dict, depth);
            let unpacked = streams::unpack(file, stream);
            let cost = u64::try_from(unpacked.bytes.len()).unwrap_or(u64::MAX);
            if file.fuel.spend(cost.saturating_mul(2)) {
                hash.and(&unpacked.bytes)
            } else {
                hash
            }
        }
    }
}

fn entries(file: &File<'_>, hash: Hash, dict: &Dict, depth: usize) -> Hash {
    let entries = dict.0.iter();
    let entries = entries.filter(|(key, _)| !IDLE.contains(&key.as_ref()));
    entries.fold(hash.and(b"<"), |hash, (key, value)| {
        object(file, hash.and(key), value, depth + 1)
    })
}

/// Adds numbers, to a thousandth.
#[expect(
    clippy::float_arithmetic,
    reason = "colors and gaps are fractions; only whole thousandths are kept"
)]
fn numbers(hash: Hash, operands: &[Object]) -> Hash {
    let numbers = operands.iter().filter_map(Object::number);
    numbers.fold(hash, |hash, number| hash.number(tenths(number * 100.0)))
}

/// `cs`, `g`, `rg`, `k`, `sc`, `scn` and the same in capitals: records the color of areas and letters, or of strokes.
pub(super) fn color(run: &mut Run<'_, '_, '_>, word: &[u8], operands: &[Object]) {
    let file = run.painter.file;
    if !file.is_close {
        return;
    }
    let is_pen = word.iter().any(u8::is_ascii_uppercase);
    let word = word.to_ascii_lowercase();
    let is_pale = is_pale(&word, operands);
    let old = if is_pen {
        run.state.pen_space
    } else {
        run.state.space
    };
    let (space, color) = if word == b"cs" {
        let name = operands.last().and_then(Object::name).unwrap_or_default();
        let space = run.resource("ColorSpace", name);
        // The name of a color space is chosen freely by the program that wrote it.
        let hash = if space.is_null() {
            Hash::of(name)
        } else {
            object(file, Hash::default(), &space, 0)
        };
        let space = hash.value();
        (space, space)
    } else {
        let hash = if matches!(word.as_slice(), b"sc" | b"scn") {
            Hash::of(&old.to_le_bytes())
        } else {
            Hash::of(&word)
        };
        (old, numbers(hash, operands).value())
    };
    let state = &mut run.state;
    if is_pen {
        (state.pen_space, state.pen, state.has_pale_pen) = (space, color, is_pale);
    } else {
        (state.space, state.color, state.is_pale) = (space, color, is_pale);
    }
}

/// Returns true if a color is roughly that of paper. A single number is taken for gray.
#[expect(
    clippy::float_arithmetic,
    reason = "colors are fractions, and are only compared"
)]
fn is_pale(word: &[u8], operands: &[Object]) -> bool {
    const LIGHT: f64 = 0.9;
    let parts: Vec<f64> = operands.iter().filter_map(Object::number).collect();
    match (word, parts.as_slice()) {
        (b"cs", _) => false,
        (_, [gray]) => *gray >= LIGHT,
        (_, [red, green, blue]) => [red, green, blue].into_iter().all(|part| *part >= LIGHT),
        (_, inks @ [_, _, _, _]) => inks.iter().sum::<f64>() <= 4.0 * (1.0 - LIGHT),
        _ => false,
    }
}

/// Records letters that are drawings; what they paint is not examined.
pub(super) fn drawn_letters(run: &mut Run<'_, '_, '_>, codes: &[u8]) {
    let state = &run.state;
    let look = state.font.as_ref().map_or(0, |font| font.look);
    let matrix = run.line.then(state.matrix);
    let hash = Hash::of(codes)
        .and(&look.to_le_bytes())
        .point(matrix.apply(0.0, 0.0))
        .point(matrix.apply(state.size, state.size));
    let seen = state.clip.and(run.canvas.area);
    let covered = Covered::default();
    run.canvas
        .mark(MarkKind::Letters, seen, hash.value(), covered);
}

/// Records words that were drawn together: the pieces of one operator, with the gaps between them.
pub(super) fn line(run: &mut Run<'_, '_, '_>, start: usize, pieces: &[Object]) {
    let text = run.canvas.text.get(start..).unwrap_or_default();
    if text.is_empty() || run.canvas.line_hashes.len() >= MAX_LINES {
        return;
    }
    let state = &run.state;
    let font = state.font.as_ref().map_or(0, |font| font.look);
    let matrix = run.line.then(state.matrix);
    let mixed = u64::from(state.is_faint) + 2 * u64::from(state.is_blended);
    let mut at = Area::NOTHING;
    at.add(matrix.apply(0.0, 0.0));
    let looks = [font, state.color, mixed];
    let words = Hash::of(text.as_bytes());
    let hash = looks
        .into_iter()
        .fold(words, |hash, one| hash.and(&one.to_le_bytes()))
        .number(state.mode)
        .point(matrix.apply(0.0, 0.0))
        .point(matrix.apply(state.size, state.size));
    let hash = numbers(hash, pieces).value();
    run.canvas.line_hashes.push(hash);
    run.canvas
        .starts
        .push((start, at.edges(run.canvas.area)[1]));
}
