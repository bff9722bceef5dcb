//! Compares company names without legal forms and countries: `Hanbit Co., Ltd.` is `Hanbit Singapore Pte. Ltd.`

use std::borrow::Cow;

use crate::spelling::is_blurred;

/// Legal forms and words that many companies have in their names.
const COMMON: &[&str] = &[
    "pte",
    "ltd",
    "limited",
    "private",
    "co",
    "company",
    "inc",
    "incorporated",
    "llc",
    "llp",
    "plc",
    "corp",
    "corporation",
    "gmbh",
    "ag",
    "kg",
    "mbh",
    "ug",
    "se",
    "sa",
    "sas",
    "sarl",
    "bv",
    "nv",
    "oy",
    "oyj",
    "ab",
    "as",
    "aps",
    "spa",
    "srl",
    "kk",
    "k",
    "sdn",
    "bhd",
    "the",
    "group",
    "holdings",
    "holding",
    "international",
    "singapore",
    "korea",
    "japan",
    "china",
    "germany",
    "finland",
    "asia",
    "pacific",
    "global",
    "und",
    "and",
    "of",
];

/// Legal forms in Chinese, Japanese and Korean, which are written next to the name without a blank.
const FORMS: &[&str] = &[
    "株式会社",
    "有限会社",
    "合同会社",
    "(株)",
    "㈱",
    "주식회사",
    "(주)",
    "㈜",
    "유한회사",
    "有限公司",
    "有限责任公司",
    "股份",
];

/// What shows that a text is the name of a company.
const MARKS: &[&str] = &[
    "ltd",
    "limited",
    "inc",
    "llc",
    "corp",
    "corporation",
    "gmbh",
    "ag",
    "kg",
    "oy",
    "oyj",
    "kk",
    "bhd",
    "plc",
    "bv",
    "sas",
    "srl",
];

/// Returns the words that identify a name, one for each script. For a company it is the first uncommon word.
fn keys(name: &str) -> Vec<String> {
    let mut lower = name.to_lowercase();
    for form in FORMS {
        lower = lower.replace(form, " ");
    }
    let words = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= 2);
    let mut keys: Vec<String> = Vec::new();
    let (mut has_latin, mut n_other) = (false, 0);
    for word in words.filter(|word| !COMMON.contains(word)) {
        if is_latin(word) {
            if !has_latin {
                has_latin = true;
                keys.push(word.to_owned());
            }
        } else if n_other < 2 {
            n_other += 1;
            keys.push(word.to_owned());
        }
    }
    keys
}

fn is_latin(word: &str) -> bool {
    word.chars().all(|c| c < '\u{250}')
}

/// Returns true if a lower-case text contains one of the names.
pub fn names_one(lower: &str, names: &[String]) -> bool {
    names.iter().flat_map(|name| keys(name)).any(|key| {
        holds(lower, &key)
            || holds(&without_umlauts(lower), &without_umlauts(&key))
            || is_blurred(lower, &key)
    })
}

fn holds(lower: &str, key: &str) -> bool {
    lower.match_indices(key).any(|(start, _)| {
        let before = lower[..start].chars().next_back();
        !is_latin(key) || !before.is_some_and(char::is_alphanumeric)
    })
}

/// `Wächter` is `Waechter` to a register or a keyboard without umlauts.
fn without_umlauts(lower: &str) -> Cow<'_, str> {
    let umlauts = [('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('ß', "ss")];
    if lower.is_ascii() {
        return Cow::Borrowed(lower);
    }
    let spelled = umlauts
        .iter()
        .fold(lower.to_owned(), |text, (umlaut, letters)| {
            text.replace(*umlaut, letters)
        });
    Cow::Owned(spelled)
}

/// Returns true if a value and the names share a script, since a name in another script cannot be compared.
pub fn is_comparable(value: &str, names: &[String]) -> bool {
    let keys: Vec<String> = names.iter().flat_map(|name| keys(name)).collect();
    let latin = value
        .chars()
        .filter(|c| c.is_alphabetic() && *c < '\u{250}')
        .count();
    let other = value
        .chars()
        .filter(|c| c.is_alphabetic() && *c >= '\u{250}')
        .count();
    let written_in_latin = latin > other;
    keys.iter().any(|key| is_latin(key) == written_in_latin)
}

/// Returns true if a value looks like the name of a company.
pub fn is_company(value: &str) -> bool {
    let lower = value.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    FORMS.iter().any(|form| value.contains(form))
        || words.any(|word| MARKS.contains(&word))
        || lower.contains("k.k.")
}

/// Returns the name in a value without the address that follows.
pub fn name_in(value: &str) -> &str {
    // `Co., Ltd.` has a comma of its own.
    let mut from = 0;
    while let Some(comma) = value[from..].find([',', '、', ';']).map(|at| from + at) {
        let after = value[comma + 1..].trim_start().to_lowercase();
        if MARKS.iter().any(|mark| after.starts_with(mark)) {
            from = comma + 1;
            continue;
        }
        return value[..comma].trim();
    }
    value.trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_is_known_without_umlauts() {
        for (text, name, is_there) in [
            ("holder: waechterblick gmbh", "Wächterblick GmbH", true),
            ("holder: wächterblick gmbh", "Waechterblick GmbH", true),
            ("holder: wachtelblick gmbh", "Wächterblick GmbH", false),
        ] {
            assert_eq!(names_one(text, &[name.to_owned()]), is_there, "{text}");
        }
    }
}
