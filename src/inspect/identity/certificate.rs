//! Compares the certificate of a label with the manifest. Models and number are here, the rest is in sibling modules.

use crate::diag::{Code, Finding, told};
use crate::domain::text::shown;
use crate::domain::{Application, Label, field};
use crate::inspect::identity::fold::folded;
use crate::inspect::identity::labels::Kind;
use crate::inspect::identity::proof::{Proof, are_whole, find};
use crate::inspect::identity::spelling::{self, alike, difference};
use crate::inspect::identity::{grade, mentions, model, party, report, stated, terms, verdict};

/// Returns the differences between a label and its certificates.
pub(super) fn findings(
    application: &Application,
    i: usize,
    label: &Label,
    proofs: &[Proof<'_>],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    // A file that could not be opened has a finding already, and may contain what the others lack.
    let all_read = proofs.len() == label.evidence.len() && are_whole(proofs);
    let own = own_models(application);
    for name in &label.models {
        findings.extend(of_model(name, &own, proofs, all_read));
    }
    if let Some(number) = label.number.as_ref() {
        findings.extend(of_number(number, proofs, all_read));
    }
    let level = label.level.given();
    findings.extend(level.and_then(|level| grade::finding(level, proofs)));
    findings.extend(terms::findings(label, proofs, all_read));
    if let Some(version) = label.firmware_version.as_ref() {
        let field = field!(labels[i].firmware_version);
        findings.extend(report::of_firmware(version, &field, proofs, all_read));
    }
    if let Some(hardware) = application.product.hardware_version.as_ref() {
        findings.extend(report::of_hardware(hardware, proofs));
    }
    findings.extend(of_category(application, label, proofs));
    // A copy beside the certificate may be that of another product.
    if proofs.len() > 1 && findings.is_empty() {
        let beside = proofs
            .iter()
            .filter_map(|proof| mentions::of_model(&own, proof));
        findings.extend(beside);
    }
    findings.extend(party::findings(application, proofs, all_read));
    findings.extend(proofs.iter().filter_map(verdict::of_certificate));
    findings
}

fn of_category(application: &Application, label: &Label, proofs: &[Proof<'_>]) -> Option<Finding> {
    let category = application.product.category.given();
    proofs.iter().find_map(|proof| {
        let of_product = category.and_then(|category| stated::of_category(category, proof));
        stated::of_label_category(label, proof).or(of_product)
    })
}

/// Returns every model in the manifest. One of these in a certificate is never a foreign model.
pub(super) fn own_models(application: &Application) -> Vec<&str> {
    let labels = application.labels.iter().flat_map(|label| &label.models);
    application
        .product
        .models
        .iter()
        .chain(labels)
        .map(String::as_str)
        .collect()
}

/// Checks that the certificates name a model.
pub(super) fn of_model(
    name: &str,
    own: &[&str],
    proofs: &[Proof<'_>],
    all_read: bool,
) -> Option<Finding> {
    let found = find(proofs, name);
    let other = proofs
        .iter()
        .find_map(|proof| labelled_other(name, own, proof));
    let is_family = || {
        proofs
            .iter()
            .any(|proof| model::is_of_family(proof.text, name))
    };
    match (found, other) {
        (_, Some(other)) if !is_family() => Some(other),
        (Some((proof, false, writes)), _) => {
            // If the manifest has both spellings, that is a finding of the manifest.
            let is_known = own.iter().any(|own| {
                *own != name
                    && find(proofs, own).is_some_and(|(_, same, _)| same)
                    && spelling::bare_same(own, name)
            });
            (!is_known).then(|| spelled(proof, &writes, "model", name))
        }
        (None, _) if all_read && !is_family() => nowhere(name, own, proofs),
        _ => None,
    }
}

fn other_certificate(name: &str) -> String {
    format!(
        "name the certificate of `{}`, or correct the model",
        shown(name)
    )
}

/// Says that a paper has a label for the model, and a model behind it that is only like this one.
fn labelled_other(name: &str, own: &[&str], proof: &Proof<'_>) -> Option<Finding> {
    let labelled = model::labelled(&proof.labelled);
    let names_own = labelled.iter().any(|(one, word)| {
        own.iter().any(|own| model::holds(one.value, own))
            || model::is_wrapped(proof.text, word, own)
    });
    let other = labelled
        .into_iter()
        .find(|(_, word)| alike(word, &folded(name)).is_some());
    let (one, word) = other.filter(|_| !names_own)?;
    let message = format!(
        "{} is for the model `{}`, not for `{}`",
        proof.at(one.at),
        shown(word),
        shown(name)
    );
    let finding = proof.finding(Code::PaperForOtherModel, message, other_certificate(name));
    Some(finding.because(difference(word, name)))
}

/// Says that no paper names the model, and which one they name instead.
fn nowhere(name: &str, own: &[&str], proofs: &[Proof<'_>]) -> Option<Finding> {
    let first = proofs.first()?;
    let other = proofs
        .iter()
        .find_map(|proof| Some((proof, model::other(proof.text, name, own)?)));
    let help = other_certificate(name);
    let Some((proof, other)) = other else {
        let message = format!(
            "`{}` does not name the model `{}`",
            first.paper.path,
            shown(name)
        );
        return Some(first.finding(Code::PaperForOtherModel, message, help));
    };
    let message = format!(
        "{} names the model `{}`, but not `{}`",
        proof.at(other.at),
        shown(&other.written),
        shown(name)
    );
    let finding = proof.finding(Code::PaperForOtherModel, message, help);
    Some(finding.because(difference(&other.written, name)))
}

pub(super) fn spelled(proof: &Proof<'_>, writes: &str, what: &str, value: &str) -> Finding {
    let written = writes
        .rsplit_once(" writes ")
        .map_or(writes, |(_, written)| written);
    let message = told(|m| format!("{writes}, but {m} writes `{}`", shown(value)));
    let help = format!("write the {what} as the certificate and the type label do");
    let finding = proof.finding(Code::SpelledDifferently, message, help);
    finding.because(difference(written.trim_matches('`'), value))
}

fn of_number(number: &str, proofs: &[Proof<'_>], all_read: bool) -> Option<Finding> {
    let found = find(proofs, number);
    let folded_number = folded(number);
    let help = "compare the number with the certificate, and correct the one that is wrong";
    let other = proofs.iter().find_map(|proof| {
        let values = proof.values(Kind::Number);
        let values: Vec<_> = values
            .filter_map(|one| Some((one, first_word(one.value)?)))
            .collect();
        let is_own = |value: &str| spelling::find(value, &folded_number).is_some();
        let names_own = values.iter().any(|(one, _)| is_own(one.value));
        let other = values
            .into_iter()
            .find(|(_, word)| alike(word, &folded_number).is_some());
        other
            .filter(|_| !names_own)
            .map(|(one, word)| (proof, one.at, word.to_owned()))
    });
    let differs = |proof: &Proof<'_>, at: &str, other: &str| {
        let message = told(|m| {
            format!(
                "{at} has the number `{}`, but {m} has `{}`",
                shown(other),
                shown(number)
            )
        });
        proof
            .finding(Code::LabelNumberDiffers, message, help)
            .because(difference(other, number))
    };
    if let Some((proof, at, word)) = other {
        return Some(differs(proof, &proof.at(at), &word));
    }
    match found {
        Some((proof, false, writes)) => Some(spelled(proof, &writes, "number", number)),
        None if all_read => {
            let proof = proofs.first()?;
            let other = proofs
                .iter()
                .find_map(|proof| Some((proof, model::other(proof.text, number, &[])?)));
            Some(if let Some((proof, other)) = other {
                differs(proof, &proof.at(other.at), &other.written)
            } else {
                let message = format!(
                    "`{}` does not have the number `{}`",
                    proof.paper.path,
                    shown(number)
                );
                proof.finding(Code::LabelNumberDiffers, message, help)
            })
        }
        Some((_, true, _)) | None => None,
    }
}

pub(super) fn first_word(value: &str) -> Option<&str> {
    let words = value.split(|c: char| c.is_whitespace() || "(),;".contains(c));
    let mut words = words.map(|word| word.trim_end_matches('.'));
    words.find(|word| word.bytes().any(|b| b.is_ascii_digit()))
}
