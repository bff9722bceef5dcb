//! One document typeset, as a new process or many times in one: what `benches/documents` compares.
//!
//! `cargo bench --bench documents` sets the sample declaration. With arguments, the program itself:
//! `cold FILE OUT` writes one document; `warm FILE COUNT` sets COUNT documents, in each of which
//! `@NUMBER@` is another number, and prints the milliseconds that each took.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark talks, reads files and the clock, and may die"
)]

use std::fs;
use std::time::{Duration, Instant};

use clspack::typeset::{Typesetter, markup};

/// The pictures that the sample names.
const PICTURES: &[(&str, &[u8])] = &[
    ("label.png", include_bytes!("../tests/pictures/label.png")),
    ("logo.png", include_bytes!("../tests/pictures/logo.png")),
    ("photo.jpg", include_bytes!("../tests/pictures/photo.jpg")),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["cold", file, out] => {
            let source = numbered(&fs::read_to_string(file).unwrap(), 0);
            fs::write(out, set(&mut Typesetter::new(), &source)).unwrap();
        }
        ["warm", file, count] => {
            for time in warm(&fs::read_to_string(file).unwrap(), count.parse().unwrap()) {
                println!("{}", milliseconds(time));
            }
        }
        _ => {
            let mut times = warm(include_str!("../templates/sample-declaration.html"), 200);
            times.sort();
            println!(
                "sample declaration, warm, middle of 200: {} ms",
                milliseconds(times[100])
            );
        }
    }
}

fn warm(source: &str, count: usize) -> Vec<Duration> {
    let mut typesetter = Typesetter::new();
    let mut once = |number| {
        let source = numbered(source, number);
        let start = Instant::now();
        assert!(!set(&mut typesetter, &source).is_empty());
        start.elapsed()
    };
    (0..count).map(&mut once).collect()
}

fn numbered(source: &str, number: usize) -> String {
    source.replace("@NUMBER@", &number.to_string())
}

fn set(typesetter: &mut Typesetter, source: &str) -> Vec<u8> {
    let mut document = markup::parse(source).unwrap();
    for (name, bytes) in PICTURES {
        document
            .pictures
            .insert((*name).to_owned(), (*bytes).into());
    }
    typesetter.pdf(&document).unwrap()
}

/// With three decimals, in whole numbers.
fn milliseconds(time: Duration) -> String {
    let micros = time.as_micros();
    format!("{}.{:03}", micros / 1_000, micros % 1_000)
}
