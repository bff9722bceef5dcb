//! The parts of a file beyond its visible pages: scripts, actions, links, embedded files, comments, and invisible
//! words.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::encoding::decode;
use super::file::File;
use super::fuel::SETUP;
use super::object::{Dict, Object};
use super::streams;
use super::tree::each_name;

/// How many of each kind are kept.
const MOST: usize = 100;
/// How much of a text is kept, in bytes. A link is judged by all of it.
const LONGEST: usize = 2_000;
/// How many actions may follow one another.
const MOST_NEXT: usize = 64;

/// A part of the file beyond words and marks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Feature {
    pub kind: FeatureKind,
    /// Its page, counted from 1; nothing if it belongs to the file.
    pub page: Option<usize>,
    /// Its text, or its target.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeatureKind {
    Script,
    /// An action that starts a program or opens a file in one.
    Launch,
    /// An action that submits a form, or fills it from a file.
    Submit,
    /// A film, a sound, a model, or an action that plays one.
    Media,
    /// A link to another PDF file.
    OtherFile,
    /// A link to an address.
    Link,
    /// An embedded file, by its name.
    Attachment,
    /// A form in XML (XFA), which few programs show.
    XmlForm,
    /// A note, or a comment on marked words.
    Comment,
    /// Words that somebody typed onto the page.
    TextBox,
    /// A place marked for redaction, whose content is still there.
    Redaction,
    /// Words that are drawn without ink, and belong to no picture.
    Inkless,
    /// Words in the color of the paper.
    White,
    /// Words in a layer that is switched off.
    SwitchedOff,
    /// Words beside the page.
    Outside,
    /// Words below a black box.
    Covered,
}

/// Notes a feature on the current page.
pub(super) fn add(file: &File<'_>, kind: FeatureKind, text: &str) {
    let mut all = file.features.borrow_mut();
    if all.iter().filter(|one| one.kind == kind).count() >= MOST {
        return;
    }
    let page = Some(file.page.get()).filter(|page| *page > 0);
    let text: String = text.trim().chars().take(LONGEST).collect();
    let feature = Feature { kind, page, text };
    if !all.contains(&feature) {
        all.push(feature);
    }
}

/// Notes what the file does when it is opened, and what is embedded in it.
pub(super) fn of_file(file: &File<'_>, catalog: &Dict) {
    action(file, catalog.raw("OpenAction"));
    actions(file, catalog);
    let names = file.lookup(catalog, "Names");
    if let Some(names) = names.dict() {
        scripts(file, names.raw("JavaScript"));
    }
    let form = file.lookup(catalog, "AcroForm");
    let form = form.dict().map(|form| file.lookup(form, "XFA"));
    if form.is_some_and(|form| form.stream().is_some() || !form.items().is_empty()) {
        add(file, FeatureKind::XmlForm, "");
    }
}

/// Notes the features of an annotation.
pub(super) fn of_annotation(file: &File<'_>, dict: &Dict, subtype: &[u8]) {
    for key in ["A", "PA"] {
        action(file, dict.raw(key));
    }
    actions(file, dict);
    let kind = match subtype {
        b"Redact" => FeatureKind::Redaction,
        b"3D" | b"Movie" | b"RichMedia" | b"Screen" | b"Sound" => FeatureKind::Media,
        b"FreeText" => FeatureKind::TextBox,
        b"Text" | b"Highlight" | b"Underline" | b"StrikeOut" | b"Squiggly" | b"Caret" | b"Line"
        | b"Square" | b"Circle" | b"Polygon" | b"PolyLine" => FeatureKind::Comment,
        _ => return,
    };
    let says = text(&file.lookup(dict, "Contents"));
    let counts_empty = matches!(kind, FeatureKind::Redaction | FeatureKind::Media);
    if counts_empty || !says.trim().is_empty() {
        add(file, kind, &says);
    }
}

/// Notes the actions for the events of a thing: opened, closed, changed, printed.
pub(super) fn actions(file: &File<'_>, dict: &Dict) {
    let events = file.lookup(dict, "AA");
    for (_, written) in events.dict().iter().flat_map(|events| &events.0) {
        action(file, written);
    }
}

/// Notes an action, and those that follow it.
pub(super) fn action(file: &File<'_>, written: &Object) {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![written.clone()];
    while let Some(written) = waiting.pop() {
        let is_old = matches!(written, Object::Ref(number) if !seen.insert(number));
        if is_old || written.is_null() || !file.fuel.spend(SETUP / 4) {
            continue;
        }
        let action = file.get(&written);
        let Some(action) = action.dict() else {
            // A destination on a page, or an array of actions.
            continue;
        };
        note_action(file, action);
        let next = file.lookup(action, "Next");
        match &next {
            Object::Array(items) => waiting.extend(items.iter().take(MOST_NEXT).cloned()),
            _ => waiting.push(action.raw("Next").clone()),
        }
        if waiting.len() > MOST_NEXT {
            return;
        }
    }
}

fn note_action(file: &File<'_>, action: &Rc<Dict>) {
    let script = file.lookup(action, "JS");
    if !script.is_null() {
        add(file, FeatureKind::Script, &script_of(file, &script));
    }
    let kind = file.lookup(action, "S");
    let target = |key: &str| leads_to(file, &file.lookup(action, key));
    match kind.name().unwrap_or_default() {
        b"JavaScript" if script.is_null() => add(file, FeatureKind::Script, ""),
        b"Launch" => {
            let windows = file.lookup(action, "Win");
            let windows = windows.dict().map(|own| text(&file.lookup(own, "F")));
            let to = windows.filter(|to| !to.is_empty());
            add(
                file,
                FeatureKind::Launch,
                &to.unwrap_or_else(|| target("F")),
            );
        }
        b"SubmitForm" | b"ImportData" => add(file, FeatureKind::Submit, &target("F")),
        b"URI" => add(file, FeatureKind::Link, &target("URI")),
        b"GoToR" | b"GoToE" | b"Thread" => {
            let to = target("F");
            if !to.is_empty() {
                add(file, FeatureKind::OtherFile, &to);
            }
        }
        b"Rendition" | b"Movie" | b"Sound" | b"RichMediaExecute" | b"GoTo3DView" => {
            add(file, FeatureKind::Media, "");
        }
        _ => {}
    }
}

/// Returns the file or address that a text or a file specification names.
pub(super) fn leads_to(file: &File<'_>, named: &Object) -> String {
    let Some(dict) = named.dict() else {
        return text(named);
    };
    let keys = ["UF", "F", "Unix", "DOS", "Mac"].map(|key| text(&file.lookup(dict, key)));
    let first = keys.into_iter().find(|name| !name.is_empty());
    first.unwrap_or_default()
}

fn script_of(file: &File<'_>, script: &Object) -> String {
    match script.stream() {
        Some(stream) => {
            let unpacked = streams::unpack(file, stream);
            let end = unpacked.bytes.len().min(LONGEST);
            decode(&unpacked.bytes[..end])
        }
        None => text(script),
    }
}

fn text(object: &Object) -> String {
    let bytes = object.text().unwrap_or_default();
    decode(&bytes[..bytes.len().min(4 * LONGEST)])
}

/// Notes the scripts in a tree of names.
fn scripts(file: &File<'_>, tree: &Object) {
    each_name(file, tree, |_, script| action(file, script));
}
