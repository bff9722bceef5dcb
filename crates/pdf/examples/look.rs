//! Prints the contents of a PDF file: `cargo run -p clspack-pdf --example look -- FILE.pdf`.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "an example reads a file and prints; the crate does neither"
)]

use std::{env, fs};

fn main() -> Result<(), String> {
    let path = env::args().nth(1).ok_or("usage: look FILE.pdf")?;
    let bytes = fs::read(&path).map_err(|error| format!("{path}: {error}"))?;
    let read = clspack_pdf::read(&bytes).map_err(|error| format!("{path}: {error:?}"))?;
    for (number, page) in (1..).zip(&read.pages) {
        println!("page {number}: {} marks, {}", page.marks.len(), page.text);
    }
    println!("signatures: {:?}", read.signatures);
    println!(
        "repaired: {}, not read: {:?}",
        read.is_repaired, read.unread
    );
    Ok(())
}
