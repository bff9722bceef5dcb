//! A page: its content, its annotations, and whether its words could be read.

use super::annots::{self, Collected};
use super::canvas::Canvas;
use super::draw::Painter;
use super::filter::MAX_UNPACKED;
use super::object::Object;
use super::pages::Leaf;
use super::place::{Area, Matrix};
use super::state::State;
use super::{MarkKind, Page, Unread, features, streams, unseen};

/// With fewer codes, nobody can tell whether they are characters.
const MIN_CODES: usize = 8;
/// A page with this many spaces and no letter has a map that turns everything into spaces.
const MANY_BLANKS: usize = 64;
/// With fewer letters, a page has no words of its own beside its picture, only a page number, for example.
const MIN_LETTERS: usize = 16;
/// How much of a page its pictures cover, in thousandths, if it may be a scan.
const SCAN_COVERS: u32 = 500;
/// This many paths may be letters that were turned into drawings.
const MANY_PATHS: usize = 100;

/// The size of a page that states none.
pub(super) const LETTER: Area = Area {
    left: 0.0,
    bottom: 0.0,
    right: 612.0,
    top: 792.0,
};

pub(super) fn read(painter: &mut Painter<'_, '_>, leaf: &Leaf, collected: &mut Collected) -> Page {
    let file = painter.file;
    let object = file.get(&leaf.page);
    let Some(dict) = object.dict() else {
        file.note(Unread::Damaged);
        return Page::default();
    };
    let area = shown(painter, leaf);
    let mut canvas = Canvas::new(area);
    canvas.sheet = sheet(painter, leaf);
    let content = content(painter, dict.raw("Contents"));
    let resources = leaf.inherited(file, "Resources");
    painter.draw(
        &content,
        resources,
        State::new(Matrix::IDENTITY, area),
        &mut canvas,
        false,
    );
    judge(painter, &canvas);
    unseen::judge(file, &canvas);
    features::actions(file, dict);
    for attached in file.lookup(dict, "AF").items() {
        collected.beside.attachment(file, attached);
    }
    annots::visit(painter, dict, &mut canvas, collected);
    let (width, height) = area.hundredths();
    let turned = leaf
        .inherited(file, "Rotate")
        .int()
        .unwrap_or(0)
        .rem_euclid(180)
        == 90;
    Page {
        text: canvas.text,
        hidden: canvas.hidden,
        words: canvas.words.text,
        hidden_words: canvas.hidden_words.text,
        marks: canvas.marks,
        lines: canvas.line_hashes,
        starts: canvas.starts,
        size: if turned {
            (height, width)
        } else {
            (width, height)
        },
    }
}

fn shown(painter: &Painter<'_, '_>, leaf: &Leaf) -> Area {
    let media = sheet(painter, leaf);
    let crop = read_box(painter, leaf, "CropBox").map(|crop| crop.and(media));
    crop.filter(has_size).unwrap_or(media)
}

fn sheet(painter: &Painter<'_, '_>, leaf: &Leaf) -> Area {
    read_box(painter, leaf, "MediaBox").unwrap_or(LETTER)
}

fn read_box(painter: &Painter<'_, '_>, leaf: &Leaf, key: &str) -> Option<Area> {
    let file = painter.file;
    Area::read(file, &leaf.inherited(file, key)).filter(has_size)
}

fn has_size(area: &Area) -> bool {
    area.share(*area) > 0
}

/// Returns the streams of a page, joined.
fn content(painter: &Painter<'_, '_>, written: &Object) -> Vec<u8> {
    let file = painter.file;
    let contents = file.get(written);
    let parts = match &contents {
        Object::Array(parts) => parts.as_slice(),
        Object::Null if file.is_missing(written) => {
            file.note(Unread::Damaged);
            &[]
        }
        Object::Null => &[],
        _ => std::slice::from_ref(&contents),
    };
    let mut content = Vec::new();
    for part in parts {
        let part = file.get(part);
        let Some(stream) = part.stream() else {
            file.note(Unread::Damaged);
            continue;
        };
        let unpacked = streams::unpack(file, stream);
        let cost = u64::try_from(unpacked.bytes.len()).unwrap_or(u64::MAX);
        if content.len() + unpacked.bytes.len() > MAX_UNPACKED || !file.fuel.spend(100 + cost) {
            file.note(Unread::Bound);
            break;
        }
        content.extend_from_slice(&unpacked.bytes);
        content.push(b'\n');
    }
    content
}

/// Notes what could not be read on the page.
fn judge(painter: &Painter<'_, '_>, canvas: &Canvas) {
    let file = painter.file;
    let is_blank = canvas.text.is_empty() && canvas.hidden.is_empty();
    let is_garbled = canvas.n_glyphs >= MIN_CODES && 2 * canvas.n_unknown >= canvas.n_glyphs;
    if is_garbled || is_blank && canvas.n_glyphs >= MANY_BLANKS {
        file.note(Unread::Garbled);
    }
    let pictures = canvas
        .marks
        .iter()
        .filter(|mark| mark.kind == MarkKind::Image);
    let covered: u32 = pictures.map(|mark| u32::from(mark.covers)).sum();
    let n_paths = canvas
        .marks
        .iter()
        .filter(|mark| matches!(mark.kind, MarkKind::Path { .. }))
        .count();
    let wordless = canvas.text.chars().take(MIN_LETTERS).count() < MIN_LETTERS;
    let is_drawing = canvas.text.is_empty() && n_paths >= MANY_PATHS;
    if canvas.hidden.is_empty() && (wordless && covered >= SCAN_COVERS || is_drawing) {
        file.note(Unread::Scan);
    }
}
