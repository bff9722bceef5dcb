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
    // A script shows and hides parts of its page as it likes, and is a finding of its own.
    let runs = |hazard: &crate::Hazard| hazard.kind == HazardKind::PageScript;
    if !look.hazards.iter().any(runs) {
        hidden(text, look);
    }
}

/// Elements without an end.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// How much is kept of a hidden text, in bytes.
const LONGEST: usize = 300;

/// Notes the text of elements that a browser does not show.
fn hidden(text: &str, look: &mut Look) {
    // The element that is hidden, how many of its name are open, and its text.
    let mut open: Option<(String, usize, String)> = None;
    for piece in Pieces::of(text, true) {
        match (piece, &mut open) {
            (Piece::Open(name, tag), Some((of, depth, _))) => {
                *depth += usize::from(name.eq_ignore_ascii_case(of) && !tag.ends_with('/'));
            }
            (Piece::Open(name, tag), None) if is_hidden(tag) => {
                let name = name.to_ascii_lowercase();
                let has_text = !VOID.contains(&name.as_str()) && !tag.ends_with('/');
                open = has_text.then(|| (name, 1, String::new()));
            }
            (Piece::Close(name), Some((of, depth, _))) if name.eq_ignore_ascii_case(of) => {
                *depth -= 1;
                if *depth == 0 {
                    say_hidden(open.take(), look);
                }
            }
            (Piece::Text(text), Some((_, _, says))) if says.len() < LONGEST => {
                says.push_str(&entities::read(text));
                says.push(' ');
            }
            _ => {}
        }
    }
    say_hidden(open, look);
}

fn say_hidden(hidden: Option<(String, usize, String)>, look: &mut Look) {
    /// Fewer letters are a sign for programs that read aloud.
    const FEWEST: usize = 4;
    let says = hidden.map(|(_, _, says)| says).unwrap_or_default();
    if says.chars().filter(|c| c.is_alphanumeric()).count() >= FEWEST {
        look.warn_of(HazardKind::HiddenText, InFile::File, &says);
    }
}

/// Returns true if a tag hides its element.
fn is_hidden(tag: &str) -> bool {
    let mut is_hidden = false;
    attributes(tag, |name, value| {
        if name.eq_ignore_ascii_case("style") {
            let style = value.to_ascii_lowercase().replace(char::is_whitespace, "");
            let mut rules = style
                .split(';')
                .map(|rule| rule.trim_end_matches("!important"));
            is_hidden |= rules.any(|rule| {
                matches!(
                    rule,
                    "display:none"
                        | "visibility:hidden"
                        | "font-size:0"
                        | "font-size:0px"
                        | "opacity:0"
                )
            });
        }
    });
    is_hidden
        || tag
            .split_whitespace()
            .any(|word| word.trim_end_matches('/') == "hidden")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_a_page_does_not_show_is_found() {
        for (written, says) in [
            (
                "<p>a</p><div style='display: none'>not <b>met</b> yet</div>",
                &["not met yet"][..],
            ),
            (
                "<span style=\"color:red;VISIBILITY:hidden !important\">not met</span>",
                &["not met"],
            ),
            (
                "<div hidden>not <div>met</div> yet</div>shown",
                &["not met yet"],
            ),
            ("<p hidden>never closed", &["never closed"]),
            (
                "<p style='display:block'>shown</p><input hidden value='x'>shown too",
                &[],
            ),
            ("<p class='hidden'>shown</p><span hidden>x</span>", &[]),
            (
                "<div style='display:none'>menu of the page</div><script>show()</script>",
                &[],
            ),
        ] {
            let mut look = Look::default();
            page(written, &mut look);
            let hidden = look
                .hazards
                .iter()
                .filter(|one| one.kind == HazardKind::HiddenText);
            let hidden: Vec<_> = hidden.map(|one| one.text.as_str()).collect();
            assert_eq!(hidden, says, "{written}");
        }
    }
}
