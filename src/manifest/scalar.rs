//! Parses one text of the manifest into one value, or says why it is not one.

use crate::diag::nearest::one_of;
use crate::diag::{Code, Finding, Medium, Told, told};
use crate::domain::address::{WebAddress, is_email, is_phone, is_url};
use crate::domain::applicant::UenError;
use crate::domain::date::DateError;
use crate::domain::evidence::PathError;
use crate::domain::notation::days;
use crate::domain::placeholder::{
    is_of_company, is_word_within, placeholder, unwritten, unwritten_whole,
};
use crate::domain::record::Value;
use crate::domain::shape::{Kind, Named, Need};
use crate::domain::text::{Lines, hidden_character, shown};
use crate::domain::vocabulary::synonyms::{Meaning, meaning};
use crate::domain::{Date, EvidencePath, FieldPath, Uen, lookalike};

/// Why a text is not a value of its kind: code, message with `{}` for the text, and help
/// (`None`: the field's own description).
pub(crate) struct Fault {
    code: Code,
    message: Told,
    help: Option<Told>,
    in_cell: Option<&'static str>,
}

impl Fault {
    fn new(code: Code, message: impl Into<Told>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
            in_cell: None,
        }
    }

    /// Adds what to do in a cell of a spreadsheet.
    const fn in_cell(mut self, help: &'static str) -> Self {
        self.in_cell = Some(help);
        self
    }

    fn help(self, help: impl Into<Told>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }

    /// Adds that a person may confirm a text that only looks like a placeholder.
    pub(crate) fn unless_confirmed(mut self, text: &str, field: &Named) -> Self {
        if self.code == Code::Placeholder {
            let text = shown(text.trim());
            let confirm =
                told(|m| format!("; if `{text}` is right as it is, list it {}", m.confirmed()));
            let help = self.help.unwrap_or_else(|| what_to_write(field));
            self.help = Some(help.followed_by(&confirm));
        }
        self
    }

    /// Makes the finding for the value of a field at `route`.
    pub(crate) fn into_finding(self, text: &str, field: &Named, route: &FieldPath) -> Finding {
        let message = self.message.map(|message| {
            message
                .replace("{field}", &route.short().to_string())
                .replace("{}", &format!("`{}`", shown(text)))
        });
        let help = self.help.unwrap_or_else(|| what_to_write(field));
        let finding = Finding::at(self.code, route, message, help);
        match self.in_cell {
            Some(in_cell) => finding.in_cell(in_cell),
            None => finding,
        }
    }
}

/// Returns what to write in a field. In a manifest, a text that looks like a number needs quotes.
pub(crate) fn what_to_write(field: &Named) -> Told {
    told(|m| match m {
        Medium::Manifest => format!("write {}", field.in_yaml()),
        Medium::Row => format!("write {}", field.doc),
    })
}

/// Returns what to do about a field that is there and empty.
pub(crate) fn help_for_nothing(field: &Named, need: Need) -> Told {
    match need {
        Need::Required | Need::Sometimes => what_to_write(field),
        Need::Optional => {
            what_to_write(field).followed_by(&told(|m| format!(", or {}", m.remove_field())))
        }
    }
}

/// Which words that look like placeholders are read as ordinary words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Words {
    /// None.
    Written,
    /// Those within the text: it is a name, and a name may contain any word.
    OfAName,
    /// All: a person confirmed the text.
    Confirmed,
}

/// Parses a text as a value of a kind.
pub(crate) fn parse(text: &str, kind: &Kind, words: Words) -> Result<Value, Fault> {
    let fit = |text, lines, max| fit(text, lines, max, words);
    match kind {
        Kind::Schema => schema(text),
        Kind::Line(max) => fit(text, Lines::One, *max),
        Kind::Lines(max) => fit(text, Lines::Many, *max),
        Kind::Word(words) => word(text, &words()),
        Kind::Date => date(text),
        Kind::Uen => uen(text),
        Kind::Path | Kind::Exhibit => path(text),
        Kind::Pages => pages(text),
        Kind::Hash => hash(text),
        Kind::Url => fit(text, Lines::One, 500).and_then(|value| url(value, text)),
        Kind::Email => fit(text, Lines::One, 200).and_then(|value| {
            formed(
                value,
                is_email(text),
                Code::MalformedEmail,
                "{} is not an e-mail address",
                "write one address, such as `name@company.example`",
            )
        }),
        Kind::Phone => fit(text, Lines::One, 40).and_then(|value| {
            formed(
                value,
                is_phone(text),
                Code::MalformedPhone,
                "{} is not a telephone number",
                "write it with its country code, such as `+65 6000 0000`",
            )
        }),
        Kind::Country => country(text),
        // The reader handles tables and lists; a bare text is never one.
        Kind::Table(_) | Kind::List(_) | Kind::Answers | Kind::Partial => Err(Fault::new(
            Code::WrongShape,
            "{} is where fields are expected",
        )),
    }
}

fn formed(
    value: Value,
    right: bool,
    code: Code,
    message: &str,
    help: &str,
) -> Result<Value, Fault> {
    if right {
        Ok(value)
    } else {
        Err(Fault::new(code, message).help(help))
    }
}

fn url(value: Value, text: &str) -> Result<Value, Fault> {
    let port = WebAddress::of(text).filter(WebAddress::has_wrong_port);
    if let Some(port) = port.and_then(|address| address.port) {
        let message = format!("{{}} has the port `{}`, which does not exist", shown(port));
        let help = "remove the port and its colon; the usual one needs no number";
        return Err(Fault::new(Code::MalformedUrl, message).help(help));
    }
    formed(
        value,
        is_url(text),
        Code::MalformedUrl,
        "{} is not a web address",
        "write the whole address, beginning with `https://`",
    )
}

fn country(text: &str) -> Result<Value, Fault> {
    let fault = |message, help| Err(Fault::new(Code::MalformedCountry, message).help(help));
    if text == "SG" {
        let message = "a company registered in Singapore has a UEN";
        let fault = Fault::new(Code::MalformedCountry, message);
        return Err(fault
            .help("write `uen:` and its number in place of `registration`")
            .in_cell("write its UEN in a column `UEN`, and empty country and number"));
    }
    if text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(Value::Text(text.to_owned()));
    }
    fault(
        "{} is not a country code",
        "write the two capital letters of ISO 3166, such as `KR` or `DE`",
    )
}

fn schema(text: &str) -> Result<Value, Fault> {
    if text == "1" {
        return Ok(Value::Word("1"));
    }
    Err(Fault::new(
        Code::UnknownSchema,
        "{} is not a manifest format that this release reads",
    )
    .help(told(|m| {
        format!("write `schema: 1`, or use the release of clspack that {m} was written for")
    })))
}

/// Parses a text for a document: not empty, nothing hidden, no placeholder.
fn fit(text: &str, lines: Lines, max: usize, words: Words) -> Result<Value, Fault> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Err(Fault::new(Code::EmptyField, "`{field}` is empty"));
    }
    if let Some(c) = hidden_character(trimmed, lines) {
        if c == '\n' {
            return Err(
                Fault::new(Code::HiddenCharacter, "`{field}` holds a line break")
                    .help("write it in one line"),
            );
        }
        let what = format!("the hidden character U+{:04X}", u32::from(c));
        return Err(Fault::new(Code::HiddenCharacter, format!("{{}} holds {what}")).help("type the text again instead of pasting it; hidden characters make two texts differ that look alike"));
    }
    let found = placeholder(trimmed).filter(|found| match words {
        Words::Written => lines == Lines::One || !is_of_company(found, trimmed),
        Words::OfAName => !is_word_within(found, trimmed),
        Words::Confirmed => false,
    });
    if let Some(found) = found {
        return Err(still_there(found, trimmed));
    }
    let n_chars = trimmed.chars().count();
    if n_chars > max {
        return Err(Fault::new(
            Code::TextTooLong,
            format!("`{{field}}` has {n_chars} characters, {max} are allowed"),
        )
        .help("shorten it, and put the rest into a file of evidence"));
    }
    let phrase = match (words, lines) {
        (Words::Confirmed, _) => None,
        (_, Lines::Many) => unwritten(trimmed),
        (_, Lines::One) => unwritten_whole(trimmed),
    };
    if let Some(phrase) = phrase {
        return Err(still_there(phrase, trimmed));
    }
    Ok(Value::Text(trimmed.to_owned()))
}

fn still_there(found: &str, text: &str) -> Fault {
    let message = if found == text {
        "{} is a placeholder".to_owned()
    } else {
        format!("the placeholder `{}` is still in the text", shown(found))
    };
    Fault::new(Code::Placeholder, message)
}

/// A label exists when it has its number.
pub(crate) fn no_number() -> Fault {
    let message = "{} is not the number of a label";
    let help = "write the number on the label or certificate, or remove the label until it has one";
    Fault::new(Code::Placeholder, message)
        .help(help)
        .in_cell("write the number on the label or certificate, or empty the cells of the label until it has one")
}

fn word(text: &str, words: &[&'static str]) -> Result<Value, Fault> {
    if let Some(word) = words.iter().find(|word| **word == text) {
        return Ok(Value::Word(word));
    }
    let help = match meaning(text, words) {
        Meaning::Certain(certain) => format!("write `{}`", certain.word()),
        Meaning::Slip(word) => format!("write `{word}`"),
        Meaning::Perhaps(words) => format!("did you mean {}?", one_of(words)),
        Meaning::Unknown => format!("write {}", one_of(words.iter().copied())),
    };
    Err(Fault::new(Code::UnknownWord, "{} is not a value of `{field}`").help(help))
}

fn date(text: &str) -> Result<Value, Fault> {
    let error = match text.parse::<Date>() {
        Ok(day) => return Ok(Value::Date(day)),
        Err(error) => error,
    };
    let days: Vec<String> = days(text).iter().map(Date::to_string).collect();
    let fault = |message: &str| Fault::new(Code::NotADate, message);
    Err(match (error, days.is_empty()) {
        (_, false) => fault("{} has more than one reading").help(format!(
            "did you mean {}?",
            one_of(days.iter().map(String::as_str))
        )),
        (DateError::Form, true) => {
            fault("{} is not a date").help("write year, month and day, such as `2026-12-01`")
        }
        (DateError::NoSuchDay, true) => fault("the calendar has no day {}")
            .help("write a day that exists, as year, month and day"),
    })
}

fn uen(text: &str) -> Result<Value, Fault> {
    if let Some(other) = lookalike::in_code(text) {
        let help = "type the number with plain letters and digits";
        return Err(Fault::new(Code::MalformedUen, format!("{{}} {}", other.says())).help(help));
    }
    text.parse::<Uen>().map(Value::Uen).map_err(|error| match error {
        UenError::Form if text.replace(' ', "").to_uppercase().parse::<Uen>().is_ok() => {
            let right = text.replace(' ', "").to_uppercase();
            Fault::new(Code::MalformedUen, "{} is not written as a Unique Entity Number").help(format!("write `{right}`"))
        }
        UenError::Form => Fault::new(Code::MalformedUen, "{} is not a Unique Entity Number").help("write 8 or 9 digits and a capital letter, or `T`, `S` or `R` with year, entity type, four digits and a letter"),
        UenError::CheckLetter(letter) => Fault::new(Code::WrongCheckLetter, format!("the last letter of {{}} does not fit its digits; `{letter}` would"))
            .help("compare the number with the company's registration; the letter exists to catch a slip in the digits"),
    })
}

fn path(text: &str) -> Result<Value, Fault> {
    if text.contains("://") {
        let fault = Fault::new(Code::UnsafePath, "{} is a web address, not a file");
        return Err(fault.help(told(|m| {
            format!(
                "save the page as PDF below {}, and name that file",
                m.folder()
            )
        })));
    }
    if let Some(c) = hidden_character(text, Lines::One) {
        return Err(Fault::new(
            Code::HiddenCharacter,
            format!("{{}} holds the hidden character U+{:04X}", u32::from(c)),
        )
        .help("rename the file without it"));
    }
    text.parse::<EvidencePath>()
        .map(Value::Path)
        .map_err(|error| {
            let (message, help) = match error {
                PathError::Absolute => (
                    Told::from("{} is an absolute path"),
                    told(|m| {
                        format!(
                            "copy the file below {} and write its path from there",
                            m.folder()
                        )
                    }),
                ),
                PathError::Climbs => (
                    told(|m| format!("{{}} leads out of {}", m.folder())),
                    told(|m| {
                        format!(
                            "copy the file below {}; a pack never takes files from elsewhere",
                            m.folder()
                        )
                    }),
                ),
                PathError::Backslash => (
                    "{} is written with backslashes".into(),
                    "write `/` between folders; it works on Windows too".into(),
                ),
                PathError::NoFile => (
                    "{} names no file".into(),
                    "write the path of one file, such as `evidence/label.jpg`".into(),
                ),
            };
            Fault::new(Code::UnsafePath, message).help(help)
        })
}

fn pages(text: &str) -> Result<Value, Fault> {
    text.parse().map(Value::Pages).map_err(|_| {
        Fault::new(Code::MalformedPages, "{} names no pages")
            .help("write the numbers of pages, such as `3`, `3-5` or `2, 7-9`")
    })
}

fn hash(text: &str) -> Result<Value, Fault> {
    text.parse().map(Value::Hash).map_err(|_| {
        Fault::new(Code::MalformedHash, "{} is not the hash of a declaration’s content")
            .help("copy the sixteen digits after the words \u{201c}Content declared\u{201d} from the signed page")
    })
}
