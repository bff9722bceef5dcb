//! One text of a manifest into a value, and what may have been lost or changed before it was read: a unit
//! number that YAML took for a comment, quotation marks that it does not know, a placeholder.

use std::collections::BTreeSet;

use crate::diag::{Code, Finding};
use crate::domain::FieldPath;
use crate::domain::number::is_to_come;
use crate::domain::placeholder::{is_word_within, placeholder};
use crate::domain::record::Value;
use crate::domain::shape::Kind;
use crate::domain::text::shown;
use crate::manifest::remark::{self, Meaning};
use crate::manifest::scalar::{self, Words};
use crate::manifest::takes;
use crate::manifest::tree::{Comment, Scalar};

/// Signs that people put between several models, and YAML does not know.
const SEPARATORS: [char; 4] = ['、', '，', '；', ';'];

/// Reads texts.
pub(crate) struct Texts<'a> {
    /// What is wrong.
    pub(crate) findings: &'a mut Vec<Finding>,
    /// Texts that a person says are right as they are.
    pub(crate) confirmed: &'a BTreeSet<String>,
}

impl Texts<'_> {
    /// Returns the value of a text.
    pub(crate) fn value(
        &mut self,
        text: &Scalar,
        kind: &Kind,
        doc: &str,
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
                // What is several models is none that anything else is to be compared with.
                (!self.several(&whole, route)).then_some(value)
            }
            Err(fault) => {
                let confirmable = fault.is_placeholder();
                let mut finding = fault.into_finding(&whole, doc, route);
                if confirmable {
                    let text = shown(whole.trim());
                    finding.help = format!(
                        "{}; if `{text}` is right as it is, list it under `confirmed`",
                        finding.help
                    );
                }
                self.findings.push(finding);
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
            let help = "check that it is the real name, and list it under `confirmed` if it is";
            self.findings
                .push(Finding::at(Code::PlaceholderInName, route, message, help));
        }
    }

    /// Says that a model number holds a sign that separates several; returns true if it does.
    fn several(&mut self, text: &str, route: &FieldPath) -> bool {
        let sign = text.chars().find(|c| SEPARATORS.contains(c));
        let Some(sign) = sign.filter(|_| route.name() == "models") else {
            return false;
        };
        let models = text.split(SEPARATORS).map(str::trim);
        let models: Vec<&str> = models.filter(|model| !model.is_empty()).collect();
        let message = format!(
            "`{}` is read as one model, since `{sign}` does not separate",
            shown(text)
        );
        let help = format!(
            "write `{}`; if it is one model, list it under `confirmed`",
            shown(&models.join(", "))
        );
        self.findings
            .push(Finding::at(Code::SeveralInOne, route, message, help));
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

    /// Adds a unit number that YAML took for a comment: an address must not lose its `#01-01`. What may be
    /// part of the text, and may be a remark, is asked about.
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
            // A line of its own is less surely a part of the text.
            (Kind::Lines(_), Meaning::Unit) if *is_below => Meaning::Doubtful,
            (Kind::Lines(_), meaning) => meaning,
            // In a name, only a hash without a blank is worth a question.
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

/// Returns true if the `#` has no blank behind it, as in `Hub #2`.
fn is_close(comment: &str) -> bool {
    !comment.starts_with("# ") && !comment.starts_with("#\t")
}

/// Returns true for a field that names a company, a person, a product or a model.
fn is_name(route: &FieldPath) -> bool {
    matches!(route.name(), "name" | "brand" | "models" | "shares_with")
}
