//! The known word that a misspelt one was most likely meant to be.

/// Returns the nearest of the known words, if it is near enough to be a slip of the hand:
/// a third of its letters at most, or the same letters set apart differently.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = plain(word);
    let near = |candidate: &str| {
        let most = candidate.chars().count() / 3;
        let candidate = plain(candidate);
        // Most words share too few letters to be looked at more closely.
        if fewest_slips(&word, &candidate) > most {
            return None;
        }
        let distance = strsim::damerau_levenshtein(&word, &candidate);
        (distance <= most).then_some(distance)
    };
    known
        .into_iter()
        .filter_map(|candidate| Some((near(candidate)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| !"_- .".contains(*c));
    letters.flat_map(char::to_lowercase).collect()
}

/// Returns how many slips there are at the least: each adds, drops or changes one character.
fn fewest_slips(one: &str, other: &str) -> usize {
    let mut counts = [0_i32; 64];
    let bin = |c: char| (u32::from(c) % 64) as usize;
    let mut n_more = 0_usize;
    for c in one.chars() {
        // A word of a thousand letters is no slip for a word of ten.
        n_more += 1;
        if n_more > 2 * other.len() + 8 {
            return usize::MAX;
        }
        counts[bin(c)] += 1;
    }
    for c in other.chars() {
        counts[bin(c)] -= 1;
    }
    let more = |sign: i32| {
        let ahead = counts.iter().map(|n| (n * sign).max(0).unsigned_abs());
        ahead.map(|n| n as usize).sum::<usize>()
    };
    more(1).max(more(-1))
}

/// Returns `a`, `b` or `c`, each in backticks.
pub fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<_> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips_and_nothing_else() {
        let known = ["name", "models", "support", "firmware_version", "address"];
        assert_eq!(nearest("suport", known), Some("support"));
        assert_eq!(nearest("Firmware-Version", known), Some("firmware_version"));
        assert_eq!(nearest("adress", known), Some("address"));
        assert_eq!(nearest("colour", known), None);
    }

    #[test]
    fn lists_words() {
        assert_eq!(one_of(["1", "2", "3"]), "`1`, `2` or `3`");
        assert_eq!(one_of(["1"]), "`1`");
    }
}
