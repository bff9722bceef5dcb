//! Annotations: everything on top of a page, form fields among it.

use std::rc::Rc;

use super::beside::Beside;
use super::canvas::{Canvas, Covered, Hash};
use super::draw::Painter;
use super::fields::{self, Signatures};
use super::fuel::SETUP;
use super::object::{Dict, Object};
use super::place::{Area, Matrix};
use super::state::State;
use super::{Mark, MarkKind, Unread, features, ink, letters, slope};

/// Annotations with one of these flags are invisible: hidden, and not for the screen.
const UNSEEN: i64 = 2 | 32;
/// Annotations that play or contain other files.
const WITH_FILES: &[&[u8]] = &[
    b"3D",
    b"FileAttachment",
    b"Movie",
    b"RichMedia",
    b"Screen",
    b"Sound",
];

/// Parts of the names of stamps that consist of words.
const STAMPS: &[&str] = &[
    "accepted",
    "approved",
    "asis",
    "comment",
    "completed",
    "confidential",
    "copy",
    "departmental",
    "draft",
    "emergency",
    "experimental",
    "expired",
    "final",
    "here",
    "information",
    "preliminary",
    "received",
    "rejected",
    "release",
    "reviewed",
    "revised",
    "sold",
    "topsecret",
    "void",
    "witness",
];

/// The findings from all pages.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) beside: Beside,
    pub(super) signatures: Signatures,
}

#[derive(Default)]
struct Appearance {
    is_there: bool,
    says: String,
    drawn: bool,
    hash: u64,
    /// Its effect on the words of the page.
    covered: Covered,
}

/// Adds the annotations of a page to its marks.
pub(super) fn visit(
    painter: &mut Painter<'_, '_>,
    page: &Dict,
    canvas: &mut Canvas,
    collected: &mut Collected,
) {
    let file = painter.file;
    for written in file.lookup(page, "Annots").items() {
        if !file.fuel.spend(SETUP) {
            return;
        }
        let annotation = file.get(written);
        let Some(dict) = annotation.dict() else {
            continue;
        };
        let number = match written {
            Object::Ref(number) => Some(*number),
            _ => None,
        };
        visit_one(painter, dict, number, canvas, collected);
        if canvas.marks.len() > 300_000 {
            file.fuel.drain();
        }
    }
}

fn visit_one(
    painter: &mut Painter<'_, '_>,
    dict: &Rc<Dict>,
    number: Option<u32>,
    canvas: &mut Canvas,
    collected: &mut Collected,
) {
    let file = painter.file;
    let subtype = file.lookup(dict, "Subtype");
    let subtype = subtype.name().unwrap_or_default();
    words(painter, dict, subtype, collected);
    features::of_annotation(file, dict, subtype);
    let area = Area::read(file, &file.lookup(dict, "Rect")).unwrap_or(Area::NOTHING);
    let appearance = appearance(painter, dict, area, canvas);
    collected.beside.add(file, &appearance.says);
    let flags = file.lookup(dict, "F").int().unwrap_or(0);
    let is_off = flags & UNSEEN != 0 || painter.is_off(dict.raw("OC"));
    let is_signature = subtype == b"Widget" && fields::is_for_signature(file, dict);
    let kind = if is_signature {
        let signed = collected
            .signatures
            .find(file, dict, number, &mut collected.beside);
        if signed {
            MarkKind::SignatureField
        } else {
            MarkKind::EmptySignatureField
        }
    } else if subtype == b"Popup" && !appearance.is_there || is_off || area.share(area) == 0 {
        return;
    } else {
        kind(painter, dict, subtype, &appearance)
    };
    let hash = Hash::of(subtype)
        .area(area, Matrix::IDENTITY)
        .number(i64::from_le_bytes(appearance.hash.to_le_bytes()))
        .and(appearance.says.as_bytes())
        .value();
    if is_signature {
        // A signature counts wherever it is: many have no visible place.
        let seen = area.and(canvas.area);
        canvas.marks.push(Mark {
            kind,
            hash,
            covers: seen.share(canvas.area),
            bounds: seen.edges(canvas.area),
            hides: 0,
            over: 0,
            pale: false,
            blank: false,
            ruled: false,
            drawn: appearance.drawn,
            solid: false,
            highest: None,
            slopes: Vec::new(),
        });
    } else {
        let covered = covered(painter, dict, area, &appearance, canvas);
        let before = canvas.marks.len();
        canvas.mark(kind, area, hash, covered);
        for mark in canvas.marks.iter_mut().skip(before) {
            mark.drawn = appearance.drawn;
        }
    }
}

/// Returns the effect of an annotation on the words below it.
fn covered(
    painter: &Painter<'_, '_>,
    dict: &Rc<Dict>,
    area: Area,
    appearance: &Appearance,
    canvas: &Canvas,
) -> Covered {
    let file = painter.file;
    let subtype = file.lookup(dict, "Subtype");
    let subtype = subtype.name().unwrap_or_default();
    let drawn = appearance.covered.clone();
    if subtype == b"Ink" && !appearance.is_there {
        return ink::covered(painter, dict, area, canvas);
    }
    // A link or a highlight leaves the words below it readable, unless its own painting hides them.
    let is_shown_through = matches!(
        subtype,
        b"Link" | b"Highlight" | b"Underline" | b"Squiggly" | b"Ink" | b"Text"
    );
    if is_shown_through && !(subtype == b"Highlight" && is_dark(painter, dict)) {
        return drawn;
    }
    let (n_letters, highest) = canvas.letters(area, &file.fuel);
    Covered {
        hides: drawn.hides.max(n_letters),
        highest: drawn.highest.max(highest),
        // Without an appearance, each program draws the annotation in its own way.
        solid: drawn.solid || !appearance.is_there,
        ..drawn
    }
}

/// Returns true if an annotation is so dark that nobody can read the words below it.
fn is_dark(painter: &Painter<'_, '_>, dict: &Rc<Dict>) -> bool {
    const DARK: i64 = 40;
    let file = painter.file;
    let color = file.lookup(dict, "C");
    let part = |part: &Object| super::place::whole(&file.get(part), 100).unwrap_or(0);
    let parts: Vec<i64> = color.items().iter().take(4).map(part).collect();
    match parts.as_slice() {
        [] => false,
        [.., black] if parts.len() == 4 => *black >= 100 - DARK,
        parts => parts.iter().all(|part| *part < DARK),
    }
}

/// Adds the words of an annotation that are not on the page.
fn words(painter: &Painter<'_, '_>, dict: &Rc<Dict>, subtype: &[u8], collected: &mut Collected) {
    let file = painter.file;
    let beside = &mut collected.beside;
    for key in ["Contents", "Subj"] {
        beside.text(file, &file.lookup(dict, key));
    }
    // The title of a note is its author; the title of a field is its name.
    if subtype == b"Widget" {
        beside.value(file, &file.get(&fields::inherited(file, dict, "V")));
    } else {
        beside.text(file, &file.lookup(dict, "T"));
    }
    if let Some(action) = file.lookup(dict, "A").dict() {
        beside.text(file, &file.lookup(action, "URI"));
    }
    let attached = dict.raw("FS");
    if WITH_FILES.contains(&subtype) {
        file.note(Unread::Attachment);
        beside.attachment(file, attached);
    }
}

fn kind(
    painter: &Painter<'_, '_>,
    dict: &Rc<Dict>,
    subtype: &[u8],
    appearance: &Appearance,
) -> MarkKind {
    let file = painter.file;
    let drawn = appearance.drawn;
    let written = |object: &Object| {
        let text = object.text().map(super::encoding::decode);
        letters::fold(&text.unwrap_or_default())
    };
    let says = if appearance.says.is_empty() {
        written(&file.lookup(dict, "Contents"))
    } else {
        appearance.says.clone()
    };
    // The appearance counts; without one, a stroke wider than a point is drawn.
    let strokes = file.lookup(dict, "InkList");
    let is_stroke = |stroke: &Object| file.get(stroke).items().len() > 2;
    let has_stroke = !appearance.is_there && strokes.items().iter().take(1_000).any(is_stroke);
    match subtype {
        b"Ink" if drawn || has_stroke => MarkKind::Ink,
        b"Stamp" => MarkKind::Stamp {
            drawn,
            says: stamped(file.lookup(dict, "Name").name(), appearance, says),
        },
        b"Widget" => {
            let value = written(&file.get(&fields::inherited(file, dict, "V")));
            let says = if value.is_empty() { says } else { value };
            MarkKind::Field { drawn, says }
        }
        _ => MarkKind::Note {
            subtype: String::from_utf8_lossy(subtype).into_owned(),
            says,
        },
    }
}

/// Returns the words of a stamp. The letters of standard stamps are often outlines, but its name has the word.
fn stamped(name: Option<&[u8]>, appearance: &Appearance, says: String) -> String {
    let name = letters::fold(&String::from_utf8_lossy(name.unwrap_or_default()));
    let is_of_words = STAMPS.iter().any(|word| name.contains(word));
    if !appearance.says.is_empty() || !appearance.drawn {
        says
    } else if is_of_words {
        name
    } else {
        String::new()
    }
}

/// Draws the current appearance at its place on the page.
fn appearance(
    painter: &mut Painter<'_, '_>,
    dict: &Rc<Dict>,
    place: Area,
    page: &mut Canvas,
) -> Appearance {
    let file = painter.file;
    let all = file.lookup(dict, "AP");
    let mut normal = all
        .dict()
        .map(|all| file.lookup(all, "N"))
        .unwrap_or_default();
    if let Object::Dict(states) = &normal {
        let state = file.lookup(dict, "AS");
        let shown = state.name().and_then(|state| states.0.get(state));
        normal = shown.map(|shown| file.get(shown)).unwrap_or_default();
    }
    let Some(stream) = normal.stream() else {
        return Appearance::default();
    };
    let matrix =
        Matrix::of(file.lookup(&stream.dict, "Matrix").items()).unwrap_or(Matrix::IDENTITY);
    let area = Area::read(file, &file.lookup(&stream.dict, "BBox")).unwrap_or(Area::NOTHING);
    let area = area.under(matrix);
    // A signature may have no size on the page; its words are read nevertheless.
    let fitting = Matrix::fitting(area, place);
    let (area, matrix) = match fitting {
        Some(matrix) => (place, matrix),
        None => (area, Matrix::IDENTITY),
    };
    let mut canvas = Canvas::new(area);
    if fitting.is_some() {
        canvas.lines = std::mem::take(&mut page.lines);
    }
    let n_lines = canvas.lines.len();
    let around = fields::resources(file);
    let state = State::new(matrix, area);
    painter.form(stream, &around, &state, &mut canvas, false);
    if fitting.is_some() {
        canvas.lines.truncate(n_lines);
        page.lines = std::mem::take(&mut canvas.lines);
    }
    let drawn = canvas.is_drawn();
    let marks = canvas.marks.iter();
    let (mut hash, mut covered) = (Hash::default(), Covered::default());
    for mark in marks {
        hash = hash.and(&mark.hash.to_le_bytes());
        covered.hides = covered.hides.saturating_add(mark.hides);
        covered.over = covered.over.saturating_add(mark.over);
    }
    covered.blank = drawn && canvas.marks.iter().all(|mark| mark.blank);
    covered.ruled = drawn && slope::are_ruled(&canvas.marks);
    let is_stroke = |mark: &Mark| matches!(mark.kind, MarkKind::Path { filled: false, .. });
    let hides = |mark: &Mark| mark.solid && (mark.pale || !is_stroke(mark));
    covered.solid = canvas.marks.iter().any(hides);
    covered.highest = canvas.marks.iter().filter_map(|mark| mark.highest).max();
    covered.pale = drawn && canvas.marks.iter().all(|mark| mark.pale);
    Appearance {
        is_there: true,
        says: canvas.text + &canvas.hidden,
        drawn,
        hash: hash.value(),
        covered,
    }
}
