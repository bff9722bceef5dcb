//! Normal forms of texts for the search for other clients' data: letters and digits in any case and form, with any
//! punctuation and spaces between them.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

/// The words of a text: lower-case letters and digits, one space between words.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Words(String);

impl Words {
    pub(crate) fn of(text: &str) -> Self {
        let mut words = String::with_capacity(text.len());
        let mut start = 0;
        let end_word = |words: &mut String, start: &mut usize| {
            let kind = KINDS.iter().find(|(long, _)| words[*start..] == **long);
            if let Some((_, short)) = kind {
                words.truncate(*start);
                words.push_str(short);
            }
            *start = words.len();
        };
        for c in folded(&one_form(text)) {
            if c.is_alphanumeric() {
                if start == words.len() && start > 0 {
                    words.push(' ');
                    start += 1;
                }
                words.push(c);
            } else if start < words.len() {
                end_word(&mut words, &mut start);
            }
        }
        end_word(&mut words, &mut start);
        Self(words)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns true if these words contain the words of another, in order and as whole words.
    pub(crate) fn hold(&self, other: &Self) -> bool {
        !other.0.is_empty() && places(&self.0, &other.0, is_of_word).next().is_some()
    }

    /// Returns the usual spellings of the words: with umlauts and other accented letters, or with two letters for
    /// each.
    pub(crate) fn spellings(&self) -> Vec<String> {
        const PAIRS: [(char, &str); 6] = [
            ('ä', "ae"),
            ('ö', "oe"),
            ('ü', "ue"),
            ('ß', "ss"),
            ('ø', "oe"),
            ('å', "aa"),
        ];
        let plain = PAIRS.iter().fold(self.0.clone(), |text, (dotted, pair)| {
            text.replace(*dotted, pair)
        });
        let dotted = PAIRS[..3]
            .iter()
            .fold(self.0.clone(), |text, (dotted, pair)| {
                text.replace(*pair, &dotted.to_string())
            });
        let mut spellings = vec![self.0.clone(), plain, dotted];
        spellings.sort();
        spellings.dedup();
        spellings
    }

    /// Creates words from another spelling.
    pub(crate) const fn from_spelling(spelling: String) -> Self {
        Self(spelling)
    }

    /// Returns the words without spaces if they are a number, such as a registration number, which people write in
    /// groups of any length.
    pub(crate) fn to_number(&self) -> Option<String> {
        const FEWEST_DIGITS: usize = 7;
        const MOST_LETTERS: usize = 4;
        let number = self.0.replace(' ', "");
        let n_digits = number.chars().filter(char::is_ascii_digit).count();
        let is_number = n_digits >= FEWEST_DIGITS
            && number.is_ascii()
            && number.len() - n_digits <= MOST_LETTERS
            && number.len() >= 9;
        is_number.then_some(number)
    }

    /// Returns the words without spaces, to search for in a text whose spaces are lost, as in a PDF file. Returns
    /// nothing for a single word in letters, which may be part of another word there, and for a text that is too
    /// light.
    pub(crate) fn to_unspaced(&self) -> Option<String> {
        const LIGHTEST: usize = 9;
        let other = cut_short(self.0.split(' ').collect());
        let has_digit = |c: char| c.is_ascii_digit() || is_unspaced(c);
        let is_word = !self.0.contains(' ') && !self.0.contains(has_digit);
        (!is_word && weight(&other) >= LIGHTEST).then_some(other)
    }
}

/// Returns only the letters and digits of a text, in lower case.
pub(crate) fn unspaced(text: &str) -> String {
    let letters = folded(&one_form(text))
        .filter(|c| c.is_alphanumeric())
        .collect();
    cut_short(letters)
}

/// Returns a text with one form for each character: full-width letters, ligatures, combining accents and signs such
/// as ㈱ are replaced by their plain equivalents.
fn one_form(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    ComposingNormalizerBorrowed::new_nfkc().normalize(text)
}

/// Returns lower-case characters, without invisible ones between letters, such as soft hyphens.
fn folded(text: &str) -> impl Iterator<Item = char> {
    let is_seen = |c: &char| {
        !matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
        ) && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}')
    };
    text.chars().filter(is_seen).flat_map(char::to_lowercase)
}

/// Legal forms, written out and abbreviated; documents of one company use both.
const KINDS: [(&str, &str); 5] = [
    ("private", "pte"),
    ("limited", "ltd"),
    ("company", "co"),
    ("corporation", "corp"),
    ("incorporated", "inc"),
];

/// Returns a text without spaces, with its legal forms abbreviated.
fn cut_short(text: String) -> String {
    let is_long = |(long, _): &&(&str, &str)| text.contains(*long);
    if !KINDS.iter().any(|kind| is_long(&kind)) {
        return text;
    }
    KINDS
        .iter()
        .fold(text, |text, (long, short)| text.replace(long, short))
}

/// Returns how distinctive a text is. A character of a script without spaces counts twice.
pub(crate) fn weight(text: &str) -> usize {
    text.chars()
        .map(|c| if is_unspaced(c) { 2 } else { 1 })
        .sum()
}

/// Any letter or digit beside a word continues it.
pub(crate) fn is_of_word(c: char) -> bool {
    c != ' '
}

/// In a text without spaces, only digits beside a number continue it.
pub(crate) fn is_of_number(c: char) -> bool {
    c.is_ascii_digit()
}

/// Returns where a text occurs in another as a whole, with no neighbour that continues it.
fn places(text: &str, other: &str, goes_on: fn(char) -> bool) -> impl Iterator<Item = usize> {
    let found = text.match_indices(other).map(|(at, _)| at);
    found.filter(move |at| is_whole(text, *at, at + other.len(), goes_on))
}

/// Returns true if no neighbour of a stretch continues it.
pub(crate) fn is_whole(text: &str, from: usize, to: usize, goes_on: fn(char) -> bool) -> bool {
    let is_apart = |edge: Option<char>, neighbour: Option<char>| match (edge, neighbour) {
        (Some(edge), Some(neighbour)) => !goes_on(edge) || !goes_on(neighbour) || is_unspaced(edge),
        _ => true,
    };
    let (before, inside, after) = (&text[..from], &text[from..to], &text[to..]);
    is_apart(inside.chars().next(), before.chars().next_back())
        && is_apart(inside.chars().next_back(), after.chars().next())
}

/// Returns true for Chinese, Japanese, Korean and Thai characters, which have no spaces between words.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_stands_between_them() {
        for (text, other, found) in [
            (
                "for Bravo Living Pte Ltd, made",
                "Bravo Living Pte. Ltd.",
                true,
            ),
            ("BRAVO\nLIVING  PTE.LTD", "Bravo Living Pte. Ltd.", true),
            ("the authentication", "Authentic", false),
            ("Authentic parts", "Authentic", true),
            ("21 Science Park Road", "1 Science Park Road", false),
            ("at 1 Science Park Road.", "1 Science Park Road", true),
            ("発行：三星電子株式会社の製品", "三星電子株式会社", true),
            ("Hanbit Living", "Hanbit Living Pte. Ltd.", false),
            (
                "Bravo Living (Private) Limited",
                "Bravo Living Pte. Ltd.",
                true,
            ),
            ("Bravo Living Ltd", "Bravo Living Pte. Ltd.", false),
            ("ＢＲＡＶＯ　Ｌｉｖｉｎｇ", "Bravo Living", true),
            ("Mu\u{308}ller", "Müller", true),
            ("Bra\u{ad}vo \u{200b}O\u{fb03}ce", "Bravo Office", true),
            ("㈱三星", "(株)三星", true),
            ("\u{1112}\u{1161}\u{11ab}빛리빙", "한빛리빙", true),
        ] {
            assert_eq!(Words::of(text).hold(&Words::of(other)), found, "{text}");
        }
        for (text, words) in [
            ("", ""),
            (" - ", ""),
            ("a", "a"),
            ("Company, Limited ", "co ltd"),
        ] {
            assert_eq!(Words::of(text).as_str(), words);
        }
    }

    #[test]
    fn without_blanks_a_single_word_says_nothing() {
        for (text, other, found) in [
            ("forBravoLivingPte.Ltd,made", "Bravo Living Pte. Ltd.", true),
            ("theauthentication", "Authentic", false),
            (
                "ofBravoLivingPrivateLimited.",
                "Bravo Living Pte. Ltd.",
                true,
            ),
            ("BravoLivingLimited", "Bravo Living Ltd.", true),
            ("BravoUnlimitedParts", "Bravo Unlimited Parts", true),
            ("at21SciencePark", "1 Science Park", false),
            ("at1SciencePark", "1 Science Park", true),
            ("UEN201454321N,", "201454321N", true),
            ("1201454321N", "201454321N", false),
            ("三星電子株式会社の", "三星電子株式会社", true),
        ] {
            let other = Words::of(other).to_unspaced();
            let text = unspaced(text);
            let found_there =
                other.is_some_and(|other| places(&text, &other, is_of_number).next().is_some());
            assert_eq!(found_there, found, "{text}");
        }
    }
}
