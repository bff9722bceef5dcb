//! Whether a text names one thing or several: `A-1 / A-2` are two models, `MH-300/EU` is one, and `A-7+A-8` may be
//! either.

use crate::spelling::alike;

/// How many names a text has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Several<'a> {
    /// One.
    One,
    /// These, without doubt.
    All(Vec<&'a str>),
    /// One, or these, each in full.
    Perhaps(Vec<String>),
    /// One, or all from the first to the last that it names.
    Range,
}

/// How surely a sign or word separates two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Force {
    /// It names the ends of a range.
    Range,
    /// It may be part of a name, or mean more than a list: a bundle, a choice.
    Weak,
    /// It does nothing else between two names that are alike.
    Strong,
}

/// Words that list, between blanks.
const AND: &[&str] = &[
    "and",
    "und",
    "sowie",
    "et",
    "및",
    "그리고",
    "と",
    "及び",
    "および",
    "和",
    "与",
    "與",
    "及",
];
/// Words that leave a choice, between blanks.
const OR: &[&str] = &["or", "oder", "または", "又は", "또는", "或"];
/// Words between the ends of a range.
const TO: &[&str] = &["to", "bis", "through", "thru", "부터", "から"];

/// Returns whether a text names one thing or several. Names belong together if they are alike, as those of one maker
/// are.
pub fn several(text: &str) -> Several<'_> {
    let cuts = cuts(text);
    let mut parts = Vec::new();
    let mut start = 0;
    for (from, to, _) in &cuts {
        parts.push(text[start..*from].trim());
        start = *to;
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    let Some((first, others)) = parts.split_first().filter(|(_, others)| !others.is_empty()) else {
        return Several::One;
    };
    let pairs = parts.iter().zip(others);
    let has_digit = |part: &&str| part.chars().any(char::is_numeric);
    let are_alike = pairs
        .clone()
        .all(|(before, part)| alike(first, part).or_else(|| alike(before, part)).is_some());
    let is_strong = cuts.iter().all(|(.., force)| *force == Force::Strong);
    if are_alike && is_strong && parts.iter().all(has_digit) {
        return Several::All(parts);
    }
    // Names of one kind each, although they are not alike.
    let are_whole = is_strong && parts.iter().all(|part| has_digit(part) && is_long(part));
    let are_short = others.iter().all(|part| is_shortened(first, part));
    if !(are_alike || are_whole || are_short) {
        return Several::One;
    }
    if cuts.iter().any(|(.., force)| *force == Force::Range) {
        return Several::Range;
    }
    let in_full = |part: &&str| match first.len().checked_sub(part.len()) {
        Some(at) if is_shortened(first, part) => format!("{}{part}", &first[..at]),
        _ => (*part).to_owned(),
    };
    Several::Perhaps(parts.iter().map(in_full).collect())
}

/// Returns what separates names: from which byte to which, and how surely.
fn cuts(text: &str) -> Vec<(usize, usize, Force)> {
    let mut cuts = Vec::new();
    let mut blank: Option<usize> = None;
    let mut word = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if c.is_whitespace() {
            if let Some(force) = force_of(&text[word..at]) {
                cuts.push((word, at, force));
            }
            blank = blank.or(Some(at));
            word = end;
            continue;
        }
        let n_blanks = blank.map_or(0, |from| text[from..at].chars().count());
        if let Some(from) = blank.filter(|_| n_blanks > 1) {
            cuts.push((from, at, Force::Weak));
        }
        let is_apart = n_blanks > 0 && text[end..].starts_with(char::is_whitespace);
        blank = None;
        match c {
            '・' | '･' | '|' | '｜' => cuts.push((at, end, Force::Strong)),
            '/' | '／' | '&' | '＆' if is_apart => cuts.push((at, end, Force::Strong)),
            '/' | '／' | '&' | '＆' | '+' | '＋' => cuts.push((at, end, Force::Weak)),
            '~' | '～' | '〜' => cuts.push((at, end, Force::Range)),
            _ => continue,
        }
        word = end;
    }
    // At the ends of a text nothing is separated.
    cuts.retain(|(from, to, _)| !text[..*from].trim().is_empty() && !text[*to..].trim().is_empty());
    cuts
}

/// Returns how surely a word between blanks separates.
fn force_of(word: &str) -> Option<Force> {
    let is_word = |known: &str| known.eq_ignore_ascii_case(word);
    if AND.iter().any(|known| is_word(known)) {
        Some(Force::Strong)
    } else if OR.iter().any(|known| is_word(known)) {
        Some(Force::Weak)
    } else if TO.iter().any(|known| is_word(known)) {
        Some(Force::Range)
    } else {
        None
    }
}

/// Returns true for what is more than a size or a revision.
fn is_long(part: &str) -> bool {
    part.chars().filter(|c| c.is_alphanumeric()).count() > 3
}

/// Returns true for a name of which only the last digits are written: `310` behind `MH-300`.
fn is_shortened(first: &str, part: &str) -> bool {
    let n_digits = part.chars().count();
    let tail = first.chars().rev().take_while(char::is_ascii_digit).count();
    n_digits > 1 && n_digits == tail && part.chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_told_from_names() {
        for (text, parts) in [
            ("A-1 / A-2", vec!["A-1", "A-2"]),
            ("A-3 & A-4", vec!["A-3", "A-4"]),
            ("A-5 and A-6", vec!["A-5", "A-6"]),
            ("A-5 UND A-6", vec!["A-5", "A-6"]),
            ("型番300 及び 型番301", vec!["型番300", "型番301"]),
            ("A-17・A-18", vec!["A-17", "A-18"]),
            (
                "HX-200 | HX-200K / HX-300",
                vec!["HX-200", "HX-200K", "HX-300"],
            ),
            ("4101 / 4102", vec!["4101", "4102"]),
        ] {
            assert_eq!(several(text), Several::All(parts), "{text}");
        }
        for (text, parts) in [
            ("A-7+A-8", vec!["A-7", "A-8"]),
            ("A-7 + A-8", vec!["A-7", "A-8"]),
            ("A-11/A-12", vec!["A-11", "A-12"]),
            ("A-15 oder A-16", vec!["A-15", "A-16"]),
            ("A-21   A-22", vec!["A-21", "A-22"]),
            ("MH-300/310", vec!["MH-300", "MH-310"]),
            ("HX-A / HX-B", vec!["HX-A", "HX-B"]),
            ("HX-200 / MH-31", vec!["HX-200", "MH-31"]),
        ] {
            let parts = parts.into_iter().map(str::to_owned).collect();
            assert_eq!(several(text), Several::Perhaps(parts), "{text}");
        }
        for text in ["A-23 to A-25", "A-23～A-25", "A-23 bis 25"] {
            assert_eq!(several(text), Several::Range, "{text}");
        }
        for text in [
            "MH-300/EU",
            "MH-300 / EU",
            "MH-300",
            "Hub and Bridge",
            "HX-200+",
            "/HX-200",
            "HX-200 Rev 2",
            "HX-200/2",
            "HX-200 / V2",
            "",
            "&",
            "A-1 /",
        ] {
            assert_eq!(several(text), Several::One, "{text}");
        }
    }
}
