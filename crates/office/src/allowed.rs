//! The kinds of parts that a template may have. The content type of a part and the relationships to it decide its
//! kind, never its name. An unknown kind is refused rather than passed on unread.

use std::collections::BTreeMap;

use crate::package::Package;
use clspack_words::{Advice, shown};

/// What may lead from one part to another.
const RELATIONS: &[&str] = &[
    // The document, and the parts that every document has.
    "officeDocument",
    "core-properties",
    "extended-properties",
    "extendedProperties",
    "custom-properties",
    "customProperties",
    "thumbnail",
    "classificationlabels",
    "customXml",
    "customXmlProps",
    "theme",
    "themeOverride",
    "font",
    "hyperlink",
    "image",
    "hdphoto",
    "printerSettings",
    // Word.
    "styles",
    "stylesWithEffects",
    "settings",
    "webSettings",
    "fontTable",
    "numbering",
    "header",
    "footer",
    "footnotes",
    "endnotes",
    "comments",
    "commentsExtended",
    "commentsIds",
    "commentsExtensible",
    "people",
    "glossaryDocument",
    "documenttasks",
    "intelligence",
    "intelligence2",
    // Drawings.
    "chart",
    "chartEx",
    "chartStyle",
    "chartColorStyle",
    "chartUserShapes",
    "diagramData",
    "diagramLayout",
    "diagramQuickStyle",
    "diagramColors",
    "diagramDrawing",
    // PowerPoint.
    "slide",
    "slideLayout",
    "slideMaster",
    "notesMaster",
    "notesSlide",
    "handoutMaster",
    "presProps",
    "viewProps",
    "tableStyles",
    "commentAuthors",
    "authors",
    "tags",
    "changesInfo",
    "revisionInfo",
    "slideUpdateInfo",
];

/// Relationships to another file within this one.
const EMBEDDED: &[&str] = &["package", "oleObject"];
const MEDIA: &[&str] = &["audio", "video", "media", "movie"];

/// What to do about an embedded file.
const PASTE: &str =
    "paste it as text or as a picture: it cannot be checked, and nothing in it is filled";

/// Returns why a relationship within the file is refused.
pub(super) fn refused_relation(kind: &str, target: &str) -> Option<Advice> {
    let target = shown(target);
    if RELATIONS.contains(&kind) {
        return None;
    }
    Some(
        if EMBEDDED.contains(&kind) && target.to_lowercase().ends_with(".xlsx") {
            Advice::new(
                format!(
                    "it contains an embedded workbook, `{target}`, such as the data of a chart"
                ),
                PASTE,
            )
        } else if EMBEDDED.contains(&kind) {
            Advice::new(format!("it contains an embedded file, `{target}`"), PASTE)
        } else if MEDIA.contains(&kind) {
            Advice::new(
                format!("it contains a sound or a film, `{target}`"),
                "take it out",
            )
        } else {
            Advice::new(
                format!(
                    "it contains `{target}` as `{}`, a kind of part that is not read here",
                    shown(kind)
                ),
                "take it out",
            )
        },
    )
}

/// Returns which part is of a refused kind. `types` are the content types by part and by extension.
pub(super) fn refused_part(package: &Package, types: &BTreeMap<String, String>) -> Option<Advice> {
    let mut names = package
        .names
        .iter()
        .filter(|name| !name.ends_with('/') && *name != "[Content_Types].xml");
    names.find_map(|name| {
        let lowered = name.to_lowercase();
        let end = lowered.rsplit_once('.').map_or("", |(_, end)| end);
        let kind = types.get(&format!("/{lowered}")).or_else(|| types.get(end));
        match kind {
            None => Some(Advice::new(
                format!(
                    "its part `{}` has no content type, so nothing can read it",
                    shown(name)
                ),
                "save the file in Word or PowerPoint again",
            )),
            Some(kind) if !is_known(&kind.to_lowercase(), end) => Some(Advice::new(
                format!(
                    "its part `{}` is of the kind `{}`",
                    shown(name),
                    shown(kind)
                ),
                PASTE,
            )),
            Some(_) => None,
        }
    })
}

/// Returns true for the content type of a part that is read, or of a picture, a font or a printer's settings.
fn is_known(kind: &str, end: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_xml = kind.ends_with("+xml") || matches!(kind, "application/xml" | "text/xml");
    if kind.starts_with("image/") {
        return true;
    }
    if is_xml {
        // XML parts are recognised by their extension.
        return matches!(end, "xml" | "rels");
    }
    kind.starts_with("font/")
        || kind.starts_with("application/x-font")
        || kind.ends_with(".obfuscatedfont")
        || kind.ends_with(".printersettings")
}
