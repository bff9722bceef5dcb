//! Types that have no mark of their own: text.

use std::borrow::Cow;

use crate::sniff::kind::{self, in_words, is_page};
use crate::sniff::{Content, Fault, FaultKind, Judged};

/// Judges a file whose name says that it is text.
pub(super) fn check(content: &Content, extension: &str) -> Judged {
    let head = content.head.as_slice();
    let differs = |kind| Err(Fault::differs(extension, &in_words(kind)));
    // The log-in page of a portal, saved in place of the file. XML may be a page of its own, and a text may show
    // markup or code.
    if is_page(head) && !matches!(extension, "txt" | "md" | "xml") {
        return differs("html");
    }
    if head.starts_with(b"%PDF-") {
        return differs("pdf");
    }
    if head.starts_with(b"{\\rtf") {
        return differs("rtf");
    }
    let bytes = content.whole().unwrap_or(head);
    let text = decoded(bytes);
    let odd = n_odd(&text);
    if odd * 100 <= text.len() {
        return if text.trim_ascii().is_empty() {
            Err(blank())
        } else {
            Ok(())
        };
    }
    match kind::of(content) {
        Some(kind) => differs(kind),
        // A log that was cut off by a power failure ends in zeros, and is a text all the same.
        None if odd * 2 > text.len() => Err(Fault::differs(extension, "not text")),
        None => Ok(()),
    }
}

fn blank() -> Fault {
    Fault::new(FaultKind::Blank, "holds nothing but blanks")
}

/// Returns the text in a form whose ASCII characters are single bytes: UTF-16 is made UTF-8, with or without
/// its mark; anything else stays.
pub(super) fn decoded(bytes: &[u8]) -> Cow<'_, [u8]> {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let text: String = char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        Cow::Owned(text.into_bytes())
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Cow::Borrowed(rest),
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        // Most texts have no zeros at all.
        bytes if !bytes.contains(&0) => Cow::Borrowed(bytes),
        bytes => match zeros_at(bytes) {
            (even, 0) if even * 5 > bytes.len() => units(bytes, u16::from_be_bytes),
            (0, odd) if odd * 5 > bytes.len() => units(bytes, u16::from_le_bytes),
            _ => Cow::Borrowed(bytes),
        },
    }
}

/// Counts the zeros at even and at odd places.
fn zeros_at(bytes: &[u8]) -> (usize, usize) {
    let zeros = |parity: usize| {
        let every_second = bytes.iter().skip(parity).step_by(2);
        every_second.filter(|byte| **byte == 0).count()
    };
    (zeros(0), zeros(1))
}

/// Counts the control characters that no text has. Logs have colours, old encodings of Japanese shift in and out,
/// and files of DOS end in Ctrl-Z.
fn n_odd(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| ODD[usize::from(**byte)]).count()
}

/// Which bytes are odd. A table is quicker than comparing every byte of a long log.
static ODD: [bool; 256] = odd();

const fn odd() -> [bool; 256] {
    let mut odd = [false; 256];
    let mut byte = 0_u8;
    while byte < 0x80 {
        let is_usual = matches!(byte, 0x08..=0x0f | 0x1a | 0x1b);
        odd[byte as usize] = (byte < 0x20 && !is_usual) || byte == 0x7f;
        byte += 1;
    }
    odd
}
