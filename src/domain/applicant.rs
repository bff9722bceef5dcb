//! The applicant, the person who signs, the laboratory.

use std::fmt;
use std::str::FromStr;

use crate::domain::record::{Country, Email, Line, Lines, Many, Part, Phone, record};
use crate::domain::{Date, Exhibit};

record! {
    /// The company that applies for the label.
    Applicant "`applicant`" {
        Required name: Line<200> => "the registered name of the company";
        Optional name_latin: Line<200> => "the same name in Latin letters, if the name is in another script";
        Sometimes uen: Uen => "the Unique Entity Number of a company registered in Singapore";
        Sometimes registration: Abroad => "country and number of a company registered abroad";
        Required address: Lines<500> => "the postal address";
        Optional address_latin: Lines<500> => "the same address in Latin letters, if the address is in another script";
        Required contact: Part<Contact> => "the person whom an officer may ask";
        Optional filed_by: Filer => "the consultancy that files for the applicant";
        Optional shares_with: Many<Line<200>> => "other clients of a batch that this application may name, by name or registration number: one at the same address, a parent company" unprinted;
    }
}

record! {
    /// The registration of a company abroad.
    Abroad "`registration`" {
        Required country: Country => "the country as a code of two letters, such as KR";
        Required number: Line<60> => "the number in that country's register";
    }
}

record! {
    /// A person who can be asked.
    Contact "`contact`" {
        Required name: Line<120> => "the person's name";
        Optional name_latin: Line<120> => "the same name in Latin letters, if the name is in another script";
        Required email: Email => "the e-mail address";
        Optional phone: Phone => "the telephone number with its country code, such as +65 6000 0000";
    }
}

record! {
    /// A consultancy that files for the applicant.
    Filer "`filed_by`" {
        Required name: Line<200> => "the registered name of the consultancy";
        Optional name_latin: Line<200> => "the same name in Latin letters, if the name is in another script";
        Required uen: Uen => "the Unique Entity Number of the consultancy";
    }
}

impl Applicant {
    /// Returns how the company is registered; in Singapore if it has a number of both countries.
    pub fn registered(&self) -> Option<Registration> {
        let local = self.uen.as_ref().cloned().map(Registration::Singapore);
        local.or_else(|| {
            let abroad = self.abroad()?;
            Some(Registration::Abroad {
                country: abroad.country.as_ref()?.clone(),
                number: abroad.number.as_ref()?.clone(),
            })
        })
    }

    /// Returns the registration of a company that is registered abroad only.
    pub fn abroad(&self) -> Option<&Abroad> {
        let is_whole = |abroad: &&Abroad| abroad.country.is_given() && abroad.number.is_given();
        let abroad = self.registration.as_ref().filter(is_whole);
        abroad.filter(|_| !self.uen.is_given())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Registration {
    Singapore(Uen),
    /// Abroad: country code of two letters and the number there.
    Abroad {
        country: String,
        /// The number in that country's register.
        number: String,
    },
}

impl Registration {
    /// Returns the number alone, as a form asks for it.
    pub fn number(&self) -> &str {
        match self {
            Self::Singapore(uen) => &uen.0,
            Self::Abroad { number, .. } => number,
        }
    }
}

impl fmt::Display for Registration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Singapore(uen) => write!(f, "UEN {uen}"),
            Self::Abroad { country, number } => write!(f, "{country} {number}"),
        }
    }
}

record! {
    /// The person who signs the declaration.
    Signatory "`signatory`" {
        Required name: Line<120> => "the name of the person who signs";
        Optional name_latin: Line<120> => "the same name in Latin letters, if the name is in another script";
        Required title: Line<120> => "the job title of the person who signs";
        Optional title_latin: Line<120> => "the same job title in English, if the title is in another script";
        Optional place: Line<120> => "where the declaration is signed";
        Optional date: Date => "when the declaration is signed";
    }
}

record! {
    /// The test laboratory and its report. The name is free text, since no list of approved ones is published.
    Laboratory "`laboratory`" {
        Required name: Line<200> => "the laboratory's name";
        Required reference: Line<80> => "the number of its report";
        Required date: Date => "the date of its report";
        Sometimes report: Exhibit => "the report";
    }
}

/// A Singapore Unique Entity Number whose form and check letter are right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Uen(String);

impl Uen {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text is not a UEN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UenError {
    /// It has no published form.
    Form,
    /// The form is right; the last letter should be this one.
    CheckLetter(char),
}

/// The entity types of numbers that begin with R, S or T. Source: `facts` on the UEN, as used by
/// the public register's own check.
const ENTITY_TYPES: &str = "CC CD CH CL CM CP CS CX DP FB FC FM FN GA GB GS HS LL LP MB MC MD MH MM \
                            MQ NB NR PA PB PF RF RP SM SS TC TU VH XL";

impl FromStr for Uen {
    type Err = UenError;

    fn from_str(text: &str) -> Result<Self, UenError> {
        let bytes = text.as_bytes();
        let Some((&letter, body)) = bytes.split_last() else {
            return Err(UenError::Form);
        };
        if !letter.is_ascii_uppercase() {
            return Err(UenError::Form);
        }
        let expected = match body.len() {
            8 if digits(body) => weighted(body, &[10, 4, 9, 3, 8, 2, 7, 1], b"XMKECAWLJDB"),
            9 if digits(body) => weighted(body, &[10, 8, 6, 4, 9, 7, 5, 3, 1], b"ZKCMDNERGWH"),
            // The letter of a foreign company's number follows no published rule.
            9 if body.starts_with(b"F")
                && (body[1..].starts_with(b"000") || body[1..].starts_with(b"   "))
                && digits(&body[4..]) =>
            {
                letter
            }
            9 if is_other(body) => other_letter(body),
            _ => return Err(UenError::Form),
        };
        if expected == letter {
            Ok(Self(text.to_owned()))
        } else {
            Err(UenError::CheckLetter(char::from(expected)))
        }
    }
}

impl Uen {
    /// Returns the year in which a local company was registered, if the number contains it.
    pub fn year(&self) -> Option<i16> {
        (self.0.len() == 10 && digits(&self.0.as_bytes()[..4])).then(|| self.0[..4].parse().ok())?
    }
}

impl fmt::Display for Uen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

fn digits(bytes: &[u8]) -> bool {
    bytes.iter().all(u8::is_ascii_digit)
}

fn weighted(body: &[u8], weights: &[u32], letters: &[u8; 11]) -> u8 {
    let sum: u32 = body
        .iter()
        .zip(weights)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    letters[(sum % 11) as usize]
}

fn is_other(body: &[u8]) -> bool {
    matches!(body[0], b'R' | b'S' | b'T')
        && digits(&body[1..3])
        && std::str::from_utf8(&body[3..5])
            .is_ok_and(|kind| ENTITY_TYPES.split_whitespace().any(|known| known == kind))
        && digits(&body[5..])
}

fn other_letter(body: &[u8]) -> u8 {
    const ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWX0123456789";
    const WEIGHTS: [usize; 9] = [4, 3, 5, 3, 10, 2, 2, 5, 7];
    let place = |byte: &u8| {
        ALPHABET
            .iter()
            .position(|letter| letter == byte)
            .unwrap_or(0)
    };
    let sum: usize = body
        .iter()
        .zip(WEIGHTS)
        .map(|(byte, weight)| place(byte) * weight)
        .sum();
    // The sum can fall below five; adding eleven keeps the remainder and the sign.
    ALPHABET[(sum + 11 - 5) % 11]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_the_published_samples() {
        for text in [
            "00192200M",
            "197401143C",
            "S16FC0121D",
            "T01FC6132D",
            "F00012345K",
            "F   12345K",
        ] {
            assert!(text.parse::<Uen>().is_ok(), "{text}");
        }
    }

    #[test]
    fn names_the_letter_that_would_be_right() {
        assert_eq!("00192200X".parse::<Uen>(), Err(UenError::CheckLetter('M')));
        assert_eq!("197401143Z".parse::<Uen>(), Err(UenError::CheckLetter('C')));
        assert_eq!("S16FC0121E".parse::<Uen>(), Err(UenError::CheckLetter('D')));
    }

    #[test]
    fn refuses_other_forms() {
        for text in [
            "",
            "M",
            "1234567M",
            "197401143c",
            "S16ZZ0121D",
            "１97401143C",
            "F01012345K",
            "19740114-C",
        ] {
            assert_eq!(text.parse::<Uen>(), Err(UenError::Form), "{text}");
        }
    }
}
