//! Turns the exposures of a file into findings: one for each kind, with the first places.

use crate::diag::{Finding, told};
use crate::domain::{Application, EvidenceKind, Role, hosts};
use crate::inspect::Paper;
use crate::sensitive::{self, search};

use super::kind::Kind;
use super::{Exposure, MOST};

/// How many places a finding lists.
const LISTED: usize = 3;

/// Returns the findings for a file, without the people that the manifest names.
pub(in crate::inspect) fn findings(application: &Application, paper: &Paper<'_>) -> Vec<Finding> {
    let all = &paper.facts.exposures;
    let mut findings: Vec<Finding> = in_name(paper).into_iter().collect();
    if all.is_empty() {
        return findings;
    }
    let people = People::of(application);
    let names_people = names_people(paper);
    let counts = |exposure: &&Exposure| {
        let is_natural = names_people && is_natural(exposure, paper);
        !is_natural && !people.include(exposure)
    };
    let mut all: Vec<&Exposure> = all.iter().filter(counts).collect();
    all.sort_by_key(|exposure| exposure.kind);
    let of_kinds = all.chunk_by(|one, other| one.kind == other.kind);
    findings.extend(of_kinds.map(|of_kind| finding(paper, of_kind)));
    findings
}

/// Returns a finding if the name of a file has the number of an identity card. The name goes into the pack, too.
fn in_name(paper: &Paper<'_>) -> Option<Finding> {
    let words = paper
        .path
        .as_str()
        .replace(|c: char| !c.is_alphanumeric(), " ");
    let hits = search(&words);
    let is_number = |kind| {
        use sensitive::Kind::{Identity, LikelyIdentity};
        matches!(kind, Identity | LikelyIdentity)
    };
    let hit = hits.into_iter().find(|hit| is_number(hit.kind))?;
    let kind = Kind::InText(hit.kind);
    let message = format!("the name of `{}` contains {}", paper.path, kind.name());
    let help = told(|m| format!("rename the file, and name it in {m} as it is called then"));
    Some(Finding::at(kind.code(), paper.field(), message, help))
}

/// Returns whether personal data is usual in a file that names people: a company address, or its author. A private
/// address or a mobile number is not usual in a certificate.
fn is_natural(exposure: &Exposure, paper: &Paper<'_>) -> bool {
    let is_document = matches!(paper.path.extension().as_str(), "pdf" | "json" | "xml");
    match exposure.kind {
        Kind::InText(sensitive::Kind::Email) => {
            let host = exposure.compared.rsplit_once('@');
            host.is_some_and(|(_, host)| !hosts::is_free_mail(&host.to_lowercase()))
        }
        Kind::Person => is_document,
        _ => false,
    }
}

/// Returns whether a file usually names people: a certificate, a laboratory report, a list of components with their
/// authors.
fn names_people(paper: &Paper<'_>) -> bool {
    use EvidenceKind::{BinaryScan, PenetrationTest, Sbom};
    let mut roles = paper.fields.iter().map(Role::of);
    roles.any(|role| {
        matches!(
            role,
            Role::Label | Role::Report | Role::Evidence(Sbom | BinaryScan | PenetrationTest)
        )
    })
}

fn finding(paper: &Paper<'_>, exposures: &[&Exposure]) -> Finding {
    let token = Kind::InText(sensitive::Kind::Token);
    let kind = exposures.first().map_or(token, |exposure| exposure.kind);
    let place = |exposure: &&Exposure| match exposure.masked.as_str() {
        "" => exposure.at.to_string(),
        masked => format!("`{masked}` ({})", exposure.at),
    };
    let listed: Vec<String> = exposures.iter().take(LISTED).map(place).collect();
    let n_more = exposures.len().saturating_sub(LISTED);
    let more = match n_more {
        0 => String::new(),
        n if exposures.len() >= kind.most() => format!(", and at least {n} more"),
        n => format!(", and {n} more"),
    };
    let message = format!(
        "`{}` contains {}: {}{more}",
        paper.path,
        kind.name(),
        listed.join(", ")
    );
    let within = exposures
        .iter()
        .take(MOST)
        .map(|exposure| exposure.at.to_string());
    Finding {
        within: within.collect(),
        ..Finding::at(kind.code(), paper.field(), message, kind.help())
    }
}

/// The people and companies that a manifest names, in lower case.
struct People {
    names: Vec<String>,
    email: String,
    /// Digits alone.
    phone: String,
}

impl People {
    fn of(application: &Application) -> Self {
        let applicant = &application.applicant;
        let product = &application.product;
        let filer = applicant
            .filed_by
            .as_ref()
            .and_then(|filer| filer.name.as_ref());
        let filer_latin = applicant
            .filed_by
            .as_ref()
            .and_then(|filer| filer.name_latin.as_ref());
        let laboratory = application
            .laboratory
            .as_ref()
            .and_then(|laboratory| laboratory.name.as_ref());
        let names = [
            applicant.name.as_ref(),
            applicant.contact.name.as_ref(),
            application.signatory.name.as_ref(),
            applicant.name_latin.as_ref(),
            applicant.contact.name_latin.as_ref(),
            application.signatory.name_latin.as_ref(),
            filer,
            filer_latin,
            laboratory,
            product.brand.as_ref(),
            product.name.as_ref(),
        ];
        let lower = |text: &String| text.trim().to_lowercase();
        Self {
            names: names
                .into_iter()
                .flatten()
                .map(lower)
                .filter(|name| !name.is_empty())
                .collect(),
            email: applicant
                .contact
                .email
                .as_ref()
                .map(lower)
                .unwrap_or_default(),
            phone: applicant
                .contact
                .phone
                .as_deref()
                .map(digits)
                .unwrap_or_default(),
        }
    }

    /// Returns whether the manifest names the person, so that the officer gets the data anyway.
    fn include(&self, exposure: &Exposure) -> bool {
        let text = exposure.compared.trim().to_lowercase();
        match exposure.kind {
            Kind::InText(sensitive::Kind::Email) => text == self.email,
            Kind::InText(sensitive::Kind::Phone) => {
                let number = digits(&text);
                // With or without the country code.
                !self.phone.is_empty()
                    && number.len() >= 8
                    && (self.phone.ends_with(&number) || number.ends_with(&self.phone))
            }
            Kind::Person => {
                let words: Vec<&str> = text
                    .split([' ', ','])
                    .filter(|word| !word.is_empty())
                    .collect();
                let has_all = |name: &String| {
                    words
                        .iter()
                        .all(|word| name.split([' ', ',', '.']).any(|one| one == *word))
                };
                self.names.iter().any(has_all)
            }
            _ => false,
        }
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}
