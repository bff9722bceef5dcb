//! Annotations: what is laid on a page, form fields among it.

use std::rc::Rc;

use super::beside::Beside;
use super::canvas::{Canvas, Hash};
use super::draw::Painter;
use super::fields::{self, Signatures};
use super::fuel::SETUP;
use super::object::{Dict, Object};
use super::place::{Area, Matrix};
use super::state::State;
use super::{Mark, MarkKind, Unread, letters};

/// Annotations with one of these flags are not shown: hidden, and not for the screen.
const UNSEEN: i64 = 2 | 32;
/// Annotations that play or hold other files.
const WITH_FILES: &[&[u8]] = &[
    b"3D",
    b"FileAttachment",
    b"Movie",
    b"RichMedia",
    b"Screen",
    b"Sound",
];

/// What is in the names of stamps of words.
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

/// What is collected from all pages.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) beside: Beside,
    pub(super) signatures: Signatures,
}

/// What an appearance shows.
struct Appearance {
    says: String,
    drawn: bool,
    hash: u64,
}

/// Adds the annotations of a page to its marks.
pub(super) fn visit(
    painter: &mut Painter<'_, '_>,
    page: &Dict,
    canvas: &mut Canvas,
    collected: &mut Collected,
) {
    let file = painter.file;
    for written in file.look(page, "Annots").items() {
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
        one(painter, dict, number, canvas, collected);
        if canvas.marks.len() > 300_000 {
            file.fuel.drain();
        }
    }
}

fn one(
    painter: &mut Painter<'_, '_>,
    dict: &Rc<Dict>,
    number: Option<u32>,
    canvas: &mut Canvas,
    collected: &mut Collected,
) {
    let file = painter.file;
    let subtype = file.look(dict, "Subtype");
    let subtype = subtype.name().unwrap_or_default();
    words(painter, dict, subtype, collected);
    let appearance = appearance(painter, dict);
    collected.beside.add(file, &appearance.says);
    let area = Area::read(file, &file.look(dict, "Rect")).unwrap_or(Area::NOTHING);
    let flags = file.look(dict, "F").int().unwrap_or(0);
    let is_off = flags & UNSEEN != 0 || painter.is_off(dict.raw("OC"));
    let is_signature = subtype == b"Widget" && fields::is_for_signature(file, dict);
    let kind = if is_signature {
        let signed = collected
            .signatures
            .look(file, dict, number, &mut collected.beside);
        if signed {
            MarkKind::SignatureField
        } else {
            MarkKind::EmptySignatureField
        }
    } else if subtype == b"Popup" || is_off || area.share(area) == 0 {
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
        // A signature counts wherever it is: many are on no visible place.
        let seen = area.and(canvas.area);
        canvas.marks.push(Mark {
            kind,
            hash,
            covers: seen.share(canvas.area),
            bounds: seen.edges(canvas.area),
            hides: 0,
        });
    } else {
        // A link and a highlight are laid over words to show them.
        let is_shown_through = matches!(
            subtype,
            b"Link" | b"Highlight" | b"Underline" | b"Squiggly" | b"Ink" | b"Text"
        );
        let hides = if is_shown_through {
            0
        } else {
            canvas.letters(area, &file.fuel)
        };
        canvas.mark(kind, area, hash, hides);
    }
}

/// Adds what an annotation says beside the page.
fn words(painter: &Painter<'_, '_>, dict: &Rc<Dict>, subtype: &[u8], collected: &mut Collected) {
    let file = painter.file;
    let beside = &mut collected.beside;
    for key in ["Contents", "Subj"] {
        beside.text(file, &file.look(dict, key));
    }
    // The title of a note is its author; that of a field is its name.
    if subtype == b"Widget" {
        beside.value(file, &file.get(&fields::inherited(file, dict, "V")));
    } else {
        beside.text(file, &file.look(dict, "T"));
    }
    if let Some(action) = file.look(dict, "A").dict() {
        beside.text(file, &file.look(action, "URI"));
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
        written(&file.look(dict, "Contents"))
    } else {
        appearance.says.clone()
    };
    let strokes = file.look(dict, "InkList");
    match subtype {
        b"Ink" if drawn || !strokes.items().is_empty() => MarkKind::Ink,
        b"Stamp" => MarkKind::Stamp {
            drawn,
            says: stamped(file.look(dict, "Name").name(), appearance, says),
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

/// Returns what a stamp says. The letters of those that come with a program are often outlines, and its name tells.
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

/// Returns the resources of all fields: a field without its own has these.
fn form_resources(painter: &Painter<'_, '_>) -> Object {
    let file = painter.file;
    let catalog = file.look(&file.trailer, "Root");
    let form = catalog.dict().map(|catalog| file.look(catalog, "AcroForm"));
    let form = form.as_ref().and_then(Object::dict);
    form.map(|form| file.look(form, "DR")).unwrap_or_default()
}

/// Draws the appearance that is shown now.
fn appearance(painter: &mut Painter<'_, '_>, dict: &Rc<Dict>) -> Appearance {
    let file = painter.file;
    let all = file.look(dict, "AP");
    let mut normal = all
        .dict()
        .map(|all| file.look(all, "N"))
        .unwrap_or_default();
    if let Object::Dict(states) = &normal {
        let state = file.look(dict, "AS");
        let shown = state.name().and_then(|state| states.0.get(state));
        normal = shown.map(|shown| file.get(shown)).unwrap_or_default();
    }
    let Some(stream) = normal.stream() else {
        return Appearance {
            says: String::new(),
            drawn: false,
            hash: 0,
        };
    };
    // Its own coordinates will do: where it is on the page says `Rect`.
    let matrix = Matrix::of(file.look(&stream.dict, "Matrix").items()).unwrap_or(Matrix::IDENTITY);
    let area = Area::read(file, &file.look(&stream.dict, "BBox")).unwrap_or(Area::NOTHING);
    let area = area.under(matrix);
    let mut canvas = Canvas::new(area);
    let state = State::new(Matrix::IDENTITY, area);
    let around = form_resources(painter);
    painter.form(stream, &around, &state, &mut canvas, false);
    let drawn = canvas.is_drawn();
    let hash = canvas.marks.iter().fold(Hash::default(), |hash, mark| {
        hash.and(&mark.hash.to_le_bytes())
    });
    Appearance {
        says: canvas.text + &canvas.hidden,
        drawn,
        hash: hash.value(),
    }
}
