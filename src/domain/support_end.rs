//! Finds dates for the end of support in a text.

use crate::domain::Date;
use crate::domain::date::MONTHS;

/// Words of a sentence about support and updates.
const SUPPORT: &[&str] = &[
    "support",
    "supported",
    "supports",
    "updates",
    "update",
    "patches",
    "maintained",
    "sicherheitsupdates",
];

/// Words before the end of support.
const UNTIL: &[&str] = &[
    "until", "till", "through", "bis", "ends", "end", "ending", "expires", "ended",
];

/// Words for a first day, or for a minimum.
const OTHERWISE: &[&str] = &[
    "least",
    "previous",
    "old",
    "earlier",
    "former",
    "predecessor",
    "mindestens",
    "formerly",
    "was",
];

/// A day, a month or a year, as precise as a text names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Named {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

/// Returns the first end of support in a text that is a different one.
pub fn other_end(until: Date, text: &str) -> Option<String> {
    ends(text).find_map(|(named, here)| differs(named, until).then_some(here))
}

/// Returns true if a text names this end of support, even only its year.
pub fn names_end(until: Date, text: &str) -> bool {
    ends(text).any(|(named, _)| !differs(named, until))
}

/// Returns the ends of support that a text names.
fn ends(text: &str) -> impl Iterator<Item = (Named, String)> {
    let sentences = text
        .split(['\n', ';', '。'])
        .flat_map(|part| part.split(". "));
    let dated = sentences.filter(|sentence| has_year(sentence));
    dated.filter_map(|sentence| named_end(sentence).or_else(|| in_cjk(sentence)))
}

/// Returns true if a text has the digits of a year. It is a quick test: most sentences fail it.
pub fn has_year(text: &str) -> bool {
    let mut digits = text.as_bytes().windows(4);
    digits.any(|four| four[0] == b'2' && four[1..].iter().all(u8::is_ascii_digit))
}

fn differs(named: Named, until: Date) -> bool {
    let (year, month, day) = until.parts();
    named.year != year
        || named.month.is_some_and(|other| other != month)
        || named.day.is_some_and(|other| other != day)
}

/// Returns true if a text may name an end of support. It is a quick test: most texts fail it.
pub fn may_name_end(text: &str) -> bool {
    // The words of `SUPPORT`, by their first letters, in any case.
    let begins = |four: &[u8]| {
        let lower = |i: usize| four[i].to_ascii_lowercase();
        match lower(0) {
            b's' => lower(1) == b'u' && lower(2) == b'p' && lower(3) == b'p',
            b'u' => lower(1) == b'p' && lower(2) == b'd' && lower(3) == b'a',
            b'p' => lower(1) == b'a' && lower(2) == b't' && lower(3) == b'c',
            b'm' => lower(1) == b'a' && lower(2) == b'i' && lower(3) == b'n',
            _ => false,
        }
    };
    !text.is_ascii() || text.as_bytes().windows(4).any(begins)
}

fn named_end(sentence: &str) -> Option<(Named, String)> {
    if !may_name_end(sentence) {
        return None;
    }
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let bare = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let plain: Vec<String> = words.iter().map(|word| bare(word)).collect();
    let has = |of: &[&str]| plain.iter().any(|word| of.contains(&word.as_str()));
    if !has(SUPPORT) || has(OTHERWISE) {
        return None;
    }
    let support = plain
        .iter()
        .position(|word| SUPPORT.contains(&word.as_str()))?;
    for i in (0..plain.len()).filter(|i| UNTIL.contains(&plain[*i].as_str())) {
        // The date follows within a few words, and it is the support that ends.
        let is_near = support.abs_diff(i) <= 8;
        let near = plain
            .get(i + 1..(i + 8).min(plain.len()))
            .unwrap_or_default();
        let Some(at) = near
            .iter()
            .position(|word| year_of(word).is_some())
            .filter(|_| is_near)
        else {
            continue;
        };
        let named = day_of(&near[..=at])?;
        let from = near[..=at]
            .iter()
            .position(|word| is_of_day(word))
            .unwrap_or(at);
        let here = words.get(i + 1 + from..=i + 1 + at)?.join(" ");
        return Some((named, here.trim_end_matches(['.', ',', ')']).to_owned()));
    }
    None
}

fn is_of_day(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || month_of(word).is_some()
}

fn month_of(word: &str) -> Option<i8> {
    let is_it = |month: &&str| *month == word || month.get(..3) == Some(word);
    let i = MONTHS.iter().position(is_it)?;
    i8::try_from(i + 1).ok()
}

/// Returns the year of a word such as `2030`, `2030-12-31` or `31.12.2030`.
fn year_of(word: &str) -> Option<i16> {
    let mut parts = word.split(['-', '.', '/']);
    let year = parts.find(|part| part.len() == 4)?;
    year.parse()
        .ok()
        .filter(|year| (2000..=2999).contains(year))
}

fn day_of(words: &[String]) -> Option<Named> {
    let last = words.last()?;
    let year = year_of(last)?;
    if let Ok(date) = last.parse::<Date>() {
        let (_, month, day) = date.parts();
        return Some(Named {
            year,
            month: Some(month),
            day: Some(day),
        });
    }
    let month = words.iter().find_map(|word| month_of(word));
    let number = |word: &String| {
        let digits = word.trim_end_matches(char::is_alphabetic);
        digits
            .parse::<i8>()
            .ok()
            .filter(|day| (1..=31).contains(day))
    };
    let day = month.and_then(|_| words.iter().find_map(number));
    Some(Named { year, month, day })
}

/// `2030年12月31日まで`, `2030년까지`, `至2030年`.
fn in_cjk(sentence: &str) -> Option<(Named, String)> {
    let about = [
        "サポート",
        "更新",
        "アップデート",
        "지원",
        "업데이트",
        "支持",
        "更新",
    ];
    if sentence.is_ascii() || !about.iter().any(|word| sentence.contains(word)) {
        return None;
    }
    for sign in ['年', '년'] {
        for (at, _) in sentence.match_indices(sign) {
            let before = sentence.get(..at)?;
            let start = before.len() - before.len().min(4);
            let Some(year) = before.get(start..).and_then(|year| year.parse().ok()) else {
                continue;
            };
            let after: String = sentence.get(at..)?.chars().take(12).collect();
            let ends = ["まで", "까지"].iter().any(|end| after.contains(end));
            let leads = before.get(..start)?.trim_end().ends_with(['至', '到']);
            if (2000..=2999).contains(&year) && (ends || leads) {
                let here = format!("{year}{sign}");
                return Some((
                    Named {
                        year,
                        month: None,
                        day: None,
                    },
                    here,
                ));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_about_support_passes_the_quick_test() {
        for word in SUPPORT {
            assert!(
                may_name_end(word) && may_name_end(&word.to_uppercase()),
                "{word}"
            );
        }
        assert!(may_name_end("サポート") && !may_name_end("The certificate is valid until 2029."));
    }

    #[test]
    fn ends_of_support_are_read() {
        let end = |text: &str| {
            named_end(text)
                .or_else(|| in_cjk(text))
                .map(|(named, _)| (named.year, named.month, named.day))
        };
        for (text, found) in [
            (
                "The product is supported until 2029.",
                Some((2029, None, None)),
            ),
            (
                "Security updates are provided until 30 June 2029.",
                Some((2029, Some(6), Some(30))),
            ),
            (
                "Support ends on 2029-06-30",
                Some((2029, Some(6), Some(30))),
            ),
            (
                "Updates run through December 31, 2029",
                Some((2029, Some(12), Some(31))),
            ),
            ("Sicherheitsupdates bis 2029", Some((2029, None, None))),
            ("サポートは2029年12月31日までです", Some((2029, None, None))),
            ("2029년까지 지원합니다", Some((2029, None, None))),
            ("Support lasts at least until 2029.", None),
            ("The update of May 2029 is signed.", None),
            ("The certificate is valid until 2029.", None),
            ("Updates since 2020 are listed.", None),
        ] {
            assert_eq!(end(text), found, "{text}");
        }
    }
}
