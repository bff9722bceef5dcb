//! Compares the laboratory that a report names with the manifest.

use crate::diag::{Code, Finding, told};
use crate::domain::text::shown;
use crate::inspect::identity::company;
use crate::inspect::identity::labels::Kind;
use crate::inspect::identity::proof::Proof;

/// Words that many laboratories have in their names, so that one of them alone tells nothing.
const GENERIC: &[&str] = &[
    "example",
    "security",
    "cyber",
    "cybersecurity",
    "test",
    "testing",
    "evaluation",
    "national",
    "technical",
    "technology",
    "product",
    "certification",
    "tüv",
    "tuv",
    "laboratory",
    "laboratories",
    "lab",
    "labs",
    "iot",
    "digital",
    "information",
    "it",
];

/// Words of a body that tests.
const BODIES: &[&str] = &[
    "laborator",
    "lab",
    "test",
    "evaluat",
    "security",
    "prüf",
    "tüv",
    "institut",
    "certif",
    "assess",
    "시험",
    "試験",
    "检测",
    "檢測",
];

/// Returns a finding if a report labels another laboratory, or has no more of its name than a word that many have.
pub(super) fn finding(name: &str, proof: &Proof<'_>) -> Option<Finding> {
    let is_there = proof
        .text
        .passages
        .iter()
        .any(|one| is_named(&one.lower, name));
    let names = [name.to_lowercase()];
    let is_other = |value: &str| {
        let lower = value.to_lowercase();
        let is_body = company::is_company(value) || BODIES.iter().any(|word| lower.contains(word));
        is_body && company::is_comparable(value, &names) && !are_one(&lower, name)
    };
    let labelled: Vec<_> = proof
        .values(Kind::Laboratory)
        .filter(|one| one.is_apart)
        .collect();
    let names_own = labelled
        .iter()
        .any(|one| are_one(&one.value.to_lowercase(), name));
    let other = labelled
        .iter()
        .find(|one| is_other(company::name_in(one.value)));
    if let Some(other) = other.filter(|_| !names_own) {
        let code = if is_there {
            Code::PaperAmbiguous
        } else {
            Code::ReportDiffers
        };
        let message = told(|m| {
            format!(
                "{} is by the laboratory `{}`, but {m} has `{}`",
                proof.at(other.at),
                shown(company::name_in(other.value)),
                shown(name)
            )
        });
        let help = "correct `laboratory.name`, or name the report of this laboratory";
        return Some(proof.finding(code, message, help));
    }
    let is_comparable = |text: &str| company::is_comparable(text, &names);
    let may_miss = proof.text.is_whole
        && proof
            .text
            .passages
            .iter()
            .any(|one| is_comparable(&one.text));
    (may_miss && !is_there).then(|| {
        let message = format!("`{}` does not name the laboratory `{}`", proof.paper.path, shown(name));
        let help = "check which laboratory made the report, then correct `laboratory.name` or name the right file";
        proof.finding(Code::ClaimNotFound, message, help)
    })
}

/// Returns true if a text names a laboratory: by the word that identifies it, and where many have that, by the next.
fn is_named(lower: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    if !company::names_one(lower, std::slice::from_ref(&name)) {
        return false;
    }
    let words: Vec<&str> = words(&name).filter(|word| !is_form(word)).collect();
    let n_generic = words
        .iter()
        .take_while(|word| GENERIC.contains(word))
        .count();
    if n_generic == 0 || words.len() < 2 {
        return true;
    }
    let phrase = words[..words.len().min(n_generic + 1)].join(" ");
    let text: Vec<&str> = self::words(lower).collect();
    text.join(" ").contains(&phrase)
}

/// Returns true for a legal form and the like, which a paper may leave out.
fn is_form(word: &&str) -> bool {
    [
        "pte",
        "ltd",
        "limited",
        "gmbh",
        "co",
        "inc",
        "the",
        "of",
        "and",
        "llc",
        "corp",
        "ag",
        "kg",
        "sdn",
        "bhd",
        "singapore",
    ]
    .contains(word)
}

/// Returns true if two names may be those of one laboratory: one has all words of the other, or its first letters.
fn are_one(one: &str, other: &str) -> bool {
    let other = other.to_lowercase();
    let one: Vec<&str> = words(one).filter(|word| !is_form(word)).collect();
    let other: Vec<&str> = words(&other).filter(|word| !is_form(word)).collect();
    let (short, long) = if one.len() <= other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    let initials: String = long.iter().filter_map(|word| word.chars().next()).collect();
    let is_within = short.iter().all(|word| long.contains(word));
    is_within
        || short
            .first()
            .is_some_and(|word| word.len() > 1 && initials.starts_with(word))
}

fn words(lower: &str) -> impl Iterator<Item = &str> {
    lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_laboratory_is_told_from_another_of_like_name() {
        for (one, other, are_same) in [
            ("setsco", "Setsco Services Pte Ltd", true),
            ("tüv süd psb", "TÜV SÜD", true),
            ("tüv rheinland", "TÜV SÜD", false),
            ("esel", "Example Security Evaluation Laboratory", true),
            (
                "other test house gmbh",
                "Example Security Evaluation Laboratory",
                false,
            ),
        ] {
            assert_eq!(are_one(one, other), are_same, "{one}");
        }
        let name = "Example Security Evaluation Laboratory";
        assert!(is_named(
            "made by example\nsecurity evaluation laboratory",
            name
        ));
        assert!(!is_named("example data; the security is good", name));
        let whole = "Example Security Evaluation Laboratory Pte. Ltd.";
        assert!(is_named(
            "example security evaluation laboratory | ELR-1",
            whole
        ));
        assert!(is_named("made by setsco", "Setsco Services Pte Ltd"));
    }
}
