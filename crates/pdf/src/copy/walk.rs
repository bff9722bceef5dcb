//! The walk from a page to all that it needs.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use super::body::{Body, Part};
use super::whole::unpacks;
use super::{Copied, Source, Uncopied};
use crate::file::File;
use crate::fuel::SETUP;
use crate::object::{Dict, Object, Stream};
use crate::{Unread, streams};

/// How many objects the pages of a file may need.
const MAX_OBJECTS: usize = 200_000;

/// Entries that no drawing needs: data about data, private data of programs, the structure for readers, the content of
/// other files.
const LEFT_BEHIND: &[&[u8]] = &[
    b"AA",
    b"AF",
    b"Alternates",
    b"LastModified",
    b"Metadata",
    b"OPI",
    b"PieceInfo",
    b"Ref",
    b"StructParent",
    b"StructParents",
];
/// Dictionaries with these keys have names as keys, any of them.
const OF_NAMES: &[&[u8]] = &[
    b"CharProcs",
    b"ColorSpace",
    b"Colorants",
    b"ExtGState",
    b"Font",
    b"Pattern",
    b"Properties",
    b"Shading",
    b"XObject",
];
/// Objects that are no part of a drawing.
const NO_DRAWING: &[&[u8]] = &[
    b"Action",
    b"Annot",
    b"Bead",
    b"Catalog",
    b"EmbeddedFile",
    b"Filespec",
    b"Metadata",
    b"ObjStm",
    b"Outlines",
    b"Page",
    b"Pages",
    b"Sig",
    b"StructElem",
    b"StructTreeRoot",
    b"Thread",
    b"XRef",
];
/// The actions, whose type may be missing.
const ACTIONS: &[&[u8]] = &[
    b"GoTo",
    b"GoTo3DView",
    b"GoToDp",
    b"GoToE",
    b"GoToR",
    b"Hide",
    b"ImportData",
    b"JavaScript",
    b"Launch",
    b"Movie",
    b"Named",
    b"Rendition",
    b"ResetForm",
    b"RichMediaExecute",
    b"SetOCGState",
    b"Sound",
    b"SubmitForm",
    b"Thread",
    b"Trans",
    b"URI",
];

/// Copies objects once each, in the order in which they are first needed.
pub(super) struct Walk<'s, 'a> {
    pub(super) source: &'s Source<'a>,
    /// Pages keep all their resources, not only those that they name.
    pub(super) keeps_all: bool,
    /// A drawing has no resources of its own.
    pub(super) found_bare_drawing: bool,
    objects: Vec<Body>,
    known: BTreeMap<u32, usize>,
    /// Objects to copy: their number, their place, and whether their keys are names.
    waiting: VecDeque<(u32, usize, bool)>,
    layers: Vec<(usize, bool)>,
    pub(super) found: Vec<usize>,
    pub(super) sizes: Vec<usize>,
    pub(super) n_bytes: usize,
    pub(super) n_notes_left: usize,
    reads_other_file: bool,
}

impl<'s, 'a> Walk<'s, 'a> {
    pub(super) fn new(source: &'s Source<'a>, keeps_all: bool) -> Self {
        Self {
            source,
            keeps_all,
            found_bare_drawing: false,
            objects: Vec::new(),
            known: BTreeMap::new(),
            waiting: VecDeque::new(),
            layers: Vec::new(),
            found: Vec::new(),
            sizes: Vec::new(),
            n_bytes: 0,
            n_notes_left: 0,
            reads_other_file: false,
        }
    }

    pub(super) fn finish(self) -> Copied {
        Copied {
            objects: self.objects,
            pages: self.found,
            layers: self.layers,
            sizes: self.sizes,
            n_notes_left: self.n_notes_left,
        }
    }

    fn file(&self) -> &'s File<'a> {
        &self.source.file
    }

    pub(super) fn add(&mut self, body: Body) -> usize {
        self.n_bytes += body.n_bytes();
        self.objects.push(body);
        self.objects.len() - 1
    }

    /// Adds a stream that is not packed.
    pub(super) fn stream(&mut self, content: &[u8]) -> usize {
        let mut body = Body::default();
        body.text(&format!("<</Length {}>>stream\n", content.len()));
        body.bytes(content);
        body.text("\nendstream");
        self.add(body)
    }

    /// Returns the place of the copy of an object; nothing if it is no part of a drawing.
    pub(super) fn target(&mut self, number: u32, has_names: bool) -> Option<usize> {
        if let Some(place) = self.known.get(&number) {
            return Some(*place);
        }
        let object = self.file().numbered(number);
        let is_part = !object.is_null() && object.dict().is_none_or(|dict| self.is_drawing(dict));
        if !is_part || !self.file().fuel.spend(SETUP) {
            return None;
        }
        if self.objects.len() >= MAX_OBJECTS {
            self.file().fuel.drain();
            return None;
        }
        self.objects.push(Body::default());
        let place = self.objects.len() - 1;
        self.known.insert(number, place);
        self.waiting.push_back((number, place, has_names));
        Some(place)
    }

    /// Copies what is still needed.
    pub(super) fn rest(&mut self) -> Result<(), Uncopied> {
        while let Some((number, place, has_names)) = self.waiting.pop_front() {
            let object = self.file().get(&Object::Ref(number));
            let mut body = Body::default();
            match &object {
                Object::Stream(stream) => self.drawn(stream, &stream.dict, &mut body),
                Object::Dict(dict) if is_of_type(dict, b"OCG") => {
                    self.layers.push((place, self.source.off.contains(&number)));
                    self.layer(dict, &mut body);
                }
                _ => {
                    self.found_bare_drawing |= is_bare_font(self.file(), &object);
                    self.value(&object, has_names, &mut body);
                }
            }
            self.n_bytes += body.n_bytes();
            self.objects[place] = body;
            if self.reads_other_file {
                return Err(Uncopied::OtherFile);
            }
            if self.file().fuel.is_out() || self.n_bytes > super::MAX_COPIED {
                return Err(Uncopied::Bound);
            }
        }
        Ok(())
    }

    /// Of a layer only its name is copied. When it is shown is known already.
    fn layer(&mut self, dict: &Dict, body: &mut Body) {
        body.text("<</Type/OCG/Name");
        let name = self.file().lookup(dict, "Name");
        body.string(name.text().unwrap_or(b"layer"));
        body.text(">>");
    }

    /// Copies a stream with this dictionary, packed as it is.
    pub(super) fn drawn(&mut self, stream: &Stream, dict: &Dict, body: &mut Body) {
        let file = self.file();
        self.check(stream);
        let is_form = file.lookup(dict, "Subtype").is_name("Form");
        let is_pattern = file.lookup(dict, "PatternType").int() == Some(1);
        if (is_form || is_pattern) && file.lookup(dict, "Resources").is_null() {
            self.found_bare_drawing = true;
        }
        let raw = file.raw(stream);
        let mut plain = dict.clone();
        plain.0.remove(b"Length".as_slice());
        body.text("<<");
        self.entries(&plain, false, body);
        body.text(&format!("/Length {}>>stream\n", raw.len()));
        body.bytes(raw);
        body.text("\nendstream");
    }

    /// Notes a stream that is damaged or in another file. Pictures in formats of their own are not looked into.
    fn check(&mut self, stream: &Stream) {
        let file = self.file();
        if !file.lookup(&stream.dict, "F").is_null() {
            self.reads_other_file = true;
            return;
        }
        let filters = streams::filters(file, &stream.dict);
        let is_picture = file.lookup(&stream.dict, "Subtype").is_name("Image");
        match filters.as_slice() {
            [only] if only.name == b"FlateDecode" && is_picture => {
                if !unpacks(file.raw(stream), &file.fuel) {
                    file.note(Unread::Damaged);
                }
            }
            _ => streams::check(file, stream),
        }
    }

    /// Writes a value. `has_names` says that its keys are names of any kind.
    pub(super) fn value(&mut self, object: &Object, has_names: bool, body: &mut Body) {
        match object {
            Object::Bool(value) => body.text(if *value { " true" } else { " false" }),
            Object::Int(value) => body.text(&format!(" {value}")),
            Object::Real(value) if value.is_finite() => body.text(&format!(" {value}")),
            Object::Real(_) => body.text(" 0"),
            Object::Text(text) => body.string(text),
            Object::Name(name) => body.name(name),
            Object::Array(items) => {
                body.text("[");
                for item in items.iter() {
                    self.value(item, false, body);
                }
                body.text("]");
            }
            Object::Dict(dict) if self.is_drawing(dict) => {
                body.text("<<");
                self.entries(dict, has_names, body);
                body.text(">>");
            }
            Object::Ref(number) => match self.target(*number, has_names) {
                Some(place) => body.part(Part::Object(place)),
                None => body.text(" null"),
            },
            // The parser makes streams only of objects with a number.
            Object::Null | Object::Dict(_) | Object::Stream(_) => body.text(" null"),
        }
    }

    fn entries(&mut self, dict: &Dict, has_names: bool, body: &mut Body) {
        for (key, value) in &dict.0 {
            if !has_names && LEFT_BEHIND.contains(&key.as_ref()) {
                continue;
            }
            body.name(key);
            self.value(value, !has_names && OF_NAMES.contains(&key.as_ref()), body);
        }
    }

    /// Returns false for an action, a page and other things that no drawing consists of.
    fn is_drawing(&self, dict: &Rc<Dict>) -> bool {
        let file = self.file();
        let is_other = |key: &str, others: &[&[u8]]| {
            let name = file.lookup(dict, key);
            name.name().is_some_and(|name| others.contains(&name))
        };
        !is_other("Type", NO_DRAWING) && !is_other("S", ACTIONS)
    }
}

/// Returns true for a font of drawings that uses the resources of the page.
fn is_bare_font(file: &File<'_>, object: &Object) -> bool {
    let dict = object.dict();
    dict.is_some_and(|dict| {
        file.lookup(dict, "Subtype").is_name("Type3") && file.lookup(dict, "Resources").is_null()
    })
}

fn is_of_type(dict: &Dict, name: &[u8]) -> bool {
    dict.raw("Type").name() == Some(name)
}
