//! The archive of a workbook: whether it may be opened, and what the reader of cells does not return.
//!
//! Every part that the reader of cells will read is unpacked here once and dropped, before anything else sees it. Sizes
//! that the archive states are not believed; rows, cells, texts and their lengths are counted, since the reader keeps
//! everything. Hidden rows and columns and merged cells are noted while that happens.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Read};
use std::rc::Rc;

use clspack_archive::{Archive, Budget, Oddity, Stream, Unopened};
use clspack_words::shown;
use quick_xml::events::{BytesStart, Event};

use crate::cells::MAX_ROWS_IN_ALL;
use crate::marks::{Marks, attribute};
use crate::meter::{Counts, Metered, Past};
use crate::unread::{Format, Why};

/// The most bytes of all unpacked parts.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;
/// The most bytes of its formats: the reader keeps each of them at many times its size.
const MAX_STYLES: u64 = 4 * 1024 * 1024;
/// The most bytes of any other part that is neither a sheet nor the texts of cells.
const MAX_OTHER: u64 = 16 * 1024 * 1024;
/// The most tags of all parts.
const MAX_TAGS: u64 = 12_000_000;
/// The most rows of all sheets, empty ones included.
const MAX_ROW_TAGS: u64 = MAX_ROWS_IN_ALL as u64;
/// The most cells of all sheets, empty ones included.
pub const MAX_CELLS_IN_ALL: u64 = 4_000_000;
/// The most texts that cells share.
pub const MAX_TEXTS: u64 = 2_000_000;
/// The longest text of a cell, in bytes, with its escapes.
const MAX_CELL: usize = 256 * 1024;
/// The most parts of a workbook.
pub const MAX_PARTS: usize = 10_000;

/// Checks the archive. Returns the marks of each sheet, by its name.
pub(crate) fn inspect(bytes: &[u8]) -> Result<BTreeMap<String, Marks>, Why> {
    let mut archive = Archive::open(bytes, MAX_PARTS).map_err(unopened)?;
    is_workbook(&archive)?;
    if archive.oddities().contains(&Oddity::Twins) {
        return Err(damaged("two of its parts have one name"));
    }
    let counts = Rc::new(Counts::new(MAX_TAGS));
    let mut budget = Budget::new(MAX_UNPACKED);
    let mut marks = BTreeMap::new();
    let mut names = BTreeSet::new();
    for i in 0..archive.members().len() {
        let name = archive.members()[i].name.to_lowercase();
        let part = archive.stream(i, &mut budget).map_err(damaged)?;
        if !names.insert(name.clone()) {
            return Err(damaged(format!("it has two parts `{}`", shown(&name))));
        }
        // Pictures and the like are never unpacked.
        let extension = name.rsplit('.').next().unwrap_or_default();
        if matches!(extension, "xml" | "rels") {
            let found = look(part, &name, &counts);
            let found = found.map_err(|why| {
                let bound = if budget.is_spent() {
                    Some(Why::Bomb)
                } else {
                    counts.past().map(too_much)
                };
                bound.unwrap_or(why)
            })?;
            marks.extend(found.map(|found| (name, found)));
        }
    }
    by_name(&mut archive, &marks, &counts)
}

fn unopened(why: Unopened) -> Why {
    match why {
        Unopened::TooMany(n_parts) => Why::Parts(n_parts),
        Unopened::Damaged(why) => damaged(why),
    }
}

/// Reads a part to its end. Returns the marks if it is a sheet.
fn look(part: Stream, name: &str, counts: &Rc<Counts>) -> Result<Option<Marks>, Why> {
    let size = part.size();
    let mut part = Metered::new(part, Rc::clone(counts));
    let mut found = None;
    if name.ends_with("sharedstrings.xml") {
        texts(&mut part, size, counts)?;
    } else {
        let is_style = name.ends_with("styles.xml");
        let most = if is_style { MAX_STYLES } else { MAX_OTHER };
        found = sheet(&mut part, counts)?;
        if found.is_none() && size > most {
            return Err(Why::Bomb);
        }
    }
    std::io::copy(&mut part, &mut std::io::sink()).map_err(damaged)?;
    Ok(found)
}

fn too_much(past: Past) -> Why {
    match past {
        Past::Tags => Why::Bomb,
        Past::Rows => Why::RowsInAll,
        Past::Cells => Why::CellsInAll,
        Past::Texts => Why::Texts,
        Past::Cell => Why::Text,
    }
}

fn damaged(cause: impl std::fmt::Display) -> Why {
    Why::Damaged(cause.to_string())
}

fn is_workbook(archive: &Archive) -> Result<(), Why> {
    let has = |path: &str| archive.find(path).is_some();
    let other = if has("xl/workbook.bin") {
        Format::Binary
    } else if has("content.xml") && has("mimetype") {
        Format::OpenDocument
    } else if !has("[Content_Types].xml") || !has("_rels/.rels") {
        Format::OtherArchive
    } else if has("word/document.xml") || has("ppt/presentation.xml") {
        Format::OtherOffice
    } else {
        return Ok(());
    };
    Err(Why::Format(other))
}

fn xml<R: Read>(part: R) -> quick_xml::Reader<BufReader<R>> {
    let mut reader = quick_xml::Reader::from_reader(BufReader::new(part));
    reader.config_mut().expand_empty_elements = true;
    reader
}

/// Calls back for every tag of a part, until it returns false. The texts of a cell are counted together.
fn tags<R: Read>(
    part: R,
    counts: &Counts,
    mut each: impl FnMut(&BytesStart) -> Result<bool, Why>,
) -> Result<(), Why> {
    let mut reader = xml(part);
    let mut buffer = Vec::new();
    let mut n_text = 0_usize;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(tag) => {
                if matches!(tag.local_name().as_ref(), "c" | "si" | "row") {
                    n_text = 0;
                }
                if !each(&tag)? {
                    return Ok(());
                }
            }
            Event::Text(text) => n_text += text.len(),
            Event::CData(text) => n_text += text.len(),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if n_text > MAX_CELL {
            return Err(counted(counts, Past::Cell));
        }
    }
}

/// Notes the bound that was passed.
fn counted(counts: &Counts, past: Past) -> Why {
    counts.pass(past);
    too_much(past)
}

/// Returns `None` for a part that is not a sheet.
fn sheet<R: Read>(part: R, counts: &Counts) -> Result<Option<Marks>, Why> {
    let mut marks = None;
    let mut next_row = 0_u32;
    tags(part, counts, |tag| {
        let Some(marks) = &mut marks else {
            let is_sheet = tag.local_name().as_ref() == "worksheet";
            marks = is_sheet.then(Marks::default);
            return Ok(is_sheet);
        };
        match tag.local_name().as_ref() {
            "row" => {
                if counts.row() > MAX_ROW_TAGS {
                    return Err(counted(counts, Past::Rows));
                }
                marks.row(tag, &mut next_row);
            }
            "c" if counts.cell() > MAX_CELLS_IN_ALL => return Err(counted(counts, Past::Cells)),
            "col" => marks.column(tag),
            "mergeCell" => marks.merge(tag),
            _ => {}
        }
        Ok(true)
    })?;
    Ok(marks)
}

/// Checks the shared texts. The reader reserves memory for as many as the part states.
fn texts<R: Read>(part: R, size: u64, counts: &Counts) -> Result<(), Why> {
    tags(part, counts, |tag| {
        match tag.local_name().as_ref() {
            "sst" => {
                let stated = attribute(tag, "uniqueCount").and_then(|n| n.parse::<u64>().ok());
                if stated.is_some_and(|n| n > size) {
                    return Err(damaged("it announces more texts than it can hold"));
                }
                if stated.is_some_and(|n| n > MAX_TEXTS) {
                    return Err(counted(counts, Past::Texts));
                }
            }
            "si" if counts.text() > MAX_TEXTS => return Err(counted(counts, Past::Texts)),
            _ => {}
        }
        Ok(true)
    })
}

/// The parts that lead from the archive to its sheets.
const MAIN_PARTS: [&str; 3] = [
    "_rels/.rels",
    "xl/_rels/workbook.xml.rels",
    "xl/workbook.xml",
];

/// Checks that the main part, at which the reader of cells starts, is the one that is read here.
fn is_main(tag: &BytesStart) -> Result<(), Why> {
    let is_document =
        attribute(tag, "Type").is_some_and(|kind| kind.ends_with("/relationships/officeDocument"));
    let target = attribute(tag, "Target").unwrap_or_default();
    if is_document && target.strip_prefix('/').unwrap_or(&target) != MAIN_PARTS[2] {
        return Err(damaged(format!("its main part is `{}`", shown(&target))));
    }
    Ok(())
}

/// Follows the workbook to the part of each sheet.
fn by_name(
    archive: &mut Archive,
    marks: &BTreeMap<String, Marks>,
    counts: &Counts,
) -> Result<BTreeMap<String, Marks>, Why> {
    let mut parts = BTreeMap::new();
    let mut sheets = Vec::new();
    for path in MAIN_PARTS {
        let Some(i) = archive.find(path) else {
            return Err(damaged(format!("it has no part `{path}`")));
        };
        // It was read to its end before, and counted.
        let mut budget = Budget::new(MAX_UNPACKED);
        let part = archive.stream(i, &mut budget).map_err(damaged)?;
        tags(part, counts, |tag| {
            match tag.local_name().as_ref() {
                "Relationship" if path == MAIN_PARTS[0] => is_main(tag)?,
                "Relationship" => {
                    let target = attribute(tag, "Target").unwrap_or_default().to_lowercase();
                    let path = target
                        .strip_prefix('/')
                        .map_or_else(|| format!("xl/{target}"), str::to_owned);
                    parts.insert(attribute(tag, "Id").unwrap_or_default(), path);
                }
                "sheet" => sheets.push((
                    attribute(tag, "name").unwrap_or_default(),
                    attribute(tag, "id").unwrap_or_default(),
                )),
                _ => {}
            }
            Ok(true)
        })?;
    }
    let mut named = BTreeMap::new();
    for (sheet, id) in sheets {
        let path = parts.get(&id).cloned().unwrap_or_default();
        // A chart has no rows; a sheet elsewhere in the archive was not checked, and is not read.
        if let Some(marks) = marks.get(&path) {
            named.insert(sheet, marks.clone());
        }
    }
    Ok(named)
}
