//! Says how the name in a file differs from that in the manifest.

pub(super) use clspack_words::spelling::*;

use crate::diag::{Told, told};

/// Says where the spellings in file and manifest first differ. Readers overlook one letter in a long number.
pub(super) fn difference(file: &str, manifest: &str) -> Told {
    let (one, other): (Vec<char>, Vec<char>) = (file.chars().collect(), manifest.chars().collect());
    let n_same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let rest = |text: &[char]| text[n_same..].iter().collect::<String>();
    told(|m| match (one.get(n_same), other.get(n_same)) {
        (Some(a), Some(b)) => format!(
            "character {} is {} in the file and {} in {m}",
            n_same + 1,
            named(*a),
            named(*b)
        ),
        (Some(_), None) => format!("the file has an extra `{}` at the end", rest(&one)),
        (None, Some(_)) => format!("{m} has an extra `{}` at the end", rest(&other)),
        (None, None) => "they look the same".to_owned(),
    })
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
