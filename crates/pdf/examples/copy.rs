//! Copies the pages of files into one: `copy OUT.pdf FILE.pdf…`.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "an example is a program of its own"
)]

use std::error::Error;
use std::{env, fs};

use clspack_pdf::{About, Bookmark, Label, Numbering, Source, Volume};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let out = arguments.next().ok_or("name the file to write")?;
    let mut volume = Volume::new();
    let mut about = About {
        title: "Copied pages".to_owned(),
        producer: "copy".to_owned(),
        language: "en".to_owned(),
        date: (2026, 1, 1),
        ..About::default()
    };
    for (i, path) in arguments.enumerate() {
        let bytes = fs::read(&path)?;
        let source = match Source::open(&bytes) {
            Ok(source) => source,
            Err(why) => {
                println!("{path}: {why:?}");
                continue;
            }
        };
        let pages: Vec<usize> = (0..source.n_pages()).collect();
        let copied = match source.copy(&pages) {
            Ok(copied) => copied,
            Err(why) => {
                println!("{path}: {why:?}");
                continue;
            }
        };
        about.bookmarks.push(Bookmark {
            title: path.clone(),
            page: volume.n_pages(),
            inside: Vec::new(),
        });
        about.labels.push(Label {
            page: volume.n_pages(),
            prefix: format!("{}-", i + 1),
            numbering: Numbering::From(1),
        });
        println!(
            "{path}: {} pages, {} of {} bytes, {} notes left",
            pages.len(),
            copied.n_bytes(),
            bytes.len(),
            copied.n_notes_left
        );
        for page in volume.add(&copied) {
            volume.show(page);
        }
    }
    fs::write(out, volume.finish(&about))?;
    Ok(())
}
