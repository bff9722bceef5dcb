//! What a file is by its content, compared with what its name says, and whether a reader can open it.
//!
//! A type is recognised by structure, never by a word somewhere in the bytes: a PDF is locked if its trailer says so,
//! a picture is whole if its parts are, and two letters at the beginning of a text prove nothing.

mod archive;
mod fault;
mod jpeg;
mod json;
mod kind;
mod office;
mod old_office;
mod ole;
mod paper;
mod parts;
mod picture;
mod png;
mod sbom;
mod text;
mod xml;

use std::cell::OnceCell;

use clspack_pdf::{self as pdf, Pdf, Unreadable};

pub use fault::{Fault, FaultKind};

/// How much of the beginning of a file is kept in any case.
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
    whole: Vec<u8>,
    is_large: bool,
    has_signs: bool,
    pdf: OnceCell<Result<Pdf, Unreadable>>,
}

impl Content {
    /// Begins a file that has about this many bytes.
    pub fn sized(n_bytes: u64) -> Self {
        let n_bytes = usize::try_from(n_bytes).unwrap_or(usize::MAX);
        let room = if n_bytes > MAX_WHOLE { 0 } else { n_bytes };
        Self {
            whole: Vec::with_capacity(room),
            ..Self::default()
        }
    }

    /// Takes the next piece.
    pub fn see(&mut self, piece: &[u8]) {
        self.is_large |= self.whole.len() + piece.len() > MAX_WHOLE;
        if self.is_large {
            self.whole = Vec::new();
        } else {
            self.whole.extend_from_slice(piece);
        }
        self.has_signs = self.has_signs || piece.iter().any(|byte| *byte != 0);
        let room = HEAD.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend_from_slice(&piece[..room]);
        let from = piece.len().saturating_sub(TAIL);
        self.tail.extend_from_slice(&piece[from..]);
        let surplus = self.tail.len().saturating_sub(TAIL);
        self.tail.drain(..surplus);
    }

    /// Returns the bytes of a file that is not too large to be opened.
    pub fn whole(&self) -> Option<&[u8]> {
        (!self.is_large).then_some(self.whole.as_slice())
    }

    /// Returns what a PDF file holds, read once; `None` if it is no PDF file, or too large to be opened.
    pub fn pdf(&self) -> Option<&Result<Pdf, Unreadable>> {
        let bytes = self.whole().filter(|_| kind::is_pdf(&self.head))?;
        Some(self.pdf.get_or_init(|| pdf::read(bytes)))
    }
}

type Judged = Result<(), Fault>;

/// Returns what is wrong with a file that is not empty. `extension` is that of its name, in lower case.
pub fn fault(content: &Content, extension: &str) -> Option<Fault> {
    judge(content, extension).err()
}

/// Returns why a file that can be opened is not a usable bill of materials.
pub fn fault_of_bill(content: &Content, extension: &str) -> Option<Fault> {
    sbom::check(content, extension).err()
}

fn judge(content: &Content, extension: &str) -> Judged {
    if !content.has_signs {
        return Err(Fault::damaged("holds nothing but zeros"));
    }
    if content
        .head
        .starts_with(b"version https://git-lfs.github.com/spec/")
    {
        let says = "is a pointer of Git LFS: the file itself was never downloaded";
        return Err(Fault::new(FaultKind::NotFetched, says));
    }
    match extension {
        "txt" | "csv" | "md" | "log" | "yaml" | "yml" | "spdx" => text::check(content, extension),
        "json" => text::check(content, extension).and_then(|()| json::check(content)),
        "xml" => text::check(content, extension).and_then(|()| xml::check(content)),
        _ => {
            let found = kind::of(content);
            if !kind::fits(extension, found) {
                let is = found.map_or_else(|| "something else".to_owned(), kind::in_words);
                return Err(Fault::differs(extension, &is));
            }
            opened(content, extension, found)
        }
    }
}

/// Opens a file whose type is the one that its name says.
fn opened(content: &Content, extension: &str, found: Option<&str>) -> Judged {
    let Some(bytes) = content.whole() else {
        let is_known = found.is_some();
        let says = format!(
            "is larger than {} MB and was not opened",
            MAX_WHOLE / 1_000_000
        );
        return if is_known {
            Err(Fault::unopened(says))
        } else {
            Ok(())
        };
    };
    match (extension, found) {
        ("pdf", _) => paper::check(content, bytes),
        ("jpg" | "jpeg", _) => jpeg::check(bytes),
        ("png", _) => png::check(bytes),
        ("gif", _) => picture::gif(bytes),
        ("bmp", _) => picture::bmp(bytes),
        ("webp", _) => picture::webp(bytes),
        ("tif" | "tiff", _) => picture::tiff(bytes),
        ("heic" | "heif" | "avif", _) => picture::heif(bytes),
        ("docx" | "xlsx" | "pptx", Some("locked")) => Err(old_office::locked(bytes)),
        ("docx" | "xlsx" | "pptx", _) => office::check(bytes, extension),
        ("doc" | "xls" | "ppt", _) => old_office::check(bytes, extension),
        (_, Some("locked")) => Err(old_office::locked(bytes)),
        (_, Some("doc" | "xls" | "ppt")) => old_office::check(bytes, found.unwrap_or_default()),
        (_, Some(kind)) if kind::is_zip(kind) => archive::check(bytes),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
