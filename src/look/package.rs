//! Opens an office file: which of its parts say something, and how much of them is unpacked.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::domain::Unsearched;
use crate::look::revisions::Across;
use crate::look::{
    HazardKind, InFile, Look, markup, office, picture, programs, property, relations, text,
};

/// No document has more parts.
const MOST_PARTS: usize = 5_000;
/// The most bytes of one part, unpacked.
const LARGEST_PART: u64 = 32_000_000;
/// The most bytes of all parts that are read, unpacked.
const LARGEST: u64 = 96_000_000;
/// How deep office files are read in office files: a chart holds the workbook of its numbers.
const DEEPEST: usize = 2;

/// Reads an office file.
pub(super) fn read(bytes: &[u8], look: &mut Look) {
    let mut left = LARGEST;
    inside(bytes, 0, &mut left, look);
}

fn inside(bytes: &[u8], depth: usize, left: &mut u64, look: &mut Look) {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return look.miss(Unsearched::Locked);
    }
    // The list of entries is read as a whole, so it is counted first.
    if memchr::memmem::find_iter(bytes, b"PK\x01\x02")
        .take(MOST_PARTS + 1)
        .count()
        > MOST_PARTS
    {
        return look.miss(Unsearched::Bound);
    }
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return look.miss(Unsearched::Damaged);
    };
    match archive.has_overlapping_files() {
        Ok(false) => {}
        Ok(true) => return look.miss(Unsearched::Bound),
        Err(_) => return look.miss(Unsearched::Damaged),
    }
    if archive.has_duplicate_names() || archive.is_empty() {
        return look.miss(Unsearched::Damaged);
    }
    let mut across = Across::default();
    picture::say(archive.comment(), look);
    for i in 0..archive.len() {
        match unpacked(&mut archive, i, left) {
            Ok(None) => {}
            Ok(Some((name, content))) => part(&name, &content, depth, left, &mut across, look),
            Err(why) => look.miss(why),
        }
    }
    across.say(look);
}

/// Returns the names of what is in an archive.
pub(super) fn names(bytes: &[u8]) -> Vec<String> {
    let n_entries = memchr::memmem::find_iter(bytes, b"PK\x01\x02");
    if n_entries.take(MOST_PARTS + 1).count() > MOST_PARTS {
        return Vec::new();
    }
    let archive = ZipArchive::new(Cursor::new(bytes));
    let names = archive.iter().flat_map(ZipArchive::file_names);
    names
        .filter_map(|name| Some(name.ok()?.into_owned()))
        .collect()
}

/// Returns the name of an entry, in lower case, and its content, if it may say something.
fn unpacked(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    i: usize,
    left: &mut u64,
) -> Result<Option<(String, Vec<u8>)>, Unsearched> {
    let file = archive.by_index(i).map_err(|error| match error {
        ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => {
            Unsearched::Locked
        }
        ZipError::UnsupportedArchive(_) => Unsearched::Filter,
        _ => Unsearched::Damaged,
    })?;
    let name = file.name().map_err(|_| Unsearched::Damaged)?.to_lowercase();
    if file.is_dir() || says_nothing(&name) {
        return Ok(None);
    }
    let most = LARGEST_PART.min(*left);
    let mut content = Vec::new();
    let mut file = file.take(most + 1);
    file.read_to_end(&mut content)
        .map_err(|_| Unsearched::Damaged)?;
    let size = content.len() as u64;
    if size > most {
        *left -= most;
        return Err(Unsearched::Bound);
    }
    *left -= size;
    Ok(Some((name, content)))
}

/// Fonts and settings of printers.
fn says_nothing(name: &str) -> bool {
    let is_of = |endings: &[&str]| endings.contains(&extension(name));
    is_of(&["odttf", "ttf", "fntdata"]) || name.contains("printersettings")
}

fn part(
    name: &str,
    content: &[u8],
    depth: usize,
    left: &mut u64,
    across: &mut Across,
    look: &mut Look,
) {
    look.at(if name.starts_with("docprops/") {
        InFile::Properties
    } else {
        InFile::Part(name.to_owned())
    });
    match extension(name) {
        "xml" | "rels" | "vml" | "svg" => {
            let text = look.decoded(content, text::declared(content));
            if name.starts_with("docprops/") {
                property::read(&text, look);
            }
            if has_runs(name) {
                office::part(&text, look);
            } else {
                markup::xml(&text, look);
            }
            match extension(name) {
                "rels" => relations::part(name, &text, look),
                "xml" => across.part(name, &text, look),
                _ => {}
            }
        }
        "png" | "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" | "wdp" | "webp" => {
            picture::read(content, look);
        }
        // A drawing holds its words as numbers of letters, or drawn by another drawing in it.
        "emf" if !has_words(content) => {}
        "docx" | "xlsx" | "pptx" if depth < DEEPEST => inside(content, depth + 1, left, look),
        "txt" | "html" | "htm" => {
            let text = look.decoded(content, text::declared(content));
            markup::html(&text, look);
        }
        _ => {
            look.miss(Unsearched::Attachment);
            program(name, content, look);
        }
    }
}

/// Notes a program in a part that is not opened.
fn program(name: &str, content: &[u8], look: &mut Look) {
    let named =
        (programs::is_named(name) || programs::is_program(content)).then(|| name.to_owned());
    let is_object = content.starts_with(b"\xd0\xcf\x11\xe0") && !name.contains("/activex/");
    let found = named.or_else(|| programs::in_object(content).filter(|_| is_object));
    if let Some(found) = found {
        look.warn_of(
            HazardKind::ProgramInside,
            InFile::Part(name.to_owned()),
            &found,
        );
    }
}

/// Returns whether a drawing of Windows may hold words: in records of text, or in those of its successor.
fn has_words(drawing: &[u8]) -> bool {
    let mut at = 0;
    let long = |at: usize| {
        let bytes = drawing.get(at..at.checked_add(4)?)?;
        bytes.try_into().ok().map(u32::from_le_bytes)
    };
    while let (Some(kind), Some(size)) = (long(at), long(at + 4)) {
        match kind {
            // The end.
            14 => return false,
            70 | 83 | 84 | 96 | 97 | 108 => return true,
            _ => {}
        }
        match usize::try_from(size) {
            Ok(size) if size >= 8 => at += size,
            _ => return true,
        }
    }
    true
}

/// Returns whether a part has words in runs; in others every element says something of its own.
fn has_runs(name: &str) -> bool {
    let folders = ["word/", "ppt/", "xl/"];
    folders.iter().any(|folder| name.starts_with(folder)) && extension(name) != "rels"
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}
