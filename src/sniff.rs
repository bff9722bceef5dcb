//! What a file is by its content, beside what its name says it is.
//!
//! A closer look than a type is taken at what an officer cannot open: locked or broken PDF files,
//! pictures that break off, office files with macros.

use memchr::memmem;

use crate::diag::{Code, Finding};
use crate::domain::EvidencePath;

/// How much of the beginning of a file is kept.
const HEAD: usize = 8 * 1024;
/// How much of its end.
const TAIL: usize = 2 * 1024;
/// The largest file that is kept as a whole, in bytes, so that it can be opened; a larger one is not searched.
pub const MAX_WHOLE: usize = 50_000_000;

/// What is kept of a file while it is read through.
#[derive(Clone, Debug, Default)]
pub struct Content {
    head: Vec<u8>,
    tail: Vec<u8>,
    encrypted: bool,
    macros: bool,
    whole: Vec<u8>,
    is_large: bool,
}

impl Content {
    /// Takes the next piece.
    pub fn see(&mut self, piece: &[u8]) {
        self.is_large |= self.whole.len() + piece.len() > MAX_WHOLE;
        if self.is_large {
            self.whole = Vec::new();
        } else {
            self.whole.extend_from_slice(piece);
        }
        let room = HEAD.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend_from_slice(&piece[..room]);
        // The end of the piece before is looked at again, so that no word is missed between two.
        let mut window = std::mem::take(&mut self.tail);
        window.extend_from_slice(piece);
        self.encrypted |= contains(&window, b"/Encrypt");
        self.macros |= contains(&window, b"vbaProject.bin");
        self.tail = window.split_off(window.len().saturating_sub(TAIL));
    }

    /// Returns the bytes of a file that is not too large to be opened.
    pub fn whole(&self) -> Option<&[u8]> {
        (!self.is_large).then_some(self.whole.as_slice())
    }
}

/// Says what is wrong with a file that is not empty.
pub fn check(content: &Content, path: &EvidencePath, field: &str) -> Vec<Finding> {
    let extension = path.extension();
    let found = kind(content);
    let at = |code, message: String, help: &str| vec![Finding::at(code, field, message, help)];
    let is_office = matches!(extension.as_str(), "docx" | "xlsx" | "pptx");
    if is_office && content.head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let message = format!("`{path}` is locked by a password, or of an older office format");
        return at(
            Code::EvidenceEncrypted,
            message,
            "save it anew without a password, or as PDF",
        );
    }
    if !named_so(&extension, found) {
        let is = found.map_or_else(
            || "something else".to_owned(),
            |found| format!("{} {} file", article(found), found.to_uppercase()),
        );
        return at(
            Code::EvidenceTypeDiffers,
            format!("`{path}` is named `.{extension}`, but its content is {is}"),
            "export the file anew in the type that its name says; renaming does not change what it is",
        );
    }
    match extension.as_str() {
        "pdf" if content.encrypted => at(
            Code::EvidenceEncrypted,
            format!("`{path}` is locked by a password or by rights"),
            "save it without protection; an officer must be able to open, search and print it",
        ),
        "pdf" if !contains(&content.tail, b"%%EOF") => at(
            Code::EvidenceIncomplete,
            format!("`{path}` breaks off: its end is missing"),
            "copy or export the file anew",
        ),
        "jpg" | "jpeg" if !contains(&content.tail, &[0xff, 0xd9]) => at(
            Code::EvidenceIncomplete,
            format!("`{path}` breaks off: the picture has no end"),
            "copy or export the file anew",
        ),
        "png" if !contains(&content.tail, b"IEND") => at(
            Code::EvidenceIncomplete,
            format!("`{path}` breaks off: the picture has no end"),
            "copy or export the file anew",
        ),
        _ if content.macros && content.head.starts_with(b"PK") => at(
            Code::EvidenceHasMacros,
            format!("`{path}` holds macros"),
            "save it without macros, or as PDF",
        ),
        _ => Vec::new(),
    }
}

/// The article before the name of a type, as it is read out.
fn article(kind: &str) -> &'static str {
    if kind.starts_with(['a', 'e', 'f', 'h', 'i', 'm', 'o', 'x']) {
        "an"
    } else {
        "a"
    }
}

/// Returns the type by content, if it is one that can be told.
fn kind(content: &Content) -> Option<&'static str> {
    // A PDF may have a few bytes before its mark, which is still a PDF to every reader.
    if contains(&content.head[..content.head.len().min(1024)], b"%PDF-") {
        return Some("pdf");
    }
    infer::get(&content.head).map(|kind| kind.extension())
}

/// Returns true if a file of this content may bear this extension. Types that have no mark of their
/// own (text, CSV, JSON) must at least not be something else.
fn named_so(extension: &str, found: Option<&str>) -> bool {
    match extension {
        "pdf" => found == Some("pdf"),
        "jpg" | "jpeg" => found == Some("jpg"),
        "png" => found == Some("png"),
        "gif" => found == Some("gif"),
        "doc" | "xls" | "ppt" => {
            matches!(found, Some("doc" | "xls" | "ppt" | "msi" | "ole" | "cfb"))
        }
        "docx" | "xlsx" | "pptx" => matches!(found, Some("docx" | "xlsx" | "pptx" | "zip")),
        "txt" | "csv" | "md" | "log" => found.is_none(),
        "json" => matches!(found, None | Some("json")),
        "xml" => matches!(found, None | Some("xml" | "html")),
        _ => true,
    }
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    memmem::find(bytes, what).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_between_two_pieces_is_found() {
        let mut content = Content::default();
        content.see(b"%PDF-1.7 ... /Enc");
        content.see(b"rypt 5 0 R %%EOF");
        let found = check(&content, &"a.pdf".parse().unwrap(), "evidence.sbom");
        assert_eq!(
            found.first().map(|finding| finding.code),
            Some(Code::EvidenceEncrypted)
        );
    }
}
