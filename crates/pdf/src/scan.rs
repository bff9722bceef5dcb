//! Finds objects by reading the whole file, for a lost or wrong table of objects.

use std::collections::BTreeMap;

use super::file::{Entry, File};
use super::fuel::{Fuel, SETUP};
use super::lex::{Lexer, Token, is_regular, is_white};
use super::object::Object;
use super::parse::Parser;
use super::streams;

/// How many objects a file may have.
pub(super) const MAX_OBJECTS: usize = 1_000_000;
/// How far into an object its type is searched.
const WINDOW: usize = 400;

/// Returns the offset of each object; of two with the same number the later one.
pub(super) fn objects(bytes: &[u8], fuel: &Fuel) -> BTreeMap<u32, usize> {
    let mut objects = BTreeMap::new();
    if !fuel.spend(u64::try_from(bytes.len()).unwrap_or(u64::MAX)) {
        return objects;
    }
    for at in memchr::memmem::find_iter(bytes, b"obj") {
        if let Some((number, start)) = before(bytes, at) {
            if objects.len() >= MAX_OBJECTS || !fuel.spend(super::fuel::TOKEN) {
                fuel.drain();
                break;
            }
            objects.insert(number, start);
        }
    }
    objects
}

/// Returns the number before `obj` and its offset: `12 0 obj`.
fn before(bytes: &[u8], obj: usize) -> Option<(u32, usize)> {
    let (_, generation) = digits_before(bytes, white_before(bytes, obj)?)?;
    let (number, start) = digits_before(bytes, white_before(bytes, generation)?)?;
    Some((number, start))
}

fn white_before(bytes: &[u8], end: usize) -> Option<usize> {
    let n_white = bytes
        .get(..end)?
        .iter()
        .rev()
        .take(8)
        .take_while(|byte| is_white(**byte))
        .count();
    (n_white > 0).then(|| end - n_white)
}

fn digits_before(bytes: &[u8], end: usize) -> Option<(u32, usize)> {
    let before = bytes.get(..end)?;
    let n_digits = before
        .iter()
        .rev()
        .take(11)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let digits = std::str::from_utf8(&before[end - n_digits..]).ok()?;
    Some((digits.parse().ok()?, end - n_digits))
}

/// Rebuilds the table of objects and the trailer from the objects in the file.
pub(super) fn rebuild(file: &mut File<'_>) {
    file.is_rebuilt = true;
    let found = objects(file.bytes, &file.fuel);
    let mut in_order: Vec<(usize, u32)> = found.iter().map(|(number, at)| (*at, *number)).collect();
    in_order.sort_unstable();
    file.entries = found
        .iter()
        .map(|(number, at)| (*number, Entry::At(*at)))
        .collect();
    let mut packs = Vec::new();
    let mut root = None;
    for (at, number) in in_order {
        let window = &file.bytes[at..file.bytes.len().min(at + WINDOW)];
        let has = |word: &[u8]| memchr::memmem::find(window, word).is_some();
        file.fuel.spend(400);
        if has(b"/ObjStm") {
            packs.push(number);
        }
        if has(b"/XRef") || has(b"/Catalog") {
            let object = file.object_at(at, number).map(|loaded| loaded.object);
            match object.as_ref().and_then(Object::dict) {
                Some(dict) if dict.raw("Type").is_name("XRef") => {
                    let dict = std::rc::Rc::clone(dict);
                    newest(file, &dict);
                }
                Some(dict) if dict.raw("Type").is_name("Catalog") => root = Some(number),
                _ => {}
            }
        }
    }
    trailers(file);
    unpack_packs(file, &packs);
    if file.trailer.raw("Root").is_null() {
        let root = root.or_else(|| packed_root(file));
        if let Some(root) = root {
            file.trailer
                .0
                .insert(b"Root".as_slice().into(), Object::Ref(root));
        }
    }
}

/// Adopts the entries of a later trailer.
fn newest(file: &mut File<'_>, dict: &super::object::Dict) {
    for (key, value) in &dict.0 {
        file.trailer
            .0
            .insert(std::rc::Rc::clone(key), value.clone());
    }
}

fn trailers(file: &mut File<'_>) {
    let bytes = file.bytes;
    for at in memchr::memmem::find_iter(bytes, b"trailer") {
        let after = at + b"trailer".len();
        if file.fuel.is_out() {
            break;
        }
        file.fuel.spend(SETUP / 8);
        let starts = at == 0 || !is_regular(bytes[at - 1]);
        let dict = {
            let lexer = Lexer::new(bytes, after, &file.fuel);
            Parser::new(lexer).object()
        };
        if let (true, Some(Object::Dict(dict))) = (starts, dict) {
            newest(file, &dict);
        }
    }
}

/// Adds the objects in streams. A later stream takes precedence over an earlier one, and an object outside of streams
/// over both.
fn unpack_packs(file: &mut File<'_>, packs: &[u32]) {
    let mut within = BTreeMap::new();
    for number in packs {
        let Some(pack) = streams::pack(file, *number) else {
            continue;
        };
        for (index, (object, _)) in pack.places.iter().enumerate() {
            within.insert(*object, Entry::In(*number, index));
        }
        if within.len() > MAX_OBJECTS {
            file.fuel.drain();
        }
    }
    for (object, entry) in within {
        file.entries.entry(object).or_insert(entry);
    }
}

fn packed_root(file: &File<'_>) -> Option<u32> {
    let within = |entry: &Entry| matches!(entry, Entry::In(..));
    let numbers = file.entries.iter().filter(|(_, entry)| within(entry));
    numbers.map(|(number, _)| *number).find(|number| {
        let object = file.numbered(*number);
        object
            .dict()
            .is_some_and(|dict| dict.raw("Type").is_name("Catalog"))
    })
}

/// Returns true if objects follow the last end mark: a later revision that was cut off.
pub(super) fn is_cut(bytes: &[u8]) -> bool {
    let Some(end) = memchr::memmem::rfind(bytes, b"%%EOF") else {
        return false;
    };
    let rest = &bytes[end..];
    memchr::memmem::find_iter(rest, b"obj").any(|at| before(rest, at).is_some())
}

/// Returns the offset of the newest table of objects.
pub(super) fn start(bytes: &[u8], fuel: &Fuel) -> Option<usize> {
    let at = memchr::memmem::rfind(bytes, b"startxref")?;
    let mut lexer = Lexer::new(bytes, at + b"startxref".len(), fuel);
    match lexer.token()? {
        Token::Int(start) => usize::try_from(start).ok(),
        _ => None,
    }
}
