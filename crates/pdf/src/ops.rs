//! The operators of page content: their effect on the state, and what they draw.
#![expect(
    clippy::float_arithmetic,
    reason = "places on a page are fractions of points"
)]

use super::MarkKind;
use super::blank::Visibility;
use super::canvas::{Covered, Hash, Path};
use super::draw::Run;
use super::fuel::SETUP;
use super::object::Object;
use super::place::{Area, Matrix};
use super::{Unread, close, show, unseen};

/// Operators that change colors and the like, with no effect here.
const IDLE: &[&[u8]] = &[
    b"DP", b"J", b"M", b"MP", b"Ts", b"d", b"d0", b"d1", b"i", b"j", b"ri",
];

/// Runs an operator. Returns false if it is unknown.
pub(super) fn operator(run: &mut Run<'_, '_, '_>, word: &[u8], operands: &[Object]) -> bool {
    show::operator(run, word, operands)
        || path(run, word, operands)
        || state(run, word, operands)
        || IDLE.binary_search(&word).is_ok()
}

/// Returns the last `N` operands as numbers.
pub(super) fn numbers<const N: usize>(operands: &[Object]) -> Option<[f64; N]> {
    let last = operands.get(operands.len().checked_sub(N)?..)?;
    let mut numbers = [0.0; N];
    for (number, operand) in numbers.iter_mut().zip(last) {
        *number = operand.number()?;
    }
    Some(numbers)
}

fn state(run: &mut Run<'_, '_, '_>, word: &[u8], operands: &[Object]) -> bool {
    match word {
        b"q" => run.save(),
        b"Q" => {
            if let Some(state) = run.saved.pop() {
                run.state = state;
            }
        }
        b"cm" => {
            if let Some(matrix) = numbers(operands).map(Matrix) {
                run.state.matrix = matrix.then(run.state.matrix);
            }
        }
        b"w" => {
            if let Some([width]) = numbers(operands) {
                run.state.line_width = width;
            }
        }
        b"gs" => show::external_state(run, operands),
        b"Do" => external(run, operands),
        b"sh" => shading(run, operands),
        b"cs" | b"g" | b"k" | b"rg" | b"sc" | b"CS" | b"G" | b"K" | b"RG" | b"SC" => {
            close::color(run, word, operands);
            fill_color(run, word, operands);
        }
        b"scn" | b"SCN" => {
            close::color(run, word, operands);
            fill_color(run, word, operands);
            pattern(run, operands);
        }
        b"BMC" => run.begin_layer(false),
        b"BDC" => begin_layer(run, operands),
        b"EMC" => run.end_layer(),
        b"BX" => run.lenient += 1,
        b"EX" => run.lenient = run.lenient.saturating_sub(1),
        _ => return false,
    }
    true
}

/// Records whether the fill color is white or black.
fn fill_color(run: &mut Run<'_, '_, '_>, word: &[u8], operands: &[Object]) {
    if word.iter().all(u8::is_ascii_lowercase) {
        let state = &mut run.state;
        (state.is_white, state.is_black) = unseen::white_or_black(word, operands);
    }
}

fn begin_layer(run: &mut Run<'_, '_, '_>, operands: &[Object]) {
    let is_off = match operands {
        [.., Object::Name(tag), Object::Name(name)] if tag.as_ref() == b"OC" => {
            let layer = run.resource("Properties", name);
            run.painter.is_off(&layer)
        }
        [.., properties] => {
            replaced(run, properties);
            false
        }
        [] => false,
    };
    run.begin_layer(is_off);
}

/// Adds the words that replace a drawing: screen readers speak them, and copied text contains them.
fn replaced(run: &mut Run<'_, '_, '_>, properties: &Object) {
    let file = run.painter.file;
    let named = match properties {
        Object::Name(name) => file.get(&run.resource("Properties", name)),
        _ => Object::Null,
    };
    let Some(dict) = named.dict().or(properties.dict()) else {
        return;
    };
    for key in super::beside::REPLACEMENTS {
        if let Some(text) = file.lookup(dict, key).text() {
            let cost = 20 * u64::try_from(text.len()).unwrap_or(u64::MAX);
            if file.fuel.spend(cost) {
                let text = super::encoding::decode(text);
                run.painter.n_text += text.len();
                run.canvas.hidden_words.note(&text);
            }
        }
    }
}

/// Draws a form or a picture.
fn external(run: &mut Run<'_, '_, '_>, operands: &[Object]) {
    let Some(Object::Name(name)) = operands.last() else {
        return;
    };
    let file = run.painter.file;
    let object = file.get(&run.resource("XObject", name));
    let Some(stream) = object.stream() else {
        file.note(Unread::Damaged);
        return;
    };
    file.fuel.spend(SETUP / 4);
    let is_off = run.painter.is_off(stream.dict.raw("OC")) || !run.is_seen();
    if file.lookup(&stream.dict, "Subtype").is_name("Image") {
        if !is_off && !run.only_words {
            let (hash, look) = run.painter.picture(stream);
            picture(run, hash, look);
        }
        return;
    }
    let mut state = run.state.clone();
    if is_off {
        state.clip = Area::NOTHING;
    }
    run.painter
        .form(stream, &run.resources, &state, run.canvas, run.only_words);
}

/// Draws a picture on the unit square.
pub(super) fn picture(run: &mut Run<'_, '_, '_>, hash: u64, look: Visibility) {
    let square = Area {
        left: 0.0,
        bottom: 0.0,
        right: 1.0,
        top: 1.0,
    };
    let matrix = run.state.matrix;
    let seen = square.under(matrix).and(run.state.clip);
    let hash = if run.painter.file.is_close {
        Hash::of(&hash.to_le_bytes()).area(square, matrix).value()
    } else {
        0
    };
    let covered = covered(run, seen, look.is_solid);
    let covered = Covered {
        pale: covered.pale && !look.is_colored || run.state.is_gone || run.state.is_lightened,
        blank: look.blank,
        ..covered
    };
    run.canvas.mark(MarkKind::Image, seen, hash, covered);
}

/// Returns the effect of a picture or an area on the words below it.
fn covered(run: &Run<'_, '_, '_>, seen: Area, is_solid: bool) -> Covered {
    if !run.painter.file.is_close {
        return Covered {
            pale: run.state.is_white || run.state.is_gone,
            ..Covered::default()
        };
    }
    let (n_letters, highest) = run.canvas.letters(seen, &run.painter.file.fuel);
    let state = &run.state;
    let is_mixed = state.is_faint || state.is_blended || state.is_lightened;
    // A faint area in the color of paper makes words faint; any other faint area leaves them readable, as a highlight
    // does.
    let is_veil = !is_solid || state.is_pale && !state.is_blended && !state.is_gone;
    let (hides, over) = match (is_solid && !is_mixed, is_veil) {
        (true, _) => (n_letters, 0),
        (false, true) => (0, n_letters),
        (false, false) => (0, 0),
    };
    Covered {
        hides,
        over,
        pale: state.is_pale || state.is_gone || state.is_lightened,
        solid: is_solid && !is_mixed,
        highest: highest.filter(|_| hides > 0),
        ..Covered::default()
    }
}

/// Returns the effect of a stroke on the words below it.
fn struck(run: &Run<'_, '_, '_>, path: &Path, half: f64) -> Covered {
    let file = run.painter.file;
    if !file.is_close {
        return Covered::default();
    }
    let (hides, over) = run.canvas.struck(path, half, run.state.clip, &file.fuel);
    Covered {
        hides,
        over,
        pale: run.state.has_pale_pen || run.state.has_no_ink || run.state.is_lightened,
        solid: !run.state.has_no_ink && !run.state.is_blended && !run.state.is_lightened,
        ..Covered::default()
    }
}

fn shading(run: &mut Run<'_, '_, '_>, operands: &[Object]) {
    if !run.is_seen() || run.only_words {
        return;
    }
    let name = operands.last().and_then(Object::name).unwrap_or_default();
    let seen = run.state.clip.and(run.canvas.area);
    let hash = if run.painter.file.is_close {
        Hash::of(b"sh")
            .and(name)
            .area(seen, Matrix::IDENTITY)
            .value()
    } else {
        0
    };
    let kind = MarkKind::Path {
        segments: 4,
        filled: true,
    };
    let covered = Covered {
        pale: false,
        ..covered(run, seen, true)
    };
    run.canvas.mark(kind, seen, hash, covered);
}

/// Reads the words of a pattern, once on each page.
fn pattern(run: &mut Run<'_, '_, '_>, operands: &[Object]) {
    let Some(Object::Name(name)) = operands.last() else {
        return;
    };
    let file = run.painter.file;
    let object = file.get(&run.resource("Pattern", name));
    let Some(stream) = object.stream() else {
        return;
    };
    if run.canvas.patterns.insert(stream.number) {
        let state = run.state.clone();
        run.painter
            .form(stream, &run.resources, &state, run.canvas, true);
    }
}

fn path(run: &mut Run<'_, '_, '_>, word: &[u8], operands: &[Object]) -> bool {
    match word {
        b"m" | b"l" => points(run, word, numbers::<2>(operands)),
        b"v" | b"y" => points(run, word, numbers::<4>(operands)),
        b"c" => points(run, word, numbers::<6>(operands)),
        b"re" => {
            let corners = numbers(operands)
                .map(|[x, y, w, h]: [f64; 4]| [x, y, x + w, y, x + w, y + h, x, y + h]);
            points(run, word, corners);
        }
        b"h" => run.path.step(word, &[]),
        b"W" | b"W*" => run.path.clips = true,
        b"n" => paint(run, word, false, false),
        b"S" | b"s" => paint(run, word, true, false),
        b"f" | b"F" | b"f*" => paint(run, word, false, true),
        b"B" | b"B*" | b"b" | b"b*" => paint(run, word, true, true),
        _ => return false,
    }
    true
}

fn points<const N: usize>(run: &mut Run<'_, '_, '_>, word: &[u8], numbers: Option<[f64; N]>) {
    let Some(numbers) = numbers else { return };
    let mut points = [(0.0, 0.0); 4];
    let pairs = numbers.chunks_exact(2);
    let n_points = pairs.len();
    for (point, pair) in points.iter_mut().zip(pairs) {
        *point = run.state.matrix.apply(pair[0], pair[1]);
    }
    run.path.step(word, &points[..n_points]);
}

fn paint(run: &mut Run<'_, '_, '_>, word: &[u8], strokes: bool, fills: bool) {
    let is_close = run.painter.file.is_close;
    let mut path = std::mem::replace(&mut run.path, Path::new(is_close));
    if path.is_empty() {
        return;
    }
    if (strokes || fills) && run.is_seen() && !run.only_words {
        mark(run, &mut path, word, strokes, fills);
    }
    if path.clips {
        run.state.clip = run.state.clip.and(path.area);
    }
}

fn mark(run: &mut Run<'_, '_, '_>, path: &mut Path, word: &[u8], strokes: bool, fills: bool) {
    let half = if strokes {
        run.state.line_width * run.state.matrix.scale() / 2.0
    } else {
        0.0
    };
    let seen = path.area.grown(half).and(run.state.clip);
    let kind = MarkKind::Path {
        segments: path.segments,
        filled: fills,
    };
    if !run.painter.file.is_close {
        let covers = Covered {
            pale: fills && !strokes && (run.state.is_white || run.state.is_gone),
            ..Covered::default()
        };
        if fills {
            // A rectangle has four lines; whether they are horizontal and vertical is not checked.
            unseen::fill(run, seen, matches!(path.segments, 4 | 8));
        }
        return run.canvas.mark(kind, seen, 0, covers);
    }
    let ruled = path.is_ruled();
    let mut hash = Hash::of(&path.painted(word).to_le_bytes());
    let mut covers = Covered {
        pale: true,
        ..Covered::default()
    };
    if fills {
        hash = hash.and(&run.state.color.to_le_bytes());
        let area = covered(run, path.area.and(run.state.clip), true);
        covers = combined(&covers, &area);
        unseen::fill(
            run,
            path.area.and(run.state.clip),
            ruled && path.lines.len() <= 8,
        );
    }
    if strokes {
        if matches!(word, b"s" | b"b" | b"b*") {
            path.close();
        }
        hash = hash.and(&run.state.pen.to_le_bytes());
        covers = combined(&covers, &struck(run, path, half));
    } else if path.area.is_thin() {
        // A thin area is a line, and need not be at the middle of the words.
        let line = struck(run, path, 0.0);
        covers.over = covers.over.max(line.hides).max(line.over);
    }
    let kind = MarkKind::Path {
        segments: path.segments,
        filled: fills,
    };
    let covers = Covered {
        ruled,
        slopes: path.slopes(),
        ..covers
    };
    run.canvas.mark(kind, seen, hash.value(), covers);
}

/// Returns the effect of a mark that both fills and strokes. It is pale only if both are.
fn combined(one: &Covered, other: &Covered) -> Covered {
    Covered {
        hides: one.hides.max(other.hides),
        over: one.over.max(other.over),
        pale: one.pale && other.pale,
        solid: one.solid || other.solid,
        highest: one.highest.max(other.highest),
        ..Covered::default()
    }
}
