//! Texts as they are compared when one client's data is looked for in another's: letters and digits, whatever
//! their case, and whatever points and blanks stand between them.

/// The words of a text: small letters and digits, one space between words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words(String);

impl Words {
    /// Returns the words of a text.
    pub(crate) fn of(text: &str) -> Self {
        let mut words = String::with_capacity(text.len());
        for c in text.chars().flat_map(char::to_lowercase) {
            if c.is_alphanumeric() {
                words.push(c);
            } else if !words.is_empty() && !words.ends_with(' ') {
                words.push(' ');
            }
        }
        let words: Vec<&str> = words.split_whitespace().map(short).collect();
        Self(words.join(" "))
    }

    /// Returns them as a text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns true if the words of another stand here, one after the other and as whole words.
    pub(crate) fn hold(&self, other: &Self) -> bool {
        !other.0.is_empty() && holds(&self.0, &other.0, |c| c != ' ')
    }

    /// Returns true if the words of another stand in a text whose blanks are lost, as those of a PDF file are. A
    /// single word in letters may be part of another there, and is not looked for.
    pub(crate) fn stand_unspaced_in(&self, text: &str) -> bool {
        const LIGHTEST: usize = 9;
        let other = cut_short(self.0.split(' ').collect());
        let is_word = !self.0.contains(' ')
            && !self
                .0
                .contains(|c: char| c.is_ascii_digit() || is_unspaced(c));
        !is_word && weight(&other) >= LIGHTEST && holds(text, &other, |c| c.is_ascii_digit())
    }
}

/// Returns a text without anything between its letters and digits, in small letters.
pub(crate) fn unspaced(text: &str) -> String {
    let letters = text.chars().flat_map(char::to_lowercase);
    let text: String = letters.filter(|c| c.is_alphanumeric()).collect();
    cut_short(text)
}

/// The kinds of companies, written out and cut short: papers of one company do both.
const KINDS: [(&str, &str); 5] = [
    ("private", "pte"),
    ("limited", "ltd"),
    ("company", "co"),
    ("corporation", "corp"),
    ("incorporated", "inc"),
];

/// Returns the short form of a word that is the kind of a company.
fn short(word: &str) -> &str {
    let mut kinds = KINDS.iter();
    let kind = kinds.find(|(long, _)| *long == word);
    kind.map_or(word, |(_, short)| short)
}

/// Returns a text without blanks with its kinds of companies cut short.
fn cut_short(text: String) -> String {
    KINDS
        .iter()
        .fold(text, |text, (long, short)| text.replace(long, short))
}

/// Returns how much a text says: a character of a script that writes words without blanks says as much as two.
pub(crate) fn weight(text: &str) -> usize {
    text.chars()
        .map(|c| if is_unspaced(c) { 2 } else { 1 })
        .sum()
}

/// Finds a text in another, where no neighbour goes on with what begins or ends it.
fn holds(text: &str, other: &str, goes_on: fn(char) -> bool) -> bool {
    let is_apart = |edge: Option<char>, neighbour: Option<char>| match (edge, neighbour) {
        (Some(edge), Some(neighbour)) => !goes_on(edge) || !goes_on(neighbour) || is_unspaced(edge),
        _ => true,
    };
    text.match_indices(other).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + other.len()..]);
        is_apart(other.chars().next(), before.chars().next_back())
            && is_apart(other.chars().next_back(), after.chars().next())
    })
}

/// Returns true for Chinese, Japanese and Korean characters, and Thai, between whose words no blank stands.
fn is_unspaced(c: char) -> bool {
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
        ] {
            assert_eq!(Words::of(text).hold(&Words::of(other)), found, "{text}");
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
            let found_there = Words::of(other).stand_unspaced_in(&unspaced(text));
            assert_eq!(found_there, found, "{text}");
        }
    }
}
