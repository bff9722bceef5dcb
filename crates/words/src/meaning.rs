//! The word of a closed set that a person means by what they wrote: compared by words first, and by letters last.

use crate::nearest::slips;
use crate::plain::{folded, squeezed, tokens};
use crate::reserve::{Reserve, is_denied_by, is_signed_number};

/// The word that a text certainly means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certain<'a> {
    /// It is this word, in another case, width or spacing at most.
    Same(&'a str),
    /// It is another name of this word.
    Called(&'a str),
}

/// What a text means among the words of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning<'a> {
    /// It is a word, or a name of one.
    Certain(Certain<'a>),
    /// It is this word with a slip of one letter.
    Slip(&'a str),
    /// It may mean one of these.
    Perhaps(Vec<&'a str>),
    /// Nothing is known of it.
    Unknown,
}

impl<'a> Certain<'a> {
    /// Returns the word.
    pub const fn word(self) -> &'a str {
        match self {
            Self::Same(word) | Self::Called(word) => word,
        }
    }
}

impl<'a> Meaning<'a> {
    /// Returns the word, if there is no doubt.
    pub fn certain(self) -> Option<Certain<'a>> {
        match self {
            Self::Certain(certain) => Some(certain),
            _ => None,
        }
    }

    /// Returns the word, if no other comes into question.
    pub fn only(&self) -> Option<&'a str> {
        match self {
            Self::Certain(certain) => Some(certain.word()),
            Self::Slip(word) => Some(word),
            Self::Perhaps(words) => words.first().copied().filter(|_| words.len() == 1),
            Self::Unknown => None,
        }
    }
}

/// More words than these are no help as a question.
const MOST_ASKED: usize = 4;
/// A longer text is a sentence, and no name of anything.
const LONGEST: usize = 80;
/// From how many letters on a name is found within a longer word, as `steckdose` in `funksteckdose`.
const FEWEST_WITHIN: usize = 6;
/// From how many letters on a slip of one letter leaves little doubt.
const FEWEST_SLIP: usize = 5;
/// The same for a word as a whole, of which other words share the most part: `smart-home-hub`.
const FEWEST_WHOLE: usize = 10;

/// A name, prepared for comparison.
#[derive(Debug)]
struct Name<'a> {
    /// Which word it is a name of.
    word: &'a str,
    is_word: bool,
    squeezed: String,
    key: String,
    tokens: Vec<String>,
    reserve: Reserve,
}

/// The word that agrees to everything: a longer text may take it back, so it is never found within one.
const ASSENT: &str = "yes";

/// The words of a set with their other names.
#[derive(Debug, Default)]
pub struct Names<'a>(Vec<Name<'a>>);

impl<'a> Names<'a> {
    /// Prepares words and other names, each with the word that it is a name of.
    pub fn of(names: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let name = |(word, called): (&'a str, &'a str)| {
            let tokens = tokens(called);
            Name {
                word,
                is_word: word == called,
                squeezed: squeezed(called),
                key: tokens.concat(),
                reserve: Reserve::of(called, &tokens),
                tokens,
            }
        };
        Self(names.into_iter().map(name).collect())
    }

    /// Returns the word that a text certainly means.
    pub fn certain(&self, text: &str) -> Option<Certain<'a>> {
        if text.chars().nth(LONGEST).is_some() || is_signed_number(text) {
            return None;
        }
        match self.called(&squeezed(text), &tokens(text).concat()) {
            Some(Meaning::Certain(certain)) => Some(certain),
            _ => None,
        }
    }

    /// Returns what a text means.
    pub fn meaning(&self, text: &str) -> Meaning<'a> {
        let plain = squeezed(text);
        if plain.is_empty() || text.chars().nth(LONGEST).is_some() || is_signed_number(text) {
            return Meaning::Unknown;
        }
        let tokens = tokens(text);
        let key = tokens.concat();
        if let Some(meaning) = self.called(&plain, &key) {
            return meaning;
        }
        // What denies or reserves something is never taken for its opposite.
        let reserve = Reserve::of(text, &tokens);
        if reserve == Reserve::Doubt {
            return Meaning::Unknown;
        }
        let mut asked = self.within(text, reserve);
        if asked.is_empty() && reserve == Reserve::None {
            asked = self.words(|name| is_part(&key, &plain, &tokens, name));
        }
        if asked.is_empty() {
            return self.by_letters(&tokens, reserve);
        }
        if asked.len() > MOST_ASKED {
            return Meaning::Unknown;
        }
        Meaning::Perhaps(asked)
    }

    /// Returns what a text means that is a whole name.
    fn called(&self, plain: &str, key: &str) -> Option<Meaning<'a>> {
        if plain.is_empty() {
            return None;
        }
        let same = |name: &&Name<'_>| name.is_word && name.squeezed == plain;
        if let Some(name) = self.0.iter().find(same) {
            return Some(Meaning::Certain(Certain::Same(name.word)));
        }
        let is_name =
            |name: &Name<'_>| name.squeezed == plain || !key.is_empty() && name.key == key;
        match self.words(is_name).as_slice() {
            [] => None,
            [one] => Some(Meaning::Certain(Certain::Called(one))),
            several => Some(Meaning::Perhaps(several.to_vec())),
        }
    }

    /// Returns the words whose names pass a test, each once.
    fn words(&self, test: impl Fn(&Name<'_>) -> bool) -> Vec<&'a str> {
        let mut found = Vec::new();
        for name in self.0.iter().filter(|name| test(name)) {
            if !found.contains(&name.word) {
                found.push(name.word);
            }
        }
        found
    }

    /// Returns the words whose names are within a longer text, the longest names only.
    fn within(&self, text: &str, reserve: Reserve) -> Vec<&'a str> {
        let (plain, starts) = bounded(text);
        let mut hits: Vec<(usize, usize, &'a str)> = Vec::new();
        let may_be = |name: &&Name<'_>| !name.squeezed.is_empty() && name.word != ASSENT;
        for name in self.0.iter().filter(may_be) {
            for (start, _) in plain.match_indices(name.squeezed.as_str()) {
                let end = start + name.squeezed.len();
                let is_apart = starts.contains(&start) && starts.contains(&end);
                let is_denied = reserve > name.reserve
                    || !starts.contains(&start) && is_denied_by(&plain[..start]);
                let is_found = is_apart && name.squeezed.len() > 2 || is_telling(&name.squeezed);
                if is_found && !is_denied {
                    hits.push((start, end, name.word));
                }
            }
        }
        let covers = |(start, end, _): &(usize, usize, &str),
                      (from, to, _): &(usize, usize, &str)| {
            from <= start && end <= to && to - from > end - start
        };
        let mut found = Vec::new();
        for hit in &hits {
            if !hits.iter().any(|other| covers(hit, other)) && !found.contains(&hit.2) {
                found.push(hit.2);
            }
        }
        found
    }

    /// Returns the words that differ by slips, apart from the tokens that they share: `smart lock` is no slip of
    /// `smart-toy`.
    fn by_letters(&self, tokens: &[String], reserve: Reserve) -> Meaning<'a> {
        let key = tokens.concat();
        let likeness = |name: &Name<'a>| {
            let (here, there) = apart(tokens, &name.tokens);
            let is_denied = here.strip_suffix(there.as_str()).is_some_and(is_denied_by);
            if reserve > name.reserve || is_denied {
                return None;
            }
            let own = likeness(&here, &there, FEWEST_SLIP);
            let whole = || likeness(&key, &name.key, FEWEST_WHOLE).filter(|_| name.is_word);
            let (n_slips, is_sure) = own.or_else(whole)?;
            Some((n_slips, !(is_sure && name.is_word), name.word))
        };
        let mut near: Vec<(usize, bool, &'a str)> = self.0.iter().filter_map(likeness).collect();
        near.sort_unstable();
        let Some((fewest, is_doubtful, first)) = near.first().copied() else {
            return Meaning::Unknown;
        };
        let mut words = Vec::new();
        for (_, _, word) in near.iter().filter(|(n, _, _)| *n == fewest) {
            if !words.contains(word) {
                words.push(*word);
            }
        }
        match words.as_slice() {
            [_] if !is_doubtful => Meaning::Slip(first),
            words if words.len() <= MOST_ASKED => Meaning::Perhaps(words.to_vec()),
            _ => Meaning::Unknown,
        }
    }
}

/// Returns true if a text is a part of a name, as `detector` of `fire-detector`.
fn is_part(key: &str, plain: &str, tokens: &[String], name: &Name<'_>) -> bool {
    let is_run = name
        .tokens
        .windows(tokens.len().max(1))
        .any(|run| run == tokens);
    is_run && key.len() > 2 || is_unspaced(plain) && name.squeezed.contains(plain)
}

/// Returns true for a name that is found within longer words: a long one, or one in a script without blanks.
fn is_telling(plain: &str) -> bool {
    plain.chars().count() >= FEWEST_WITHIN || is_unspaced(plain)
}

/// Returns true for a name in a script that puts no blanks between words.
fn is_unspaced(plain: &str) -> bool {
    plain.chars().count() >= 2 && plain.chars().all(|c| c >= '\u{2e80}')
}

/// Returns the text without blanks and hyphens, and the bytes of it at which a word begins or ends.
fn bounded(text: &str) -> (String, Vec<usize>) {
    let mut plain = String::new();
    let mut bounds = vec![0];
    for c in folded(text).chars() {
        if c.is_alphanumeric() || !squeezed(c.encode_utf8(&mut [0; 4])).is_empty() {
            if !c.is_alphanumeric() {
                bounds.push(plain.len());
            }
            plain.push(c);
            if !c.is_alphanumeric() {
                bounds.push(plain.len());
            }
        } else {
            bounds.push(plain.len());
        }
    }
    bounds.push(plain.len());
    (plain, bounds)
}

/// Returns how many slips make one text the other, if they are few, and whether that leaves little doubt.
fn likeness(here: &str, there: &str, fewest: usize) -> Option<(usize, bool)> {
    let n_letters = there.chars().count();
    let most = if n_letters < 4 || here.is_empty() {
        return None;
    } else {
        (n_letters / 4).max(1)
    };
    let n_slips = slips(here, there, most)?;
    Some((n_slips, n_slips == 1 && n_letters >= fewest))
}

/// Returns both texts without the tokens that they share.
fn apart(one: &[String], other: &[String]) -> (String, String) {
    let rest = |from: &[String], other: &[String]| -> String {
        let own = from.iter().filter(|token| !other.contains(token));
        own.map(String::as_str).collect()
    };
    (rest(one, other), rest(other, one))
}

#[cfg(test)]
mod tests;
