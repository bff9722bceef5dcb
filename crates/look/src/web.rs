//! What a page or a drawing of the web does when it is opened: scripts, and what it fetches.

use crate::markup::{Piece, Pieces, attributes};
use crate::{HazardKind, InFile, Look, entities, links};

/// Elements that hold or fetch another page or program.
const FRAMES: &[&str] = &["iframe", "frame", "embed", "object", "applet"];

/// Types of scripts that are data.
const DATA: &[&str] = &[
    "json",
    "text/template",
    "text/x-template",
    "text/html",
    "text/plain",
];

/// Looks at a web page.
pub(super) fn page(text: &str, look: &mut Look) {
    pieces(Pieces::of(text, true), true, look);
}

/// Looks at a drawing; other XML does nothing when it is opened.
pub(super) fn drawing(text: &str, look: &mut Look) {
    if text.contains("<svg") || text.contains(":svg") {
        pieces(Pieces::of(text, false), false, look);
    }
}

fn pieces(pieces: Pieces<'_>, is_page: bool, look: &mut Look) {
    // The text of a script follows its tag.
    let mut is_script = false;
    for piece in pieces {
        match piece {
            Piece::Open(name, tag) => {
                let name = name.to_ascii_lowercase();
                is_script = name == "script" && script(tag, look);
                element(&name, tag, is_page, look);
            }
            Piece::Other(text) | Piece::Text(text) | Piece::Cdata(text) if is_script => {
                if !text.trim().is_empty() {
                    look.warn_of(HazardKind::PageScript, InFile::File, text);
                    is_script = false;
                }
            }
            _ => is_script = false,
        }
    }
}

/// Notes a script that is fetched; returns true if one follows in the page.
fn script(tag: &str, look: &mut Look) -> bool {
    let (mut is_data, mut source) = (false, None);
    attributes(tag, |name, value| {
        match name.to_ascii_lowercase().as_str() {
            "type" => {
                let value = value.to_ascii_lowercase();
                is_data = DATA.iter().any(|data| value.contains(data));
            }
            "src" | "href" | "xlink:href" => source = Some(value),
            _ => {}
        }
    });
    if is_data {
        return false;
    }
    if let Some(source) = source {
        look.warn_of(HazardKind::PageScript, InFile::File, source);
    }
    source.is_none()
}

/// Notes what is fetched from another computer as soon as the page opens.
fn remote(target: &str, look: &mut Look) {
    if links::is_remote(target) {
        look.warn_of(HazardKind::Remote, InFile::File, target);
    }
}

fn element(name: &str, tag: &str, is_page: bool, look: &mut Look) {
    let is_frame = FRAMES.contains(&name);
    let is_style = name == "link" && tag.to_ascii_lowercase().contains("stylesheet");
    let fetches = is_frame
        || is_style
        || matches!(
            name,
            "img" | "image" | "audio" | "video" | "source" | "track" | "input" | "use"
        );
    attributes(tag, |attribute, value| {
        let attribute = attribute.to_ascii_lowercase();
        let value = entities::read(value);
        let target = value.trim();
        let is_event = attribute.len() > 4
            && attribute.starts_with("on")
            && attribute.bytes().all(|byte| byte.is_ascii_lowercase());
        let lower = target.get(..11).map(str::to_ascii_lowercase);
        if is_event || lower.as_deref() == Some("javascript:") {
            look.warn_of(HazardKind::PageScript, InFile::File, target);
        }
        match attribute.as_str() {
            "src" | "data" | "href" | "xlink:href" | "srcset" | "poster" if fetches => {
                remote(target, look);
            }
            "href" | "xlink:href" if is_page => {
                if let Some(shown) = links::private(target)
                    .filter(|_| !links::is_beside(&target.to_ascii_lowercase()))
                {
                    look.warn_of(HazardKind::PrivateLink, InFile::File, &shown);
                }
            }
            _ => {}
        }
    });
}
