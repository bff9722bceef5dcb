//! Models, versions, products and company numbers in a text, distinguished from those of the manifest.

use crate::domain::product::plain_model;
use crate::domain::{Application, FieldPath, Uen, field, lookalike};
use crate::plan::mentions::Mention;

/// Words before a version that compare with it: an older or a later one is meant.
const COMPARES: &[&str] = &[
    "from",
    "since",
    "before",
    "older",
    "below",
    "until",
    "than",
    "earlier",
    "previous",
    "old",
    "newer",
    "above",
    "to",
    "last",
    "next",
    "later",
    "formerly",
    "predecessor",
    "replaces",
    "replaced",
    "earliest",
    "minimum",
    "till",
    "seit",
    "ab",
    "vor",
    "bis",
    "older-than",
    "downgrade",
    "downgrades",
    "downgraded",
    "rollback",
    "mended",
    "fixed",
];

/// Those of them by which something began with the version.
const BEGINS: &[&str] = &["from", "since", "seit", "ab"];

/// Words after a version that do the same.
const COMPARES_AFTER: &[&str] = &[
    "or", "onwards", "onward", "upwards", "and", "to", "until", "through", "was", "were", "had",
];

/// Words that begin a sentence or precede any product.
const NO_BRAND: &[&str] = &[
    "the", "each", "every", "our", "this", "that", "a", "an", "all", "any", "no", "in", "on", "of",
    "for", "with", "by", "from", "and", "or", "when", "if", "as", "your", "their", "its", "new",
    "app", "one", "both", "der", "die", "das", "unser", "ein",
];

/// What a manifest names.
pub(crate) struct OwnNames<'a> {
    application: &'a Application,
    /// The models of product and labels, without what people spell differently.
    models: Vec<String>,
    firmware: Vec<&'a str>,
    hardware: Vec<&'a str>,
}

impl<'a> OwnNames<'a> {
    /// Takes in what an application names.
    pub(crate) fn of(application: &'a Application) -> Self {
        let product = &application.product;
        let labels = application.labels.iter();
        let models = product
            .models
            .iter()
            .chain(labels.clone().flat_map(|label| &label.models));
        let of_labels = labels.filter_map(|label| label.firmware_version.as_deref());
        Self {
            application,
            models: models.map(|model| plain_model(model)).collect(),
            firmware: product
                .firmware_version
                .as_deref()
                .into_iter()
                .chain(of_labels)
                .collect(),
            hardware: product.hardware_version.as_deref().into_iter().collect(),
        }
    }

    /// Returns what a text names otherwise, each kind once.
    pub(crate) fn others_in(&self, text: &str) -> Vec<Mention> {
        let found = [
            self.other_model(text),
            Self::other_version(
                text,
                &["firmware", "fw"],
                &self.firmware,
                ("the firmware", field!(product.firmware_version)),
            ),
            Self::other_version(
                text,
                &["hardware", "hw"],
                &self.hardware,
                ("the hardware", field!(product.hardware_version)),
            ),
            self.other_brand(text),
            self.other_uen(text),
        ];
        found.into_iter().flatten().collect()
    }

    /// A model of the same shape: `HX-300` where the models are `HX-200`, `HX-2O0` with the letter O.
    fn other_model(&self, text: &str) -> Option<Mention> {
        let own = self.application.product.models.first()?;
        let words = text.split(|c: char| c.is_whitespace() || "()[],;:\"'“”„/".contains(c));
        let mut before = "";
        let mut words = words.filter(|word| !word.is_empty()).map(|word| {
            let is_called = MODEL.iter().any(|name| is_same(before, name));
            before = word;
            (word, is_called)
        });
        let (here, _) = words.find(|(word, is_called)| {
            let plain = plain_model(word);
            let is_like =
                |own: &String| is_like(&plain, own) || *is_called && differs_last(&plain, own);
            !self.models.contains(&plain) && self.models.iter().any(is_like)
        })?;
        let here = here.trim_matches(|c: char| !c.is_alphanumeric());
        let there = self.application.product.models.iter();
        let hasty = lookalike::read_hastily(here);
        let same = there
            .clone()
            .find(|model| lookalike::read_hastily(model) == hasty);
        Some(Mention {
            what: "the model",
            here: here.to_owned(),
            there: same.unwrap_or(own).clone(),
            field: field!(product.models),
        })
    }

    /// A version after `firmware`, unless the sentence compares it with another or names the right one, too.
    fn other_version(
        text: &str,
        before: &[&str],
        right: &[&'a str],
        (what, field): (&'static str, FieldPath),
    ) -> Option<Mention> {
        let there = right.first()?;
        if !before.iter().any(|word| has(text, word)) {
            return None;
        }
        for sentence in sentences(text) {
            let words: Vec<String> = sentence.split_whitespace().map(bare).collect();
            let is_right = |version: &str| right.iter().any(|right| fits(version, right));
            if words
                .iter()
                .any(|word| looks_like_version(word) && is_right(word))
            {
                continue;
            }
            for (i, _) in words
                .iter()
                .enumerate()
                .filter(|(_, word)| before.contains(&word.as_str()))
            {
                let Some((at, version)) = version_after(&words, i) else {
                    continue;
                };
                let near = &words[i.saturating_sub(3)..at];
                // Nothing was so since a version that is not there yet.
                let began = near.iter().any(|word| BEGINS.contains(&word.as_str()));
                let compares = !(began && is_later(version, there))
                    && near.iter().any(|word| COMPARES.contains(&word.as_str()));
                let after = words
                    .get(at + 1)
                    .is_some_and(|word| COMPARES_AFTER.contains(&word.as_str()));
                if !compares && !after && !is_right(version) {
                    return Some(Mention {
                        what,
                        here: version.to_owned(),
                        there: (*there).to_owned(),
                        field,
                    });
                }
            }
        }
        None
    }

    /// The product's name with another brand, or with another number at its end.
    fn other_brand(&self, text: &str) -> Option<Mention> {
        let (brand, name) = (
            self.application.product.brand.as_deref()?,
            self.application.product.name.as_deref()?,
        );
        // A name of one word may be a word.
        if name.split_whitespace().count() < 2 {
            return None;
        }
        let start = text.find(name)?;
        let before = text.get(..start)?.strip_suffix(' ')?;
        let word = before.rsplit([' ', '\n']).next().unwrap_or_default();
        let begins = word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(char::is_alphanumeric);
        let known = brand.to_lowercase().contains(&word.to_lowercase())
            || NO_BRAND.contains(&word.to_lowercase().as_str());
        (begins && !known).then(|| Mention {
            what: "the brand",
            here: word.to_owned(),
            there: brand.to_owned(),
            field: field!(product.brand),
        })
    }

    fn other_uen(&self, text: &str) -> Option<Mention> {
        let applicant = &self.application.applicant;
        let filer = applicant
            .filed_by
            .as_ref()
            .and_then(|filer| filer.uen.as_ref());
        let (own, field) = match applicant.uen.as_ref() {
            Some(uen) => (Some(uen), field!(applicant.uen)),
            None => (None, field!(applicant.registration)),
        };
        let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
        let other = words.find_map(|word| {
            let uen: Uen = word.parse().ok()?;
            (Some(&uen) != own && Some(&uen) != filer).then_some(word)
        })?;
        Some(Mention {
            what: "the UEN",
            here: other.to_owned(),
            there: applicant.registered()?.number().to_owned(),
            field,
        })
    }
}

/// Returns true for a model of the shape of another: the same letters first, then as many digits.
fn is_like(plain: &str, own: &str) -> bool {
    let letters = |text: &str| text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let n = letters(own);
    let hasty = |text: &str| lookalike::read_hastily(text);
    if plain.len() == own.len() && plain.len() >= 4 && hasty(plain) == hasty(own) {
        return true;
    }
    let digits = |text: &str| {
        let rest = text.as_bytes().get(n..).unwrap_or_default();
        rest.iter().take_while(|b| b.is_ascii_digit()).count()
    };
    let n_digits = digits(own);
    n >= 2
        && n_digits >= 2
        && letters(plain) == n
        && plain.get(..n) == own.get(..n)
        && digits(plain) == n_digits
        && plain.len() <= own.len() + 2
        && !IS_TECHNICAL.contains(&own.get(..n).unwrap_or_default())
}

/// Words before the name of a model.
const MODEL: &[&str] = &[
    "model",
    "models",
    "modell",
    "modelle",
    "malli",
    "モデル",
    "型番",
    "모델",
    "型号",
];

/// Returns true for a word in any case; `name` is in lower case.
fn is_same(word: &str, name: &str) -> bool {
    word.eq_ignore_ascii_case(name) || (!word.is_ascii() && word.to_lowercase() == name)
}

/// Returns true if two names of models differ in their last character alone.
fn differs_last(plain: &str, own: &str) -> bool {
    let without = |text: &str| {
        text.char_indices()
            .next_back()
            .map(|(at, _)| text[..at].to_owned())
    };
    plain.len() >= 4 && plain != own && without(plain) == without(own)
}

/// Letters that begin names of standards, ciphers and the like.
const IS_TECHNICAL: &[&str] = &[
    "AES", "SHA", "RSA", "TLS", "SSL", "WPA", "IP", "IPV", "EN", "ISO", "IEC", "RFC", "CVE", "USB",
    "UTF", "MD", "HTTP", "EC", "ECC", "ECDSA", "ED", "CK", "TS", "TR", "NIST", "SP", "FIPS",
    "WIFI", "BLE", "UL", "DES", "ARM", "CWE",
];

/// Returns true if a text has a word of ASCII in any case. It is a quick test: most texts have it nowhere.
fn has(text: &str, word: &str) -> bool {
    let mut windows = text.as_bytes().windows(word.len());
    windows.any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

/// Returns the sentences of a text; a point within a version ends none.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', ';', '。'])
        .flat_map(|part| part.split(". "))
}

/// Returns a word of a sentence in small letters, without the signs around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase()
}

/// Returns the version that comes after a word, and where: `firmware version v1.9`.
fn version_after(words: &[String], i: usize) -> Option<(usize, &str)> {
    let between = [
        "version", "versions", "v", "ver", "release", "revision", "rev", "build", "image", "is",
    ];
    for (at, word) in words.iter().enumerate().skip(i + 1).take(3) {
        let version = word.strip_prefix('v').unwrap_or(word);
        if looks_like_version(version) {
            return Some((at, version));
        }
        if !between.contains(&word.as_str()) {
            return None;
        }
    }
    None
}

/// A version begins with a digit and has a point: a bare number counts something.
fn looks_like_version(word: &str) -> bool {
    let word = word.strip_prefix('v').unwrap_or(word);
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.contains('.')
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-_+".contains(c))
}

/// Returns true if a version has higher numbers than another.
fn is_later(version: &str, than: &str) -> bool {
    let numbers = |text: &str| -> Vec<u64> {
        let parts = text.split(|c: char| !c.is_ascii_digit());
        parts.filter_map(|part| part.parse().ok()).collect()
    };
    numbers(version) > numbers(than)
}

/// Returns true for the right version, or its beginning: `2.3` and `2.x` of `2.3.1`.
fn fits(version: &str, right: &str) -> bool {
    let version = version.strip_prefix('v').unwrap_or(version);
    let version = version.strip_suffix(".x").unwrap_or(version);
    let right = right.to_lowercase();
    let right = right.strip_prefix('v').unwrap_or(&right);
    let rest = right.strip_prefix(version);
    // A text may be more exact than the manifest.
    let longer = version.strip_prefix(right);
    let is_part = |rest: &str| rest.is_empty() || rest.starts_with(['.', '-', '_', '+', ' ']);
    rest.is_some_and(is_part) || longer.is_some_and(is_part) || !right.contains('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_are_compared_by_their_shape() {
        for (plain, own, like) in [
            ("HX300", "HX200", true),
            ("HX200J", "HX200", true),
            ("HX2O0", "HX200", true),
            ("HX30", "HX200", false),
            ("AES256", "AES100", false),
            ("TLS13", "HX200", false),
            ("VR7MD97716G", "VR7MD97716H", false),
        ] {
            assert_eq!(is_like(plain, own), like, "{plain} {own}");
        }
    }

    #[test]
    fn versions_are_compared_part_by_part() {
        for (version, right, is_right) in [
            ("1.10", "1.10", true),
            ("1.1", "1.10", false),
            ("v1.10", "1.10", true),
            ("1.9", "1.10", false),
            ("2.3", "2.3.1", true),
            ("2.x", "2.3.1", true),
            ("1.0", "B", true),
        ] {
            assert_eq!(fits(version, right), is_right, "{version} {right}");
        }
    }
}
