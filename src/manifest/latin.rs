//! Finds names, titles and addresses that are only in another script. An officer in Singapore and the company's profile at
//! Corppass need them in Latin letters too.

use crate::diag::{Code, Finding};
use crate::domain::text::shown;
use crate::domain::{Application, Field, FieldPath, field};

/// A text, the field for it in Latin letters, and what to add there.
struct Pair<'a> {
    text: (FieldPath, &'a Field<String>),
    latin: (FieldPath, &'a Field<String>),
    help: &'static str,
}

const NAME: &str = "the name as English papers and Corppass spell it";
const ADDRESS: &str = "the address as a letter from Singapore would need it";
const TITLE: &str = "the job title in English";

/// Warns of texts that an officer in Singapore may not be able to read.
pub(crate) fn check(application: &Application, findings: &mut Vec<Finding>) {
    for pair in pairs(application) {
        findings.extend(missing(&pair));
        findings.extend(not_latin(&pair));
    }
}

fn pairs(application: &Application) -> Vec<Pair<'_>> {
    let (applicant, signatory) = (&application.applicant, &application.signatory);
    let contact = &applicant.contact;
    let mut pairs = vec![
        Pair {
            text: (field!(applicant.name), &applicant.name),
            latin: (field!(applicant.name_latin), &applicant.name_latin),
            help: NAME,
        },
        Pair {
            text: (field!(applicant.address), &applicant.address),
            latin: (field!(applicant.address_latin), &applicant.address_latin),
            help: ADDRESS,
        },
        Pair {
            text: (field!(applicant.contact.name), &contact.name),
            latin: (field!(applicant.contact.name_latin), &contact.name_latin),
            help: NAME,
        },
        Pair {
            text: (field!(signatory.name), &signatory.name),
            latin: (field!(signatory.name_latin), &signatory.name_latin),
            help: NAME,
        },
        Pair {
            text: (field!(signatory.title), &signatory.title),
            latin: (field!(signatory.title_latin), &signatory.title_latin),
            help: TITLE,
        },
    ];
    pairs.extend(applicant.filed_by.as_ref().map(|filer| Pair {
        text: (field!(applicant.filed_by.name), &filer.name),
        latin: (field!(applicant.filed_by.name_latin), &filer.name_latin),
        help: NAME,
    }));
    pairs
}

fn missing(pair: &Pair<'_>) -> Option<Finding> {
    let (field, text) = &pair.text;
    let text = text.as_deref().filter(|text| is_in_another_script(text))?;
    let message = format!("`{}` is not in Latin letters", shown(text));
    pair.latin.1.is_missing().then(|| {
        let (latin, text) = (&pair.latin.0, pair.help);
        let help = format!("add `{}` with {text}", latin.name());
        let finding = Finding::at(Code::LatinTextMissing, field, message, help);
        finding
            .in_cell(format!("add a column `{latin}` with {text}"))
            .because("the documents for Singapore print both")
    })
}

fn not_latin(pair: &Pair<'_>) -> Option<Finding> {
    let (field, text) = &pair.latin;
    let text = text.as_deref().filter(|text| is_in_another_script(text))?;
    let message = format!("`{}` is not in Latin letters", shown(text));
    let help = "write it in Latin letters, or remove the field if the text beside it has them";
    let in_cell = "write it in Latin letters, or empty the cell if the text beside it has them";
    Some(Finding::at(Code::LatinTextMissing, field, message, help).in_cell(in_cell))
}

/// Returns true if most letters are of another script. Many write both in one field, the Latin letters in brackets.
fn is_in_another_script(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (latin, other): (Vec<char>, Vec<char>) = letters.partition(|c| is_latin(*c));
    latin.len() < other.len()
}

/// Returns true for the letters of the Latin script, with marks and in full width.
const fn is_latin(c: char) -> bool {
    matches!(c,
        'a'..='z' | 'A'..='Z' | '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}'
        | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{ab6f}' | '\u{fb00}'..='\u{fb06}'
        | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_letters_decide() {
        for text in [
            "株式会社例示光学",
            "株式会社ABC",
            "김철수",
            "Иван Петров",
            "東京都1-2-3",
        ] {
            assert!(is_in_another_script(text), "{text}");
        }
        for text in [
            "Hanbit Living Pte. Ltd.",
            "Jürgen Groß-Müßiggang",
            "Đặng Thị Ánh",
            "見本 太郎 (Taro Mihon)",
            "1-2-3",
            "",
        ] {
            assert!(!is_in_another_script(text), "{text}");
        }
    }
}
