//! What a template may not contain: macros, links to things outside, signatures that filling would break, parts that
//! are inserted unread. Ordinary links to web pages are harmless and allowed.

use std::collections::BTreeMap;

use crate::Fault;
use crate::allowed;
use crate::package::Package;
use crate::tree::{Item, Space, Tree};
use clspack_words::{Advice, shown};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Word,
    PowerPoint,
}

const TYPES: &str = "[Content_Types].xml";
const OFFICE: &str = "application/vnd.openxmlformats-officedocument.";

/// Content types that a template may not have, and why.
const REFUSED_TYPES: &[(&str, &str, &str)] = &[
    (
        "vbaproject",
        "it contains macros",
        "save it as a document without macros",
    ),
    (
        "macroenabled",
        "it contains macros",
        "save it as a document without macros",
    ),
    (
        "activex",
        "it contains a control that runs code",
        "take it out",
    ),
    (
        "oleobject",
        "it contains an embedded object, which nobody can look into",
        "take it out",
    ),
    (
        "digital-signature",
        "it is signed, and filling would break the signature",
        "take the signature off",
    ),
];

/// Kinds of relationships that a template may not have with any target, and why.
const REFUSED_RELATIONS: &[(&str, &str, &str)] = &[
    (
        "control",
        "it contains a control that runs code",
        "take it out",
    ),
    (
        "webextensiontaskpanes",
        "an add-in is tied to it, which fetches something when the file is opened",
        "remove the add-in",
    ),
    (
        "recipientData",
        "it is connected with a mail-merge list",
        "under Mailings, Start Mail Merge, choose Normal Word Document",
    ),
    (
        "aFChunk",
        "it takes in another document when it is opened",
        "paste its content instead",
    ),
    (
        "vbaProject",
        "it contains macros",
        "save it as a document without macros",
    ),
    (
        "subDocument",
        "it is a master document",
        "put its parts together first",
    ),
];

/// Field codes that fetch or run something.
const REFUSED_FIELDS: &[&str] = &[
    "DDE",
    "DDEAUTO",
    "LINK",
    "INCLUDE",
    "INCLUDEPICTURE",
    "INCLUDETEXT",
    "IMPORT",
    "RD",
    "DATABASE",
    "MACROBUTTON",
];

/// Returns the kind of document, from the content type of its main part.
pub(super) fn format(file: &str, package: &Package) -> Result<Format, Vec<Fault>> {
    let refuse = |advice: Advice| vec![Fault::of_part(file, advice)];
    let no_document = || {
        refuse(Advice::new(
            "it is no Word or PowerPoint file",
            "save it as .docx or .pptx",
        ))
    };
    let types = content_types(package).ok_or_else(no_document)?;
    // A type for an extension means nothing if no part has that extension.
    let is_used = |of: &str| {
        let has_end = |name: &String| name.to_lowercase().ends_with(&format!(".{of}"));
        of.starts_with('/') || package.names.iter().any(has_end)
    };
    for (name, kind) in types.iter().filter(|(of, _)| is_used(of)) {
        let kind = kind.to_lowercase();
        let mut refused = REFUSED_TYPES.iter();
        if let Some((_, message, help)) = refused.find(|(word, ..)| kind.contains(word)) {
            let message = format!("{message} (`{}`)", shown(name.trim_start_matches('/')));
            return Err(refuse(Advice::new(message, *help)));
        }
    }
    if let Some(name) = package.names.iter().find(|name| {
        name.to_lowercase().contains("vbaproject") || name.starts_with("_xmlsignatures/")
    }) {
        return Err(refuse(Advice::new(
            format!("it contains macros or a signature (`{}`)", shown(name)),
            "save it without",
        )));
    }
    let main = main_part(package).ok_or_else(no_document)?;
    if let Some(advice) = allowed::refused_part(package, &types) {
        return Err(refuse(advice));
    }
    if package.part(&main).is_none() {
        let message = format!("its main part `{}` is missing", shown(&main));
        return Err(refuse(message.into()));
    }
    let extension = main.rsplit('.').next().unwrap_or_default().to_lowercase();
    let kind = types
        .get(&format!("/{}", main.to_lowercase()))
        .or_else(|| types.get(&extension))
        .ok_or_else(no_document)?;
    match kind.strip_prefix(OFFICE).unwrap_or(kind) {
        "wordprocessingml.document.main+xml" => Ok(Format::Word),
        "presentationml.presentation.main+xml" => Ok(Format::PowerPoint),
        "wordprocessingml.template.main+xml" | "presentationml.template.main+xml" => {
            Err(refuse(Advice::new(
                "it is an office template",
                "save it as an ordinary .docx or .pptx",
            )))
        }
        "presentationml.slideshow.main+xml" => Err(refuse(Advice::new(
            "it is a slide show",
            "save it as .pptx",
        ))),
        _ => Err(no_document()),
    }
}

/// The content types, by part (`/word/document.xml`) or by extension (`xml`), in lower case.
fn content_types(package: &Package) -> Option<BTreeMap<String, String>> {
    let tree = Tree::read(package.part(TYPES)?).ok()?;
    let mut types = BTreeMap::new();
    for node in 0..tree.nodes.len() {
        let of = tree
            .attribute(node, "PartName")
            .or(tree.attribute(node, "Extension"));
        if let (Some(of), Some(kind)) = (of, tree.attribute(node, "ContentType")) {
            types.insert(of.to_lowercase(), kind.to_owned());
        }
    }
    Some(types)
}

pub(super) fn main_part(package: &Package) -> Option<String> {
    let tree = Tree::read(package.part("_rels/.rels")?).ok()?;
    let node = (0..tree.nodes.len()).find(|node| {
        let kind = tree.attribute(*node, "Type");
        kind.is_some_and(|kind| kind.ends_with("/officeDocument"))
    })?;
    let target = tree.attribute(node, "Target")?;
    Some(target.trim_start_matches('/').to_owned())
}

/// Returns the contents of a part that lead out of the file.
pub(super) fn faults(part: &str, tree: &Tree<'_>) -> Vec<Fault> {
    let found = if part.to_lowercase().ends_with(".rels") {
        relations(tree)
    } else {
        fields(tree)
    };
    found
        .into_iter()
        .map(|advice| Fault::of_part(part, advice))
        .collect()
}

fn relations(tree: &Tree<'_>) -> Vec<Advice> {
    (0..tree.nodes.len())
        .filter_map(|node| relation(tree, node))
        .collect()
}

fn relation(tree: &Tree<'_>, node: usize) -> Option<Advice> {
    let kind = tree.attribute(node, "Type")?;
    let kind = kind.rsplit('/').next().unwrap_or_default();
    let target = tree.attribute(node, "Target").unwrap_or_default();
    let mut refused = REFUSED_RELATIONS.iter();
    if let Some((_, message, help)) = refused.find(|(name, ..)| *name == kind) {
        return Some(Advice::new(*message, *help));
    }
    let is_link = kind == "hyperlink";
    let lowered = target.to_lowercase();
    if is_link && (lowered.contains("%7b%7b") || lowered.contains("{{")) {
        return Some(Advice::new(
            format!(
                "a tag is in the address of a link, `{}`, where nothing is filled in",
                shown(target)
            ),
            "remove the link and keep the text",
        ));
    }
    let is_external = tree
        .attribute(node, "TargetMode")
        .is_some_and(|mode| mode.eq_ignore_ascii_case("External"));
    let is_web = ["http:", "https:", "mailto:", "tel:", "#"]
        .iter()
        .any(|scheme| lowered.starts_with(scheme));
    if !is_external {
        return allowed::refused_relation(kind, target);
    }
    if is_link && is_web {
        return None;
    }
    let target = shown(target);
    Some(match kind {
        "attachedTemplate" => Advice::new(
            format!("it is tied to the template `{target}` outside of it"),
            "under Developer, Document Template, attach none",
        ),
        "image" => Advice::new(
            format!("a picture is linked, not put in: `{target}`"),
            "embed it",
        ),
        "hyperlink" => Advice::new(
            format!("a link leads to `{target}`"),
            "remove it: only links to web pages and mail addresses may stay",
        ),
        kind => Advice::new(
            format!("it draws on `{target}` outside of it ({kind})"),
            "embed it or take it out",
        ),
    })
}

fn fields(tree: &Tree<'_>) -> Vec<Advice> {
    let name = |(_, code): &(usize, String)| {
        let name = code.split_whitespace().next()?.to_uppercase();
        let message = Advice::new(
            format!("the field `{name}` fetches or runs something outside of the document"),
            "take it out",
        );
        REFUSED_FIELDS.contains(&name.as_str()).then_some(message)
    };
    codes_of_fields(tree).iter().filter_map(name).collect()
}

/// Reads the codes of fields, which may be split into runs, each with the element where it begins.
pub(super) fn codes_of_fields(tree: &Tree<'_>) -> Vec<(usize, String)> {
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut codes = Vec::new();
    if !tree.text.contains("fld") {
        return codes;
    }
    for item in &tree.items {
        match item {
            Item::Open(node) if tree.node(*node).is(Space::Word, "fldSimple") => {
                let code = tree.attribute(*node, "instr");
                codes.extend(code.map(|code| (*node, code.to_owned())));
            }
            Item::Open(node) if tree.node(*node).is(Space::Word, "fldChar") => {
                match tree.attribute(*node, "fldCharType") {
                    Some("begin") => open.push((*node, String::new())),
                    Some("end") => codes.extend(open.pop()),
                    _ => {}
                }
            }
            Item::Text { node, range, .. } if tree.node(*node).is(Space::Word, "instrText") => {
                if let Some((_, code)) = open.last_mut() {
                    code.push_str(&tree.text[range.clone()]);
                }
            }
            Item::Open(_) | Item::Text { .. } => {}
        }
    }
    codes.extend(open);
    codes
}
