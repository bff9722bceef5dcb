//! A case is a base and what differs from it, in Markdown that reads as what it does.
//!
//! ````text
//! Base: `mra`                       a folder of tests/bases, planned for the manifest's own day …
//! Base: `mra`, on 2026-05-31        … or for another
//!
//! ```diff                           lines of the manifest: these, which it has once,
//! -  uen: 201912345R                become those; blank lines part one place from the next,
//! +  uen: 201912345A                and lines that replace nothing go to the end
//! ```
//!
//! - `evidence/a.pdf` is missing
//! - `evidence/a.txt` is empty
//! - `evidence/5.1-1` has `501` files
//! - `evidence/a.txt` is `some bytes\x00\n`
//! - `evidence/a.txt` is this text:  what the next block of text holds
//! - `evidence/a.pdf` is a page that says `Bill of materials`
//! - `evidence/a.png` is a copy of [a.png](files/a.png)
//! - `evidence/a.gif` is filled with `\x00` up to `2000` bytes
//! - `manifest.yaml` has `\x0D\n` in place of `\n`
//! - `evidence/signed.pdf` is the declaration, signed
//! ````
//!
//! The declaration is that of the base; one that is not signed is `the declaration`, with or without
//! `, with a letterhead`. `{declares}` in a line of the manifest is its hash. Changes are made in their order.

use std::path::Path;
use std::str::Lines;

use clspack::domain::Date;

use crate::support;

/// Makes the folder that a case describes, whose links begin at `beside`; returns the day to plan for.
pub(crate) fn apply(case: &str, beside: &Path, into: &Path) -> Option<Date> {
    let (base, on) = base(case);
    let base = support::repository("tests/bases").join(base);
    support::copy(&base, into);
    let mut lines = case.lines();
    while let Some(line) = lines.next() {
        if line == "```diff" {
            let manifest = into.join("manifest.yaml");
            let text = std::fs::read_to_string(&manifest).unwrap();
            std::fs::write(manifest, edited(&text, &fenced(&mut lines), &base)).unwrap();
        } else if let Some(item) = line.strip_prefix("- `") {
            change(
                item,
                &mut lines,
                &Folders {
                    beside,
                    base: &base,
                    into,
                },
            );
        } else if line == "```console" {
            break;
        } else {
            assert!(
                !line.starts_with(['`', '-', '+', '*']),
                "`{line}` does nothing"
            );
        }
    }
    on
}

fn base(case: &str) -> (&str, Option<Date>) {
    let line = case.lines().find_map(|line| line.strip_prefix("Base: `"));
    let (base, rest) = line
        .and_then(|line| line.split_once('`'))
        .unwrap_or_else(|| panic!("no base:\n{case}"));
    let on = rest.strip_prefix(", on ");
    assert!(on.is_some() || rest.is_empty(), "`{rest}` is no day");
    (base, on.map(|on| on.parse().unwrap()))
}

/// Returns what stands before the end of a block.
fn fenced<'t>(lines: &mut Lines<'t>) -> Vec<&'t str> {
    lines.take_while(|line| *line != "```").collect()
}

/// Returns the text of the next block.
pub(crate) fn block(lines: &mut Lines<'_>) -> String {
    assert!(
        lines.by_ref().any(|line| line.starts_with("```")),
        "no block follows"
    );
    let lines = fenced(lines).into_iter();
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Returns a manifest with other lines in place of some.
fn edited(manifest: &str, diff: &[&str], base: &Path) -> String {
    let mut text = format!("\n{manifest}");
    for place in diff.split(|line| line.is_empty()) {
        let with = |mark: char| -> String {
            let lines = place.iter().filter_map(|line| line.strip_prefix(mark));
            lines.flat_map(|line| [line, "\n"]).collect()
        };
        let (old, mut new) = (with('-'), with('+'));
        assert_eq!(
            old.lines().count() + new.lines().count(),
            place.len(),
            "{place:?} is no change"
        );
        if new.contains("{declares}") {
            new = new.replace("{declares}", &support::declaration(base).0);
        }
        let at = if old.is_empty() {
            end(&text)
        } else {
            once(&text, &old)
        };
        text.replace_range(at..at + old.len(), &new);
    }
    text.split_off(1)
}

/// What says that a base is an example comes last: a line that a case adds at the end keeps its number.
fn end(text: &str) -> usize {
    text.strip_suffix("example: true\n").unwrap_or(text).len()
}

fn once(text: &str, lines: &str) -> usize {
    let found: Vec<usize> = text
        .match_indices(&format!("\n{lines}"))
        .map(|(at, _)| at + 1)
        .collect();
    assert_eq!(found.len(), 1, "times that the manifest has\n{lines}");
    found[0]
}

struct Folders<'p> {
    beside: &'p Path,
    base: &'p Path,
    into: &'p Path,
}

/// Makes one file what an item says.
fn change(item: &str, lines: &mut Lines<'_>, folders: &Folders<'_>) {
    let (path, how) = item.split_once("` ").unwrap();
    let path = folders.into.join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let declaration = || support::declaration(folders.base).1;
    let words: Vec<&str> = how.split('`').collect();
    let content = match words[..] {
        ["is missing"] => return std::fs::remove_file(path).unwrap(),
        ["is empty"] => Vec::new(),
        ["has ", n, " files"] => return many(&path, n.parse().unwrap()),
        ["is ", text, ""] => bytes(text),
        ["is this text:"] => bytes(&block(lines)),
        ["is a page that says ", text, ""] => support::pdf(text),
        ["is filled with ", byte, " up to ", size, " bytes"] => {
            return fill(&path, bytes(byte)[0], size.parse().unwrap());
        }
        ["has ", new, " in place of ", old, ""] => replaced(&path, &bytes(old), &bytes(new)),
        ["is the declaration"] => declaration(),
        ["is the declaration, signed"] => support::as_signed(&declaration()),
        ["is the declaration, with a letterhead"] => support::with_letterhead(&declaration()),
        [link] if link.starts_with("is a copy of [") => {
            let (_, from) = link.strip_suffix(')').unwrap().split_once("](").unwrap();
            std::fs::read(folders.beside.join(from)).unwrap()
        }
        _ => panic!("`{item}` is no change"),
    };
    std::fs::write(path, content).unwrap();
}

/// Makes a folder of different texts.
fn many(folder: &Path, n_files: usize) {
    std::fs::create_dir_all(folder).unwrap();
    for i in 0..n_files {
        std::fs::write(folder.join(format!("{i:03}.txt")), format!("Text {i}.\n")).unwrap();
    }
}

/// Zeros are only said to be there, so that they take no time and no place.
fn fill(path: &Path, byte: u8, size: u64) {
    if byte == 0 {
        let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
        return file.set_len(size).unwrap();
    }
    let mut content = std::fs::read(path).unwrap();
    content.resize(size.try_into().unwrap(), byte);
    std::fs::write(path, content).unwrap();
}

fn replaced(path: &Path, old: &[u8], new: &[u8]) -> Vec<u8> {
    let content = std::fs::read(path).unwrap();
    let mut out = Vec::new();
    let mut rest = &content[..];
    while let Some((first, tail)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(old) {
            out.extend(new);
            rest = after;
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    assert!(out != content, "{} has nothing to replace", path.display());
    out
}

/// Reads `\xNN` and `\n`.
pub(crate) fn bytes(content: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = content.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        match (first, tail) {
            (b'\\', [b'x', high, low, after @ ..]) => {
                let digits = [*high, *low];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
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
