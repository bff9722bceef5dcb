//! The archive that a workbook is: whether it may be opened, and what its reader does not tell.
//!
//! Every part that the reader of cells will read is unpacked here once, into nothing, before anything else sees
//! it: what the archive says of its sizes is not believed, and rows, cells, texts and their lengths are
//! counted, since the reader keeps everything that it meets. Hidden rows and columns and merged cells are noted on
//! the way.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Read};
use std::rc::Rc;

use clspack_archive::{Archive, Budget, Oddity, Stream, Unopened};
use quick_xml::events::{BytesStart, Event};

use crate::diag::{Code, Finding, Place};
use crate::domain::text::shown;
use crate::sheet::grid::MAX_ROWS_IN_ALL;
use crate::sheet::marks::{Marks, attribute};
use crate::sheet::meter::{Counts, Metered, Past};

/// The most that the parts of a workbook that are read may hold when they are unpacked.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;
/// The most that its formats may take: the reader keeps each of them at many times its size.
const MAX_STYLES: u64 = 4 * 1024 * 1024;
/// The most that any other part may take that is neither a sheet nor the texts of cells.
const MAX_OTHER: u64 = 16 * 1024 * 1024;
/// The most tags of all parts.
const MAX_TAGS: u64 = 12_000_000;
/// The most rows of all sheets, empty ones included.
const MAX_ROW_TAGS: u64 = MAX_ROWS_IN_ALL as u64;
/// The most cells of all sheets, empty ones included.
const MAX_CELL_TAGS: u64 = 4_000_000;
/// The most texts that cells share.
const MAX_TEXTS: u64 = 2_000_000;
/// The longest text of a cell, in bytes, as it is written in the part.
const MAX_CELL: usize = 256 * 1024;
/// The most parts that it may have.
const MAX_PARTS: usize = 10_000;

/// Why a workbook is not read: code, message, help.
pub(super) struct Fault(Code, String, &'static str);

impl Fault {
    /// Makes the finding for a file.
    pub(super) fn into_finding(self, name: &str) -> Finding {
        Finding::new(self.0, Place::File(name.to_owned()), self.1, self.2)
    }
}

/// Looks the archive through; returns the marks of each sheet, by its name.
pub(super) fn inspect(bytes: &[u8]) -> Result<BTreeMap<String, Marks>, Fault> {
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
            let found = found.map_err(|fault| {
                let bound = if budget.is_spent() {
                    Some(bomb())
                } else {
                    counts.past().map(too_much)
                };
                bound.unwrap_or(fault)
            })?;
            marks.extend(found.map(|found| (name, found)));
        }
    }
    by_name(&mut archive, &marks, &counts)
}

fn unopened(why: Unopened) -> Fault {
    match why {
        Unopened::TooMany(n_parts) => Fault(
            Code::SheetTooLarge,
            format!("the workbook has {n_parts} parts, {MAX_PARTS} are allowed"),
            "remove pictures and old sheets, or copy the products into a new workbook",
        ),
        Unopened::Damaged(why) => damaged(why),
    }
}

/// Reads a part to its end; returns the marks of a sheet.
fn look(part: Stream, name: &str, counts: &Rc<Counts>) -> Result<Option<Marks>, Fault> {
    let told = part.size();
    let mut part = Metered::new(part, Rc::clone(counts));
    let mut found = None;
    if name.ends_with("sharedstrings.xml") {
        texts(&mut part, told, counts)?;
    } else {
        let is_style = name.ends_with("styles.xml");
        let most = if is_style { MAX_STYLES } else { MAX_OTHER };
        found = sheet(&mut part, counts)?;
        if found.is_none() && told > most {
            return Err(bomb());
        }
    }
    std::io::copy(&mut part, &mut std::io::sink()).map_err(damaged)?;
    Ok(found)
}

fn bomb() -> Fault {
    Fault(
        Code::SheetTooLarge,
        "the workbook unpacks to more than is allowed".to_owned(),
        "copy the products into a new workbook; a workbook that unpacks so far is not one that people made",
    )
}

/// Says which bound a workbook goes beyond.
fn too_much(past: Past) -> Fault {
    const SPLIT: &str = "delete what is not a product, or split the products over several files";
    let (message, help) = match past {
        Past::Tags => return bomb(),
        Past::Rows => (
            format!("its sheets have more than {MAX_ROW_TAGS} rows, empty ones included"),
            "delete the empty rows below the products, or copy the products into a new workbook",
        ),
        Past::Cells => (
            format!("its sheets have more than {MAX_CELL_TAGS} cells, empty ones included"),
            SPLIT,
        ),
        Past::Texts => (
            format!("its cells have more than {MAX_TEXTS} different texts"),
            SPLIT,
        ),
        Past::Cell => (
            "a cell of the workbook holds more than 32767 characters".to_owned(),
            "put the text into a file of evidence",
        ),
    };
    Fault(Code::SheetTooLarge, message, help)
}

fn damaged(cause: impl std::fmt::Display) -> Fault {
    Fault(
        Code::SheetDamaged,
        format!("the workbook cannot be read: {cause}"),
        "open it in a spreadsheet program and save it again as .xlsx",
    )
}

fn is_workbook(archive: &Archive) -> Result<(), Fault> {
    const SAVE: &str = "save it as .xlsx";
    let has = |path: &str| archive.find(path).is_some();
    let other = |what: &str| {
        Err(Fault(
            Code::SheetOfOtherFormat,
            format!("the file is {what}"),
            SAVE,
        ))
    };
    if has("xl/workbook.bin") {
        return other("a binary Excel workbook (.xlsb)");
    }
    if has("content.xml") && has("mimetype") {
        return other("an OpenDocument spreadsheet (.ods)");
    }
    if !has("[Content_Types].xml") || !has("_rels/.rels") {
        return other("an archive and no Excel workbook");
    }
    if has("word/document.xml") || has("ppt/presentation.xml") {
        return other("another kind of Office document");
    }
    Ok(())
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
    mut each: impl FnMut(&BytesStart) -> Result<bool, Fault>,
) -> Result<(), Fault> {
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

/// Notes the bound that is passed, and makes the fault for it.
fn counted(counts: &Counts, past: Past) -> Fault {
    counts.pass(past);
    too_much(past)
}

/// Returns nothing for a part that is no sheet.
fn sheet<R: Read>(part: R, counts: &Counts) -> Result<Option<Marks>, Fault> {
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
            "c" if counts.cell() > MAX_CELL_TAGS => return Err(counted(counts, Past::Cells)),
            "col" => marks.column(tag),
            "mergeCell" => marks.merge(tag),
            _ => {}
        }
        Ok(true)
    })?;
    Ok(marks)
}

/// The reader sets space aside for as many texts as the part says that it has.
fn texts<R: Read>(part: R, size: u64, counts: &Counts) -> Result<(), Fault> {
    tags(part, counts, |tag| {
        match tag.local_name().as_ref() {
            "sst" => {
                let told = attribute(tag, "uniqueCount").and_then(|n| n.parse::<u64>().ok());
                if told.is_some_and(|n| n > size) {
                    return Err(damaged("it announces more texts than it can hold"));
                }
                if told.is_some_and(|n| n > MAX_TEXTS) {
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

/// The reader of cells follows the archive to its main part, which must be the one that is followed here.
fn is_main(tag: &BytesStart) -> Result<(), Fault> {
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
) -> Result<BTreeMap<String, Marks>, Fault> {
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
        // A chart has no rows; a sheet elsewhere in the archive was not looked at, and is not read.
        if let Some(marks) = marks.get(&path) {
            named.insert(sheet, marks.clone());
        }
    }
    Ok(named)
}
