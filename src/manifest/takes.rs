//! What a text is taken for where people write a value in another way than a manifest: another name of a word, a date
//! in another notation, characters of another keyboard. From here on only the manifest's own form exists.

use crate::diag::{Code, Finding};
use crate::domain::FieldPath;
use crate::domain::notation::days;
use crate::domain::plain::{ascii_code, half_width, is_full_width};
use crate::domain::shape::Kind;
use crate::domain::text::shown;
use crate::domain::vocabulary::synonyms::{Certain, certain, certain_in};

/// What a text is taken for.
pub(crate) struct Taken {
    /// The manifest's own form.
    pub(crate) text: String,
    /// Why it is reported; nothing for a word that differs in case, width and spacing alone.
    said: Option<Said>,
}

#[derive(Clone, Copy)]
enum Said {
    Word,
    Date,
    Characters,
}

impl Taken {
    fn said(text: impl Into<String>, said: Said) -> Self {
        let text = text.into();
        let said = Some(said);
        Self { text, said }
    }

    fn silent(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { text, said: None }
    }

    /// Returns the finding that says what the text was taken for.
    pub(crate) fn finding(&self, written: &str, route: &FieldPath) -> Option<Finding> {
        let (code, help) = match self.said? {
            Said::Word => (
                Code::WordTaken,
                format!("write `{}`, or the right word if this is wrong", self.text),
            ),
            Said::Date => (Code::DateTaken, format!("write `{}`", self.text)),
            Said::Characters if !is_code(route.name()) => (
                Code::CharactersTaken,
                "type it with half-width letters and digits".to_owned(),
            ),
            Said::Characters => (
                Code::CharactersTaken,
                "type it with half-width letters, digits and hyphens; if the other characters are meant, list the text under `confirmed`".to_owned(),
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

/// Returns what a text is taken for, if it is not in the manifest's own form and has one meaning.
pub(crate) fn take(text: &str, kind: &Kind, route: &FieldPath) -> Option<Taken> {
    let trimmed = text.trim();
    let taken = reading(trimmed, kind, route);
    // A blank before or behind it is nothing that anyone meant; in the name of a file it may be.
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
            ascii_code(trimmed).map(|text| Taken::said(text, Said::Characters))
        }
        // There is no such thing as a full-width address, number or page. Dashes are part of some addresses.
        Kind::Uen | Kind::Phone | Kind::Email | Kind::Url | Kind::Pages | Kind::Hash
            if trimmed.contains(is_full_width) =>
        {
            Some(Taken::said(half_width(trimmed), Said::Characters))
        }
        _ => None,
    }
}

fn word(meant: Option<Certain<'_>>, text: &str) -> Option<Taken> {
    match meant? {
        Certain::Same(word) if word == text => None,
        Certain::Same(word) => Some(Taken::silent(word)),
        Certain::Called(word) => Some(Taken::said(word, Said::Word)),
    }
}

fn date(text: &str) -> Option<Taken> {
    match days(text).as_slice() {
        [day] if day.to_string() != text => Some(Taken::said(day.to_string(), Said::Date)),
        _ => None,
    }
}

/// Returns true for a field that holds a model, a version or a number.
fn is_code(name: &str) -> bool {
    let parts = ["model", "version", "number", "reference"];
    parts.iter().any(|part| name.contains(part))
}
