//! Rows that speak to people and are no products: notes below a list, signatures, titles of groups.

use std::collections::BTreeMap;

use crate::domain::plain::folded;
use crate::domain::shape::Kind;
use crate::sheet::filter::written;
use crate::sheet::grid::{Cell, Value, trimmed};
use crate::sheet::headings::Target;

/// Words that begin a note where a colon or nothing follows: `Note: …`, but not the model `Note 20`.
const LABELS: &[&str] = &[
    "note",
    "notes",
    "remark",
    "remarks",
    "nb",
    "n.b.",
    "p.s.",
    "legend",
    "source",
    "disclaimer",
    "signature",
    "signed",
    "date",
    "place",
    "name",
    "title",
    "status",
    "version",
    "revision",
    "confidential",
    "end",
    "contact",
    "hinweis",
    "hinweise",
    "anmerkung",
    "anmerkungen",
    "bemerkung",
    "bemerkungen",
    "legende",
    "quelle",
    "stand",
    "unterschrift",
    "datum",
    "ort",
    "vertraulich",
    "ende",
    "備考",
    "注",
    "注記",
    "注意",
    "凡例",
    "出典",
    "作成者",
    "作成日",
    "承認",
    "署名",
    "日付",
    "更新日",
    "以上",
    "비고",
    "참고",
    "주",
    "주의",
    "출처",
    "작성자",
    "작성일",
    "승인",
    "서명",
    "날짜",
    "备注",
    "说明",
    "来源",
    "签名",
    "日期",
];
/// Phrases that begin a note, also in the middle of a sentence.
const PHRASES: &[&str] = &[
    "prepared by",
    "prepared on",
    "prepared for",
    "checked by",
    "reviewed by",
    "approved by",
    "created by",
    "compiled by",
    "authorised by",
    "authorized by",
    "signed by",
    "signed on",
    "signature of",
    "last updated",
    "updated on",
    "as of",
    "valid as of",
    "end of list",
    "end of table",
    "place and date",
    "date and place",
    "name and title",
    "page 1 of",
    "erstellt von",
    "erstellt am",
    "geprüft von",
    "freigegeben von",
    "freigegeben am",
    "stand vom",
    "ort und datum",
    "ort, datum",
    "ende der liste",
];
/// Signs that begin a footnote.
const SIGNS: [char; 7] = ['*', '＊', '†', '‡', '•', '→', '§'];
/// The same, also before a word without blanks.
const SURE_SIGNS: [char; 2] = ['※', '註'];

/// So many cells a line of a signature has at most: `Prepared by`, name, `Date`, day.
const MOST_CELLS: usize = 4;
/// From how many words in small letters on a text is a sentence.
const FEWEST_SMALL: usize = 3;

/// What tells the products of a sheet from notes.
pub(super) struct Notes {
    /// Columns with models or a base, by which a product is known.
    names: Vec<u32>,
    /// Columns of a value that is no free text.
    exact: Vec<u32>,
    /// Columns of words of a closed set, such as the category.
    words: Vec<u32>,
}

impl Notes {
    /// Reads what the columns of a sheet fill.
    pub(super) fn of(fields: &BTreeMap<u32, Vec<Target>>) -> Self {
        let with = |test: fn(&Target) -> bool| {
            let columns = fields.iter();
            let found = columns.filter(|(_, targets)| targets.iter().any(test));
            found.map(|(column, _)| *column).collect()
        };
        Self {
            names: with(|target| ["models", "extends"].contains(&target.route.name())),
            words: with(|target| matches!(target.kind, Kind::Word(_))),
            exact: with(|target| !matches!(target.kind, Kind::Line(_) | Kind::Lines(_))),
        }
    }

    /// Returns what a row says if it is a note.
    pub(super) fn note(&self, cells: &[Cell]) -> Option<String> {
        // A formula that has no value yet may be anything.
        let is_open = |cell: &Cell| cell.formula && cell.value == Value::Empty;
        if cells.is_empty() || cells.iter().any(is_open) {
            return None;
        }
        let is_name = |cell: &Cell| self.names.contains(&cell.column);
        let is_nameless = !self.names.is_empty() && !cells.iter().any(is_name);
        if !is_nameless && cells.len() > MOST_CELLS {
            return None;
        }
        let mut texts = cells.iter().filter_map(|cell| match &cell.value {
            Value::Text(text) => Some((cell, trimmed(text))),
            _ => None,
        });
        let (cell, first) = texts.next()?;
        // In a CSV file numbers are texts, too.
        if !first.chars().any(char::is_alphabetic) {
            return None;
        }
        // A model, a base or a category further on in the row is not that of a note.
        let is_filled = |other: &Cell| {
            let mut columns = self.names.iter().chain(&self.words);
            other.column != cell.column && columns.any(|own| *own == other.column)
        };
        if cells.len() > 1 && cells.iter().any(is_filled) {
            return None;
        }
        let is_note = match cells {
            [_] if is_nameless => !self.exact.contains(&cell.column) || is_prose(&first),
            [_] => is_prose(&first),
            _ => {
                begins_note(&first)
                    && (is_nameless || texts.all(|(_, text)| is_of_signature(&text)))
            }
        };
        is_note.then_some(first)
    }
}

/// Returns true for a row of which no field is filled although something is written in it.
pub(super) fn says_something(cells: &[Cell]) -> bool {
    cells.iter().any(|cell| written(&cell.value).is_some())
}

/// Returns true for a text that is a note where it is alone in its row.
fn is_prose(text: &str) -> bool {
    begins_note(text) || is_labelled(text) || is_sentence(text)
}

fn begins_note(text: &str) -> bool {
    let plain = folded(text);
    let has_blank = || plain.trim().contains(char::is_whitespace);
    let follows = |word: &str, test: fn(char) -> bool| {
        let rest = plain.strip_prefix(word);
        rest.is_some_and(|rest| rest.trim_start().chars().next().is_none_or(test))
    };
    plain.starts_with(SURE_SIGNS)
        || plain.starts_with(SIGNS) && has_blank()
        || LABELS.iter().any(|word| follows(word, |c| c == ':'))
        || PHRASES.iter().any(|word| follows(word, |_| true))
}

/// Returns true for `Contact: Jane Doe`: words, a colon, and something behind it.
fn is_labelled(text: &str) -> bool {
    let plain = folded(text);
    let Some((label, rest)) = plain.split_once(':') else {
        return false;
    };
    let is_word = |c: char| c.is_alphabetic() || c.is_whitespace();
    label.chars().filter(|c| c.is_alphabetic()).count() > 2
        && label.chars().all(is_word)
        && rest.starts_with(char::is_whitespace)
}

/// Returns true for words of a sentence, which no model and no name of a product is.
fn is_sentence(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let small = words
        .iter()
        .filter(|word| word.starts_with(char::is_lowercase));
    let ends = text.ends_with(['.', '!', '。', '！']);
    small.count() >= FEWEST_SMALL || ends && words.len() >= FEWEST_SMALL || text.ends_with('。')
}

/// Returns true for a text beside the beginning of a signature: a name, another label, a line to sign on.
fn is_of_signature(text: &str) -> bool {
    !text.chars().any(char::is_numeric) || begins_note(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::headings::Headings;

    fn row(texts: &[&str]) -> Vec<Cell> {
        let cells = texts
            .iter()
            .enumerate()
            .filter(|(_, text)| !text.is_empty());
        let cell = |(column, text): (usize, &&str)| Cell {
            column: u32::try_from(column).unwrap(),
            value: match text.parse::<u32>() {
                Ok(_) => Value::Number((*text).to_owned(), None),
                Err(_) => Value::Text((*text).into()),
            },
            formula: false,
        };
        cells.map(cell).collect()
    }

    fn is_note(headings: &[&str], texts: &[&str]) -> bool {
        let known = Headings::new();
        let target = |(column, heading): (usize, &&str)| {
            Some((u32::try_from(column).ok()?, vec![known.find(heading)?]))
        };
        let fields = headings.iter().enumerate().filter_map(target).collect();
        Notes::of(&fields).note(&row(texts)).is_some()
    }

    #[test]
    fn notes_are_told_from_products() {
        let sheet = ["Brand", "Models", "Product name", "Support until", "Colour"];
        for texts in [
            &["* prices as of 2026"][..],
            &["", "Note: HX-200 ships in Q1"],
            &["", "", "", "", "see the price list"],
            &["Prepared by Jane Doe"],
            &["", "Prepared by", "Jane Doe", "", "Date: 2026-11-01"],
            &["Signature: ____", "", "", "", "Date: 2026"],
            &["Cameras"],
            &["", "All models are sold in Singapore"],
            &["", "※価格は税別"],
            &["", "비고: 2026년 1월 출시"],
            &["", "", "", "to be confirmed by the maker"],
            &["Erstellt von Jörg Winter", "", "am", "2026"],
        ] {
            assert!(is_note(&sheet, texts), "{texts:?}");
        }
        for texts in [
            &["", "HX-200"][..],
            &["", "Note 20"],
            &["", "*HX-200"],
            &["", "Smart Hub Pro Max"],
            &["Example", "Note 20", "Phone"],
            &["Example", "", "Hub"],
            &["* Example", "HX-200", "Hub"],
            &["Example", "Date", "HX-200", "2030"],
            &["", "", "", "2030-12-31"],
            &["", "4101"],
            &[],
        ] {
            assert!(!is_note(&sheet, texts), "{texts:?}");
        }
        // Without a column of models only what a row says counts.
        assert!(!is_note(&["Extends", "Firmware version"], &["base.yaml"]));
        assert!(!is_note(&["Brand", "Firmware version"], &["", "1.2"]));
        assert!(is_note(&["Brand", "Firmware version"], &["Note: draft"]));
    }
}
