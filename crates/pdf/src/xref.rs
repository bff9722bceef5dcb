//! The table of objects: opens a file by its newest revision, and follows it back to the first.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::file::{Entry, File};
use super::fuel::Fuel;
use super::lex::{Lexer, Token};
use super::object::{Dict, Object};
use super::parse::Parser;
use super::{Unread, Unreadable, pages, scan, streams};

/// How many revisions a file may have.
const MAX_SECTIONS: usize = 2_000;

struct Section {
    entries: BTreeMap<u32, Entry>,
    trailer: Rc<Dict>,
}

/// Opens a file with a catalog and pages.
pub(super) fn open(bytes: &[u8], fuel: Fuel) -> Result<File<'_>, Unreadable> {
    let head = &bytes[..bytes.len().min(4096)];
    let base = memchr::memmem::find(head, b"%PDF-").ok_or(Unreadable::Broken)?;
    let mut file = File::new(bytes, base, fuel);
    let is_whole = follow(&mut file).is_some();
    if is_locked(&file) {
        return Err(Unreadable::Locked);
    }
    if !is_whole || !pages::has_some(&file) {
        let mut again = File::new(bytes, base, Fuel::of(file.fuel.left()));
        scan::rebuild(&mut again);
        file = again;
    }
    if is_locked(&file) {
        return Err(Unreadable::Locked);
    }
    if file.fuel.is_out() {
        return Err(Unreadable::Bound);
    }
    if !pages::has_some(&file) {
        return Err(Unreadable::Broken);
    }
    if scan::is_cut(bytes) {
        file.note(Unread::Damaged);
    }
    Ok(file)
}

/// Returns true if a trailer has `/Encrypt`. The dictionary itself may be missing; the file is locked nevertheless.
fn is_locked(file: &File<'_>) -> bool {
    match file.trailer.raw("Encrypt") {
        Object::Null => false,
        Object::Ref(number) => {
            let is_free = matches!(file.entries.get(number), None | Some(Entry::Free));
            !is_free
        }
        _ => true,
    }
}

/// Reads the tables of all revisions; nothing if one of them is broken.
fn follow(file: &mut File<'_>) -> Option<()> {
    let mut next = Some(scan::start(file.bytes, &file.fuel)?);
    let mut seen = BTreeSet::new();
    while let Some(at) = next {
        if !seen.insert(at) || seen.len() > MAX_SECTIONS {
            break;
        }
        let section = section(file, at).or_else(|| section(file, at.checked_add(file.base)?))?;
        next = section.trailer.raw("Prev").size();
        for (number, entry) in section.entries {
            file.entries.entry(number).or_insert(entry);
        }
        for (key, value) in &section.trailer.0 {
            let newer = file.trailer.0.entry(Rc::clone(key));
            newer.or_insert_with(|| value.clone());
        }
        if file.entries.len() > scan::MAX_OBJECTS {
            file.fuel.drain();
        }
        if file.fuel.is_out() {
            return None;
        }
    }
    Some(())
}

fn section(file: &File<'_>, at: usize) -> Option<Section> {
    let mut lexer = Lexer::new(file.bytes, at, &file.fuel);
    if lexer.token()? != Token::Word(b"xref") {
        return stream_section(file, at);
    }
    let mut entries = BTreeMap::new();
    loop {
        match lexer.token()? {
            Token::Word(b"trailer") => break,
            Token::Int(first) => {
                let Token::Int(n) = lexer.token()? else {
                    return None;
                };
                subsection(&mut lexer, first, n, &mut entries)?;
            }
            _ => return None,
        }
    }
    let Object::Dict(trailer) = Parser::new(lexer).object()? else {
        return None;
    };
    // Hybrid: the objects that old readers must not see are in a stream beside the table.
    if let Some(beside) = trailer.raw("XRefStm").size() {
        let beside = stream_section(file, beside)
            .or_else(|| stream_section(file, beside.checked_add(file.base)?))?;
        for (number, entry) in beside.entries {
            let place = entries.entry(number).or_insert(entry);
            if *place == Entry::Free {
                *place = entry;
            }
        }
    }
    Some(Section { entries, trailer })
}

fn subsection(
    lexer: &mut Lexer<'_>,
    first: i64,
    n: i64,
    entries: &mut BTreeMap<u32, Entry>,
) -> Option<()> {
    for i in 0..n {
        // With fewer than announced, nobody knows which objects are missing.
        let (Token::Int(place), Token::Int(_generation)) = (lexer.token()?, lexer.token()?) else {
            return None;
        };
        let number = u32::try_from(first.checked_add(i)?).ok()?;
        let entry = match lexer.token()? {
            Token::Word(b"n") => Entry::At(usize::try_from(place).ok()?),
            Token::Word(b"f") => Entry::Free,
            _ => return None,
        };
        entries.entry(number).or_insert(entry);
        if entries.len() > scan::MAX_OBJECTS {
            lexer.fuel.drain();
        }
    }
    Some(())
}

/// Reads a table in a stream.
fn stream_section(file: &File<'_>, at: usize) -> Option<Section> {
    let section = file.any_object_at(at)?;
    let stream = section.object.stream()?;
    if !stream.dict.raw("Type").is_name("XRef") {
        return None;
    }
    let unpacked = streams::unpack(file, stream);
    if let Some(why) = unpacked.fault {
        if why == Unread::Bound {
            file.fuel.drain();
        }
        return None;
    }
    let widths: Vec<usize> = file
        .lookup(&stream.dict, "W")
        .items()
        .iter()
        .filter_map(Object::size)
        .collect();
    let [kind, place, index] = widths[..] else {
        return None;
    };
    if [kind, place, index].iter().any(|width| *width > 8) || kind + place + index == 0 {
        return None;
    }
    let size = file.lookup(&stream.dict, "Size").int().unwrap_or(0);
    let ranges = file.lookup(&stream.dict, "Index");
    let ranges: Vec<i64> = ranges.items().iter().filter_map(Object::int).collect();
    let ranges = if ranges.is_empty() {
        vec![0, size]
    } else {
        ranges
    };
    let mut rows = unpacked.bytes.chunks_exact(kind + place + index);
    let mut entries = BTreeMap::new();
    for range in ranges.chunks_exact(2) {
        for i in 0..range[1] {
            let Some(row) = rows.next() else { break };
            let number = u32::try_from(range[0].checked_add(i)?).ok()?;
            if !file.fuel.spend(100) || entries.len() > scan::MAX_OBJECTS {
                file.fuel.drain();
                return None;
            }
            entries
                .entry(number)
                .or_insert(row_entry(row, kind, place)?);
        }
    }
    Some(Section {
        entries,
        trailer: Rc::clone(&stream.dict),
    })
}

fn row_entry(row: &[u8], kind: usize, place: usize) -> Option<Entry> {
    let value = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(0_u64, |value, byte| value << 8 | u64::from(*byte))
    };
    let second = value(&row[kind..kind + place]);
    Some(match if kind == 0 { 1 } else { value(&row[..kind]) } {
        1 => Entry::At(usize::try_from(second).ok()?),
        2 => Entry::In(
            u32::try_from(second).ok()?,
            usize::try_from(value(&row[kind + place..])).ok()?,
        ),
        _ => Entry::Free,
    })
}
