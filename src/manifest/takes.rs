//! Reads values that people write in another form than the manifest's: another name of a word, a date in another
//! notation, characters of another keyboard. After this file only the manifest's form exists.

use crate::diag::{Code, Finding, told};
use crate::domain::FieldPath;
use crate::domain::notation::days;
use crate::domain::plain::{ascii_code, half_width, is_full_width};
use crate::domain::shape::Kind;
use crate::domain::text::shown;
use crate::domain::vocabulary::synonyms::{Certain, certain, certain_in};

/// What a text is read as.
pub(crate) struct Taken {
    /// The manifest's own form.
    pub(crate) text: String,
    /// Why it is reported; `None` for a word that differs only in case, width and spacing.
    reason: Option<Reason>,
}

#[derive(Clone, Copy)]
enum Reason {
    Word,
    Date,
    Characters,
}

impl Taken {
    fn reported(text: impl Into<String>, reason: Reason) -> Self {
        let text = text.into();
        let reason = Some(reason);
        Self { text, reason }
    }

    fn silent(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { text, reason: None }
    }

    /// Returns the finding about what the text was read as.
    pub(crate) fn finding(&self, written: &str, route: &FieldPath) -> Option<Finding> {
        let (code, help) = match self.reason? {
            Reason::Word => (
                Code::WordTaken,
                format!("write `{}`, or the right word if this is wrong", self.text).into(),
            ),
            Reason::Date => (Code::DateTaken, format!("write `{}`", self.text).into()),
            Reason::Characters if !is_code(route.name()) => (
                Code::CharactersTaken,
                "type it with half-width letters and digits".into(),
            ),
            Reason::Characters => (
                Code::CharactersTaken,
                told(|m| {
                    format!(
                        "type it with half-width letters, digits and hyphens; if the other characters are meant, list the text {}",
                        m.confirmed()
                    )
                }),
            ),
        };
        let message = format!(
            "`{}` is read as `{}`",
            shown(written.trim()),
            shown(&self.text)
        );
        let in_cell = format!("write {}", self.text);
        let finding = Finding::at(code, route, message, help);
        Some(match code {
            Code::DateTaken => finding.in_cell(in_cell),
            _ => finding,
        })
    }
}

/// Returns what a text is read as, if it is not in the manifest's form and has one meaning.
pub(crate) fn take(text: &str, kind: &Kind, route: &FieldPath) -> Option<Taken> {
    let trimmed = text.trim();
    let taken = reading(trimmed, kind, route);
    // Nobody means a blank at either end, except perhaps in the name of a file.
    let is_blank = trimmed.len() < text.len() && !trimmed.is_empty();
    let is_file = matches!(kind, Kind::Path | Kind::Exhibit);
    taken.or_else(|| (is_blank && !is_file).then(|| Taken::silent(trimmed)))
}

fn reading(trimmed: &str, kind: &Kind, route: &FieldPath) -> Option<Taken> {
    match kind {
        Kind::Word(words) => word(certain(trimmed, &words()), trimmed),
        Kind::Country => word(certain_in("country", trimmed), trimmed),
        Kind::Date => date(trimmed),
        Kind::Line(_) if route.name() == "traits" => word(certain_in("trait", trimmed), trimmed),
        Kind::Line(_) if is_code(route.name()) => {
            ascii_code(trimmed).map(|text| Taken::reported(text, Reason::Characters))
        }
        // No address, number or page has full-width characters. Dashes are part of some addresses.
        Kind::Uen | Kind::Phone | Kind::Email | Kind::Url | Kind::Pages | Kind::Hash
            if trimmed.contains(is_full_width) =>
        {
            Some(Taken::reported(half_width(trimmed), Reason::Characters))
        }
        _ => None,
    }
}

fn word(meant: Option<Certain<'_>>, text: &str) -> Option<Taken> {
    match meant? {
        Certain::Same(word) if word == text => None,
        Certain::Same(word) => Some(Taken::silent(word)),
        Certain::Called(word) => Some(Taken::reported(word, Reason::Word)),
    }
}

fn date(text: &str) -> Option<Taken> {
    match days(text).as_slice() {
        [day] if day.to_string() != text => Some(Taken::reported(day.to_string(), Reason::Date)),
        _ => None,
    }
}

/// Returns true for models, versions and numbers.
fn is_code(name: &str) -> bool {
    let parts = ["model", "version", "number", "reference"];
    parts.iter().any(|part| name.contains(part))
}
