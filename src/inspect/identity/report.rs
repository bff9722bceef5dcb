//! Compares the laboratory report, penetration test and binary scan with the manifest: product, date, laboratory.

use crate::diag::{Code, Finding, told};
use crate::domain::text::shown;
use crate::domain::{Application, Date, FieldPath, Laboratory, field};
use crate::inspect::identity::days::days;
use crate::inspect::identity::fold::folded;
use crate::inspect::identity::labels::Kind;
use crate::inspect::identity::proof::{Proof, find};
use crate::inspect::identity::spelling::{self, Alike, alike, difference};
use crate::inspect::identity::{
    certificate, laboratory, model, party, stated, terms, verdict, version,
};

/// How many lines at the beginning count as the title page.
const HEAD: usize = 15;

/// Returns the differences between a report and the manifest. Only the laboratory report has a number and a date.
pub(super) fn findings(
    application: &Application,
    proof: &Proof<'_>,
    is_laboratory: bool,
) -> Vec<Finding> {
    let proofs = std::slice::from_ref(proof);
    let mut findings = Vec::new();
    findings.extend(of_models(application, proof, is_laboratory));
    let all_read = proof.text.is_whole;
    if let Some(firmware) = application.product.firmware_version.as_ref() {
        findings.extend(of_firmware(
            firmware,
            &field!(product.firmware_version),
            proofs,
            all_read,
        ));
    }
    if let (Some(hardware), true) = (application.product.hardware_version.as_ref(), is_laboratory) {
        findings.extend(of_hardware(hardware, proofs));
    }
    if is_laboratory {
        let level = application.request.level.given();
        findings.extend(level.and_then(|level| stated::of_level(level, proof)));
        let category = application.product.category.given();
        findings.extend(category.and_then(|category| stated::of_category(category, proof)));
    }
    if let (Some(laboratory), true) = (application.laboratory.as_ref(), is_laboratory) {
        findings.extend(of_laboratory(laboratory, proof));
    }
    if is_laboratory {
        findings.extend(party::findings(application, proofs, all_read));
    }
    findings.extend(verdict::of_report(proof));
    findings
}

/// Checks that a report names one of the models. Unlike a certificate, it need not name all.
fn of_models(application: &Application, proof: &Proof<'_>, is_laboratory: bool) -> Option<Finding> {
    let own = certificate::own_models(application);
    let models = &application.product.models;
    let places: Vec<_> = models
        .iter()
        .filter_map(|model| Some((model, proof.text.find(model)?)))
        .collect();
    if places.iter().any(|(_, place)| place.is_same)
        || models
            .iter()
            .any(|one| model::is_of_family(proof.text, one))
    {
        let other = labelled_other(models, &own, proof)?;
        return Some(other);
    }
    if let Some((model, place)) = places.first() {
        let writes = format!("{} writes `{}`", proof.at(place.at), shown(&place.written));
        return Some(certificate::spelled(proof, &writes, "model", model));
    }
    let name = models.first().filter(|_| proof.text.is_whole)?;
    if let Some(finding) = labelled_other(models, &own, proof) {
        return Some(finding);
    }
    let help = format!("name the report for `{}`", shown(name));
    let other = models
        .iter()
        .find_map(|name| Some((name, model::other(proof.text, name, &own)?)));
    if let Some((name, other)) = other {
        let message = format!(
            "{} names the model `{}`, but not `{}`",
            proof.at(other.at),
            shown(&other.written),
            shown(name)
        );
        let finding = proof.finding(Code::PaperForOtherModel, message, help);
        return Some(finding.because(difference(&other.written, name)));
    }
    let product = application.product.name.as_deref();
    // A tester may use the product name. In a laboratory report CSA looks for the model.
    if !is_laboratory && product.is_some_and(|product| proof.text.says(product)) {
        return None;
    }
    let message = format!(
        "`{}` does not name the model `{}`",
        proof.paper.path,
        shown(name)
    );
    Some(proof.finding(Code::ClaimNotFound, message, help))
}

/// Returns a finding if the labelled model is another one.
fn labelled_other(models: &[String], own: &[&str], proof: &Proof<'_>) -> Option<Finding> {
    let labelled = model::labelled(&proof.labelled);
    let is_own = |value: &str| own.iter().any(|own| model::holds(value, own));
    if labelled
        .iter()
        .any(|(one, word)| is_own(one.value) || model::is_wrapped(proof.text, word, own))
    {
        return None;
    }
    let other = labelled.into_iter().find_map(|(one, word)| {
        let near = models
            .iter()
            .find(|name| alike(word, &folded(name)).is_some())?;
        Some((one, word, near))
    });
    let (one, word, name) = other?;
    let message = format!(
        "{} is for the model `{}`, not for `{}`",
        proof.at(one.at),
        shown(word),
        shown(name)
    );
    let help = format!("name the report for `{}`", shown(name));
    Some(
        proof
            .finding(Code::PaperForOtherModel, message, help)
            .because(difference(word, name)),
    )
}

/// Compares the firmware version with the documents.
pub(super) fn of_firmware(
    firmware: &str,
    field: &FieldPath,
    proofs: &[Proof<'_>],
    all_read: bool,
) -> Option<Finding> {
    let given: Vec<_> = proofs
        .iter()
        .flat_map(|proof| {
            version::given(Kind::Firmware, proof.text, &proof.labelled)
                .into_iter()
                .map(move |one| (proof, one))
        })
        .collect();
    let names = |value: &str| version::is_named(value, firmware) || version::is_range(value);
    let in_cells: Vec<_> = given.iter().filter(|(_, one)| one.is_apart).collect();
    let cells_name = in_cells.iter().any(|(_, one)| names(one.value));
    if cells_name || (in_cells.is_empty() && given.iter().any(|(_, one)| names(one.value))) {
        return None;
    }
    let mut passages = proofs.iter().flat_map(|proof| &proof.text.passages);
    let is_there = passages.any(|one| version::is_named(&one.text, firmware));
    let (proof, other) = match in_cells
        .first()
        .copied()
        .or_else(|| given.first().filter(|_| !is_there))
    {
        Some(found) => found,
        None if is_there || !all_read => return None,
        None => {
            let proof = proofs.first()?;
            let message = format!(
                "`{}` does not name the firmware `{}`",
                proof.paper.path,
                shown(firmware)
            );
            let help = format!("check which firmware it is for, and compare it with `{field}`");
            return Some(proof.finding(Code::ClaimNotFound, message, help));
        }
    };
    let version = version::first(other.value)?;
    let plain = |version: &str| version.to_lowercase().replace(['-', '_', ' '], "");
    let is_spelled = plain(version) == plain(firmware);
    let code = match (is_spelled, is_there) {
        (true, _) => Code::SpelledDifferently,
        (false, true) => Code::PaperAmbiguous,
        (false, false) => Code::VersionDiffers,
    };
    let message = told(|m| {
        format!(
            "{} is for the firmware `{}`, but {m} has `{}`",
            proof.at(other.at),
            shown(version),
            shown(firmware)
        )
    });
    let help = format!("name the document for this firmware, or correct `{field}`");
    Some(
        proof
            .finding(code, message, help)
            .because(difference(version, firmware)),
    )
}

/// Compares the hardware version with the documents. Many do not name it.
pub(super) fn of_hardware(hardware: &str, proofs: &[Proof<'_>]) -> Option<Finding> {
    let given = proofs.iter().flat_map(|proof| {
        let given = version::given(Kind::Hardware, proof.text, &proof.labelled).into_iter();
        given.map(move |one| (proof, one))
    });
    let given: Vec<_> = given.collect();
    if given
        .iter()
        .any(|(_, one)| version::is_named(one.value, hardware) || version::is_range(one.value))
    {
        return None;
    }
    let (proof, other, version) = given.iter().find_map(|(proof, one)| {
        let version = version::first(one.value)?;
        made_like(version, hardware).then_some((proof, one, version))
    })?;
    let message = told(|m| {
        format!(
            "{} is for the hardware `{}`, but {m} has `{}`",
            proof.at(other.at),
            shown(version),
            shown(hardware)
        )
    });
    let help = "name the document for this hardware, or correct `product.hardware_version`";
    Some(
        proof
            .finding(Code::VersionDiffers, message, help)
            .because(difference(version, hardware)),
    )
}

/// Returns true if two versions have the same form: `2.1` cannot be another version of `B`.
fn made_like(one: &str, other: &str) -> bool {
    let made = |text: &str| {
        text.chars()
            .map(|c| {
                if c.is_ascii_digit() {
                    '9'
                } else if c.is_alphabetic() {
                    'A'
                } else {
                    c
                }
            })
            .collect::<String>()
    };
    made(one) == made(other) || alike(one, other) == Some(Alike::Made)
}

fn of_laboratory(of: &Laboratory, proof: &Proof<'_>) -> Vec<Finding> {
    let (reference, name) = (of.reference.as_deref(), of.name.as_deref());
    let mut findings = Vec::new();
    findings.extend(reference.and_then(|reference| of_reference(reference, proof)));
    findings.extend(of.date.given().and_then(|date| of_date(date, proof)));
    findings.extend(name.and_then(|name| laboratory::finding(name, proof)));
    findings
}

fn of_reference(reference: &str, proof: &Proof<'_>) -> Option<Finding> {
    let help = "compare the number with the report, and correct the one that is wrong";
    let folded_reference = folded(reference);
    let values = proof
        .labelled
        .iter()
        .filter(|one| matches!(one.kind, Kind::Reference | Kind::Number));
    let values: Vec<_> = values
        .filter_map(|one| Some((one, certificate::first_word(one.value)?)))
        .collect();
    let names_own = values
        .iter()
        .any(|(one, _)| spelling::find(one.value, &folded_reference).is_some());
    let labelled = values
        .iter()
        .find(|(_, word)| alike(word, &folded_reference).is_some());
    let differs = |at: String, other: &str| {
        let message = told(|m| {
            format!(
                "{at} has the number `{}`, but {m} has `{}`",
                shown(other),
                shown(reference)
            )
        });
        proof
            .finding(Code::ReportDiffers, message, help)
            .because(difference(other, reference))
    };
    if let Some((one, word)) = labelled.filter(|_| !names_own) {
        return Some(differs(proof.at(one.at), word));
    }
    match find(std::slice::from_ref(proof), reference) {
        Some((_, false, writes)) => Some(certificate::spelled(proof, &writes, "number", reference)),
        None if proof.text.is_whole => {
            let head: Vec<&str> = proof.text.head(HEAD).collect();
            let other = model::other(proof.text, reference, &[]);
            Some(
                if let Some(other) =
                    other.filter(|other| head.iter().any(|line| line.contains(&other.written)))
                {
                    differs(proof.at(other.at), &other.written)
                } else {
                    let message = format!(
                        "`{}` does not have the number `{}`",
                        proof.paper.path,
                        shown(reference)
                    );
                    proof.finding(Code::ClaimNotFound, message, help)
                },
            )
        }
        Some((_, true, _)) | None => None,
    }
}

fn of_date(date: Date, proof: &Proof<'_>) -> Option<Finding> {
    if terms::names(proof, date) {
        return None;
    }
    let help =
        "compare the date with the report, then correct `laboratory.date` or name the right file";
    let labelled = proof
        .labelled
        .iter()
        .filter(|one| matches!(one.kind, Kind::ReportDate | Kind::Issued));
    let mut labelled = labelled.filter_map(|one| Some((one, days(one.value).into_iter().next()?)));
    if let Some((one, day)) = labelled.next() {
        let written = one.value[day.start..day.end].trim();
        let message = told(|m| {
            format!(
                "{} has the date `{}`, but {m} has `{date}`",
                proof.at(one.at),
                shown(written)
            )
        });
        return Some(proof.finding(Code::ReportDiffers, message, help));
    }
    if !proof.text.is_whole {
        return None;
    }
    let head = proof.text.head(HEAD).find_map(|line| {
        let day = days(line).into_iter().next()?;
        Some(line[day.start..day.end].trim().to_owned())
    });
    let message = match head {
        Some(other) => format!(
            "`{}` has the date `{}` at its beginning, but not `{date}`",
            proof.paper.path,
            shown(&other)
        ),
        None => format!("`{}` does not have the date `{date}`", proof.paper.path),
    };
    Some(proof.finding(Code::ClaimNotFound, message, help))
}
