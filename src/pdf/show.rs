//! The operators of text.
#![expect(
    clippy::float_arithmetic,
    reason = "places on a page are fractions of points"
)]

use std::rc::Rc;

use super::draw::{MAX_TEXT, Run};
use super::font::{Font, Shared};
use super::fuel::GLYPH;
use super::object::Object;
use super::ops::numbers;
use super::place::{Area, Matrix};
use super::{Unread, close};

/// Does what an operator of text says. Returns false if it is none.
pub(super) fn operator(run: &mut Run<'_, '_, '_>, word: &[u8], operands: &[Object]) -> bool {
    match word {
        b"Tj" => show_all(run, last(operands)),
        b"TJ" => {
            show_all(run, operands.last().map(Object::items).unwrap_or_default());
        }
        b"'" | b"\"" => {
            next_line(run);
            show_all(run, last(operands));
        }
        b"Tf" => set_font(run, operands),
        b"Td" | b"TD" => {
            if let Some([x, y]) = numbers(operands) {
                if word == b"TD" {
                    run.state.leading = -y;
                }
                run.line = Matrix::shift(x, y).then(run.line);
            }
        }
        b"Tm" => {
            if let Some(matrix) = numbers(operands).map(Matrix) {
                run.line = matrix;
            }
        }
        b"T*" => next_line(run),
        b"TL" => {
            if let Some([leading]) = numbers(operands) {
                run.state.leading = leading;
            }
        }
        b"Tr" => {
            if let Some(mode) = operands.last().and_then(Object::int) {
                run.state.mode = mode;
            }
        }
        b"BT" | b"ET" => run.line = Matrix::IDENTITY,
        _ => return false,
    }
    true
}

fn next_line(run: &mut Run<'_, '_, '_>) {
    run.line = Matrix::shift(0.0, -run.state.leading).then(run.line);
}

fn last(operands: &[Object]) -> &[Object] {
    operands
        .last()
        .map(std::slice::from_ref)
        .unwrap_or_default()
}

/// Shows the texts of one operator, one after the other.
fn show_all(run: &mut Run<'_, '_, '_>, pieces: &[Object]) {
    let start = run.canvas.text.len();
    let mut before = 0.0;
    for piece in pieces {
        before += match piece.number() {
            Some(gap) => -gap / 1000.0,
            None => show(run, Some(piece), before),
        };
    }
    if run.painter.file.is_close {
        close::line(run, start, pieces);
    }
}

/// Shows the codes of a text in front of which its line has this width, in sizes of the font. Returns its width, in a
/// file that is read closely.
fn show(run: &mut Run<'_, '_, '_>, text: Option<&Object>, before: f64) -> f64 {
    let Some(codes) = text.and_then(Object::text) else {
        return 0.0;
    };
    let font = match &run.state.font {
        Some(font) => Rc::clone(font),
        None => return 0.0,
    };
    let visibly = run.is_seen() && !matches!(run.state.mode, 3 | 7) && is_on_page(run, codes.len());
    let file = run.painter.file;
    let canvas = &mut *run.canvas;
    let mut n_text = 0;
    let mut n_letters = 0_u32;
    font.read(codes, |characters| {
        let n_bytes = characters.map_or(1, str::len);
        n_text += canvas.show(characters, visibly);
        n_letters = n_letters.saturating_add(1);
        if n_text > MAX_TEXT {
            file.fuel.drain();
        }
        file.fuel.spend(GLYPH * u64::try_from(n_bytes).unwrap_or(1))
    });
    run.painter.n_text += n_text;
    if !file.is_close {
        return 0.0;
    }
    let width = font.widths(codes).iter().sum();
    if visibly && n_letters > 0 && run.canvas.lines.len() < close::MAX_LINES {
        let line = line(run, before, width);
        run.canvas.lines.push((line, n_letters));
    }
    if visibly && font.is_drawn && !run.only_words {
        close::drawn_letters(run, codes);
    }
    width
}

/// Returns about where letters are of this width, with this width before them.
fn line(run: &Run<'_, '_, '_>, before: f64, width: f64) -> Area {
    let matrix = run.line.then(run.state.matrix);
    let high = run.state.size.abs();
    let mut area = Area::NOTHING;
    area.add(matrix.apply(before * high, 0.0));
    area.add(matrix.apply((before + width) * high, high * 0.6));
    area
}

/// Returns true if a text of so many codes could be seen. Widths are not known: it may be half as wide as high.
fn is_on_page(run: &Run<'_, '_, '_>, n_codes: usize) -> bool {
    let matrix = run.line.then(run.state.matrix);
    let high = run.state.size.abs();
    let n_codes = u32::try_from(n_codes).unwrap_or(u32::MAX);
    let mut area = Area::NOTHING;
    area.add(matrix.apply(0.0, 0.0));
    area.add(matrix.apply(f64::from(n_codes) * high * 0.5, 0.0));
    let margin = 1.2 * high * matrix.scale();
    if margin < 0.01 {
        return false;
    }
    let margin = if margin > 2.0 { margin } else { 2.0 };
    let seen = area.grown(margin).and(run.state.clip).and(run.canvas.area);
    run.state.clip.is_some() && seen.is_some()
}

fn set_font(run: &mut Run<'_, '_, '_>, operands: &[Object]) {
    let [.., Object::Name(name), size] = operands else {
        return;
    };
    run.state.size = size.number().unwrap_or(1.0);
    let kept = run.fonts.get(name.as_ref()).cloned();
    let font = kept.unwrap_or_else(|| {
        let written = run.resource("Font", name);
        let font = shared(run, &written);
        run.fonts.insert(name.to_vec(), Rc::clone(&font));
        font
    });
    run.state.font = Some(font);
}

/// Returns the font, which is read once however often it is set.
fn shared(run: &mut Run<'_, '_, '_>, written: &Object) -> Shared {
    let number = match written {
        Object::Ref(number) => Some(*number),
        _ => None,
    };
    if let Some(font) = number.and_then(|number| run.painter.fonts.get(&number)) {
        return Rc::clone(font);
    }
    let file = run.painter.file;
    let object = file.get(written);
    let font = Rc::new(if let Some(dict) = object.dict() {
        Font::of(file, dict)
    } else {
        file.note(Unread::Damaged);
        Font::default()
    });
    if let Some(number) = number {
        run.painter.fonts.insert(number, Rc::clone(&font));
    }
    font
}

/// `gs`: a set of states may hold a font.
pub(super) fn external_state(run: &mut Run<'_, '_, '_>, operands: &[Object]) {
    let Some(Object::Name(name)) = operands.last() else {
        return;
    };
    let file = run.painter.file;
    let set = file.get(&run.resource("ExtGState", name));
    if let Some(set) = set.dict() {
        if let Some(strength) = file.look(set, "ca").number() {
            run.state.is_faint = strength < 0.6;
            run.state.is_gone = strength < 0.2;
        }
        if let Some(strength) = file.look(set, "CA").number() {
            run.state.has_no_ink = strength < 0.2;
        }
        if let Some(width) = file.look(set, "LW").number() {
            run.state.line_width = width;
        }
        let mode = file.look(set, "BM");
        let mode = mode
            .items()
            .first()
            .map(|mode| file.get(mode))
            .unwrap_or(mode);
        if let Some(mode) = mode.name() {
            // Other modes may leave nothing of what is below.
            run.state.is_blended = matches!(mode, b"Multiply" | b"Darken");
            run.state.is_lightened = matches!(mode, b"Screen" | b"Lighten" | b"ColorDodge");
        }
    }
    let font = set
        .dict()
        .map(|set| file.look(set, "Font"))
        .unwrap_or_default();
    if let [written, size] = font.items() {
        run.state.font = Some(shared(run, written));
        run.state.size = size.number().unwrap_or(1.0);
    }
}
