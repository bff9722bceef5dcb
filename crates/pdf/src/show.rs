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
use super::words::{Extent, Setting};
use super::{Unread, close, unseen};

/// Runs a text operator. Returns false if it is none.
pub(super) fn operator(run: &mut Run<'_, '_, '_>, word: &[u8], operands: &[Object]) -> bool {
    match word {
        b"Tj" => show_all(run, last(operands)),
        b"TJ" => {
            show_all(run, operands.last().map(Object::items).unwrap_or_default());
        }
        b"'" | b"\"" => {
            if let [.., word, letter, _] = operands
                && let Some([word, letter]) = numbers(&[word.clone(), letter.clone()])
            {
                run.state.spacing.word = word;
                run.state.spacing.letter = letter;
            }
            next_line(run);
            show_all(run, last(operands));
        }
        b"Tf" => set_font(run, operands),
        b"Td" | b"TD" => {
            if let Some([x, y]) = numbers(operands) {
                if word == b"TD" {
                    run.state.leading = -y;
                }
                begin(run, Matrix::shift(x, y).then(run.line));
            }
        }
        b"Tm" => {
            if let Some(matrix) = numbers(operands).map(Matrix) {
                begin(run, matrix);
            }
        }
        b"Tc" | b"Tw" | b"Tz" => space(run, word, operands),
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
        b"BT" | b"ET" => begin(run, Matrix::IDENTITY),
        _ => return false,
    }
    true
}

/// Begins a line of text.
fn begin(run: &mut Run<'_, '_, '_>, line: Matrix) {
    run.line = line;
    run.moved = 0.0;
}

fn next_line(run: &mut Run<'_, '_, '_>) {
    begin(run, Matrix::shift(0.0, -run.state.leading).then(run.line));
}

fn space(run: &mut Run<'_, '_, '_>, word: &[u8], operands: &[Object]) {
    let Some([number]) = numbers(operands) else {
        return;
    };
    let spacing = &mut run.state.spacing;
    match word {
        b"Tc" => spacing.letter = number,
        b"Tw" => spacing.word = number,
        _ => spacing.stretch = number / 100.0,
    }
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
    let Some(font) = run.state.font.clone() else {
        return;
    };
    let setting = Setting {
        matrix: run.line.then(run.state.matrix),
        size: run.state.size,
        spacing: run.state.spacing,
        is_upright: font.is_upright,
    };
    for piece in pieces {
        if let Some(number) = piece.number() {
            run.moved += setting.between(number);
        } else if let Some(codes) = piece.text() {
            show(run, &font, &setting, codes);
        }
    }
    if run.painter.file.is_close {
        close::line(run, start, pieces);
    }
}

/// Shows the codes of a text.
fn show(run: &mut Run<'_, '_, '_>, font: &Font, setting: &Setting, codes: &[u8]) {
    let is_on_page = is_on_page(run, codes.len());
    let visibly = run.is_seen() && !matches!(run.state.mode, 3 | 7) && is_on_page;
    let start = run.moved;
    let n_codes = u32::try_from(codes.len()).unwrap_or(u32::MAX);
    // The letters are not read yet, so each counts as half as wide as high.
    let about = start + f64::from(n_codes) * run.state.size.abs() * 0.5;
    let why = if is_on_page {
        unseen::concealment(run, line(run, start, about))
    } else {
        unseen::is_outside(run, line(run, start, about)).then_some(unseen::Concealment::Outside)
    };
    let file = run.painter.file;
    let canvas = &mut *run.canvas;
    let mut n_text = 0;
    let mut extent = Extent::default();
    canvas.words(visibly).begin(setting.pen(run.moved));
    font.read(codes, |characters, width| {
        let n_bytes = characters.map_or(1, str::len);
        n_text += canvas.show(characters, visibly);
        if let Some(why) = why {
            canvas.unseen.show(why, characters.unwrap_or_default());
        }
        extent.width += width;
        extent.n_glyphs = extent.n_glyphs.saturating_add(1);
        extent.n_blanks += u32::from(font.has_blanks() && characters == Some(" "));
        if n_text > MAX_TEXT {
            file.fuel.drain();
        }
        file.fuel.spend(GLYPH * u64::try_from(n_bytes).unwrap_or(1))
    });
    run.painter.n_text += n_text;
    run.moved += setting.shown(extent);
    canvas.words(visibly).end(setting.pen(run.moved));
    let n_letters = extent.n_glyphs;
    if visibly && n_letters > 0 && run.canvas.lines.len() < close::MAX_LINES {
        let line = line(run, start, run.moved);
        run.canvas.lines.push((line, n_letters));
    }
    if file.is_close && visibly && font.is_drawn && !run.only_words {
        close::drawn_letters(run, codes);
    }
}

/// Returns the area of letters between two positions in their line.
fn line(run: &Run<'_, '_, '_>, from: f64, to: f64) -> Area {
    let matrix = run.line.then(run.state.matrix);
    let high = run.state.size.abs();
    let mut area = Area::NOTHING;
    area.add(matrix.apply(from, 0.0));
    area.add(matrix.apply(to, high * 0.6));
    area
}

/// Returns true if a text with this many codes could be visible. Widths are unknown; a letter may be half as wide as
/// high.
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

/// Returns the font, read once however often it is set.
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

/// `gs`: a graphics state may set a font.
pub(super) fn external_state(run: &mut Run<'_, '_, '_>, operands: &[Object]) {
    let Some(Object::Name(name)) = operands.last() else {
        return;
    };
    let file = run.painter.file;
    let set = file.get(&run.resource("ExtGState", name));
    if let Some(set) = set.dict() {
        if let Some(strength) = file.lookup(set, "ca").number() {
            run.state.is_faint = strength < 0.6;
            run.state.is_gone = strength < 0.2;
        }
        if let Some(strength) = file.lookup(set, "CA").number() {
            run.state.has_no_ink = strength < 0.2;
        }
        if let Some(width) = file.lookup(set, "LW").number() {
            run.state.line_width = width;
        }
        let mode = file.lookup(set, "BM");
        let mode = mode
            .items()
            .first()
            .map(|mode| file.get(mode))
            .unwrap_or(mode);
        if let Some(mode) = mode.name() {
            // Other modes may hide everything below.
            run.state.is_blended = matches!(mode, b"Multiply" | b"Darken");
            run.state.is_lightened = matches!(mode, b"Screen" | b"Lighten" | b"ColorDodge");
        }
    }
    let font = set
        .dict()
        .map(|set| file.lookup(set, "Font"))
        .unwrap_or_default();
    if let [written, size] = font.items() {
        run.state.font = Some(shared(run, written));
        run.state.size = size.number().unwrap_or(1.0);
    }
}
