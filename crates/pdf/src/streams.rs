//! Streams of a file: their filters, their unpacked bytes, and the objects in them.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Unread;
use super::cmap::CMap;
use super::file::File;
use super::filter::{self, Filter, Unpacked};
use super::fuel::{GLYPH, SETUP};
use super::lex::{Lexer, Token};
use super::object::{Dict, Object, Stream};
use super::predict::Predictor;

/// How many unpacked bytes are kept.
const MAX_KEPT: usize = 24_000_000;

/// The unpacked streams that are kept.
#[derive(Debug, Default)]
pub(super) struct Cache {
    unpacked: BTreeMap<u32, Rc<Unpacked>>,
    packs: BTreeMap<u32, Rc<Pack>>,
    maps: BTreeMap<u32, Rc<CMap>>,
    n_bytes: usize,
}

impl Cache {
    fn make_room(&mut self, n_bytes: usize) {
        if self.n_bytes + n_bytes > MAX_KEPT {
            *self = Self::default();
        }
        self.n_bytes += n_bytes;
    }
}

#[derive(Debug)]
pub(super) struct Pack {
    pub(super) bytes: Vec<u8>,
    /// The numbers and offsets of its objects.
    pub(super) places: Vec<(u32, usize)>,
}

impl Pack {
    /// Returns the offset of the object: at that index, or wherever its number is.
    pub(super) fn place(&self, index: usize, number: u32) -> Option<usize> {
        let has = |place: &&(u32, usize)| place.0 == number;
        let place = self.places.get(index).filter(has);
        let place = place.or_else(|| self.places.iter().find(has));
        place.map(|(_, at)| *at)
    }
}

/// Unpacks a stream, and notes if it is incomplete.
pub(super) fn unpack(file: &File<'_>, stream: &Stream) -> Rc<Unpacked> {
    if let Some(kept) = file.streams.borrow().unpacked.get(&stream.number) {
        return Rc::clone(kept);
    }
    file.fuel.spend(SETUP);
    let mut unpacked = filter::unpack(file.raw(stream), &filters(file, &stream.dict), &file.fuel);
    if !file.lookup(&stream.dict, "F").is_null() {
        // Its content is in another file.
        unpacked.fault = Some(Unread::UnknownFilter);
    }
    if let Some(why) = unpacked.fault {
        file.note(why);
    }
    let unpacked = Rc::new(unpacked);
    let mut cache = file.streams.borrow_mut();
    if stream.number != 0 && unpacked.bytes.len() <= MAX_KEPT / 2 {
        cache.make_room(unpacked.bytes.len() + 100);
        cache.unpacked.insert(stream.number, Rc::clone(&unpacked));
    }
    unpacked
}

/// Unpacks a stream without keeping it, and notes if it is incomplete.
pub(super) fn check(file: &File<'_>, stream: &Stream) {
    file.fuel.spend(SETUP);
    let unpacked = filter::unpack(file.raw(stream), &filters(file, &stream.dict), &file.fuel);
    if let Some(why) = unpacked.fault {
        file.note(why);
    }
}

/// Returns the map from codes to characters in a stream.
pub(super) fn map(file: &File<'_>, stream: &Stream) -> Rc<CMap> {
    if let Some(kept) = file.streams.borrow().maps.get(&stream.number) {
        return Rc::clone(kept);
    }
    let map = Rc::new(CMap::parse(&unpack(file, stream).bytes, &file.fuel));
    let mut cache = file.streams.borrow_mut();
    cache.make_room(100 * map.n_entries() + 100);
    cache.maps.insert(stream.number, Rc::clone(&map));
    map
}

/// Returns the filters of a stream in the order of unpacking.
pub(super) fn filters(file: &File<'_>, dict: &Dict) -> Vec<Filter> {
    let either = |long: &str, short: &str| {
        let value = file.lookup(dict, long);
        if value.is_null() {
            file.lookup(dict, short)
        } else {
            value
        }
    };
    let names = either("Filter", "F");
    let parameters = either("DecodeParms", "DP");
    let names = if let Object::Name(_) = names {
        vec![names]
    } else {
        names.items().to_vec()
    };
    let mut filters = Vec::new();
    for (i, name) in names.iter().enumerate().take(100) {
        let name = file.get(name);
        let own = match &parameters {
            Object::Array(all) => file.get(all.get(i).unwrap_or(&Object::Null)),
            one => one.clone(),
        };
        // In a file that is not encrypted, this filter changes nothing.
        if name.is_name("Crypt") {
            continue;
        }
        filters.push(Filter {
            name: name.name().unwrap_or_default().to_vec(),
            predictor: own
                .dict()
                .map(|own| predictor(file, own))
                .unwrap_or_default(),
            early: own
                .dict()
                .and_then(|own| file.lookup(own, "EarlyChange").int())
                != Some(0),
        });
    }
    filters
}

fn predictor(file: &File<'_>, own: &Dict) -> Predictor {
    let size = |key: &str, usual: usize| file.lookup(own, key).size().unwrap_or(usual);
    Predictor {
        kind: file.lookup(own, "Predictor").int().unwrap_or(1),
        colors: size("Colors", 1),
        bits: size("BitsPerComponent", 8),
        columns: size("Columns", 1),
    }
}

/// Returns the stream of objects with this number.
pub(super) fn pack(file: &File<'_>, number: u32) -> Option<Rc<Pack>> {
    if let Some(kept) = file.streams.borrow().packs.get(&number) {
        return Some(Rc::clone(kept));
    }
    // A stream of objects is never within another one.
    let object = match file.entries.get(&number)? {
        super::file::Entry::At(_) => file.numbered(number),
        _ => return None,
    };
    let stream = object.stream()?;
    let unpacked = filter::unpack(file.raw(stream), &filters(file, &stream.dict), &file.fuel);
    match unpacked.fault {
        // An unknown number of objects is missing.
        Some(Unread::Bound) => file.fuel.drain(),
        Some(why) => file.note(why),
        None => {}
    }
    let first = file.lookup(&stream.dict, "First").size()?;
    let n_objects = file.lookup(&stream.dict, "N").size()?;
    let places = places(file, &unpacked.bytes, first, n_objects);
    file.fuel.spend(SETUP);
    let pack = Rc::new(Pack {
        bytes: unpacked.bytes,
        places,
    });
    let mut cache = file.streams.borrow_mut();
    cache.make_room(pack.bytes.len() + pack.places.len() * 16);
    cache.packs.insert(number, Rc::clone(&pack));
    Some(pack)
}

fn places(file: &File<'_>, bytes: &[u8], first: usize, n: usize) -> Vec<(u32, usize)> {
    let head = bytes.get(..first).unwrap_or(bytes);
    let mut lexer = Lexer::new(head, 0, &file.fuel);
    let mut places = Vec::new();
    while places.len() < n {
        let (Some(Token::Int(number)), Some(Token::Int(at))) = (lexer.token(), lexer.token())
        else {
            break;
        };
        if let (Ok(number), Ok(at)) = (u32::try_from(number), usize::try_from(at)) {
            places.push((number, first.saturating_add(at)));
        }
        file.fuel.spend(GLYPH);
    }
    places
}
