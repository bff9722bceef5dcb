//! Checks other evidence and file names for another product.

use crate::diag::{Code, Finding, told};
use crate::domain::text::shown;
use crate::domain::{Application, support_end};
use crate::inspect::Paper;
use crate::inspect::identity::certificate::own_models;
use crate::inspect::identity::days::days;
use crate::inspect::identity::labels::Kind;
use crate::inspect::identity::proof::Proof;
use crate::inspect::identity::spelling::{Alike, alike, difference};
use crate::inspect::identity::text::Passage;
use crate::inspect::identity::{company, model, version};

/// How many lines at the beginning say what a document is about.
const TITLE: usize = 5;

/// Returns a finding if a file name contains another model.
pub(super) fn in_name(application: &Application, paper: &Paper<'_>) -> Option<Finding> {
    let own = own_models(application);
    let mut others = own
        .iter()
        .filter_map(|model| Some((model, model::in_name(paper.path.file_name(), model, &own)?)));
    let (name, other) = others.next()?;
    // The number of a label or report may look like a model.
    let numbers = application
        .labels
        .iter()
        .filter_map(|label| label.number.as_deref());
    let references = application
        .laboratory
        .as_ref()
        .into_iter()
        .filter_map(|one| one.reference.as_deref());
    if numbers
        .chain(references)
        .any(|number| model::holds(number, &other) || alike(number, &other) == Some(Alike::Ending))
    {
        return None;
    }
    let message = format!(
        "the file name of `{}` contains `{}`, but the model is `{}`",
        paper.path,
        shown(&other),
        shown(name)
    );
    let help = "check that the file is for this product";
    Some(Finding::at(
        Code::FileNameOfOtherModel,
        paper.field(),
        message,
        help,
    ))
}

/// Returns a finding if a text is about another model, firmware or brand.
pub(super) fn in_text(application: &Application, proof: &Proof<'_>) -> Vec<Finding> {
    let own = own_models(application);
    let mut findings = Vec::new();
    findings.extend(of_model(&own, proof));
    findings.extend(of_firmware(application, proof));
    findings.extend(of_brand(application, proof));
    findings.extend(of_support(application, proof));
    findings
}

pub(super) fn of_model(own: &[&str], proof: &Proof<'_>) -> Option<Finding> {
    // In a list the next cell may be a number: `HX-200,1.10`.
    let is_cell = |name: &str| proof.text.says(&format!("{name},"));
    let names_own = own.iter().any(|name| {
        proof.text.find(name).is_some() || is_cell(name) || model::is_of_family(proof.text, name)
    });
    if names_own || !proof.text.is_read {
        return None;
    }
    let other = own
        .iter()
        .find_map(|name| Some((name, model::other(proof.text, name, own)?)));
    let (name, other) = other.filter(|(name, other)| !model::has_parts(&other.written, name))?;
    let is_title = proof
        .text
        .head(TITLE)
        .any(|line| line.contains(&other.written));
    let is_labelled = || {
        model::labelled(&proof.labelled)
            .iter()
            .any(|(_, word)| *word == other.written)
    };
    // A sister model in a table is usual. A model that is nearly the same may be a slip.
    let is_near = matches!(other.alike, Alike::Look | Alike::Slip);
    if !is_title && !is_near && !is_labelled() {
        return None;
    }
    let message = format!(
        "{} names the model `{}`, but not `{}`",
        proof.at(other.at),
        shown(&other.written),
        shown(name)
    );
    let help = "check that the file is for this product";
    Some(
        proof
            .finding(Code::OtherProductMentioned, message, help)
            .because(difference(&other.written, name)),
    )
}

fn of_firmware(application: &Application, proof: &Proof<'_>) -> Option<Finding> {
    let firmware = application.product.firmware_version.as_deref()?;
    let is_there = proof
        .text
        .passages
        .iter()
        .any(|one| version::is_named(&one.text, firmware));
    if is_there || !proof.text.is_read {
        return None;
    }
    let given = version::given(Kind::Firmware, proof.text, &[]);
    let cells = proof.values(Kind::Firmware).filter(|one| {
        one.is_apart && version::first(one.value).is_some_and(|found| found.contains('.'))
    });
    let head: Vec<&str> = proof.text.head(TITLE).collect();
    let in_title = given
        .iter()
        .filter(|one| head.iter().any(|line| line.contains(one.value)));
    let mut others = cells
        .map(|one| (one.at, one.value))
        .chain(in_title.map(|one| (one.at, one.value)));
    let (at, value) = others.find(|(_, value)| !version::is_range(value))?;
    let other = version::first(value)?;
    let message = told(|m| {
        format!(
            "{} is about the firmware `{}`, but {m} has `{}`",
            proof.at(at),
            shown(other),
            shown(firmware)
        )
    });
    let help = "check that the file is right for this firmware, or replace it";
    Some(proof.finding(Code::OtherProductMentioned, message, help))
}

/// The end of support of a policy. Components have one as well, so the sentence must begin with what is supported
/// here, or with the support itself.
fn of_support(application: &Application, proof: &Proof<'_>) -> Option<Finding> {
    const BEGINS: &[&str] = &[
        "security update",
        "security support",
        "security patches",
        "software update",
        "firmware update",
        "support period",
        "support end",
        "support until",
        "end of support",
        "end of security",
        "updates are",
        "updates will",
        "the product",
        "this product",
        "the device",
        "this device",
        "sicherheitsupdates",
        "サポート期間",
        "サポート終了",
        "지원 종료",
        "지원 기간",
    ];
    let until = application.product.support.until.given()?;
    let passages = &proof.text.passages;
    let own = own_models(application);
    let other_end = |sentence: &str| {
        let sentence = sentence.trim();
        let other = support_end::other_end(until, sentence)?;
        let lower = sentence.to_lowercase();
        let is_own = BEGINS.iter().any(|begin| lower.starts_with(begin))
            || own.iter().any(|model| model::holds(sentence, model));
        is_own.then_some(other)
    };
    let mut of_support = passages
        .iter()
        .filter(|one| support_end::may_name_end(&one.text));
    let (at, other) = of_support.find_map(|one| {
        let mut sentences = one.text.lines().flat_map(|line| line.split(". "));
        Some((one.at, sentences.find_map(other_end)?))
    })?;
    let names_own = |one: &Passage<'_>| {
        days(&one.text).iter().any(|day| day.is(until)) || support_end::names_end(until, &one.lower)
    };
    if !proof.text.is_read || passages.iter().any(names_own) {
        return None;
    }
    let message = told(|m| {
        format!(
            "{} names the end of support `{}`, {m} has `{until}`",
            proof.at(at),
            shown(&other)
        )
    });
    let help = "correct `product.support.until`, or put in the present policy";
    Some(proof.finding(Code::OtherProductMentioned, message, help))
}

fn of_brand(application: &Application, proof: &Proof<'_>) -> Option<Finding> {
    let names = company::names(application);
    let mut brands = proof
        .values(Kind::Brand)
        .filter(|one| one.is_apart)
        .peekable();
    let first = *brands.peek()?;
    let is_own = brands.any(|one| {
        company::names_one(&one.value.to_lowercase(), &names)
            || !company::is_comparable(one.value, &names)
    });
    if is_own
        || first.value.len() < 2
        || proof
            .text
            .passages
            .iter()
            .any(|one| company::names_one(&one.lower, &names))
    {
        return None;
    }
    let message = format!(
        "{} is about the brand `{}`",
        proof.at(first.at),
        shown(first.value)
    );
    let help = "check that the file is for this product";
    Some(proof.finding(Code::OtherProductMentioned, message, help))
}
