//! Finds phrases in prose by small patterns of words.
//!
//! A pattern is written as words with blanks between them. `a/b` is either word, `a?` may be absent, `~` is at
//! most four words, `*` is the rest of the clause, `^` is the beginning of a clause and `$` its end. A clause
//! ends at a full stop, a colon, a semicolon, a bracket or a line break; a comma ends what `*` takes.

use std::collections::BTreeMap;
use std::ops::Range;

/// How many words `~` takes at most.
const GAP: usize = 4;

/// How many words `*` takes at most: longer text is another sentence.
const MAX_REST: usize = 30;

/// A word of a text.
#[derive(Clone, Debug)]
pub struct Word {
    /// The word in lower case, with straight apostrophes.
    pub text: String,
    /// Where it is.
    pub bytes: Range<usize>,
    /// Whether a clause begins with it.
    pub first: bool,
    /// Whether a clause ends with it.
    pub last: bool,
    /// Whether a comma follows.
    pub comma: bool,
}

/// A text as its words.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The words in order.
    pub words: Vec<Word>,
}

impl Prose {
    /// Splits a text into words.
    pub fn of(text: &str) -> Self {
        let mut words: Vec<Word> = Vec::new();
        let mut first = true;
        let mut chars = text.char_indices().peekable();
        while let Some((start, c)) = chars.next() {
            let next = chars.peek().map(|(_, c)| *c);
            if !c.is_alphanumeric() {
                first |= end_clause(c, next, &mut words);
                continue;
            }
            let mut end = start + c.len_utf8();
            while let Some((at, c)) = chars.peek().copied() {
                let after = text.get(at + c.len_utf8()..).unwrap_or_default();
                let joins = matches!(c, '\'' | '’' | '.' | '-' | '_')
                    && after.starts_with(char::is_alphanumeric);
                if !c.is_alphanumeric() && !joins {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
            let text = text.get(start..end).unwrap_or_default();
            words.push(Word {
                text: small(text),
                bytes: start..end,
                first: std::mem::take(&mut first),
                last: false,
                comma: false,
            });
        }
        if let Some(word) = words.last_mut() {
            word.last = true;
        }
        Self { words }
    }

    /// Returns the clauses, each as its words.
    pub fn clauses(&self) -> impl Iterator<Item = &[Word]> {
        self.words.split_inclusive(|word| word.last)
    }
}

/// Returns a word in lower case, with straight apostrophes. Most words are ASCII, and quick.
fn small(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.to_lowercase().replace('’', "'")
}

/// Notes what punctuation ends; returns true if a new clause begins.
fn end_clause(c: char, next: Option<char>, words: &mut [Word]) -> bool {
    let ends = match c {
        '.' | ':' => next.is_none_or(|next| !next.is_alphanumeric()),
        _ => "!?;()[]{}<>\n–—。：；！？（）【】".contains(c),
    };
    if let Some(word) = words.last_mut() {
        word.last |= ends;
        word.comma |= matches!(c, ',' | '、' | '，');
    }
    ends
}

/// A part of a pattern.
#[derive(Clone, Debug)]
enum Part {
    /// One of these words.
    One(Vec<&'static str>),
    /// One of these words, or none.
    Perhaps(Vec<&'static str>),
    /// A few words.
    Gap,
    /// The rest of the clause, which must not contain a comma.
    Rest,
    /// The beginning of a clause.
    First,
    /// The end of a clause.
    Last,
}

/// Patterns by their first word, so that each word of a text is compared with few of them.
#[derive(Debug, Default)]
pub struct Patterns {
    /// Those that begin at a certain word.
    by_word: BTreeMap<&'static str, Vec<Vec<Part>>>,
    /// Those that begin at the beginning of a clause.
    at_first: Vec<Vec<Part>>,
}

impl Patterns {
    /// Reads patterns.
    pub fn new(written: &[&'static str]) -> Self {
        let mut patterns = Self::default();
        for text in written {
            let parts: Vec<Part> = text.split(' ').map(part).collect();
            match parts.first() {
                Some(Part::One(words)) => {
                    for word in words {
                        patterns
                            .by_word
                            .entry(word)
                            .or_default()
                            .push(parts.clone());
                    }
                }
                _ => patterns.at_first.push(parts),
            }
        }
        patterns
    }

    /// Returns the words of the first phrase that matches a pattern.
    pub fn find(&self, prose: &Prose) -> Option<Range<usize>> {
        (0..prose.words.len()).find_map(|i| Some(i..self.fits_at(prose, i)?))
    }

    /// Returns the words of a phrase if it is the whole text.
    pub fn find_whole(&self, prose: &Prose) -> Option<Range<usize>> {
        let end = self.fits_at(prose, 0)?;
        (end == prose.words.len()).then_some(0..end)
    }

    fn fits_at(&self, prose: &Prose, i: usize) -> Option<usize> {
        let word = prose.words.get(i)?;
        let at_first = self.at_first.iter().filter(|_| word.first);
        let by_word = self.by_word.get(word.text.as_str()).into_iter().flatten();
        at_first
            .chain(by_word)
            .filter_map(|parts| fits(parts, &prose.words, i))
            .max()
    }
}

fn part(text: &'static str) -> Part {
    let words = |text: &'static str| text.split('/').collect();
    match text {
        "~" => Part::Gap,
        "*" => Part::Rest,
        "^" => Part::First,
        "$" => Part::Last,
        _ => match text.strip_suffix('?') {
            Some(text) => Part::Perhaps(words(text)),
            None => Part::One(words(text)),
        },
    }
}

/// Returns the index of the word after the phrase, if the parts match the words from `i`.
fn fits(parts: &[Part], words: &[Word], i: usize) -> Option<usize> {
    let Some((part, parts)) = parts.split_first() else {
        return Some(i);
    };
    let is_one = |of: &[&str]| {
        let word = words.get(i).map(|word| word.text.as_str());
        word.is_some_and(|word| of.contains(&word))
    };
    match part {
        Part::One(of) => is_one(of).then(|| fits(parts, words, i + 1))?,
        Part::Perhaps(of) => {
            let with = is_one(of).then(|| fits(parts, words, i + 1)).flatten();
            with.or_else(|| fits(parts, words, i))
        }
        Part::Gap => (0..=GAP)
            .take_while(|n| !words.get(i..i + n).is_none_or(ends_early))
            .find_map(|n| fits(parts, words, i + n)),
        Part::Rest => {
            let left = words.get(i.checked_sub(1)?..)?;
            let mut near = left.iter().take(MAX_REST);
            let n = near.position(|word| word.last || word.comma)?;
            left.get(n).is_some_and(|word| word.last).then_some(i + n)
        }
        Part::First => words.get(i)?.first.then(|| fits(parts, words, i))?,
        Part::Last => words
            .get(i.checked_sub(1)?)?
            .last
            .then(|| fits(parts, words, i))?,
    }
}

/// Returns true if a clause ends within these words. A gap must not continue into the next clause.
fn ends_early(words: &[Word]) -> bool {
    let before = words.split_last().map_or(words, |(_, before)| before);
    before.iter().any(|word| word.last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_words_where_they_say() {
        let patterns = Patterns::new(&[
            "^ to be added/confirmed $",
            "^ to be added/confirmed by *",
            "insert ~ here",
            "^ not yet? supported *",
            "report to be added $",
        ]);
        for (text, found) in [
            ("To be added.", true),
            ("Evidence: to be confirmed", true),
            ("Rules are to be added by the owner.", false),
            ("To be confirmed by the laboratory.", true),
            (
                "To be confirmed by the owner, a change needs a code.",
                false,
            ),
            ("Please insert your text here.", true),
            (
                "They insert a card, and the light turns on when it is here.",
                false,
            ),
            ("Not supported.", true),
            ("It is not supported.", false),
            ("Keys are fused (report to be added).", true),
        ] {
            assert_eq!(patterns.find(&Prose::of(text)).is_some(), found, "{text}");
        }
    }

    #[test]
    fn numbers_keep_their_points() {
        let prose = Prose::of("Firmware 1.10 is signed. It’s v2.");
        let words: Vec<&str> = prose.words.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(words, ["firmware", "1.10", "is", "signed", "it's", "v2"]);
        assert_eq!(prose.clauses().count(), 2);
    }
}
