//! A case is a base and what differs from it: an edit, small enough to be read at a glance.
//!
//! ```text
//! base: mra                        a folder of tests/bases
//! on: 2026-05-31                   the day, if not the manifest's own
//! - uen: 201912345R                this line of the base, once …
//! + uen: 201912345A                … becomes these, with its indentation
//! before: \xEF\xBB\xBF             bytes to put before the manifest
//! ends: crlf                       the manifest with the line ends of Windows
//! fill: 1048576                    the manifest grown to so many bytes by a comment
//! manifest: \xFF\xFEs\x00           the whole manifest, in place of the base's
//! file: evidence/new.pdf = text    a file to add (`\xNN` and `\n` are read)
//! pdf: evidence/new.pdf = text     a PDF file of one page that says so
//! take: evidence/new.pdf = one.pdf a file that lies beside the edit
//! size: evidence/new.pdf = 2000    a file to grow to so many bytes by zeros
//! copy: a.pdf = evidence/b.pdf     a file to copy
//! remove: evidence/b.pdf           a file to take away
//! sign: evidence/signed.pdf        the declaration of the base as a file, as if it were signed
//! letterhead: evidence/signed.pdf  the same with a picture at the head of its last page
//! prepare: evidence/signed.pdf     the declaration of the base as a file, as it is written
//! ```
//!
//! `{declares}` in a new line is the hash of what the base declares.

use std::path::Path;

use clspack::domain::Date;

use crate::support;

/// Makes the folder that an edit describes; returns the day to plan for.
pub(crate) fn apply(edit: &Path, into: &Path) -> Option<Date> {
    let mut text =
        std::fs::read_to_string(edit).unwrap_or_else(|error| panic!("{}: {error}", edit.display()));
    let base = value(&text, "base: ").unwrap_or_else(|| panic!("{} names no base", edit.display()));
    let base = support::repository("tests/bases").join(base);
    support::copy(&base, into);
    if let Some(path) = value(&text, "sign: ") {
        let signed = support::as_signed(&support::declaration(&base).1);
        std::fs::write(into.join(path), signed).unwrap();
    }
    if let Some(path) = value(&text, "letterhead: ") {
        let copy = support::with_letterhead(&support::declaration(&base).1);
        std::fs::write(into.join(path), copy).unwrap();
    }
    if let Some(path) = value(&text, "prepare: ") {
        std::fs::write(into.join(path), support::declaration(&base).1).unwrap();
    }
    if text.contains("{declares}") {
        text = text.replace("{declares}", &support::declaration(&base).0);
    }
    let manifest = into.join("manifest.yaml");
    let mut lines: Vec<String> = std::fs::read_to_string(&manifest)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();
    // What says that a base is an example comes last: a line that a case adds at the end keeps its number.
    let example = lines.pop_if(|line| line == "example: true");
    let mut at = None;
    for line in text.lines() {
        if let Some(old) = line.strip_prefix("- ") {
            at = Some(remove(&mut lines, old, edit));
        } else if let Some(new) = line.strip_prefix("+ ") {
            let (i, indent) = at.get_or_insert((lines.len(), String::new()));
            lines.insert(*i, format!("{indent}{new}"));
            *i += 1;
        }
    }
    let end = lines.len() - usize::from(lines.last().is_some_and(|line| line == "..."));
    if let Some(example) = example.filter(|_| !text.contains("+ example: ")) {
        lines.insert(end, example);
    }
    std::fs::write(&manifest, whole(&text, lines.join("\n") + "\n")).unwrap();
    files(&text, edit.parent().unwrap(), into);
    value(&text, "on: ").map(|on| on.parse().unwrap())
}

fn value<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    text.lines()
        .find_map(|line| line.strip_prefix(key))
        .map(str::trim)
}

/// Returns the bytes of the manifest after what the edit does to it as a whole.
fn whole(text: &str, edited: String) -> Vec<u8> {
    let edited = if value(text, "ends: ") == Some("crlf") {
        edited.replace('\n', "\r\n")
    } else {
        edited
    };
    let mut manifest = value(text, "before: ").map(bytes).unwrap_or_default();
    manifest.extend(value(text, "manifest: ").map_or(edited.into_bytes(), bytes));
    if let Some(size) = value(text, "fill: ") {
        manifest.resize(size.parse().unwrap(), b'#');
    }
    manifest
}

fn remove(lines: &mut Vec<String>, old: &str, edit: &Path) -> (usize, String) {
    let found: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.trim() == old.trim())
        .map(|(i, _)| i)
        .collect();
    let [i] = found[..] else {
        panic!(
            "{}: `{old}` stands {} times in the base",
            edit.display(),
            found.len()
        )
    };
    let line = lines.remove(i);
    let indent = line[..line.len() - line.trim_start().len()].to_owned();
    (i, indent)
}

fn files(text: &str, beside: &Path, into: &Path) {
    for line in text.lines() {
        if let Some((name, content)) = line
            .strip_prefix("file: ")
            .and_then(|rest| rest.split_once(" = "))
        {
            let path = into.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes(content)).unwrap();
        } else if let Some((name, says)) = line
            .strip_prefix("pdf: ")
            .and_then(|rest| rest.split_once(" = "))
        {
            std::fs::write(into.join(name), support::pdf(says)).unwrap();
        } else if let Some((name, from)) = line
            .strip_prefix("take: ")
            .and_then(|rest| rest.split_once(" = "))
        {
            std::fs::copy(beside.join(from), into.join(name)).unwrap();
        } else if let Some((from, to)) = line
            .strip_prefix("copy: ")
            .and_then(|rest| rest.split_once(" = "))
        {
            std::fs::copy(into.join(from), into.join(to)).unwrap();
        } else if let Some((name, size)) = line
            .strip_prefix("size: ")
            .and_then(|rest| rest.split_once(" = "))
        {
            std::fs::OpenOptions::new()
                .write(true)
                .open(into.join(name))
                .unwrap()
                .set_len(size.parse().unwrap())
                .unwrap();
        } else if let Some(name) = line.strip_prefix("remove: ") {
            std::fs::remove_file(into.join(name)).unwrap();
        }
    }
}

/// Reads `\xNN` and `\n`; nothing between two quotes is an empty file.
pub(crate) fn bytes(content: &str) -> Vec<u8> {
    let content = content.trim_matches('"');
    let mut bytes = Vec::new();
    let mut rest = content.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        match (first, tail) {
            (b'\\', [b'x', high, low, after @ ..]) => {
                bytes.push(
                    u8::from_str_radix(std::str::from_utf8(&[*high, *low]).unwrap(), 16).unwrap(),
                );
                rest = after;
            }
            (b'\\', [b'n', after @ ..]) => {
                bytes.push(b'\n');
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    bytes
}
