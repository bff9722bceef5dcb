//! Opens an office file: which of its parts say something, and how much of them is unpacked.

use clspack_archive::{Archive, Budget, Oddity, Unopened, Unread, Why};

use crate::Unsearched;
use crate::revisions::Across;
use crate::{
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
    let mut budget = Budget::new(LARGEST);
    budget.member = LARGEST_PART;
    inside(bytes, 0, &mut budget, look);
}

fn inside(bytes: &[u8], depth: usize, budget: &mut Budget, look: &mut Look) {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return look.miss(Unsearched::Locked);
    }
    let mut archive = match Archive::open(bytes, MOST_PARTS) {
        Ok(archive) if !archive.members().is_empty() => archive,
        Err(Unopened::TooMany(_)) => return look.miss(Unsearched::Bound),
        Ok(_) | Err(Unopened::Damaged(_)) => return look.miss(Unsearched::Damaged),
    };
    match archive.overlaps() {
        Ok(true) => return look.miss(Unsearched::Bound),
        Ok(false) if !archive.oddities().contains(&Oddity::Twins) => {}
        _ => return look.miss(Unsearched::Damaged),
    }
    let mut across = Across::default();
    picture::say(archive.comment(), look);
    for i in 0..archive.members().len() {
        match unpacked(&mut archive, i, budget) {
            Ok(None) => {}
            Ok(Some((name, content))) => part(&name, &content, depth, budget, &mut across, look),
            Err(why) => look.miss(why),
        }
    }
    across.say(look);
}

/// Returns the names of what is in an archive.
pub(super) fn names(bytes: &[u8]) -> Vec<String> {
    let archive = Archive::open(bytes, MOST_PARTS);
    let members = archive.iter().flat_map(Archive::members);
    members.map(|member| member.name.clone()).collect()
}

/// Returns the name of an entry, in lower case, and its content, if it may say something.
fn unpacked(
    archive: &mut Archive<'_>,
    i: usize,
    budget: &mut Budget,
) -> Result<Option<(String, Vec<u8>)>, Unsearched> {
    let (name, is_folder) = (
        archive.members()[i].name.to_lowercase(),
        archive.members()[i].is_folder(),
    );
    let file = archive.stream(i, budget).map_err(|why| missed(&why))?;
    if is_folder || says_nothing(&name) {
        return Ok(None);
    }
    Ok(Some((name, file.content().map_err(|why| missed(&why))?)))
}

fn missed(unread: &Unread) -> Unsearched {
    match unread.why {
        Why::Locked => Unsearched::Locked,
        Why::Unsupported => Unsearched::Filter,
        Why::TooLarge | Why::Spent => Unsearched::Bound,
        Why::NoHeader | Why::Damaged => Unsearched::Damaged,
    }
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
    budget: &mut Budget,
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
        "docx" | "xlsx" | "pptx" if depth < DEEPEST => inside(content, depth + 1, budget, look),
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
