//! The known word that a misspelt one was most likely meant to be.

/// Returns the nearest of the known words, if it is near enough to be a slip of the hand:
/// a third of its letters at most, or the same letters set apart differently.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace(['_', '-', ' ', '.'], "");
    let near = |candidate: &str| {
        let distance = strsim::damerau_levenshtein(&plain(word), &plain(candidate));
        (distance <= candidate.chars().count() / 3).then_some(distance)
    };
    known
        .into_iter()
        .filter_map(|candidate| Some((near(candidate)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
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
