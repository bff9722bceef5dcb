//! What a page draws with: fonts, pictures and settings that its contents name.

use std::collections::BTreeSet;

use super::Uncopied;
use super::body::{Body, Part};
use super::notes::Note;
use super::walk::Walk;
use crate::file::File;
use crate::lex::{hex, is_regular};
use crate::object::{Dict, Object};
use crate::pages::Leaf;
use crate::streams;

const KINDS: &[&str] = &[
    "ColorSpace",
    "ExtGState",
    "Font",
    "Pattern",
    "Properties",
    "Shading",
    "XObject",
];

/// Returns the numbers of the streams of a page.
pub(super) fn contents(file: &File<'_>, written: &Object) -> Result<Vec<u32>, Uncopied> {
    let contents = file.get(written);
    let parts = match &contents {
        Object::Array(parts) => parts.as_slice(),
        Object::Null if file.is_missing(written) => return Err(Uncopied::Damaged),
        Object::Null => &[],
        _ => std::slice::from_ref(&contents),
    };
    let number = |part: &Object| match file.get(part) {
        Object::Stream(stream) if stream.number != 0 => Ok(stream.number),
        _ => Err(Uncopied::Damaged),
    };
    parts.iter().map(number).collect()
}

impl Walk<'_, '_> {
    /// Writes the resources of a page. Some programs give every page those of all pages, so only what the contents
    /// may name is copied.
    pub(super) fn resources(
        &mut self,
        leaf: &Leaf,
        contents: &[u32],
        notes: &[Note],
        page: &mut Body,
    ) -> Result<(), Uncopied> {
        let file = &self.source.file;
        let resources = leaf.inherited(file, "Resources");
        let mut names = BTreeSet::new();
        for number in contents {
            if let Some(stream) = file.numbered(*number).stream() {
                let unpacked = streams::unpack(file, stream);
                let cost = u64::try_from(unpacked.bytes.len()).unwrap_or(u64::MAX);
                if unpacked.fault.is_some() {
                    return Err(Uncopied::Damaged);
                }
                if !file.fuel.spend(2 * cost) {
                    return Err(Uncopied::Bound);
                }
                collect(&unpacked.bytes, &mut names);
            }
        }
        for kind in KINDS {
            let all = resources.dict().map(|all| file.lookup(all, kind));
            let mut all = all
                .as_ref()
                .and_then(Object::dict)
                .map(|all| Dict::clone(all))
                .unwrap_or_default();
            if !self.keeps_all {
                let is_default =
                    |name: &[u8]| *kind == "ColorSpace" && name.starts_with(b"Default");
                all.0
                    .retain(|name, _| names.contains(name.as_ref()) || is_default(name));
            }
            let notes = if *kind == "XObject" { notes } else { &[] };
            self.kind(kind, &all, notes, page);
        }
        Ok(())
    }

    fn kind(&mut self, kind: &str, all: &Dict, notes: &[Note], page: &mut Body) {
        if all.0.is_empty() && notes.is_empty() {
            return;
        }
        page.text(&format!("/{kind}<<"));
        for (name, value) in &all.0 {
            page.name(name);
            self.value(value, false, page);
        }
        for note in notes {
            page.name(note.name.as_bytes());
            page.part(Part::Object(note.drawing));
        }
        page.text(">>");
    }
}

/// Adds everything in a content that may be a name. In the bytes of a picture within it this may be too much, but never
/// too little.
fn collect(content: &[u8], names: &mut BTreeSet<Vec<u8>>) {
    for at in memchr::memchr_iter(b'/', content) {
        let name = content[at + 1..].iter().take(200);
        let name: Vec<u8> = name.copied().take_while(|byte| is_regular(*byte)).collect();
        if name.contains(&b'#') {
            names.insert(decoded(&name));
        } else {
            names.insert(name);
        }
    }
}

fn decoded(name: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::new();
    let mut rest = name;
    while let Some((byte, after)) = rest.split_first() {
        let pair = after.first().copied().and_then(hex);
        let pair = pair.zip(after.get(1).copied().and_then(hex));
        if let (b'#', Some((high, low))) = (byte, pair) {
            decoded.push(high << 4 | low);
            rest = &after[2..];
        } else {
            decoded.push(*byte);
            rest = after;
        }
    }
    decoded
}
