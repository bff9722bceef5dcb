//! Runs the content of a page without painting, and collects its words and marks.

use std::collections::{BTreeMap, BTreeSet};

use super::Unread;
use super::blank::{self, Visibility};
use super::canvas::{Canvas, Hash, Path};
use super::file::File;
use super::font::Shared;
use super::fuel::SETUP;
use super::lex::{Lexer, Token};
use super::object::{Object, Stream};
use super::parse::Parser;
use super::place::{Area, Matrix};
use super::state::State;
use super::{inline, ops, streams};

/// How deeply drawings may be nested.
const MAX_DEPTH: usize = 24;
/// How many operands of an operator are kept.
const MAX_OPERANDS: usize = 1_000;
/// How many saved states may be nested.
const MAX_SAVED: usize = 2_000;
/// How many marked contents may be nested.
const MAX_LAYERS: usize = 10_000;
/// How much text is kept of a file, in bytes.
pub(super) const MAX_TEXT: usize = 8_000_000;
/// How many marks are kept of a file.
const MAX_MARKS: usize = 300_000;
/// No producer writes this many zero bytes between operators.
const MAX_ZEROS: usize = 32;

/// Draws all pages of a file.
pub(super) struct Painter<'f, 'a> {
    pub(super) file: &'f File<'a>,
    /// Fonts by the number of their object.
    pub(super) fonts: BTreeMap<u32, Shared>,
    /// Hashes of pictures and whether they are visible, by the number of their object.
    pub(super) pictures: BTreeMap<u32, (u64, Visibility)>,
    /// Layers that are switched off.
    pub(super) off: BTreeSet<u32>,
    active: Vec<u32>,
    pub(super) n_text: usize,
    n_marks: usize,
}

/// A content stream that is being run.
pub(super) struct Run<'p, 'f, 'a> {
    pub(super) painter: &'p mut Painter<'f, 'a>,
    pub(super) canvas: &'p mut Canvas,
    pub(super) resources: Object,
    /// Fonts of these resources by name.
    pub(super) fonts: BTreeMap<Vec<u8>, Shared>,
    pub(super) state: State,
    pub(super) saved: Vec<State>,
    pub(super) path: Path,
    /// The start of the line of text.
    pub(super) line: Matrix,
    /// How far the pen is from there.
    pub(super) moved: f64,
    /// The enclosing marked contents, and whether they are switched off.
    layers: Vec<bool>,
    n_off: usize,
    /// How many enclosing contents allow unknown operators.
    pub(super) lenient: usize,
    /// Words are read, but drawings are no marks: within a pattern.
    pub(super) only_words: bool,
}

impl<'f, 'a> Painter<'f, 'a> {
    pub(super) fn new(file: &'f File<'a>, off: BTreeSet<u32>) -> Self {
        Self {
            file,
            fonts: BTreeMap::new(),
            pictures: BTreeMap::new(),
            off,
            active: Vec::new(),
            n_text: 0,
            n_marks: 0,
        }
    }

    pub(super) fn draw(
        &mut self,
        content: &[u8],
        resources: Object,
        state: State,
        canvas: &mut Canvas,
        only_words: bool,
    ) {
        let file = self.file;
        let before = canvas.marks.len();
        let mut run = Run {
            painter: self,
            canvas,
            resources,
            fonts: BTreeMap::new(),
            state,
            saved: Vec::new(),
            path: Path::new(file.is_close),
            line: Matrix::IDENTITY,
            moved: 0.0,
            layers: Vec::new(),
            n_off: 0,
            lenient: 0,
            only_words,
        };
        let mut parser = Parser::new(Lexer::new(content, 0, &file.fuel));
        run.all(&mut parser);
        if parser.lexer.zeros > MAX_ZEROS || parser.is_odd {
            file.note(Unread::Damaged);
        }
        // Marks of a nested drawing count twice here, which only files that fill memory notice.
        self.n_marks += canvas.marks.len() - before;
        if self.n_text > MAX_TEXT || self.n_marks > MAX_MARKS {
            file.fuel.drain();
        }
    }

    /// Draws a form: a drawing of its own, in the coordinates around it.
    pub(super) fn form(
        &mut self,
        stream: &Stream,
        around: &Object,
        state: &State,
        canvas: &mut Canvas,
        only_words: bool,
    ) {
        let file = self.file;
        let circular = self.active.contains(&stream.number);
        if circular || !file.fuel.spend(SETUP) {
            return;
        }
        if self.active.len() > MAX_DEPTH {
            file.fuel.drain();
            return;
        }
        let own =
            Matrix::of(file.lookup(&stream.dict, "Matrix").items()).unwrap_or(Matrix::IDENTITY);
        let mut state = state.clone();
        state.matrix = own.then(state.matrix);
        if let Some(area) = Area::read(file, &file.lookup(&stream.dict, "BBox")) {
            state.clip = state.clip.and(area.under(state.matrix));
        }
        let resources = file.lookup(&stream.dict, "Resources");
        let resources = if resources.is_null() {
            around.clone()
        } else {
            resources
        };
        let unpacked = streams::unpack(file, stream);
        self.active.push(stream.number);
        self.draw(&unpacked.bytes, resources, state, canvas, only_words);
        self.active.pop();
    }

    /// Returns true if the layer of a thing is switched off.
    pub(super) fn is_off(&self, layer: &Object) -> bool {
        if self.off.is_empty() {
            return false;
        }
        if matches!(layer, Object::Ref(number) if self.off.contains(number)) {
            return true;
        }
        // A group of layers is off if all of them are, unless it states another rule, which is rare.
        let set = self.file.get(layer);
        let layers = set
            .dict()
            .map(|set| set.raw("OCGs").clone())
            .unwrap_or_default();
        let is_off =
            |layer: &Object| matches!(layer, Object::Ref(number) if self.off.contains(number));
        match &layers {
            Object::Ref(_) if is_off(&layers) => true,
            layers => {
                let layers = self.file.get(layers);
                let cost = 10 * u64::try_from(layers.items().len()).unwrap_or(u64::MAX);
                self.file.fuel.spend(cost);
                !layers.items().is_empty() && layers.items().iter().all(is_off)
            }
        }
    }

    /// Returns a hash of a picture (its compressed bytes and its size), and whether it is visible.
    pub(super) fn picture(&mut self, stream: &Stream) -> (u64, Visibility) {
        if let Some(known) = self.pictures.get(&stream.number) {
            return *known;
        }
        let file = self.file;
        let raw = file.raw(stream);
        file.fuel
            .spend(2 * u64::try_from(raw.len()).unwrap_or(u64::MAX));
        let size = |key: &str| file.lookup(&stream.dict, key).int().unwrap_or(0);
        let hash = if file.is_close {
            Hash::of(raw)
                .number(size("Width"))
                .number(size("Height"))
                .value()
        } else {
            0
        };
        let look = blank::visibility(file, stream);
        self.pictures.insert(stream.number, (hash, look));
        (hash, look)
    }
}

impl Run<'_, '_, '_> {
    fn all(&mut self, parser: &mut Parser<'_>) {
        let file = self.painter.file;
        let mut operands: Vec<Object> = Vec::new();
        while let Some(token) = parser.lexer.token() {
            match token {
                Token::Word(b"BI") => {
                    if inline::picture(self, &mut parser.lexer).is_none() {
                        file.note(Unread::Damaged);
                        return;
                    }
                    operands.clear();
                }
                Token::Word(word) if !matches!(word, b"true" | b"false" | b"null") => {
                    if !ops::operator(self, word, &operands) && self.lenient == 0 {
                        file.note(Unread::Damaged);
                    }
                    operands.clear();
                }
                token => {
                    parser.n_values = 0;
                    operands.extend(parser.value(token, 0));
                }
            }
            if operands.len() > MAX_OPERANDS {
                file.note(Unread::Damaged);
                operands.clear();
            }
            if self.painter.n_text > MAX_TEXT || self.canvas.marks.len() > MAX_MARKS {
                file.fuel.drain();
            }
        }
    }

    pub(super) fn save(&mut self) {
        if self.saved.len() >= MAX_SAVED {
            self.painter.file.fuel.drain();
            return;
        }
        self.saved.push(self.state.clone());
    }

    /// Returns true if drawings are visible now.
    pub(super) fn is_seen(&self) -> bool {
        self.n_off == 0
    }

    pub(super) fn begin_layer(&mut self, is_off: bool) {
        if self.layers.len() >= MAX_LAYERS {
            self.painter.file.fuel.drain();
            return;
        }
        self.layers.push(is_off);
        self.n_off += usize::from(is_off);
    }

    pub(super) fn end_layer(&mut self) {
        self.n_off -= usize::from(self.layers.pop() == Some(true));
    }

    /// Returns a resource as it is written, which may be a reference.
    pub(super) fn resource(&self, kind: &str, name: &[u8]) -> Object {
        let file = self.painter.file;
        let resources = self.resources.dict().map(|all| file.lookup(all, kind));
        let found = resources
            .as_ref()
            .and_then(Object::dict)
            .and_then(|kind| kind.0.get(name));
        found.cloned().unwrap_or_default()
    }
}
