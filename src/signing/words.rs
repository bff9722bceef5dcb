//! Recognises parts of the text of a signed copy: hashes, dates, and the few words that signing adds.

use crate::domain::date::MONTHS;
use crate::domain::{Application, Date, Field};

/// The word before the hash; `declared:` may follow it.
const MARK: &str = "content";
/// How many digits of a hash documents print.
pub(super) const DIGITS: usize = 16;
/// How many digits of a hash an OCR program reads correctly at least; two hashes share one or two by chance.
const NEAR: usize = 10;

/// Words that signing programs and people write beside a name.
const SIGNING: &[&str] = &[
    "digitallysignedby",
    "electronicallysignedby",
    "signedelectronicallyby",
    "esignedby",
    "docusignedby",
    "docusignenvelopeid",
    "envelopeid",
    "signedby",
    "signed",
    "signer",
    "signatory",
    "signature",
    "onbehalfof",
    "forandonbehalfof",
    "name",
    "title",
    "position",
    "place",
    "location",
    "date",
    "dated",
    "time",
    "reason",
    "by",
    "at",
    "on",
    "for",
    "in",
    "utc",
    "gmt",
    "sgt",
    "jst",
    "kst",
    "cet",
    "cest",
    "am",
    "pm",
    "t",
    "z",
];

/// The word before the number that a signing service writes on every page.
const ENVELOPE: &str = "envelopeid";
/// The length of that number.
const NUMBER: usize = 36;
/// How many more signs than letters and digits a harmless text may have.
const MANY_SIGNS: usize = 3;

/// Returns a text in the form of the PDF reader: lower case, without white space.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<String>().to_lowercase()
}

/// Ligatures as Ghostscript writes them: with the bytes of each letter swapped.
const SWAPPED: &[(&str, &str)] = &[
    ("昀昀椀", "ffi"),
    ("昀昀氀", "ffl"),
    ("昀昀", "ff"),
    ("昀椀", "fi"),
    ("昀氀", "fl"),
];
const SWAPPED_F: char = '昀';

/// Returns the text of a page without accidental differences: ligatures become letters, and the release of this
/// program is removed, so that a signature survives the next release.
pub(super) fn plain(text: &str) -> String {
    const TOOL: &str = env!("CARGO_PKG_NAME");
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ﬀ' => plain.push_str("ff"),
            'ﬁ' => plain.push_str("fi"),
            'ﬂ' => plain.push_str("fl"),
            'ﬃ' => plain.push_str("ffi"),
            'ﬄ' => plain.push_str("ffl"),
            '\u{ad}' => plain.push('-'),
            '∙' => plain.push('·'),
            c => plain.push(c),
        }
    }
    if plain.contains(SWAPPED_F) {
        for (swapped, letters) in SWAPPED {
            plain = plain.replace(swapped, letters);
        }
    }
    let mut parts = plain.split(TOOL);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(TOOL);
        text.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'));
    }
    text
}

/// A hash in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shown<'t> {
    pub(super) digits: &'t str,
    /// Whether `declared:` precedes it, as only in the declaration.
    pub(super) declares: bool,
}

/// Returns the hashes in a text; an OCR program may have misread some digits.
pub(super) fn hashes(text: &str) -> Vec<Shown<'_>> {
    let found = text.match_indices(MARK).filter_map(|(at, mark)| {
        let rest = text.get(at + mark.len()..)?;
        let declared = rest.strip_prefix("declared");
        let rest = declared.unwrap_or(rest);
        let digits = rest.strip_prefix(':').unwrap_or(rest).get(..DIGITS)?;
        let is_hash = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then_some(Shown {
            digits,
            declares: declared.is_some(),
        })
    });
    found.collect()
}

/// Returns true if two hashes differ so little that one may be a misreading of the other.
pub(super) fn is_near(one: &str, other: &str) -> bool {
    let same = one
        .bytes()
        .zip(other.bytes())
        .filter(|(one, other)| one == other);
    same.count() >= NEAR
}

/// Returns the dates that a text has more often than another, each once.
pub(super) fn other_dates(text: &str, than: &str) -> Vec<Date> {
    let mut dates = Vec::new();
    for (at, _) in text.match_indices('-') {
        let shown = at
            .checked_sub(4)
            .and_then(|start| text.get(start..start + 10));
        let Some((shown, date)) = shown.and_then(|shown| Some((shown, shown.parse().ok()?))) else {
            continue;
        };
        let is_new = text.matches(shown).count() > than.matches(shown).count();
        if is_new && !dates.contains(&date) {
            dates.push(date);
        }
    }
    dates
}

/// The words that a signatory adds: name, company, place, date.
pub(super) struct Harmless {
    words: Vec<String>,
    /// The initials of the signatory.
    initials: Vec<String>,
}

impl Harmless {
    /// Returns the words of an application's signatory.
    pub(super) fn of(application: &Application) -> Self {
        let signatory = &application.signatory;
        let given = [
            &signatory.name,
            &signatory.title,
            &signatory.place,
            &application.applicant.name,
        ];
        let given = given.into_iter().filter_map(Field::as_ref);
        let mut words: Vec<String> = given
            .flat_map(|text| std::iter::once(text.as_str()).chain(text.split_whitespace()))
            .map(squeezed)
            .filter(|word| word.chars().count() > 1)
            .collect();
        words.extend(SIGNING.iter().map(|word| (*word).to_owned()));
        for month in MONTHS {
            words.push(month.to_owned());
            words.extend(month.get(..3).map(str::to_owned));
        }
        // The longest first, so that no word is taken for the beginning of another.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let name = signatory.name.as_deref().unwrap_or_default();
        Self {
            words,
            initials: initials(name),
        }
    }

    /// Returns true if a text may be added to a page that is not to be signed: initials, or the line of a signing
    /// service. A date or a number there would read as part of the declared text.
    pub(super) fn are_all_elsewhere(&self, text: &str) -> bool {
        let text = squeezed(text);
        self.initials.contains(&text) || (text.contains(ENVELOPE) && self.are_all(&text))
    }

    /// Returns true if a text consists of such words, dates and times.
    pub(super) fn are_all(&self, text: &str) -> bool {
        let text = squeezed(text);
        // Rows of dashes and squares would hide the words below them.
        let n_letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        if text.chars().count() - n_letters > n_letters + MANY_SIGNS {
            return false;
        }
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            if first.is_ascii_digit() {
                let end = rest.find(|c: char| !is_of_time(c)).unwrap_or(rest.len());
                let (time, after) = rest.split_at(end);
                if !is_time(time) {
                    return false;
                }
                rest = after;
            } else if first.is_alphanumeric() {
                let mut words = self.words.iter();
                let found = words.find_map(|word| Some((word, rest.strip_prefix(word.as_str())?)));
                let Some((word, after)) = found else {
                    return false;
                };
                rest = if word.ends_with(ENVELOPE) {
                    after_number(after)
                } else {
                    after
                };
            } else {
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
        true
    }
}

/// Returns the usual forms of the initials of a name: `je`, `j.e.`.
fn initials(name: &str) -> Vec<String> {
    let first: Vec<char> = name
        .split_whitespace()
        .filter_map(|word| word.to_lowercase().chars().next())
        .collect();
    if first.len() < 2 {
        return Vec::new();
    }
    let plain = first.iter().collect();
    vec![plain, first.iter().flat_map(|c| [*c, '.']).collect()]
}

/// Returns the text after the number of an envelope.
fn after_number(text: &str) -> &str {
    let number = text.trim_start_matches(':');
    let is_part = |(at, c): (usize, char)| match at {
        8 | 13 | 18 | 23 => c == '-',
        _ => c.is_ascii_hexdigit(),
    };
    let mut digits = number.char_indices().take(NUMBER);
    if number.len() >= NUMBER && digits.all(is_part) {
        number.get(NUMBER..).unwrap_or_default()
    } else {
        text
    }
}

const fn is_of_time(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ':' | '/' | '-' | '+' | '\'' | ',')
}

/// Returns true for a date, a time, or a day or year beside the name of a month. The parts of a version are shorter.
fn is_time(text: &str) -> bool {
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        [one] => matches!(one.len(), 1 | 2 | 4),
        [hours, minutes] => hours.len() <= 2 && minutes.len() == 2 && text.contains(':'),
        [first, .., last] => {
            let is_full = |part: &str| matches!(part.len(), 2 | 4);
            parts.len() <= 9 && (first.len() == 4 || is_full(last))
        }
        [] => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_hashes_behind_their_mark() {
        let text = "acme·content3694727916096835page1of4contentdeclared:0694727916096835.a";
        let found: Vec<_> = hashes(text)
            .iter()
            .map(|one| (one.digits, one.declares))
            .collect();
        assert_eq!(
            found,
            [("3694727916096835", false), ("0694727916096835", true)]
        );
        assert_eq!(hashes("contentdeclared:369472791609683x"), []);
        assert!(is_near("3694727916096835", "3694727916096830"));
        assert!(!is_near("3694727916096835", "9fe8e028f1305049"));
    }

    #[test]
    fn the_release_of_the_program_is_no_content() {
        let now = plain("clspack0.1.0,templatedeclaration2.");
        assert_eq!(now, plain("clspack0.12.3,templatedeclaration2."));
        assert_ne!(now, plain("clspack0.1.0,templatedeclaration3."));
        assert_eq!(plain("ofﬁce"), "office");
    }

    #[test]
    fn finds_dates_that_are_new() {
        let dates = other_dates("level32026-12-01and2026-11-20", "2026-12-08and2026-11-20");
        assert_eq!(dates, ["2026-12-01".parse().unwrap()]);
    }

    #[test]
    fn knows_what_signing_adds() {
        let words = Harmless {
            words: [
                "alexexample",
                "singapore",
                "digitallysignedby",
                "envelopeid",
                "date",
                "nov",
                "on",
            ]
            .map(str::to_owned)
            .to_vec(),
            initials: initials("Alex Example"),
        };
        for (text, expected) in [
            ("AE", true),
            ("a.e.", true),
            ("2035-12-31", false),
            ("Singapore", false),
        ] {
            assert_eq!(words.are_all_elsewhere(text), expected, "{text}");
        }
        for text in [
            "Digitally signed by Alex Example\nDate: 2026-11-20 12:00:01 +08'00'",
            "Singapore, 20 Nov 2026",
            "20.11.2026",
            "Envelope ID: 0a1b2c3d-1111-2222-3333-444455556666Date",
            "",
        ] {
            assert!(words.are_all(text), "{text}");
        }
        for text in [
            "I do NOT declare",
            "please sign here",
            "1.11",
            "Alex Example, not",
            "123456",
            "---------",
            "■■■■■■■■■",
        ] {
            assert!(!words.are_all(text), "{text}");
        }
    }
}
