//! Which templates are part of which document.

use std::collections::{BTreeMap, BTreeSet};

use crate::render::names::{Tag, tags};
use crate::render::template::{BUILT_IN, is_page};

/// The texts of all templates, by name.
pub(super) type Texts = BTreeMap<String, String>;

/// Returns true if a document is made from a template of this name.
pub(super) fn is_document(name: &str) -> bool {
    BUILT_IN
        .iter()
        .any(|(known, text)| *known == name && text.contains("<html"))
}

/// Returns true if that document becomes PDF.
pub(super) fn is_pdf(name: &str) -> bool {
    is_document(name) && name != "upload-sheet.html" && !is_page(name)
}

/// Returns the documents that one of these templates is part of.
pub(super) fn documents<'a>(own: &Texts, all: &'a Texts) -> Vec<&'a str> {
    let names = all.keys().map(String::as_str);
    let is_made_of_own = |name: &&str| {
        let taken_in = taken_in(name, &all[*name], all);
        taken_in.into_iter().any(|name| own.contains_key(name))
    };
    names
        .filter(|name| is_document(name))
        .filter(is_made_of_own)
        .collect()
}

/// Returns the template of a name and this text, and all that it includes, directly or not.
pub(super) fn taken_in<'a>(name: &str, text: &'a str, all: &'a Texts) -> BTreeSet<&'a str> {
    let known = all.get_key_value(name).into_iter();
    let mut found: BTreeSet<&str> = known.map(|(name, _)| name.as_str()).collect();
    let mut open = vec![text];
    while let Some(text) = open.pop() {
        for (_, name) in included(text) {
            if let Some((name, text)) = all.get_key_value(name)
                && found.insert(name)
            {
                open.push(text);
            }
        }
    }
    found
}

/// Returns the names of the templates that a text includes, with their bytes.
pub(super) fn included(text: &str) -> Vec<(usize, &str)> {
    let tags = tags(text).into_iter();
    let tags = tags.filter(|tag| !tag.is_value && !tag.is_comment);
    let name = |Tag { start, end, .. }: Tag| {
        let inside = &text[start + 2..end - 2];
        let inside = inside.trim_start_matches(|c: char| c == '-' || c.is_whitespace());
        let rest = inside.strip_prefix("include")?.trim_start();
        let quote = rest.chars().next().filter(|c| "\"'`".contains(*c))?;
        let (name, after) = rest[1..].split_once(quote)?;
        Some((end - 2 - after.len() - 1 - name.len(), name))
    };
    tags.filter_map(name).collect()
}
