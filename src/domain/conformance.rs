//! Answers of the applicant to the numbered provisions of the standard.

use std::fmt;
use std::str::FromStr;

use crate::domain::plain::ascii_code;
use crate::domain::record::{Lines, Many, record};
use crate::domain::{Exhibit, Field, FieldPath, List, NotAWord};

words! {
    /// The answer to one provision, in the standard's own words (EN 303 645, Annex B).
    Support { Yes = "yes", No = "no", NotApplicable = "n/a" }
}

/// The number of a provision or lifecycle item, in the spelling of the rule data: `5.1-1`, `6-1`,
/// `CK-LP-01`.
///
/// CSA's papers write clause 6 with a point (`6.1`), the standard with a hyphen (`6-1`): both are
/// read and become the standard's.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProvisionId(String);

impl FromStr for ProvisionId {
    type Err = NotAWord;

    fn from_str(text: &str) -> Result<Self, NotAWord> {
        // Word processors turn a hyphen into a dash, and an East Asian keyboard writes wide digits.
        let text = ascii_code(text).unwrap_or_else(|| text.to_owned());
        let known = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        if text.is_empty() || text.len() > 12 || !text.chars().all(known) {
            return Err(NotAWord);
        }
        let six = text.strip_prefix("6.");
        let clause_six = six.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        Ok(Self(
            clause_six.map_or_else(|| text.clone(), |rest| format!("6-{rest}")),
        ))
    }
}

impl ProvisionId {
    /// Returns the number as the rule data spells it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProvisionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for ProvisionId {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(from)?;
        text.parse()
            .map_err(|_| serde::de::Error::custom(format!("`{text}` is not a provision number")))
    }
}

record! {
    /// The answer itself.
    Reply "an answer" {
        Required support: Support => "yes, no or n/a";
        Sometimes detail: Lines<4000> => "how the provision is met, or why it is not applicable";
        Sometimes evidence: Many<Exhibit> => "the files that show it, each as its path or as `{ file: …, pages: 3-5, date: … }`";
    }
}

/// The answer to one provision.
#[derive(Clone, Debug)]
pub struct Answer {
    pub id: ProvisionId,
    /// The number as the manifest spells it.
    pub written: String,
    /// The section of the manifest that it is in.
    pub section: &'static str,
    pub support: Field<Support>,
    /// How the provision is met, or why it is not.
    pub detail: Field<String>,
    /// The files that show it.
    pub evidence: List<Exhibit>,
}

impl Answer {
    /// Returns true if a part of it cannot be read; there is a finding about it.
    pub fn is_faulty(&self) -> bool {
        !self.support.is_given() || self.detail.is_faulty() || self.evidence.is_faulty()
    }

    /// Returns section and number as the manifest has them, which identify the answer.
    pub fn key(&self) -> (&'static str, &str) {
        (self.section, &self.written)
    }
}

impl Answer {
    pub fn field(&self) -> FieldPath {
        FieldPath::of([self.section.into(), self.written.clone().into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_of_clause_six_are_one() {
        let id = |text: &str| text.parse::<ProvisionId>().unwrap();
        assert_eq!(id("6.1"), id("6-1"));
        assert_eq!(id("5.3-10").as_str(), "5.3-10");
        assert_ne!(id("5.6-1"), id("6-1"));
        assert_eq!(id("5.2\u{2013}1").as_str(), "5.2-1");
        assert!("5.1-1 ".parse::<ProvisionId>().is_err());
    }
}
