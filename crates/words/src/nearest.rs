//! The known word that a misspelt one was most likely meant to be.

/// Returns the nearest of the known words, if it is near enough to be a typing slip: at most a third of its letters
/// differ, or only the spacing does.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = plain(word);
    let near = |candidate: &str| {
        let most = candidate.chars().count() / 3;
        let candidate = plain(candidate);
        // Most words share too few letters to be compared further.
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

/// Returns how many slips make one word the other, if they are at most `most`.
pub(crate) fn slips(one: &str, other: &str, most: usize) -> Option<usize> {
    if fewest_slips(one, other) > most {
        return None;
    }
    Some(strsim::damerau_levenshtein(one, other)).filter(|n| *n <= most)
}

/// How many of the most similar words are compared letter by letter.
const MOST_ALIKE: usize = 64;

/// Words that many others are compared with; each is prepared once.
#[derive(Debug, Default)]
pub struct Candidates(Vec<Prepared>);

#[derive(Debug)]
struct Prepared {
    word: String,
    plain: String,
    letters: Letters,
    /// How many slips a misspelling of this word may have.
    most: usize,
}

/// How often each letter is in a word; several letters share a place.
type Letters = [u8; 64];

impl Candidates {
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let prepared = |word: &str| {
            let plain = plain(word);
            Prepared {
                word: word.to_owned(),
                letters: letters(&plain),
                plain,
                most: word.chars().count() / 3,
            }
        };
        Self(words.into_iter().map(prepared).collect())
    }

    /// Returns the word that was probably meant, as [`nearest`] does. Of very many candidates, only those that share
    /// most letters are compared.
    pub fn nearest(&self, word: &str) -> Option<&str> {
        let word = plain(word);
        let counts = letters(&word);
        let alike = self.0.iter().filter_map(|known| {
            let n_slips = fewest_between(&counts, &known.letters);
            (n_slips <= known.most).then_some((n_slips, &known.word, known))
        });
        let mut alike: Vec<_> = alike.collect();
        if alike.len() > MOST_ALIKE {
            alike.select_nth_unstable_by_key(MOST_ALIKE, |(n, word, _)| (*n, *word));
            alike.truncate(MOST_ALIKE);
        }
        let near = alike.into_iter().filter_map(|(_, name, known)| {
            let distance = strsim::damerau_levenshtein(&word, &known.plain);
            (distance <= known.most).then_some((distance, name))
        });
        near.min().map(|(_, name)| name.as_str())
    }
}

fn letters(plain: &str) -> Letters {
    let mut letters = [0_u8; 64];
    for c in plain.chars() {
        let count = &mut letters[(u32::from(c) % 64) as usize];
        *count = count.saturating_add(1);
    }
    letters
}

/// Returns a lower bound on the slips between words with these letters.
fn fewest_between(one: &Letters, other: &Letters) -> usize {
    let (mut more, mut less) = (0_u32, 0_u32);
    for (one, other) in one.iter().zip(other) {
        more += u32::from(one.saturating_sub(*other));
        less += u32::from(other.saturating_sub(*one));
    }
    more.max(less) as usize
}

fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| !"_- .".contains(*c));
    letters.flat_map(char::to_lowercase).collect()
}

/// Returns a lower bound on the slips; each adds, drops or changes one character.
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
    fn words_that_are_prepared_are_found_as_others_are() {
        let known = [
            "name",
            "models",
            "support",
            "firmware_version",
            "address",
            "Ünit",
        ];
        let prepared = Candidates::of(known);
        for word in [
            "suport",
            "Firmware-Version",
            "adress",
            "colour",
            "model",
            "unit",
            "",
        ] {
            assert_eq!(prepared.nearest(word), nearest(word, known), "{word}");
        }
        // Very many are similar: comparing some is enough.
        let many: Vec<String> = (0..20_000).map(|n| format!("photo-{n:05}.jpg")).collect();
        let prepared = Candidates::of(many.iter().map(String::as_str));
        assert_eq!(prepared.nearest("photo_00017.jpg"), Some("photo-00017.jpg"));
        assert_eq!(prepared.nearest("Photo-0017.jpg"), Some("photo-00017.jpg"));
    }

    #[test]
    fn lists_words() {
        assert_eq!(one_of(["1", "2", "3"]), "`1`, `2` or `3`");
        assert_eq!(one_of(["1"]), "`1`");
    }
}
