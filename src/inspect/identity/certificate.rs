//! The certificate of a label: models, number, grade, firmware, brand and holder.

use crate::diag::{Code, Finding};
use crate::domain::text::shown;
use crate::domain::{Application, Label, LabelLevel};
use crate::inspect::identity::fold::folded;
use crate::inspect::identity::labels::Kind;
use crate::inspect::identity::proof::{Proof, are_whole, find};
use crate::inspect::identity::spelling::{self, alike, difference};
use crate::inspect::identity::{company, model, report, terms, verdict};

/// Returns what the papers of a label say otherwise.
pub(super) fn findings(
    application: &Application,
    i: usize,
    label: &Label,
    proofs: &[Proof<'_>],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    // A file that the manifest names and nobody could open is a finding already, and may say the rest.
    let all_read = proofs.len() == label.evidence.len() && are_whole(proofs);
    let own = own_models(application);
    for name in &label.models {
        findings.extend(of_model(name, &own, proofs, all_read));
    }
    if let Some(number) = &label.number {
        findings.extend(of_number(number, proofs, all_read));
    }
    findings.extend(label.level.and_then(|level| of_grade(level, proofs)));
    findings.extend(terms::findings(label, proofs, all_read));
    if let Some(version) = &label.firmware_version {
        let field = format!("labels[{i}].firmware_version");
        findings.extend(report::of_firmware(version, &field, proofs, all_read));
    }
    findings.extend(of_company(application, proofs, all_read));
    findings.extend(proofs.iter().filter_map(verdict::of_certificate));
    findings
}

/// Returns every model that the manifest names, as the applicant's own.
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

/// Returns what papers say of a model that they should name.
pub(super) fn of_model(
    name: &str,
    own: &[&str],
    proofs: &[Proof<'_>],
    all_read: bool,
) -> Option<Finding> {
    let found = find(proofs, name);
    let other = proofs.iter().find_map(|proof| {
        let labelled = model::labelled(&proof.labelled);
        let names_own = labelled
            .iter()
            .any(|(one, _)| own.iter().any(|own| model::holds(one.value, own)));
        let other = labelled
            .into_iter()
            .find(|(_, word)| alike(word, &folded(name)).is_some());
        other
            .filter(|_| !names_own)
            .map(|(one, word)| (proof, one.at, word.to_owned()))
    });
    let is_family = || {
        proofs
            .iter()
            .any(|proof| model::is_of_family(proof.text, name))
    };
    match (found, other) {
        (Some((_, true, _)), None) => None,
        (_, Some((proof, at, word))) if !is_family() => {
            let message = format!(
                "{} is for the model `{}`, not for `{}`",
                proof.at(at),
                shown(&word),
                shown(name)
            );
            let help = format!(
                "name the certificate of `{}`, or correct the model",
                shown(name)
            );
            Some(
                proof
                    .finding(Code::PaperForOtherModel, message, help)
                    .because(difference(&word, name)),
            )
        }
        (Some((proof, false, writes)), _) => {
            // A second spelling in the manifest is a finding there.
            let is_known = own.iter().any(|own| {
                *own != name
                    && find(proofs, own).is_some_and(|(_, same, _)| same)
                    && spelling::bare_same(own, name)
            });
            (!is_known).then(|| spelled(proof, &writes, "model", name))
        }
        (None, _) if all_read && !is_family() => {
            let proof = proofs.first()?;
            let other = proofs
                .iter()
                .find_map(|proof| Some((proof, model::other(proof.text, name, own)?)));
            let help = format!(
                "name the certificate of `{}`, or correct the model",
                shown(name)
            );
            Some(match other {
                Some((proof, other)) => {
                    let message = format!(
                        "{} names the model `{}`, but nowhere `{}`",
                        proof.at(other.at),
                        shown(&other.written),
                        shown(name)
                    );
                    proof
                        .finding(Code::PaperForOtherModel, message, help)
                        .because(difference(&other.written, name))
                }
                None => {
                    let message = format!(
                        "`{}` does not name the model `{}`",
                        proof.paper.path,
                        shown(name)
                    );
                    proof.finding(Code::PaperForOtherModel, message, help)
                }
            })
        }
        _ => None,
    }
}

/// Says that a value is written in another way.
pub(super) fn spelled(proof: &Proof<'_>, writes: &str, what: &str, value: &str) -> Finding {
    let written = writes
        .rsplit_once(" writes ")
        .map_or(writes, |(_, written)| written);
    let message = format!("{writes}, the manifest `{}`", shown(value));
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
        let message = format!(
            "{at} has the number `{}`, the manifest `{}`",
            shown(other),
            shown(number)
        );
        proof
            .finding(Code::LabelNumberDiffers, message, help)
            .because(difference(other, number))
    };
    if let Some((proof, at, word)) = other {
        return Some(differs(proof, &proof.at(at), &word));
    }
    match found {
        Some((_, true, _)) => None,
        Some((proof, false, writes)) => Some(spelled(proof, &writes, "number", number)),
        None if all_read => {
            let proof = proofs.first()?;
            let other = proofs
                .iter()
                .find_map(|proof| Some((proof, model::other(proof.text, number, &[])?)));
            Some(match other {
                Some((proof, other)) => differs(proof, &proof.at(other.at), &other.written),
                None => {
                    let message = format!(
                        "`{}` does not have the number `{}`",
                        proof.paper.path,
                        shown(number)
                    );
                    proof.finding(Code::LabelNumberDiffers, message, help)
                }
            })
        }
        None => None,
    }
}

pub(super) fn first_word(value: &str) -> Option<&str> {
    let words = value.split(|c: char| c.is_whitespace() || "(),;".contains(c));
    let mut words = words.map(|word| word.trim_end_matches('.'));
    words.find(|word| word.bytes().any(|b| b.is_ascii_digit()))
}

/// Words of each grade.
const GRADES: &[(LabelLevel, &[&str])] = &[
    (LabelLevel::Lite, &["lite", "라이트"]),
    (LabelLevel::Basic, &["basic", "베이직", "기본형"]),
    (
        LabelLevel::Standard,
        &["standard", "스탠다드", "스탠더드", "표준형"],
    ),
    (
        LabelLevel::Star1,
        &[
            "star-1",
            "star 1",
            "star1",
            "★1",
            "☆1",
            "レベル1",
            "level 1",
            "lv1",
            "lv.1",
            "1",
        ],
    ),
    (
        LabelLevel::Star2,
        &[
            "star-2",
            "star 2",
            "star2",
            "★2",
            "☆2",
            "レベル2",
            "level 2",
            "lv2",
            "lv.2",
            "★★",
            "2",
        ],
    ),
    (
        LabelLevel::Star3,
        &[
            "star-3",
            "star 3",
            "star3",
            "★3",
            "☆3",
            "レベル3",
            "level 3",
            "lv3",
            "lv.3",
            "★★★",
            "3",
        ],
    ),
    (
        LabelLevel::Star4,
        &[
            "star-4",
            "star 4",
            "star4",
            "★4",
            "☆4",
            "レベル4",
            "level 4",
            "lv4",
            "lv.4",
            "★★★★",
            "4",
        ],
    ),
];

/// Returns the grades that a value names at its beginning.
fn grade(value: &str) -> Option<LabelLevel> {
    let value = value
        .trim_start_matches(['(', '[', '"', ' ', '☑', '■', '✓', '✔', '"'])
        .to_lowercase();
    let n_stars = value.chars().take_while(|c| *c == '★').count();
    if n_stars > 1 || (n_stars == 1 && !value[3..].starts_with(|c: char| c.is_ascii_digit())) {
        let stars = [
            LabelLevel::Star1,
            LabelLevel::Star2,
            LabelLevel::Star3,
            LabelLevel::Star4,
        ];
        return stars.get(n_stars - 1).copied();
    }
    let named = GRADES.iter().find(|(_, names)| {
        names.iter().any(|name| {
            value
                .strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        })
    });
    named.map(|(level, _)| *level)
}

fn of_grade(level: LabelLevel, proofs: &[Proof<'_>]) -> Option<Finding> {
    let is_star = |level: LabelLevel| level.as_str().starts_with("star");
    for proof in proofs {
        let values = proof
            .values(Kind::Grade)
            .filter_map(|one| Some((one.at, one.value.to_owned(), grade(one.value)?)));
        let in_lines = proof.text.lines().flat_map(|(at, line)| {
            in_sentence(line)
                .into_iter()
                .map(move |(written, level)| (at, written, level))
        });
        let values: Vec<_> = values
            .chain(in_lines)
            .filter(|(_, _, other)| is_star(*other) == is_star(level))
            .collect();
        let cells = proof.values(Kind::Grade).filter_map(|one| grade(one.value));
        let cells: Vec<LabelLevel> = cells
            .filter(|other| is_star(*other) == is_star(level))
            .collect();
        let names_own = if cells.is_empty() {
            values.iter().any(|(_, _, other)| *other == level)
        } else {
            cells.contains(&level)
        };
        // A form that lists every grade and ticks one says nothing to a reader of words.
        let n_named = GRADES
            .iter()
            .filter(|(other, _)| values.iter().any(|(_, _, value)| value == other))
            .count();
        if names_own || n_named > 2 {
            continue;
        }
        if let Some((at, written, other)) = values.first() {
            let message = format!(
                "{} has the grade `{}` ({other}), the manifest `{level}`",
                proof.at(at),
                shown(written)
            );
            let help = "correct `level` of the label, or name the certificate of that grade";
            return Some(proof.finding(Code::LabelGradeDiffers, message, help));
        }
    }
    None
}

/// Returns the grades that a sentence names: `CIC Basic`, `grade Lite`, `STAR-2`, `★★`.
fn in_sentence(line: &str) -> Vec<(String, LabelLevel)> {
    let lower = line.to_lowercase();
    let mut found = Vec::new();
    for lead in [
        "cic ",
        "cic-",
        "grade ",
        "grade: ",
        "등급 ",
        "★",
        "star-",
        "jc-star ★",
        "등급: ",
    ] {
        for (start, _) in lower.match_indices(lead) {
            let is_word = !lower[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
            // `JC-STAR-0007` is a number.
            let is_sign = matches!(lead, "★" | "star-");
            let value = if is_sign {
                &lower[start..]
            } else {
                &lower[start + lead.len()..]
            };
            let is_bare_star = lead == "star-" && lower[..start].ends_with('-');
            if is_word
                && !is_bare_star
                && let Some(level) = grade(value)
            {
                let written: String = value
                    .chars()
                    .take_while(|c| !c.is_whitespace())
                    .take(20)
                    .collect();
                found.push((written, level));
            }
        }
    }
    found
}

/// Whose certificate it is: the brand that it states, its holder, or any name that the manifest knows.
pub(super) fn of_company(
    application: &Application,
    proofs: &[Proof<'_>],
    all_read: bool,
) -> Vec<Finding> {
    let names = company::names(application);
    let product = &application.product;
    let mut findings = Vec::new();
    let says_any = |names: &[String]| {
        let mut passages = proofs.iter().flat_map(|proof| &proof.text.passages);
        passages.any(|one| company::names_one(&one.lower, names))
    };
    for proof in proofs {
        findings.extend(of_brand(
            proof,
            product.brand.as_deref(),
            &names,
            says_any(&names),
        ));
        findings.extend(of_holder(proof, &names));
    }
    let product_name = product
        .name
        .as_deref()
        .is_some_and(|name| proofs.iter().any(|proof| proof.text.says(name)));
    let knows_none = !names.is_empty() && !says_any(&names) && !product_name;
    let is_comparable = proofs
        .iter()
        .flat_map(|proof| &proof.text.passages)
        .any(|one| company::is_comparable(&one.text, &names));
    if let Some(proof) = proofs
        .first()
        .filter(|_| all_read && knows_none && is_comparable && findings.is_empty())
    {
        let brand = product.brand.as_deref().unwrap_or_default();
        let message = format!(
            "`{}` names neither the applicant nor the brand `{}`",
            proof.paper.path,
            shown(brand)
        );
        let help = "look whether it is the applicant's own, and put in the right file";
        findings.push(proof.finding(Code::ClaimNotFound, message, help));
    }
    findings
}

fn of_brand(
    proof: &Proof<'_>,
    brand: Option<&str>,
    names: &[String],
    is_known: bool,
) -> Option<Finding> {
    let brand = brand?;
    let brands = [folded(brand)];
    let values: Vec<_> = proof
        .values(Kind::Brand)
        .filter(|one| one.value.chars().any(char::is_alphabetic))
        .collect();
    let is_own = values.iter().any(|one| {
        let lower = one.value.to_lowercase();
        company::names_one(&lower, names) || !company::is_comparable(one.value, &brands)
    });
    let other = values
        .into_iter()
        .find(|one| one.is_apart || one.value.split(' ').count() <= 3)?;
    if is_own {
        return None;
    }
    let message = format!(
        "{} is for the brand `{}`, not for `{}`",
        proof.at(other.at),
        shown(other.value),
        shown(brand)
    );
    let help = "put in the certificate of this brand, or correct `brand`";
    let code = if is_known {
        Code::OtherProductMentioned
    } else {
        Code::PaperForOtherBrand
    };
    Some(proof.finding(code, message, help))
}

fn of_holder(proof: &Proof<'_>, names: &[String]) -> Option<Finding> {
    let values: Vec<_> = proof
        .values(Kind::Holder)
        .filter(|one| is_name(one.value, one.is_apart))
        .collect();
    let is_own = values.iter().any(|one| {
        company::names_one(&one.value.to_lowercase(), names)
            || !company::is_comparable(one.value, names)
    });
    let other = values.first().filter(|_| !is_own && !names.is_empty())?;
    let name = company::name_in(other.value);
    let message = format!(
        "{} names `{}`, whom the manifest does not know",
        proof.at(other.at),
        shown(name)
    );
    let help =
        "look whether the certificate is the applicant's own, or that of the maker of the product";
    Some(proof.finding(Code::OtherHolder, message, help))
}

/// Returns true if a value may be the name of a company rather than a sentence.
fn is_name(value: &str, is_apart: bool) -> bool {
    let first = value.chars().next();
    let is_sentence = first.is_none_or(|c| c.is_lowercase() || !c.is_alphabetic());
    company::is_company(value)
        || (is_apart && !is_sentence && value.split(' ').count() <= 6 && value.chars().count() >= 3)
}
