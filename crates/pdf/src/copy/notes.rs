//! Annotations and filled form fields: what they draw becomes part of the page.

use std::fmt::Write as _;
use std::rc::Rc;

use super::body::Body;
use super::walk::Walk;
use crate::fields;
use crate::file::File;
use crate::fuel::SETUP;
use crate::object::{Dict, Object, Stream};
use crate::place::{Area, Matrix};

/// Annotations with one of these flags are invisible: hidden, and not for the screen.
const UNSEEN: i64 = 2 | 32;
/// Annotations that show something even if they do not say how.
const SHOWN: &[&[u8]] = &[
    b"Caret",
    b"Circle",
    b"FreeText",
    b"Highlight",
    b"Ink",
    b"Line",
    b"PolyLine",
    b"Polygon",
    b"Square",
    b"Squiggly",
    b"Stamp",
    b"StrikeOut",
    b"Text",
    b"Underline",
];

/// A drawing and its place on the page.
pub(super) struct Note {
    pub(super) name: String,
    pub(super) drawing: usize,
    place: Matrix,
}

/// Copies the drawings of the annotations of a page.
pub(super) fn find(walk: &mut Walk<'_, '_>, page: &Dict) -> Vec<Note> {
    let file = &walk.source.file;
    let mut notes = Vec::new();
    for (i, written) in file.lookup(page, "Annots").items().iter().enumerate() {
        if !file.fuel.spend(SETUP) {
            break;
        }
        let annotation = file.get(written);
        let Some(dict) = annotation.dict().filter(|dict| is_seen(walk, dict)) else {
            continue;
        };
        let Some((stream, place)) = drawing(file, dict) else {
            walk.n_notes_left += usize::from(shows_something(file, dict));
            continue;
        };
        let mut drawn = Dict::clone(&stream.dict);
        let mut complete = |key: &str, value: Object| {
            drawn.0.entry(key.as_bytes().into()).or_insert(value);
        };
        complete("Subtype", Object::Name(b"Form".as_slice().into()));
        complete("Resources", fields::resources(file));
        let mut body = Body::default();
        walk.drawn(&stream, &drawn, &mut body);
        notes.push(Note {
            // No producer names its pictures so, and no two notes of a page have one name.
            name: format!("PageNote.{}", i + 1),
            drawing: walk.add(body),
            place,
        });
    }
    notes
}

fn is_seen(walk: &Walk<'_, '_>, dict: &Rc<Dict>) -> bool {
    let file = &walk.source.file;
    let flags = file.lookup(dict, "F").int().unwrap_or(0);
    let is_off = matches!(dict.raw("OC"), Object::Ref(layer) if walk.source.off.contains(layer));
    flags & UNSEEN == 0 && !is_off && !file.lookup(dict, "Subtype").is_name("Popup")
}

/// Returns the current appearance of an annotation, and the transformation to its place.
fn drawing(file: &File<'_>, dict: &Rc<Dict>) -> Option<(Rc<Stream>, Matrix)> {
    let all = file.lookup(dict, "AP");
    let mut normal = file.lookup(all.dict()?, "N");
    if let Object::Dict(states) = &normal {
        let state = file.lookup(dict, "AS");
        let shown = state.name().and_then(|state| states.0.get(state));
        normal = shown.map(|shown| file.get(shown)).unwrap_or_default();
    }
    let stream = normal.stream()?;
    let numbers: Vec<Object> = file
        .lookup(&stream.dict, "Matrix")
        .items()
        .iter()
        .map(|item| file.get(item))
        .collect();
    let matrix = Matrix::of(&numbers).unwrap_or(Matrix::IDENTITY);
    let area = Area::read(file, &file.lookup(&stream.dict, "BBox"))?.under(matrix);
    let place = Area::read(file, &file.lookup(dict, "Rect"))?;
    Some((Rc::clone(stream), Matrix::fitting(area, place)?))
}

/// Returns true for an annotation without an appearance that programs show nevertheless, each in its own way.
fn shows_something(file: &File<'_>, dict: &Rc<Dict>) -> bool {
    let subtype = file.lookup(dict, "Subtype");
    let subtype = subtype.name().unwrap_or_default();
    let area = Area::read(file, &file.lookup(dict, "Rect"));
    let has_size = area.is_some_and(|area| area.share(area) > 0);
    let is_filled = || !file.get(&fields::inherited(file, dict, "V")).is_null();
    has_size
        && !has_appearance(file, dict)
        && (SHOWN.contains(&subtype) || subtype == b"Widget" && is_filled())
}

/// Returns true if the annotation says how it looks, even if it looks like nothing in its current state.
fn has_appearance(file: &File<'_>, dict: &Dict) -> bool {
    let all = file.lookup(dict, "AP");
    all.dict()
        .is_some_and(|all| !file.lookup(all, "N").is_null())
}

/// Returns the content that draws the notes after the page.
pub(super) fn content(notes: &[Note]) -> Vec<u8> {
    let mut content = "\nQ\n".to_owned();
    for Note { name, place, .. } in notes {
        content.push('q');
        for number in place.0 {
            let number = if number.is_finite() { number } else { 0.0 };
            let _ = write!(content, " {number}");
        }
        let _ = writeln!(content, " cm /{name} Do Q");
    }
    content.into_bytes()
}
