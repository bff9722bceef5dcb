//! Compares brand and holder of a document with the manifest.

use crate::diag::{Code, Finding, told};
use crate::domain::Application;
use crate::domain::text::shown;
use crate::inspect::identity::company;
use crate::inspect::identity::fold::folded;
use crate::inspect::identity::labels::Kind;
use crate::inspect::identity::proof::Proof;

/// Compares the brand, the holder, or else any name in the manifest with the document.
pub(super) fn findings(
    application: &Application,
    proofs: &[Proof<'_>],
    all_read: bool,
) -> Vec<Finding> {
    let names = company::names(application);
    let parties = company::parties(application);
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
        findings.extend(of_holder(proof, &parties));
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
    if let Some((proof, other)) = proofs
        .iter()
        .filter(|_| !says_any(&names))
        .find_map(|proof| Some((proof, heading(proof)?)))
    {
        let is_comparable = company::is_comparable(other, &names);
        let is_party = company::names_one(&other.to_lowercase(), &parties);
        if findings.is_empty() && is_comparable && !is_party && !names.is_empty() {
            let message = told(|m| {
                format!(
                    "`{}` begins with `{}`, which is not in {m}",
                    proof.paper.path,
                    shown(other)
                )
            });
            let help =
                "check that the document belongs to the applicant or to the maker of the product";
            findings.push(proof.finding(Code::OtherHolder, message, help));
        }
    }
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
        let help = "check that it is the applicant's document, or name the right file";
        findings.push(proof.finding(Code::ClaimNotFound, message, help));
    }
    findings
}

/// Words in headings that are not companies: schemes, authorities and kinds of documents.
const HEADINGS: &[&str] = &[
    "kisa",
    "bsi",
    "ipa",
    "traficom",
    "csa",
    "psti",
    "jc-star",
    "cic",
    "cls",
    "agency",
    "bundesamt",
    "authority",
    "certificate",
    "label",
    "copy",
    "notice",
    "report",
    "zertifikat",
    "bescheid",
    "kennzeichen",
    "statement",
    "confirmation",
    "registration",
    "certification",
    "page",
    "version",
    "number",
    "no.",
    "date",
    "issue",
    "valid",
    "model",
    "security",
    "specimen",
    "認証",
    "証明",
    "ラベル",
    "인증",
    "证书",
    "declaration",
    "product",
    "device",
    "todistus",
    "merkki",
    "confidential",
    "laboratory",
];

/// Returns the name at the beginning of a line that continues with a number or date: `Reiji Optics | 0007 | …`.
fn heading<'p>(proof: &'p Proof<'_>) -> Option<&'p str> {
    proof.text.head(5).find_map(|line| {
        let (name, rest) = line.split_once('|')?;
        let lower = name.to_lowercase();
        let is_name = name.chars().filter(|c| c.is_alphabetic()).count() >= 3
            && !name.contains(|c: char| c.is_ascii_digit());
        let is_known = HEADINGS.iter().any(|word| lower.contains(word));
        (is_name && !is_known && rest.contains(|c: char| c.is_ascii_digit())).then_some(name.trim())
    })
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
        // A letter that the font does not name may be the one that matters.
        .filter(|one| !one.value.contains('\u{fffd}'))
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
    let help = "name the document for this brand, or correct `brand`";
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
    let message = told(|m| {
        format!(
            "{} names `{}`, which is not in {m}",
            proof.at(other.at),
            shown(name)
        )
    });
    let help = "check that the document belongs to the applicant or to the maker of the product";
    Some(proof.finding(Code::OtherHolder, message, help))
}

/// Returns true if a value may be the name of a company rather than a sentence.
pub(super) fn is_name(value: &str, is_apart: bool) -> bool {
    let first = value.chars().next();
    let is_sentence = first.is_none_or(|c| c.is_lowercase() || !c.is_alphabetic());
    company::is_company(value)
        || (is_apart && !is_sentence && value.split(' ').count() <= 6 && value.chars().count() >= 3)
}
