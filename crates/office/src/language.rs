//! What the caller knows of the language and its names, and this crate does not.

use std::borrow::Cow;
use std::fmt::Debug;

use serde_json::Value;
use tera::Tera;

/// Replaces a tag in a text that is searched for blanks: no letter, no space and no bracket.
pub const TAG: char = '\u{fffc}';

/// A blank in a text: words or signs that stand for a value, and that nothing fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// Whether it is surely a blank. Others are only warnings.
    pub is_certain: bool,
    /// What is wrong, and what to do about it.
    pub message: String,
}

/// What a caller adds to the language of templates.
///
/// The text that it is asked about holds the tags of a part, one a line, as they are written in HTML templates:
/// `{{ name }}` and `{% if name %}`. What it finds comes with the byte of that text.
pub trait Language: Debug + Send + Sync {
    /// Returns every name that the values do not have. The engine takes `{% if typo %}` for false without a word,
    /// so a caller who returns nothing here loses paragraphs in silence.
    fn unknown_names(&self, tags: &str, values: &Value) -> Vec<(usize, String)>;

    /// Returns every value that is used as something that it is not. None unless the caller looks for them.
    fn wrong_kinds(&self, _tags: &str, _values: &Value) -> Vec<(usize, String)> {
        Vec::new()
    }

    /// Returns the names in the inside of a tag.
    fn names_in<'t>(&self, inside: &'t str) -> Vec<&'t str> {
        let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let words = inside.split(|c: char| !is_of_name(c));
        words.filter(|word| !word.is_empty()).collect()
    }

    /// Returns the inside of a tag as the engine shall read it.
    fn rewritten<'t>(&self, inside: &'t str, _prints: bool) -> Cow<'t, str> {
        Cow::Borrowed(inside)
    }

    /// Returns the blanks of a text, in which each tag is one [`TAG`].
    fn blanks(&self, _text: &str) -> Vec<Blank> {
        Vec::new()
    }

    /// Adds filters to the engine.
    fn prepare(&self, _engine: &mut Tera) {}

    /// Says who receives the filled documents, and would read a comment that was left.
    fn recipient(&self) -> &str {
        "the recipient"
    }
}
