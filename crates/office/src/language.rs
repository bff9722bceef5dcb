//! The part of the template language that the caller defines.

use std::borrow::Cow;
use std::fmt::Debug;

use clspack_words::Advice;
use serde_json::Value;
use tera::Tera;

/// Replaces a tag in a text that is searched for blanks; it is no letter, no space and no bracket.
pub const TAG: char = '\u{fffc}';

/// A blank in a text: words or signs in place of a value that nothing fills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// Whether it is certainly a blank. Others are only warnings.
    pub is_certain: bool,
    pub advice: Advice,
}

/// What a caller adds to the language of templates.
///
/// The text it receives contains the tags of a part, one a line, as they are written in HTML templates: `{{ name }}`
/// and `{% if name %}`. Each result has its byte in that text.
pub trait Language: Debug + Send + Sync {
    /// Returns every name that the values do not have. The engine silently takes `{% if typo %}` for false, so a
    /// caller that returns nothing here loses paragraphs in silence.
    fn unknown_names(&self, tags: &str, values: &Value) -> Vec<(usize, Advice)>;

    /// Returns every value that is used as another kind of value; by default none.
    fn wrong_kinds(&self, _tags: &str, _values: &Value) -> Vec<(usize, Advice)> {
        Vec::new()
    }

    /// Returns the names inside a tag.
    fn names_in<'t>(&self, inside: &'t str) -> Vec<&'t str> {
        let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let words = inside.split(|c: char| !is_of_name(c));
        words.filter(|word| !word.is_empty()).collect()
    }

    /// Returns the inside of a tag as the engine should read it.
    fn rewritten<'t>(&self, inside: &'t str, _prints: bool) -> Cow<'t, str> {
        Cow::Borrowed(inside)
    }

    /// Returns the blanks of a text, in which each tag is one [`TAG`].
    fn blanks(&self, _text: &str) -> Vec<Blank> {
        Vec::new()
    }

    /// Adds filters to the engine.
    fn prepare(&self, _engine: &mut Tera) {}

    /// Returns who receives the filled documents, and would read a forgotten comment.
    fn recipient(&self) -> &'static str {
        "the recipient"
    }
}
