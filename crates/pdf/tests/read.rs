//! The promises of the README of this crate, tested through its public interface.
#![allow(
    clippy::unwrap_used,
    clippy::tests_outside_test_module,
    reason = "a test may die"
)]

use clspack_pdf::{Unreadable, n_pages, read, read_closely};

const PAPER: &[u8] = include_bytes!("cms/paper.pdf");

#[test]
fn a_file_has_the_same_result_each_time() {
    let first = read(PAPER).unwrap();
    assert_eq!(read(PAPER), Ok(first.clone()));
    assert_eq!(n_pages(PAPER), Ok(first.pages.len()));
    assert!(!first.is_repaired);
}

/// However the file is cut off or overwritten, the reader returns.
#[test]
fn no_piece_of_a_file_makes_it_panic() {
    for length in (0..PAPER.len()).step_by(PAPER.len() / 64 + 1) {
        let _ = read_closely(&PAPER[..length]);
        let mut scratched = PAPER.to_vec();
        scratched[length] ^= 0x15;
        let _ = read_closely(&scratched);
    }
}

#[test]
fn what_is_no_pdf_file_is_refused() {
    for bytes in [&b""[..], b"%PDF-", b"PK\x03\x04", b"<html></html>"] {
        assert_eq!(read(bytes), Err(Unreadable::Broken));
    }
}
