//! What a report or certificate says of the level and the kind of product.

use crate::diag::{Code, Finding, told};
use crate::domain::text::shown;
use crate::domain::vocabulary::synonyms::{certain_in, meaning};
use crate::domain::{Category, Label, Level};
use crate::inspect::identity::labels::Kind;
use crate::inspect::identity::proof::Proof;
use crate::look::InFile;

/// How many lines at the beginning say what a report is about.
const HEAD: usize = 15;

/// How many bytes before the word "level" may say that it is the level of the label.
const NEAR: usize = 40;

/// Words of a level that CSA gives; other things have levels, too.
const OF_THE_LABEL: &[&str] = &["cls", "label", "applied for", "cybersecurity"];

/// Words between "level" and its number.
const BETWEEN: &[&str] = &[
    "applied for",
    "of the label",
    "sought",
    "level",
    "no.",
    "is",
    ":",
    "=",
];

/// A level that a text names.
struct Named<'t> {
    level: Level,
    at: &'t InFile,
    /// True if a colon is before it, as in a form, so that it is no part of a sentence.
    is_apart: bool,
    in_head: bool,
}

/// Returns a finding if a report is for another level than the one applied for.
pub(super) fn of_level(level: Level, proof: &Proof<'_>) -> Option<Finding> {
    let named = levels(proof);
    let apart: Vec<&Named<'_>> = named.iter().filter(|one| one.is_apart).collect();
    let is_there = named.iter().any(|one| one.level == level);
    let other = match apart.first() {
        Some(_) if apart.iter().any(|one| one.level == level) => None,
        Some(first) => Some(*first),
        None if is_there => None,
        None => named.iter().find(|one| one.in_head),
    }?;
    let code = if is_there {
        Code::PaperAmbiguous
    } else {
        Code::ReportDiffers
    };
    let message = told(|m| {
        format!(
            "{} is for level {}, but {m} has level {level}",
            proof.at(other.at),
            other.level
        )
    });
    let help = "name the report for this level, or correct `application.level`";
    Some(proof.finding(code, message, help))
}

fn levels<'t>(proof: &'t Proof<'_>) -> Vec<Named<'t>> {
    let mut found = Vec::new();
    for (i, passage) in proof.text.passages.iter().enumerate() {
        let mut head = passage.lower.lines().filter(|line| !line.trim().is_empty());
        let head: usize = head.by_ref().take(HEAD).map(|line| line.len() + 1).sum();
        for (start, word) in passage.lower.match_indices("level") {
            let before =
                &passage.lower[passage.lower.ceil_char_boundary(start.saturating_sub(NEAR))..start];
            let Some((level, is_apart)) = level_at(before, &passage.lower[start + word.len()..])
            else {
                continue;
            };
            let in_head = i == 0 && start <= head;
            found.push(Named {
                level,
                at: passage.at,
                is_apart,
                in_head,
            });
        }
    }
    found
}

/// Reads the number behind "level", and whether it is set apart by a colon. One of several levels is none.
fn level_at(before: &str, after: &str) -> Option<(Level, bool)> {
    let line = before
        .rsplit(['\n', '.', ';', '|'])
        .next()
        .unwrap_or(before);
    let mut rest = after;
    loop {
        let trimmed = rest.trim_start();
        let between = BETWEEN.iter().find_map(|word| trimmed.strip_prefix(word));
        match between {
            Some(next) => rest = next,
            None => break,
        }
    }
    let rest = rest.trim_start();
    let skipped = &after[..after.len() - rest.len()];
    let is_of_label = |text: &str| OF_THE_LABEL.iter().any(|word| text.contains(word));
    if !is_of_label(line) && !is_of_label(skipped) {
        return None;
    }
    let (number, next) = rest.split_at_checked(1)?;
    let level: Level = number.parse().ok()?;
    let next_word = next.trim_start_matches([' ', ',']);
    let is_one_of_several = next.starts_with(|c: char| c.is_alphanumeric() || "-/&+".contains(c))
        || next.starts_with('.') && next[1..].starts_with(|c: char| c.is_ascii_digit())
        || ["and", "or", "to", "&", "bis", "und", "–", "-"]
            .iter()
            .any(|word| next_word.starts_with(word));
    let is_apart = line.trim_end().ends_with([':', '=']) || skipped.contains([':', '=']);
    (!is_one_of_several).then_some((level, is_apart))
}

/// Kinds of products that one paper may call by either name.
const NEIGHBOURS: &[&[Category]] = &[
    &[
        Category::WifiRouter,
        Category::HomeGateway,
        Category::SmartHomeHub,
    ],
    &[Category::HealthTracker, Category::Wearable],
    &[
        Category::HouseholdRobot,
        Category::GardenRobot,
        Category::Appliance,
    ],
    &[
        Category::SmartLighting,
        Category::SmartPlug,
        Category::Appliance,
    ],
    &[Category::Thermostat, Category::Sensor, Category::Appliance],
    &[
        Category::Sensor,
        Category::AlarmSystem,
        Category::FireDetector,
        Category::GasDetector,
        Category::WaterDetector,
    ],
];

/// Returns true for two kinds that cannot be the same product.
fn are_apart(one: Category, other: Category) -> bool {
    let is_loose = |one| {
        matches!(
            one,
            Category::OtherConsumer | Category::Component | Category::AppOrService
        )
    };
    let are_near = NEIGHBOURS
        .iter()
        .any(|near| near.contains(&one) && near.contains(&other));
    one != other && !is_loose(one) && !is_loose(other) && !are_near
}

/// Returns a finding if a paper has a label for the kind of product, and another kind behind it.
pub(super) fn of_category(category: Category, proof: &Proof<'_>) -> Option<Finding> {
    let words: Vec<&str> = Category::ALL.iter().map(|one| one.as_str()).collect();
    let other = |value: &str| {
        let mut means = parts(value).filter_map(|part| meaning(part, &words).certain());
        let other: Category = means.next()?.word().parse().ok()?;
        (are_apart(other, category) && means.next().is_none()).then_some(other)
    };
    let (at, value, other) = proof
        .values(Kind::Category)
        .find_map(|one| Some((one.at, one.value, other(one.value)?)))?;
    let message = told(|m| {
        format!(
            "{} is about the category `{}` (`{other}`), but {m} has `{category}`",
            proof.at(at),
            shown(value)
        )
    });
    let help = "correct `product.category`, or name the document of this product";
    Some(proof.finding(Code::PaperOfOtherCategory, message, help))
}

/// Returns a finding if the certificate of a label names another category of the label's scheme.
pub(super) fn of_label_category(label: &Label, proof: &Proof<'_>) -> Option<Finding> {
    let category = label.category.given()?;
    let other = |value: &str| {
        let mut means = parts(value).filter_map(|part| certain_in("label-category", part));
        let other = means.next()?.word();
        (other != category.as_str()).then_some(other)
    };
    let mut values = proof.values(Kind::Category);
    let (at, value, other) = values.find_map(|one| Some((one.at, one.value, other(one.value)?)))?;
    let message = told(|m| {
        format!(
            "{} has the category `{}` (`{other}`), but {m} has `{category}`",
            proof.at(at),
            shown(value)
        )
    });
    let help = "correct `category` of the label, or name the certificate of that category";
    Some(proof.finding(Code::PaperOfOtherCategory, message, help))
}

/// Returns what a value may call a kind: `Smarte Verbrauchergeräte: smarte Kamera`, `router (Wi-Fi 6)`.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    let parts = value.split([':', '(', ')', ',', ';', '/']).map(str::trim);
    parts.filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_of_the_label_is_read_and_no_other() {
        for (before, after, expected) in [
            (
                "evaluation report, cls(iot) ",
                " 4: kunciva",
                Some((4, false)),
            ),
            ("cls(iot) ", "\n2 of", Some((2, false))),
            ("label ", ": 3", Some((3, true))),
            ("cybersecurity label applied for: ", " 1", Some((1, true))),
            ("", " applied for: level 3", Some((3, true))),
            ("cls(iot) ", "s 1 and 2", None),
            ("cls ", " 1 and 2", None),
            ("cls ", " 1-2", None),
            ("water ", ": 3", None),
            ("the label is there. water ", ": 3", None),
            ("cls ", " 1.5", None),
            ("cls ", " 7", None),
        ] {
            let read = level_at(before, after).map(|(level, is_apart)| (level.number(), is_apart));
            assert_eq!(read, expected, "{before}level{after}");
        }
    }
}
