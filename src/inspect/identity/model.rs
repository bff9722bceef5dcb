//! Finds models in a text: the model, a family that includes it, or another model.

use std::sync::LazyLock;

use crate::inspect::identity::fold::{bare, folded};
use crate::inspect::identity::labels::{FAMILY, Kind};
use crate::inspect::identity::spelling::{self, Alike, alike};
use crate::inspect::identity::text::{Labelled, Text};
use crate::look::InFile;

/// The most words that are compared with a model, a bound on the work for a long text.
const MOST: usize = 200_000;

#[derive(Clone, Debug)]
pub(super) struct Other<'t> {
    pub(super) at: &'t InFile,
    pub(super) written: String,
    pub(super) alike: Alike,
}

/// Returns true if a text names a family to which a model belongs: `HX-200 series`, `HX-20x`, `WB-K300/K310`.
pub(super) fn is_of_family(text: &Text<'_>, model: &str) -> bool {
    let model = folded(model);
    let first = model.chars().find(|c| c.is_alphanumeric());
    text.passages.iter().any(|passage| {
        words(&passage.text).any(|(start, word)| {
            // Most words neither begin like the model nor list endings.
            if !begins_alike(word, first) && !word.bytes().any(|b| BREAKS.contains(&b)) {
                return false;
            }
            let after = passage.text[start + word.len()..].trim_start();
            let before = passage.text[..start].trim_end();
            is_pattern(word, &model)
                || is_listed(word, &model)
                || (is_beginning(word, &model) && is_family(before, after))
        })
    })
}

/// Returns true if a word for a family is next to the name.
fn is_family(before: &str, after: &str) -> bool {
    let after = after.trim_start_matches(['-', '(', ' ']).to_lowercase();
    let before = before.to_lowercase();
    FAMILY
        .iter()
        .any(|word| after.starts_with(word) || before.ends_with(word))
}

/// Words of a family in capitals, as names are compared.
static FAMILY_UPPER: LazyLock<Vec<String>> =
    LazyLock::new(|| FAMILY.iter().map(|word| word.to_uppercase()).collect());

/// Returns true if the first letter or digit of a word is this one, ignoring case.
fn begins_alike(word: &str, first: Option<char>) -> bool {
    let of_word = word.chars().find(|c| c.is_alphanumeric());
    of_word.zip(first).is_some_and(|(one, other)| {
        one.eq_ignore_ascii_case(&other)
            || (!one.is_ascii() || !other.is_ascii()) && one.to_uppercase().eq(other.to_uppercase())
    })
}

fn is_beginning(word: &str, model: &str) -> bool {
    // Most words begin otherwise, and need not be copied.
    if !begins_alike(word, model.chars().find(|c| c.is_alphanumeric())) {
        return false;
    }
    let (word, model) = (bare(word), bare(model));
    // `HX-200-Series` is one word.
    let word = FAMILY_UPPER
        .iter()
        .find_map(|family| word.strip_suffix(family.as_str()))
        .unwrap_or(&word);
    word.len() >= 2
        && (model.starts_with(word) || {
            // `HX-200 series` for HX-210: the same but for its last digits.
            let stem = word.trim_end_matches('0');
            stem.len() >= 2 && stem.len() < word.len() && model.starts_with(stem)
        })
}

/// `HX-20x`, `HX-2**`: signs that replace any other.
fn is_pattern(word: &str, model: &str) -> bool {
    let is_any = |c: char| matches!(c, 'x' | '*' | '□' | '○' | '#' | '_' | '?');
    if !word.contains(is_any) || !word.starts_with(|c: char| !is_any(c)) {
        return false;
    }
    let (word, model): (Vec<char>, Vec<char>) = (word.chars().collect(), model.chars().collect());
    let n_fixed = word
        .iter()
        .filter(|c| c.is_alphanumeric() && !is_any(**c))
        .count();
    let n_same = word
        .iter()
        .zip(&model)
        .take_while(|(w, m)| w == m || is_any(**w))
        .count();
    // The signs at its end may replace no character or several.
    let rest_is_any = word[n_same..].iter().all(|c| is_any(*c));
    let ends_open = word.last().is_some_and(|c| is_any(*c));
    n_fixed >= 2
        && rest_is_any
        && (model.len() == n_same || (ends_open && model.len() <= n_same + 4))
}

/// Signs that break the name of a model into parts.
const BREAKS: &[u8] = b"/()[]";

/// `WB-K300/K310`, `HX-200(K)`: endings that replace the ending of the first.
fn is_listed(word: &str, model: &str) -> bool {
    if !word.bytes().any(|b| BREAKS.contains(&b)) {
        return false;
    }
    let mut parts = word
        .split(['/', '(', ')', '[', ']'])
        .filter(|part| !part.is_empty());
    let Some(first) = parts.next() else {
        return false;
    };
    parts.any(|part| {
        let replaced = first
            .len()
            .checked_sub(part.len())
            .and_then(|keep| first.get(..keep));
        let replaced = replaced.is_some_and(|start| model.strip_suffix(part) == Some(start));
        let ending = model.strip_prefix(first);
        let added = ending.map(|ending| ending.strip_prefix('-').unwrap_or(ending));
        replaced || ending == Some(part) || added == Some(part)
    })
}

/// Returns the words of a text that may be names of models: Latin letters and digits, with signs between.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = part_until(text, at, true);
        at = part_until(text, start, false);
        (start < at).then(|| (start, &text[start..at]))
    })
}

/// Returns the first place from `at` on that is a part of a word, or is none. Long logs are mostly ASCII, so that most
/// characters are judged by their byte.
fn part_until(text: &str, mut at: usize, is_part: bool) -> usize {
    while let Some(byte) = text.as_bytes().get(at) {
        let (found, length) = if byte.is_ascii() {
            (PARTS[usize::from(*byte)], 1)
        } else {
            let c = text[at..].chars().next().unwrap_or_default();
            (matches!(c, '□' | '○'), c.len_utf8())
        };
        if found == is_part {
            break;
        }
        at += length;
    }
    at
}

/// Which characters of ASCII are part of a word.
static PARTS: [bool; 128] = parts();

const fn parts() -> [bool; 128] {
    let mut parts = [false; 128];
    let mut b = 0_u8;
    while b < 128 {
        parts[b as usize] = b.is_ascii_alphanumeric()
            || matches!(
                b,
                b'-' | b'_' | b'/' | b'.' | b'(' | b')' | b'[' | b']' | b'*' | b'#' | b'+'
            );
        b += 1;
    }
    parts
}

/// Returns the name at the beginning of a word, without what a sentence adds: `HX-300.`, `(HX-300)`, `HX-300-based`.
fn plain(word: &str) -> &str {
    let mut word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    if let Some(end) = word.bytes().position(|b| BREAKS.contains(&b)) {
        word = &word[..end];
    }
    while let Some((start, end)) = word.rsplit_once('-') {
        let is_plain = end.len() >= 3 && end.bytes().all(|b| b.is_ascii_lowercase());
        if !is_plain {
            break;
        }
        word = start;
    }
    word
}

/// Returns true for words that begin or end like a model. It is a quick test: most words fail it.
fn may_be_alike(word: &str, bare_model: &str) -> bool {
    let (word, model) = (word.as_bytes(), bare_model.as_bytes());
    let begins = |n: usize| {
        word.get(..n)
            .zip(model.get(..n))
            .is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
    };
    let tail = |bytes: &[u8]| bytes.len().checked_sub(2);
    let ends = tail(word)
        .zip(tail(model))
        .is_some_and(|(one, other)| word[one..].eq_ignore_ascii_case(&model[other..]));
    word.len() <= model.len() + 20 && (begins(1) || ends)
}

/// Returns true for a word that may be a model.
fn may_be_model(word: &str) -> bool {
    word.len() >= 3
        && word.bytes().any(|b| b.is_ascii_digit())
        && word.bytes().any(|b| b.is_ascii_alphabetic())
}

/// Returns the word in a text that is most similar to a model and is not a model of the applicant.
pub(super) fn other<'t>(text: &'t Text<'_>, model: &str, own: &[&str]) -> Option<Other<'t>> {
    let own: Vec<String> = own.iter().map(|name| bare(&folded(name))).collect();
    let model = folded(model);
    let wanted = bare(&model);
    let lines = text
        .passages
        .iter()
        .flat_map(|one| words(&one.text).map(move |(_, word)| (one.at, word)));
    let others = lines.take(MOST).filter_map(|(at, word)| {
        let word = plain(word);
        let is_own = |word: &str| own.contains(&bare(word));
        if !may_be_alike(word, &wanted) {
            return None;
        }
        let alike = alike(word, &model)?;
        // If a letter replaces the only digit, the word is still a model.
        let is_model = may_be_model(word) || (alike == Alike::Look && word.len() >= 3);
        if !is_model || is_own(word) {
            return None;
        }
        Some(Other {
            at,
            written: word.to_owned(),
            alike,
        })
    });
    others.min_by_key(|other| other.alike)
}

/// Returns the models behind labels. A word without a digit is usually a product name.
pub(super) fn labelled<'t>(labelled: &[Labelled<'t>]) -> Vec<(Labelled<'t>, &'t str)> {
    let models = labelled.iter().filter(|one| one.kind == Kind::Model);
    let models = models.filter_map(|one| {
        let first = words(one.value)
            .map(|(_, word)| plain(word))
            .take(4)
            .find(|word| may_be_model(word))?;
        Some((*one, first))
    });
    models.collect()
}

/// Returns every model in a value: `HX-200, HX-200K`, `WB-K300/K310`.
pub(super) fn listed(value: &str) -> Vec<String> {
    let mut models: Vec<String> = Vec::new();
    let is_model = |word: &str| word.len() >= 2 && word.bytes().any(|b| b.is_ascii_digit());
    for (_, word) in words(value) {
        let mut parts = word.split('/').map(plain).filter(|part| !part.is_empty());
        let Some(first) = parts.next().filter(|first| is_model(first)) else {
            continue;
        };
        models.push(first.to_owned());
        for part in parts {
            // An ending replaces that of the first; a whole name begins with a letter like it, and is as long.
            let keep = first.len().saturating_sub(part.len());
            let is_whole = part.len() >= first.len() || !is_model(part) && part.len() > 3;
            models.push(match first.get(..keep) {
                Some(start) if !is_whole => format!("{start}{part}"),
                _ => part.to_owned(),
            });
        }
    }
    models
}

/// Returns true if a model continues on the next line: `HX-2` before `00K`.
pub(super) fn is_wrapped(text: &Text<'_>, word: &str, own: &[&str]) -> bool {
    own.iter().any(|model| {
        let model = folded(model);
        let rest = model.strip_prefix(word).filter(|rest| !rest.is_empty());
        rest.is_some_and(|rest| {
            let broken = [format!("{word}\n{rest}"), format!("{word} \n{rest}")];
            let mut passages = text.passages.iter();
            passages.any(|one| broken.iter().any(|broken| one.text.contains(broken)))
        })
    })
}

/// Returns true if a word has every part of a model, like the number of a document about it: `HX-UG-200` of HX-200.
pub(super) fn has_parts(word: &str, model: &str) -> bool {
    let model = folded(model);
    let mut parts = model.split(['-', '_', ' ', '.']);
    model.contains(['-', '_', ' ', '.'])
        && parts.all(|part| word.split(['-', '_', '.']).any(|other| other == part))
}

/// Returns true if a value names a model in any spelling.
pub(super) fn holds(value: &str, model: &str) -> bool {
    let model = folded(model);
    spelling::find(value, &model).is_some()
        || words(value).any(|(_, word)| is_pattern(word, &model) || is_listed(word, &model))
}

/// Returns the part of a file name that is similar to a model.
pub(super) fn in_name(name: &str, model: &str, own: &[&str]) -> Option<String> {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = folded(stem);
    let model = folded(model);
    let n_parts = model.split(['-', '_', ' ', '.']).count();
    let parts: Vec<&str> = stem.split(['-', '_', ' ', '.', '(', ')', '+']).collect();
    let own: Vec<String> = own.iter().map(|name| bare(&folded(name))).collect();
    for n in [n_parts, n_parts + 1] {
        for window in parts.windows(n) {
            let word = window.join("-");
            if own.contains(&bare(&word)) {
                return None;
            }
        }
    }
    let windows = parts.windows(n_parts).map(|window| window.join("-"));
    let mut others = windows.filter(|word| may_be_model(word));
    others.find(|word| alike(word, &model).is_some())
}
