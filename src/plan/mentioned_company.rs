//! A company that a text names as the maker, distinguished from the applicant. Laboratories, suppliers and hosts are
//! named for good reasons, so only what a maker does counts.

use crate::domain::product::plain_model;
use crate::domain::{Application, field};
use crate::plan::mentions::Mention;

/// Endings of the names of companies.
const FORMS: &[&str] = &[
    "Pte",
    "Ltd",
    "Limited",
    "GmbH",
    "Inc",
    "Corporation",
    "Corp",
    "K.K",
    "AG",
    "LLC",
    "S.A",
    "B.V",
    "Bhd",
];

/// What a maker does, after its name.
const DOES: &[&str] = &[
    "promises",
    "declares",
    "guarantees",
    "publishes",
    "issues",
    "maintains",
    "supports",
    "manufactures",
    "commits",
];

/// Words about a product, before the name of its maker.
const BY: &[&str] = &[
    "manufactured by",
    "made by",
    "developed by",
    "sold by",
    "promised by",
    "the manufacturer",
    "the maker",
    "the applicant",
    "published by",
    "hergestellt von",
];

/// Returns the company that a text names in place of the applicant.
pub(crate) fn other_company(application: &Application, text: &str) -> Option<Mention> {
    let there = application.applicant.name.as_deref()?;
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| word.trim_end_matches([',', '.', ';', ':', ')']).to_owned();
    let is_form = |i: usize| {
        words
            .get(i)
            .is_some_and(|word| FORMS.contains(&bare(word).as_str()))
    };
    let mut i = 0;
    while let Some(at) = (i..words.len()).find(|at| is_form(*at)) {
        let end = (at..words.len())
            .find(|at| !is_form(*at))
            .unwrap_or(words.len());
        i = end;
        let is_name = |word: &&&str| word.starts_with(char::is_uppercase) || **word == "&";
        let n = words[..at].iter().rev().take(5).take_while(is_name).count();
        let name = words[at - n..end].join(" ");
        let name = name
            .trim_start_matches("The ")
            .trim_end_matches([',', ';', ':', ')']);
        let does = words
            .get(end)
            .is_some_and(|word| DOES.contains(&bare(word).as_str()));
        let before = words[..at - n].join(" ").to_lowercase();
        let is_maker = does || BY.iter().any(|by| before.ends_with(by));
        if n > 0 && is_maker && !is_known(application, name) {
            return Some(Mention {
                what: "the company",
                here: name.to_owned(),
                there: there.to_owned(),
                field: field!(applicant.name),
            });
        }
    }
    None
}

fn is_known(application: &Application, name: &str) -> bool {
    let filer = application.applicant.filed_by.as_ref();
    let laboratory = application.laboratory.as_ref();
    let names = [
        application.applicant.name.as_deref(),
        application.applicant.name_latin.as_deref(),
        filer.and_then(|filer| filer.name.as_deref()),
        filer.and_then(|filer| filer.name_latin.as_deref()),
        laboratory.and_then(|laboratory| laboratory.name.as_deref()),
        application.product.brand.as_deref(),
    ];
    // The forms of a company may be written out or left away.
    let first = |name: &str| name.split_whitespace().next().map(plain_model);
    let mut known = names.into_iter().flatten();
    known.any(|known| first(known) == first(name))
        || application
            .applicant
            .shares_with
            .iter()
            .any(|other| first(other) == first(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Field;

    #[test]
    fn only_another_maker_is_named() {
        let mut application = Application::default();
        application.applicant.name = Field::Given("Hanbit Living Pte. Ltd.".to_owned());
        let found = |text: &str| other_company(&application, text).map(|mention| mention.here);
        assert_eq!(
            found("Kestrel Home Pte. Ltd. publishes the policy.").as_deref(),
            Some("Kestrel Home Pte. Ltd.")
        );
        assert_eq!(
            found("The camera is manufactured by Kestrel GmbH.").as_deref(),
            Some("Kestrel GmbH.")
        );
        for text in [
            "Hanbit Living Pte Ltd publishes the policy.",
            "Hanbit Korea Inc. maintains the updates.",
            "Test Rite Corporation hosts the servers.",
            "Tested by Sample Labs Pte. Ltd. in May.",
            "The limited mode publishes nothing.",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
