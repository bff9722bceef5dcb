//! The type of a file by its content.

use memchr::memmem;

use crate::sniff::{Content, office, old_office};

/// How far from the beginning the mark of a PDF file may be, which every reader allows.
const PDF_WITHIN: usize = 1024;

/// A container of old office files that is too large to be opened, whose list of names may be anywhere in it.
const CONTAINER: &str = "container";

pub(super) fn is_pdf(head: &[u8]) -> bool {
    memmem::find(&head[..head.len().min(PDF_WITHIN)], b"%PDF-").is_some()
}

/// Returns true for a type that is an archive of several files.
pub(super) fn is_zip(kind: &str) -> bool {
    matches!(kind, "zip" | "odt" | "ods" | "odp" | "epub")
        || matches!(kind, "docx" | "docm" | "dotx" | "dotm")
        || matches!(kind, "xlsx" | "xlsm" | "xlsb" | "xltx")
        || matches!(kind, "pptx" | "pptm" | "ppsx" | "potx")
}

/// Returns the type by content, if it is one that can be recognised.
pub(super) fn of(content: &Content) -> Option<&'static str> {
    let head = content.head.as_slice();
    if is_pdf(head) {
        return Some("pdf");
    }
    if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Some(content.whole().map_or(CONTAINER, old_office::kind));
    }
    let whole = content.whole().unwrap_or(head);
    if is_page(head) {
        return Some("html");
    }
    let found = infer::get(head).map(|kind| kind.extension());
    match found {
        _ if head.starts_with(b"PK\x05\x06") => Some("zip"),
        Some(kind) if is_zip(kind) => Some(office::kind(whole).unwrap_or(kind)),
        Some("html") if is_picture_in_markup(head) => Some("svg"),
        found => found,
    }
}

/// Returns true for a web page as a whole, not for a text in which some markup is found.
pub(super) fn is_page(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let start = head.trim_ascii_start();
    [&b"<!doctype html"[..], b"<html"].iter().any(|mark| {
        start
            .get(..mark.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(mark))
    })
}

fn is_picture_in_markup(head: &[u8]) -> bool {
    memmem::find(head, b"<svg").is_some()
}

/// Returns true if a file of this content may have this extension. A type without a mark of its own is judged
/// by what it is made of, and one that is not known here not at all.
pub(super) fn fits(extension: &str, found: Option<&str>) -> bool {
    let among = |kinds: &[&str]| found.is_some_and(|found| kinds.contains(&found));
    match extension {
        "pdf" => among(&["pdf"]),
        "jpg" | "jpeg" => among(&["jpg"]),
        "png" => among(&["png"]),
        "gif" => among(&["gif"]),
        "bmp" => among(&["bmp"]),
        "webp" => among(&["webp"]),
        "tif" | "tiff" => among(&["tif"]),
        "heic" | "heif" | "avif" => among(&["heif", "avif"]),
        "zip" => among(&["zip"]),
        "rtf" => among(&["rtf"]),
        "doc" | "xls" | "ppt" => among(&[extension, "locked", CONTAINER]),
        // A broken archive can only be recognised as one; so can one that lacks its main part.
        "docx" => among(&["docx", "docm", "zip", "locked", CONTAINER]),
        "xlsx" => among(&["xlsx", "xlsm", "zip", "locked", CONTAINER]),
        "pptx" => among(&["pptx", "pptm", "ppsx", "zip", "locked", CONTAINER]),
        "odt" | "ods" | "odp" => among(&[extension, "zip"]),
        "html" | "htm" => matches!(found, None | Some("html" | "xml" | "sh")),
        _ => true,
    }
}

/// Returns the type with its article, as a message says it.
pub(super) fn in_words(kind: &'static str) -> String {
    match kind {
        "ole" | CONTAINER => "of an old office format".to_owned(),
        "locked" => "an office file that is locked by a password or by rights".to_owned(),
        kind => format!("{} {} file", article(kind), kind.to_uppercase()),
    }
}

/// The article before the name of a type, as it is read out.
fn article(kind: &str) -> &'static str {
    let vowel = kind.starts_with(['a', 'e', 'f', 'h', 'i', 'm', 'o', 'x']);
    if vowel || matches!(kind, "rtf" | "svg" | "swf") {
        "an"
    } else {
        "a"
    }
}
