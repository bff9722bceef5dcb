//! Says how the name in a file differs from that in the manifest.

use std::fmt::Write as _;

pub(super) use clspack_words::spelling::*;

/// Says where the spellings in file and manifest first differ. Readers overlook one letter in a long number.
pub(super) fn difference(file: &str, manifest: &str) -> String {
    let (one, other): (Vec<char>, Vec<char>) = (file.chars().collect(), manifest.chars().collect());
    let n_same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let mut says = String::new();
    // Writing to a text does not fail.
    let _ = match (one.get(n_same), other.get(n_same)) {
        (Some(a), Some(b)) => write!(
            says,
            "character {} is {} in the file and {} in the manifest",
            n_same + 1,
            named(*a),
            named(*b)
        ),
        (Some(_), None) => write!(
            says,
            "the file has an extra `{}` at the end",
            one[n_same..].iter().collect::<String>()
        ),
        (None, Some(_)) => write!(
            says,
            "the manifest has an extra `{}` at the end",
            other[n_same..].iter().collect::<String>()
        ),
        (None, None) => write!(says, "they look the same"),
    };
    says
}

fn named(c: char) -> String {
    match c {
        '0' => "`0` (zero)".to_owned(),
        'O' => "`O` (letter)".to_owned(),
        '1' => "`1` (one)".to_owned(),
        'I' | 'l' => format!("`{c}` (letter)"),
        ' ' => "a blank".to_owned(),
        '\u{ff01}'..='\u{ff5e}' => format!("`{c}` (full width)"),
        c if c.is_ascii() => format!("`{c}`"),
        c => format!("`{c}` (U+{:04X})", u32::from(c)),
    }
}
