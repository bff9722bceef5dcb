//! The archive that a workbook is: whether it may be opened, and what its reader does not tell.
//!
//! Every part is unpacked here once, into nothing, before anything else sees it: what the archive says
//! of its sizes is not believed, since unpacking is bounded by nothing else. Hidden rows and merged
//! cells are noted on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};

use crate::diag::{Code, Finding, Place};
use crate::sheet::grid::{MAX_COLUMNS, MAX_ROWS, Range, position};

/// The most that a workbook may hold when it is unpacked.
const MAX_UNPACKED: u64 = 500 * 1024 * 1024;
/// The most that its formats may take: the reader keeps each of them at many times its size.
const MAX_STYLES: u64 = 16 * 1024 * 1024;
/// The most parts that it may have.
const MAX_PARTS: usize = 10_000;
/// The most merged ranges that are kept.
const MAX_MERGED: usize = 100_000;

/// What the reader of cells does not tell of a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    /// Hidden rows, from 0.
    pub(super) hidden: BTreeSet<u32>,
    /// Merged cells.
    pub(super) merged: Vec<Range>,
}

/// Why a workbook is not read: code, message, help.
pub(super) struct Fault(Code, String, &'static str);

impl Fault {
    /// Makes the finding for a file.
    pub(super) fn into_finding(self, name: &str) -> Finding {
        Finding::new(self.0, Place::File(name.to_owned()), self.1, self.2)
    }
}

type Archive<'b> = zip::ZipArchive<Cursor<&'b [u8]>>;

/// Looks the archive through; returns the marks of each sheet, by its name.
pub(super) fn inspect(bytes: &[u8]) -> Result<BTreeMap<String, Marks>, Fault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    is_workbook(&archive)?;
    if archive.len() > MAX_PARTS {
        return Err(Fault(
            Code::SheetTooLarge,
            format!(
                "the workbook has {} parts, {MAX_PARTS} are allowed",
                archive.len()
            ),
            "remove pictures and old sheets, or copy the products into a new workbook",
        ));
    }
    let mut left = MAX_UNPACKED;
    let mut marks = BTreeMap::new();
    for i in 0..archive.len() {
        let part = archive.by_index(i).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.to_lowercase();
        if part.size() > left || (name.ends_with("styles.xml") && part.size() > MAX_STYLES) {
            return Err(bomb());
        }
        let limit = part.size();
        // One byte more than it says: then it has lied.
        let mut bounded = part.take(limit + 1);
        if name.ends_with("sharedstrings.xml") {
            texts(&mut bounded, limit)?;
        } else if std::path::Path::new(&name)
            .extension()
            .is_some_and(|end| end == "xml")
            && let Some(found) = sheet(&mut bounded)?
        {
            marks.insert(name, found);
        }
        std::io::copy(&mut bounded, &mut std::io::sink()).map_err(damaged)?;
        if bounded.limit() == 0 {
            return Err(bomb());
        }
        left -= limit;
    }
    by_name(&mut archive, &marks)
}

fn bomb() -> Fault {
    Fault(
        Code::SheetTooLarge,
        "the workbook unpacks to more than is allowed".to_owned(),
        "copy the products into a new workbook; a workbook that unpacks so far is not one that people made",
    )
}

fn damaged(cause: impl std::fmt::Display) -> Fault {
    Fault(
        Code::SheetDamaged,
        format!("the workbook cannot be read: {cause}"),
        "open it in a spreadsheet program and save it anew as .xlsx",
    )
}

fn is_workbook(archive: &Archive) -> Result<(), Fault> {
    const SAVE: &str = "save it as .xlsx";
    let has = |path: &str| {
        archive
            .file_names()
            .any(|name| name.is_ok_and(|name| name.eq_ignore_ascii_case(path)))
    };
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

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .filter_map(Result::ok)
        .find(|one| one.key.local_name().as_ref() == name);
    found.map(|one| {
        quick_xml::escape::unescape(&one.value)
            .map_or_else(|_| one.value.to_string(), std::borrow::Cow::into_owned)
    })
}

/// Calls back for every tag of a part, until it returns false.
fn tags<R: Read>(
    part: R,
    mut each: impl FnMut(&BytesStart) -> Result<bool, Fault>,
) -> Result<(), Fault> {
    let mut reader = xml(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(tag) if !each(&tag)? => return Ok(()),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Returns nothing for a part that is no sheet.
fn sheet<R: Read>(part: R) -> Result<Option<Marks>, Fault> {
    let mut marks = None;
    let mut next_row = 0_u32;
    tags(part, |tag| {
        let Some(marks) = &mut marks else {
            let is_sheet = tag.local_name().as_ref() == "worksheet";
            marks = is_sheet.then(Marks::default);
            return Ok(is_sheet);
        };
        match tag.local_name().as_ref() {
            "row" => {
                let told = attribute(tag, "r").and_then(|row| row.parse::<u32>().ok());
                let row = told.and_then(|row| row.checked_sub(1)).unwrap_or(next_row);
                next_row = row.saturating_add(1);
                let yes = |name: &str| {
                    attribute(tag, name).is_some_and(|word| word == "1" || word == "true")
                };
                let flat = attribute(tag, "ht").is_some_and(|height| height.parse::<u8>() == Ok(0));
                if row < MAX_ROWS && (yes("hidden") || flat) {
                    marks.hidden.insert(row);
                }
            }
            "mergeCell" => {
                let cells = attribute(tag, "ref").unwrap_or_default();
                let (first, last) = cells.split_once(':').unwrap_or((&cells, &cells));
                if let (Some(first), Some((row, column))) = (position(first), position(last))
                    && first != (row, column)
                    && marks.merged.len() < MAX_MERGED
                {
                    let last = (row.min(MAX_ROWS), column.min(MAX_COLUMNS));
                    marks.merged.push(Range { first, last });
                }
            }
            _ => {}
        }
        Ok(true)
    })?;
    Ok(marks)
}

/// The reader sets space aside for as many texts as the part says that it has.
fn texts<R: Read>(part: R, size: u64) -> Result<(), Fault> {
    tags(part, |tag| {
        let told = attribute(tag, "uniqueCount").filter(|_| tag.local_name().as_ref() == "sst");
        if told.is_some_and(|n| n.parse::<u64>().is_ok_and(|n| n > size)) {
            return Err(damaged("it announces more texts than it can hold"));
        }
        Ok(true)
    })
}

/// Follows the workbook to the part of each sheet.
fn by_name(
    archive: &mut Archive,
    marks: &BTreeMap<String, Marks>,
) -> Result<BTreeMap<String, Marks>, Fault> {
    let mut parts = BTreeMap::new();
    let mut sheets = Vec::new();
    for path in ["xl/_rels/workbook.xml.rels", "xl/workbook.xml"] {
        let found = (0..archive.len()).find(|i| {
            archive
                .name_for_index(*i)
                .is_some_and(|name| name.is_ok_and(|name| name.eq_ignore_ascii_case(path)))
        });
        let Some(i) = found else {
            return Err(damaged(format!("it has no part `{path}`")));
        };
        let part = archive.by_index(i).map_err(damaged)?;
        let limit = part.size();
        tags(part.take(limit), |tag| {
            match tag.local_name().as_ref() {
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
