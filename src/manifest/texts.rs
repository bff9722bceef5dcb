//! Reads one text of a manifest, and finds what YAML or a keyboard may have done to it: a unit number that became a
//! comment, quotation marks that YAML does not know, a placeholder.

use std::collections::BTreeSet;

use crate::diag::{Code, Finding, Told, told};
use crate::domain::FieldPath;
use crate::domain::number::is_to_come;
use crate::domain::placeholder::{is_word_within, placeholder};
use crate::domain::record::Value;
use crate::domain::several::{Several, several};
use crate::domain::shape::{Kind, Named};
use crate::domain::text::shown;
use crate::manifest::remark::{self, Meaning};
use crate::manifest::scalar::{self, Words};
use crate::manifest::takes;
use crate::manifest::tree::{Comment, Scalar};

/// Characters that people put between models, and that mean nothing to YAML.
const SEPARATORS: [char; 4] = ['、', '，', '；', ';'];

pub(crate) struct Texts<'a> {
    pub(crate) findings: &'a mut Vec<Finding>,
    /// Texts that a person confirmed.
    pub(crate) confirmed: &'a BTreeSet<String>,
}

impl Texts<'_> {
    pub(crate) fn value(
        &mut self,
        text: &Scalar,
        kind: &Kind,
        field: &Named,
        route: &FieldPath,
    ) -> Option<Value> {
        self.curly(text, route);
        let mut whole = self.with_unit(text, kind, route);
        let words = match (self.confirmed.contains(whole.trim()), is_name(route)) {
            (true, _) => Words::Confirmed,
            (false, true) => Words::OfAName,
            (false, false) => Words::Written,
        };
        let taken = match words {
            Words::Confirmed => None,
            Words::OfAName | Words::Written => takes::take(&whole, kind, route),
        };
        if let Some(taken) = taken {
            self.findings.extend(taken.finding(&whole, route));
            whole = taken.text;
        }
        let is_to_come =
            route.section() == "labels" && route.name() == "number" && is_to_come(&whole);
        let parsed = scalar::parse(&whole, kind, words);
        let parsed = match parsed {
            Ok(_) if is_to_come && words != Words::Confirmed => Err(scalar::no_number()),
            parsed => parsed,
        };
        match parsed {
            Ok(value) => {
                if words == Words::Confirmed {
                    return Some(value);
                }
                self.name(&whole, route);
                // Several models in one text are compared with nothing.
                (!self.several(&whole, route)).then_some(value)
            }
            Err(fault) => {
                let fault = fault.unless_confirmed(&whole, field);
                self.findings.push(fault.into_finding(&whole, field, route));
                None
            }
        }
    }

    /// Asks about a word of a name that is often a placeholder.
    fn name(&mut self, text: &str, route: &FieldPath) {
        let word = placeholder(text).filter(|word| is_name(route) && is_word_within(word, text));
        if let Some(word) = word {
            let message = format!(
                "`{}` contains `{word}`, which is often a placeholder",
                shown(text)
            );
            let help = told(|m| {
                format!(
                    "check that it is the real name, and list it {} if it is",
                    m.confirmed()
                )
            });
            self.findings
                .push(Finding::at(Code::PlaceholderInName, route, message, help));
        }
    }

    /// Reports a model number with a character that separates several. Returns true if it has one.
    fn several(&mut self, text: &str, route: &FieldPath) -> bool {
        if route.name() != "models" {
            return false;
        }
        let owned = |models: &mut dyn Iterator<Item = &str>| models.map(str::to_owned).collect();
        let may_be = "may be one model or several";
        let sign = text.chars().find(|c| SEPARATORS.contains(c));
        let (message, models): (String, Vec<String>) = match (sign, several(text)) {
            (Some(sign), _) => {
                let models = text.split(SEPARATORS).map(str::trim);
                let is = format!("is read as one model, since `{sign}` does not separate");
                (is, owned(&mut models.filter(|model| !model.is_empty())))
            }
            (None, Several::All(models)) => (may_be.to_owned(), owned(&mut models.into_iter())),
            (None, Several::Perhaps(models)) => (may_be.to_owned(), models),
            (None, Several::Range) => (may_be.to_owned(), Vec::new()),
            (None, Several::One) => return false,
        };
        let message = format!("`{}` {message}", shown(text));
        let finding = Finding::at(
            Code::SeveralInOne,
            route,
            message,
            one_by_one(&models, ", "),
        );
        let in_cell = one_by_one(&models, "; ");
        self.findings.push(finding.in_cell(in_cell));
        true
    }

    /// Warns of quotation marks that YAML does not know, around the whole of a text.
    fn curly(&mut self, text: &Scalar, route: &FieldPath) {
        let pairs = [
            ('“', '”'),
            ('”', '”'),
            ('„', '“'),
            ('‘', '’'),
            ('«', '»'),
            ('＂', '＂'),
            ('＇', '＇'),
        ];
        let stands_in = |(open, close): &(char, char)| {
            text.text.starts_with(*open) && text.text.ends_with(*close)
        };
        if text.plain && pairs.iter().any(stands_in) {
            let message = format!(
                "the quotation marks of `{}` are part of the text",
                shown(&text.text)
            );
            let help = "write straight quotation marks, or none";
            self.findings
                .push(Finding::at(Code::TypographicQuotes, route, message, help));
        }
    }

    /// Adds a unit number that YAML read as a comment: an address must not lose its `#01-01`. What may be part of the
    /// text or a remark is asked about.
    fn with_unit(&mut self, text: &Scalar, kind: &Kind, route: &FieldPath) -> String {
        let field = route.short();
        let Some(Comment {
            text: comment,
            is_below,
        }) = &text.comment
        else {
            return text.text.clone();
        };
        let taken = format!("YAML takes `{}` for a comment", shown(comment));
        let meaning = match (kind, remark::meaning(comment)) {
            // On a line of its own it is less certain to be part of the text.
            (Kind::Lines(_), Meaning::Unit) if *is_below => Meaning::Doubtful,
            (Kind::Lines(_), meaning) => meaning,
            // In a name, only a hash without a blank after it is asked about.
            (Kind::Line(_), Meaning::Unit) => Meaning::Doubtful,
            (Kind::Line(_), Meaning::Doubtful) if is_close(comment) => Meaning::Doubtful,
            _ => Meaning::Remark,
        };
        let (code, message, help) = match meaning {
            Meaning::Unit => (
                Code::HashInText,
                format!("{taken}; it was read as part of `{field}`"),
                "put the whole text in quotes",
            ),
            Meaning::Doubtful => (
                Code::CommentOrText,
                format!("{taken}, and it may be part of `{field}`"),
                "put the whole text in quotes if it belongs to it; otherwise move the remark to a line of its own before the field",
            ),
            Meaning::Number => (
                Code::RemarkBehindText,
                format!("{taken}; `{field}` ends before it"),
                "put the whole text in quotes if it belongs to it; otherwise move the remark to a line of its own before the field",
            ),
            Meaning::Remark => return text.text.clone(),
        };
        self.findings.push(Finding::at(code, route, message, help));
        match code {
            Code::HashInText => format!("{} {comment}", text.text),
            _ => text.text.clone(),
        }
    }
}

/// Returns how to write several models; of a range only a person knows which there are.
fn one_by_one(models: &[String], between: &str) -> Told {
    let write = match models {
        [] => "each model of the range".to_owned(),
        models => format!("`{}`", shown(&models.join(between))),
    };
    told(|m| {
        format!(
            "write {write}; if it is one model, list it {}",
            m.confirmed()
        )
    })
}

/// Returns true if no blank follows the `#`, as in `Hub #2`.
fn is_close(comment: &str) -> bool {
    !comment.starts_with("# ") && !comment.starts_with("#\t")
}

/// Returns true for a field that names a company, a person, a product or a model.
fn is_name(route: &FieldPath) -> bool {
    matches!(route.name(), "name" | "brand" | "models" | "shares_with")
}
