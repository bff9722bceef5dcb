//! A stamp across a certificate that is no longer valid.

use crate::diag::{Code, Finding};
use crate::domain::text::shown;
use crate::inspect::identity::days::days;
use crate::inspect::identity::proof::Proof;
use crate::inspect::identity::verdict;

/// A line that says that the certificate has ended, and at most on which day: `REVOKED`,
/// `Certificate withdrawn on 2026-02-01`.
pub(super) fn ended(proof: &Proof<'_>) -> Option<Finding> {
    const BEFORE: &[&str] = &[
        "this ",
        "the ",
        "certificate ",
        "label ",
        "zertifikat ",
        "kennzeichen ",
        "is ",
        "was ",
        "has been ",
        "wurde ",
    ];
    let is_stamp = |line: &str| {
        let lower = line
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        let mut rest = lower.as_str();
        while let Some(after) = BEFORE.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = after;
        }
        verdict::ENDED.iter().any(|word| {
            rest.strip_prefix(word).is_some_and(|after| {
                let after = after.trim_start_matches([' ', ':', ',', '-']);
                let day = ["on ", "since ", "am ", "seit "]
                    .iter()
                    .find_map(|word| after.strip_prefix(word))
                    .unwrap_or(after);
                after.is_empty() || days(day).first().is_some_and(|day| day.start == 0)
            })
        })
    };
    let (at, line) = proof
        .text
        .lines()
        .find(|(_, line)| line.len() <= 60 && is_stamp(line))?;
    let message = format!("{} is marked `{}`", proof.at(at), shown(line));
    let help = "name a certificate that is valid";
    Some(proof.finding(Code::VerdictNegative, message, help))
}
