//! The objects of a file, read on demand, and its streams, each unpacked once.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::fuel::{Fuel, SETUP};
use super::lex::{Lexer, Token, is_white};
use super::object::{Dict, Object, Stream};
use super::parse::Parser;
use super::{Feature, Unread, scan, streams};

/// How many values of objects are kept.
const MAX_KEPT: usize = 300_000;
/// How many objects may depend on each other, such as the length of a stream within another stream.
const MAX_WAITING: u32 = 8;
/// No producer writes this many zero bytes within an object.
const MAX_ZEROS: usize = 8;
/// How many references may lead to references.
const MAX_HOPS: usize = 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// Nowhere: it was deleted.
    Free,
    /// At this offset in the file.
    At(usize),
    /// In a stream of objects, at this index.
    In(u32, usize),
}

/// An object that was read.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) number: u32,
    pub(super) object: Object,
    n_values: usize,
    /// It may differ from what was written.
    is_odd: bool,
}

#[derive(Debug)]
pub(super) struct File<'a> {
    pub(super) bytes: &'a [u8],
    /// How many bytes precede the header; offsets may be counted from there.
    pub(super) base: usize,
    pub(super) fuel: Fuel,
    pub(super) entries: BTreeMap<u32, Entry>,
    /// The trailer, with the newest value of each entry.
    pub(super) trailer: Dict,
    /// The table of objects was lost, and was rebuilt by searching the file.
    pub(super) is_rebuilt: bool,
    /// An object or the end of a stream was found at another offset than stated.
    pub(super) is_repaired: Cell<bool>,
    /// It is read closely, to compare it with another file.
    pub(super) is_close: bool,
    /// Objects found by reading the whole file, for a wrong table of objects.
    found: OnceCell<BTreeMap<u32, usize>>,
    kept: RefCell<BTreeMap<u32, Object>>,
    n_kept: Cell<usize>,
    waiting: Cell<u32>,
    pub(super) streams: RefCell<streams::Cache>,
    unread: RefCell<BTreeSet<Unread>>,
    pub(super) features: RefCell<Vec<Feature>>,
    /// The current page, counted from 1.
    pub(super) page: Cell<usize>,
}

impl<'a> File<'a> {
    pub(super) fn new(bytes: &'a [u8], base: usize, fuel: Fuel) -> Self {
        Self {
            bytes,
            base,
            fuel,
            entries: BTreeMap::new(),
            trailer: Dict::default(),
            is_rebuilt: false,
            is_repaired: Cell::new(false),
            is_close: false,
            found: OnceCell::new(),
            kept: RefCell::default(),
            n_kept: Cell::new(0),
            waiting: Cell::new(0),
            streams: RefCell::default(),
            unread: RefCell::default(),
            features: RefCell::default(),
            page: Cell::new(0),
        }
    }

    /// Notes a reason why something could not be read. Without fuel everything seems to be missing, so then only the
    /// bound counts.
    pub(super) fn note(&self, why: Unread) {
        if !self.fuel.is_out() {
            self.unread.borrow_mut().insert(why);
        }
    }

    /// Returns why something could not be read.
    pub(super) fn unread(&self) -> BTreeSet<Unread> {
        let mut unread = self.unread.borrow().clone();
        if self.fuel.is_out() {
            unread.insert(Unread::Bound);
        }
        unread
    }

    /// Returns the value itself, following references.
    pub(super) fn get(&self, object: &Object) -> Object {
        let mut object = object.clone();
        for _ in 0..MAX_HOPS {
            let Object::Ref(number) = object else {
                return object;
            };
            object = self.numbered(number);
        }
        Object::Null
    }

    /// Returns the value of `key`, following references.
    pub(super) fn lookup(&self, dict: &Dict, key: &str) -> Object {
        self.get(dict.raw(key))
    }

    /// Returns true if a required value is missing.
    pub(super) fn is_missing(&self, written: &Object) -> bool {
        matches!(written, Object::Ref(_)) && self.get(written).is_null()
    }

    pub(super) fn numbered(&self, number: u32) -> Object {
        if let Some(kept) = self.kept.borrow().get(&number) {
            return kept.clone();
        }
        if self.waiting.get() >= MAX_WAITING || !self.fuel.spend(SETUP) {
            return Object::Null;
        }
        self.waiting.set(self.waiting.get() + 1);
        let loaded = self.load(number);
        self.waiting.set(self.waiting.get() - 1);
        let (object, n_values) = loaded.map_or((Object::Null, 1), |loaded| {
            if loaded.is_odd {
                self.note(Unread::Damaged);
            }
            (loaded.object, loaded.n_values)
        });
        if self.n_kept.get() + n_values > MAX_KEPT {
            self.kept.borrow_mut().clear();
            self.n_kept.set(0);
        }
        self.n_kept.set(self.n_kept.get() + n_values);
        self.kept.borrow_mut().insert(number, object.clone());
        object
    }

    fn load(&self, number: u32) -> Option<Loaded> {
        let entry = self.entries.get(&number);
        let loaded = match entry.copied().unwrap_or(Entry::Free) {
            // Only a table can say that an object is deleted. In a rebuilt table, a missing object is lost.
            Entry::Free if entry.is_none() && self.is_rebuilt => None,
            Entry::Free => return None,
            Entry::At(at) => self
                .object_at(at, number)
                .or_else(|| self.object_at(at.checked_add(self.base)?, number))
                .or_else(|| {
                    self.is_repaired.set(true);
                    self.object_at(*self.found().get(&number)?, number)
                }),
            Entry::In(pack, index) => self.packed(pack, index, number),
        };
        if loaded.is_none() {
            self.note(Unread::Damaged);
        }
        loaded
    }

    fn packed(&self, pack: u32, index: usize, number: u32) -> Option<Loaded> {
        let pack = streams::pack(self, pack)?;
        let at = pack.place(index, number)?;
        let mut parser = Parser::new(Lexer::new(&pack.bytes, at, &self.fuel));
        let object = parser.object()?;
        Some(Loaded {
            number,
            object,
            n_values: parser.n_values,
            is_odd: parser.is_odd,
        })
    }

    fn found(&self) -> &BTreeMap<u32, usize> {
        self.found
            .get_or_init(|| scan::objects(self.bytes, &self.fuel))
    }

    /// Reads the object `number`, if it begins at this offset.
    pub(super) fn object_at(&self, at: usize, number: u32) -> Option<Loaded> {
        self.any_object_at(at)
            .filter(|loaded| loaded.number == number)
    }

    /// Reads the object at this offset.
    pub(super) fn any_object_at(&self, at: usize) -> Option<Loaded> {
        let mut lexer = Lexer::new(self.bytes, at, &self.fuel);
        let Token::Int(number) = lexer.token()? else {
            return None;
        };
        let number = u32::try_from(number).ok()?;
        let is_object =
            matches!(lexer.token()?, Token::Int(_)) && lexer.token()? == Token::Word(b"obj");
        if !is_object {
            return None;
        }
        let mut parser = Parser::new(lexer);
        // An object without a value is null.
        let mut object = parser.object().unwrap_or_default();
        let n_values = parser.n_values;
        let next = parser.lexer.token();
        let is_stream = next == Some(Token::Word(b"stream"));
        if let (true, Object::Dict(dict)) = (is_stream, &object) {
            let stream = self.stream(Rc::clone(dict), number, parser.lexer.at);
            object = Object::Stream(Rc::new(stream));
        }
        let is_closed = is_stream || next == Some(Token::Word(b"endobj"));
        Some(Loaded {
            number,
            object,
            n_values,
            is_odd: parser.is_odd || !is_closed || parser.lexer.zeros > MAX_ZEROS,
        })
    }

    /// Finds the bytes of a stream whose keyword ends at `at`.
    fn stream(&self, dict: Rc<Dict>, number: u32, at: usize) -> Stream {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let n_line = match rest {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => 0,
        };
        let start = at + n_line;
        let stated = self.lookup(&dict, "Length").size();
        let stated = stated.and_then(|length| start.checked_add(length));
        let end = stated.filter(|end| self.is_end(*end)).unwrap_or_else(|| {
            self.is_repaired.set(true);
            self.search_end(start)
        });
        Stream {
            dict,
            number,
            at: (start, end),
        }
    }

    /// Returns true if the stream may end there.
    fn is_end(&self, end: usize) -> bool {
        let rest = self.bytes.get(end..).unwrap_or_default();
        let n_white = rest
            .iter()
            .take(4)
            .take_while(|byte| is_white(**byte))
            .count();
        rest[n_white..].starts_with(b"endstream")
    }

    /// The stated length is wrong: the stream ends at its end mark.
    fn search_end(&self, start: usize) -> usize {
        let rest = self.bytes.get(start..).unwrap_or_default();
        let length = memchr::memmem::find(rest, b"endstream")
            .or_else(|| memchr::memmem::find(rest, b"endobj"))
            .unwrap_or(rest.len());
        self.fuel
            .spend(u64::try_from(length).unwrap_or(u64::MAX) / 2);
        let line = match &rest[..length] {
            [.., b'\r', b'\n'] => 2,
            [.., b'\n' | b'\r'] => 1,
            _ => 0,
        };
        start + length - line
    }

    /// Returns the packed bytes of a stream.
    pub(super) fn raw(&self, stream: &Stream) -> &'a [u8] {
        self.bytes.get(stream.at.0..stream.at.1).unwrap_or_default()
    }
}
