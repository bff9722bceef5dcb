//! The PDF files of the examples are read whole: nothing on them stays unsearched.

use std::fs;
use std::path::PathBuf;

use clspack::pdf;

use crate::support::repository;

fn pdfs() -> Vec<PathBuf> {
    let mut folders = vec![repository("examples")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "pdf") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_pdf_of_the_examples_is_read_whole() {
    let found = pdfs();
    assert!(found.len() >= 70, "{} files", found.len());
    for path in found {
        let bytes = fs::read(&path).unwrap();
        let read = pdf::read(&bytes).unwrap();
        let name = path.display();
        assert!(read.unread.is_empty(), "{name}: {:?}", read.unread);
        assert!(
            read.pages.iter().all(|page| !page.text.is_empty()),
            "{name} has no words"
        );
        assert!(read.signatures.is_empty(), "{name}");
        assert_eq!(pdf::n_pages(&bytes), Ok(read.pages.len()), "{name}");
    }
}
