//! One cell into the text of a field, or the finding that keeps it from being one.

use std::collections::BTreeSet;

use clspack_workbook::{Day, Epoch};

use crate::diag::Code;
use crate::domain::several::{Several, several};
use crate::domain::shape::Kind;
use crate::domain::text::shown;
use crate::domain::vocabulary::synonyms::says_nothing;
use crate::domain::{Date, field};
use crate::sheet::filter::written as written_text;
use crate::sheet::grid::{Value, trimmed};
use crate::sheet::headings::Target;
use crate::sheet::{Mapping, dates};

/// Why a cell is not a text: code, message, help, why.
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: String,
    pub(super) note: Option<&'static str>,
}

impl Fault {
    fn new(code: Code, message: String, help: impl Into<String>) -> Self {
        Self {
            code,
            message,
            help: help.into(),
            note: None,
        }
    }

    fn because(mut self, note: &'static str) -> Self {
        self.note = Some(note);
        self
    }
}

const AS_TEXT: &str = "format the column as text, then type the value again";

/// Returns the text of a cell as the mapping reads it; an empty cell has none.
pub(super) fn mapped(
    target: &Target,
    value: &Value,
    mapping: &Mapping,
) -> Result<Option<String>, Fault> {
    let said = written_text(value);
    let meaning = said.and_then(|said| mapping.meaning(&target.route, &said));
    if let Some(meaning) = meaning {
        return Ok(Some(meaning.to_owned()).filter(|meaning| !meaning.is_empty()));
    }
    match value {
        Value::Text(text) if matches!(target.kind, Kind::Date) => {
            match dates::read(text, mapping.dates) {
                Some(day) => Ok(Some(day.to_string())),
                None => self::text(target, value),
            }
        }
        Value::Number(digits, _)
            if mapping.numbers_as_text && is_exact(target) && is_plain(digits) =>
        {
            Ok(Some(digits.clone()))
        }
        _ => self::text(target, value),
    }
}

/// Returns what a cell says and the day that it is read as, if it is in another notation and no mapping says in which.
pub(super) fn other_notation(
    target: &Target,
    value: &Value,
    mapping: &Mapping,
) -> Option<(String, Date)> {
    let Value::Text(text) = value else {
        return None;
    };
    let is_told = mapping.dates.is_some() || mapping.meaning(&target.route, text).is_some();
    if !matches!(target.kind, Kind::Date) || is_told {
        return None;
    }
    let text = trimmed(text);
    let day = dates::read(&text, None)?;
    (day.to_string() != text).then_some((text, day))
}

/// Returns the items of a text, with the words of a list as the mapping reads them.
pub(super) fn meant(target: &Target, text: &str, mapping: &Mapping) -> Vec<String> {
    let items = items(target, text).into_iter();
    let meant = items.map(|item| match mapping.meaning(&target.route, &item) {
        Some(meaning) if target.list => meaning.to_owned(),
        _ => item,
    });
    meant.filter(|item| !item.is_empty()).collect()
}

/// A cell that lists models in another way than with semicolons.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) text: String,
    pub(super) models: Vec<String>,
}

/// Returns the models of a cell one by one, and the first text that was taken for a list. What may be one model stays
/// whole, and is asked about when it is read as one.
pub(super) fn listed(
    target: &Target,
    texts: Vec<String>,
    confirmed: &BTreeSet<String>,
) -> (Vec<String>, Option<Listed>) {
    if target.route.name() != "models" {
        return (texts, None);
    }
    let mut models = Vec::new();
    let mut first = None;
    for text in texts {
        match several(&text) {
            Several::All(parts) if !confirmed.contains(&text) => {
                let parts: Vec<String> = parts.into_iter().map(str::to_owned).collect();
                models.extend(parts.iter().cloned());
                first = first.or(Some(Listed {
                    text,
                    models: parts,
                }));
            }
            _ => models.push(text),
        }
    }
    (models, first)
}

/// A number that Excel stores with all the digits that it has.
fn is_plain(digits: &str) -> bool {
    let known = |c: char| c.is_ascii_digit() || c == '.';
    digits.len() <= 15 && digits.chars().all(known)
}

/// Returns the text of a cell in a column for this field; an empty cell has none.
pub(super) fn text(target: &Target, value: &Value) -> Result<Option<String>, Fault> {
    match value {
        Value::Empty => Ok(None),
        Value::Text(text) => written(target, &trimmed(text)),
        Value::Number(digits, day) => {
            if matches!(target.kind, Kind::Date) {
                return Err(no_date(digits, day.map(|day| day.to_string())));
            }
            number(target, digits)
        }
        Value::Date(day) if matches!(target.kind, Kind::Date) => Ok(Some(day.to_string())),
        Value::Date(day) => Err(Fault::new(
            Code::DateForText,
            format!("Excel stores it as the date {day}"),
            AS_TEXT,
        )
        .because("typed into a cell without a format, 1.10 or 3-4 becomes a day, and what was typed is lost")),
        Value::Moment(shown) if matches!(target.kind, Kind::Date) => Err(Fault::new(
            Code::TimeOfDay,
            format!("`{shown}` is not a whole day"),
            "write only the day, such as 2026-12-01",
        )),
        Value::Moment(shown) => Err(Fault::new(
            Code::DateForText,
            format!("Excel stores it as a date or time, `{shown}`"),
            AS_TEXT,
        )),
        Value::Bool(yes) => boolean(target, *yes),
        Value::Error(error) => Err(failed(error)),
    }
}

/// What a person or another program wrote as text; a CSV file holds nothing else.
fn written(target: &Target, text: &str) -> Result<Option<String>, Fault> {
    const ERRORS: &[&str] = &[
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
    ];
    if text.is_empty() || may_say_nothing(target) && says_nothing(text) {
        return Ok(None);
    }
    if ERRORS.contains(&text) {
        return Err(failed(text));
    }
    if matches!(text, "TRUE" | "FALSE") {
        return boolean(target, text == "TRUE");
    }
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    if matches!(target.kind, Kind::Date) && digits && text.len() <= 7 {
        let day = text
            .parse()
            .ok()
            .and_then(|serial| Day::of_serial(serial, Epoch::Y1900));
        return Err(no_date(text, day.map(|day| day.to_string())));
    }
    if is_exact(target) && is_scientific(text) {
        return Err(lossy(text));
    }
    // Quotes keep a number a text in a manifest; in a cell they are no part of it.
    let inner = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    let bare = inner.filter(|inner| is_exact(target) && !inner.contains('"'));
    Ok(Some(bare.unwrap_or(text).to_owned()))
}

/// Returns true where a dash or a word such as `none` cannot be meant as it is: in a label, and where no text may be.
fn may_say_nothing(target: &Target) -> bool {
    let is_answer = matches!(target.kind, Kind::Word(words) if words().contains(&"n/a"));
    let is_text = matches!(target.kind, Kind::Line(_) | Kind::Lines(_));
    !is_answer && (!is_text || target.route.section() == "labels")
}

/// A number that was meant as text has lost its zeros, and its last digits beyond fifteen.
fn number(target: &Target, digits: &str) -> Result<Option<String>, Fault> {
    let whole = digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit());
    if is_exact(target) || !whole {
        return Err(lossy(digits));
    }
    Ok(Some(digits.to_owned()))
}

fn lossy(digits: &str) -> Fault {
    Fault::new(
        Code::NumberForText,
        format!("Excel stores it as the number `{}`", shown(digits)),
        AS_TEXT,
    )
    .because("00123, 1.10 and 1E5 become 123, 1.1 and 100000, and what was typed is lost")
}

fn no_date(digits: &str, day: Option<String>) -> Fault {
    let help = day.map_or_else(
        || "write the day, such as 2026-12-01".to_owned(),
        |day| format!("if {day} is meant, write it so, or format the cell as a date"),
    );
    Fault::new(
        Code::NumberForDate,
        format!("`{}` is a number, not a date", shown(digits)),
        help,
    )
}

fn boolean(target: &Target, yes: bool) -> Result<Option<String>, Fault> {
    let is_answer = matches!(target.kind, Kind::Word(words) if words().contains(&"n/a"));
    if is_answer {
        return Ok(Some(if yes { "yes" } else { "no" }.to_owned()));
    }
    let shown = if yes { "TRUE" } else { "FALSE" };
    Err(Fault::new(
        Code::BooleanForText,
        format!("`{shown}` is a logical value, not a text"),
        AS_TEXT,
    ))
}

fn failed(error: &str) -> Fault {
    Fault::new(
        Code::CellError,
        format!("the cell shows the error `{}`", shown(error)),
        "correct the formula, or type the value",
    )
}

/// Returns true where leading zeros, trailing zeros and exponents are part of the text.
pub(super) fn is_exact(target: &Target) -> bool {
    const NAMES: &[&str] = &["model", "version", "number", "reference", "signed_for"];
    let name = target.route.name();
    matches!(
        target.kind,
        Kind::Uen | Kind::Phone | Kind::Hash | Kind::Pages
    ) || NAMES.iter().any(|part| name.contains(part))
}

/// Returns true for `1.23E+11`, as Excel writes a long number into a CSV file.
fn is_scientific(text: &str) -> bool {
    let Some((digits, exponent)) = text.split_once("E+") else {
        return false;
    };
    let all = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    all(&digits.replacen(['.', ','], "", 1)) && all(exponent)
}

/// Returns the items of a cell: one, or for a list those between semicolons, commas and line breaks.
pub(super) fn items(target: &Target, text: &str) -> Vec<String> {
    if !target.list {
        return vec![trimmed(text)];
    }
    // A list of models written on an East Asian keyboard; elsewhere such commas are part of names.
    let of_models = target.route.name() == "models";
    let whole = target.route == field!(confirmed);
    let is_between = |c: char| match c {
        ';' | '\n' => true,
        ',' => !whole,
        '、' | '，' | '；' => of_models,
        _ => false,
    };
    let parts = text.split(is_between).map(trimmed);
    parts.filter(|part| !part.is_empty()).collect()
}
