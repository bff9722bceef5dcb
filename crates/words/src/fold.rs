//! Gives characters that only look different one form: full-width letters, dashes, blanks, ligatures.

/// Returns the form of a text that is compared. Case and line breaks stay, since both have a meaning.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold(c, &mut folded);
    }
    folded
}

fn fold(c: char, into: &mut String) {
    match c {
        // Full-width forms are in the order of ASCII, at a fixed distance.
        '\u{ff01}'..='\u{ff5e}' => into.extend(char::from_u32(u32::from(c) - 0xfee0)),
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            into.push(' ');
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => into.push('-'),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
        '\u{fb00}' => into.push_str("ff"),
        '\u{fb01}' => into.push_str("fi"),
        '\u{fb02}' => into.push_str("fl"),
        '\u{fb03}' => into.push_str("ffi"),
        '\u{fb04}' => into.push_str("ffl"),
        '\u{2028}' | '\u{2029}' => into.push('\n'),
        '\u{2044}' => into.push('/'),
        c => into.push(c),
    }
}

/// Returns the original text for a range of its folded form, so that messages quote the file.
pub fn original(text: &str, start: usize, end: usize) -> &str {
    if text.is_ascii() {
        return text.get(start..end).unwrap_or_default();
    }
    let (mut one, mut from, mut to) = (String::new(), text.len(), text.len());
    let mut at = 0;
    for (i, c) in text.char_indices() {
        if at >= start && from == text.len() {
            from = i;
        }
        if at >= end {
            to = i;
            break;
        }
        one.clear();
        fold(c, &mut one);
        at += one.len();
    }
    text.get(from..to).unwrap_or_default()
}

/// Returns true for characters that are part of a word of letters and digits.
pub fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{c0}'..='\u{24f}')
}

/// Returns only the letters and digits, in capitals. Two spellings of one name give the same.
pub fn bare(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_uppercase).collect()
}
