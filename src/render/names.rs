//! Finds the names in a template's tags that the view does not have. The engine takes `{% if typo %}`
//! for false without a word; a document must not lose a paragraph that way.

use serde_json::Value;

use crate::diag::Advice;
use crate::diag::nearest::nearest;

/// Words of the language that are no names.
const WORDS: &[&str] = &[
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "in",
    "endfor",
    "and",
    "or",
    "not",
    "is",
    "true",
    "false",
    "none",
    "set",
    "block",
    "endblock",
    "extends",
    "include",
    "raw",
    "endraw",
    "filter",
    "endfilter",
    "loop",
    "break",
    "continue",
];

/// Returns every unknown name of a template, with its byte.
pub(crate) fn unknown_at(text: &str, view: &Value) -> Vec<(usize, Advice)> {
    let mut scopes: Vec<(String, Option<&Value>)> = Vec::new();
    let mut unknown = Vec::new();
    for tag in tags(text).into_iter().filter(|tag| !tag.is_comment) {
        let start = tag.start + 2;
        let words = words(&text[start..tag.end - 2]);
        let first = words.first().map_or("", |(_, word)| *word);
        // A block's name is its own.
        if matches!(first, "block" | "endblock") {
            continue;
        }
        if first == "endfor" {
            scopes.pop();
        }
        let bound = if first == "for" {
            words.get(1).map(|(_, word)| (*word).to_owned())
        } else {
            None
        };
        for (at, path) in words.iter().filter(|(_, word)| {
            !WORDS.contains(word) && bound.as_deref() != Some(*word) && !word.starts_with("loop.")
        }) {
            if let Err(advice) = resolve(path, view, &scopes) {
                unknown.push((start + at, advice));
            }
        }
        if let Some(name) = bound {
            let list = words
                .iter()
                .skip_while(|(_, word)| *word != "in")
                .nth(1)
                .and_then(|(_, path)| resolve(path, view, &scopes).ok().flatten());
            // An empty list says nothing about its items, so their names pass.
            scopes.push((name, list.and_then(|list| list.as_array()?.first())));
        }
    }
    unknown
}

/// Returns the names in the inside of a tag.
pub(crate) fn named(inside: &str) -> Vec<&str> {
    let words = words(inside).into_iter().map(|(_, word)| word);
    words.filter(|word| !WORDS.contains(word)).collect()
}

/// Returns the value of a dotted path; `None` where its root is an item of an empty list.
fn resolve<'v>(
    path: &str,
    view: &'v Value,
    scopes: &[(String, Option<&'v Value>)],
) -> Result<Option<&'v Value>, Advice> {
    let mut parts = path.split('.');
    let root = parts.next().unwrap_or_default();
    let mut value = match scopes.iter().rev().find(|(name, _)| name == root) {
        Some((_, None)) => return Ok(None),
        Some((_, Some(value))) => value,
        None => step(view, root)?,
    };
    for part in parts {
        if value.is_null() {
            return Ok(None);
        }
        value = step(value, part)?;
    }
    Ok(Some(value))
}

fn step<'v>(value: &'v Value, name: &str) -> Result<&'v Value, Advice> {
    if let Some(found) = value.get(name) {
        return Ok(found);
    }
    let known = value
        .as_object()
        .map(|object| object.keys().map(String::as_str).collect::<Vec<_>>())
        .unwrap_or_default();
    let near = nearest(name, known.iter().copied());
    let help = near.map_or_else(String::new, |near| format!("write `{near}`"));
    Err(Advice::new(format!("unknown name `{name}`"), help))
}

/// A tag of a template, its marks included.
pub(crate) struct Tag {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// `{{ }}`: it prints a value.
    pub(crate) is_value: bool,
    /// `{# #}`: it says nothing.
    pub(crate) is_comment: bool,
}

/// Returns every tag, in the order of the text.
pub(crate) fn tags(text: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|i| at + i) {
        let close = match text.as_bytes().get(open + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                at = open + 1;
                continue;
            }
        };
        let Some(end) = text[open + 2..].find(close).map(|i| open + 2 + i + 2) else {
            break;
        };
        tags.push(Tag {
            start: open,
            end,
            is_value: close == "}}",
            is_comment: close == "#}",
        });
        at = end;
    }
    tags
}

/// Returns names and words of a tag: no strings, no numbers, no filters and their arguments' names.
fn words(tag: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let bytes = tag.as_bytes();
    let mut i = 0;
    let mut after_bar = false;
    while i < bytes.len() {
        let byte = bytes[i];
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.';
        if byte == b'"' || byte == b'\'' {
            i += tag[i + 1..]
                .find(char::from(byte))
                .map_or(bytes.len(), |end| end + 2);
        } else if byte.is_ascii_alphabetic() || byte == b'_' {
            let end = i + bytes[i..].iter().take_while(|byte| is_name(**byte)).count();
            let follows = tag[end..].trim_start();
            let is_argument = follows.starts_with('=') && !follows.starts_with("==");
            if !after_bar && !is_argument && !follows.starts_with('(') {
                words.push((i, &tag[i..end]));
            }
            after_bar = false;
            i = end;
        } else {
            after_bar = byte == b'|' || (after_bar && byte == b' ');
            i += 1;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn finds_misspelt_names_wherever_they_stand() {
        let view = json!({ "product": { "name": "Hub" }, "labels": [{ "number": "1" }], "empty": [], "none": null });
        let text = "{{ product.name | upper }}\n{% if product.nmae %}x{% endif %}\n{% for label in labels %}{{ label.numbr }}{{ loop.index }}{% endfor %}{{ label }}";
        let line = |at: usize| text[..at].matches('\n').count() + 1;
        let found: Vec<_> = unknown_at(text, &view)
            .into_iter()
            .map(|(at, advice)| (line(at), advice.to_string()))
            .collect();
        assert_eq!(
            found,
            [
                (2, "unknown name `nmae`; write `name`".to_owned()),
                (3, "unknown name `numbr`; write `number`".to_owned()),
                (3, "unknown name `label`; write `labels`".to_owned()),
            ]
        );
        assert_eq!(
            unknown_at(
                "{% for x in empty %}{{ x.any | join(sep=\", \") }}{% endfor %}{{ \"text.here\" }}",
                &view
            ),
            []
        );
    }
}
